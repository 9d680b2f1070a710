//! Private conversations: rooms with one person alone.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context;
use matrix_sdk::{
    Room, RoomState,
    room::RoomMember,
    ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId, events::room::member::MembershipState},
};

use super::Matrix;
use crate::chat::SendError;

/// The most people, the bot included, in a private conversation.
const BOTH: u64 = 2;

/// Whether a room is a conversation with the bot alone: it was begun as one, and nobody else was let in since.
pub(super) async fn is_private(room: &Room) -> bool {
    let is_direct = room.is_direct().await.unwrap_or(false);
    is_direct && is_for_two(room)
}

/// Whether there is room for one other alone.
pub(super) fn is_for_two(room: &Room) -> bool {
    room.active_members_count() <= BOTH
}

/// Whether a conversation that was begun is over: one of the two is gone.
async fn is_left(room: &Room, user: &UserId) -> bool {
    let member = room.get_member_no_sync(user).await.ok().flatten();
    let is_gone = |member: RoomMember| {
        !matches!(
            member.membership(),
            MembershipState::Join | MembershipState::Invite
        )
    };
    room.state() != RoomState::Joined || member.is_some_and(is_gone)
}

/// A conversation that was begun here, which the next answer of the server is yet to tell of.
type Begun = Arc<tokio::sync::Mutex<Option<OwnedRoomId>>>;

/// The conversations that were begun since the start, one at a time with each person.
#[derive(Default)]
pub(super) struct Conversations(Mutex<HashMap<OwnedUserId, Begun>>);

impl Conversations {
    fn of(&self, user: &UserId) -> Begun {
        let mut begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(begun.entry(user.to_owned()).or_default())
    }

    /// Says that somebody began a conversation with us in this room.
    pub async fn take_up(&self, user: &UserId, room: &RoomId) {
        *self.of(user).lock().await = Some(room.to_owned());
    }
}

impl Matrix {
    /// The private conversation with an account, where there is one.
    pub(super) async fn find_conversation(&self, user: &UserId) -> Option<Room> {
        for room in self.client.get_dm_rooms(user) {
            // Whoever left the room reads it no more.
            if room.state() == RoomState::Joined
                && room.active_members_count() == BOTH
                && is_private(&room).await
            {
                return Some(room);
            }
        }
        None
    }

    /// The private conversation with an account, begun where there is none yet.
    pub(super) async fn conversation(&self, account: &str) -> Result<Room, SendError> {
        self.must_know_rooms()?;
        let user = user(account)?;
        let begun = self.conversations.of(&user);
        // Whoever else has something to say to them waits, and says it in the same room.
        let mut begun = begun.lock().await;
        if let Some(room) = self.find_conversation(&user).await {
            return Ok(room);
        }
        if let Some(room) = begun.as_ref().and_then(|id| self.client.get_room(id))
            && !is_left(&room, &user).await
        {
            return Ok(room);
        }
        let room = self.client.create_dm(&user).await;
        let room = room.map_err(super::platform::send_error)?;
        *begun = Some(room.room_id().to_owned());
        Ok(room)
    }
}

/// An account by its full id.
pub(super) fn user(account: &str) -> Result<OwnedUserId, SendError> {
    OwnedUserId::try_from(account)
        .with_context(|| format!("{account:?} is no Matrix account"))
        .map_err(SendError::Refused)
}
