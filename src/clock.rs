//! The time, as an argument: `now`, and waiting until an instant.
//!
//! Only [`SystemClock`] reads the machine's clock.

use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;

/// Longest time slept at once: the machine's clock may be set, or the machine put to sleep, in the meantime.
const NAP_MAX: Duration = Duration::from_secs(30);

/// Whoever tells the time.
pub trait Clock: Send + Sync {
    /// What time it is.
    fn now(&self) -> Timestamp;

    /// Waits until it is this time. It is over at once where that has passed.
    fn until(&self, instant: Timestamp) -> BoxFuture<'_, ()>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the ambient clock becomes an argument"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn until(&self, instant: Timestamp) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            while let Some(left) = time_left(self.now(), instant) {
                tokio::time::sleep(left.min(NAP_MAX)).await;
            }
        })
    }
}

/// How long it takes from `now` to `instant`; nothing where that has passed.
pub(crate) fn time_left(now: Timestamp, instant: Timestamp) -> Option<Duration> {
    Duration::try_from(instant.duration_since(now))
        .ok()
        .filter(|left| !left.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_what_has_passed() {
        let now = Timestamp::UNIX_EPOCH;
        let second = Duration::from_secs(1);
        assert_eq!(time_left(now, now + second), Some(second));
        assert_eq!(time_left(now, now), None);
        assert_eq!(time_left(now, now - second), None);
    }

    #[tokio::test]
    async fn what_has_passed_is_not_waited_for() {
        SystemClock.until(Timestamp::UNIX_EPOCH).await;
    }
}
