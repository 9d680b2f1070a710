//! Whoever asks for several things has them in the order in which they asked: an approval before the posting that needs it.

use std::collections::HashMap;

use tokio::sync::oneshot;

/// From how many people on those are forgotten of whom nothing is in hand.
const TIDY_FROM: usize = 256;

/// What each account asked for last.
#[derive(Default)]
pub(super) struct Turns(HashMap<(String, String), oneshot::Receiver<()>>);

/// A place behind what the same account asked for before. Dropping it lets the next one come.
pub(super) struct Turn {
    before: Option<oneshot::Receiver<()>>,
    _mine: oneshot::Sender<()>,
}

impl Turns {
    /// The next place of an account, by its platform and its id there.
    pub fn take(&mut self, account: (String, String)) -> Turn {
        if self.0.len() >= TIDY_FROM {
            self.0
                .retain(|_, last| matches!(last.try_recv(), Err(oneshot::error::TryRecvError::Empty)));
        }
        let (mine, last) = oneshot::channel();
        let before = self.0.insert(account, last);
        Turn { before, _mine: mine }
    }
}

impl Turn {
    /// Waits until what was asked for before is answered.
    pub async fn comes(&mut self) {
        if let Some(before) = self.before.take() {
            // Nothing is ever sent: it ends when the turn before is dropped.
            let _ = before.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn account(name: &str) -> (String, String) {
        ("chat".to_owned(), name.to_owned())
    }

    #[tokio::test]
    async fn one_waits_for_what_they_asked_before_and_for_nobody_else() {
        let mut turns = Turns::default();
        let mut first = turns.take(account("inès"));
        let mut second = turns.take(account("inès"));
        let mut other = turns.take(account("omar"));
        first.comes().await;
        other.comes().await;
        assert!(second.comes().now_or_never().is_none());
        drop(first);
        second.comes().await;
    }

    #[test]
    fn who_has_nothing_in_hand_is_forgotten() {
        let mut turns = Turns::default();
        let kept = turns.take(account("inès"));
        for number in 0..2 * TIDY_FROM {
            drop(turns.take(account(&number.to_string())));
        }
        assert!(turns.0.len() <= TIDY_FROM);
        assert!(turns.0.contains_key(&account("inès")));
        drop(kept);
    }
}
