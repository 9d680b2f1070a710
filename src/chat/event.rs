//! What comes in, in our words.

use std::{
    fmt,
    future::{Future, ready},
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::Card;
use crate::domain::{
    room::RoomAddress,
    text::{clean_line, shortened},
};

/// Somebody on a platform, as that platform tells of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The platform's own id for the account.
    pub account: String,
    /// The name that the platform shows for it.
    pub name: String,
    /// The locale of their client, where the platform tells.
    pub locale: Option<String>,
}

impl Sender {
    /// The longest name that is kept, in letters.
    const NAME_MAX: usize = 80;

    /// The name as it may be stored and shown: people type their names too.
    pub fn shown_name(&self) -> String {
        shortened(&clean_line(&self.name), Self::NAME_MAX)
    }
}

/// Where something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The room.
    pub address: RoomAddress,
    /// What people call it.
    pub name: String,
    /// Whether it is a conversation with the bot alone, where commands need no prefix.
    pub is_private: bool,
}

/// A message, by the platform's own id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Message(pub String);

/// A file at hand. Its bytes are no more than [`Attachment::MAX_BYTES`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Attachment {
    /// The largest file that is read: Discord's own limit for a file, 10 MiB.
    pub const MAX_BYTES: usize = 10 * 1024 * 1024;
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is larger than [`Attachment::MAX_BYTES`].
    TooLarge,
    /// It could not be fetched, or not decrypted.
    NotFetched,
}

/// A file that somebody dropped. It is fetched when somebody wants it: most files are none of ours.
pub struct DroppedFile {
    /// Its name.
    pub name: String,
    /// Behind a lock, so that it may be looked at from several threads; only its owner ever opens it.
    bytes: Mutex<BoxFuture<'static, Result<Arc<[u8]>, Unread>>>,
}

impl DroppedFile {
    /// A file that is still to be fetched, which nothing begins before [`Self::fetch`].
    pub fn new(
        name: String,
        bytes: impl Future<Output = Result<Arc<[u8]>, Unread>> + Send + 'static,
    ) -> Self {
        let bytes = Mutex::new(bytes.boxed());
        Self { name, bytes }
    }

    /// Fetches it, or says of which file it is true why it is not read.
    pub async fn fetch(self) -> Result<Attachment, (String, Unread)> {
        let bytes = self.bytes.into_inner().unwrap_or_else(PoisonError::into_inner);
        match bytes.await {
            Ok(bytes) => Ok(Attachment {
                name: self.name,
                bytes,
            }),
            Err(why) => Err((self.name, why)),
        }
    }
}

impl From<Attachment> for DroppedFile {
    fn from(file: Attachment) -> Self {
        Self::new(file.name, ready(Ok(file.bytes)))
    }
}

impl fmt::Debug for DroppedFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DroppedFile").finish_non_exhaustive()
    }
}

/// Which of a platform's own events brought something, on platforms that may tell of one again: after a crash, a gap or a lost
/// session. What it asks for is carried out once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The platform's own id of the event.
    pub event: String,
    /// When it happened, by the platform's clock.
    pub at: Timestamp,
}

/// Something that happened on a platform.
#[derive(Debug)]
pub enum Event {
    /// Somebody typed a command: the text after the platform's prefix.
    Said {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// What, without the prefix.
        text: String,
        /// What brought it, where the platform may tell of it again.
        origin: Option<Origin>,
        /// Where the answer goes.
        reply: Reply,
    },
    /// Somebody is typing a command and wants to know how it may go on.
    Completing {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// What stands before the cursor, without the prefix.
        text: String,
        /// Where the suggestions go.
        suggestions: oneshot::Sender<Vec<Suggestion>>,
    },
    /// Somebody gave a command that the platform's own clients know: see [`super::CommandShape`].
    Called {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// Which, by its whole English name.
        command: String,
        /// What was given to it, by the parameter's English name: each value as it is, with nothing to be read between the lines.
        arguments: Vec<(String, String)>,
        /// The files that were given to it.
        files: Vec<DroppedFile>,
        /// What brought it, where the platform may tell of it again.
        origin: Option<Origin>,
        /// Where the answer goes.
        reply: Reply,
    },
    /// Somebody is typing what a command that clients know is given, and wants to know what it may be.
    Suggesting {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// Which command, by its whole English name.
        command: String,
        /// Which parameter, by its English name.
        parameter: String,
        /// What is typed so far.
        typed: String,
        /// Where the suggestions go: each value, and what people call it.
        suggestions: oneshot::Sender<Vec<(String, String)>>,
    },
    /// Somebody pressed a button.
    Pressed {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// The button's id.
        button: String,
        /// What brought it, where the platform may tell of it again.
        origin: Option<Origin>,
        /// Where the answer goes.
        reply: Reply,
    },
    /// Somebody sent a form back.
    Submitted {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// The form's id.
        form: String,
        /// What was filled in, by the field's id.
        values: Vec<(String, String)>,
        /// What brought it, where the platform may tell of it again.
        origin: Option<Origin>,
        /// Where the answer goes.
        reply: Reply,
    },
    /// Somebody dropped files.
    Dropped {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// The files, in one message.
        files: Vec<DroppedFile>,
        /// What brought it, where the platform may tell of it again.
        origin: Option<Origin>,
        /// Where the answer goes.
        reply: Reply,
    },
    /// Somebody answered a message with a text that is no command. Most of it is conversation.
    Replied {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// What they answered.
        to: Message,
        /// What they wrote.
        text: String,
        /// When, by the platform's clock or else ours.
        at: Timestamp,
        /// What brought it, where the platform may tell of it again.
        origin: Option<Origin>,
        /// Where what is said to it goes.
        reply: Reply,
    },
    /// Somebody reacted to a message, or took a reaction back. Events of one platform come in the order in which it told them.
    Reacted {
        /// Who.
        sender: Sender,
        /// Where.
        place: Place,
        /// To what.
        message: Message,
        /// With what: an emoji.
        key: String,
        /// Whether it was given rather than taken back.
        given: bool,
        /// When, by the platform's clock or else ours.
        at: Timestamp,
    },
    /// A moderator took reactions away from a message: nobody tells whose they were.
    Cleared {
        /// Where.
        address: RoomAddress,
        /// From what.
        message: Message,
    },
    /// Messages of a room came encrypted, and their key did not come in time: what they say did not reach us.
    Unreadable {
        /// Where.
        place: Place,
        /// How many.
        messages: usize,
    },
    /// A room can be read again.
    Readable {
        /// Where.
        place: Place,
        /// How many messages were read late after all that were told of as unreadable.
        messages: usize,
    },
    /// Somebody invites the bot into a room, or to a conversation with them alone.
    Invited {
        /// Who.
        sender: Sender,
        /// Into what.
        place: Place,
        /// Where it goes what to make of it. Without an answer it stays as it is, and is asked about again at the next start.
        answer: oneshot::Sender<Invitation>,
    },
    /// The bot came into a room where it was not, into a space or into a server.
    Entered {
        /// Who let it in, where the platform tells.
        by: Option<Sender>,
        /// Where.
        place: Place,
        /// How far that reaches.
        reach: Reach,
        /// The platform's own id of that: it may tell of it again.
        entry: String,
    },
    /// Something of a room or a space changed, or of how the bot stands there: it is to be looked at again.
    RoomChanged {
        /// Which.
        address: RoomAddress,
    },
    /// The platform is connected, for the first time or after a gap: what stands there is to be read again.
    Connected {
        /// Which platform.
        platform: String,
    },
}

/// How far it reaches that the bot came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A room, or a conversation with somebody alone.
    Room,
    /// A space: what holds rooms that the bot is not in for that, and has no messages of its own.
    Space,
    /// A server: whoever is in it is in its rooms.
    Server,
}

/// What to make of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invitation {
    /// Take it.
    Accept,
    /// Decline it.
    Decline {
        /// Why, in words for whoever invited.
        reason: String,
    },
}

/// Where the answer to an event goes. Dropping it without an answer is an answer too: there is nothing to say.
pub type Reply = oneshot::Sender<Answer>;

/// What somebody who did something is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A message.
    Card(Card, Audience),
    /// A message for them alone: nothing came of what they did, and they may do it again.
    Refused(Card),
    /// A form to fill in.
    Form(Form),
    /// A file, with a message.
    File(Card, Attachment),
}

impl Answer {
    /// A message for them alone.
    pub const fn private(card: Card) -> Self {
        Self::Card(card, Audience::Sender)
    }

    /// The same, said in the open where it may be: a message is, a form and a file are not.
    #[must_use]
    pub fn in_the_open(self) -> Self {
        match self {
            Self::Card(card, _) | Self::Refused(card) => Self::Card(card, Audience::Room),
            other => other,
        }
    }
}

/// Who reads an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Only whoever asked.
    Sender,
    /// Everybody in the room.
    Room,
}

/// Questions to be answered together. A platform may keep them where they are answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What comes back with the answers: at most 100 ASCII characters.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What is wrong with what was sent, where it was sent before.
    pub mistakes: Vec<String>,
    /// How to answer where there are no forms: by a text that is filled in and sent back.
    pub by_text: String,
    /// What sends it, where that is a button of ours.
    pub send: String,
    /// The questions.
    pub fields: Vec<Field>,
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What comes back with the answer.
    pub id: String,
    /// The question.
    pub label: String,
    /// How to answer it, where that is not plain.
    pub hint: Option<String>,
    /// What is answered so far.
    pub value: String,
    /// How it is answered.
    pub kind: FieldKind,
    /// Whether it must be answered.
    pub is_required: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// With a line.
    Line,
    /// With some lines.
    Text,
    /// With one of these: the value and what it is called.
    OneOf(Vec<(String, String)>),
    /// With some of these: the values come back separated by `;`.
    SomeOf(Vec<(String, String)>),
}

/// How a command may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole command with it, without the prefix.
    pub text: String,
    /// What it does or names.
    pub label: String,
}
