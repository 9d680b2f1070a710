//! What a button means, as the text that a platform carries for it.
//!
//! A button outlives restarts and upgrades, so its id says all that is needed and begins with a version. At most
//! 100 characters, which is what Discord allows.

use super::{
    code::coded,
    id::{AskId, PromptId},
    language::Language,
    outcome::Outcome,
};

/// Longest detail that a choice carries, in bytes; the rest of an id takes under 40.
pub const DETAIL_MAX: usize = 40;

/// What a confirmation is about within its ask: a network, a target, or nothing in particular (the empty detail).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Detail(String);

impl Detail {
    /// A detail of lower-case letters, digits and `-`; none for any other text.
    pub fn new(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (text.len() <= DETAIL_MAX && text.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    /// The target at this place in an ask's list, counted from zero.
    pub fn target(index: usize) -> Self {
        Self(format!("t{}", index + 1))
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names nothing in particular.
    pub fn is_general(&self) -> bool {
        self.0.is_empty()
    }
}

coded! {
    /// What a coordinator decides about a waiting ask.
    pub enum Verdict {
        /// Yes, to these bytes.
        Approve = "approve",
        /// No, with a note that is asked for next.
        Reject = "reject",
    }
}

/// What pressing a button means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The person did it, or will not today.
    Confirm {
        /// Where the button stands, or which prompt it speaks of.
        prompt: PromptId,
        /// What came of it.
        outcome: Outcome,
        /// A network, a target, or nothing in particular.
        detail: Detail,
    },
    /// Take back all that the person confirmed of the prompt's ask.
    Undo {
        /// The prompt it speaks of.
        prompt: PromptId,
    },
    /// Show the prompt privately in a language.
    Read {
        /// The prompt it speaks of.
        prompt: PromptId,
        /// The language wanted.
        language: Language,
    },
    /// Decide about one language of an ask, as it was shown.
    Decide {
        /// The ask.
        ask: AskId,
        /// Which of its languages.
        language: Language,
        /// What is decided.
        verdict: Verdict,
        /// The first characters of the seal of the bytes that were shown.
        seal: String,
    },
}

impl Choice {
    /// The id that a platform carries.
    pub fn encode(&self) -> String {
        match self {
            Self::Confirm {
                prompt,
                outcome,
                detail,
            } => {
                format!("1.c.{prompt}.{outcome}.{}", detail.as_str())
            }
            Self::Undo { prompt } => format!("1.u.{prompt}"),
            Self::Read { prompt, language } => format!("1.r.{prompt}.{language}"),
            Self::Decide {
                ask,
                language,
                verdict,
                seal,
            } => {
                format!("1.d.{ask}.{language}.{verdict}.{seal}")
            }
        }
    }

    /// What an id means; none if it is not one of ours or is of a version that this binary does not know.
    pub fn decode(id: &str) -> Option<Self> {
        let parts: Vec<&str> = id.split('.').collect();
        let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
        match parts[..] {
            ["1", "c", prompt, outcome, detail] => Some(Self::Confirm {
                prompt: PromptId(number(prompt)?),
                outcome: outcome.parse().ok()?,
                detail: Detail::new(detail)?,
            }),
            ["1", "u", prompt] => Some(Self::Undo {
                prompt: PromptId(number(prompt)?),
            }),
            ["1", "r", prompt, language] => Some(Self::Read {
                prompt: PromptId(number(prompt)?),
                language: language.parse().ok()?,
            }),
            ["1", "d", ask, language, verdict, seal] => Some(Self::Decide {
                ask: AskId(number(ask)?),
                language: language.parse().ok()?,
                verdict: verdict.parse().ok()?,
                seal: seal.to_owned(),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn foreign_ids_mean_nothing() {
        for id in [
            "",
            "1",
            "1.c.0.done.",
            "1.c.7.won.",
            "2.u.7",
            "1.u.7.8",
            "1.c.7.done.<b>",
            "1.u.-3",
            "1.r.7.de",
        ] {
            assert_eq!(Choice::decode(id), None, "{id}");
        }
    }

    proptest! {
        #[test]
        fn an_id_survives_and_fits(prompt in 1..i64::MAX, index in 0..Outcome::ALL.len(), detail in "[a-z0-9-]{0,40}") {
            let choice = Choice::Confirm {
                prompt: PromptId(prompt),
                outcome: Outcome::ALL[index],
                detail: Detail::new(&detail).unwrap(),
            };
            prop_assert!(choice.encode().len() <= 100);
            prop_assert_eq!(Choice::decode(&choice.encode()), Some(choice));
        }

        #[test]
        fn decoding_is_total(id in "\\PC*") {
            let _ = Choice::decode(&id);
        }
    }
}
