//! Which weeks were told to which rooms.

use jiff::Timestamp;
use sqlx::query;

use super::{Session, Writer, millis, row::Columns};
use crate::domain::{
    day::{Day, Week},
    id::RoomId,
};

impl Session {
    /// Whether a week was told to a room, or is about to be.
    pub async fn is_summary_queued(&mut self, week: Week, room: RoomId) -> sqlx::Result<bool> {
        let row = query("SELECT count(*) AS found FROM summary WHERE week = $1 AND room_id = $2")
            .bind(week.0)
            .bind(room.0)
            .fetch_one(self.connection())
            .await?;
        Ok(row.integer("found")? > 0)
    }

    /// Whether anything was asked up to a day.
    pub async fn has_prompts_until(&mut self, day: Day) -> sqlx::Result<bool> {
        let row = query("SELECT count(*) AS found FROM (SELECT 1 AS one FROM prompt WHERE occasion <= $1 LIMIT 1) AS early")
            .bind(day.number())
            .fetch_one(self.connection())
            .await?;
        Ok(row.integer("found")? > 0)
    }
}

impl Writer {
    /// Says that a week is about to be told to a room. Returns whether it was not before.
    pub async fn add_summary(&mut self, week: Week, room: RoomId, now: Timestamp) -> sqlx::Result<bool> {
        let done = query(
            "INSERT INTO summary (week, room_id, queued_at) VALUES ($1, $2, $3) ON CONFLICT (week, room_id) DO NOTHING",
        )
        .bind(week.0)
        .bind(room.0)
        .bind(millis(now))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
