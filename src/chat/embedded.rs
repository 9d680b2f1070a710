//! The embedded chat: a small chat server of our own, with rooms, people, messages and reactions, which `relais demo` serves on
//! one page.
//!
//! It is the third platform and not a special case: cards come in by [`Platform`](super::Platform), events go out by the channel
//! given at its start. It knows nothing of asks, tallies or roles, and it shows whatever it is given to whoever asks; the page's
//! guards are in `web`. All it holds is in a [`History`], so that it needs no memory of its own but the lists of rooms and people.

mod door;
mod history;
mod platform;
mod posts;
mod reactions;
mod record;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use anyhow::{Context, ensure};
use tokio::sync::{Mutex, broadcast, mpsc};

use super::{Attachment, Card, Event, Place, Sender};
use crate::{clock::Clock, domain::room::RoomAddress};

pub use door::{DoorError, Gesture, Visit};
pub use history::{History, Item, Kind};
pub use posts::{Passage, Standing, StoredPicture};
pub use record::{Author, Cast, Content, Person, PictureRef, Post, PostId, Reaction, Room};

use history::ALL;
use posts::Writer;
use record::{Placed, is_plain};

/// The platform's name, which the addresses of its rooms carry.
pub const NAME: &str = "embedded";

/// What stands before a command in a room.
pub const PREFIX: &str = "/";

/// Before a person's id, the id of their private conversation with the bot.
const DIRECT: &str = "direct:";

/// How many updates a page may be behind before it has to start from a snapshot again.
const UPDATES_KEPT: usize = 256;

/// The embedded chat.
pub struct Embedded {
    history: Arc<dyn History>,
    clock: Arc<dyn Clock>,
    events: mpsc::Sender<Event>,
    directory: RwLock<Directory>,
    /// Held while something is written, so that a key is looked for and taken in one go.
    writer: Mutex<Writer>,
    /// Held from a reaction's writing to its event, so that events come in the order of what was written.
    reacting: Mutex<()>,
    updates: broadcast::Sender<Update>,
}

/// What is kept in memory.
#[derive(Default)]
struct Directory {
    rooms: Vec<Arc<Room>>,
    people: Vec<Arc<Person>>,
}

/// Something that pages show changed.
#[derive(Debug, Clone)]
pub enum Update {
    /// A message is new, or is not what it was.
    Changed {
        /// Counts what changed since the chat was opened.
        change: u64,
        /// Where it stands.
        room: String,
        /// Which.
        post: PostId,
    },
    /// Somebody was told something that only they see.
    Whispered(Arc<Whisper>),
    /// There is another room or another person.
    Arranged,
}

/// What one person alone is told. It is not kept.
#[derive(Debug)]
pub struct Whisper {
    /// Counts the whispers and changes since the chat was opened.
    pub number: u64,
    /// Whom.
    pub person: String,
    /// The room that they were in.
    pub room: String,
    /// The message that they acted on.
    pub under: Option<PostId>,
    /// What they typed.
    pub said: Option<String>,
    /// What they are told.
    pub card: Card,
    /// A file for them.
    pub file: Option<Attachment>,
}

impl Embedded {
    /// The chat as its history has it. What people do goes to `events`.
    pub async fn open(
        history: Arc<dyn History>,
        clock: Arc<dyn Clock>,
        events: mpsc::Sender<Event>,
    ) -> anyhow::Result<Self> {
        let directory = Directory {
            rooms: load_placed(&*history, Kind::Room).await?,
            people: load_placed(&*history, Kind::Person).await?,
        };
        let writer = Writer::load(&*history).await?;
        Ok(Self {
            history,
            clock,
            events,
            directory: RwLock::new(directory),
            writer: Mutex::new(writer),
            reacting: Mutex::new(()),
            updates: broadcast::Sender::new(UPDATES_KEPT),
        })
    }

    /// Adds rooms after those that there are; one with the id of another takes its place.
    pub async fn add_rooms(&self, rooms: impl IntoIterator<Item = Room>) -> anyhow::Result<()> {
        let _writing = self.writer.lock().await;
        let mut known = self.read().rooms.clone();
        let mut items = Vec::new();
        for room in rooms {
            ensure!(is_plain(&room.id), "the room id {:?} is not plain", room.id);
            let room = Arc::new(room);
            let position = place(&mut known, &room, |known| known.id == room.id);
            items.push(Placed::item(Kind::Room, &room.id, position, &*room)?);
        }
        self.history.put(items).await.context("recording rooms")?;
        self.write().rooms = known;
        self.tell(Update::Arranged);
        Ok(())
    }

    /// Adds people after those that there are; one with the id of another takes their place.
    pub async fn add_people(&self, people: impl IntoIterator<Item = Person>) -> anyhow::Result<()> {
        let _writing = self.writer.lock().await;
        let mut known = self.read().people.clone();
        let mut items = Vec::new();
        for person in people {
            ensure!(is_plain(&person.id), "the person id {:?} is not plain", person.id);
            let person = Arc::new(person);
            let position = place(&mut known, &person, |known| known.id == person.id);
            items.push(Placed::item(Kind::Person, &person.id, position, &*person)?);
        }
        self.history.put(items).await.context("recording people")?;
        self.write().people = known;
        self.tell(Update::Arranged);
        Ok(())
    }

    /// The rooms, in order.
    pub fn rooms(&self) -> Vec<Arc<Room>> {
        self.read().rooms.clone()
    }

    /// The people, in order.
    pub fn people(&self) -> Vec<Arc<Person>> {
        self.read().people.clone()
    }

    /// The person with this id.
    pub fn person(&self, id: &str) -> Option<Arc<Person>> {
        self.read().people.iter().find(|person| person.id == id).cloned()
    }

    /// What changes from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Update> {
        self.updates.subscribe()
    }

    /// The id of somebody's private conversation with the bot, as a room.
    pub fn direct(person: &str) -> String {
        format!("{DIRECT}{person}")
    }

    /// What is typed before a command in a room; nothing in a private conversation.
    fn prefix_in(room: &str) -> &'static str {
        if room.starts_with(DIRECT) { "" } else { PREFIX }
    }

    /// The room's address.
    pub fn address(room: &str) -> RoomAddress {
        RoomAddress {
            platform: NAME.to_owned(),
            room: room.to_owned(),
        }
    }

    /// Where somebody is, in a room or in their own private conversation; nothing where there is no such room for them.
    fn place(&self, person: &Person, room: &str) -> Option<Place> {
        if let Some(owner) = room.strip_prefix(DIRECT) {
            return (owner == person.id).then(|| Place {
                address: Self::address(room),
                name: person.name.clone(),
                is_private: true,
            });
        }
        let known = self.read().rooms.iter().find(|known| known.id == room).cloned()?;
        Some(Place {
            address: Self::address(room),
            name: known.name.clone(),
            is_private: false,
        })
    }

    /// Whether the bot may write there.
    fn has_room(&self, room: &str) -> bool {
        room.strip_prefix(DIRECT).map_or_else(
            || self.read().rooms.iter().any(|known| known.id == room),
            |person| self.person(person).is_some(),
        )
    }

    /// Tells the pages that are open. Nobody may be there to be told.
    fn tell(&self, update: Update) {
        let _heard = self.updates.send(update);
    }

    fn read(&self) -> RwLockReadGuard<'_, Directory> {
        self.directory.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Directory> {
        self.directory.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Person {
    fn sender(&self) -> Sender {
        Sender {
            account: self.id.clone(),
            name: self.name.clone(),
            locale: Some(self.locale.clone()),
        }
    }
}

/// Puts an entry in the place of the one that it replaces, or at the end, and returns that place.
fn place<T>(known: &mut Vec<Arc<T>>, entry: &Arc<T>, is_same: impl Fn(&T) -> bool) -> usize {
    if let Some(position) = known.iter().position(|known| is_same(known)) {
        known[position] = Arc::clone(entry);
        return position;
    }
    known.push(Arc::clone(entry));
    known.len() - 1
}

async fn load_placed<T>(history: &dyn History, kind: Kind) -> anyhow::Result<Vec<Arc<T>>>
where
    T: serde::de::DeserializeOwned,
{
    let items = history
        .last(kind, "".."~", ALL)
        .await
        .with_context(|| format!("reading each {kind}"))?;
    let mut placed = items
        .iter()
        .map(|item| Ok(serde_json::from_str(&item.value)?))
        .collect::<anyhow::Result<Vec<Placed<T>>>>()
        .with_context(|| format!("reading a {kind}"))?;
    placed.sort_by_key(|entry| entry.position);
    Ok(placed.into_iter().map(|entry| Arc::new(entry.entry)).collect())
}
