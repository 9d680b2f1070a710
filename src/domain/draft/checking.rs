//! The checking of one draft, field by field, all mistakes together.

use jiff::{Timestamp, civil::DateTime};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    ALT_MAX, Checked, Draft, DraftField, HASHTAGS_MAX, Known, Mistake, NAMES_MAX, Problem, SCRIPT_MAX,
    TARGETS_MAX, WORDING_MAX, civil, mistake::quoted, names, target, web,
};
use crate::domain::{
    ask::{AskContent, AskKind, Target, Wording},
    id::{GroupId, PictureId},
    language::Language,
    slot::{self, Slot},
    text,
};

/// A draft being checked, with the mistakes found so far.
pub(super) struct Checking<'a> {
    draft: &'a Draft,
    known: &'a Known<'a>,
    mistakes: Vec<Mistake>,
}

impl<'a> Checking<'a> {
    pub(super) const fn new(draft: &'a Draft, known: &'a Known<'a>) -> Self {
        Self {
            draft,
            known,
            mistakes: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> Result<Checked, Vec<Mistake>> {
        let reference = self.parsed(DraftField::Ref, names::reference);
        let campaign = self.parsed(DraftField::Campaign, names::campaign);
        let kind = self.kind();
        let start = self.start();
        let closes_at = self.closes_at(start);
        let picture = self.picture();
        let wordings = self.wordings();
        let targets = self.targets(kind);
        let link = self.parsed(DraftField::Link, web::link);
        let hashtags = self.listed(DraftField::Hashtags, HASHTAGS_MAX, web::hashtag);
        let networks = self.listed(DraftField::Networks, NAMES_MAX, names::network);
        let groups = self.groups();
        match kind {
            Some(kind) if self.mistakes.is_empty() => Ok(Checked {
                content: AskContent {
                    kind,
                    campaign: campaign
                        .as_deref()
                        .and_then(|name| named(self.known.campaigns, name).ok()),
                    wordings,
                    link,
                    hashtags,
                    networks,
                    picture,
                    targets,
                    groups,
                    slot: start.map(Slot::Once),
                    closes_at,
                },
                reference,
                campaign,
            }),
            _ => {
                self.mistakes.sort_by_key(|mistake| mistake.field);
                Err(self.mistakes)
            }
        }
    }

    fn report(&mut self, field: DraftField, problem: Problem) {
        self.mistakes.push(Mistake { field, problem });
    }

    fn is_empty(&self, field: DraftField) -> bool {
        text::clean(self.draft.get(field)).is_empty()
    }

    /// What one line means; nothing where it is empty or wrong.
    fn parsed<T>(&mut self, field: DraftField, parse: impl Fn(&str) -> Result<T, Problem>) -> Option<T> {
        let line = text::clean_line(self.draft.get(field));
        if line.is_empty() {
            return None;
        }
        parse(&line).map_err(|problem| self.report(field, problem)).ok()
    }

    /// What the parts of a list mean, each once.
    fn listed<T: PartialEq>(
        &mut self,
        field: DraftField,
        limit: usize,
        parse: impl Fn(&str) -> Result<T, Problem>,
    ) -> Vec<T> {
        let typed = text::clean(self.draft.get(field));
        let parts: Vec<&str> = typed
            .split(|c| separates(field, c))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() > limit {
            let count = parts.len();
            self.report(field, Problem::TooMany { limit, count });
            return Vec::new();
        }
        let mut meant = Vec::new();
        for part in parts {
            match parse(part) {
                Ok(value) if meant.contains(&value) => {}
                Ok(value) => meant.push(value),
                Err(problem) => self.report(field, problem),
            }
        }
        meant
    }

    /// A text of some lines; nothing where it is empty.
    fn text(&mut self, field: DraftField, limit: usize) -> Option<String> {
        let text = text::clean(self.draft.get(field));
        let length = length(&text);
        if length > limit {
            self.report(field, Problem::TooLong { limit, length });
        }
        (!text.is_empty()).then_some(text)
    }

    fn kind(&mut self) -> Option<AskKind> {
        if self.is_empty(DraftField::Kind) {
            self.report(DraftField::Kind, Problem::Missing);
        }
        self.parsed(DraftField::Kind, names::kind)
    }

    fn start(&mut self) -> Option<DateTime> {
        let day = self.parsed(DraftField::Date, civil::day);
        let time = self.parsed(DraftField::Time, civil::time);
        match (self.is_empty(DraftField::Date), self.is_empty(DraftField::Time)) {
            (true, false) => self.report(DraftField::Date, Problem::TimeWithoutDay),
            (false, true) => self.report(DraftField::Time, Problem::DayWithoutTime),
            _ => {}
        }
        self.shown_by_the_clock(DraftField::Time, day?.to_datetime(time?))
    }

    fn closes_at(&mut self, start: Option<DateTime>) -> Option<Timestamp> {
        let closes = self.parsed(DraftField::Closes, civil::moment)?;
        let closes = self.shown_by_the_clock(DraftField::Closes, closes)?;
        let instant = |when| slot::instant(when, self.known.zone);
        let closes_at = instant(closes);
        if let Some(start) = start
            && instant(start) >= closes_at
        {
            self.report(DraftField::Closes, Problem::ClosesBeforeStart { start });
        }
        closes_at
    }

    /// A day and time, unless the organisation's clock skips it.
    fn shown_by_the_clock(&mut self, field: DraftField, when: DateTime) -> Option<DateTime> {
        if slot::exists(when, self.known.zone) {
            return Some(when);
        }
        self.report(field, Problem::SkippedByTheClock { when });
        None
    }

    fn picture(&mut self) -> Option<PictureId> {
        let pictures = self.known.pictures;
        let is_described = Language::ALL
            .iter()
            .any(|language| !self.is_empty(DraftField::alt(*language)));
        if self.is_empty(DraftField::Image) && is_described {
            self.report(DraftField::Image, Problem::AltWithoutPicture);
        }
        self.parsed(DraftField::Image, |typed| {
            named(pictures, typed).map_err(|nearest| Problem::NoSuchPicture {
                given: quoted(typed),
                nearest,
            })
        })
    }

    fn wordings(&mut self) -> Vec<(Language, Wording)> {
        let wordings: Vec<_> = Language::ALL
            .iter()
            .filter_map(|language| Some((*language, self.wording(*language)?)))
            .collect();
        let is_missing = |mistake: &Mistake| matches!(mistake.problem, Problem::WordingMissing { .. });
        if wordings.is_empty() && !self.mistakes.iter().any(is_missing) {
            self.report(DraftField::WordingFr, Problem::NoWording);
        }
        wordings
    }

    fn wording(&mut self, language: Language) -> Option<Wording> {
        let text = self.text(DraftField::wording(language), WORDING_MAX);
        let script = self.text(DraftField::script(language), SCRIPT_MAX);
        let alt = self.text(DraftField::alt(language), ALT_MAX);
        let has_picture = !self.is_empty(DraftField::Image);
        if text.is_none() && (script.is_some() || alt.is_some() && has_picture) {
            self.report(
                DraftField::wording(language),
                Problem::WordingMissing { language },
            );
        }
        if text.is_some() && alt.is_none() && has_picture {
            self.report(DraftField::alt(language), Problem::MissingAlt { language });
        }
        Some(Wording {
            text: text?,
            script,
            alt,
        })
    }

    fn targets(&mut self, kind: Option<AskKind>) -> Vec<Target> {
        let is_call = kind.is_none_or(|kind| kind == AskKind::Call);
        if !is_call && !self.is_empty(DraftField::Target) {
            self.report(DraftField::Target, Problem::TargetWithoutCall);
        }
        self.listed(DraftField::Target, TARGETS_MAX, target::target)
    }

    fn groups(&mut self) -> Vec<GroupId> {
        let groups = self.known.groups;
        self.listed(DraftField::Groups, NAMES_MAX, |typed| {
            named(groups, typed).map_err(|nearest| Problem::UnknownGroup {
                given: quoted(typed),
                nearest,
            })
        })
    }
}

/// What the organisation has by this name, or else the nearest name.
fn named<T: Copy>(known: &[(String, T)], typed: &str) -> Result<T, Option<String>> {
    names::one_of(typed, known.iter().map(|(name, id)| (name.as_str(), *id)))
}

/// Whether a character stands between the parts of a list.
fn separates(field: DraftField, c: char) -> bool {
    match field {
        DraftField::Hashtags => c == ';' || c == ',' || c.is_whitespace(),
        // A name may well hold a comma.
        DraftField::Target => c == ';' || c == '\n',
        _ => c == ';' || c == ',' || c == '\n',
    }
}

/// The length of a text as people count it; but a letter with more than a few accents counts for more, lest one letter carry
/// a book.
fn length(text: &str) -> usize {
    const CHARACTERS_IN_A_GRAPHEME: usize = 8;
    text.graphemes(true)
        .count()
        .max(text.chars().count().div_ceil(CHARACTERS_IN_A_GRAPHEME))
}
