//! What people do in the chat: each becomes an event, and its answer is shown where it belongs.
//!
//! In a room, an answer for the person alone is a whisper, which is not kept; one for the room is a message of the bot's. In a
//! private conversation everything is a command, and answers are kept as messages, since nobody else reads there.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc::Permit, oneshot},
    time::timeout,
};

use super::{Cast, Content, Embedded, PREFIX, Person, PostId, Reaction, Update, Whisper, posts::Draft};
use crate::chat::{
    Answer, Attachment, Audience, Card, DroppedFile, Event, Message, Place, Reply, Sender, Suggestion,
};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest reaction that is taken, in characters: an emoji of several people has some ten.
const REACTION_MAX: usize = 20;

/// Why something that somebody did was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// There is nobody with that id.
    #[error("there is no such person")]
    UnknownPerson,
    /// There is no such room, or it is somebody else's private conversation.
    #[error("there is no such room for them")]
    UnknownRoom,
    /// There is no such message in that room.
    #[error("there is no such message in the room")]
    UnknownMessage,
    /// It says nothing.
    #[error("it is empty")]
    Empty,
    /// It is longer than the chat takes.
    #[error("it is longer than {max} characters")]
    TooLong {
        /// How many characters it may have.
        max: usize,
    },
    /// A file is larger than [`Attachment::MAX_BYTES`], or there are more than [`DoorError::FILES_MAX`].
    #[error("it is too large")]
    TooLarge,
    /// No answer came in time. Whatever was asked may yet be done.
    #[error("no answer came in time")]
    Unanswered,
    /// The bot is stopping.
    #[error("the bot is stopping")]
    Stopping,
    /// The history failed.
    #[error("the chat's history failed")]
    Failed(#[from] anyhow::Error),
}

impl DoorError {
    /// Longest text that is taken, in characters.
    pub const TEXT_MAX: usize = 20_000;

    /// Most files dropped at once.
    pub const FILES_MAX: usize = 10;
}

/// What somebody does with a reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// They react.
    Give,
    /// They take their reaction back.
    TakeBack,
}

/// Somebody in a place, through whom they act there.
pub struct Visit<'a> {
    chat: &'a Embedded,
    person: Arc<Person>,
    place: Place,
    under: Option<PostId>,
}

impl Embedded {
    /// Tells whoever listens that the chat is there, so that what stands in it is read again.
    pub async fn connect(&self) -> Result<(), DoorError> {
        self.permit().await?.send(Event::Connected {
            platform: super::NAME.to_owned(),
        });
        Ok(())
    }

    /// Lets somebody act in a room, or in their own private conversation: [`Embedded::direct`].
    pub fn visit(&self, person: &str, room: &str) -> Result<Visit<'_>, DoorError> {
        let person = self.person(person).ok_or(DoorError::UnknownPerson)?;
        let place = self.place(&person, room).ok_or(DoorError::UnknownRoom)?;
        Ok(Visit {
            chat: self,
            person,
            place,
            under: None,
        })
    }

    /// Sends an event and waits for its answer; nothing where there is nothing to say.
    async fn asked<T>(
        &self,
        event: impl FnOnce(oneshot::Sender<T>) -> Event,
    ) -> Result<Option<T>, DoorError> {
        let (reply, answer) = oneshot::channel();
        self.permit().await?.send(event(reply));
        match timeout(PATIENCE, answer).await {
            Ok(answer) => Ok(answer.ok()),
            Err(_elapsed) => Err(DoorError::Unanswered),
        }
    }

    /// Room for one event.
    async fn permit(&self) -> Result<Permit<'_, Event>, DoorError> {
        match timeout(PATIENCE, self.events.reserve()).await {
            Ok(permit) => permit.map_err(|_closed| DoorError::Stopping),
            Err(_elapsed) => Err(DoorError::Unanswered),
        }
    }
}

impl Visit<'_> {
    /// The message on which they act, to which they reply, and below which a private answer is shown.
    pub fn under(mut self, message: &Message) -> Result<Self, DoorError> {
        self.under = Some(post_of(message)?);
        Ok(self)
    }

    /// They type a text: a command after `/` or in a private conversation, and else a message for the room, or a reply.
    pub async fn say(self, text: &str) -> Result<Option<Answer>, DoorError> {
        if text.trim().is_empty() {
            return Err(DoorError::Empty);
        }
        if text.chars().nth(DoorError::TEXT_MAX).is_some() {
            return Err(DoorError::TooLong {
                max: DoorError::TEXT_MAX,
            });
        }
        let command = self.command(text);
        if command.is_none() || self.place.is_private {
            self.record(Content::Text(text.to_owned())).await?;
        }
        let Some(command) = command else {
            return self.reply(text).await;
        };
        self.answered(Some(text), |sender, place, reply| Event::Said {
            sender,
            place,
            text: command,
            origin: None,
            reply,
        })
        .await
    }

    /// What they say under a message is a reply to it; anything else is said to the room.
    async fn reply(self, text: &str) -> Result<Option<Answer>, DoorError> {
        let Some(to) = self.under.clone() else {
            return Ok(None);
        };
        let at = self.chat.clock.now();
        self.answered(Some(text), |sender, place, reply| Event::Replied {
            sender,
            place,
            to: to.into(),
            text: text.to_owned(),
            at,
            origin: None,
            reply,
        })
        .await
    }

    /// They press a button.
    pub async fn press(self, button: &str) -> Result<Option<Answer>, DoorError> {
        let button = button.to_owned();
        self.answered(None, |sender, place, reply| Event::Pressed {
            sender,
            place,
            button,
            origin: None,
            reply,
        })
        .await
    }

    /// They send a form back.
    pub async fn submit(
        self,
        form: &str,
        values: Vec<(String, String)>,
    ) -> Result<Option<Answer>, DoorError> {
        let form = form.to_owned();
        self.answered(None, |sender, place, reply| Event::Submitted {
            sender,
            place,
            form,
            values,
            origin: None,
            reply,
        })
        .await
    }

    /// They drop files.
    pub async fn drop_files(self, files: Vec<Attachment>) -> Result<Option<Answer>, DoorError> {
        if files.is_empty() {
            return Err(DoorError::Empty);
        }
        if files.len() > DoorError::FILES_MAX
            || files.iter().any(|file| file.bytes.len() > Attachment::MAX_BYTES)
        {
            return Err(DoorError::TooLarge);
        }
        let names = files.iter().map(|file| file.name.clone()).collect();
        self.record(Content::Files(names)).await?;
        self.answered(None, |sender, place, reply| Event::Dropped {
            sender,
            place,
            files: files.into_iter().map(DroppedFile::from).collect(),
            origin: None,
            reply,
        })
        .await
    }

    /// They react to a message, or take a reaction back.
    pub async fn react(self, message: &Message, key: &str, gesture: Gesture) -> Result<(), DoorError> {
        if key.trim().is_empty() || key.chars().any(char::is_control) {
            return Err(DoorError::Empty);
        }
        if key.chars().nth(REACTION_MAX).is_some() {
            return Err(DoorError::TooLong { max: REACTION_MAX });
        }
        let (chat, id, room) = (self.chat, post_of(message)?, self.place.address.room.as_str());
        if chat.post(room, &id).await?.is_none() {
            return Err(DoorError::UnknownMessage);
        }
        let _in_order = chat.reacting.lock().await;
        let permit = chat.permit().await?;
        let at = chat.clock.now();
        let reaction = Reaction {
            person: self.person.id.clone(),
            key: key.to_owned(),
            at_ms: at.as_millisecond(),
        };
        if chat.mark(room, &id, reaction, gesture).await? {
            permit.send(Event::Reacted {
                sender: self.person.sender(),
                place: self.place,
                message: id.into(),
                key: key.to_owned(),
                given: gesture == Gesture::Give,
                at,
            });
        }
        Ok(())
    }

    /// How what they are typing may go on. The text is as it was typed; a suggestion has no prefix.
    pub async fn complete(self, text: &str) -> Result<Vec<Suggestion>, DoorError> {
        let Some(text) = self.command(text) else {
            return Ok(Vec::new());
        };
        let suggested = self.chat.asked(|suggestions| Event::Completing {
            sender: self.person.sender(),
            place: self.place,
            text,
            suggestions,
        });
        Ok(suggested.await?.unwrap_or_default())
    }

    /// The command in a text, where it is one.
    fn command(&self, text: &str) -> Option<String> {
        match text.strip_prefix(PREFIX) {
            Some(command) => Some(command.to_owned()),
            None => self.place.is_private.then(|| text.to_owned()),
        }
    }

    async fn record(&self, content: Content) -> Result<(), DoorError> {
        let draft = Draft::of_person(&self.person, content);
        self.chat.record(&self.place.address.room, draft).await?;
        Ok(())
    }

    /// Sends the event that they cause, shows the answer where it belongs, and hands it on.
    async fn answered(
        self,
        said: Option<&str>,
        event: impl FnOnce(Sender, Place, Reply) -> Event,
    ) -> Result<Option<Answer>, DoorError> {
        let (sender, place) = (self.person.sender(), self.place.clone());
        let room = self.place.address.room.as_str();
        let answer = self.chat.asked(|reply| event(sender, place, reply)).await?;
        let answer = answer.map(|answer| answer.typed_after(Embedded::prefix_in(room)));
        match &answer {
            Some(Answer::Card(card, audience)) => {
                if *audience == Audience::Room || self.place.is_private {
                    self.chat.record(room, Draft::of_bot(room, card)).await?;
                } else {
                    self.whisper(card, None, said).await;
                }
            }
            Some(Answer::Refused(card)) if self.place.is_private => {
                self.chat.record(room, Draft::of_bot(room, card)).await?;
            }
            Some(Answer::Refused(card)) => self.whisper(card, None, said).await,
            Some(Answer::File(card, file)) => self.whisper(card, Some(file), said).await,
            Some(Answer::Form(_)) | None => {}
        }
        Ok(answer)
    }

    async fn whisper(self, card: &Card, file: Option<&Attachment>, said: Option<&str>) {
        // Nobody looks through the eyes of a crowd.
        if self.person.cast == Cast::Extra {
            return;
        }
        let number = self.chat.writer.lock().await.next_change();
        self.chat.tell(Update::Whispered(Arc::new(Whisper {
            number,
            person: self.person.id.clone(),
            room: self.place.address.room,
            under: self.under,
            said: said.map(str::to_owned),
            card: card.clone(),
            file: file.cloned(),
        })));
    }
}

fn post_of(message: &Message) -> Result<PostId, DoorError> {
    PostId::parse(&message.0).ok_or(DoorError::UnknownMessage)
}
