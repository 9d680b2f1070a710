//! Messages whose key we do not have: they wait for it, are read when it comes, and are told of where it does not.
//!
//! A key may come later from its sender or out of the rooms' backup. What is read late is handed on as if it had just come.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::StreamExt;
use matrix_sdk::{
    Room,
    deserialized_responses::TimelineEvent,
    ruma::{
        OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId, events::AnySyncTimelineEvent, serde::Raw,
    },
};
use serde::Deserialize;
use tokio::time::Instant;

use super::{incoming::place, session, sync::Connection};
use crate::chat::Event;

/// How long a key may take before the room is told.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long after it came a message is read again by a start, in case its key comes after all.
const HOPE: Duration = Duration::from_hours(1);
/// How often it is looked whether a key came unnoticed.
const LOOK: Duration = Duration::from_secs(10);
/// The most messages that wait; the oldest wait no more.
const MOST: usize = 1000;

/// The messages that wait for a key.
#[derive(Default)]
pub(super) struct Unreadable(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: HashMap<OwnedEventId, Waiting>,
    /// By room, what is known of it since the start.
    rooms: HashMap<OwnedRoomId, Trouble>,
}

/// The trouble of a room, if any.
#[derive(Default)]
struct Trouble {
    /// Whose messages the room was told of, and none of theirs could be read since.
    senders: HashSet<OwnedUserId>,
    /// How many of those that it was told of were read late.
    read_late: usize,
}

struct Waiting {
    room: OwnedRoomId,
    sender: OwnedUserId,
    event: Raw<AnySyncTimelineEvent>,
    since: Instant,
    /// By its sender's server, in milliseconds.
    sent_at: i64,
    is_told: bool,
}

/// The key that an encrypted event wants.
#[derive(Deserialize)]
struct Wanted {
    session_id: String,
}

impl Unreadable {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a message wait for its key.
    pub fn wait(&self, room: &Room, event: &TimelineEvent) {
        let (Some(id), Some(sender)) = (event.event_id(), event.sender()) else {
            return;
        };
        let mut state = self.state();
        if state.waiting.len() >= MOST {
            let oldest = state.waiting.iter().min_by_key(|(_, waiting)| waiting.since);
            let oldest = oldest.map(|(id, _)| id.clone());
            oldest.map(|id| state.waiting.remove(&id));
        }
        tracing::info!(room = %room.room_id(), event = %id, "a message waits for its key");
        state.waiting.entry(id).or_insert_with(|| Waiting {
            room: room.room_id().to_owned(),
            sender,
            event: event.raw().clone(),
            since: Instant::now(),
            sent_at: event.timestamp_raw().map_or(0, |millis| millis.get().into()),
            is_told: false,
        });
    }

    /// Whether a message waits whose key may still come.
    pub fn is_waiting(&self) -> bool {
        let is_fresh = |waiting: &Waiting| waiting.since.elapsed() < HOPE;
        self.state().waiting.values().any(is_fresh)
    }

    /// The messages that wait, oldest first.
    fn waiting(&self) -> Vec<(OwnedEventId, OwnedRoomId, Raw<AnySyncTimelineEvent>)> {
        let state = self.state();
        let mut waiting: Vec<_> = state.waiting.iter().collect();
        waiting.sort_by_key(|(_, waiting)| waiting.sent_at);
        waiting
            .into_iter()
            .map(|(id, waiting)| (id.clone(), waiting.room.clone(), waiting.event.clone()))
            .collect()
    }

    /// By room, how many messages have waited too long and were not told of.
    fn overdue(&self) -> BTreeMap<OwnedRoomId, usize> {
        let mut state = self.state();
        let State { waiting, rooms } = &mut *state;
        let mut overdue = BTreeMap::new();
        for waiting in waiting.values_mut() {
            if !waiting.is_told && waiting.since.elapsed() >= PATIENCE {
                waiting.is_told = true;
                *overdue.entry(waiting.room.clone()).or_default() += 1;
                let trouble = rooms.entry(waiting.room.clone()).or_default();
                trouble.senders.insert(waiting.sender.clone());
            }
        }
        overdue
    }

    /// Says that a message was read that waited. Where with it the room can be read again, returns how many of those that it was told of
    /// were read late.
    fn was_read(&self, id: &OwnedEventId) -> Option<usize> {
        let mut state = self.state();
        let read = state.waiting.remove(id).filter(|read| read.is_told)?;
        let waits = |other: &Waiting| other.is_told && other.room == read.room;
        let is_well = !state.waiting.values().any(waits);
        let trouble = state.rooms.entry(read.room).or_default();
        trouble.read_late += 1;
        is_well.then(|| std::mem::take(trouble).read_late)
    }

    /// Says that an encrypted message of somebody was read. Where with it the room can be read again, or nothing was known of the room
    /// since the start, returns how many of those that it was told of were read late.
    fn can_read(&self, room: &RoomId, sender: &UserId) -> Option<usize> {
        let mut state = self.state();
        let Some(trouble) = state.rooms.get_mut(room) else {
            state.rooms.insert(room.to_owned(), Trouble::default());
            return Some(0);
        };
        let is_well = trouble.senders.remove(sender) && trouble.senders.is_empty();
        is_well.then(|| std::mem::take(trouble).read_late)
    }
}

impl Connection {
    /// Whether an event came encrypted and could be read; what could not waits for its key.
    pub(super) async fn note_encryption(&self, room: &Room, event: &TimelineEvent) {
        let Some(sender) = event.sender().filter(|sender| *sender != self.matrix.user) else {
            return;
        };
        if event.kind.is_utd() {
            self.unreadable.wait(room, event);
        } else if event.encryption_info().is_some()
            && let Some(messages) = self.unreadable.can_read(room.room_id(), &sender)
        {
            let place = place(room).await;
            self.hand_on(Event::Readable { place, messages }).await;
        }
    }

    /// Reads what waits when its key comes, and tells of what waits too long. Never ends.
    pub(super) async fn read_what_waits(&self) {
        let keys = self.matrix.client.encryption().room_keys_received_stream().await;
        let Some(keys) = keys else { return };
        let mut keys = std::pin::pin!(keys);
        loop {
            // A key that came between the reading and the waiting is found by looking.
            tokio::select! {
                Some(_) = keys.next() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
            for (id, room, event) in self.unreadable.waiting() {
                self.try_again(&id, &room, &event).await;
            }
            for (room, messages) in self.unreadable.overdue() {
                tracing::warn!(%room, messages, "messages cannot be read: their key has not come");
                if let Some(room) = self.matrix.client.get_room(&room) {
                    let place = place(&room).await;
                    self.hand_on(Event::Unreadable { place, messages }).await;
                }
            }
        }
    }

    async fn try_again(&self, id: &OwnedEventId, room: &RoomId, event: &Raw<AnySyncTimelineEvent>) {
        let Some(room) = self.matrix.client.get_room(room) else {
            self.unreadable.was_read(id);
            return;
        };
        let Ok(event) = room.decrypt_event(event.cast_ref_unchecked(), None).await else {
            return;
        };
        if event.kind.is_utd() {
            return;
        }
        tracing::info!(room = %room.room_id(), event = %id, "a message that waited for its key is read");
        if let Some(messages) = self.unreadable.was_read(id) {
            let place = place(&room).await;
            self.hand_on(Event::Readable { place, messages }).await;
        }
        self.happened(&room, &[&event]).await;
    }

    /// Everything that the session needs beside the reading. Returns when it must not go on.
    pub(super) async fn tend(&self) -> session::LoginError {
        super::verification::decline(&self.matrix.client);
        let session = &self.matrix.session;
        let for_ever = async {
            futures_util::join!(session.settle_recovery(), self.read_what_waits());
            std::future::pending().await
        };
        tokio::select! {
            error = session.keep_stamp() => error,
            error = for_ever => error,
        }
    }
}

/// An event of a room's past, read with the key out of the backup where we have no other.
pub(super) async fn opened(room: &Room, event: TimelineEvent) -> TimelineEvent {
    if !event.kind.is_utd() {
        return event;
    }
    let content = event.raw().get_field::<Wanted>("content");
    let Ok(Some(wanted)) = content else { return event };
    let backups = room.client().encryption().backups();
    let fetched = backups
        .download_room_key(room.room_id(), &wanted.session_id)
        .await;
    if let Err(error) = fetched {
        tracing::debug!(error = &error as &dyn std::error::Error, room = %room.room_id(), "no key in the backup");
        return event;
    }
    let again = room.decrypt_event(event.raw().cast_ref_unchecked(), None).await;
    again.unwrap_or(event)
}
