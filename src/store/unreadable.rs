//! Rooms whose messages could not be read.

use jiff::Timestamp;
use sqlx::query;

use super::{Session, Writer, millis, row::Columns};
use crate::domain::id::RoomId;

impl Session {
    /// In how many rooms how many messages could not be read.
    pub async fn count_unreadable(&mut self) -> sqlx::Result<(i64, i64)> {
        let row = query(
            "SELECT count(*) AS rooms, CAST(coalesce(sum(messages), 0) AS BIGINT) AS messages FROM unreadable \
             WHERE messages > 0",
        )
        .fetch_one(self.connection())
        .await?;
        Ok((row.integer("rooms")?, row.integer("messages")?))
    }
}

impl Writer {
    /// Counts messages of a room that could not be read. Returns whether the room is to be told: it was not since it could be read last.
    pub async fn add_unreadable(
        &mut self,
        room: RoomId,
        messages: i64,
        now: Timestamp,
    ) -> sqlx::Result<bool> {
        let told = query("SELECT room_id FROM unreadable WHERE room_id = $1 AND told_at IS NOT NULL")
            .bind(room.0)
            .fetch_optional(self.connection())
            .await?;
        query(
            "INSERT INTO unreadable (room_id, messages, told_at) VALUES ($1, $2, $3) \
             ON CONFLICT (room_id) DO UPDATE SET messages = unreadable.messages + excluded.messages, \
             told_at = coalesce(unreadable.told_at, excluded.told_at)",
        )
        .bind(room.0)
        .bind(messages)
        .bind(millis(now))
        .execute(self.connection())
        .await?;
        Ok(told.is_none())
    }

    /// Says that a room can be read again, and how many of the counted messages were read late.
    pub async fn set_readable(&mut self, room: RoomId, read_late: i64) -> sqlx::Result<()> {
        query(
            "UPDATE unreadable SET told_at = NULL, messages = CASE WHEN messages > $2 THEN messages - $2 ELSE 0 END \
             WHERE room_id = $1",
        )
        .bind(room.0)
        .bind(read_late)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
