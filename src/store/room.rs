//! Rooms and their groups.

use sqlx::{any::AnyRow, query};

use super::{Session, Writer, row::Columns};
use crate::domain::{
    id::{GroupId, RoomId},
    room::{Purpose, Room, RoomAddress},
};

macro_rules! select_room {
    ($rest:literal) => {
        concat!(
            "SELECT id, platform, external_id, name, purpose, language, time_zone, group_id FROM room ",
            $rest
        )
    };
}

fn room(row: &AnyRow) -> sqlx::Result<Room> {
    Ok(Room {
        id: RoomId(row.integer("id")?),
        address: RoomAddress {
            platform: row.text("platform")?,
            room: row.text("external_id")?,
        },
        name: row.text("name")?,
        purpose: row.code("purpose")?,
        language: row.code("language")?,
        time_zone: row.text("time_zone")?,
        group: row.optional_integer("group_id")?.map(GroupId),
    })
}

impl Session {
    /// Every linked room, in the order in which they were linked.
    pub async fn list_rooms(&mut self) -> sqlx::Result<Vec<Room>> {
        let rows = query(select_room!("WHERE state = 'linked' ORDER BY id"))
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(room).collect()
    }

    /// The linked rooms of one purpose.
    pub async fn list_rooms_for(&mut self, purpose: Purpose) -> sqlx::Result<Vec<Room>> {
        let rows = query(select_room!(
            "WHERE state = 'linked' AND purpose = $1 ORDER BY id"
        ))
        .bind(purpose.code())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(room).collect()
    }

    /// The linked room at an address.
    pub async fn find_room(&mut self, address: &RoomAddress) -> sqlx::Result<Option<Room>> {
        let row = query(select_room!(
            "WHERE state = 'linked' AND platform = $1 AND external_id = $2"
        ))
        .bind(address.platform.clone())
        .bind(address.room.clone())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(room).transpose()
    }

    /// Whether prompts in a room bear their reactions from the start.
    pub async fn is_seeded(&mut self, id: RoomId) -> sqlx::Result<bool> {
        let row = query("SELECT seeds FROM room WHERE id = $1")
            .bind(id.0)
            .fetch_one(self.connection())
            .await?;
        Ok(row.integer("seeds")? != 0)
    }

    /// Whether prompts in a room are passed on to those that follow it.
    pub async fn is_crossposted(&mut self, id: RoomId) -> sqlx::Result<bool> {
        let row = query("SELECT crossposts FROM room WHERE id = $1")
            .bind(id.0)
            .fetch_one(self.connection())
            .await?;
        Ok(row.integer("crossposts")? != 0)
    }

    /// A room, linked or lost.
    pub async fn load_room(&mut self, id: RoomId) -> sqlx::Result<Room> {
        let row = query(select_room!("WHERE id = $1"))
            .bind(id.0)
            .fetch_one(self.connection())
            .await?;
        room(&row)
    }

    /// The group of each room that has one, linked or lost.
    pub async fn list_groups_of_rooms(&mut self) -> sqlx::Result<Vec<(RoomId, GroupId)>> {
        self.gather_all("id, group_id", "FROM room WHERE group_id IS NOT NULL")
            .await
    }

    /// Every group, by name.
    pub async fn list_groups(&mut self) -> sqlx::Result<Vec<(GroupId, String)>> {
        let rows = query("SELECT id, name FROM groups ORDER BY name")
            .fetch_all(self.connection())
            .await?;
        rows.iter()
            .map(|row| Ok((GroupId(row.integer("id")?), row.text("name")?)))
            .collect()
    }
}

impl Writer {
    /// Links a room, or changes how it is linked. The id in `room` is not used.
    pub async fn link_room(&mut self, room: &Room) -> sqlx::Result<RoomId> {
        let row = query(
            "INSERT INTO room (platform, external_id, name, purpose, language, time_zone, group_id, state) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'linked') \
             ON CONFLICT (platform, external_id) DO UPDATE SET name = excluded.name, purpose = excluded.purpose, \
             language = excluded.language, time_zone = excluded.time_zone, group_id = excluded.group_id, \
             state = 'linked' RETURNING id",
        )
        .bind(room.address.platform.clone())
        .bind(room.address.room.clone())
        .bind(room.name.clone())
        .bind(room.purpose.code())
        .bind(room.language.code())
        .bind(room.time_zone.clone())
        .bind(room.group.map(|group| group.0))
        .fetch_one(self.connection())
        .await?;
        Ok(RoomId(row.integer("id")?))
    }

    /// Says whether prompts in a room bear their reactions from the start. Returns whether it is linked.
    pub async fn set_seeded(&mut self, address: &RoomAddress, is_seeded: bool) -> sqlx::Result<bool> {
        let done =
            query("UPDATE room SET seeds = $3 WHERE platform = $1 AND external_id = $2 AND state = 'linked'")
                .bind(address.platform.clone())
                .bind(address.room.clone())
                .bind(i64::from(is_seeded))
                .execute(self.connection())
                .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Says whether prompts in a room are passed on to those that follow it. Returns whether it is linked.
    pub async fn set_crossposted(
        &mut self,
        address: &RoomAddress,
        is_crossposted: bool,
    ) -> sqlx::Result<bool> {
        let done = query(
            "UPDATE room SET crossposts = $3 WHERE platform = $1 AND external_id = $2 AND state = 'linked'",
        )
        .bind(address.platform.clone())
        .bind(address.room.clone())
        .bind(i64::from(is_crossposted))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Marks a room that can no longer be written to. Returns whether it was linked until now.
    pub async fn lose_room(&mut self, address: &RoomAddress) -> sqlx::Result<bool> {
        let done = query(
            "UPDATE room SET state = 'lost' WHERE platform = $1 AND external_id = $2 AND state = 'linked'",
        )
        .bind(address.platform.clone())
        .bind(address.room.clone())
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Makes a group; none where there is one of that name already.
    pub async fn add_group(&mut self, name: &str) -> sqlx::Result<Option<GroupId>> {
        let row = query("INSERT INTO groups (name) VALUES ($1) ON CONFLICT (name) DO NOTHING RETURNING id")
            .bind(name.to_owned())
            .fetch_optional(self.connection())
            .await?;
        row.map(|row| row.integer("id").map(GroupId)).transpose()
    }
}
