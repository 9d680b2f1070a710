//! What one of a crowd is like, and what they do about a message: chance that is the same every time.

use jiff::{SignedDuration, Timestamp, ToSpan, Zoned, civil::Time, tz::TimeZone};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::super::organisation::{CrowdPlan, is_working_day};
use crate::{
    chat::{
        Button,
        embedded::{Cast, Person, Post},
    },
    domain::{language::Language, outcome::Outcome},
};

/// Another seed tells another story.
const SEED: u64 = 20_261_123;
/// The share of a crowd that speaks French.
const FRENCH: f64 = 0.6;
/// How many are in two rooms.
const IN_TWO_ROOMS: f64 = 0.15;
/// How many react where others press.
const REACTS: f64 = 0.35;
/// Of those who answer, how many will not today, change what they said of a call, or take it all back.
const NOT_TODAY: f64 = 0.08;
const CORRECTS: f64 = 0.07;
const UNDOES: f64 = 0.03;
/// How many of the answers that would fall on a week-end are given.
const ON_A_WEEK_END: f64 = 0.4;
/// What comes of a call, in parts of a hundred; the others find the line busy.
const REACHED: u32 = 34;
const VOICEMAIL: u32 = 38;
/// Half of all answers come within this time, and nearly nine in ten within three hours.
const USUAL_DELAY: f64 = 50.0 * 60.0;
const SPREAD: f64 = 1.1;
const DELAY_MAX: f64 = 36.0 * 60.0 * 60.0;
/// When people are awake.
const MORNING: Time = Time::constant(7, 0, 0, 0);
const NIGHT: Time = Time::constant(22, 30, 0, 0);

/// What somebody does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// They press this button.
    Press(String),
    /// They react with this.
    React(String),
    /// They take such a reaction back.
    TakeBack(String),
    /// They undo what they confirmed last.
    Undo,
}

/// One of a crowd.
pub(super) struct Member {
    pub person: Person,
    /// Their rooms, by their place among the volunteers' rooms.
    pub rooms: Vec<usize>,
    /// How they undo, in their language.
    pub undo: &'static str,
    number: u64,
    /// How likely they are to answer.
    zeal: f64,
    reacts: bool,
}

impl Member {
    /// The one with this number, whose rooms are among those with these languages.
    pub fn new(number: usize, plan: &CrowdPlan, rooms: &[&[Language]]) -> Self {
        let number = number as u64;
        let mut chance = StdRng::seed_from_u64(SEED ^ number);
        let language = if chance.random_bool(FRENCH) {
            Language::French
        } else {
            Language::English
        };
        let (locale, undo) = match language {
            Language::French => ("fr-CA", "moi annuler"),
            Language::English => ("en-CA", "me undo"),
        };
        let name = plan
            .names(language)
            .choose(&mut chance)
            .map_or("?", String::as_str);
        let initial = char::from(chance.random_range(b'A'..=b'Z'));
        let spoken: Vec<usize> = (0..rooms.len())
            .filter(|room| rooms[*room].contains(&language))
            .collect();
        let count = if chance.random_bool(IN_TWO_ROOMS) { 2 } else { 1 };
        let eagerness: f64 = chance.random();
        Self {
            person: Person {
                id: format!("extra-{}", number + 1),
                name: format!("{name} {initial}."),
                locale: locale.to_owned(),
                about: String::new(),
                cast: Cast::Extra,
            },
            rooms: spoken.choose_multiple(&mut chance, count).copied().collect(),
            undo,
            number,
            zeal: 0.05 + 0.75 * eagerness,
            reacts: chance.random_bool(REACTS),
        }
    }

    /// What they do about a message with these buttons, and when, in order.
    pub fn deeds(&self, post: &Post, buttons: &[Button], zone: &TimeZone) -> Vec<(Timestamp, Deed)> {
        let number = post.id.as_str().parse::<u64>().unwrap_or_default();
        let mut chance = StdRng::seed_from_u64(SEED ^ (self.number << 32) ^ (number << 1) ^ 1);
        let appeal: f64 = StdRng::seed_from_u64(SEED ^ number).random_range(0.6..1.1);
        let Some(at) = self.moment(&mut chance, post, zone, appeal) else {
            return Vec::new();
        };
        let choices = self.choices(&mut chance, buttons);
        let mut deeds = Vec::new();
        let mut at = at;
        for button in choices {
            deeds.push((at, self.deed(button)));
            at = after(at, chance.random_range(1..=20));
        }
        if !deeds.is_empty() && chance.random_bool(UNDOES) {
            let undone = match &deeds[0].1 {
                Deed::React(key) => Deed::TakeBack(key.clone()),
                _ => Deed::Undo,
            };
            deeds.push((at, undone));
        }
        deeds
    }

    /// When they answer, if they do.
    fn moment(&self, chance: &mut StdRng, post: &Post, zone: &TimeZone, appeal: f64) -> Option<Timestamp> {
        let answers = chance.random_bool((self.zeal * appeal).min(1.0));
        let delay = SignedDuration::try_from_secs_f64(delay(chance)).ok()?;
        let at = awake(chance, &post.at().checked_add(delay).ok()?.to_zoned(zone.clone()))?;
        let has_time = is_working_day(at.date()) || chance.random_bool(ON_A_WEEK_END);
        (answers && has_time).then(|| at.timestamp())
    }

    /// What they choose, one after the other: a later choice of the same call corrects the first.
    fn choices<'a>(&self, chance: &mut StdRng, buttons: &'a [Button]) -> Vec<&'a Button> {
        let all = |outcome: Outcome| {
            buttons
                .iter()
                .filter(move |button| means(button, outcome))
                .collect::<Vec<_>>()
        };
        if chance.random_bool(NOT_TODAY) {
            return all(Outcome::NotToday);
        }
        let voicemail = all(Outcome::Voicemail);
        if voicemail.is_empty() {
            let done = all(Outcome::Done);
            let count = if self.reacts {
                1
            } else {
                chance.random_range(1..=2)
            };
            return done.choose_multiple(chance, count).copied().collect();
        }
        // One set of outcomes for each number to call.
        let (reached, unavailable) = (all(Outcome::Reached), all(Outcome::Unavailable));
        let first = chance.random_range(0..voicemail.len());
        let calls = match chance.random_range(0..100) {
            part if part < REACHED => vec![reached.get(first)],
            part if part < REACHED + VOICEMAIL && chance.random_bool(CORRECTS) => {
                vec![voicemail.get(first), reached.get(first)]
            }
            part if part < REACHED + VOICEMAIL => vec![voicemail.get(first)],
            _ if first + 1 < voicemail.len() => vec![unavailable.get(first), voicemail.get(first + 1)],
            _ => vec![unavailable.get(first)],
        };
        calls.into_iter().flatten().copied().collect()
    }

    fn deed(&self, button: &Button) -> Deed {
        match &button.emoji {
            Some(key) if self.reacts => Deed::React(key.clone()),
            _ => Deed::Press(button.id.clone()),
        }
    }
}

fn means(button: &Button, outcome: Outcome) -> bool {
    button.emoji.as_deref() == Some(outcome.emoji())
}

/// In seconds, by a log-normal distribution: mostly soon, sometimes late.
fn delay(chance: &mut StdRng) -> f64 {
    let (radius, angle): (f64, f64) = (chance.random_range(f64::EPSILON..1.0), chance.random());
    let normal = (-2.0 * radius.ln()).sqrt() * (angle * std::f64::consts::TAU).cos();
    (USUAL_DELAY * (SPREAD * normal).exp()).clamp(60.0, DELAY_MAX)
}

/// The same moment, or some time the next morning where it falls in the night.
fn awake(chance: &mut StdRng, at: &Zoned) -> Option<Zoned> {
    let late = chance.random_range(0..150);
    let day = if at.time() < MORNING {
        at.date()
    } else if at.time() >= NIGHT {
        at.date().tomorrow().ok()?
    } else {
        return Some(at.clone());
    };
    day.to_datetime(MORNING)
        .to_zoned(at.time_zone().clone())
        .ok()?
        .checked_add(late.minutes())
        .ok()
}

fn after(at: Timestamp, minutes: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_mins(minutes))
        .unwrap_or(Timestamp::MAX)
}
