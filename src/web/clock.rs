//! The panel that moves the demo's clock.

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use serde::Deserialize;

use crate::clock::Clock;

/// A clock that the page shows and moves forward.
pub trait DemoClock: Clock {
    /// The zone whose time the page shows.
    fn zone(&self) -> TimeZone;

    /// Moves it forward.
    fn advance(&self, by: SignedDuration);

    /// When something is planned next, after now.
    fn next_event(&self) -> BoxFuture<'_, anyhow::Result<Option<Timestamp>>>;
}

/// How far to move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Leap {
    TenMinutes,
    Hour,
    /// To the same time tomorrow, whatever the clocks do in between.
    Day,
    NextEvent,
}

/// Moves the clock forward, and says whether there was anywhere to go.
pub(super) async fn leap(clock: &dyn DemoClock, leap: Leap) -> anyhow::Result<bool> {
    let now = clock.now().to_zoned(clock.zone());
    let target = match leap {
        Leap::TenMinutes => Some(now.checked_add(10.minutes())?.timestamp()),
        Leap::Hour => Some(now.checked_add(1.hour())?.timestamp()),
        Leap::Day => Some(now.checked_add(1.day())?.timestamp()),
        Leap::NextEvent => clock.next_event().await?,
    };
    if let Some(target) = target {
        clock.advance(target.duration_since(now.timestamp()));
    }
    Ok(target.is_some())
}
