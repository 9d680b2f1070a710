//! How fast each platform takes our messages, as far as it made us learn it.

use jiff::{SignedDuration, Timestamp};
use sqlx::query;

use super::{Session, Writer, millis, row::Columns};

/// What a platform's limit is, as it was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What one message takes.
    pub each: SignedDuration,
    /// When the admins were told how to have it lifted.
    pub told_at: Option<Timestamp>,
}

impl Session {
    /// The limit of a platform; none where it never refused us anything, or no longer does.
    pub async fn find_limit(&mut self, platform: &str) -> sqlx::Result<Option<Limit>> {
        let row = query("SELECT each_ms, told_at FROM pace WHERE platform = $1")
            .bind(platform.to_owned())
            .fetch_optional(self.connection())
            .await?;
        let limit = |row: &sqlx::any::AnyRow| {
            Ok(Limit {
                each: SignedDuration::from_millis(row.integer("each_ms")?),
                told_at: row.optional_instant("told_at")?,
            })
        };
        row.as_ref().map(limit).transpose()
    }

    /// How many messages of a platform wait to go out now, without refreshes and what is for a room that cannot be reached.
    pub async fn count_waiting(&mut self, platform: &str, now: Timestamp) -> sqlx::Result<i64> {
        query(
            "SELECT count(*) AS deliveries FROM outbox WHERE state IN ('pending', 'unsure') AND platform = $1 \
             AND not_before <= $2 AND kind <> 'refresh' AND NOT EXISTS (SELECT 1 FROM room r WHERE r.platform = outbox.platform \
             AND r.external_id = outbox.room AND r.absence IS NOT NULL)",
        )
        .bind(platform.to_owned())
        .bind(millis(now))
        .fetch_one(self.connection())
        .await?
        .integer("deliveries")
    }

    /// How many messages of a platform go out up to the last of those that must until an instant.
    pub async fn count_waiting_until(&mut self, platform: &str, deadline: Timestamp) -> sqlx::Result<i64> {
        query(
            "SELECT count(*) AS deliveries FROM outbox WHERE state IN ('pending', 'unsure', 'sending') AND platform = $1 \
             AND kind IN ('warning', 'prompt') AND (deadline IS NULL OR deadline <= $2) AND NOT EXISTS (SELECT 1 FROM room r \
             WHERE r.platform = outbox.platform AND r.external_id = outbox.room AND r.absence IS NOT NULL)",
        )
        .bind(platform.to_owned())
        .bind(millis(deadline))
        .fetch_one(self.connection())
        .await?
        .integer("deliveries")
    }
}

impl Writer {
    /// Says what one message takes on a platform.
    pub async fn set_limit(&mut self, platform: &str, each: SignedDuration) -> sqlx::Result<()> {
        query(
            "INSERT INTO pace (platform, each_ms) VALUES ($1, $2) \
             ON CONFLICT (platform) DO UPDATE SET each_ms = excluded.each_ms",
        )
        .bind(platform.to_owned())
        .bind(i64::try_from(each.as_millis()).unwrap_or(i64::MAX))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Says that a platform limits us no longer.
    pub async fn lift_limit(&mut self, platform: &str) -> sqlx::Result<()> {
        query("DELETE FROM pace WHERE platform = $1")
            .bind(platform.to_owned())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says that the admins were told how to have a platform's limit lifted.
    pub async fn note_limit_told(&mut self, platform: &str, now: Timestamp) -> sqlx::Result<()> {
        query("UPDATE pace SET told_at = $2 WHERE platform = $1")
            .bind(platform.to_owned())
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
