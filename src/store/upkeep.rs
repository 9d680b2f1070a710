//! What keeps the people in the database and the file itself safe: what is stored about somebody, forgetting, backups.

use std::{collections::BTreeMap, path::Path};

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Row, any::AnyRow, query};

use super::{
    Engine, Session, Store, Writer,
    intake::{WrittenSignal, signal, standing},
    millis,
    row::Columns,
};
use crate::domain::{
    confirmation::{Movement, Signal, SignalState, Source, confirmations},
    day::Day,
    id::{AskId, PersonId, PromptId, RoomId},
    seal,
};

impl Session {
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
