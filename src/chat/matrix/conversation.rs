//! Private conversations: rooms with one person alone.

use anyhow::Context;
use matrix_sdk::{
    Room, RoomState,
    ruma::{OwnedUserId, UserId},
};

use super::Matrix;
use crate::chat::SendError;

/// The most people, the bot included, in a private conversation.
const BOTH: u64 = 2;

/// Whether a room is a conversation with the bot alone: it was begun as one, and nobody else was let in since.
pub(super) async fn is_private(room: &Room) -> bool {
    let is_direct = room.is_direct().await.unwrap_or(false);
    is_direct && room.active_members_count() <= BOTH
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
        let user = user(account)?;
        match self.find_conversation(&user).await {
            Some(room) => Ok(room),
            None => self
                .client
                .create_dm(&user)
                .await
                .map_err(super::platform::send_error),
        }
    }
}

/// An account by its full id.
pub(super) fn user(account: &str) -> Result<OwnedUserId, SendError> {
    OwnedUserId::try_from(account)
        .with_context(|| format!("{account:?} is no Matrix account"))
        .map_err(SendError::Refused)
}
