//! Which reaction an event was: a redaction names the event alone, and once it is gone nothing tells what it said.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use matrix_sdk::ruma::{OwnedEventId, OwnedUserId};

/// How many reactions are remembered, at some 200 bytes each. All those of open prompts are read at each start.
const MOST: usize = 50_000;

/// A reaction that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reaction {
    /// Who.
    pub sender: OwnedUserId,
    /// To what.
    pub message: OwnedEventId,
    /// With what.
    pub key: String,
}

/// The reactions that were seen, by their events.
#[derive(Default)]
pub(super) struct Reactions(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    by_event: HashMap<OwnedEventId, Reaction>,
    oldest_first: VecDeque<OwnedEventId>,
}

impl Reactions {
    /// Remembers a reaction.
    pub fn note(&self, event: OwnedEventId, reaction: Reaction) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.by_event.insert(event.clone(), reaction).is_none() {
            seen.oldest_first.push_back(event);
        }
        while seen.oldest_first.len() > MOST {
            if let Some(oldest) = seen.oldest_first.pop_front() {
                seen.by_event.remove(&oldest);
            }
        }
    }

    /// What a reaction was that was taken back; it is forgotten with that.
    pub fn take(&self, event: &OwnedEventId) -> Option<Reaction> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.by_event.remove(event)
    }
}
