//! The memory of nonces: for some minutes, the same nonce in the same channel is the same message.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::snowflake::Id;

/// "The past few minutes", of which Discord says no more.
const MEMORY: SignedDuration = SignedDuration::from_mins(3);

#[derive(Default)]
pub struct Nonces {
    known: HashMap<(Id, String), (Id, Timestamp)>,
}

impl Nonces {
    /// The message that was made with this nonce a short time ago.
    pub fn message(&self, channel: Id, nonce: &str, now: Timestamp) -> Option<Id> {
        let (message, made) = self.known.get(&(channel, nonce.to_owned()))?;
        (now.duration_since(*made) < MEMORY).then_some(*message)
    }

    pub fn remember(&mut self, channel: Id, nonce: String, message: Id, now: Timestamp) {
        self.known.insert((channel, nonce), (message, now));
    }

    pub fn forget(&mut self) {
        self.known.clear();
    }
}
