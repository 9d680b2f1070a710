//! An ask as people type it, in a spreadsheet or in a form, and the rules by which it becomes one.
//!
//! A [`Draft`] is text and nothing else; [`check`] makes an ask's content of it, or says all that is wrong at once. Where the
//! text came from is not known here, and neither are the words in which mistakes are told.

mod checking;
mod civil;
mod mistake;
mod names;
mod target;
#[cfg(test)]
mod tests;
mod web;
mod written;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::{
    ask::AskContent,
    code::coded,
    id::{CampaignId, GroupId, PictureId},
    language::Language,
    text,
};

pub use civil::{day, time_of_day};
pub use mistake::{Mistake, Problem};

/// The longest wording, in graphemes.
pub const WORDING_MAX: usize = 4_000;
/// The longest script, in graphemes.
pub const SCRIPT_MAX: usize = 4_000;
/// The longest description of a picture, in graphemes.
pub const ALT_MAX: usize = 1_000;
/// The longest reference, in characters.
pub const REFERENCE_MAX: usize = 40;
/// The longest short name of a campaign, in characters.
pub const CAMPAIGN_MAX: usize = 40;
/// The longest link, in characters: what browsers and share links still carry.
pub const LINK_MAX: usize = 2_000;
/// The longest name of somebody to call, in graphemes.
pub const NAME_MAX: usize = 100;
/// How many people one ask may offer to call: more no longer fit a prompt's buttons.
pub const TARGETS_MAX: usize = 5;
/// How many hashtags an ask may carry: the most that Instagram takes.
pub const HASHTAGS_MAX: usize = 30;
/// How many groups or networks one cell may name.
pub const NAMES_MAX: usize = 100;

coded! {
    /// What is typed of an ask: a column of the calendar, a question of the form.
    pub enum DraftField {
        /// The calendar's own name for the ask.
        Ref = "ref",
        /// The short name of the campaign it serves, known or new.
        Campaign = "campaign",
        /// What is asked.
        Kind = "kind",
        /// The day it is posted.
        Date = "date",
        /// The time it is posted.
        Time = "time",
        /// The groups that get it.
        Groups = "groups",
        /// The social networks it is meant for.
        Networks = "networks",
        /// The French wording.
        WordingFr = "wording_fr",
        /// The English wording.
        WordingEn = "wording_en",
        /// What a caller says in French.
        ScriptFr = "script_fr",
        /// What a caller says in English.
        ScriptEn = "script_en",
        /// Where to read more, sign or give.
        Link = "link",
        /// With or without their `#`.
        Hashtags = "hashtags",
        /// The picture, by the name of its file.
        Image = "image",
        /// What the picture shows, in French.
        AltFr = "alt_fr",
        /// What the picture shows, in English.
        AltEn = "alt_en",
        /// Whom to call.
        Target = "target",
        /// The day and time it ends.
        Closes = "closes",
    }
}

impl DraftField {
    /// The wording in a language.
    pub const fn wording(language: Language) -> Self {
        match language {
            Language::French => Self::WordingFr,
            Language::English => Self::WordingEn,
        }
    }

    /// The script in a language.
    pub const fn script(language: Language) -> Self {
        match language {
            Language::French => Self::ScriptFr,
            Language::English => Self::ScriptEn,
        }
    }

    /// The description of the picture in a language.
    pub const fn alt(language: Language) -> Self {
        match language {
            Language::French => Self::AltFr,
            Language::English => Self::AltEn,
        }
    }

    /// The language it is in, where it is in one.
    pub const fn language(self) -> Option<Language> {
        match self {
            Self::WordingFr | Self::ScriptFr | Self::AltFr => Some(Language::French),
            Self::WordingEn | Self::ScriptEn | Self::AltEn => Some(Language::English),
            _ => None,
        }
    }
}

/// An ask as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    values: BTreeMap<DraftField, String>,
}

impl Draft {
    /// What was typed in a field; empty where nothing was.
    pub fn get(&self, field: DraftField) -> &str {
        self.values.get(&field).map_or("", String::as_str)
    }

    /// Puts a text in a field. Nothing and an empty text are the same.
    pub fn set(&mut self, field: DraftField, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.values.remove(&field);
        } else {
            self.values.insert(field, value);
        }
    }

    /// Its reference as it is stored and compared; none where there is none, or none that can be one.
    pub fn reference(&self) -> Option<String> {
        names::reference(&text::clean_line(self.get(DraftField::Ref)))
            .ok()
            .filter(|reference| !reference.is_empty())
    }
}

impl<T: Into<String>> FromIterator<(DraftField, T)> for Draft {
    fn from_iter<I: IntoIterator<Item = (DraftField, T)>>(values: I) -> Self {
        let mut draft = Self::default();
        for (field, value) in values {
            draft.set(field, value);
        }
        draft
    }
}

/// What the organisation has, by the names that people type.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The groups, by name.
    pub groups: &'a [(String, GroupId)],
    /// The campaigns, by short name.
    pub campaigns: &'a [(String, CampaignId)],
    /// The pictures at hand, by the name of their file.
    pub pictures: &'a [(String, PictureId)],
    /// The organisation's time zone, in which days and times are typed.
    pub zone: &'a TimeZone,
}

/// A draft without a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The calendar's own name for it, folded: `Rénov 01` is `renov-01`.
    pub reference: Option<String>,
    /// The short name of its campaign, folded likewise. Where the content names no campaign, this one is new.
    pub campaign: Option<String>,
    /// What it says.
    pub content: AskContent,
}

/// Makes an ask's content of a draft, or says all that is wrong with it, in the order of the columns.
pub fn check(draft: &Draft, known: &Known<'_>) -> Result<Checked, Vec<Mistake>> {
    checking::Checking::new(draft, known).finish()
}
