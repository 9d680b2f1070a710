//! Names that people type: kinds, networks, and what the organisation has.
//!
//! What is typed is a token, not a text: case, accents and the kind of apostrophe do not matter. So the words here are folded, and
//! nobody reads them unless they are the nearest to what was typed.

use super::{
    CAMPAIGN_MAX, REFERENCE_MAX,
    mistake::{Problem, quoted},
};
use crate::domain::{
    ask::AskKind,
    network::Network,
    text::{clean_line, folded, nearest},
};

/// What stands for a kind beside its code, which the English verbs are.
const KIND_WORDS: &[(&str, AskKind)] = &[
    ("relayer", AskKind::Share),
    ("partager", AskKind::Share),
    ("appeler", AskKind::Call),
    ("ecrire", AskKind::Write),
    ("signer", AskKind::Sign),
    ("donner", AskKind::Give),
    ("participer", AskKind::Attend),
    ("autre", AskKind::Other),
];

/// What stands for a network beside its code, which the proper names are.
const NETWORK_WORDS: &[(&str, Network)] = &[
    ("courriel", Network::Email),
    ("e-mail", Network::Email),
    ("twitter", Network::X),
];

/// A kind of ask.
pub(super) fn kind(typed: &str) -> Result<AskKind, Problem> {
    let codes = AskKind::ALL.iter().map(|kind| (kind.code(), *kind));
    one_of(typed, codes.chain(KIND_WORDS.iter().copied())).map_err(|nearest| Problem::UnknownKind {
        given: quoted(typed),
        nearest,
    })
}

/// A network.
pub(super) fn network(typed: &str) -> Result<Network, Problem> {
    let codes = Network::ALL.iter().map(|network| (network.code(), *network));
    one_of(typed, codes.chain(NETWORK_WORDS.iter().copied())).map_err(|nearest| Problem::UnknownNetwork {
        given: quoted(typed),
        nearest,
    })
}

/// What has a name among these; the exact name goes before one that only folds to the same. If there is none, the nearest
/// name.
pub(super) fn one_of<'a, T: Copy>(
    typed: &str,
    named: impl Iterator<Item = (&'a str, T)> + Clone,
) -> Result<T, Option<String>> {
    if let Some((_, found)) = named.clone().find(|(name, _)| *name == typed) {
        return Ok(found);
    }
    let plain = folded(typed);
    if let Some((_, found)) = named.clone().find(|(name, _)| folded(name) == plain) {
        return Ok(found);
    }
    Err(nearest(typed, named.map(|(name, _)| name)).map(str::to_owned))
}

/// The calendar's own name for an ask: `Rénov 01` is `renov-01`.
pub(super) fn reference(typed: &str) -> Result<String, Problem> {
    let bad = || Problem::BadReference { given: quoted(typed) };
    short_name(typed, &['-', '_', '.'], REFERENCE_MAX)?.ok_or_else(bad)
}

/// A campaign's short name: `Halte aux rénovictions` is `halte-aux-renovictions`.
pub(super) fn campaign(typed: &str) -> Result<String, Problem> {
    let bad = || Problem::BadCampaign { given: quoted(typed) };
    short_name(typed, &['-'], CAMPAIGN_MAX)?.ok_or_else(bad)
}

/// The folded name with hyphens for its spaces; none if anything but letters, digits and `marks` is left in it.
fn short_name(typed: &str, marks: &[char], limit: usize) -> Result<Option<String>, Problem> {
    // Folding takes letters apart; what is stored is composed.
    let name = clean_line(&folded(typed)).replace(char::is_whitespace, "-");
    let length = name.chars().count();
    if length > limit {
        return Err(Problem::TooLong { limit, length });
    }
    let is_plain = |c: char| c.is_alphanumeric() || marks.contains(&c);
    let is_name = name.chars().all(is_plain) && name.chars().any(char::is_alphanumeric);
    Ok(is_name.then_some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_networks_have_names_in_both_languages() {
        for (typed, meant) in [
            ("share", AskKind::Share),
            ("Relayer", AskKind::Share),
            ("ÉCRIRE", AskKind::Write),
            ("autre", AskKind::Other),
        ] {
            assert_eq!(kind(typed), Ok(meant), "{typed}");
        }
        for (typed, meant) in [
            ("LinkedIn", Network::LinkedIn),
            ("Twitter", Network::X),
            ("courriel", Network::Email),
        ] {
            assert_eq!(network(typed), Ok(meant), "{typed}");
        }
        for (typed, near) in [
            ("relayre", Some("relayer")),
            ("cal", Some("call")),
            ("chanter", None),
        ] {
            let problem = Problem::UnknownKind {
                given: typed.into(),
                nearest: near.map(str::to_owned),
            };
            assert_eq!(kind(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn short_names_are_folded() {
        assert_eq!(reference("Rénov 01"), Ok("renov-01".into()));
        assert_eq!(reference("a_1.b"), Ok("a_1.b".into()));
        assert_eq!(
            campaign("Halte aux rénovictions"),
            Ok("halte-aux-renovictions".into())
        );
        for typed in ["#12", "a/b", "--", "a;b", "<b>"] {
            assert_eq!(
                reference(typed),
                Err(Problem::BadReference { given: typed.into() }),
                "{typed}"
            );
        }
        assert!(matches!(campaign("a.b"), Err(Problem::BadCampaign { .. })));
        assert_eq!(
            reference(&"a".repeat(41)),
            Err(Problem::TooLong {
                limit: 40,
                length: 41
            })
        );
    }
}
