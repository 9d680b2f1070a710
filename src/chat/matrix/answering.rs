//! Who is answered goes first: where the server takes a message every few seconds, what the bot posts by itself lets somebody who
//! waits for an answer pass.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::timeout};

/// The longest that what is posted lets answers pass: what ends soon must get there too.
const COURTESY: Duration = Duration::from_secs(20);

/// How many answers are on their way.
#[derive(Clone)]
pub(super) struct Answering(Arc<watch::Sender<usize>>);

impl Default for Answering {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

/// An answer that is on its way for as long as this lives.
pub(super) struct OnItsWay(Answering);

impl Answering {
    /// Says that an answer is on its way.
    pub fn begin(&self) -> OnItsWay {
        self.0.send_modify(|count| *count += 1);
        OnItsWay(self.clone())
    }

    /// Waits for a while until no answer is on its way.
    pub async fn let_pass(&self) {
        let mut count = self.0.subscribe();
        // The sender lives as long as this does, and after a while it is our turn.
        let _ = timeout(COURTESY, count.wait_for(|count| *count == 0)).await;
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_posted_waits_for_answers_and_not_for_ever() {
        let answering = Answering::default();
        let start = tokio::time::Instant::now();
        answering.let_pass().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        let answer = answering.begin();
        let other = answering.clone();
        let ((), ()) = tokio::join!(answering.let_pass(), async {
            tokio::time::sleep(Duration::from_secs(3)).await;
            drop(answer);
        });
        assert_eq!(start.elapsed(), Duration::from_secs(3));
        let _stuck = other.begin();
        answering.let_pass().await;
        assert_eq!(start.elapsed(), Duration::from_secs(3) + COURTESY);
    }
}
