//! What can be wrong with a draft, with all that a sentence about it needs.

use jiff::civil::DateTime;

use super::DraftField;
use crate::domain::{language::Language, text};

/// The longest piece of what was typed that a mistake quotes, in graphemes.
const QUOTED_MAX: usize = 60;

/// Something wrong in a field of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub field: DraftField,
    /// What.
    pub problem: Problem,
}

/// What is wrong. Whatever is `given` is what was typed: inert, on one line and short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It must be there and is not.
    Missing,
    /// It is too long.
    TooLong {
        /// The most characters that are taken.
        limit: usize,
        /// How many there are.
        length: usize,
    },
    /// It names too many things.
    TooMany {
        /// The most that are taken.
        limit: usize,
        /// How many there are.
        count: usize,
    },
    /// It cannot be a reference.
    BadReference {
        /// What was typed.
        given: String,
    },
    /// Another row of the same file has the same reference.
    RepeatedReference {
        /// That row, the first with it.
        row: usize,
    },
    /// It cannot be a campaign's short name.
    BadCampaign {
        /// What was typed.
        given: String,
    },
    /// It is no kind of ask.
    UnknownKind {
        /// What was typed.
        given: String,
        /// The word most likely meant.
        nearest: Option<String>,
    },
    /// It is no network.
    UnknownNetwork {
        /// What was typed.
        given: String,
        /// The network most likely meant.
        nearest: Option<String>,
    },
    /// It is no group of the organisation.
    UnknownGroup {
        /// What was typed.
        given: String,
        /// The group most likely meant.
        nearest: Option<String>,
    },
    /// It is not a day as days are typed here.
    NotADay {
        /// What was typed.
        given: String,
    },
    /// It is a day that no calendar has, such as 31 November.
    NoSuchDay {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
        /// The day that this month does not have.
        day: i8,
    },
    /// It is not a time of day.
    NotATime {
        /// What was typed.
        given: String,
    },
    /// It is not a day and a time together.
    NotAMoment {
        /// What was typed.
        given: String,
    },
    /// The organisation's clock never shows it: that night the clocks go forward.
    SkippedByTheClock {
        /// The day and time that are skipped.
        when: DateTime,
    },
    /// There is a time and no day.
    TimeWithoutDay,
    /// There is a day and no time.
    DayWithoutTime,
    /// It would be over before it begins.
    ClosesBeforeStart {
        /// When it begins.
        start: DateTime,
    },
    /// It has no words in any language.
    NoWording,
    /// A language has a script or a description, and no wording.
    WordingMissing {
        /// The language.
        language: Language,
    },
    /// It is not the address of a page.
    NotALink {
        /// What was typed.
        given: String,
    },
    /// It is not a hashtag that networks know as one.
    NotAHashtag {
        /// What was typed.
        given: String,
    },
    /// There is no picture of that name.
    NoSuchPicture {
        /// What was typed.
        given: String,
        /// The picture most likely meant.
        nearest: Option<String>,
    },
    /// A picture is described, and none is there.
    AltWithoutPicture,
    /// The picture is not described in a language that has a wording.
    MissingAlt {
        /// The language.
        language: Language,
    },
    /// It does not say whom to call.
    NotATarget {
        /// What was typed.
        given: String,
    },
    /// It is not a telephone number.
    BadNumber {
        /// What was typed.
        given: String,
    },
    /// Somebody is to be called by an ask that is no call.
    TargetWithoutCall,
}

/// What was typed, as a mistake quotes it.
pub(super) fn quoted(given: &str) -> String {
    // One letter may carry a thousand accents: so many characters first, then so many letters.
    let head: String = given.chars().take(QUOTED_MAX * 4).collect();
    text::shortened(&text::clean_line(&head), QUOTED_MAX)
}
