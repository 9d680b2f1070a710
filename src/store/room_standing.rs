//! How the bot stands in the rooms, where they moved, which spaces stand for groups, and what a standing in a room gives.

use jiff::Timestamp;
use sqlx::{any::AnyRow, query};

use super::{Session, Writer, millis, row::Columns};
use crate::domain::{
    id::{GroupId, PromptId, RoomId},
    role::Grant,
    room::{Absence, Room, RoomAddress},
};

/// What whoever has a standing in a room may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRole {
    /// The room.
    pub room: RoomId,
    /// Where it is.
    pub address: RoomAddress,
    /// The standing, as the room's platform counts it.
    pub standing: String,
    /// What it gives.
    pub grant: Grant,
}

fn address(row: &AnyRow) -> sqlx::Result<RoomAddress> {
    Ok(RoomAddress {
        platform: row.text("platform")?,
        room: row.text("external_id")?,
    })
}

fn group(row: &AnyRow) -> sqlx::Result<Option<GroupId>> {
    Ok(Some(row.integer("group_id")?)
        .filter(|group| *group != 0)
        .map(GroupId))
}

impl Session {
    /// Why the bot cannot work in a room, and since when; none where it can.
    pub async fn find_absence(&mut self, room: RoomId) -> sqlx::Result<Option<(Absence, Timestamp)>> {
        let row = query("SELECT absence, absent_since FROM room WHERE id = $1")
            .bind(room.0)
            .fetch_one(self.connection())
            .await?;
        let absence = row.optional_code("absence")?;
        Ok(absence.zip(row.optional_instant("absent_since")?))
    }

    /// The linked rooms in which the bot cannot work, and why.
    pub async fn list_absences(&mut self) -> sqlx::Result<Vec<(RoomId, Absence)>> {
        let rows =
            query("SELECT id, absence FROM room WHERE state = 'linked' AND absence IS NOT NULL ORDER BY id")
                .fetch_all(self.connection())
                .await?;
        rows.iter()
            .map(|row| Ok((RoomId(row.integer("id")?), row.code("absence")?)))
            .collect()
    }

    /// The linked room that moved to an address where the bot is not let in yet.
    pub async fn find_room_moved_to(&mut self, address: &RoomAddress) -> sqlx::Result<Option<Room>> {
        let row = query(
            "SELECT id FROM room WHERE state = 'linked' AND platform = $1 AND moved_to = $2 ORDER BY id LIMIT 1",
        )
        .bind(address.platform.clone())
        .bind(address.room.clone())
        .fetch_optional(self.connection())
        .await?;
        match row {
            Some(row) => self.load_room(RoomId(row.integer("id")?)).await.map(Some),
            None => Ok(None),
        }
    }

    /// The spaces that stand for groups.
    pub async fn list_group_spaces(&mut self) -> sqlx::Result<Vec<(RoomAddress, GroupId)>> {
        let rows =
            query("SELECT platform, external_id, group_id FROM group_space ORDER BY group_id, external_id")
                .fetch_all(self.connection())
                .await?;
        rows.iter()
            .map(|row| Ok((address(row)?, GroupId(row.integer("group_id")?))))
            .collect()
    }

    /// What standings in the linked rooms of a platform give.
    pub async fn list_standing_roles(&mut self, platform: &str) -> sqlx::Result<Vec<StandingRole>> {
        let rows = query(
            "SELECT s.room_id, r.platform, r.external_id, s.standing, s.role, s.group_id FROM standing_role s \
             JOIN room r ON r.id = s.room_id WHERE r.state = 'linked' AND r.platform = $1 \
             ORDER BY s.room_id, s.role, s.standing, s.group_id",
        )
        .bind(platform.to_owned())
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(StandingRole {
                    room: RoomId(row.integer("room_id")?),
                    address: address(row)?,
                    standing: row.text("standing")?,
                    grant: Grant {
                        role: row.code("role")?,
                        group: group(row)?,
                    },
                })
            })
            .collect()
    }
}

impl Writer {
    /// Says that the bot cannot work in a room, and which room follows it where it may not enter that.
    pub async fn set_absence(
        &mut self,
        room: RoomId,
        absence: Absence,
        moved_to: Option<&RoomAddress>,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        query(
            "UPDATE room SET absence = $2, moved_to = $3, absent_since = coalesce(absent_since, $4) WHERE id = $1",
        )
        .bind(room.0)
        .bind(absence.code())
        .bind(moved_to.map(|address| address.room.clone()))
        .bind(millis(now))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Says that the bot can work in a room again.
    pub async fn clear_absence(&mut self, room: RoomId) -> sqlx::Result<()> {
        query("UPDATE room SET absence = NULL, moved_to = NULL, absent_since = NULL WHERE id = $1")
            .bind(room.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says what people call a room now.
    pub async fn rename_room(&mut self, room: RoomId, name: &str) -> sqlx::Result<()> {
        query("UPDATE room SET name = $2 WHERE id = $1")
            .bind(room.0)
            .bind(name.to_owned())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Puts a room in a group.
    pub async fn set_room_group(&mut self, room: RoomId, group: GroupId) -> sqlx::Result<()> {
        query("UPDATE room SET group_id = $2 WHERE id = $1")
            .bind(room.0)
            .bind(group.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Moves the link of a room, and what is to go out there. What stands in the old room stays there and counts on; what may stand
    /// there is sought there.
    pub async fn move_room(&mut self, room: &Room, to: &RoomAddress) -> sqlx::Result<()> {
        let from = &room.address;
        query("UPDATE prompt SET stands_in = $2 WHERE room_id = $1 AND external_id IS NOT NULL AND stands_in IS NULL")
            .bind(room.id.0)
            .bind(from.room.clone())
            .execute(self.connection())
            .await?;
        // Somebody may have linked the new room and unlinked it again.
        query(
            "UPDATE room SET external_id = external_id || ' ' || CAST(id AS TEXT) \
             WHERE platform = $1 AND external_id = $2 AND state = 'lost'",
        )
        .bind(to.platform.clone())
        .bind(to.room.clone())
        .execute(self.connection())
        .await?;
        query("UPDATE room SET external_id = $2 WHERE id = $1")
            .bind(room.id.0)
            .bind(to.room.clone())
            .execute(self.connection())
            .await?;
        query(
            "UPDATE outbox SET room = $3, sought_in = CASE state WHEN 'pending' THEN sought_in ELSE coalesce(sought_in, room) END \
             WHERE platform = $1 AND room = $2 AND state IN ('pending', 'sending', 'unsure') AND kind NOT IN ('withdrawal', 'crosspost', 'seed')",
        )
        .bind(from.platform.clone())
        .bind(from.room.clone())
        .bind(to.room.clone())
        .execute(self.connection())
        .await?;
        self.clear_absence(room.id).await
    }

    /// Says in which room a prompt stands, where its room has moved since it was sent.
    pub async fn set_stands_in(&mut self, prompt: PromptId, address: &RoomAddress) -> sqlx::Result<()> {
        query(
            "UPDATE prompt SET stands_in = $2 WHERE id = $1 AND EXISTS \
             (SELECT 1 FROM room r WHERE r.id = prompt.room_id AND r.external_id <> $2)",
        )
        .bind(prompt.0)
        .bind(address.room.clone())
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Has a space stand for a group, and for no other.
    pub async fn set_group_space(&mut self, space: &RoomAddress, group: GroupId) -> sqlx::Result<()> {
        query(
            "INSERT INTO group_space (platform, external_id, group_id) VALUES ($1, $2, $3) \
             ON CONFLICT (platform, external_id) DO UPDATE SET group_id = excluded.group_id",
        )
        .bind(space.platform.clone())
        .bind(space.room.clone())
        .bind(group.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Has a standing in a room give a role; saying it again changes nothing.
    pub async fn add_standing_role(
        &mut self,
        room: RoomId,
        standing: &str,
        grant: Grant,
    ) -> sqlx::Result<()> {
        query(
            "INSERT INTO standing_role (room_id, standing, role, group_id) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (room_id, standing, role, group_id) DO NOTHING",
        )
        .bind(room.0)
        .bind(standing.to_owned())
        .bind(grant.role.code())
        .bind(grant.group.map_or(0, |group| group.0))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Has a standing in a room no longer give a role. Returns whether it did.
    pub async fn remove_standing_role(
        &mut self,
        room: RoomId,
        standing: &str,
        grant: Grant,
    ) -> sqlx::Result<bool> {
        let done = query(
            "DELETE FROM standing_role WHERE room_id = $1 AND standing = $2 AND role = $3 AND group_id = $4",
        )
        .bind(room.0)
        .bind(standing.to_owned())
        .bind(grant.role.code())
        .bind(grant.group.map_or(0, |group| group.0))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
