//! The numbers of a week, from the tallies: computed once, then said in words, drawn, or written to a file. It must not know any
//! language.

pub mod best;
pub mod goals;
pub mod groups;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::{
    chat::Message,
    domain::{
        ask::AskKind,
        day::{Day, Week},
        outcome::Outcome,
        room::RoomAddress,
    },
    store::{self, Crowd, DayCount, Session},
};
use best::BestAsk;
use goals::GoalNumbers;
use groups::GroupNumbers;

use super::chart::{Chart, DayBars};

/// Fewer people than this point at somebody: they are neither shown apart nor made into a rate.
pub const FEW: i64 = 5;

/// Tells where a browser finds a message, where it can be found.
pub type Linker<'a> = &'a (dyn Fn(&RoomAddress, &Message) -> Option<String> + Sync);

/// The numbers of one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekNumbers {
    /// The week.
    #[serde(serialize_with = "week_name")]
    pub week: Week,
    /// What was asked in it.
    pub asked: Vec<Asked>,
    /// How many confirmations.
    pub confirmations: i64,
    /// The week before; none where nothing was confirmed before this week.
    pub before: Option<WeekBefore>,
    /// How far the confirmations moved since the week before, in per cent; none where there is nothing to compare with.
    pub change_percent: Option<i64>,
    /// How many people.
    pub people: PeopleNumbers,
    /// What was done, by kind and outcome.
    pub done: Vec<Done>,
    /// What was done on each day, Monday first.
    pub days: [DayNumbers; 7],
    /// The asks that did best, the best first.
    pub best: Vec<BestAsk>,
    /// The goals that were not yet due when the week began, the nearest first.
    pub goals: Vec<GoalNumbers>,
    /// By group, where there are several.
    pub groups: Vec<GroupNumbers>,
}

/// How many asks of one kind were in the rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The kind.
    pub kind: AskKind,
    /// How many asks.
    pub asks: i64,
}

/// Confirmations of one kind and outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Done {
    /// The kind of the asks.
    pub kind: AskKind,
    /// What came of them.
    pub outcome: Outcome,
    /// How many.
    pub confirmations: i64,
}

/// Confirmations of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayNumbers {
    /// The civil day.
    #[serde(serialize_with = "date")]
    pub day: Day,
    /// How many, by kind.
    pub confirmations: BTreeMap<AskKind, i64>,
}

/// The week before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WeekBefore {
    /// How many confirmations.
    pub confirmations: i64,
    /// How many on each day, Monday first.
    pub days: [i64; 7],
}

/// How many people, each once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PeopleNumbers {
    /// Active in the week.
    pub active: i64,
    /// Of these, active for the first time ever.
    pub new: i64,
    /// Of these, active before.
    pub returning: i64,
    /// Active in the 28 days that end with the week.
    pub recent: i64,
}

/// How a week compares with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// There is no week before.
    First,
    /// The week before had nothing.
    NothingBefore,
    /// By so many per cent.
    Change(i64),
}

impl WeekNumbers {
    /// Loads the numbers of a week as they stand.
    pub async fn load(session: &mut Session, week: Week, linker: Linker<'_>) -> store::Result<Self> {
        let crowd = session.load_crowd(week).await?;
        Ok(Self {
            best: best::load(session, week, &crowd, linker).await?,
            goals: goals::load(session, week).await?,
            groups: groups::load(session, week, &crowd).await?,
            ..Self::load_totals(session, week, &crowd).await?
        })
    }

    /// Loads the numbers of a week without its asks, goals and groups.
    pub(super) async fn load_totals(session: &mut Session, week: Week, crowd: &Crowd) -> store::Result<Self> {
        let counts = session
            .list_day_counts(week.before().monday(), week.sunday())
            .await?;
        let earlier = session.has_confirmations_before(week.monday()).await?;
        let people = crowd.everywhere();
        let asked = session.list_asked(week).await?;
        let (before, this): (Vec<_>, Vec<_>) =
            counts.into_iter().partition(|count| count.day < week.monday());
        let before = earlier.then(|| WeekBefore::of(week.before(), &before));
        let confirmations = total(&this);
        Ok(Self {
            week,
            asked: asked_by_kind(asked),
            confirmations,
            change_percent: before.and_then(|before| change(before.confirmations, confirmations)),
            before,
            people: PeopleNumbers {
                active: people.active,
                new: people.new,
                returning: people.active - people.new,
                recent: people.recent,
            },
            done: done(
                this.iter()
                    .map(|count| (count.kind, count.outcome, count.confirmations)),
            ),
            days: days(week, &this),
            best: Vec::new(),
            goals: Vec::new(),
            groups: Vec::new(),
        })
    }

    /// How it compares with the week before.
    pub fn comparison(&self) -> Comparison {
        match (self.before, self.change_percent) {
            (None, _) => Comparison::First,
            (Some(_), None) => Comparison::NothingBefore,
            (Some(_), Some(percent)) => Comparison::Change(percent),
        }
    }

    /// Whether there is anything to draw.
    pub(super) fn is_worth_a_picture(&self) -> bool {
        self.confirmations > 0 || self.before.is_some_and(|before| before.confirmations > 0)
    }

    /// What the picture shows.
    pub(super) fn chart(&self) -> Chart {
        Chart {
            week: self.week,
            days: self.days.each_ref().map(DayNumbers::bars),
            before: self.before.map(|before| before.days),
        }
    }
}

impl DayNumbers {
    /// All that was confirmed that day.
    pub fn total(&self) -> i64 {
        self.confirmations.values().sum()
    }

    fn bars(&self) -> DayBars {
        let mut bars = DayBars::default();
        for (kind, confirmations) in &self.confirmations {
            let bar = match kind {
                AskKind::Share => &mut bars.shares,
                AskKind::Call => &mut bars.calls,
                _ => &mut bars.others,
            };
            *bar += confirmations;
        }
        bars
    }
}

impl WeekBefore {
    fn of(week: Week, counts: &[DayCount]) -> Self {
        Self {
            confirmations: total(counts),
            days: days(week, counts).map(|day| day.total()),
        }
    }
}

/// In the order in which the kinds are declared.
fn asked_by_kind(mut asked: Vec<(AskKind, i64)>) -> Vec<Asked> {
    asked.sort_unstable();
    asked
        .into_iter()
        .map(|(kind, asks)| Asked { kind, asks })
        .collect()
}

fn total(counts: &[DayCount]) -> i64 {
    counts.iter().map(|count| count.confirmations).sum()
}

/// Sums by kind and outcome, in the order in which these are declared.
pub(super) fn done(counts: impl IntoIterator<Item = (AskKind, Outcome, i64)>) -> Vec<Done> {
    let mut sums: BTreeMap<(AskKind, Outcome), i64> = BTreeMap::new();
    for (kind, outcome, confirmations) in counts {
        *sums.entry((kind, outcome)).or_default() += confirmations;
    }
    sums.into_iter()
        .map(|((kind, outcome), confirmations)| Done {
            kind,
            outcome,
            confirmations,
        })
        .collect()
}

/// The days of a week, Monday first.
fn days(week: Week, counts: &[DayCount]) -> [DayNumbers; 7] {
    let mut days = week.days();
    std::array::from_fn(|_| {
        // A week has seven days.
        let day = days.next().unwrap_or(week.sunday());
        let mut confirmations = BTreeMap::new();
        for count in counts.iter().filter(|count| count.day == day) {
            *confirmations.entry(count.kind).or_default() += count.confirmations;
        }
        DayNumbers { day, confirmations }
    })
}

/// From one number to another, in whole per cent; none from nothing.
fn change(before: i64, after: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let (before, after) = (i128::from(before), i128::from(after));
    let moved = (after - before) * 200;
    let rounded = (moved + moved.signum() * before) / (2 * before);
    Some(i64::try_from(rounded).unwrap_or(i64::MAX))
}

/// A part of a whole, in whole per cent from 0 to 100; nothing of nothing.
fn percent(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let (part, whole) = (i128::from(part.max(0)), i128::from(whole));
    // At most 100.
    i64::try_from(((part * 200 + whole) / (2 * whole)).min(100)).unwrap_or(100)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn week_name<S: Serializer>(week: &Week, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&week.name())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn date<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&day.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_rounded_and_never_divides_by_nothing() {
        for (before, after, percent) in [
            (0, 12, None),
            (284, 318, Some(12)),
            (100, 100, Some(0)),
            (200, 201, Some(1)),
            (200, 199, Some(-1)),
            (1000, 1004, Some(0)),
            (50, 0, Some(-100)),
            (1, i64::MAX, Some(i64::MAX)),
            (-3, 4, None),
        ] {
            assert_eq!(change(before, after), percent, "{before} to {after}");
        }
    }

    #[test]
    fn a_part_is_at_most_the_whole() {
        for (part, whole, expected) in [
            (34, 83, 41),
            (0, 0, 0),
            (5, 0, 0),
            (7, 5, 100),
            (-1, 5, 0),
            (1, 200, 1),
            (1, 201, 0),
            (i64::MAX, i64::MAX, 100),
        ] {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn each_day_has_its_kinds_and_the_sums_their_order() {
        let week = Week::from_name("2026-W48").unwrap();
        let count = |day, kind, outcome, confirmations| DayCount {
            day,
            kind,
            outcome,
            confirmations,
        };
        let counts = [
            count(week.sunday(), AskKind::Call, Outcome::Reached, 2),
            count(week.sunday(), AskKind::Call, Outcome::Voicemail, 3),
            count(week.sunday(), AskKind::Sign, Outcome::Done, 7),
            count(week.monday(), AskKind::Call, Outcome::Reached, 1),
        ];
        let days = days(week, &counts);
        assert_eq!(
            days[6].bars(),
            DayBars {
                shares: 0,
                calls: 5,
                others: 7
            }
        );
        assert_eq!(WeekBefore::of(week, &counts).days, [1, 0, 0, 0, 0, 0, 12]);
        let sums = done(counts.map(|count| (count.kind, count.outcome, count.confirmations)));
        let sums: Vec<_> = sums
            .iter()
            .map(|done| (done.kind, done.outcome, done.confirmations))
            .collect();
        assert_eq!(
            sums,
            [
                (AskKind::Call, Outcome::Reached, 3),
                (AskKind::Call, Outcome::Voicemail, 3),
                (AskKind::Sign, Outcome::Done, 7)
            ]
        );
    }
}
