//! What an event of Matrix is in our words.

use jiff::Timestamp;
use matrix_sdk::{
    Room,
    deserialized_responses::TimelineEvent,
    media::{MediaFormat, MediaRequestParameters},
    ruma::{
        UserId,
        events::{
            AnySyncMessageLikeEvent, AnySyncTimelineEvent,
            reaction::OriginalSyncReactionEvent,
            room::{
                message::{FileMessageEventContent, MessageType, OriginalSyncRoomMessageEvent, Relation},
                redaction::SyncRoomRedactionEvent,
            },
        },
    },
};
use tokio::sync::oneshot;

use super::{
    NAME, PREFIX, conversation, form, platform::sender, reactions::Reaction, replies, sync::Connection,
};
use crate::{
    chat::{Attachment, Event, Message, Place},
    domain::room::RoomAddress,
};

impl Connection {
    /// Takes something that happened in a room.
    pub(super) async fn happened(&self, room: &Room, event: &TimelineEvent) {
        let Ok(AnySyncTimelineEvent::MessageLike(event)) = event.raw().deserialize() else {
            return;
        };
        if event.sender() == self.matrix.user {
            return;
        }
        match event {
            AnySyncMessageLikeEvent::RoomMessage(event) => {
                if let Some(event) = event.as_original() {
                    self.said(room, event).await;
                }
            }
            AnySyncMessageLikeEvent::Reaction(event) => {
                if let Some(event) = event.as_original() {
                    self.reacted(room, event).await;
                }
            }
            AnySyncMessageLikeEvent::RoomRedaction(event) => self.taken_back(room, &event).await,
            _ => {}
        }
    }

    async fn said(&self, room: &Room, event: &OriginalSyncRoomMessageEvent) {
        if matches!(event.content.relates_to, Some(Relation::Replacement(_))) {
            return;
        }
        let place = place(room).await;
        let asked = replies::Asked {
            room: room.clone(),
            event: event.event_id.clone(),
            at: event.origin_server_ts.0.into(),
            sender: event.sender.clone(),
            is_private: place.is_private,
        };
        match &event.content.msgtype {
            MessageType::Text(text) => {
                if let Some(text) = command(&text.body, &place) {
                    self.typed(asked, place, text).await;
                }
            }
            MessageType::File(file) => self.dropped(asked, place, file.clone()),
            _ => {}
        }
    }

    /// Hands on a command, or a form that comes back as a text.
    async fn typed(&self, asked: replies::Asked, place: Place, text: String) {
        let (reply, answer) = oneshot::channel();
        let sender = sender(&asked.room, &asked.sender).await;
        let origin = asked.origin();
        self.hand_on(match form::read(&text) {
            Some(form::Submitted { form, values }) => Event::Submitted {
                sender,
                place,
                form,
                values,
                origin,
                reply,
            },
            None => Event::Said {
                sender,
                place,
                text,
                origin,
                reply,
            },
        })
        .await;
        tokio::spawn(replies::answer(self.matrix.clone(), asked, answer));
    }

    /// Fetches a file that somebody dropped and hands it on. The reading does not wait for it.
    fn dropped(&self, asked: replies::Asked, place: Place, file: FileMessageEventContent) {
        let (matrix, events) = (self.matrix.clone(), self.events.clone());
        let size = file.info.as_ref().and_then(|info| info.size).map(u64::from);
        if size.is_some_and(|size| size > Attachment::MAX_BYTES as u64) {
            return;
        }
        tokio::spawn(async move {
            let name = file.filename().to_owned();
            let request = MediaRequestParameters {
                source: file.source,
                format: MediaFormat::File,
            };
            let bytes = match matrix.client.media().get_media_content(&request, false).await {
                Ok(bytes) => bytes,
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        room = %asked.room.room_id(),
                        "a file could not be fetched"
                    );
                    return;
                }
            };
            if bytes.len() > Attachment::MAX_BYTES {
                return;
            }
            let (reply, answer) = oneshot::channel();
            let event = Event::Dropped {
                sender: sender(&asked.room, &asked.sender).await,
                place,
                files: vec![Attachment {
                    name,
                    bytes: bytes.into(),
                }],
                origin: asked.origin(),
                reply,
            };
            if events.send(event).await.is_ok() {
                replies::answer(matrix, asked, answer).await;
            }
        });
    }

    async fn reacted(&self, room: &Room, event: &OriginalSyncReactionEvent) {
        let reaction = Reaction {
            sender: event.sender.clone(),
            message: event.content.relates_to.event_id.clone(),
            key: event.content.relates_to.key.clone(),
        };
        self.matrix
            .reactions
            .note(event.event_id.clone(), reaction.clone());
        self.hand_on_reaction(room, reaction, true, event.origin_server_ts.0.into())
            .await;
    }

    async fn taken_back(&self, room: &Room, event: &SyncRoomRedactionEvent) {
        let Some(event) = event.as_original() else { return };
        let rules = room.clone_info().room_version_rules_or_default();
        let Some(reaction) = self
            .matrix
            .reactions
            .take(&event.redacts(&rules.redaction).to_owned())
        else {
            return;
        };
        self.hand_on_reaction(room, reaction, false, event.origin_server_ts.0.into())
            .await;
    }

    async fn hand_on_reaction(&self, room: &Room, reaction: Reaction, given: bool, millis: i64) {
        let Ok(at) = Timestamp::from_millisecond(millis) else {
            return;
        };
        self.hand_on(Event::Reacted {
            sender: sender(room, &reaction.sender).await,
            place: place(room).await,
            message: Message(reaction.message.to_string()),
            key: reaction.key,
            given,
            at,
        })
        .await;
    }

    /// Takes an invitation, where it comes from somebody from whom they are taken.
    pub(super) async fn invited(&self, room: Room) {
        let invite = room.invite_details().await;
        let is_welcome = invite.is_ok_and(|invite| self.takes_invitations_of(&invite.inviter_id));
        tokio::spawn(async move {
            let done = if is_welcome {
                room.join().await
            } else {
                room.leave().await
            };
            if let Err(error) = done {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    room = %room.room_id(),
                    "an invitation was neither taken nor declined"
                );
            }
        });
    }

    fn takes_invitations_of(&self, inviter: &UserId) -> bool {
        let server = inviter.server_name().as_str();
        self.invited_by
            .iter()
            .any(|allowed| allowed == inviter.as_str() || allowed == server)
    }
}

async fn place(room: &Room) -> Place {
    let name = room.cached_display_name().map(|name| name.to_string());
    Place {
        address: RoomAddress {
            platform: NAME.to_owned(),
            room: room.room_id().to_string(),
        },
        name: name.unwrap_or_default(),
        is_private: conversation::is_private(room).await,
    }
}

/// The command that a text is: what follows the prefix, or all of it in a private conversation.
fn command(text: &str, place: &Place) -> Option<String> {
    let text = text.trim();
    let word = PREFIX.trim_end();
    let typed = match text.get(..word.len()) {
        Some(start) if start.eq_ignore_ascii_case(word) => {
            let rest = &text[word.len()..];
            (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim().to_owned())
        }
        _ => None,
    };
    match typed {
        Some(command) if command.is_empty() => Some("help".to_owned()),
        Some(command) => Some(command),
        None => (place.is_private && !text.is_empty()).then(|| text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(is_private: bool) -> Place {
        Place {
            address: RoomAddress {
                platform: NAME.into(),
                room: "!a".into(),
            },
            name: "a".into(),
            is_private,
        }
    }

    #[test]
    fn only_what_follows_the_prefix_is_a_command() {
        for (text, in_room, in_private) in [
            ("!relais today", Some("today"), Some("today")),
            ("!Relais  ask list ", Some("ask list"), Some("ask list")),
            ("!relais", Some("help"), Some("help")),
            ("!relaisé", None, Some("!relaisé")),
            ("today", None, Some("today")),
            ("> !relais stop", None, Some("> !relais stop")),
            ("  ", None, None),
        ] {
            assert_eq!(command(text, &place(false)).as_deref(), in_room, "{text:?}");
            assert_eq!(command(text, &place(true)).as_deref(), in_private, "{text:?}");
        }
    }
}
