//! Private conversations: rooms with one person alone.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, anyhow};
use matrix_sdk::{
    HttpError, Room, RoomMemberships, RoomState,
    config::RequestConfig,
    room::RoomMember,
    ruma::{
        OwnedRoomId, OwnedUserId, RoomId, UserId,
        api::client::room::create_room::v3::{Request, RoomPreset},
        events::{
            InitialStateEvent,
            room::{encryption::RoomEncryptionEventContent, member::MembershipState},
        },
    },
};
use tokio::time::timeout;

use super::{
    Matrix,
    failure::{read_error, send_error},
};
use crate::chat::SendError;

/// The most people, the bot included, in a private conversation.
const BOTH: u64 = 2;
/// How long a room that was made may take to be told of.
const TOLD_WITHIN: Duration = Duration::from_secs(30);
/// How often it is looked whether it was, in case that went unnoticed.
const LOOK: Duration = Duration::from_secs(1);

/// Whether a room is a conversation with the bot alone: it was begun as one, and nobody else was let in since.
pub(super) async fn is_private(room: &Room) -> bool {
    let is_direct = room.is_direct().await.unwrap_or(false);
    is_direct && is_for_two(room)
}

/// Whether there is room for one other alone.
pub(super) fn is_for_two(room: &Room) -> bool {
    room.active_members_count() <= BOTH
}

/// Whether nobody but the two is in a room or invited, by what the server says where it has not told yet.
async fn has_no_third(room: &Room) -> Result<bool, SendError> {
    if !is_for_two(room) {
        return Ok(false);
    }
    let members = room.members(RoomMemberships::ACTIVE).await.map_err(read_error)?;
    Ok(u64::try_from(members.len()).is_ok_and(|count| count <= BOTH))
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
            && has_no_third(&room).await?
        {
            return Ok(room);
        }
        let id = self.make_room_for(&user).await?;
        // It is a conversation for the two of us all the same as long as this process lives.
        if let Err(error) = self.client.account().mark_as_dm(&id, &[user]).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                room = %id,
                "a room is not kept as a private conversation"
            );
        }
        let room = self.told_of(&id).await?;
        *begun = Some(id);
        Ok(room)
    }

    /// Makes an encrypted room for an account and us.
    async fn make_room_for(&self, user: &UserId) -> Result<OwnedRoomId, SendError> {
        let encryption = RoomEncryptionEventContent::with_recommended_defaults();
        let mut request = Request::new();
        request.invite = vec![user.to_owned()];
        request.is_direct = true;
        request.preset = Some(RoomPreset::TrustedPrivateChat);
        request.initial_state = vec![InitialStateEvent::with_empty_state_key(encryption).to_raw_any()];
        let made = self
            .client
            .send(request)
            .with_request_config(RequestConfig::new().disable_retry())
            .await;
        made.map(|made| made.room_id).map_err(making_error)
    }

    /// A room that was made just now, once the server told of it.
    async fn told_of(&self, id: &RoomId) -> Result<Room, SendError> {
        let told = async {
            loop {
                if let Ok(room) = timeout(LOOK, self.client.await_room_remote_echo(id)).await {
                    return room;
                }
            }
        };
        timeout(TOLD_WITHIN, told).await.map_err(|_| SendError::Retry {
            after: None,
            source: anyhow!("the homeserver has not told yet of the room {id}"),
        })
    }
}

/// Why no room was made. A server takes few new rooms in a while, and that holds up nobody who has one; nothing was said yet.
fn making_error(error: HttpError) -> SendError {
    match send_error(error.into()) {
        SendError::Limited { after, source } => SendError::Retry {
            after: Some(after),
            source,
        },
        SendError::Unsure(source) => SendError::Retry { after: None, source },
        error => error,
    }
}

/// An account by its full id.
pub(super) fn user(account: &str) -> Result<OwnedUserId, SendError> {
    OwnedUserId::try_from(account)
        .with_context(|| format!("{account:?} is no Matrix account"))
        .map_err(SendError::Refused)
}
