//! Signals are what accounts show on prompts; confirmations follow from them.
//!
//! A signal is one (account, prompt, source, outcome, detail), present or not. What a person confirmed of an ask is a pure
//! function of their signals on it, so that a second tap, two rooms, a button beside a reaction, a late, repeated or
//! reordered event and linked accounts all end in one count.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    choice::Detail,
    code::coded,
    day::Day,
    id::{AccountId, PromptId, RoomId},
    outcome::Outcome,
};

coded! {
    /// How an account showed a signal.
    pub enum Source {
        /// A button, here or in a private answer.
        Button = "button",
        /// A reaction, which the platform keeps and which is read again after each gap.
        Reaction = "reaction",
        /// A word in reply.
        Word = "word",
    }
}

coded! {
    /// Whether a signal stands.
    pub enum SignalState {
        /// It counts.
        Present = "present",
        /// It was taken back, or its reaction has left.
        Withdrawn = "withdrawn",
        /// It was undone while its reaction still stands: reading that reaction again does not bring it back.
        Held = "held",
    }
}

/// What tells one signal from another within an ask's occasion and a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignalKey {
    /// The prompt it was shown on.
    pub prompt: PromptId,
    /// The account that showed it.
    pub account: AccountId,
    /// How.
    pub source: Source,
    /// What it says.
    pub outcome: Outcome,
    /// Of what, within the ask.
    pub detail: Detail,
}

/// A signal as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Which one.
    pub key: SignalKey,
    /// The room of its prompt.
    pub room: RoomId,
    /// Whether it stands.
    pub state: SignalState,
    /// When it came to stand so.
    pub at: Timestamp,
    /// The organisation's civil day of `at`.
    pub day: Day,
}

/// What was seen to happen to a signal, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observation {
    /// The account showed it.
    Shown,
    /// The account took it back.
    TakenBack,
    /// The platform was read again and it was there; since when is not known.
    FoundStanding,
    /// The platform was read again and it was not there.
    FoundMissing,
    /// The person undid all that they had confirmed.
    Undone,
}

/// The state of a signal after an observation; none if the observation changes nothing.
///
/// An observation older than the state it meets is late news and changes nothing. So gestures may be told in the wrong order where
/// their times are the platform's own; where they are those of our clock, the order of arrival is all there is, and an adapter keeps
/// it. One order is beyond this: a reaction that a reading found standing stands since it was first shown, so that a count keeps its
/// day, and a taking back from before that reading, told after it, withdraws the reaction until the next reading.
pub fn observe(
    current: Option<(SignalState, Timestamp)>,
    source: Source,
    seen: Observation,
    at: Timestamp,
) -> Option<SignalState> {
    use Observation::{FoundMissing, FoundStanding, Shown, TakenBack, Undone};
    use SignalState::{Held, Present, Withdrawn};

    let Some((state, since)) = current else {
        return match seen {
            Shown | FoundStanding => Some(Present),
            // Remembered, lest the showing of it arrive after.
            TakenBack => Some(Withdrawn),
            FoundMissing | Undone => None,
        };
    };
    if at < since {
        return None;
    }
    match (state, seen) {
        (Withdrawn, Shown | FoundStanding) => Some(Present),
        // A platform tells of a reaction once while it stands. A later showing is a new one, and the news that the one before it was
        // taken back is yet to come.
        (Present, Shown) if source == Source::Reaction && at > since => Some(Present),
        // The same instant is the showing that was undone, told twice; a later one is a new gesture.
        (Held, Shown) if at > since => Some(Present),
        (Present | Held, TakenBack | FoundMissing) => Some(Withdrawn),
        // Since then, lest a showing from in between arrive after.
        (Withdrawn, TakenBack) if at > since => Some(Withdrawn),
        (Present, Undone) => Some(if source == Source::Reaction {
            Held
        } else {
            Withdrawn
        }),
        _ => None,
    }
}

/// The signals of a person that showing this one contradicts: they say otherwise of the same detail, and would go before it as
/// the latest. They are to be undone when it is shown.
///
/// For the one shown may stand since before them: whoever said *reached*, then *voicemail*, and says *reached* again means
/// it, but their first word stands where it stood, and with it the day and the room of the count.
pub fn contradicted<'a>(
    signals: impl IntoIterator<Item = &'a Signal>,
    shown: &SignalKey,
    at: Timestamp,
) -> Vec<&'a SignalKey> {
    let is_standing = |signal: &&Signal| signal.state == SignalState::Present;
    let standing: Vec<&Signal> = signals.into_iter().filter(is_standing).collect();
    let before = standing.iter().find(|signal| signal.key == *shown);
    let since = before.map_or(at, |signal| signal.at);
    standing
        .into_iter()
        .filter(|signal| signal.key.detail == shown.detail && signal.key.outcome != shown.outcome)
        .filter(|signal| signal.at <= at && (signal.at, &signal.key) > (since, shown))
        .map(|signal| &signal.key)
        .collect()
}

/// What a person did of an ask: one detail of it, with its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// A network, a target, or nothing in particular.
    pub detail: Detail,
    /// What came of it: the latest that the person said.
    pub outcome: Outcome,
    /// Where it is counted: the room of the first signal that still stands.
    pub room: RoomId,
    /// When it is counted: the day of that signal.
    pub day: Day,
    /// The instant of that signal.
    at: Timestamp,
}

/// What a person confirmed, worked out from all their signals on one occasion of one ask; the earliest first.
///
/// A signal that names nothing in particular counts only where none names something: « fait » beside « Mastodon » is one.
pub fn confirmations<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Vec<Confirmation> {
    let stands = |signal: &&Signal| signal.state == SignalState::Present && signal.key.outcome.counts();
    let mut standing: Vec<&Signal> = signals.into_iter().filter(stands).collect();
    standing.sort_by_key(|signal| (&signal.key.detail, signal.at, &signal.key));
    let names_something = standing.iter().any(|signal| !signal.key.detail.is_general());
    let mut confirmations: Vec<Confirmation> = standing
        .chunk_by(|one, other| one.key.detail == other.key.detail)
        .filter_map(|same| same.first().zip(same.last()))
        .filter(|(first, _)| !(names_something && first.key.detail.is_general()))
        .map(|(first, last)| Confirmation {
            detail: first.key.detail.clone(),
            outcome: last.key.outcome,
            room: first.room,
            day: first.day,
            at: first.at,
        })
        .collect();
    confirmations.sort_by(|a, b| (a.at, &a.detail).cmp(&(b.at, &b.detail)));
    confirmations
}

/// What a row of the tally counts within one occasion of one ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TallyKey {
    /// The civil day.
    pub day: Day,
    /// The room.
    pub room: RoomId,
    /// What came of it.
    pub outcome: Outcome,
}

/// How far a person's confirmations move the tally and their activity.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// Confirmations, and people (each once an occasion, with their first confirmation), by row of the tally.
    pub tally: BTreeMap<TallyKey, (i64, i64)>,
    /// Confirmations by day and room of the person.
    pub activity: BTreeMap<(Day, RoomId), i64>,
}

impl Movement {
    /// From what the person had confirmed to what they have now.
    pub fn between(before: &[Confirmation], after: &[Confirmation]) -> Self {
        let mut movement = Self::default();
        movement.add(before, -1);
        movement.add(after, 1);
        movement.tally.retain(|_, moved| *moved != (0, 0));
        movement.activity.retain(|_, moved| *moved != 0);
        movement
    }

    fn add(&mut self, confirmations: &[Confirmation], sign: i64) {
        for (index, confirmation) in confirmations.iter().enumerate() {
            let Confirmation {
                outcome, room, day, ..
            } = *confirmation;
            let (count, people) = self.tally.entry(TallyKey { day, room, outcome }).or_default();
            *count += sign;
            *people += if index == 0 { sign } else { 0 };
            *self.activity.entry((day, room)).or_default() += sign;
        }
    }
}

#[cfg(test)]
mod tests;
