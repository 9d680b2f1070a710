//! The organisation's own row: whether anything goes out, when a bot last ran, and the key of its seals.

use jiff::Timestamp;
use sqlx::{Row, query};

use super::{Session, Writer, millis, row::Columns};
use crate::domain::id::PersonId;

/// That nothing goes out, until somebody resumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halt {
    /// Since when.
    pub since: Timestamp,
    /// Who said so.
    pub by: Option<PersonId>,
}

impl Session {
    /// Whether everything is halted.
    pub async fn find_halt(&mut self) -> sqlx::Result<Option<Halt>> {
        let row = query("SELECT halted_at, halted_by FROM organisation WHERE id = 1")
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let by = row.optional_integer("halted_by")?.map(PersonId);
        Ok(row.optional_instant("halted_at")?.map(|since| Halt { since, by }))
    }

    /// When a running bot last said that it was there.
    pub async fn find_alive_at(&mut self) -> sqlx::Result<Option<Timestamp>> {
        let row = query("SELECT alive_at FROM organisation WHERE id = 1")
            .fetch_optional(self.connection())
            .await?;
        row.map(|row| row.instant("alive_at")).transpose()
    }

    /// The key of the seals of forgotten signals.
    pub async fn load_seal_key(&mut self) -> sqlx::Result<Vec<u8>> {
        query("SELECT seal_key FROM organisation WHERE id = 1")
            .fetch_one(self.connection())
            .await?
            .try_get("seal_key")
    }
}

impl Writer {
    /// Makes the organisation's row where there is none yet. `seal_key` is used only then.
    pub async fn establish(&mut self, seal_key: &[u8], now: Timestamp) -> sqlx::Result<()> {
        query("INSERT INTO organisation (id, seal_key, alive_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING")
            .bind(seal_key.to_vec())
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Halts everything, or lets it go on where `halt` is none.
    pub async fn set_halt(&mut self, halt: Option<Halt>) -> sqlx::Result<()> {
        query("UPDATE organisation SET halted_at = $1, halted_by = $2 WHERE id = 1")
            .bind(halt.map(|halt| millis(halt.since)))
            .bind(halt.and_then(|halt| halt.by).map(|by| by.0))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says that a bot runs.
    pub async fn mark_alive(&mut self, now: Timestamp) -> sqlx::Result<()> {
        query("UPDATE organisation SET alive_at = $1 WHERE id = 1")
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
