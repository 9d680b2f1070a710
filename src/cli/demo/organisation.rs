//! The imaginary organisation, as `organisation.toml` and `calendar.csv` have it: data, so that no text for people stands in Rust.

use anyhow::Context;
use jiff::{
    ToSpan, Zoned,
    civil::{Date, Time, Weekday},
};
use serde::Deserialize;

use crate::{
    chat::embedded::{Cast, Person, Room},
    domain::{
        ask::AskKind,
        language::{Language, RoomLanguage},
        role::Role,
        room::Purpose,
    },
};

/// When the first ask of the calendar is posted: the story begins on the next working day on which this is still to come.
const FIRST_ASK: Time = Time::constant(9, 0, 0, 0);

/// How many working days the calendar knows.
const WORKING_DAYS: u32 = 10;

/// The imaginary organisation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    #[serde(rename = "organisation")]
    pub name: String,
    pub time_zone: String,
    pub groups: Vec<String>,
    pub rooms: Vec<RoomPlan>,
    pub people: Vec<PersonPlan>,
    pub campaigns: Vec<CampaignPlan>,
    pub calendar: CalendarPlan,
    pub approvals: Vec<ApprovalPlan>,
    pub crowd: CrowdPlan,
}

/// A room, and what an admin says of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoomPlan {
    pub id: String,
    name: String,
    topic: String,
    labels: Vec<String>,
    pub purpose: Purpose,
    pub language: RoomLanguage,
    pub group: Option<String>,
    pub zone: Option<String>,
}

/// Somebody whom one can be, and their role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonPlan {
    pub id: String,
    name: String,
    locale: String,
    about: String,
    pub role: Option<Role>,
    pub group: Option<String>,
}

/// A campaign with its goals.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignPlan {
    pub slug: String,
    pub fr: String,
    pub en: String,
    #[serde(default)]
    pub goals: Vec<GoalPlan>,
}

/// A goal, due some weeks after the story began.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoalPlan {
    pub count: u32,
    pub kind: AskKind,
}

/// Who drops the calendar, and where.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarPlan {
    pub by: String,
    pub room: String,
}

/// What somebody approves, in one language or in all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovalPlan {
    pub by: String,
    pub asks: Vec<String>,
    pub language: Option<Language>,
}

/// What a crowd is made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CrowdPlan {
    names_fr: Vec<String>,
    names_en: Vec<String>,
}

impl Organisation {
    /// The organisation of the source tree.
    pub fn load() -> anyhow::Result<Self> {
        toml::from_str(include_str!("organisation.toml")).context("reading the imaginary organisation")
    }

    /// Who is an admin from the start.
    pub fn admin(&self) -> anyhow::Result<&PersonPlan> {
        let admin = self.people.iter().find(|person| person.role == Some(Role::Admin));
        admin.context("the imaginary organisation has no admin")
    }
}

impl RoomPlan {
    pub fn room(&self) -> Room {
        Room {
            id: self.id.clone(),
            name: self.name.clone(),
            topic: self.topic.clone(),
            labels: self.labels.clone(),
        }
    }
}

impl PersonPlan {
    pub fn person(&self) -> Person {
        Person {
            id: self.id.clone(),
            name: self.name.clone(),
            locale: self.locale.clone(),
            about: self.about.clone(),
            cast: Cast::Lead,
        }
    }
}

impl CrowdPlan {
    /// First names in a language.
    pub fn names(&self, language: Language) -> &[String] {
        match language {
            Language::French => &self.names_fr,
            Language::English => &self.names_en,
        }
    }
}

/// The calendar with its dates: in the source tree `{3}` is the third working day after the first.
pub(super) fn calendar(now: &Zoned) -> anyhow::Result<String> {
    let mut calendar = include_str!("calendar.csv").to_owned();
    let mut day = first_day(now)?;
    for number in 0..WORKING_DAYS {
        calendar = calendar.replace(&format!("{{{number}}}"), &day.to_string());
        day = next_working_day(day)?;
    }
    Ok(calendar)
}

/// The first working day on which the first ask is still to come.
fn first_day(now: &Zoned) -> anyhow::Result<Date> {
    let today = now.date();
    if is_working_day(today) && now.time() < FIRST_ASK {
        Ok(today)
    } else {
        next_working_day(today)
    }
}

fn next_working_day(day: Date) -> anyhow::Result<Date> {
    let mut next = day.checked_add(1.day())?;
    while !is_working_day(next) {
        next = next.checked_add(1.day())?;
    }
    Ok(next)
}

pub(super) fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(now: &str) -> String {
        let now: Zoned = now.parse().unwrap();
        first_day(&now).unwrap().to_string()
    }

    #[test]
    fn the_story_begins_when_its_first_ask_is_still_to_come() {
        for (now, day) in [
            ("2026-11-23T08:59[America/Montreal]", "2026-11-23"),
            ("2026-11-23T09:00[America/Montreal]", "2026-11-24"),
            ("2026-11-25T14:20[America/Montreal]", "2026-11-26"),
            ("2026-11-27T17:00[America/Montreal]", "2026-11-30"),
            ("2026-11-29T06:00[America/Montreal]", "2026-11-30"),
        ] {
            assert_eq!(first(now), day, "{now}");
        }
    }

    #[test]
    fn the_calendar_has_no_date_left_open() {
        let now: Zoned = "2026-11-25T14:20[America/Montreal]".parse().unwrap();
        let calendar = calendar(&now).unwrap();
        assert!(!calendar.contains(['{', '}']));
        assert!(calendar.contains("registre-01,registre,share,2026-11-26,09:00,"));
        assert!(calendar.contains(",2026-11-27 20:00"));
    }

    #[test]
    fn everybody_and_every_room_named_is_there() {
        let organisation = Organisation::load().unwrap();
        let is_person = |id: &String| organisation.people.iter().any(|person| person.id == *id);
        assert!(is_person(&organisation.calendar.by));
        assert!(
            organisation
                .approvals
                .iter()
                .all(|approval| is_person(&approval.by))
        );
        assert!(
            organisation
                .rooms
                .iter()
                .any(|room| room.id == organisation.calendar.room)
        );
        assert!(organisation.admin().is_ok());
    }
}
