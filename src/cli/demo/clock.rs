//! A clock that starts where it is told, flows at real speed, and can be moved forward.

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use tokio::{sync::watch, time::Instant};

use crate::clock::{Clock, time_left};

/// The demo's clock. It never goes back.
#[derive(Debug)]
pub struct AdjustableClock {
    /// What it showed when it was started.
    start: Timestamp,
    started: Instant,
    /// How far it was moved forward since.
    moved: watch::Sender<SignedDuration>,
}

impl AdjustableClock {
    /// A clock that now shows `start`.
    pub fn starting_at(start: Timestamp) -> Self {
        Self {
            start,
            started: Instant::now(),
            moved: watch::Sender::new(SignedDuration::ZERO),
        }
    }

    /// Moves the clock forward; a negative duration changes nothing. It stops at the last instant that there is.
    pub fn advance(&self, by: SignedDuration) {
        if by.is_positive() {
            self.moved.send_modify(|moved| *moved = moved.saturating_add(by));
        }
    }

    /// Moves the clock forward to an instant, unless that has passed.
    pub fn advance_to(&self, instant: Timestamp) {
        self.advance(instant.duration_since(self.now()));
    }
}

impl Clock for AdjustableClock {
    fn now(&self) -> Timestamp {
        let flown = SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::MAX);
        let since = self.moved.borrow().saturating_add(flown);
        self.start.saturating_add(since).unwrap_or(Timestamp::MAX)
    }

    fn until(&self, instant: Timestamp) -> BoxFuture<'_, ()> {
        let mut moved = self.moved.subscribe();
        Box::pin(async move {
            while let Some(left) = time_left(self.now(), instant) {
                tokio::select! {
                    () = tokio::time::sleep(left) => {}
                    // The sender is ours, so there is always one.
                    _ = moved.changed() => {}
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn clock() -> AdjustableClock {
        AdjustableClock::starting_at("2026-11-23T13:59:00Z".parse().unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn it_flows_at_real_speed() {
        let clock = clock();
        tokio::time::advance(Duration::from_secs(90)).await;
        assert_eq!(clock.now(), "2026-11-23T14:00:30Z".parse().unwrap());
        let before = Instant::now();
        clock.until("2026-11-23T15:00:30Z".parse().unwrap()).await;
        let waited = before.elapsed();
        assert_eq!(waited.as_secs(), 60 * 60);
    }

    #[tokio::test(start_paused = true)]
    async fn moved_past_an_instant_it_wakes_whoever_waits() {
        let clock = clock();
        let before = Instant::now();
        let ((), ()) = tokio::join!(clock.until("2026-11-24T00:00:00Z".parse().unwrap()), async {
            clock.advance(SignedDuration::from_hours(3));
            tokio::task::yield_now().await;
            clock.advance_to("2026-11-24T00:00:00Z".parse().unwrap());
        });
        assert_eq!(before.elapsed(), Duration::ZERO);
        assert_eq!(clock.now(), "2026-11-24T00:00:00Z".parse().unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn it_never_goes_back_and_never_ends() {
        let clock = clock();
        let now = clock.now();
        clock.advance(SignedDuration::from_hours(-1));
        clock.advance_to(now - SignedDuration::from_hours(1));
        assert_eq!(clock.now(), now);
        clock.advance(SignedDuration::MAX);
        clock.advance(SignedDuration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }
}
