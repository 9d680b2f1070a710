//! Turns signals into a token that all work watches.

use std::{io, process};

use futures_util::{Stream, StreamExt, stream};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// A token that the first SIGTERM or SIGINT cancels; the second ends the process at once, with status 1.
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
    tokio::spawn(watch(signals, stop.clone(), || process::exit(1)));
    Ok(stop)
}

async fn watch(
    mut signals: impl Stream<Item = &'static str> + Unpin,
    stop: CancellationToken,
    end: impl FnOnce(),
) {
    let Some(signal) = signals.next().await else {
        return;
    };
    tracing::info!(signal, "stopping: what is in hand is finished first");
    stop.cancel();
    let Some(signal) = signals.next().await else {
        return;
    };
    tracing::warn!(signal, "stopping at once");
    end();
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    async fn after(signals: &[&'static str]) -> (bool, bool) {
        let (stop, ended) = (CancellationToken::new(), Cell::new(false));
        watch(stream::iter(signals.iter().copied()), stop.clone(), || {
            ended.set(true);
        })
        .await;
        (stop.is_cancelled(), ended.get())
    }

    #[tokio::test]
    async fn the_first_signal_stops_and_the_second_ends() {
        assert_eq!(after(&[]).await, (false, false));
        assert_eq!(after(&["SIGTERM"]).await, (true, false));
        assert_eq!(after(&["SIGTERM", "SIGINT"]).await, (true, true));
    }
}
