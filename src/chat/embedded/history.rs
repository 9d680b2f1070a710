//! Where the embedded chat keeps what was written: one table of items with a kind, an id and a value.

use std::{fmt, ops::Range};

use futures_util::future::BoxFuture;

/// A limit above all that is ever kept.
pub(super) const ALL: usize = 10_000_000;

/// Keeps items. An item's id is ASCII up to its last `/`, and ids are ordered by their bytes.
pub trait History: Send + Sync {
    /// The value of an item.
    fn get<'a>(&'a self, kind: Kind, id: &'a str) -> BoxFuture<'a, anyhow::Result<Option<String>>>;

    /// The last `limit` items whose id is at least `ids.start` and less than `ids.end`, in the order of their ids.
    fn last<'a>(
        &'a self,
        kind: Kind,
        ids: Range<&'a str>,
        limit: usize,
    ) -> BoxFuture<'a, anyhow::Result<Vec<Item>>>;

    /// Keeps all of these items or, on failure, none; an item takes the place of one of the same kind and id.
    fn put(&self, items: Vec<Item>) -> BoxFuture<'_, anyhow::Result<()>>;

    /// Keeps an item no longer, where it was kept.
    fn delete<'a>(&'a self, kind: Kind, id: &'a str) -> BoxFuture<'a, anyhow::Result<()>>;
}

/// One thing that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Which it is, among those of its kind.
    pub id: String,
    /// What it says, as JSON.
    pub value: String,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// How far counting has come.
    Counter,
    /// The message that carries a key.
    Key,
    /// A person.
    Person,
    /// A picture.
    Picture,
    /// A message.
    Post,
    /// A reaction.
    Reaction,
    /// A room.
    Room,
}

impl Kind {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Key => "key",
            Self::Person => "person",
            Self::Picture => "picture",
            Self::Post => "post",
            Self::Reaction => "reaction",
            Self::Room => "room",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
