//! Turns signals into a token that all work watches.

use std::{io, process, time::Duration};

use futures_util::{Stream, StreamExt, stream};
use tokio::{
    signal::unix::{SignalKind, signal},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// The longest that a stop may take, with whatever hangs, such as a database that another process keeps locked. What was
/// acknowledged is committed by then, and the rest is taken up at the next start.
const STOP_MAX: Duration = Duration::from_millis(4_400);

/// A token that the first SIGTERM or SIGINT cancels; the second ends the process at once, with status 1. What has not ended in time
/// is ended with status 0.
///
/// The task that listens lives as long as the process and holds nothing, so nobody waits for it.
pub fn stop_on_signal() -> io::Result<CancellationToken> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let signals = stream::poll_fn(move |context| {
        if interrupt.poll_recv(context).is_ready() {
            return Some("SIGINT").into();
        }
        terminate.poll_recv(context).map(|_| Some("SIGTERM"))
    });
    let stop = CancellationToken::new();
    tokio::spawn(watch(signals, stop.clone(), |status| process::exit(status)));
    Ok(stop)
}

async fn watch(
    mut signals: impl Stream<Item = &'static str> + Unpin,
    stop: CancellationToken,
    end: impl FnOnce(i32),
) {
    let Some(signal) = signals.next().await else {
        return;
    };
    tracing::info!(signal, "stopping: what is in hand is finished first");
    stop.cancel();
    match timeout(STOP_MAX, signals.next()).await {
        Ok(None) => {}
        Ok(Some(signal)) => {
            tracing::warn!(signal, "stopping at once");
            end(1);
        }
        Err(_elapsed) => {
            tracing::warn!("not everything ended in time; what is left is taken up at the next start");
            end(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    async fn after(signals: impl Stream<Item = &'static str> + Unpin) -> (bool, Option<i32>) {
        let (stop, ended) = (CancellationToken::new(), Cell::new(None));
        watch(signals, stop.clone(), |status| ended.set(Some(status))).await;
        (stop.is_cancelled(), ended.get())
    }

    #[tokio::test]
    async fn the_first_signal_stops_and_the_second_ends() {
        assert_eq!(after(stream::empty()).await, (false, None));
        assert_eq!(after(stream::iter(["SIGTERM"])).await, (true, None));
        assert_eq!(after(stream::iter(["SIGTERM", "SIGINT"])).await, (true, Some(1)));
    }

    #[tokio::test(start_paused = true)]
    async fn what_hangs_is_ended_in_time() {
        let signals = stream::iter(["SIGTERM"]).chain(stream::pending());
        assert_eq!(after(signals).await, (true, Some(0)));
    }
}
