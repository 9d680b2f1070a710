//! Words by which people answer a prompt: in a reply to it, or after the command `done`.
//!
//! Only a whole text is an answer. Whatever else people say about a prompt is their conversation, and Relais has no part in it.

use crate::{
    domain::{
        ask::{AskContent, AskKind, Target},
        choice::Detail,
        network::Network,
        outcome::Outcome,
        text::folded,
    },
    i18n::{Voice, Voices},
};

/// What a text means about an ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Something that is recorded.
    Said(Said),
    /// A call was made, and what came of it is not said.
    Unclear,
}

/// What somebody says of an ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// This came of it, or will not today.
    Confirmed {
        /// What.
        outcome: Outcome,
        /// Of which networks or numbers; never empty.
        details: Vec<Detail>,
    },
    /// All that was confirmed is taken back.
    Undone,
}

impl Meaning {
    const fn of(outcome: Outcome, details: Vec<Detail>) -> Self {
        Self::Said(Said::Confirmed { outcome, details })
    }
}

/// Separates the words in `locales`.
const SEPARATOR: char = ',';

/// What a text means about an ask; none where it is no answer.
pub(crate) fn meaning(voices: &Voices, content: &AskContent, text: &str) -> Option<Meaning> {
    let said = words(text);
    let general = |outcome| Meaning::of(outcome, vec![Detail::default()]);
    if said.is_empty() {
        return Outcome::from_reaction(content.kind, text.trim()).map(general);
    }
    let is_one_of = |list: fn(&Voice) -> String| phrases(voices, list).any(|phrase| phrase == said);
    if is_undo(voices, text) {
        return Some(Meaning::Said(Said::Undone));
    }
    if is_one_of(|voice| voice.word_not_today()) {
        return Some(general(Outcome::NotToday));
    }
    for outcome in Outcome::offered(content.kind) {
        for phrase in phrases_of(voices, content.kind, *outcome) {
            let Some(rest) = said.strip_prefix(phrase.as_slice()) else {
                continue;
            };
            if let Some(details) = details(voices, content, rest) {
                return Some(Meaning::of(*outcome, details));
            }
        }
    }
    if content.kind == AskKind::Call {
        return is_one_of(|voice| voice.word_done()).then_some(Meaning::Unclear);
    }
    // « x » alone is a kiss as well as a network.
    let is_short = said.iter().all(|word| word.chars().count() < 2);
    let details = details(voices, content, &said).filter(|_| !is_short)?;
    Some(Meaning::of(Outcome::Done, details))
}

/// Whether a text says that something is taken back, and no more.
pub(crate) fn is_undo(voices: &Voices, text: &str) -> bool {
    let said = words(text);
    let is_one_of = |list: fn(&Voice) -> String| phrases(voices, list).any(|phrase| phrase == said);
    is_one_of(|voice| voice.word_undo()) || is_one_of(|voice| voice.answer_undo())
}

/// The ways to answer an ask, as a person may type them, for whoever typed something else.
pub(crate) fn known(voice: &Voice, content: &AskContent) -> Vec<String> {
    let first = |list: String| list.split(SEPARATOR).next().unwrap_or_default().trim().to_owned();
    let outcomes = Outcome::offered(content.kind)
        .iter()
        .map(|outcome| first(list_of(voice, *outcome)));
    let is_call = content.kind == AskKind::Call;
    let networks = content.networks.iter().filter(|_| !is_call);
    let networks = networks.map(|network| voice.network(*network));
    let others = [voice.word_not_today(), voice.word_undo()].map(first);
    outcomes.chain(networks).chain(others).collect()
}

fn list_of(voice: &Voice, outcome: Outcome) -> String {
    match outcome {
        Outcome::Done => voice.word_done(),
        Outcome::Reached => voice.word_reached(),
        Outcome::Voicemail => voice.word_voicemail(),
        Outcome::Unavailable => voice.word_unavailable(),
        Outcome::NotToday => voice.word_not_today(),
    }
}

/// The phrases of a list in both languages.
fn phrases(voices: &Voices, list: fn(&Voice) -> String) -> impl Iterator<Item = Vec<String>> {
    let both = voices.all().map(list);
    both.into_iter()
        .flat_map(|list| list.split(SEPARATOR).map(words).collect::<Vec<_>>())
}

/// The phrases that say an outcome, the longest first: what a list has, and what the button says.
fn phrases_of(voices: &Voices, kind: AskKind, outcome: Outcome) -> Vec<Vec<String>> {
    let of = |voice: &Voice| {
        let button = match kind {
            AskKind::Call => voice.prompt_button_call(outcome.code()),
            kind => voice.prompt_button_done(kind.code()),
        };
        let list = list_of(voice, outcome);
        let mut phrases: Vec<Vec<String>> = list.split(SEPARATOR).map(words).collect();
        phrases.push(words(&button));
        phrases
    };
    let mut phrases = voices.all().map(of).concat();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    phrases
}

/// The networks or the number that words name; what is general where there are none, none where they name something else.
fn details(voices: &Voices, content: &AskContent, said: &[String]) -> Option<Vec<Detail>> {
    if said.is_empty() {
        return Some(vec![Detail::default()]);
    }
    if content.kind == AskKind::Call {
        return target(content, said).map(|target| vec![target]);
    }
    let fillers: Vec<Vec<String>> = phrases(voices, |voice| voice.word_filler()).collect();
    let emails: Vec<Vec<String>> = phrases(voices, |voice| voice.word_email()).collect();
    let mut details = Vec::new();
    let mut rest = said;
    while let Some((first, after)) = rest.split_first() {
        let long = emails
            .iter()
            .filter_map(|phrase| rest.strip_prefix(phrase.as_slice()));
        if let Some(after) = long.min_by_key(|after| after.len()) {
            details.push(Network::Email);
            rest = after;
        } else if fillers.iter().any(|filler| filler.as_slice() == [first.clone()]) {
            rest = after;
        } else {
            details.push(network(first)?);
            rest = after;
        }
    }
    let offered = |network: &Network| content.networks.contains(network);
    let mut named: Vec<Detail> = details
        .iter()
        .filter(|network| offered(network))
        .filter_map(|network| Detail::new(network.code()))
        .collect();
    named.sort();
    named.dedup();
    if named.is_empty() && !details.is_empty() {
        // They did it on a network that was not asked for.
        named.push(Detail::default());
    }
    (!named.is_empty()).then_some(named)
}

fn network(word: &str) -> Option<Network> {
    Network::ALL
        .iter()
        .copied()
        .find(|network| network.code() == word)
}

/// The number that was called, by its place or its name, where there are several.
fn target(content: &AskContent, said: &[String]) -> Option<Detail> {
    let by_name = |target: &Target| match target {
        Target::Number { name, .. } => words(name) == said,
        Target::Representative { .. } => false,
    };
    let by_place = || match said {
        [place] => place.parse::<usize>().ok()?.checked_sub(1),
        _ => None,
    };
    let index = content.targets.iter().position(by_name).or_else(by_place)?;
    match content.targets.len() {
        1 if index == 0 => Some(Detail::default()),
        several => (index < several).then(|| Detail::target(index)),
    }
}

/// A text as it is compared: its words without accents, case and punctuation. `e-mail` is one word.
fn words(text: &str) -> Vec<String> {
    let joined = folded(text).replace('-', "");
    let words = joined.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;

    fn ask(kind: AskKind, networks: &[Network], targets: &[&str]) -> AskContent {
        let target = |name: &&str| Target::Number {
            name: (*name).to_owned(),
            number: "5145550142".to_owned(),
        };
        AskContent {
            kind,
            campaign: None,
            wordings: vec![],
            link: None,
            hashtags: vec![],
            networks: networks.to_vec(),
            picture: None,
            targets: targets.iter().map(target).collect(),
            groups: vec![],
            slot: None,
            closes_at: None,
        }
    }

    fn said(outcome: Outcome, details: &[&str]) -> Meaning {
        let details = details
            .iter()
            .map(|detail| Detail::new(detail).unwrap())
            .collect();
        Meaning::of(outcome, details)
    }

    #[test]
    fn a_share_is_said_in_many_ways() {
        let voices = Voices::load();
        let share = ask(
            AskKind::Share,
            &[Network::Mastodon, Network::Email, Network::X],
            &[],
        );
        for (text, details) in [
            ("Fait !", &[""][..]),
            ("c'est fait", &[""]),
            ("C’EST RELAYÉ.", &[""]),
            ("done", &[""]),
            ("✅", &[""]),
            ("Mastodon", &["mastodon"]),
            ("fait sur mastodon", &["mastodon"]),
            ("Done on Mastodon, X and e-mail", &["email", "mastodon", "x"]),
            ("partagé par courriel", &["email"]),
            ("done bluesky", &[""]),
        ] {
            assert_eq!(
                meaning(&voices, &share, text),
                Some(said(Outcome::Done, details)),
                "{text}"
            );
        }
        assert_eq!(
            meaning(&voices, &share, "Pas aujourd'hui"),
            Some(said(Outcome::NotToday, &[""]))
        );
        assert_eq!(
            meaning(&voices, &share, "annuler"),
            Some(Meaning::Said(Said::Undone))
        );
        for text in [
            "",
            "?",
            "x",
            "fait chaud",
            "done with this",
            "merci !",
            "répondeur",
            "sur",
            "est-ce fait ?",
            "c’est pas fait",
            "I am done with Mastodon for good",
            "🎉",
        ] {
            assert_eq!(meaning(&voices, &share, text), None, "{text}");
        }
    }

    #[test]
    fn a_call_says_what_came_of_it() {
        let voices = Voices::load();
        let one = ask(AskKind::Call, &[], &["Bureau de Laval"]);
        let two = ask(AskKind::Call, &[], &["Bureau de Laval", "Cabinet"]);
        for (text, outcome) in [
            ("répondeur", Outcome::Voicemail),
            ("Left a message!", Outcome::Voicemail),
            ("jointe", Outcome::Reached),
            ("J’ai joint quelqu’un", Outcome::Reached),
            ("Occupé, sans réponse", Outcome::Unavailable),
            ("busy", Outcome::Unavailable),
            ("⛔", Outcome::Unavailable),
        ] {
            assert_eq!(meaning(&voices, &one, text), Some(said(outcome, &[""])), "{text}");
        }
        assert_eq!(meaning(&voices, &one, "fait"), Some(Meaning::Unclear));
        assert_eq!(
            meaning(&voices, &one, "répondeur 1"),
            Some(said(Outcome::Voicemail, &[""]))
        );
        assert_eq!(
            meaning(&voices, &two, "répondeur 2"),
            Some(said(Outcome::Voicemail, &["t2"]))
        );
        assert_eq!(
            meaning(&voices, &two, "reached Cabinet"),
            Some(said(Outcome::Reached, &["t2"]))
        );
        assert_eq!(meaning(&voices, &two, "répondeur 3"), None);
        assert_eq!(meaning(&voices, &one, "mastodon"), None);
    }

    #[test]
    fn what_people_are_told_to_say_is_understood() {
        let voices = Voices::load();
        for kind in AskKind::ALL {
            let content = ask(*kind, &[Network::Email], &["Cabinet"]);
            for language in Language::ALL {
                let voice = voices.of(*language);
                for text in known(voice, &content) {
                    assert!(meaning(&voices, &content, &text).is_some(), "{text}");
                }
                for quoted in quoted(&voice.word_which_outcome("12")).filter(|_| *kind == AskKind::Call) {
                    assert!(meaning(&voices, &content, &quoted).is_some(), "{quoted}");
                }
            }
        }
    }

    /// What stands in quotation marks.
    fn quoted(text: &str) -> impl Iterator<Item = String> {
        let parts: Vec<String> = text.split(['“', '”', '«', '»']).map(str::to_owned).collect();
        parts.into_iter().skip(1).step_by(2)
    }
}
