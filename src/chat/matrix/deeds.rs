//! What is done to a message of ours beside saying it: taking it back, and giving it the reactions that people need only tap.

use anyhow::anyhow;
use matrix_sdk::{
    Room,
    config::RequestConfig,
    deserialized_responses::TimelineEvent,
    room::{IncludeRelations, MessagesOptions, RelationsOptions},
    ruma::{
        EventId, OwnedEventId, OwnedTransactionId, UInt,
        api::{client::redact::redact_event::v3::Request as Redaction, error::ErrorKind},
        events::{
            reaction::ReactionEventContent,
            relation::{Annotation, RelationType},
        },
    },
};
use serde_json::Value;

use super::{
    Matrix,
    failure::{read_error, send_error},
    platform::{PAGE, PAGES_BACK},
    render::PICTURE,
    unreadable::opened,
};
use crate::chat::{Message, SendError};

impl Matrix {
    /// Takes a message back: its words, its picture, and what its edits said, which a server keeps apart.
    pub(super) async fn redact(&self, room: &Room, message: &Message) -> Result<(), SendError> {
        let message = event_of(message)?;
        let once = RequestConfig::new().disable_retry();
        let event = room.event(&message, Some(once)).await.map_err(read_error)?;
        if is_redacted(&event) {
            // By a try that did not come to its end.
            return redact_all(room, self.edits_in_past(room, &message).await?).await;
        }
        let event = opened(room, event).await;
        let content: Option<Value> = event.raw().get_field("content").ok().flatten();
        // What cannot be decrypted tells of no picture, and goes all the same.
        let content = content.unwrap_or_default();
        // Once it is gone the server tells of its edits no more, and nothing of its picture.
        let edits = self.edits(room, &message).await?;
        let picture: Option<OwnedEventId> = content[PICTURE].as_str().and_then(|id| id.try_into().ok());
        // The picture first: a try that goes no further can be begun anew.
        if let Some(picture) = &picture {
            redact(room, picture).await?;
        }
        redact(room, &message).await?;
        redact_all(room, edits).await
    }

    /// Our edits of a message that stands.
    async fn edits(&self, room: &Room, message: &EventId) -> Result<Vec<OwnedEventId>, SendError> {
        let (mut edits, mut from) = (Vec::new(), None);
        loop {
            let options = RelationsOptions {
                from: from.take(),
                limit: Some(UInt::from(PAGE)),
                include_relations: IncludeRelations::RelationsOfType(RelationType::Replacement),
                ..RelationsOptions::default()
            };
            let page = room
                .relations(message.to_owned(), options)
                .await
                .map_err(read_error)?;
            edits.extend(
                page.chunk
                    .iter()
                    .filter(|event| self.is_ours(event))
                    .filter_map(TimelineEvent::event_id),
            );
            match page.next_batch_token {
                Some(token) => from = Some(token),
                None => return Ok(edits),
            }
        }
    }

    /// Our edits of a message that was taken back, as far as they still stand: looked for in the room's past.
    async fn edits_in_past(&self, room: &Room, message: &EventId) -> Result<Vec<OwnedEventId>, SendError> {
        let mut edits = Vec::new();
        let mut options = MessagesOptions::backward();
        for _ in 0..PAGES_BACK {
            options.limit = UInt::from(PAGE);
            let page = room.messages(options).await.map_err(read_error)?;
            for event in page.chunk.iter().filter(|event| self.is_ours(event)) {
                let content: Option<Value> = event.raw().get_field("content").ok().flatten();
                let relation = content.map(|mut content| content["m.relates_to"].take());
                let is_edit = relation.is_some_and(|relation| {
                    relation["rel_type"] == "m.replace" && relation["event_id"] == message.as_str()
                });
                edits.extend(event.event_id().filter(|_| is_edit));
            }
            let is_there = page
                .chunk
                .iter()
                .any(|event| event.event_id().as_deref() == Some(message));
            let Some(end) = page.end.filter(|_| !is_there) else {
                break;
            };
            options = MessagesOptions::backward().from(end.as_str());
        }
        Ok(edits)
    }

    fn is_ours(&self, event: &TimelineEvent) -> bool {
        event.sender().is_some_and(|sender| sender == self.user)
    }

    /// Gives a message these reactions.
    pub(super) async fn seed(
        &self,
        room: &Room,
        message: &Message,
        keys: &[String],
    ) -> Result<(), SendError> {
        let message = event_of(message)?;
        for key in keys {
            let reaction = ReactionEventContent::new(Annotation::new(message.clone(), key.clone()));
            let once = RequestConfig::new().disable_retry();
            match room.send(reaction).with_request_config(once).await {
                // It was given by a try that the server stopped.
                Err(error)
                    if matches!(
                        error.client_api_error_kind(),
                        Some(ErrorKind::DuplicateAnnotation)
                    ) => {}
                Err(error) => return Err(send_error(error)),
                Ok(_) => {}
            }
        }
        Ok(())
    }
}

async fn redact_all(room: &Room, events: Vec<OwnedEventId>) -> Result<(), SendError> {
    for event in events {
        redact(room, &event).await?;
    }
    Ok(())
}

fn is_redacted(event: &TimelineEvent) -> bool {
    let unsigned: Option<Value> = event.raw().get_field("unsigned").ok().flatten();
    unsigned.is_some_and(|unsigned| unsigned.get("redacted_because").is_some())
}

async fn redact(room: &Room, event: &EventId) -> Result<(), SendError> {
    // The same for the same event: what a try that the server stopped had taken back costs nothing when it is done again.
    let transaction = OwnedTransactionId::from(format!("redact.{event}"));
    let request = Redaction::new(room.room_id().to_owned(), event.to_owned(), transaction);
    let once = RequestConfig::new().disable_retry();
    let redacted = room.client().send(request).with_request_config(once).await;
    redacted
        .map(drop)
        .map_err(|error| match send_error(error.into()) {
            // Nobody gives a right back in a room that another follows.
            SendError::Absent(error) if room.is_tombstoned() => SendError::Refused(error),
            error => error,
        })
}

fn event_of(message: &Message) -> Result<OwnedEventId, SendError> {
    let event = message.0.as_str().try_into();
    event.map_err(|error| SendError::Refused(anyhow!("{:?} is no message: {error}", message.0)))
}
