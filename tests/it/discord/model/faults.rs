//! What goes wrong on demand, and how the model itself is broken on purpose.

use std::time::{Duration, Instant};

use relais::chance::Chance;

/// A way in which the model is wrong, which a client must notice; see the tests of the clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A resumed session is not given what it missed.
    ReplayForgotten,
    /// A page of messages has numbers for words.
    NumberForContent,
    /// A page of reactions begins where the last one began.
    PagesStandStill,
}

/// Whom a limit that comes from nowhere is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This bucket.
    User,
    /// All buckets.
    Global,
    /// Everybody who uses the resource: does not count as the bot's own fault.
    Shared,
}

/// A time in which every request is told to wait.
#[derive(Debug, Clone, Copy)]
pub struct Wave {
    pub scope: Scope,
    pub until: Instant,
}

/// Some requests fail.
pub struct Failures {
    /// Of a thousand.
    pub per_mille: u64,
    pub status: u16,
    pub chance: Chance,
    /// Whether what was asked is done all the same.
    pub is_done: bool,
    /// How many are still to fail; as many as the chance has it where that is not said.
    pub left: Option<usize>,
}

/// What is wrong now.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is wrong or not, whatever the others are"
)]
pub struct Faults {
    /// Nobody comes in: neither to the gateway nor to REST.
    pub is_away: bool,
    /// The gateway hears nothing and answers nothing.
    pub is_deaf: bool,
    /// The next RESUME is refused.
    pub refuses_resume: bool,
    pub failures: Option<Failures>,
    pub wave: Option<Wave>,
    /// Messages yet to be made whose answer never comes.
    pub hangs: usize,
    /// The token is no longer taken.
    pub is_token_revoked: bool,
    /// How long each answer takes.
    pub latency: Duration,
}

impl Failures {
    /// Whether this request fails.
    pub fn strikes(&mut self) -> bool {
        if let Some(left) = &mut self.left {
            let is_left = *left > 0;
            *left = left.saturating_sub(1);
            return is_left;
        }
        u64::from_le_bytes(self.chance.bytes()) % 1_000 < self.per_mille
    }
}
