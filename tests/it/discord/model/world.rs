//! The state behind its one lock, and the bell that rings when it changes.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::timeout};

use super::state::State;

/// How long anything may take on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// The state, for all who act on it.
pub struct World {
    state: Mutex<State>,
    stirred: Notify,
}

impl World {
    pub fn new(state: State) -> Self {
        Self {
            state: Mutex::new(state),
            stirred: Notify::new(),
        }
    }

    /// The state, also after a test failed while it looked at it.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something, and lets all who wait look again.
    pub fn act<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut self.lock());
        self.stir();
        done
    }

    pub fn stir(&self) {
        self.stirred.notify_waiters();
    }

    /// Waits until something is found.
    pub async fn until<T>(&self, what: &str, check: impl FnMut(&mut State) -> Option<T>) -> T {
        let found = timeout(PATIENCE, self.find(check)).await;
        found.unwrap_or_else(|_| panic!("never: {what}"))
    }

    /// Looks each time that something happened.
    pub async fn find<T>(&self, mut check: impl FnMut(&mut State) -> Option<T>) -> T {
        loop {
            let mut stirred = std::pin::pin!(self.stirred.notified());
            stirred.as_mut().enable();
            if let Some(found) = check(&mut self.lock()) {
                return found;
            }
            stirred.await;
        }
    }
}
