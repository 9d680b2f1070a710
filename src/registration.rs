//! Each platform's clients are told which commands there are, whenever the platform is connected: another version may have others.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::chat::{CommandShape, Platform, SendError};

/// How long to wait before it is tried again, the first time; each time after, twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest wait.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

/// Tells a platform of the commands at each of its connections, until told to stop.
pub(crate) async fn run(
    platform: Arc<dyn Platform>,
    commands: Vec<CommandShape>,
    mut connected: watch::Receiver<u64>,
    stop: CancellationToken,
) {
    loop {
        // A connection that came while it was tried again is the newest, and seen here.
        match stop.run_until_cancelled(connected.changed()).await {
            None | Some(Err(_)) => return,
            Some(Ok(())) => {}
        }
        let mut pause = FIRST_PAUSE;
        while let Some(Err(error)) = stop.run_until_cancelled(platform.register(&commands)).await {
            let Some(asked) = until_again(&error) else {
                let error = &error as &dyn std::error::Error;
                tracing::error!(
                    error,
                    platform = platform.name(),
                    "the commands cannot be registered"
                );
                break;
            };
            let wait = pause.max(asked);
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                platform = platform.name(),
                seconds = wait.as_secs(),
                "the commands could not be registered; it is tried again"
            );
            if stop.run_until_cancelled(tokio::time::sleep(wait)).await.is_none() {
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// How long the platform itself asks to wait before it is tried again; none where that is of no use before the next connection.
const fn until_again(error: &SendError) -> Option<Duration> {
    match error {
        SendError::Limited { after, .. }
        | SendError::Retry {
            after: Some(after), ..
        } => Some(*after),
        SendError::Retry { after: None, .. } | SendError::Unsure(_) => Some(Duration::ZERO),
        SendError::Absent(_) | SendError::Refused(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::VecDeque, sync::Mutex};

    use anyhow::anyhow;
    use futures_util::{FutureExt, future::BoxFuture};
    use tokio::time::Instant;

    use super::*;
    use crate::{
        chat::{Capabilities, Card, Message, ReactionSeen},
        domain::room::RoomAddress,
    };

    /// A platform that does nothing but take commands, with these results.
    #[derive(Default)]
    struct Taker {
        results: Mutex<VecDeque<SendError>>,
        tries: Mutex<Vec<Instant>>,
        done: tokio::sync::Notify,
    }

    fn refused<T: Send + 'static>() -> BoxFuture<'static, Result<T, SendError>> {
        std::future::ready(Err(SendError::Refused(anyhow!("nothing is sent")))).boxed()
    }

    impl Platform for Taker {
        fn name(&self) -> &'static str {
            "taker"
        }

        fn capabilities(&self) -> Capabilities {
            unreachable!("nobody asks")
        }

        fn send<'a>(
            &'a self,
            _: &'a RoomAddress,
            _: &'a Card,
            _: &'a str,
        ) -> BoxFuture<'a, Result<Message, SendError>> {
            refused()
        }

        fn send_direct<'a>(
            &'a self,
            _: &'a str,
            _: &'a Card,
            _: &'a str,
        ) -> BoxFuture<'a, Result<Message, SendError>> {
            refused()
        }

        fn edit<'a>(
            &'a self,
            _: &'a RoomAddress,
            _: &'a Message,
            _: &'a Card,
        ) -> BoxFuture<'a, Result<(), SendError>> {
            refused()
        }

        fn find<'a>(
            &'a self,
            _: &'a RoomAddress,
            _: &'a str,
        ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
            refused()
        }

        fn find_direct<'a>(
            &'a self,
            _: &'a str,
            _: &'a str,
        ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
            refused()
        }

        fn withdraw<'a>(
            &'a self,
            _: &'a RoomAddress,
            _: &'a Message,
        ) -> BoxFuture<'a, Result<(), SendError>> {
            refused()
        }

        fn reactions<'a>(
            &'a self,
            _: &'a RoomAddress,
            _: &'a Message,
        ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>> {
            refused()
        }

        fn register<'a>(&'a self, _: &'a [CommandShape]) -> BoxFuture<'a, Result<(), SendError>> {
            self.tries.lock().unwrap().push(Instant::now());
            let result = self.results.lock().unwrap().pop_front();
            if result.is_none() {
                self.done.notify_one();
            }
            std::future::ready(result.map_or(Ok(()), Err)).boxed()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_tried_again_with_growing_pauses_and_anew_at_each_connection() {
        let retry = |after| SendError::Retry {
            after,
            source: anyhow!("away"),
        };
        let taker = Arc::new(Taker::default());
        let asked = Duration::from_mins(1);
        taker
            .results
            .lock()
            .unwrap()
            .extend([retry(None), retry(None), retry(Some(asked))]);
        let (connected, receiver) = watch::channel(0);
        let stop = CancellationToken::new();
        let platform = Arc::clone(&taker) as Arc<dyn Platform>;
        let running = tokio::spawn(run(platform, Vec::new(), receiver, stop.clone()));
        connected.send_modify(|count| *count += 1);
        taker.done.notified().await;
        let tries = taker.tries.lock().unwrap().clone();
        let pauses: Vec<u64> = tries
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).as_secs())
            .collect();
        assert_eq!(pauses, [5, 10, 60]);
        connected.send_modify(|count| *count += 1);
        taker.done.notified().await;
        assert_eq!(taker.tries.lock().unwrap().len(), 5);
        stop.cancel();
        running.await.unwrap();
    }
}
