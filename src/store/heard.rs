//! What was carried out already, by the platform's own id of the event that brought it.

use jiff::Timestamp;
use sqlx::query;

use super::{Session, Writer, millis, row::Columns};

impl Session {
    /// Whether what an event brought was carried out already.
    pub async fn has_heard(&mut self, platform: &str, event: &str) -> sqlx::Result<bool> {
        let known = query("SELECT count(*) AS known FROM heard WHERE platform = $1 AND event = $2")
            .bind(platform.to_owned())
            .bind(event.to_owned())
            .fetch_one(self.connection())
            .await?
            .integer("known")?;
        Ok(known > 0)
    }
}

impl Writer {
    /// Says that what an event brought is carried out with all else that this writer commits.
    pub async fn hear(&mut self, platform: &str, event: &str, now: Timestamp) -> sqlx::Result<()> {
        query("INSERT INTO heard (platform, event, at) VALUES ($1, $2, $3) ON CONFLICT (platform, event) DO NOTHING")
            .bind(platform.to_owned())
            .bind(event.to_owned())
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Forgets what was carried out before an instant.
    pub async fn forget_heard(&mut self, before: Timestamp) -> sqlx::Result<()> {
        query("DELETE FROM heard WHERE at < $1")
            .bind(millis(before))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
