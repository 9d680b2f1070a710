//! What happens on Matrix, read without end and handed on.
//!
//! The server's answers are taken one after the other, and nothing is sent from here: a slow server would stop the reading. Where
//! an answer leaves a gap, what stands on our messages is read again.

use std::{collections::HashSet, sync::atomic::Ordering, time::Duration};

use jiff::Timestamp;
use matrix_sdk::{
    Error, LoopCtrl, Room,
    config::SyncSettings,
    deserialized_responses::TimelineEvent,
    ruma::{
        OwnedEventId, UInt,
        api::{client::filter::FilterDefinition, error::ErrorKind},
        events::{AnySyncStateEvent, AnySyncTimelineEvent, room::member::MembershipState},
        presence::PresenceState,
    },
    store::{StateStoreDataKey, StateStoreDataValue},
    sync::{SyncResponse, Timeline},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Account, Matrix, NAME,
    catch_up::{IN_HAND, Mark, Until, happened_at},
    failure::read_error,
    unreadable::Unreadable,
};
use crate::chat::{Event, SendError};

/// How long the server may keep us waiting for something to happen.
const LONG_POLL: Duration = Duration::from_secs(30);
/// How long after a failure we ask again.
const AGAIN: Duration = Duration::from_secs(2);
/// The most events a room brings in one answer: the most that Synapse gives.
pub(super) const TIMELINE: u32 = 100;

/// The connection to a homeserver.
pub struct Connection {
    pub(super) matrix: Matrix,
    pub(super) invited_by: Vec<String>,
    pub(super) events: mpsc::Sender<Event>,
    pub(super) unreadable: Unreadable,
    mark: Mark,
    meant_since: Option<Timestamp>,
}

/// What the last answer was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Up,
    Down,
}

/// Where the reading stands.
struct Progress {
    /// The point up to which the server was read; none where the keys' database is new.
    token: Option<String>,
    /// What was read before the library read it.
    taken: HashSet<OwnedEventId>,
    link: Link,
}

impl Connection {
    pub(super) fn new(matrix: Matrix, account: &Account, events: mpsc::Sender<Event>) -> Self {
        Self {
            matrix,
            invited_by: account.invited_by.clone(),
            events,
            unreadable: Unreadable::default(),
            mark: Mark::in_folder(&account.folder),
            meant_since: None,
        }
    }

    /// The same, where what people said since an instant is still meant for us although the session is new: a bot with the same
    /// database was there until then, and may have had some of it in hand.
    #[must_use]
    pub fn meant_since(self, instant: Option<Timestamp>) -> Self {
        Self {
            meant_since: instant.map(|instant| instant - IN_HAND),
            ..self
        }
    }

    /// Reads until told to stop.
    ///
    /// # Errors
    ///
    /// When the session is over: nothing more can be read or sent until somebody logs in anew.
    pub async fn run(self, stop: CancellationToken) -> anyhow::Result<()> {
        let reading = async {
            tokio::select! {
                read = self.read() => read,
                error = self.tend() => Err(error.into()),
            }
        };
        stop.run_until_cancelled(Box::pin(reading))
            .await
            .unwrap_or(Ok(()))
    }

    async fn read(&self) -> anyhow::Result<()> {
        let token = self.matrix.client.state_store();
        let token = token.get_kv_data(StateStoreDataKey::SyncToken).await?;
        let token = token.and_then(StateStoreDataValue::into_sync_token);
        let taken = match (&token, self.mark.read()) {
            (Some(token), Some(mark)) if *token != mark => self.take_what_was_in_hand(&mark, token).await?,
            _ => HashSet::new(),
        };
        for room in self.matrix.client.invited_rooms() {
            self.invited(room).await;
        }
        // One answer is taken after the other, so nobody waits for this.
        let progress = tokio::sync::Mutex::new(Progress {
            token,
            taken,
            link: Link::Down,
        });
        let settings = SyncSettings::default()
            .filter(filter().into())
            .timeout(LONG_POLL)
            .set_presence(PresenceState::Offline);
        self.matrix
            .client
            .sync_with_result_callback(settings, async |answer| {
                let mut progress = progress.lock().await;
                match answer {
                    Ok(answer) => self.answered(answer, &mut progress).await,
                    Err(error) => self.unanswered(error, &mut progress).await,
                }
            })
            .await?;
        Ok(())
    }

    /// Takes what the last process had in hand when it ended, however long the server takes to answer.
    async fn take_what_was_in_hand(
        &self,
        mark: &str,
        passed: &str,
    ) -> matrix_sdk::Result<HashSet<OwnedEventId>> {
        loop {
            match self.take_between(mark, passed).await {
                Err(error) if !is_over(&error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "what was in hand cannot be read again; it is tried again"
                    );
                    tokio::time::sleep(AGAIN).await;
                }
                taken => return taken,
            }
        }
    }

    async fn answered(&self, answer: SyncResponse, progress: &mut Progress) -> matrix_sdk::Result<LoopCtrl> {
        let has_gap = answer.rooms.joined.values().any(|room| room.timeline.limited);
        let point = answer.next_batch.clone();
        self.matrix.knows_rooms.store(true, Ordering::Release);
        self.take(answer, progress).await?;
        self.mark.begin(&point);
        // What waits for its key is in hand too, for as long as it may still come.
        if !self.unreadable.is_waiting() {
            self.mark.reach(&point);
        }
        progress.token = Some(point);
        if std::mem::replace(&mut progress.link, Link::Up) == Link::Down || has_gap {
            self.hand_on(Event::Connected {
                platform: NAME.to_owned(),
            })
            .await;
        }
        Ok(LoopCtrl::Continue)
    }

    async fn unanswered(&self, error: Error, progress: &mut Progress) -> matrix_sdk::Result<LoopCtrl> {
        if is_over(&error) {
            return Err(error);
        }
        if std::mem::replace(&mut progress.link, Link::Down) == Link::Up {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the homeserver does not answer; it is asked again"
            );
        }
        tokio::time::sleep(AGAIN).await;
        Ok(LoopCtrl::Continue)
    }

    /// Takes what an answer brings.
    async fn take(&self, answer: SyncResponse, progress: &Progress) -> matrix_sdk::Result<()> {
        for room in answer.rooms.invited.keys() {
            if let Some(room) = self.matrix.client.get_room(room) {
                self.invited(room).await;
            }
        }
        for (id, update) in answer.rooms.left {
            if let Some(room) = self.matrix.client.get_room(&id) {
                self.changed(&room, &update.timeline.events, &update.state).await;
            }
        }
        for (id, update) in answer.rooms.joined {
            let Some(room) = self.matrix.client.get_room(&id) else {
                continue;
            };
            self.changed(&room, &update.timeline.events, &update.state).await;
            let events = self.of_room(&room, update.timeline, progress).await?;
            self.came(&room, &events).await;
            let is_taken =
                |event: &&TimelineEvent| event.event_id().is_some_and(|id| progress.taken.contains(&id));
            let events = self.since_we_joined(&events).iter();
            let events: Vec<_> = events.filter(|event| !is_taken(event)).collect();
            self.happened(&room, &events).await;
        }
        Ok(())
    }

    /// All that happened in a room since the last answer, oldest first. In a new session that is what was said since the last bot on
    /// the same database was there; the rest is history, and nobody asked us anything.
    async fn of_room(
        &self,
        room: &Room,
        timeline: Timeline,
        progress: &Progress,
    ) -> matrix_sdk::Result<Vec<TimelineEvent>> {
        let until = match (&progress.token, self.meant_since) {
            (Some(token), _) => Until::Token(token),
            (None, Some(instant)) => Until::Instant(instant),
            (None, None) => return Ok(Vec::new()),
        };
        let mut events = Vec::new();
        let is_new_here = timeline.events.iter().any(|event| self.is_our_joining(event));
        if let Some(from) = timeline.prev_batch.filter(|_| timeline.limited && !is_new_here) {
            events = self.missed(room, &from, until).await?;
        }
        events.extend(timeline.events);
        if let Until::Instant(instant) = until {
            events.retain(|event| happened_at(event).is_some_and(|at| at >= instant));
        }
        Ok(events)
    }

    /// What an answer left out of a room, however long the server takes to tell it: it tells it this once.
    async fn missed(
        &self,
        room: &Room,
        from: &str,
        until: Until<'_>,
    ) -> matrix_sdk::Result<Vec<TimelineEvent>> {
        loop {
            let error = match self.walk_back(room, from, until).await {
                Ok(missed) => return Ok(missed),
                Err(error) if is_over(&error) => return Err(error),
                Err(error) => read_error(error),
            };
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                room = %room.room_id(),
                "the rest of a room could not be read"
            );
            match error {
                SendError::Limited { after, .. } => tokio::time::sleep(after).await,
                SendError::Retry { .. } | SendError::Unsure(_) => tokio::time::sleep(AGAIN).await,
                // It will not be told: the bot is not there any more.
                SendError::Absent(_) | SendError::Refused(_) => return Ok(Vec::new()),
            }
        }
    }

    /// What happened since the bot came into the room.
    pub(super) fn since_we_joined<'a>(&self, events: &'a [TimelineEvent]) -> &'a [TimelineEvent] {
        let joined = events.iter().rposition(|event| self.is_our_joining(event));
        &events[joined.map_or(0, |place| place + 1)..]
    }

    pub(super) fn is_our_joining(&self, event: &TimelineEvent) -> bool {
        // Among thousands of reactions, looking is quicker than reading each.
        if !event.raw().json().get().contains("m.room.member") {
            return false;
        }
        let Ok(AnySyncTimelineEvent::State(AnySyncStateEvent::RoomMember(event))) = event.raw().deserialize()
        else {
            return false;
        };
        // Whoever changes their name stays where they are.
        let was_in = event.as_original().is_some_and(|event| {
            let before = event.unsigned.prev_content.as_ref();
            before.is_some_and(|before| before.membership == MembershipState::Join)
        });
        *event.state_key() == self.matrix.user && *event.membership() == MembershipState::Join && !was_in
    }

    pub(super) async fn hand_on(&self, event: Event) {
        // The other end goes only when everything stops.
        let _ = self.events.send(event).await;
    }
}

fn filter() -> FilterDefinition {
    let mut filter = FilterDefinition::with_lazy_loading();
    filter.room.timeline.limit = Some(UInt::from(TIMELINE));
    filter
}

/// Whether the session is over: somebody removed it, or the password was changed.
fn is_over(error: &Error) -> bool {
    matches!(error.client_api_error_kind(), Some(ErrorKind::UnknownToken(_)))
}
