//! What pages listen to: a snapshot, and then whatever changes. A page that was away starts from a snapshot again.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Json,
    extract::{Query, rejection::QueryRejection},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use jiff::{RoundMode, Timestamp, TimestampRound, ToSpan, Unit};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    page::Viewer,
    problem::{Problem, Refusal},
    view,
};
use crate::chat::embedded::{DoorError, PostId, Update, Whisper};

/// How many messages are shown at once, and added by looking further back.
const PASSAGE: usize = 50;

/// `GET /events?as=PERSON`.
pub(super) async fn events(viewer: Viewer) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let feed = Feed {
        // Before the snapshot is taken, so that nothing falls in between.
        updates: viewer.chat().subscribe(),
        shown_until: Timestamp::MIN,
        stale: true,
        viewer,
    };
    let events = stream::unfold(feed, |mut feed| async {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// An event's name and what it says.
type Told = (&'static str, Value);

/// What one page listens to.
struct Feed {
    viewer: Viewer,
    updates: Receiver<Update>,
    /// Until when the time that the page shows is right.
    shown_until: Timestamp,
    /// Whether the page is to start from a snapshot.
    stale: bool,
}

/// What a page waits for.
enum Arrival {
    Stopped,
    Ticked,
    Missed,
    Updated(Update),
}

impl Feed {
    /// The next event for the page; none once the page is to be served no longer.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let told = if self.stale {
                self.stale = false;
                self.snapshot().await.map(Some)
            } else {
                match self.arrival().await {
                    Arrival::Stopped => return None,
                    Arrival::Ticked => Ok(Some(self.tick())),
                    Arrival::Missed | Arrival::Updated(Update::Arranged) => {
                        self.stale = true;
                        continue;
                    }
                    Arrival::Updated(Update::Changed { change, room, post }) => {
                        self.changed(change, &room, &post).await
                    }
                    Arrival::Updated(Update::Whispered(whisper)) => Ok(self.whispered(&whisper)),
                }
            };
            match told {
                Ok(Some((name, data))) => return Some(Event::default().event(name).data(data.to_string())),
                Ok(None) => {}
                // The page comes back by itself, and then takes a snapshot.
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "the feed of a page ended");
                    return None;
                }
            }
        }
    }

    async fn arrival(&mut self) -> Arrival {
        let clock = Arc::clone(&self.viewer.page.clock);
        tokio::select! {
            () = self.viewer.page.stop.cancelled() => Arrival::Stopped,
            () = clock.until(self.shown_until) => Arrival::Ticked,
            update = self.updates.recv() => match update {
                Ok(update) => Arrival::Updated(update),
                Err(RecvError::Lagged(_)) => Arrival::Missed,
                Err(RecvError::Closed) => Arrival::Stopped,
            },
        }
    }

    async fn snapshot(&mut self) -> anyhow::Result<Told> {
        self.shown_until = next_minute(self.viewer.page.clock.now());
        Ok(("snapshot", view::snapshot(&self.viewer).await?))
    }

    fn tick(&mut self) -> Told {
        self.shown_until = next_minute(self.viewer.page.clock.now());
        ("clock", view::clock(&self.viewer))
    }

    async fn changed(&self, change: u64, room: &str, post: &PostId) -> anyhow::Result<Option<Told>> {
        if !is_shown(&self.viewer, room) {
            return Ok(None);
        }
        let standing = self.viewer.chat().standing(room, post).await?;
        Ok(standing.map(|standing| ("message", view::message(&self.viewer, room, change, &standing))))
    }

    fn whispered(&self, whisper: &Whisper) -> Option<Told> {
        (whisper.person == self.viewer.person.id).then(|| ("whisper", view::whisper(whisper)))
    }
}

/// The page shows minutes.
fn next_minute(now: Timestamp) -> Timestamp {
    let floor = TimestampRound::new()
        .smallest(Unit::Minute)
        .mode(RoundMode::Floor);
    let next = now.round(floor).and_then(|minute| minute.checked_add(1.minute()));
    next.unwrap_or(Timestamp::MAX)
}

/// Whether somebody may read a room.
fn is_shown(viewer: &Viewer, room: &str) -> bool {
    viewer.chat().visit(&viewer.person.id, room).is_ok()
}

/// Which messages are wished for.
#[derive(Deserialize)]
pub(super) struct Wish {
    room: String,
    before: Option<String>,
}

/// `GET /api/messages?as=PERSON&room=ROOM&before=MESSAGE`.
pub(super) async fn messages(
    viewer: Viewer,
    wish: Result<Query<Wish>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let Ok(Query(Wish { room, before })) = wish else {
        return Err(viewer.refuse(Refusal::Malformed));
    };
    if !is_shown(&viewer, &room) {
        return Err(viewer.refuse(DoorError::UnknownRoom));
    }
    let before = before.as_deref().and_then(PostId::parse);
    let passage = viewer.chat().passage(&room, before.as_ref(), PASSAGE).await;
    let passage = passage.map_err(|error| viewer.refuse(error))?;
    let shown = passage
        .standing
        .iter()
        .map(|standing| view::message(&viewer, &room, passage.change, standing));
    Ok(Json(
        json!({ "messages": shown.collect::<Vec<_>>(), "earlier": passage.has_earlier }),
    ))
}
