//! What one person confirms on one occasion of an ask, as a batch of gestures moves it. Pure: it reads and writes nothing.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::placing::Placed;
use crate::{
    domain::{
        choice::Detail,
        confirmation::{
            Confirmation, Movement, Observation, Signal, SignalKey, SignalState, Source, confirmations,
            observe,
        },
        day::Day,
        id::RoomId,
        outcome::Outcome,
    },
    intake::{Act, Change, Receipt},
};

/// What a person had confirmed on one occasion before the batch, and all their signals as the batch moves them.
#[derive(Default)]
pub(super) struct Count {
    before: Vec<Confirmation>,
    now: Vec<Confirmation>,
    signals: BTreeMap<SignalKey, Signal>,
    touched: HashSet<SignalKey>,
}

impl Count {
    /// Of the signals that stand before the batch.
    pub(super) fn of(signals: impl IntoIterator<Item = Signal>) -> Self {
        let signals: BTreeMap<_, _> = signals
            .into_iter()
            .map(|signal| (signal.key.clone(), signal))
            .collect();
        let before = confirmations(signals.values());
        Self {
            now: before.clone(),
            before,
            signals,
            touched: HashSet::new(),
        }
    }

    /// The signals that the batch moved.
    pub(super) fn touched(&self) -> impl Iterator<Item = &Signal> {
        self.touched.iter().filter_map(|key| self.signals.get(key))
    }

    /// How far the batch moved what is counted.
    pub(super) fn movement(&self) -> Movement {
        Movement::between(&self.before, &self.now)
    }

    /// Moves the signals by one gesture and says what became of it.
    pub(super) fn take(&mut self, placed: &Placed, day: Day) -> Receipt {
        let (source, outcome, detail, seen) = match &placed.gesture.act {
            Act::Undo => return self.undo(placed, day),
            Act::Say {
                source,
                outcome,
                detail,
            } => (*source, *outcome, detail.clone(), Observation::Shown),
            Act::Miss { outcome } => (
                Source::Reaction,
                *outcome,
                Detail::default(),
                Observation::FoundMissing,
            ),
            Act::React { key, seen } => match Outcome::from_reaction(placed.known.kind, key) {
                Some(outcome) => (Source::Reaction, outcome, Detail::default(), *seen),
                None => return Receipt::Meaningless,
            },
        };
        let prompt = &placed.known.prompt;
        let key = SignalKey {
            prompt: prompt.id,
            account: placed.account,
            source,
            outcome,
            detail: detail.clone(),
        };
        self.observe(key, seen, (prompt.room, placed.gesture.at, day));
        Receipt::Noted {
            ask: prompt.ask,
            kind: placed.known.kind,
            outcome,
            detail,
            change: self.recount(),
        }
    }

    fn undo(&mut self, placed: &Placed, day: Day) -> Receipt {
        let undone = self.now.len();
        let keys: Vec<(SignalKey, RoomId)> = self
            .signals
            .values()
            .map(|signal| (signal.key.clone(), signal.room))
            .collect();
        for (key, room) in keys {
            self.observe(key, Observation::Undone, (room, placed.gesture.at, day));
        }
        self.recount();
        Receipt::Undone {
            ask: placed.standing.ask,
            confirmations: undone,
        }
    }

    fn recount(&mut self) -> Change {
        let now = confirmations(self.signals.values());
        let change = match (self.now == now, now.len() > self.now.len()) {
            (true, _) => Change::None,
            (false, true) => Change::New,
            (false, false) => Change::Corrected,
        };
        self.now = now;
        change
    }

    fn observe(&mut self, key: SignalKey, seen: Observation, (room, at, day): (RoomId, Timestamp, Day)) {
        let current = self.signals.get(&key).map(|signal| (signal.state, signal.at));
        // A button pressed again after a correction is the latest word, though it stands already.
        let is_said_again = seen == Observation::Shown
            && current.is_some_and(|(state, since)| state == SignalState::Present && since < at)
            && key.source != Source::Reaction
            && self.signals.values().any(|other| {
                other.key != key
                    && other.key.detail == key.detail
                    && Some(other.at) > current.map(|(_, since)| since)
            });
        let state = if is_said_again {
            Some(SignalState::Present)
        } else {
            observe(current, key.source, seen, at)
        };
        if let Some(state) = state {
            self.touched.insert(key.clone());
            self.signals.insert(
                key.clone(),
                Signal {
                    key,
                    room,
                    state,
                    at,
                    day,
                },
            );
        }
    }
}
