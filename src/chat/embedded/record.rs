//! What is kept, as it is written down.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Item, Kind};
use crate::chat::{Card, Message};

/// Longest id of a room or a person, in bytes.
const ID_MAX: usize = 64;

/// Whether a text can be the id of a room or a person: letters, digits and `-` of ASCII.
pub(super) fn is_plain(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !id.is_empty() && id.len() <= ID_MAX && id.bytes().all(plain)
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Letters, digits and `-`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it is about, in a sentence, in the room's language.
    pub topic: String,
    /// Short labels beside its name, such as its language.
    pub labels: Vec<String>,
}

/// Somebody in the chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Letters, digits and `-`.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// The locale of their client, such as `fr-CA`.
    pub locale: String,
    /// Who they are, in a few words.
    pub about: String,
    /// Whether the page lets one be them.
    pub cast: Cast,
}

/// What part somebody has in the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cast {
    /// The page lets one be them.
    Lead,
    /// One of a crowd.
    Extra,
}

/// A message's number, counted through the whole chat, in digits that sort as the numbers do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostId(String);

impl PostId {
    /// The id of the message with this number.
    pub(super) fn numbered(number: u64) -> Self {
        Self(format!("{number:012}"))
    }

    /// The id in this text, where it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self(text.to_owned()))
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PostId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<PostId> for Message {
    fn from(id: PostId) -> Self {
        Self(id.0)
    }
}

/// A message in a room or in a private conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Which it is.
    pub id: PostId,
    /// Whose.
    pub author: Author,
    /// What it says.
    pub content: Content,
    /// When it was written, in UTC milliseconds.
    pub at_ms: i64,
    /// Whether it says something else than at first.
    pub is_edited: bool,
}

impl Post {
    /// When it was written.
    pub fn at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.at_ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// Whose a message is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// The bot's.
    Bot,
    /// That of the person with this id.
    Person(String),
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// What somebody typed.
    Text(String),
    /// What the bot says.
    Card {
        /// All but the picture.
        card: Box<Card>,
        /// The picture.
        picture: Option<PictureRef>,
    },
    /// The names of the files that somebody dropped.
    Files(Vec<String>),
    /// Nothing any more: the bot took it back.
    Withdrawn,
}

/// A picture, but for its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRef {
    /// What it is kept by: the digest of its bytes.
    pub id: String,
    /// Its name as a file.
    pub name: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

/// A reaction that stands on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// The id of the person whose it is.
    pub person: String,
    /// The emoji.
    pub key: String,
    /// When it was given, in UTC milliseconds.
    pub at_ms: i64,
}

/// Something that has its place in a list.
#[derive(Serialize, Deserialize)]
pub(super) struct Placed<T> {
    pub(super) position: usize,
    pub(super) entry: T,
}

impl<T: Serialize> Placed<T> {
    pub(super) fn item(kind: Kind, id: &str, position: usize, entry: T) -> anyhow::Result<Item> {
        Ok(Item {
            kind,
            id: id.to_owned(),
            value: serde_json::to_string(&Self { position, entry })?,
        })
    }
}
