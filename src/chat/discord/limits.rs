//! Discord's rate limits, kept to ahead of time.
//!
//! There are three: so many requests a second for the whole bot, so many by bucket, which answers tell of, and so many refusals in
//! ten minutes, after which Discord shuts an address out. A request asks here before it goes, and what its answer told is learned.

mod bucket;
mod told;

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use bucket::{Buckets, Room};

pub(super) use bucket::RouteKey;
pub(super) use told::{Told, seconds};

/// How many requests go in [`SECOND`]: Discord takes 50.
const IN_A_SECOND: usize = 49;
/// A second with a hundredth more, since requests do not all take equally long to arrive.
const SECOND: Duration = Duration::from_millis(1010);
/// What one request takes at that rate.
pub(super) const MESSAGE_EVERY: Duration = Duration::from_millis(21);
/// The least between two requests, so that a second's share never arrives as one.
const APART: Duration = Duration::from_millis(5);
/// The longest wait that is waited here; what would wait longer is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);
/// In what time refusals are counted.
const REFUSALS_WITHIN: Duration = Duration::from_mins(10);
/// How many refusals in that time stop everything: Discord shuts an address out at 10,000, and may count what we do not see.
const REFUSALS_MAX: usize = 5_000;

/// Which limits hold for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// All.
    Bot,
    /// Its bucket alone: what answers an interaction does not count for the whole bot.
    Interaction,
}

/// Why a request does not go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Its own bucket is empty for so long.
    Bucket(Duration),
    /// Nothing of the bot may go for so long.
    All(Duration),
}

/// The limits of one bot.
#[derive(Default)]
pub(super) struct Limits {
    state: Mutex<State>,
    /// Whoever waits for the bot's share waits here, first come, first served.
    turn: tokio::sync::Mutex<()>,
    /// Moves when a bucket has room again before its time.
    freed: Notify,
}

#[derive(Default)]
struct State {
    buckets: Buckets,
    /// When the last requests went.
    gone: VecDeque<Instant>,
    /// Until when Discord asked the whole bot for patience.
    held_until: Option<Instant>,
    /// When requests were refused.
    refusals: VecDeque<Instant>,
    /// Whether it was logged that they are too many.
    has_complained: bool,
}

/// A request that may go. What its answer tells is given back with it.
pub(super) struct Permit<'a> {
    limits: &'a Limits,
    route: RouteKey,
    is_learned: bool,
}

impl Limits {
    /// Waits until a request may go, or says that this takes long.
    pub async fn admit(&self, lane: Lane, route: &RouteKey) -> Result<Permit<'_>, Held> {
        let patience = Instant::now() + PATIENCE;
        loop {
            self.wait_for_bucket(route, patience).await?;
            if lane == Lane::Bot {
                let _turn = self.turn.lock().await;
                self.wait_for_bot(patience).await?;
                if let Some(permit) = self.take(lane, route) {
                    return Ok(permit);
                }
            } else if let Some(permit) = self.take(lane, route) {
                return Ok(permit);
            }
        }
    }

    /// Discord asked the whole bot for patience.
    pub fn hold(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut state = self.state();
        state.held_until = Some(state.held_until.map_or(until, |held| held.max(until)));
    }

    /// Discord refused a request in a way that it counts.
    pub fn refused(&self) {
        self.state().refusals.push_back(Instant::now());
    }

    async fn wait_for_bucket(&self, route: &RouteKey, patience: Instant) -> Result<(), Held> {
        loop {
            let freed = self.freed.notified();
            let room = self.state().buckets.room(route, Instant::now());
            match room {
                Room::Now => return Ok(()),
                Room::At(until) if until > patience => {
                    return Err(Held::Bucket(until.duration_since(Instant::now())));
                }
                // Which of the two comes first is the same.
                Room::At(until) => {
                    let _ = tokio::time::timeout_at(until, freed).await;
                }
                Room::Unknown => freed.await,
            }
        }
    }

    async fn wait_for_bot(&self, patience: Instant) -> Result<(), Held> {
        loop {
            let now = Instant::now();
            let until = self.state().bot_until(now);
            match until {
                None => return Ok(()),
                Some(until) if until > patience => return Err(Held::All(until.duration_since(now))),
                Some(until) => tokio::time::sleep_until(until).await,
            }
        }
    }

    /// Takes a request's share; none where somebody else took the last of its bucket.
    fn take(&self, lane: Lane, route: &RouteKey) -> Option<Permit<'_>> {
        let now = Instant::now();
        let mut state = self.state();
        if !state.buckets.take(route, now) {
            return None;
        }
        if lane == Lane::Bot {
            state.gone.push_back(now);
            if state.gone.len() > IN_A_SECOND {
                state.gone.pop_front();
            }
        }
        drop(state);
        Some(Permit {
            limits: self,
            route: route.clone(),
            is_learned: false,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Until when nothing of the bot may go; none where it may.
    fn bot_until(&mut self, now: Instant) -> Option<Instant> {
        let share = (self.gone.len() == IN_A_SECOND)
            .then(|| self.gone.front().map(|first| *first + SECOND))
            .flatten();
        let apart = self.gone.back().map(|last| *last + APART);
        let until = [share, apart, self.held_until, self.refused_until(now)];
        until.into_iter().flatten().max().filter(|until| *until > now)
    }

    /// Until when there were too many refusals.
    fn refused_until(&mut self, now: Instant) -> Option<Instant> {
        while self
            .refusals
            .front()
            .is_some_and(|first| now.duration_since(*first) > REFUSALS_WITHIN)
        {
            self.refusals.pop_front();
        }
        if self.refusals.len() < REFUSALS_MAX {
            self.has_complained = false;
            return None;
        }
        if !self.has_complained {
            self.has_complained = true;
            tracing::error!(
                refusals = self.refusals.len(),
                "Discord refuses too much of what is asked of it and would shut this address out: nothing is sent for some minutes"
            );
        }
        let from = self.refusals.len() - REFUSALS_MAX;
        self.refusals.get(from).map(|first| *first + REFUSALS_WITHIN)
    }
}

impl Permit<'_> {
    /// Learns what an answer told of the request's bucket.
    pub fn learn(mut self, told: &Told) {
        self.is_learned = true;
        let mut state = self.limits.state();
        state.buckets.learn(&self.route, told, Instant::now());
        drop(state);
        self.limits.freed.notify_waiters();
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if !self.is_learned {
            self.limits.state().buckets.release(&self.route);
            self.limits.freed.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
