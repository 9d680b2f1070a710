//! A week for tests.

use std::collections::BTreeMap;

use crate::domain::{
    ask::AskKind,
    day::{Day, Week},
    id::AskId,
    language::Language,
    outcome::Outcome,
};
use crate::summary::numbers::{
    Asked, DayNumbers, Done, PeopleNumbers, WeekBefore, WeekNumbers,
    best::{BestAsk, PlaceSeen, Rate},
    goals::GoalNumbers,
    groups::{Count, GroupNumbers},
};

fn titles(french: &str, english: &str) -> BTreeMap<Language, String> {
    BTreeMap::from([
        (Language::French, french.to_owned()),
        (Language::English, english.to_owned()),
    ])
}

fn best(ask: i64, title: (&str, &str), people: i64, rate: Option<(i64, i64)>) -> BestAsk {
    BestAsk {
        ask: AskId(ask),
        kind: AskKind::Call,
        titles: titles(title.0, title.1),
        confirmations: people,
        people,
        occasions: 1,
        rate: rate.map(|(active, percent)| Rate { active, percent }),
        rooms: 1,
        places: vec![PlaceSeen {
            room: "general".to_owned(),
            link: None,
        }],
    }
}

fn goal(campaign: &str, kind: Option<AskKind>, (reached, target): (i64, i64), due: i64) -> GoalNumbers {
    GoalNumbers {
        campaign: campaign.to_owned(),
        titles: titles("Halte aux rénovictions", "Stop renovictions"),
        kind,
        target,
        due: Day::from_number(due).unwrap(),
        reached,
        percent: reached * 100 / target,
    }
}

pub(in crate::summary) fn group(name: Option<&str>, count: Count) -> GroupNumbers {
    GroupNumbers {
        group: name.map(str::to_owned),
        count,
    }
}

/// A week with something of everything.
pub(in crate::summary) fn usual() -> WeekNumbers {
    let week = Week::from_name("2026-W48").unwrap();
    let done = |kind, outcome, confirmations| Done {
        kind,
        outcome,
        confirmations,
    };
    let mut days = week.days();
    WeekNumbers {
        week,
        asked: [(AskKind::Share, 5), (AskKind::Call, 3), (AskKind::Sign, 1)]
            .map(|(kind, asks)| Asked { kind, asks })
            .to_vec(),
        confirmations: 318,
        before: Some(WeekBefore {
            confirmations: 284,
            days: [40, 50, 60, 34, 50, 30, 20],
        }),
        change_percent: Some(12),
        people: PeopleNumbers {
            active: 84,
            new: 11,
            returning: 73,
            recent: 130,
        },
        done: vec![
            done(AskKind::Share, Outcome::Done, 201),
            done(AskKind::Call, Outcome::Reached, 31),
            done(AskKind::Call, Outcome::Voicemail, 40),
            done(AskKind::Call, Outcome::Unavailable, 26),
            done(AskKind::Sign, Outcome::Done, 20),
        ],
        days: std::array::from_fn(|_| DayNumbers {
            day: days.next().unwrap(),
            confirmations: BTreeMap::from([(AskKind::Share, 45)]),
        }),
        best: vec![
            best(
                13,
                ("Appelez avant le vote", "Call before the vote"),
                34,
                Some((83, 41)),
            ),
            best(
                12,
                ("Halte aux rénovictions", "Stop renovictions"),
                50,
                Some((130, 38)),
            ),
            best(15, ("Signez !", "Sign!"), 3, None),
        ],
        goals: vec![
            goal("logement", Some(AskKind::Share), (612, 1000), 20_261_215),
            goal("logement", None, (2005, 2000), 20_270_131),
        ],
        groups: vec![
            group(
                Some("Laval"),
                Count::Counted {
                    confirmations: 218,
                    people: 60,
                },
            ),
            group(Some("Longueuil"), Count::FewerThanFive),
            group(None, Count::Withheld),
        ],
    }
}
