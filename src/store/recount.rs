//! The recount: everything that follows from the signals, counted again and compared with what is kept.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use sqlx::{any::AnyRow, query};

use super::{
    Session,
    intake::{TallyMove, signal, standing},
    row::Columns,
};
use crate::domain::{
    confirmation::{Confirmation, Movement, Signal, TallyKey, confirmations},
    day::Day,
    id::{AskId, PersonId, RoomId},
    outcome::Outcome,
};

/// A row of the tally or the activity that is not what a recount gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which row, for the operator.
    pub row: String,
    /// What the row says.
    pub kept: i64,
    /// What the recount gives.
    pub recounted: i64,
}

/// Everything that follows from the signals.
#[derive(Debug, Default, PartialEq, Eq)]
struct Recount {
    tally: BTreeMap<(AskId, Day, TallyKey), (i64, i64)>,
    activity: BTreeMap<(Day, PersonId, RoomId), i64>,
}

impl Recount {
    fn add(&mut self, (ask, occasion, person): (AskId, Day, PersonId), confirmations: &[Confirmation]) {
        let movement = Movement::between(&[], confirmations);
        for (key, (count, people)) in movement.tally {
            let sum = self.tally.entry((ask, occasion, key)).or_default();
            *sum = (sum.0 + count, sum.1 + people);
        }
        for ((day, room), count) in movement.activity {
            *self.activity.entry((day, person, room)).or_default() += count;
        }
    }
}

impl Session {
    /// Counts everything again from the signals and compares. Empty when the books are right. Returns with it how many
    /// confirmations there are.
    pub async fn recount(&mut self) -> sqlx::Result<(i64, Vec<Difference>)> {
        let mut recount = Recount::default();
        self.recount_signals(&mut recount).await?;
        self.add_forgotten(&mut recount).await?;
        let mut differences = Vec::new();
        self.compare_tally(&recount, &mut differences).await?;
        self.compare_ask_tally(&recount, &mut differences).await?;
        self.compare_activity(&recount, &mut differences).await?;
        Ok((recount.tally.values().map(|(count, _)| count).sum(), differences))
    }

    async fn recount_signals(&mut self, recount: &mut Recount) -> sqlx::Result<()> {
        let mut found = query(
            "SELECT s.ask_id, s.occasion, s.person_id, s.prompt_id, s.account_id, s.source, s.outcome, s.detail, s.state, \
             s.at, s.day, p.room_id FROM signal s JOIN prompt p ON p.id = s.prompt_id \
             ORDER BY s.ask_id, s.occasion, s.person_id",
        )
        .fetch(self.connection());
        let mut whose = None;
        let mut signals: Vec<Signal> = Vec::new();
        while let Some(row) = found.try_next().await? {
            let of = standing(&row)?;
            if let Some(whose) = whose.replace(of).filter(|whose| *whose != of) {
                recount.add(
                    (whose.ask, whose.occasion, whose.person),
                    &confirmations(&signals),
                );
                signals.clear();
            }
            signals.push(signal(&row)?);
        }
        if let Some(whose) = whose {
            recount.add(
                (whose.ask, whose.occasion, whose.person),
                &confirmations(&signals),
            );
        }
        Ok(())
    }

    async fn add_forgotten(&mut self, recount: &mut Recount) -> sqlx::Result<()> {
        let rows = query(
            "SELECT ask_id, occasion, day, room_id, outcome, confirmations, people FROM forgotten_tally",
        )
        .fetch_all(self.connection())
        .await?;
        for row in &rows {
            let (key, (count, people)) = tally_row(row)?;
            let sum = recount.tally.entry(key).or_default();
            *sum = (sum.0 + count, sum.1 + people);
        }
        Ok(())
    }

    async fn compare_tally(
        &mut self,
        recount: &Recount,
        differences: &mut Vec<Difference>,
    ) -> sqlx::Result<()> {
        let rows = query("SELECT ask_id, occasion, day, room_id, outcome, confirmations, people FROM tally")
            .fetch_all(self.connection())
            .await?;
        let kept: BTreeMap<_, _> = rows.iter().map(tally_row).collect::<sqlx::Result<_>>()?;
        let name = |(ask, occasion, key): &(AskId, Day, TallyKey)| {
            let TallyKey { day, room, outcome } = key;
            format!(
                "ask={ask},occasion={},day={},room={room},outcome={outcome}",
                occasion.number(),
                day.number()
            )
        };
        compare("tally", &kept, &recount.tally, name, differences);
        Ok(())
    }

    async fn compare_ask_tally(
        &mut self,
        recount: &Recount,
        differences: &mut Vec<Difference>,
    ) -> sqlx::Result<()> {
        let rows = query("SELECT ask_id, occasion, day, outcome, confirmations, people FROM ask_tally")
            .fetch_all(self.connection())
            .await?;
        let mut kept = BTreeMap::new();
        for row in &rows {
            let key = (
                AskId(row.integer("ask_id")?),
                row.day("occasion")?,
                row.day("day")?,
                row.code::<Outcome>("outcome")?,
            );
            kept.insert(key, (row.integer("confirmations")?, row.integer("people")?));
        }
        let mut recounted = BTreeMap::<_, (i64, i64)>::new();
        for ((ask, occasion, key), (count, people)) in &recount.tally {
            let sum = recounted
                .entry((*ask, *occasion, key.day, key.outcome))
                .or_default();
            *sum = (sum.0 + count, sum.1 + people);
        }
        let name = |(ask, occasion, day, outcome): &(AskId, Day, Day, Outcome)| {
            format!(
                "ask={ask},occasion={},day={},outcome={outcome}",
                occasion.number(),
                day.number()
            )
        };
        compare("ask tally", &kept, &recounted, name, differences);
        Ok(())
    }

    async fn compare_activity(
        &mut self,
        recount: &Recount,
        differences: &mut Vec<Difference>,
    ) -> sqlx::Result<()> {
        let rows = query("SELECT day, person_id, room_id, confirmations FROM activity")
            .fetch_all(self.connection())
            .await?;
        let mut kept = BTreeMap::new();
        for row in &rows {
            let key = (
                row.day("day")?,
                PersonId(row.integer("person_id")?),
                RoomId(row.integer("room_id")?),
            );
            kept.insert(key, (row.integer("confirmations")?, 0));
        }
        let recounted = recount
            .activity
            .iter()
            .map(|(key, count)| (*key, (*count, 0)))
            .collect();
        let name = |(day, person, room): &(Day, PersonId, RoomId)| {
            format!("person={person},day={},room={room}", day.number())
        };
        compare("activity", &kept, &recounted, name, differences);
        self.compare_presence(recount, differences).await
    }

    async fn compare_presence(
        &mut self,
        recount: &Recount,
        differences: &mut Vec<Difference>,
    ) -> sqlx::Result<()> {
        let rows = query("SELECT person_id, room_id, first_week, last_week, elsewhere FROM presence")
            .fetch_all(self.connection())
            .await?;
        let mut kept = BTreeMap::new();
        let mut unmarked: BTreeMap<PersonId, (i64, i64)> = BTreeMap::new();
        for row in &rows {
            let person = PersonId(row.integer("person_id")?);
            let key = (person, RoomId(row.integer("room_id")?));
            kept.insert(key, (row.integer("first_week")?, row.integer("last_week")?));
            let rooms = unmarked.entry(person).or_default();
            *rooms = (rooms.0 + 1, rooms.1 + 1 - row.integer("elsewhere")?);
        }
        // Whoever is in several rooms is marked in each.
        unmarked.retain(|_, (rooms, unmarked)| *rooms > 1 && *unmarked > 0);
        let marked = unmarked.iter().map(|(person, (rooms, _))| (*person, (*rooms, 0)));
        let person = |person: &PersonId| format!("person={person}");
        compare("presence", &unmarked, &marked.collect(), person, differences);
        let mut recounted = BTreeMap::new();
        for ((day, person, room), _) in recount.activity.iter().filter(|(_, count)| **count > 0) {
            let week = day.week().0;
            let weeks: &mut (i64, i64) = recounted.entry((*person, *room)).or_insert((week, week));
            *weeks = (weeks.0.min(week), weeks.1.max(week));
        }
        let name = |(person, room): &(PersonId, RoomId)| format!("person={person},room={room}");
        compare("presence", &kept, &recounted, name, differences);
        Ok(())
    }
}

fn tally_row(row: &AnyRow) -> sqlx::Result<TallyMove> {
    let key = TallyKey {
        day: row.day("day")?,
        room: RoomId(row.integer("room_id")?),
        outcome: row.code::<Outcome>("outcome")?,
    };
    let counts = (row.integer("confirmations")?, row.integer("people")?);
    Ok(((AskId(row.integer("ask_id")?), row.day("occasion")?, key), counts))
}

/// Adds every key at which the two differ. A row of zeros is the same as no row.
fn compare<K: Ord>(
    table: &str,
    kept: &BTreeMap<K, (i64, i64)>,
    recounted: &BTreeMap<K, (i64, i64)>,
    name: impl Fn(&K) -> String,
    differences: &mut Vec<Difference>,
) {
    let missing = recounted.keys().filter(|key| !kept.contains_key(key));
    for key in kept.keys().chain(missing) {
        let kept = kept.get(key).copied().unwrap_or_default();
        let again = recounted.get(key).copied().unwrap_or_default();
        let pairs = [(kept.0, again.0), (kept.1, again.1)];
        if let Some((kept, recounted)) = pairs.into_iter().find(|(kept, again)| kept != again) {
            differences.push(Difference {
                row: format!("{table}:{}", name(key)),
                kept,
                recounted,
            });
        }
    }
}
