//! Signals, tallies and activity, a batch at a time.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, any::AnyRow, query};

use super::{Session, Writer, millis, row::Columns};
use crate::domain::{
    choice::Detail,
    confirmation::{Signal, SignalKey, TallyKey},
    day::{Day, Week},
    id::{AccountId, AskId, PersonId, PromptId, RoomId},
    outcome::Outcome,
    presence::Presence,
};

/// Whose signals are counted together: one person's on one occasion of one ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Standing {
    /// The ask.
    pub ask: AskId,
    /// Which of its occasions.
    pub occasion: Day,
    /// The person.
    pub person: PersonId,
}

/// A signal as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenSignal {
    /// Whose count it moves.
    pub standing: Standing,
    /// The signal.
    pub signal: Signal,
}

/// How much one row of the tally moves: what it counts, confirmations, people.
pub type TallyMove = ((AskId, Day, TallyKey), (i64, i64));

/// How much one row of the activity moves: the day, the person, the room, confirmations.
pub type ActivityMove = ((Day, PersonId, RoomId), i64);

pub(super) fn standing(row: &AnyRow) -> sqlx::Result<Standing> {
    Ok(Standing {
        ask: AskId(row.integer("ask_id")?),
        occasion: row.day("occasion")?,
        person: PersonId(row.integer("person_id")?),
    })
}

pub(super) fn signal(row: &AnyRow) -> sqlx::Result<Signal> {
    Ok(Signal {
        key: SignalKey {
            prompt: PromptId(row.integer("prompt_id")?),
            account: AccountId(row.integer("account_id")?),
            source: row.code("source")?,
            outcome: row.code("outcome")?,
            detail: Detail::new(&row.text("detail")?)
                .ok_or_else(|| super::row::unreadable("detail", "no detail"))?,
        },
        room: RoomId(row.integer("room_id")?),
        state: row.code("state")?,
        at: row.instant("at")?,
        day: row.day("day")?,
    })
}

const TALLY_COLUMNS: [(&str, char); 6] = [
    ("ask_id", 'i'),
    ("occasion", 'i'),
    ("day", 'i'),
    ("outcome", 't'),
    ("confirmations", 'i'),
    ("people", 'i'),
];

fn tally_row(key: (AskId, Day, Day, Outcome), (confirmations, people): (i64, i64)) -> Value {
    let (ask, occasion, day, outcome) = key;
    json!({
        "ask_id": ask.0, "occasion": occasion.number(), "day": day.number(), "outcome": outcome.code(),
        "confirmations": confirmations, "people": people,
    })
}

fn rows(values: impl Iterator<Item = Value>) -> String {
    Value::Array(values.collect()).to_string()
}

impl Session {
    /// The accounts of platforms' ids that are known already: (platform, id) with the account and its person.
    pub async fn list_known_accounts(
        &mut self,
        wanted: &[(&str, &str)],
    ) -> sqlx::Result<Vec<(String, String, AccountId, PersonId)>> {
        let batch = self.engine.batch(&[("platform", 't'), ("external_id", 't')]);
        let sql = format!(
            "SELECT a.platform, a.external_id, a.id, a.person_id FROM {batch} CROSS JOIN account a \
             WHERE a.platform = batch.platform AND a.external_id = batch.external_id"
        );
        let wanted = rows(
            wanted
                .iter()
                .map(|(platform, id)| json!({"platform": platform, "external_id": id})),
        );
        let found = query(AssertSqlSafe(sql))
            .bind(wanted)
            .fetch_all(self.connection())
            .await?;
        let account = |row: &AnyRow| {
            let ids = (AccountId(row.integer("id")?), PersonId(row.integer("person_id")?));
            Ok((row.text("platform")?, row.text("external_id")?, ids.0, ids.1))
        };
        found.iter().map(account).collect()
    }

    /// Every signal of these people on these occasions, with whose count it moves.
    pub async fn list_signals(&mut self, of: &[Standing]) -> sqlx::Result<Vec<WrittenSignal>> {
        let columns = [("ask_id", 'i'), ("occasion", 'i'), ("person_id", 'i')];
        let sql = format!(
            "SELECT s.ask_id, s.occasion, s.person_id, s.prompt_id, s.account_id, s.source, s.outcome, s.detail, \
             s.state, s.at, s.day, p.room_id FROM {} CROSS JOIN signal s JOIN prompt p ON p.id = s.prompt_id \
             WHERE s.ask_id = batch.ask_id AND s.occasion = batch.occasion AND s.person_id = batch.person_id",
            self.engine.batch(&columns)
        );
        let wanted = rows(of.iter().map(
            |of| json!({"ask_id": of.ask.0, "occasion": of.occasion.number(), "person_id": of.person.0}),
        ));
        let found = query(AssertSqlSafe(sql))
            .bind(wanted)
            .fetch_all(self.connection())
            .await?;
        found
            .iter()
            .map(|row| {
                Ok(WrittenSignal {
                    standing: standing(row)?,
                    signal: signal(row)?,
                })
            })
            .collect()
    }

    /// In which weeks these people were active in these rooms.
    pub async fn list_presences(
        &mut self,
        of: &[(PersonId, RoomId)],
    ) -> sqlx::Result<Vec<(PersonId, RoomId, Presence)>> {
        let sql = format!(
            "SELECT q.person_id, q.room_id, q.first_week, q.last_week, q.weeks FROM {} CROSS JOIN presence q \
             WHERE q.person_id = batch.person_id AND q.room_id = batch.room_id",
            self.engine.batch(&[("person_id", 'i'), ("room_id", 'i')])
        );
        let wanted = rows(
            of.iter()
                .map(|(person, room)| json!({"person_id": person.0, "room_id": room.0})),
        );
        let found = query(AssertSqlSafe(sql))
            .bind(wanted)
            .fetch_all(self.connection())
            .await?;
        let presence = |row: &AnyRow| {
            let presence = Presence {
                first: Week(row.integer("first_week")?),
                last: Week(row.integer("last_week")?),
                weeks: row.integer("weeks")?,
            };
            Ok((
                PersonId(row.integer("person_id")?),
                RoomId(row.integer("room_id")?),
                presence,
            ))
        };
        found.iter().map(presence).collect()
    }

    /// Whether a person confirmed anything in a room on a day between these two.
    pub async fn is_active_between(
        &mut self,
        person: PersonId,
        room: RoomId,
        (first, last): (Day, Day),
    ) -> sqlx::Result<bool> {
        let row = query(
            "SELECT count(*) AS days FROM activity WHERE day BETWEEN $1 AND $2 AND person_id = $3 AND room_id = $4 \
             AND confirmations > 0",
        )
        .bind(first.number())
        .bind(last.number())
        .bind(person.0)
        .bind(room.0)
        .fetch_one(self.connection())
        .await?;
        Ok(row.integer("days")? > 0)
    }

    /// In which rooms a person was active, and in which weeks.
    pub async fn list_presences_of(&mut self, person: PersonId) -> sqlx::Result<Vec<(RoomId, Presence)>> {
        let found = query("SELECT room_id, first_week, last_week, weeks FROM presence WHERE person_id = $1 ORDER BY room_id")
            .bind(person.0)
            .fetch_all(self.connection())
            .await?;
        let presence = |row: &AnyRow| {
            let presence = Presence {
                first: Week(row.integer("first_week")?),
                last: Week(row.integer("last_week")?),
                weeks: row.integer("weeks")?,
            };
            Ok((RoomId(row.integer("room_id")?), presence))
        };
        found.iter().map(presence).collect()
    }

    /// Whether a person ever confirmed anything.
    pub async fn has_presence(&mut self, person: PersonId) -> sqlx::Result<bool> {
        let row = query("SELECT count(*) AS rooms FROM presence WHERE person_id = $1")
            .bind(person.0)
            .fetch_one(self.connection())
            .await?;
        Ok(row.integer("rooms")? > 0)
    }

    /// The people of a prompt's forgotten reactions, as seals.
    pub async fn list_forgotten_signals(&mut self, prompt: PromptId) -> sqlx::Result<Vec<String>> {
        let found = query("SELECT seal FROM forgotten_signal WHERE prompt_id = $1")
            .bind(prompt.0)
            .fetch_all(self.connection())
            .await?;
        found.iter().map(|row| row.text("seal")).collect()
    }
}

impl Writer {
    /// Keeps signals as they stand now.
    pub async fn put_signals(&mut self, signals: &[WrittenSignal]) -> sqlx::Result<()> {
        let columns = [
            ("ask_id", 'i'),
            ("occasion", 'i'),
            ("person_id", 'i'),
            ("prompt_id", 'i'),
            ("account_id", 'i'),
            ("source", 't'),
            ("outcome", 't'),
            ("detail", 't'),
            ("state", 't'),
            ("at", 'i'),
            ("day", 'i'),
        ];
        let sql = format!(
            "INSERT INTO signal (ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail, state, at, day) \
             SELECT ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail, state, at, day FROM {} \
             WHERE true ON CONFLICT (ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail) \
             DO UPDATE SET state = excluded.state, at = excluded.at, day = excluded.day",
            self.engine.batch(&columns)
        );
        let batch = rows(signals.iter().map(|WrittenSignal { standing, signal }| {
            json!({
                "ask_id": standing.ask.0, "occasion": standing.occasion.number(), "person_id": standing.person.0,
                "prompt_id": signal.key.prompt.0, "account_id": signal.key.account.0,
                "source": signal.key.source.code(), "outcome": signal.key.outcome.code(),
                "detail": signal.key.detail.as_str(), "state": signal.state.code(),
                "at": millis(signal.at), "day": signal.day.number(),
            })
        }));
        query(AssertSqlSafe(sql))
            .bind(batch)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Moves the tally, by room and without rooms.
    pub async fn move_tally(&mut self, moves: &[TallyMove]) -> sqlx::Result<()> {
        let mut without_rooms = BTreeMap::<_, (i64, i64)>::new();
        for ((ask, occasion, key), (confirmations, people)) in moves {
            let sum = without_rooms
                .entry((*ask, *occasion, key.day, key.outcome))
                .or_default();
            *sum = (sum.0 + confirmations, sum.1 + people);
        }
        let by_room = moves.iter().map(|((ask, occasion, key), moved)| {
            let mut row = tally_row((*ask, *occasion, key.day, key.outcome), *moved);
            row["room_id"] = json!(key.room.0);
            row
        });
        let mut columns = TALLY_COLUMNS.to_vec();
        let total = rows(
            without_rooms
                .into_iter()
                .map(|(key, moved)| tally_row(key, moved)),
        );
        let sql = format!(
            "INSERT INTO ask_tally (ask_id, occasion, day, outcome, confirmations, people) \
             SELECT ask_id, occasion, day, outcome, confirmations, people FROM {} WHERE true \
             ON CONFLICT (ask_id, occasion, day, outcome) DO UPDATE SET \
             confirmations = ask_tally.confirmations + excluded.confirmations, people = ask_tally.people + excluded.people",
            self.engine.batch(&columns)
        );
        query(AssertSqlSafe(sql))
            .bind(total)
            .execute(self.connection())
            .await?;
        columns.push(("room_id", 'i'));
        let sql = format!(
            "INSERT INTO tally (ask_id, occasion, day, room_id, outcome, confirmations, people) \
             SELECT ask_id, occasion, day, room_id, outcome, confirmations, people FROM {} WHERE true \
             ON CONFLICT (day, ask_id, occasion, room_id, outcome) DO UPDATE SET \
             confirmations = tally.confirmations + excluded.confirmations, people = tally.people + excluded.people",
            self.engine.batch(&columns)
        );
        query(AssertSqlSafe(sql))
            .bind(rows(by_room))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Moves the activity. Returns each row as it stands now: (day, person, room) with its confirmations.
    pub async fn move_activity(&mut self, moves: &[ActivityMove]) -> sqlx::Result<Vec<ActivityMove>> {
        let columns = [
            ("day", 'i'),
            ("person_id", 'i'),
            ("room_id", 'i'),
            ("confirmations", 'i'),
        ];
        let sql = format!(
            "INSERT INTO activity (day, person_id, room_id, confirmations) \
             SELECT day, person_id, room_id, confirmations FROM {} WHERE true \
             ON CONFLICT (day, person_id, room_id) DO UPDATE SET \
             confirmations = activity.confirmations + excluded.confirmations \
             RETURNING day, person_id, room_id, confirmations",
            self.engine.batch(&columns)
        );
        let batch = rows(moves.iter().map(|((day, person, room), confirmations)| {
            json!({"day": day.number(), "person_id": person.0, "room_id": room.0, "confirmations": confirmations})
        }));
        let found = query(AssertSqlSafe(sql))
            .bind(batch)
            .fetch_all(self.connection())
            .await?;
        let moved = |row: &AnyRow| {
            let key = (
                row.day("day")?,
                PersonId(row.integer("person_id")?),
                RoomId(row.integer("room_id")?),
            );
            Ok((key, row.integer("confirmations")?))
        };
        found.iter().map(moved).collect()
    }

    /// Keeps in which weeks people were active; a presence of none is dropped.
    pub async fn put_presences(
        &mut self,
        presences: &[(PersonId, RoomId, Option<Presence>)],
    ) -> sqlx::Result<()> {
        let columns = [
            ("person_id", 'i'),
            ("room_id", 'i'),
            ("first_week", 'i'),
            ("last_week", 'i'),
            ("weeks", 'i'),
        ];
        let sql = format!(
            "INSERT INTO presence (person_id, room_id, first_week, last_week, weeks) \
             SELECT person_id, room_id, first_week, last_week, weeks FROM {} WHERE true \
             ON CONFLICT (person_id, room_id) DO UPDATE SET first_week = excluded.first_week, \
             last_week = excluded.last_week, weeks = excluded.weeks",
            self.engine.batch(&columns)
        );
        let kept = presences.iter().filter_map(|(person, room, presence)| {
            let presence = presence.as_ref()?;
            Some(json!({
                "person_id": person.0, "room_id": room.0, "first_week": presence.first.0,
                "last_week": presence.last.0, "weeks": presence.weeks,
            }))
        });
        query(AssertSqlSafe(sql))
            .bind(rows(kept))
            .execute(self.connection())
            .await?;
        for (person, room, _) in presences.iter().filter(|(_, _, presence)| presence.is_none()) {
            query("DELETE FROM presence WHERE person_id = $1 AND room_id = $2")
                .bind(person.0)
                .bind(room.0)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// Drops the seal of a forgotten reaction. Returns whether there was one.
    pub async fn drop_forgotten_signal(&mut self, prompt: PromptId, seal: &str) -> sqlx::Result<bool> {
        let done = query("DELETE FROM forgotten_signal WHERE prompt_id = $1 AND seal = $2")
            .bind(prompt.0)
            .bind(seal.to_owned())
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
