//! How the bot and others stand in rooms and spaces, by what the library keeps of them; and following a room that was upgraded.

use anyhow::{Context, anyhow};
use matrix_sdk::{
    Room, RoomState,
    deserialized_responses::SyncOrStrippedState,
    ruma::{
        Int, OwnedRoomId, OwnedServerName, RoomId, UserId,
        api::client::{membership::leave_room, state::get_state_event_for_key},
        events::{
            MessageLikeEventType, StateEventType, SyncStateEvent,
            room::{
                member::MembershipState, power_levels::UserPowerLevel, tombstone::RoomTombstoneEventContent,
            },
            space::child::SpaceChildEventContent,
        },
    },
};
use serde::Deserialize;

use super::{Matrix, NAME, failure::send_error};
use crate::{
    chat::{RoomStanding, SendError, Space},
    domain::room::{Absence, RoomAddress},
};

/// A room's address, in our words.
pub(super) fn address(room: &RoomId) -> RoomAddress {
    RoomAddress {
        platform: NAME.to_owned(),
        room: room.to_string(),
    }
}

/// What tells from which room another one follows.
#[derive(Deserialize)]
struct Creation {
    predecessor: Option<Predecessor>,
}

#[derive(Deserialize)]
struct Predecessor {
    room_id: OwnedRoomId,
}

impl Matrix {
    fn known_room(&self, address: &RoomAddress) -> Option<Room> {
        let id = OwnedRoomId::try_from(address.room.as_str()).ok()?;
        self.client.get_room(&id).filter(|_| address.platform == NAME)
    }

    fn joined_room(&self, address: &RoomAddress) -> Option<Room> {
        self.known_room(address)
            .filter(|room| room.state() == RoomState::Joined)
    }

    pub(super) async fn standing_in(&self, address: &RoomAddress) -> RoomStanding {
        let Some(room) = self.known_room(address) else {
            return match self.must_know_rooms() {
                Ok(()) => RoomStanding::Absent(Absence::Removed),
                Err(_) => RoomStanding::Unknown,
            };
        };
        match room.state() {
            // The invitation is being answered.
            RoomState::Invited | RoomState::Knocked => RoomStanding::Unknown,
            RoomState::Banned => RoomStanding::Absent(Absence::Barred),
            // The library counts who is banned while it is away among those who left.
            RoomState::Left if self.is_banned(&room).await => RoomStanding::Absent(Absence::Barred),
            RoomState::Left => RoomStanding::Absent(Absence::Removed),
            RoomState::Joined => self.standing_within(&room).await,
        }
    }

    async fn is_banned(&self, room: &Room) -> bool {
        let member = room.get_member_no_sync(&self.user).await.ok().flatten();
        member.is_some_and(|member| *member.membership() == MembershipState::Ban)
    }

    async fn standing_within(&self, room: &Room) -> RoomStanding {
        if let Some(next) = room.successor_room() {
            let by = address(&next.room_id);
            return RoomStanding::Replaced { by };
        }
        // None at all are counted where the server has not said yet who is there.
        if room.active_members_count() == 1 {
            return RoomStanding::Absent(Absence::Empty);
        }
        let may_write = match room.power_levels().await {
            Ok(levels) => levels.user_can_send_message(&self.user, MessageLikeEventType::RoomMessage),
            Err(_) => true,
        };
        if !may_write {
            return RoomStanding::Absent(Absence::Silenced);
        }
        RoomStanding::Present { name: room.name() }
    }

    /// Joins the room that follows another. A tombstone is a state event, so whoever set it had the power to in the old room; the new
    /// room has to name the old one, too.
    pub(super) async fn join_next(&self, from: &RoomAddress, to: &RoomAddress) -> Result<(), SendError> {
        let old = self
            .joined_room(from)
            .context("the old room is gone")
            .map_err(SendError::Refused)?;
        let next = OwnedRoomId::try_from(to.room.as_str())
            .with_context(|| format!("{:?} is no room", to.room))
            .map_err(SendError::Refused)?;
        if self.joined_room(to).is_none() {
            let via = self.servers_of(&old).await;
            self.client
                .join_room_by_id_or_alias((&*next).into(), &via)
                .await
                .map_err(send_error)?;
        }
        if self.predecessor(&next).await? == Some(old.room_id().to_owned()) {
            return Ok(());
        }
        self.leave(&next, None).await.map_err(send_error)?;
        Err(SendError::Refused(anyhow!(
            "the room {:?} does not follow ours",
            to.room
        )))
    }

    /// The servers that surely know the room that follows a room.
    async fn servers_of(&self, old: &Room) -> Vec<OwnedServerName> {
        let mut servers = vec![self.user.server_name().to_owned()];
        let tombstone = old.get_state_event_static::<RoomTombstoneEventContent>().await;
        if let Ok(Some(tombstone)) = tombstone
            && let Ok(SyncOrStrippedState::Sync(SyncStateEvent::Original(tombstone))) =
                tombstone.deserialize()
        {
            servers.insert(0, tombstone.sender.server_name().to_owned());
        }
        servers.dedup();
        servers
    }

    async fn predecessor(&self, room: &RoomId) -> Result<Option<OwnedRoomId>, SendError> {
        let request = get_state_event_for_key::v3::Request::new(
            room.to_owned(),
            StateEventType::RoomCreate,
            String::new(),
        );
        let answer = self.client.send(request).await;
        let answer = answer.map_err(|error| send_error(error.into()))?;
        let creation: Creation = serde_json::from_str(answer.event_or_content.get())
            .context("reading how a room began")
            .map_err(SendError::Refused)?;
        Ok(creation.predecessor.map(|predecessor| predecessor.room_id))
    }

    /// Leaves one room. The library's own way leaves all that it follows as well, which somebody else can make up.
    pub(super) async fn leave(&self, room: &RoomId, reason: Option<String>) -> matrix_sdk::Result<()> {
        let mut request = leave_room::v3::Request::new(room.to_owned());
        request.reason = reason;
        self.client.send(request).await?;
        Ok(())
    }

    /// Whether an account is in one of these rooms. Whom the library has not met there is asked for once in each room, and known
    /// from then on.
    pub(super) async fn is_in_one_of(&self, user: &UserId, rooms: &[RoomAddress]) -> bool {
        let rooms: Vec<Room> = rooms.iter().filter_map(|room| self.joined_room(room)).collect();
        for room in &rooms {
            if is_joined(room, user).await {
                return true;
            }
        }
        for room in rooms.iter().filter(|room| !room.are_members_synced()) {
            if room.sync_members().await.is_ok() && is_joined(room, user).await {
                return true;
            }
        }
        false
    }

    /// Whether somebody is in a room and has this power there.
    pub(super) async fn has_power(&self, room: &RoomAddress, user: &UserId, level: i64) -> bool {
        let Some(room) = self.joined_room(room) else {
            return false;
        };
        let Ok(levels) = room.power_levels().await else {
            return false;
        };
        let has_power = match levels.for_user(user) {
            UserPowerLevel::Infinite => true,
            UserPowerLevel::Int(own) => Int::new(level).is_some_and(|level| own >= level),
            _ => false,
        };
        // Power is kept for whoever leaves. Whoever has some and was not met yet is asked for once.
        has_power && self.is_in_one_of(user, &[address(room.room_id())]).await
    }

    pub(super) fn joined_spaces(&self) -> Vec<Space> {
        let rooms = self.client.joined_rooms().into_iter();
        let spaces = rooms.filter(|room| room.is_space());
        spaces
            .map(|space| Space {
                address: address(space.room_id()),
                name: space.name().unwrap_or_else(|| space.room_id().to_string()),
                alias: space.canonical_alias().map(|alias| alias.to_string()),
            })
            .collect()
    }

    pub(super) async fn spaces_that_list(&self, room: &RoomAddress) -> Vec<RoomAddress> {
        let Ok(id) = OwnedRoomId::try_from(room.room.as_str()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for space in self.client.joined_rooms() {
            if space.is_space() && lists(&space, &id).await {
                found.push(address(space.room_id()));
            }
        }
        found
    }
}

async fn is_joined(room: &Room, user: &UserId) -> bool {
    let member = room.get_member_no_sync(user).await.ok().flatten();
    member.is_some_and(|member| *member.membership() == MembershipState::Join)
}

/// Whether a space lists a room. Without a server by which to join, an entry is none.
async fn lists(space: &Room, room: &RoomId) -> bool {
    let child = space
        .get_state_event_static_for_key::<SpaceChildEventContent, RoomId>(room)
        .await;
    let Ok(Some(child)) = child else { return false };
    match child.deserialize() {
        Ok(SyncOrStrippedState::Sync(SyncStateEvent::Original(child))) => !child.content.via.is_empty(),
        _ => false,
    }
}

/// The power level that a text names: a whole number above that which everybody has.
pub(super) fn level(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|level| *level > 0)
}
