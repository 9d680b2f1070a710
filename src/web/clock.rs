//! The panel that moves the demo's clock.

use futures_util::future::BoxFuture;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde::Deserialize;

use crate::clock::Clock;

/// A clock that the page shows and moves forward.
pub trait DemoClock: Clock {
    /// The zone whose time the page shows.
    fn zone(&self) -> TimeZone;

    /// What time it will be once it has come as far as it was told to: now, unless it is being moved.
    fn destination(&self) -> Timestamp;

    /// Moves it forward, unless the instant has passed. It may take a moment to get there.
    fn advance_to(&self, instant: Timestamp);

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
    // Pressed twice, it moves twice as far.
    let from = clock.destination().to_zoned(clock.zone());
    let target = match leap {
        Leap::TenMinutes => Some(from.checked_add(10.minutes())?.timestamp()),
        Leap::Hour => Some(from.checked_add(1.hour())?.timestamp()),
        Leap::Day => Some(from.checked_add(1.day())?.timestamp()),
        Leap::NextEvent => clock.next_event().await?,
    };
    if let Some(target) = target {
        clock.advance_to(target);
    }
    Ok(target.is_some())
}
