//! What came of an ask for one person.

use super::{ask::AskKind, code::coded};

coded! {
    /// What a person says of an ask. All but *not today* are confirmations and are counted.
    pub enum Outcome {
        /// Done; the outcome of every kind but a call.
        Done = "done",
        /// A call that reached somebody.
        Reached = "reached",
        /// A call that ended on voicemail.
        Voicemail = "voicemail",
        /// A line that was busy or that nobody answered: an attempt, which the office sees.
        Unavailable = "unavailable",
        /// Seen, and not to be asked again today. Never counted.
        NotToday = "not-today",
    }
}

impl Outcome {
    /// Whether this is a confirmation.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::NotToday)
    }

    /// The outcomes that a prompt of this kind offers, in order; *not today* comes after them.
    pub const fn offered(kind: AskKind) -> &'static [Self] {
        match kind {
            AskKind::Call => &[Self::Reached, Self::Voicemail, Self::Unavailable],
            _ => &[Self::Done],
        }
    }

    /// The emoji that stands for it on buttons and as a reaction, without variation selectors.
    pub const fn emoji(self) -> &'static str {
        match self {
            Self::Done | Self::Reached => "✅",
            Self::Voicemail => "📭",
            Self::Unavailable => "⛔",
            Self::NotToday => "💤",
        }
    }

    /// The outcome that a reaction means on a prompt of this kind. Clients differ in variation selectors, so these are ignored.
    pub fn from_reaction(kind: AskKind, key: &str) -> Option<Self> {
        let key = key.replace(['\u{FE0E}', '\u{FE0F}'], "");
        let mut offered = Self::offered(kind).iter().chain([&Self::NotToday]).copied();
        offered.find(|outcome| outcome.emoji() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_is_offered_somewhere() {
        let is_offered = |outcome: &Outcome| {
            AskKind::ALL
                .iter()
                .any(|kind| Outcome::offered(*kind).contains(outcome))
        };
        for outcome in Outcome::ALL {
            assert!(is_offered(outcome) == outcome.counts(), "{outcome:?}");
        }
    }

    #[test]
    fn a_reaction_means_what_the_kind_offers() {
        assert_eq!(Outcome::from_reaction(AskKind::Share, "✅"), Some(Outcome::Done));
        assert_eq!(
            Outcome::from_reaction(AskKind::Call, "✅\u{FE0F}"),
            Some(Outcome::Reached)
        );
        assert_eq!(Outcome::from_reaction(AskKind::Share, "📭"), None);
        assert_eq!(Outcome::from_reaction(AskKind::Call, "🎉"), None);
    }
}
