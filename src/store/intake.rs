//! Signals, tallies and activity, a batch at a time.

use std::collections::{BTreeMap, HashSet};

use sqlx::{any::AnyRow, query};

use super::{
    Session, Writer,
    batch::Batch,
    millis,
    row::{self, Columns},
};
use crate::domain::{
    choice::Detail,
    confirmation::{Signal, SignalKey, SignalState, Source, TallyKey},
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
            detail: detail(&row.text("detail")?)?,
        },
        room: RoomId(row.integer("room_id")?),
        state: row.code("state")?,
        at: row.instant("at")?,
        day: row.day("day")?,
    })
}

fn detail(text: &str) -> sqlx::Result<Detail> {
    Detail::new(text).ok_or_else(|| row::unreadable("detail", "no detail"))
}

/// A presence as the database keeps it: the first week, the last, and the bits.
fn presence((first, last, weeks): (i64, i64, i64)) -> Presence {
    Presence {
        first: Week(first),
        last: Week(last),
        weeks,
    }
}

impl Session {
    /// The accounts of platforms' ids with their people, in the order asked; none where there is no account yet.
    pub async fn list_known_accounts(
        &mut self,
        wanted: &[(&str, &str)],
    ) -> sqlx::Result<Vec<Option<(AccountId, PersonId)>>> {
        let rows = (0_i64..).zip(wanted);
        let batch = Batch::new(
            ["place", "platform", "external_id"],
            rows.map(|(place, (platform, id))| [place.into(), (*platform).into(), (*id).into()]),
        );
        let found: Vec<(usize, AccountId, PersonId)> = self
            .gather(
                "batch.place, a.id, a.person_id",
                "FROM {batch} CROSS JOIN account a \
                 WHERE a.platform = batch.platform AND a.external_id = batch.external_id",
                &batch,
            )
            .await?;
        let mut accounts = vec![None; wanted.len()];
        for (place, account, person) in found {
            accounts[place] = Some((account, person));
        }
        Ok(accounts)
    }

    /// Every signal of these people on these occasions, with whose count it moves.
    pub async fn list_signals(&mut self, of: &[Standing]) -> sqlx::Result<Vec<WrittenSignal>> {
        let batch = Batch::new(
            ["ask_id", "occasion", "person_id"],
            of.iter()
                .map(|of| [of.ask.0.into(), of.occasion.number().into(), of.person.0.into()]),
        );
        let found: Vec<SignalRow> = self
            .gather(
                "s.ask_id, s.occasion, s.person_id, s.prompt_id, s.account_id, s.source, s.outcome, s.detail, \
                 s.state, s.at, s.day, p.room_id",
                "FROM {batch} CROSS JOIN signal s JOIN prompt p ON p.id = s.prompt_id WHERE s.ask_id = batch.ask_id \
                 AND s.occasion = batch.occasion AND s.person_id = batch.person_id",
                &batch,
            )
            .await?;
        found.into_iter().map(written_signal).collect()
    }

    /// In which rooms these people were active, and in which weeks.
    pub async fn list_presences(
        &mut self,
        of: &[PersonId],
    ) -> sqlx::Result<Vec<(PersonId, RoomId, Presence)>> {
        let batch = Batch::new(["person_id"], of.iter().map(|person| [person.0.into()]));
        let found: Vec<(PersonId, RoomId, i64, i64, i64)> = self
            .gather(
                "q.person_id, q.room_id, q.first_week, q.last_week, q.weeks",
                "FROM {batch} CROSS JOIN presence q WHERE q.person_id = batch.person_id",
                &batch,
            )
            .await?;
        let presence = |(person, room, first, last, weeks)| (person, room, presence((first, last, weeks)));
        Ok(found.into_iter().map(presence).collect())
    }

    /// Which of these people confirmed anything in these rooms in these weeks.
    pub async fn list_active(
        &mut self,
        of: &[(PersonId, RoomId, Week)],
    ) -> sqlx::Result<HashSet<(PersonId, RoomId, Week)>> {
        // Activity lies by day, so each day is sought by itself.
        let days = of.iter().flat_map(|(person, room, week)| {
            week.days()
                .map(|day| [day.number().into(), person.0.into(), room.0.into(), week.0.into()])
        });
        let batch = Batch::new(["day", "person_id", "room_id", "week"], days);
        let found: Vec<(PersonId, RoomId, i64)> = self
            .gather(
                "batch.person_id, batch.room_id, batch.week",
                "FROM {batch} CROSS JOIN activity y WHERE y.day = batch.day AND y.person_id = batch.person_id \
                 AND y.room_id = batch.room_id AND y.confirmations > 0",
                &batch,
            )
            .await?;
        let active = |(person, room, week)| (person, room, Week(week));
        Ok(found.into_iter().map(active).collect())
    }

    /// In which rooms a person was active, and in which weeks.
    pub async fn list_presences_of(&mut self, person: PersonId) -> sqlx::Result<Vec<(RoomId, Presence)>> {
        let found = query("SELECT room_id, first_week, last_week, weeks FROM presence WHERE person_id = $1 ORDER BY room_id")
            .bind(person.0)
            .fetch_all(self.connection())
            .await?;
        let presence = |row: &AnyRow| {
            let weeks = (
                row.integer("first_week")?,
                row.integer("last_week")?,
                row.integer("weeks")?,
            );
            Ok((RoomId(row.integer("room_id")?), presence(weeks)))
        };
        found.iter().map(presence).collect()
    }

    /// The people of these prompts' forgotten reactions, as seals.
    pub async fn list_forgotten_signals(
        &mut self,
        of: &[PromptId],
    ) -> sqlx::Result<HashSet<(PromptId, String)>> {
        let batch = Batch::new(["prompt_id"], of.iter().map(|prompt| [prompt.0.into()]));
        let found: Vec<(PromptId, String)> = self
            .gather(
                "f.prompt_id, f.seal",
                "FROM {batch} CROSS JOIN forgotten_signal f WHERE f.prompt_id = batch.prompt_id",
                &batch,
            )
            .await?;
        Ok(found.into_iter().collect())
    }
}

/// A row of `signal` with the room of its prompt.
type SignalRow = (
    AskId,
    i64,
    PersonId,
    PromptId,
    AccountId,
    Source,
    Outcome,
    String,
    SignalState,
    i64,
    i64,
    RoomId,
);

fn written_signal(row: SignalRow) -> sqlx::Result<WrittenSignal> {
    let (ask, occasion, person, prompt, account, source, outcome, text, state, at, day, room) = row;
    Ok(WrittenSignal {
        standing: Standing {
            ask,
            occasion: row::day("occasion", occasion)?,
            person,
        },
        signal: Signal {
            key: SignalKey {
                prompt,
                account,
                source,
                outcome,
                detail: detail(&text)?,
            },
            room,
            state,
            at: row::instant("at", at)?,
            day: row::day("day", day)?,
        },
    })
}

impl Writer {
    /// Keeps signals as they stand now.
    pub async fn put_signals(&mut self, signals: &[WrittenSignal]) -> sqlx::Result<()> {
        let batch = Batch::new(
            [
                "ask_id",
                "occasion",
                "person_id",
                "prompt_id",
                "account_id",
                "source",
                "outcome",
                "detail",
                "state",
                "at",
                "day",
            ],
            signals.iter().map(|WrittenSignal { standing, signal }| {
                [
                    standing.ask.0.into(),
                    standing.occasion.number().into(),
                    standing.person.0.into(),
                    signal.key.prompt.0.into(),
                    signal.key.account.0.into(),
                    signal.key.source.code().into(),
                    signal.key.outcome.code().into(),
                    signal.key.detail.as_str().into(),
                    signal.state.code().into(),
                    millis(signal.at).into(),
                    signal.day.number().into(),
                ]
            }),
        );
        self.put(
            "INSERT INTO signal (ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail, state, at, day) \
             SELECT ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail, state, at, day FROM {batch} \
             WHERE true ON CONFLICT (ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail) \
             DO UPDATE SET state = excluded.state, at = excluded.at, day = excluded.day",
            &batch,
        )
        .await
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
        let batch = Batch::new(
            ["ask_id", "occasion", "day", "outcome", "confirmations", "people"],
            without_rooms
                .into_iter()
                .map(|((ask, occasion, day, outcome), (confirmations, people))| {
                    [
                        ask.0.into(),
                        occasion.number().into(),
                        day.number().into(),
                        outcome.code().into(),
                        confirmations.into(),
                        people.into(),
                    ]
                }),
        );
        self.put(
            "INSERT INTO ask_tally (ask_id, occasion, day, outcome, confirmations, people) \
             SELECT ask_id, occasion, day, outcome, confirmations, people FROM {batch} WHERE true \
             ON CONFLICT (ask_id, occasion, day, outcome) DO UPDATE SET \
             confirmations = ask_tally.confirmations + excluded.confirmations, people = ask_tally.people + excluded.people",
            &batch,
        )
        .await?;
        let batch = Batch::new(
            [
                "ask_id",
                "occasion",
                "day",
                "room_id",
                "outcome",
                "confirmations",
                "people",
            ],
            moves
                .iter()
                .map(|((ask, occasion, key), (confirmations, people))| {
                    [
                        ask.0.into(),
                        occasion.number().into(),
                        key.day.number().into(),
                        key.room.0.into(),
                        key.outcome.code().into(),
                        (*confirmations).into(),
                        (*people).into(),
                    ]
                }),
        );
        self.put(
            "INSERT INTO tally (ask_id, occasion, day, room_id, outcome, confirmations, people) \
             SELECT ask_id, occasion, day, room_id, outcome, confirmations, people FROM {batch} WHERE true \
             ON CONFLICT (day, ask_id, occasion, room_id, outcome) DO UPDATE SET \
             confirmations = tally.confirmations + excluded.confirmations, people = tally.people + excluded.people",
            &batch,
        )
        .await
    }

    /// Moves the activity.
    pub async fn move_activity(&mut self, moves: &[ActivityMove]) -> sqlx::Result<()> {
        let batch = Batch::new(
            ["day", "person_id", "room_id", "confirmations"],
            moves.iter().map(|((day, person, room), confirmations)| {
                [
                    day.number().into(),
                    person.0.into(),
                    room.0.into(),
                    (*confirmations).into(),
                ]
            }),
        );
        self.put(
            "INSERT INTO activity (day, person_id, room_id, confirmations) \
             SELECT day, person_id, room_id, confirmations FROM {batch} WHERE true \
             ON CONFLICT (day, person_id, room_id) DO UPDATE SET \
             confirmations = activity.confirmations + excluded.confirmations",
            &batch,
        )
        .await
    }

    /// Keeps in which weeks people were active; a presence of none is dropped.
    pub async fn put_presences(
        &mut self,
        presences: &[(PersonId, RoomId, Option<Presence>)],
    ) -> sqlx::Result<()> {
        let kept = presences.iter().filter_map(|(person, room, presence)| {
            let presence = presence.as_ref()?;
            Some([
                person.0.into(),
                room.0.into(),
                presence.first.0.into(),
                presence.last.0.into(),
                presence.weeks.into(),
            ])
        });
        self.put(
            "INSERT INTO presence (person_id, room_id, first_week, last_week, weeks) \
             SELECT person_id, room_id, first_week, last_week, weeks FROM {batch} WHERE true \
             ON CONFLICT (room_id, person_id) DO UPDATE SET first_week = excluded.first_week, \
             last_week = excluded.last_week, weeks = excluded.weeks",
            &Batch::new(["person_id", "room_id", "first_week", "last_week", "weeks"], kept),
        )
        .await?;
        let dropped = presences.iter().filter(|(_, _, presence)| presence.is_none());
        let dropped = dropped.map(|(person, room, _)| [person.0.into(), room.0.into()]);
        self.put(
            "DELETE FROM presence WHERE (room_id, person_id) IN (SELECT room_id, person_id FROM {batch})",
            &Batch::new(["person_id", "room_id"], dropped),
        )
        .await
    }

    /// Marks that these people may be active in several rooms, so that nobody is counted in two. The mark stays for good.
    pub async fn mark_elsewhere(&mut self, people: &[PersonId]) -> sqlx::Result<()> {
        let batch = Batch::new(["person_id"], people.iter().map(|person| [person.0.into()]));
        self.put(
            "UPDATE presence SET elsewhere = 1 WHERE person_id IN (SELECT person_id FROM {batch}) AND elsewhere = 0",
            &batch,
        )
        .await
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
