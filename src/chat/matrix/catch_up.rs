//! What the ordinary reading would miss: the rest of a room of which an answer brings only the end, and what a process had in hand
//! when it was killed.
//!
//! The library stores how far it has read before we are told what it read. So we keep a mark of our own, some minutes behind: from
//! there a start after a kill reads once more. What was carried out already is known as such when it is handed on again.

use std::{
    collections::{HashSet, VecDeque},
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use matrix_sdk::{
    Room,
    deserialized_responses::TimelineEvent,
    room::MessagesOptions,
    ruma::{
        OwnedEventId, UInt,
        api::{
            Direction,
            client::{
                filter::{EventFormat, Filter, FilterDefinition, RoomEventFilter, RoomFilter},
                sync::sync_events,
            },
        },
        events::AnySyncTimelineEvent,
        presence::PresenceState,
        serde::Raw,
    },
};
use tokio::time::Instant;

use super::sync::Connection;

/// How long after an answer all that it brought is surely carried out or lost with the process.
pub(super) const IN_HAND: Duration = Duration::from_mins(2);
/// The most events on a page of a room's past.
const PAGE: u32 = 1000;
/// The most pages that are read back: more than the storm that Relais is built for.
const PAGES_MAX: usize = 10_000;
/// What there is to find in a room's past; the members for where the bot came in.
const KINDS: [&str; 5] = [
    "m.room.message",
    "m.room.encrypted",
    "m.reaction",
    "m.room.redaction",
    "m.room.member",
];

/// Up to where in a room's past to read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Until<'a> {
    /// Up to this point of the server's.
    Token(&'a str),
    /// Up to what happened before this.
    Instant(Timestamp),
}

impl Connection {
    /// What happened in a room before a point of its past, oldest first: up to `until`, or to where the bot came in.
    pub(super) async fn walk_back(
        &self,
        room: &Room,
        from: &str,
        until: Until<'_>,
    ) -> matrix_sdk::Result<Vec<TimelineEvent>> {
        let mut newest_first = Vec::new();
        let mut from = from.to_owned();
        for _ in 0..PAGES_MAX {
            let mut options = MessagesOptions::new(Direction::Backward).from(from.as_str());
            options.limit = UInt::from(PAGE);
            options.filter.types = Some(KINDS.map(str::to_owned).into());
            if let Until::Token(token) = until {
                options.to = Some(token.to_owned());
            }
            let page = room.messages(options).await?;
            let reaches_start = page.chunk.iter().any(|event| self.is_our_joining(event));
            let is_older = |event: &TimelineEvent| match until {
                Until::Token(_) => false,
                Until::Instant(instant) => happened_at(event).is_none_or(|at| at < instant),
            };
            let is_enough = !page.chunk.is_empty() && page.chunk.iter().all(is_older);
            newest_first.extend(page.chunk);
            match page.end {
                Some(end) if !reaches_start && !is_enough => from = end,
                _ => break,
            }
        }
        newest_first.reverse();
        Ok(newest_first)
    }

    /// Takes what happened between two points, of which the library has passed the second already, and maybe more. Returns what it took.
    pub(super) async fn take_between(
        &self,
        mark: &str,
        passed: &str,
    ) -> matrix_sdk::Result<HashSet<OwnedEventId>> {
        let mut request = sync_events::v3::Request::new();
        request.since = Some(mark.to_owned());
        request.timeout = Some(Duration::ZERO);
        request.set_presence = PresenceState::Offline;
        request.filter = Some(sync_events::v3::Filter::FilterDefinition(only_timelines(passed)));
        let answer = self.matrix.client.send(request).await?;
        let mut taken = HashSet::new();
        for (id, update) in answer.rooms.join {
            let Some(room) = self.matrix.client.get_room(&id) else {
                continue;
            };
            let mut events = Vec::new();
            if let Some(from) = update.timeline.prev_batch.filter(|_| update.timeline.limited) {
                events = self.walk_back(&room, &from, Until::Token(mark)).await?;
            }
            for event in update.timeline.events {
                events.push(decrypted(&room, event).await);
            }
            self.came(&room, &events).await;
            let events: Vec<_> = self.since_we_joined(&events).iter().collect();
            // Its key may be among what the library has not read yet, and then it comes once more.
            let read = events.iter().filter(|event| !event.kind.is_utd());
            taken.extend(read.filter_map(|event| event.event_id()));
            self.happened(&room, &events).await;
        }
        Ok(taken)
    }
}

/// When something happened, by its sender's server.
pub(super) fn happened_at(event: &TimelineEvent) -> Option<Timestamp> {
    let millis = event.timestamp_raw()?;
    Timestamp::from_millisecond(millis.get().into()).ok()
}

/// A filter that leaves out all but what happened in rooms.
///
/// Synapse answers what it was asked minutes ago as it did then. With the point up to which we must be told in the question, as a type of
/// which there is nothing, an old answer is given only where it goes that far.
fn only_timelines(up_to: &str) -> FilterDefinition {
    let mut timeline = RoomEventFilter::default();
    timeline.not_types = vec![up_to.to_owned()];
    timeline.limit = Some(UInt::from(super::sync::TIMELINE));
    timeline.lazy_load_options = matrix_sdk::ruma::api::client::filter::LazyLoadOptions::Enabled {
        include_redundant_members: false,
    };
    let mut room = RoomFilter::default();
    room.timeline = timeline;
    room.state = RoomEventFilter::ignore_all();
    room.ephemeral = RoomEventFilter::ignore_all();
    room.account_data = RoomEventFilter::ignore_all();
    let mut filter = FilterDefinition::default();
    filter.event_format = EventFormat::Client;
    filter.presence = Filter::ignore_all();
    filter.account_data = Filter::ignore_all();
    filter.room = room;
    filter
}

async fn decrypted(room: &Room, event: Raw<AnySyncTimelineEvent>) -> TimelineEvent {
    let is_encrypted =
        matches!(event.get_field::<String>("type"), Ok(Some(kind)) if kind == "m.room.encrypted");
    if is_encrypted && let Ok(event) = room.decrypt_event(event.cast_ref_unchecked(), None).await {
        return event;
    }
    TimelineEvent::from_plaintext(event)
}

/// How far all that was read is carried out, kept in a file.
pub(super) struct Mark {
    file: PathBuf,
    /// The points that were reached since, with when that was.
    reached: Mutex<VecDeque<(Instant, String)>>,
}

impl Mark {
    /// The mark in the account's folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            file: folder.join("handled"),
            reached: Mutex::default(),
        }
    }

    /// The point from which to read after a kill; none where there was none yet.
    pub fn read(&self) -> Option<String> {
        match fs::read_to_string(&self.file) {
            Ok(token) => Some(token.trim().to_owned()).filter(|token| !token.is_empty()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                self.complain(&error);
                None
            }
        }
    }

    /// Says that a point was reached. The mark moves to the last point behind which nothing is in hand any more.
    pub fn reach(&self, token: &str) {
        let now = Instant::now();
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        reached.push_back((now, token.to_owned()));
        let mut settled = None;
        while reached
            .front()
            .is_some_and(|(at, _)| now.duration_since(*at) > IN_HAND)
        {
            settled = reached.pop_front();
        }
        drop(reached);
        if let Some((_, token)) = settled
            && let Err(error) = self.write(&token)
        {
            self.complain(&error);
        }
    }

    /// Sets the mark where there is none yet: nothing before it is ours to carry out.
    pub fn begin(&self, token: &str) {
        if self.read().is_none()
            && let Err(error) = self.write(token)
        {
            self.complain(&error);
        }
    }

    fn write(&self, token: &str) -> io::Result<()> {
        let beside = self.file.with_extension("new");
        fs::write(&beside, token)?;
        fs::rename(&beside, &self.file)
    }

    fn complain(&self, error: &io::Error) {
        tracing::warn!(
            error = error as &dyn std::error::Error,
            file = %self.file.display(),
            "how far Matrix was read cannot be kept: what is in hand when this is killed may be missed"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_mark_stays_behind_what_may_be_in_hand() {
        let folder = tempfile::tempdir().unwrap();
        let mark = Mark::in_folder(folder.path());
        assert_eq!(mark.read(), None);
        mark.begin("a");
        mark.begin("b");
        assert_eq!(mark.read().as_deref(), Some("a"));
        mark.reach("b");
        tokio::time::advance(IN_HAND / 2).await;
        mark.reach("c");
        assert_eq!(mark.read().as_deref(), Some("a"));
        tokio::time::advance(IN_HAND / 2 + Duration::from_secs(1)).await;
        mark.reach("d");
        assert_eq!(mark.read().as_deref(), Some("b"));
        let again = Mark::in_folder(folder.path());
        assert_eq!(again.read().as_deref(), Some("b"));
    }
}
