//! What keeps the database honest and the people in it safe: the recount, forgetting, what is stored about somebody, backups.

use std::{collections::BTreeMap, path::Path};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Row, any::AnyRow, query};

use super::{
    Engine, Session, Store, Writer,
    intake::{TallyMove, WrittenSignal, signal, standing},
    millis,
    row::Columns,
};
use crate::domain::{
    confirmation::{Confirmation, Movement, Signal, SignalState, Source, TallyKey, confirmations},
    day::Day,
    id::{AskId, PersonId, PromptId, RoomId},
    outcome::Outcome,
    seal,
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

    /// Every signal of a person.
    pub async fn list_signals_of(&mut self, person: PersonId) -> sqlx::Result<Vec<WrittenSignal>> {
        // Signals lie by ask and occasion, of which there are few, so this seeks rather than scans.
        let rows = query(
            "SELECT s.ask_id, s.occasion, s.person_id, s.prompt_id, s.account_id, s.source, s.outcome, s.detail, s.state, \
             s.at, s.day, p.room_id FROM (SELECT DISTINCT ask_id, occasion FROM prompt) AS o CROSS JOIN signal s \
             JOIN prompt p ON p.id = s.prompt_id \
             WHERE s.ask_id = o.ask_id AND s.occasion = o.occasion AND s.person_id = $1 ORDER BY s.at",
        )
        .bind(person.0)
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(WrittenSignal {
                    standing: standing(row)?,
                    signal: signal(row)?,
                })
            })
            .collect()
    }

    /// How often a person confirmed something, by day and room.
    pub async fn list_activity_of(&mut self, person: PersonId) -> sqlx::Result<Vec<(Day, RoomId, i64)>> {
        let rows = query(
            "SELECT day, room_id, confirmations FROM activity WHERE person_id = $1 AND confirmations > 0 \
             ORDER BY day, room_id",
        )
        .bind(person.0)
        .fetch_all(self.connection())
        .await?;
        let activity = |row: &AnyRow| {
            Ok((
                row.day("day")?,
                RoomId(row.integer("room_id")?),
                row.integer("confirmations")?,
            ))
        };
        rows.iter().map(activity).collect()
    }

    /// When something was written to a person in private, and what it says while it is on its way.
    pub async fn list_deliveries_to(
        &mut self,
        person: PersonId,
    ) -> sqlx::Result<Vec<(Timestamp, Option<String>)>> {
        let rows = query(
            "SELECT o.created_at, o.card FROM outbox o JOIN account a ON a.platform = o.platform \
             AND a.external_id = o.account WHERE a.person_id = $1 ORDER BY o.id",
        )
        .bind(person.0)
        .fetch_all(self.connection())
        .await?;
        let delivery = |row: &AnyRow| Ok((row.instant("created_at")?, row.optional_text("card")?));
        rows.iter().map(delivery).collect()
    }

    /// The asks that a person wrote, and those of which they approved a language.
    pub async fn list_asks_touched_by(&mut self, person: PersonId) -> sqlx::Result<(Vec<AskId>, Vec<AskId>)> {
        let written = query("SELECT id FROM ask WHERE author_id = $1 ORDER BY id")
            .bind(person.0)
            .fetch_all(self.connection())
            .await?;
        let approved = query("SELECT DISTINCT ask_id AS id FROM approval WHERE person_id = $1 ORDER BY 1")
            .bind(person.0)
            .fetch_all(self.connection())
            .await?;
        let ids = |rows: Vec<AnyRow>| {
            rows.iter()
                .map(|row| row.integer("id").map(AskId))
                .collect::<sqlx::Result<_>>()
        };
        Ok((ids(written)?, ids(approved)?))
    }
}

impl Writer {
    /// Forgets a person: all that points at them goes, and what they confirmed stays as a number without a person.
    pub async fn forget(&mut self, person: PersonId, now: Timestamp) -> sqlx::Result<()> {
        self.keep_forgotten_counts(person).await?;
        self.keep_forgotten_reactions(person).await?;
        for sql in [
            "DELETE FROM signal WHERE person_id = $1",
            "DELETE FROM activity WHERE person_id = $1",
            "DELETE FROM presence WHERE person_id = $1",
            "DELETE FROM role_grant WHERE person_id = $1",
            "UPDATE approval SET person_id = NULL WHERE person_id = $1",
            "UPDATE ask SET author_id = NULL WHERE author_id = $1",
            "UPDATE organisation SET halted_by = NULL WHERE halted_by = $1",
        ] {
            query(sql).bind(person.0).execute(self.connection()).await?;
        }
        query(
            "UPDATE outbox SET account = NULL, card = NULL, room = '', done_at = $2, \
             state = CASE WHEN state IN ('pending', 'unsure', 'sending') THEN 'cancelled' ELSE state END \
             WHERE EXISTS (SELECT 1 FROM account a WHERE a.person_id = $1 AND a.platform = outbox.platform \
             AND a.external_id = outbox.account)",
        )
        .bind(person.0)
        .bind(millis(now))
        .execute(self.connection())
        .await?;
        query("DELETE FROM account WHERE person_id = $1")
            .bind(person.0)
            .execute(self.connection())
            .await?;
        query("DELETE FROM person WHERE id = $1")
            .bind(person.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn keep_forgotten_counts(&mut self, person: PersonId) -> sqlx::Result<()> {
        let mut by_occasion: BTreeMap<(AskId, Day), Vec<Signal>> = BTreeMap::new();
        for WrittenSignal { standing, signal } in self.list_signals_of(person).await? {
            by_occasion
                .entry((standing.ask, standing.occasion))
                .or_default()
                .push(signal);
        }
        for ((ask, occasion), signals) in by_occasion {
            for (key, (count, people)) in Movement::between(&[], &confirmations(&signals)).tally {
                query(
                    "INSERT INTO forgotten_tally (ask_id, occasion, day, room_id, outcome, confirmations, people) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (ask_id, occasion, day, room_id, outcome) DO UPDATE SET \
                     confirmations = forgotten_tally.confirmations + excluded.confirmations, \
                     people = forgotten_tally.people + excluded.people",
                )
                .bind(ask.0)
                .bind(occasion.number())
                .bind(key.day.number())
                .bind(key.room.0)
                .bind(key.outcome.code())
                .bind(count)
                .bind(people)
                .execute(self.connection())
                .await?;
            }
        }
        Ok(())
    }

    /// Reactions still stand on the platform: their seals keep them from being counted as somebody new.
    async fn keep_forgotten_reactions(&mut self, person: PersonId) -> sqlx::Result<()> {
        let key = self.load_seal_key().await?;
        let accounts = self.list_accounts(person).await?;
        for WrittenSignal { signal, .. } in self.list_signals_of(person).await? {
            let account = accounts.iter().find(|account| account.id == signal.key.account);
            let stands = signal.key.source == Source::Reaction && signal.state != SignalState::Withdrawn;
            let Some(account) = account.filter(|_| stands) else {
                continue;
            };
            let whose = (account.platform.as_str(), account.external.as_str());
            let seal = seal::of_reaction(&key, signal.key.prompt, whose, signal.key.outcome);
            query("INSERT INTO forgotten_signal (prompt_id, seal) VALUES ($1, $2) ON CONFLICT (prompt_id, seal) DO NOTHING")
                .bind(signal.key.prompt.0)
                .bind(seal)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// Drops the seals of a prompt that is over: its reactions are not read again.
    pub async fn drop_forgotten_signals(&mut self, prompt: PromptId) -> sqlx::Result<()> {
        query("DELETE FROM forgotten_signal WHERE prompt_id = $1")
            .bind(prompt.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

impl Store {
    /// Writes a copy of the database, as it stands at one moment, into a new file. SQLite alone; PostgreSQL has its own tools.
    pub async fn back_up(&self, file: &Path) -> sqlx::Result<()> {
        debug_assert_eq!(self.engine, Engine::Sqlite);
        let name = file.to_string_lossy().replace('\'', "''");
        let mut connection = self.writer.acquire().await?;
        query(AssertSqlSafe(format!("VACUUM INTO '{name}'")))
            .execute(&mut *connection)
            .await?;
        Ok(())
    }

    /// What SQLite itself finds wrong with its file; empty when it is sound.
    pub async fn check_integrity(&self) -> sqlx::Result<Vec<String>> {
        if self.engine != Engine::Sqlite {
            return Ok(Vec::new());
        }
        let mut connection = self.readers.acquire().await?;
        let rows = query("PRAGMA integrity_check")
            .fetch_all(&mut *connection)
            .await?;
        let found: Vec<String> = rows
            .iter()
            .map(|row| row.try_get(0))
            .collect::<sqlx::Result<_>>()?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
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
