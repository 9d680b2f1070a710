//! What an event of Matrix is in our words.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use matrix_sdk::{
    Room,
    deserialized_responses::TimelineEvent,
    ruma::{
        OwnedEventId, OwnedUserId,
        events::{
            AnySyncMessageLikeEvent, AnySyncTimelineEvent,
            reaction::OriginalSyncReactionEvent,
            room::{
                message::{
                    MessageType, OriginalSyncRoomMessageEvent, Relation,
                    RoomMessageEventContentWithoutRelation,
                },
                redaction::SyncRoomRedactionEvent,
            },
        },
    },
};
use tokio::sync::{mpsc, oneshot};

use super::{
    Matrix, conversation, form, offers,
    platform::{sender, senders},
    presses::Borne,
    reactions::Reaction,
    replies::{self, Asked},
    standing::address,
    sync::Connection,
    text::{self, Typed},
};
use crate::chat::{Event, Message, Place, Sender};

/// Who the people are that did something in a room.
type Known = HashMap<OwnedUserId, Sender>;

impl Connection {
    /// Takes what happened in a room, oldest first.
    pub(super) async fn happened(&self, room: &Room, events: &[&TimelineEvent]) {
        // Of thousands of reactions, each would have to look for its own.
        let people: BTreeSet<OwnedUserId> = events.iter().filter_map(|event| event.sender()).collect();
        let people: Vec<OwnedUserId> = people.into_iter().collect();
        let known = senders(room, &people).await;
        let known = people.into_iter().zip(known).collect();
        for event in events {
            self.one_happened((room, &known), event).await;
        }
    }

    async fn one_happened(&self, (room, known): (&Room, &Known), event: &TimelineEvent) {
        self.note_encryption(room, event).await;
        let Ok(AnySyncTimelineEvent::MessageLike(like)) = event.raw().deserialize() else {
            return;
        };
        if like.sender() == self.matrix.user {
            return;
        }
        match like {
            AnySyncMessageLikeEvent::RoomMessage(said) => {
                if let Some(said) = said.as_original() {
                    let invoked = offers::invoked(event, &self.matrix.user);
                    self.said(room, said, invoked).await;
                }
            }
            AnySyncMessageLikeEvent::Reaction(event) => {
                if let Some(event) = event.as_original() {
                    self.reacted((room, known), event).await;
                }
            }
            AnySyncMessageLikeEvent::RoomRedaction(event) => {
                self.taken_back((room, known), &event).await;
            }
            _ => {}
        }
    }

    /// Takes what somebody said, which their client may have made a command of.
    async fn said(&self, room: &Room, event: &OriginalSyncRoomMessageEvent, invoked: Option<String>) {
        let relation = event.content.relates_to.as_ref();
        if matches!(relation, Some(Relation::Replacement(_))) {
            return;
        }
        let place = place(room).await;
        let asked = Asked {
            room: room.clone(),
            event: event.event_id.clone(),
            under: event.event_id.clone(),
            thread: thread(relation),
            at: event.origin_server_ts.0.into(),
            sender: event.sender.clone(),
            is_private: place.is_private,
        };
        match &event.content.msgtype {
            MessageType::Text(text) => {
                let to = answered(relation);
                let typed = Typed {
                    body: &text.body,
                    html: text.formatted.as_ref().map(|formatted| formatted.body.as_str()),
                    is_reply: to.is_some(),
                    is_private: place.is_private,
                };
                let invoked = invoked.map(text::Asked::Command);
                if let Some(typed) = invoked.or_else(|| typed.asked()) {
                    self.typed((asked, place), typed, to).await;
                }
            }
            MessageType::File(file) => self.dropped(asked, place, file.clone()).await,
            _ => {}
        }
    }

    /// Hands on what somebody typed, where it may be for the bot.
    async fn typed(&self, (asked, place): (Asked, Place), typed: text::Asked, to: Option<OwnedEventId>) {
        let (reply, answer) = oneshot::channel();
        let sender = sender(&asked.room, &asked.sender).await;
        let origin = asked.origin();
        let event = match (typed, to) {
            (text::Asked::Form(form::Submitted { form, values }), _) => Event::Submitted {
                sender,
                place,
                form,
                values,
                origin,
                reply,
            },
            (text::Asked::Command(text), _) => Event::Said {
                sender,
                place,
                text,
                origin,
                reply,
            },
            (text::Asked::Words(text), Some(to)) => {
                let Ok(at) = Timestamp::from_millisecond(asked.at) else {
                    return;
                };
                Event::Replied {
                    sender,
                    place,
                    to: Message(to.to_string()),
                    text,
                    at,
                    origin,
                    reply,
                }
            }
            (text::Asked::Words(_), None) => return,
        };
        self.hand_on(event).await;
        tokio::spawn(replies::answer(self.matrix.clone(), asked, answer));
    }

    async fn reacted(&self, (room, known): (&Room, &Known), event: &OriginalSyncReactionEvent) {
        let reaction = Reaction {
            sender: event.sender.clone(),
            message: event.content.relates_to.event_id.clone(),
            key: event.content.relates_to.key.clone(),
        };
        self.matrix
            .reactions
            .note(event.event_id.clone(), reaction.clone());
        let asked = Asked {
            room: room.clone(),
            event: event.event_id.clone(),
            under: reaction.message.clone(),
            thread: None,
            at: event.origin_server_ts.0.into(),
            sender: event.sender.clone(),
            is_private: conversation::is_private(room).await,
        };
        let key = reaction.key.clone();
        match self.matrix.presses.known(&reaction.message) {
            Some(borne) if borne.button(&key).is_some() => {
                pressed((self.matrix.clone(), self.events.clone()), asked, (&borne, &key)).await;
            }
            Some(_) => {
                self.hand_on_reaction((room, known), reaction, (true, asked.at))
                    .await;
            }
            None => {
                self.hand_on_reaction((room, known), reaction, (true, asked.at))
                    .await;
                self.look_for_button(asked, key);
            }
        }
    }

    /// Finds out apart from the reading whether a reaction presses a button.
    fn look_for_button(&self, asked: Asked, key: String) {
        let (matrix, events) = (self.matrix.clone(), self.events.clone());
        tokio::spawn(async move {
            let read = matrix.presses.read(&asked.room, &matrix.user, &asked.under).await;
            match read {
                Ok(borne) => pressed((matrix, events), asked, (&borne, &key)).await,
                Err(error) => tracing::warn!(
                    error = &*error as &dyn std::error::Error,
                    room = %asked.room.room_id(),
                    "what was reacted to could not be read"
                ),
            }
        });
    }

    async fn taken_back(&self, (room, known): (&Room, &Known), event: &SyncRoomRedactionEvent) {
        let Some(event) = event.as_original() else { return };
        let rules = room.clone_info().room_version_rules_or_default();
        let Some(reaction) = self
            .matrix
            .reactions
            .take(&event.redacts(&rules.redaction).to_owned())
        else {
            return;
        };
        let at = event.origin_server_ts.0.into();
        self.hand_on_reaction((room, known), reaction, (false, at)).await;
    }

    async fn hand_on_reaction(
        &self,
        (room, known): (&Room, &Known),
        reaction: Reaction,
        (given, millis): (bool, i64),
    ) {
        let Ok(at) = Timestamp::from_millisecond(millis) else {
            return;
        };
        let sender = match known.get(&reaction.sender) {
            Some(sender) => sender.clone(),
            // Somebody else took it back.
            None => sender(room, &reaction.sender).await,
        };
        self.hand_on(Event::Reacted {
            sender,
            place: place(room).await,
            message: Message(reaction.message.to_string()),
            key: reaction.key,
            given,
            at,
        })
        .await;
    }
}

pub(super) async fn place(room: &Room) -> Place {
    let name = room.cached_display_name().map(|name| name.to_string());
    let name = name.or_else(|| room.name());
    Place {
        address: address(room.room_id()),
        name: name.unwrap_or_default(),
        is_private: conversation::is_private(room).await,
    }
}

/// Hands on that somebody pressed a button by a reaction, where there is one that it presses.
async fn pressed(
    (matrix, events): (Matrix, mpsc::Sender<Event>),
    asked: Asked,
    (borne, key): (&Borne, &str),
) {
    let Some(button) = borne.button(key) else { return };
    let asked = Asked {
        thread: borne.thread.clone(),
        ..asked
    };
    let (reply, answer) = oneshot::channel();
    let event = Event::Pressed {
        sender: sender(&asked.room, &asked.sender).await,
        place: place(&asked.room).await,
        button: button.to_owned(),
        origin: asked.origin(),
        reply,
    };
    if events.send(event).await.is_ok() {
        tokio::spawn(replies::answer(matrix, asked, answer));
    }
}

type Related<'a> = Option<&'a Relation<RoomMessageEventContentWithoutRelation>>;

/// The root of the thread that something was said in.
fn thread(relation: Related<'_>) -> Option<OwnedEventId> {
    match relation {
        Some(Relation::Thread(thread)) => Some(thread.event_id.clone()),
        _ => None,
    }
}

/// What somebody answered: in a thread, what it is about, unless they chose a message of it.
fn answered(relation: Related<'_>) -> Option<OwnedEventId> {
    match relation? {
        Relation::Reply(reply) => Some(reply.in_reply_to.event_id.clone()),
        Relation::Thread(thread) => {
            let chosen = thread.in_reply_to.as_ref().filter(|_| !thread.is_falling_back);
            Some(chosen.map_or_else(|| thread.event_id.clone(), |chosen| chosen.event_id.clone()))
        }
        _ => None,
    }
}
