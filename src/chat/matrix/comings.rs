//! Comings and goings: invitations, rooms that the bot came into, and rooms where something changed.

use matrix_sdk::{
    Room, RoomState,
    deserialized_responses::TimelineEvent,
    ruma::{
        OwnedUserId, UserId,
        events::{AnySyncStateEvent, AnySyncTimelineEvent},
        serde::Raw,
    },
    sync::State,
};
use serde::Deserialize;
use tokio::sync::oneshot;

use super::{Matrix, conversation, incoming::place, platform::sender, standing::address, sync::Connection};
use crate::chat::{Event, Invitation, Place, Reach};

/// The kinds of state that change how the bot stands in a room, or what the room is.
const TELLING: [&str; 5] = [
    "m.room.name",
    "m.room.tombstone",
    "m.room.power_levels",
    "m.room.member",
    "m.space.child",
];

/// What of a joining tells how it came about.
#[derive(Default, Deserialize)]
struct Before {
    prev_sender: Option<OwnedUserId>,
    prev_content: Option<Invite>,
}

#[derive(Deserialize)]
struct Invite {
    membership: String,
    #[serde(default)]
    is_direct: bool,
}

impl Connection {
    /// Takes an invitation, where the configuration says from whom they are taken, and asks otherwise.
    pub(super) async fn invited(&self, room: Room) {
        let Ok(invite) = room.invite_details().await else {
            tracing::warn!(room = %room.room_id(), "an invitation does not say from whom it is");
            return;
        };
        let inviter = invite.inviter_id;
        let matrix = self.matrix.clone();
        if self.takes_invitations_of(&inviter) || matrix.is_expected(&room) {
            tokio::spawn(async move { matrix.take_up((room, inviter), Invitation::Accept).await });
            return;
        }
        let (answer, answered) = oneshot::channel();
        self.hand_on(Event::Invited {
            sender: sender(&room, &inviter).await,
            place: Place {
                is_private: room.is_direct().await.unwrap_or(false),
                ..place(&room).await
            },
            answer,
        })
        .await;
        tokio::spawn(async move {
            // Without an answer the invitation stays.
            if let Ok(invitation) = answered.await {
                matrix.take_up((room, inviter), invitation).await;
            }
        });
    }

    fn takes_invitations_of(&self, inviter: &UserId) -> bool {
        let server = inviter.server_name().as_str();
        self.invited_by
            .iter()
            .any(|allowed| allowed == inviter.as_str() || allowed == server)
    }

    /// Takes what came of a room where the bot is: whether it just came in, and what is to be looked at again.
    pub(super) async fn came(&self, room: &Room, events: &[TimelineEvent]) {
        let joining = events.iter().rev().find(|event| self.is_our_joining(event));
        let Some(joining) = joining else { return };
        let is_our_own = room
            .creators()
            .is_some_and(|creators| creators.contains(&self.matrix.user));
        let Some(entry) = joining.event_id().filter(|_| !is_our_own) else {
            return;
        };
        let before: Before = joining
            .raw()
            .get_field("unsigned")
            .ok()
            .flatten()
            .unwrap_or_default();
        let invite = before.prev_content.filter(|before| before.membership == "invite");
        let by = before.prev_sender.filter(|_| invite.is_some());
        let by = match by {
            Some(by) => Some(sender(room, &by).await),
            None => None,
        };
        let place = place(room).await;
        let is_direct = invite.is_some_and(|invite| invite.is_direct);
        self.hand_on(Event::Entered {
            by,
            place: Place {
                is_private: place.is_private || (is_direct && conversation::is_for_two(room)),
                ..place
            },
            reach: if room.is_space() {
                Reach::Space
            } else {
                Reach::Room
            },
            entry: entry.to_string(),
        })
        .await;
    }

    /// Says that a room is to be looked at again, where something changed that tells. A conversation that the other has left is over.
    pub(super) async fn changed(&self, room: &Room, events: &[TimelineEvent], state: &State) {
        let state = match state {
            State::Before(state) | State::After(state) => state,
        };
        let is_telling = events.iter().any(|event| tells(event.raw())) || state.iter().any(tells_state);
        if !is_telling {
            return;
        }
        let is_direct = room.is_direct().await.unwrap_or(false);
        if is_direct && room.state() == RoomState::Joined && room.active_members_count() == 1 {
            let (matrix, room) = (self.matrix.clone(), room.clone());
            tokio::spawn(async move { matrix.end_conversation(&room).await });
            return;
        }
        self.hand_on(Event::RoomChanged {
            address: address(room.room_id()),
        })
        .await;
    }
}

fn tells(event: &Raw<AnySyncTimelineEvent>) -> bool {
    is_one_of_them(event.get_field("type").ok().flatten())
}

fn tells_state(event: &Raw<AnySyncStateEvent>) -> bool {
    is_one_of_them(event.get_field("type").ok().flatten())
}

fn is_one_of_them(kind: Option<String>) -> bool {
    kind.is_some_and(|kind| TELLING.contains(&kind.as_str()))
}

impl Matrix {
    /// Whether a room follows one where the bot is: whoever may invite there invites it to go along.
    fn is_expected(&self, room: &Room) -> bool {
        let follows = |old: Room| {
            old.successor_room()
                .is_some_and(|next| next.room_id == *room.room_id())
        };
        self.client.joined_rooms().into_iter().any(follows)
    }

    async fn take_up(&self, (room, inviter): (Room, OwnedUserId), invitation: Invitation) {
        let done = match invitation {
            Invitation::Accept => {
                if room.is_direct().await.unwrap_or(false) {
                    self.conversations.take_up(&inviter, room.room_id()).await;
                }
                room.join().await
            }
            Invitation::Decline { reason } => self.leave(room.room_id(), Some(reason)).await,
        };
        if let Err(error) = done {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                room = %room.room_id(),
                "an invitation was neither taken nor declined"
            );
        }
    }

    async fn end_conversation(&self, room: &Room) {
        let ended = async {
            self.leave(room.room_id(), None).await?;
            room.forget().await
        };
        if let Err(error) = ended.await {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                room = %room.room_id(),
                "a conversation that is over was not left"
            );
        }
    }
}
