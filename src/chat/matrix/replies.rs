//! The answers to what people typed: in a thread under it, or in private where it is for them alone.

use std::time::Duration;

use jiff::Timestamp;
use matrix_sdk::{
    Room,
    ruma::{OwnedEventId, OwnedUserId},
};
use serde_json::{Value, json};
use tokio::{sync::oneshot, time::Instant};

use super::{
    Matrix, PREFIX, form,
    posting::{post_content, post_file, post_picture},
    render::{self, Tone},
};
use crate::chat::{Answer, Audience, Card, Origin, SendError};

/// How long it is tried to have a private conversation for an answer: whoever asked waits no longer.
const HELD: Duration = Duration::from_mins(15);
/// How long after a failure that is tried again, where the server does not say.
const AGAIN: Duration = Duration::from_secs(5);

/// What is answered.
pub(super) struct Asked {
    /// Where.
    pub room: Room,
    /// What asked: a message, or a reaction.
    pub event: OwnedEventId,
    /// The message under which it is answered in the open.
    pub under: OwnedEventId,
    /// The root of the thread that this message is in.
    pub thread: Option<OwnedEventId>,
    /// When it was sent, in milliseconds.
    pub at: i64,
    /// Whose.
    pub sender: OwnedUserId,
    /// Whether nobody else reads there.
    pub is_private: bool,
}

impl Asked {
    /// The event that asked.
    pub fn origin(&self) -> Option<Origin> {
        let at = Timestamp::from_millisecond(self.at).ok()?;
        let event = self.event.to_string();
        Some(Origin { event, at })
    }
}

impl Asked {
    /// How an answer says that it is in the thread of what asked, or begins one under it.
    fn in_thread(&self) -> Value {
        json!({
            "rel_type": "m.thread",
            "event_id": self.thread.as_ref().unwrap_or(&self.under),
            "is_falling_back": true,
            "m.in_reply_to": { "event_id": self.under },
        })
    }
}

/// Waits for an answer and sends it where it belongs.
pub(super) async fn answer(matrix: Matrix, asked: Asked, answer: oneshot::Receiver<Answer>) {
    // No answer is one too: there is nothing to say.
    let Ok(answer) = answer.await else { return };
    if let Err(error) = matrix.reply(&asked, answer).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            room = %asked.room.room_id(),
            "an answer could not be given"
        );
    }
}

impl Matrix {
    async fn reply(&self, asked: &Asked, answer: Answer) -> Result<(), SendError> {
        let (card, audience, file) = match answer {
            Answer::Card(card, audience) => (card, audience, None),
            Answer::Refused(card) => (card, Audience::Sender, None),
            Answer::File(card, file) => (card, Audience::Sender, Some(file)),
            Answer::Form(form) => (form::card(&form), Audience::Sender, None),
        };
        if audience == Audience::Room && !asked.is_private {
            let _on_its_way = self.answering.begin();
            return say(&asked.room, &card.typed_after(PREFIX), Some(asked.in_thread())).await;
        }
        let room = if asked.is_private {
            asked.room.clone()
        } else {
            self.conversation_in_time(asked.sender.as_str()).await?
        };
        let _on_its_way = self.answering.begin();
        let thread = asked.thread.is_some().then(|| asked.in_thread());
        say(&room, &card.typed_after(""), thread.filter(|_| asked.is_private)).await?;
        match file {
            Some(file) => post_file(&room, &file).await,
            None => Ok(()),
        }
    }

    /// The private conversation with an account, which is begun later where the server makes no room now.
    async fn conversation_in_time(&self, account: &str) -> Result<Room, SendError> {
        let until = Instant::now() + HELD;
        loop {
            match self.conversation(account).await {
                Err(SendError::Retry { after, source }) => {
                    let wait = after.unwrap_or(AGAIN);
                    if Instant::now() + wait > until {
                        return Err(SendError::Retry { after, source });
                    }
                    tokio::time::sleep(wait).await;
                }
                done => return done,
            }
        }
    }
}

/// Says something that notifies nobody, in a thread where there is one, its picture first.
async fn say(room: &Room, card: &Card, thread: Option<Value>) -> Result<(), SendError> {
    if let Some(picture) = &card.picture {
        post_picture(room, picture, None).await?;
    }
    let mut content = render::content(card, Tone::Notice);
    if let Some(relation) = thread {
        content.insert("m.relates_to".to_owned(), relation);
    }
    post_content(room, content, None).await?;
    Ok(())
}
