//! The two languages, and what a room speaks.

use super::code::coded;

coded! {
    /// A language that Relais speaks.
    pub enum Language {
        /// French.
        French = "fr",
        /// English.
        English = "en",
    }
}

impl Language {
    /// The language of a client's locale (`fr-CA`, `en_US`, `fr`), where it is one of ours.
    pub fn from_locale(locale: &str) -> Option<Self> {
        locale.split(['-', '_']).next()?.to_ascii_lowercase().parse().ok()
    }

    /// The one that this is not.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::French => Self::English,
            Self::English => Self::French,
        }
    }
}

coded! {
    /// What a room reads: one language, or both in one message.
    pub enum RoomLanguage {
        /// French alone.
        French = "fr",
        /// English alone.
        English = "en",
        /// French, a thin rule, English.
        Both = "both",
    }
}

impl RoomLanguage {
    /// The languages in the order in which they stand in a message.
    pub const fn languages(self) -> &'static [Language] {
        match self {
            Self::French => &[Language::French],
            Self::English => &[Language::English],
            Self::Both => &[Language::French, Language::English],
        }
    }

    /// The language of a private answer to somebody whose own is not known: the room's first.
    pub const fn first(self) -> Language {
        match self {
            Self::English => Language::English,
            Self::French | Self::Both => Language::French,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_by_its_first_part() {
        for (locale, language) in [
            ("fr", Some(Language::French)),
            ("fr-CA", Some(Language::French)),
            ("EN_us", Some(Language::English)),
            ("de-DE", None),
            ("", None),
            ("french", None),
        ] {
            assert_eq!(Language::from_locale(locale), language, "{locale}");
        }
    }
}
