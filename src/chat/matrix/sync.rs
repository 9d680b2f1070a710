//! What happens on Matrix, read without end and handed on.
//!
//! The server's answers are taken one after the other, and nothing is sent from here: a slow server would stop the reading. Where
//! an answer leaves a gap, what stands on our messages is read again.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use matrix_sdk::{
    LoopCtrl,
    config::SyncSettings,
    deserialized_responses::TimelineEvent,
    ruma::{
        UInt,
        api::{client::filter::FilterDefinition, error::ErrorKind},
        events::{AnySyncStateEvent, AnySyncTimelineEvent, room::member::MembershipState},
        presence::PresenceState,
    },
    store::StateStoreDataKey,
    sync::SyncResponse,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Matrix, NAME};
use crate::chat::Event;

/// How long the server may keep us waiting for something to happen.
const LONG_POLL: Duration = Duration::from_secs(30);
/// How long after a failure we ask again.
const AGAIN: Duration = Duration::from_secs(2);
/// The most events a room brings in one answer: the most that Synapse gives.
const TIMELINE: u32 = 100;

/// The connection to a homeserver.
pub struct Connection {
    pub(super) matrix: Matrix,
    pub(super) invited_by: Vec<String>,
    pub(super) events: mpsc::Sender<Event>,
}

/// What the last answer was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Up,
    Down,
}

impl Connection {
    pub(super) const fn new(matrix: Matrix, invited_by: Vec<String>, events: mpsc::Sender<Event>) -> Self {
        Self {
            matrix,
            invited_by,
            events,
        }
    }

    /// Reads until told to stop.
    ///
    /// # Errors
    ///
    /// When the session is over: nothing more can be read or sent until somebody logs in anew.
    pub async fn run(self, stop: CancellationToken) -> anyhow::Result<()> {
        let reading = self.read();
        stop.run_until_cancelled(reading).await.unwrap_or(Ok(()))
    }

    async fn read(&self) -> anyhow::Result<()> {
        let mut filter = FilterDefinition::with_lazy_loading();
        filter.room.timeline.limit = Some(UInt::from(TIMELINE));
        let settings = SyncSettings::default()
            .filter(filter.into())
            .timeout(LONG_POLL)
            .set_presence(PresenceState::Offline);
        // Without a token the keys' database is new, and the first answer is history.
        let token = self.matrix.client.state_store();
        let token = token.get_kv_data(StateStoreDataKey::SyncToken).await?;
        let is_history = AtomicBool::new(token.is_none());
        for room in self.matrix.client.invited_rooms() {
            self.invited(room).await;
        }
        let link = std::sync::Mutex::new(Link::Down);
        let was = |now: Link| {
            let mut link = link.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            std::mem::replace(&mut *link, now)
        };
        self.matrix
            .client
            .sync_with_result_callback(settings, async |answer| match answer {
                Ok(answer) => {
                    let has_gap = answer.rooms.joined.values().any(|room| room.timeline.limited);
                    let is_history = is_history.swap(false, Ordering::Relaxed);
                    self.take(answer, is_history).await;
                    if was(Link::Up) == Link::Down || has_gap {
                        self.hand_on(Event::Connected {
                            platform: NAME.to_owned(),
                        })
                        .await;
                    }
                    Ok(LoopCtrl::Continue)
                }
                Err(error) if matches!(error.client_api_error_kind(), Some(ErrorKind::UnknownToken(_))) => {
                    Err(error)
                }
                Err(error) => {
                    if was(Link::Down) == Link::Up {
                        tracing::warn!(
                            error = &error as &dyn std::error::Error,
                            "the homeserver does not answer; it is asked again"
                        );
                    }
                    tokio::time::sleep(AGAIN).await;
                    Ok(LoopCtrl::Continue)
                }
            })
            .await?;
        Ok(())
    }

    /// Takes what an answer brings. What was said before the bot was there to hear it is history, and nobody asked it anything.
    async fn take(&self, answer: SyncResponse, is_history: bool) {
        for room in answer.rooms.invited.keys() {
            if let Some(room) = self.matrix.client.get_room(room) {
                self.invited(room).await;
            }
        }
        if is_history {
            return;
        }
        for (id, update) in &answer.rooms.joined {
            let Some(room) = self.matrix.client.get_room(id) else {
                continue;
            };
            let events = &update.timeline.events;
            let joined = events.iter().rposition(|event| self.is_our_joining(event));
            for event in &events[joined.map_or(0, |place| place + 1)..] {
                self.happened(&room, event).await;
            }
        }
    }

    fn is_our_joining(&self, event: &TimelineEvent) -> bool {
        let Ok(AnySyncTimelineEvent::State(AnySyncStateEvent::RoomMember(event))) = event.raw().deserialize()
        else {
            return false;
        };
        *event.state_key() == self.matrix.user && *event.membership() == MembershipState::Join
    }

    pub(super) async fn hand_on(&self, event: Event) {
        // The other end goes only when everything stops.
        let _ = self.events.send(event).await;
    }
}
