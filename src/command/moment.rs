//! When an ask is to be posted, as people type it: a day and a time, a time alone, or every weekday at a time.
//!
//! A day is typed as in a calendar, or as Relais itself writes it in either language: what it shows can be typed back.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

use super::{Context, Stop, draft_words, resolve::given};
use crate::{
    domain::{
        draft::{self, Problem, time_of_day},
        slot::{self, Slot},
        text::folded,
    },
    i18n::Voice,
};

/// How many days ahead a day may be named in words. Less than a year, so that a day that has passed is not taken for the next
/// year's.
const NAMED_DAYS: i32 = 300;

/// How many days ahead a weekday is looked for: today's own is next week's once its time has passed.
const WEEK: i32 = 7;

impl Context<'_> {
    /// A slot: `2026-12-01 09:00`, `mardi à 9 h`, `09:00` for the next time the clock shows it, `weekdays 09:00`.
    pub fn slot(&self, text: &str) -> Result<Slot, Stop> {
        let (voice, zone) = (self.voice(), &self.app.settings.time_zone);
        let now = self.now.to_zoned(zone.clone()).datetime();
        match slot_of(&self.app.voices.all(), text, now) {
            Some(Slot::Once(when)) if !slot::exists(when, zone) => {
                Err(Stop::Refusal(voice.refusal_skipped_by_the_clock(given(text))))
            }
            Some(slot) => Ok(slot),
            None => Err(Stop::Refusal(match missing_day(voice, text) {
                Some(day) => voice.refusal_no_such_day(day),
                None => voice.refusal_not_a_moment(given(text)),
            })),
        }
    }
}

/// The day at the beginning of a text, where it is one that no calendar has.
fn missing_day(voice: &Voice, text: &str) -> Option<String> {
    let text = plain(text);
    match draft::day(text.split([' ', 't']).next()?) {
        Err(Problem::NoSuchDay { year, month, day }) => {
            Some(draft_words::impossible(voice, year, month, day))
        }
        _ => None,
    }
}

fn slot_of(voices: &[&Voice], text: &str, now: DateTime) -> Option<Slot> {
    let text = plain(text);
    let next = |at: Time| {
        if at > now.time() {
            Some(now.date())
        } else {
            now.date().tomorrow().ok()
        }
    };
    let mut every = voices
        .iter()
        .flat_map(|voice| [voice.value_weekdays(), voice.value_every_weekday()]);
    let time = every.find_map(|words| time_after(voices, text.strip_prefix(&plain(&words))?));
    if let Some(at) = time {
        let from = next(at)?;
        return Some(Slot::Weekdays { from, at });
    }
    if let Some(at) = time_of_day(&text) {
        return Some(Slot::Once(next(at)?.to_datetime(at)));
    }
    if let Some((Ok(date), time)) = text
        .split_once([' ', 't'])
        .map(|(date, time)| (draft::day(date), time))
    {
        return Some(Slot::Once(date.to_datetime(time_after(voices, time)?)));
    }
    named(voices, &text, now).map(Slot::Once)
}

/// A moment whose day is named in words: the first to come, or else the first.
fn named(voices: &[&Voice], text: &str, now: DateTime) -> Option<DateTime> {
    let days = (0..=NAMED_DAYS).filter_map(|days| Some((days, now.date().checked_add(days.days()).ok()?)));
    let meant = days.filter_map(|(days, date)| {
        let mut names = voices.iter().flat_map(|voice| names(voice, days, date));
        let time =
            names.find_map(|name| time_after(voices, text.strip_prefix(&plain(&name))?.strip_prefix(' ')?));
        Some(date.to_datetime(time?))
    });
    let meant: Vec<DateTime> = meant.collect();
    meant
        .iter()
        .find(|when| **when > now)
        .or_else(|| meant.first())
        .copied()
}

/// What a day so many days ahead is called.
fn names(voice: &Voice, days: i32, date: Date) -> Vec<String> {
    let mut names = vec![voice.date(date), voice.day(date), voice.date_with_year(date)];
    if days <= 1 {
        names.push(voice.common_near_day(days));
    }
    if days <= WEEK {
        names.push(voice.weekday(date));
    }
    let within: Vec<String> = names.iter().map(|name| voice.common_on_day(name)).collect();
    names.extend(within);
    names
}

/// A time, with or without the word that stands between a day and a time.
fn time_after(voices: &[&Voice], text: &str) -> Option<Time> {
    let text = text.trim_start();
    let mut between = voices.iter().map(|voice| plain(&voice.common_day_time("", "")));
    let rest = between.find_map(|word| text.strip_prefix(&word)?.strip_prefix(' '));
    time_of_day(rest.unwrap_or(text))
}

/// A text as it is compared: folded, its words one space apart, without commas and raised letters.
fn plain(text: &str) -> String {
    let text = folded(text).replace(',', " ").replace('ᵉ', "e").replace('ʳ', "r");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::i18n::Voices;

    /// A Sunday evening.
    fn understood(text: &str) -> Option<Slot> {
        let now = date(2026, 11, 22).at(20, 0, 0, 0);
        slot_of(&Voices::load().all(), text, now)
    }

    #[test]
    fn what_relais_writes_can_be_typed_back() {
        for (typed, month, day) in [
            ("2026-12-01 9 h", 12, 1),
            ("2026-12-01 à 9 h", 12, 1),
            ("le mardi 1ᵉʳ décembre à 9\u{A0}h", 12, 1),
            ("1er decembre 9h", 12, 1),
            ("le 1ᵉʳ décembre 2026 à 9 h", 12, 1),
            ("Tuesday, December 1 at 9 a.m.", 12, 1),
            ("December 1, 2026 9 am", 12, 1),
            ("mardi 9h", 11, 24),
            ("Mardi à 9 h", 11, 24),
            ("tuesday 9:00", 11, 24),
            ("demain à 9 h", 11, 23),
            ("tomorrow at 9 a.m.", 11, 23),
            ("9 h", 11, 23),
            // Today's own time has passed.
            ("dimanche 9 h", 11, 29),
            ("aujourd’hui 9 h", 11, 22),
        ] {
            let when = date(2026, month, day).at(9, 0, 0, 0);
            assert_eq!(understood(typed), Some(Slot::Once(when)), "{typed}");
        }
        let (from, at) = (date(2026, 11, 23), time(9, 0, 0, 0));
        for typed in [
            "en semaine 9 h",
            "en semaine à 9 h",
            "chaque jour de semaine à 9 h",
            "weekdays 9am",
            "every weekday at 9 a.m.",
            "Weekdays at 9:00",
        ] {
            assert_eq!(understood(typed), Some(Slot::Weekdays { from, at }), "{typed}");
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for typed in [
            "",
            "mardi",
            "demain",
            "mardi soir",
            "lundi 24 novembre 9 h",
            "31 novembre 9 h",
            "20 novembre 9 h",
            "2026-11-31 9 h",
            "03/12/2026 9 h",
            "weekdays",
            "tous les jours 9 h",
        ] {
            assert_eq!(understood(typed), None, "{typed}");
        }
    }
}
