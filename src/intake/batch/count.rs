//! What one person confirms on one occasion of an ask, as a batch of gestures moves it. Pure: it reads and writes nothing.

use jiff::Timestamp;

use super::placing::Placed;
use crate::{
    domain::{
        choice::Detail,
        confirmation::{
            Confirmation, Movement, Observation, Signal, SignalKey, Source, confirmations, contradicted,
            observe,
        },
        day::Day,
        outcome::Outcome,
    },
    intake::{Act, Change, Receipt},
};

/// A person's signals on one occasion as a batch moves them, and what they had confirmed before it and have now.
#[derive(Default)]
pub(super) struct Count {
    /// A handful at most, so they are looked through rather than looked up.
    signals: Vec<Kept>,
    before: Vec<Confirmation>,
    now: Vec<Confirmation>,
}

struct Kept {
    signal: Signal,
    /// Whether the batch moved it.
    is_touched: bool,
}

impl Kept {
    fn see(&mut self, seen: Observation, (at, day): (Timestamp, Day)) {
        let signal = &mut self.signal;
        if let Some(state) = observe(Some((signal.state, signal.at)), signal.key.source, seen, at) {
            (signal.state, signal.at, signal.day) = (state, at, day);
            self.is_touched = true;
        }
    }
}

impl Count {
    /// Of the signals that stand before the batch.
    pub(super) fn of(signals: Vec<Signal>) -> Self {
        let before = confirmations(&signals);
        let kept = signals.into_iter().map(|signal| Kept {
            signal,
            is_touched: false,
        });
        Self {
            signals: kept.collect(),
            now: before.clone(),
            before,
        }
    }

    /// How far the batch moved what is counted.
    pub(super) fn movement(&self) -> Movement {
        Movement::between(&self.before, &self.now)
    }

    /// The signals that the batch moved.
    pub(super) fn into_touched(self) -> impl Iterator<Item = Signal> {
        let touched = self.signals.into_iter().filter(|kept| kept.is_touched);
        touched.map(|kept| kept.signal)
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
        let key = SignalKey {
            prompt: placed.known.prompt.id,
            account: placed.account,
            source,
            outcome,
            detail: detail.clone(),
        };
        self.see(key, seen, placed, day);
        Receipt::Noted {
            ask: placed.standing.ask,
            kind: placed.known.kind,
            outcome,
            detail,
            change: self.recount(),
            confirmations: self.now.len(),
        }
    }

    fn undo(&mut self, placed: &Placed, day: Day) -> Receipt {
        let undone = self.now.len();
        for kept in &mut self.signals {
            kept.see(Observation::Undone, (placed.at, day));
        }
        self.recount();
        Receipt::Undone {
            ask: placed.standing.ask,
            confirmations: undone,
        }
    }

    fn see(&mut self, key: SignalKey, seen: Observation, placed: &Placed, day: Day) {
        let at = placed.at;
        if seen == Observation::Shown {
            let signals = self.signals.iter().map(|kept| &kept.signal);
            let otherwise: Vec<SignalKey> = contradicted(signals, &key, at).into_iter().cloned().collect();
            for kept in &mut self.signals {
                if otherwise.contains(&kept.signal.key) {
                    kept.see(Observation::Undone, (at, day));
                }
            }
        }
        if let Some(kept) = self.signals.iter_mut().find(|kept| kept.signal.key == key) {
            kept.see(seen, (at, day));
        } else if let Some(state) = observe(None, key.source, seen, at) {
            let room = placed.known.prompt.room;
            self.signals.push(Kept {
                signal: Signal {
                    key,
                    room,
                    state,
                    at,
                    day,
                },
                is_touched: true,
            });
        }
    }

    fn recount(&mut self) -> Change {
        let now = confirmations(self.signals.iter().map(|kept| &kept.signal));
        let change = match (self.now == now, now.len() > self.now.len()) {
            (true, _) => Change::None,
            (false, true) => Change::New,
            (false, false) => Change::Corrected,
        };
        self.now = now;
        change
    }
}
