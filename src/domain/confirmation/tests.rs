//! What people do, in the order in which it is told or out of it, and what is counted in the end.

mod properties;

use std::collections::BTreeMap;

use jiff::{ToSpan, tz::TimeZone};

use super::*;

/// One person's signals on one ask, kept as intake keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Ledger(BTreeMap<SignalKey, Signal>);

/// What was told of one signal.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    key: SignalKey,
    seen: Observation,
    at: Timestamp,
}

impl Ledger {
    fn of(events: &[Told]) -> Self {
        let mut ledger = Self::default();
        for event in events {
            ledger.tell(event);
        }
        ledger
    }

    fn tell(&mut self, Told { key, seen, at }: &Told) {
        if *seen == Observation::Shown {
            let contradicted: Vec<SignalKey> = super::contradicted(self.0.values(), key, *at)
                .into_iter()
                .cloned()
                .collect();
            for other in contradicted {
                self.observe(&other, Observation::Undone, *at);
            }
        }
        self.observe(key, *seen, *at);
    }

    fn observe(&mut self, key: &SignalKey, seen: Observation, at: Timestamp) {
        let current = self.0.get(key).map(|signal| (signal.state, signal.at));
        if let Some(state) = observe(current, key.source, seen, at) {
            let signal = Signal {
                key: key.clone(),
                room: RoomId(key.prompt.0),
                state,
                at,
                day: Day::of(at, &TimeZone::UTC),
            };
            self.0.insert(key.clone(), signal);
        }
    }

    /// The person undoes all that they confirmed.
    fn undo(&mut self, at: Timestamp) {
        for key in self.0.keys().cloned().collect::<Vec<_>>() {
            self.observe(&key, Observation::Undone, at);
        }
    }

    fn confirmations(&self) -> Vec<Confirmation> {
        confirmations(self.0.values())
    }

    /// What is counted: detail, outcome, room and hour of the story.
    fn counted(&self) -> Vec<(String, Outcome, i64, i64)> {
        self.confirmations()
            .into_iter()
            .map(|one| {
                let hour = (one.at - hour(0)).get_seconds() / 3_600;
                (one.detail.as_str().to_owned(), one.outcome, one.room.0, hour)
            })
            .collect()
    }
}

/// So many hours into the story.
fn hour(hours: i64) -> Timestamp {
    "2026-11-23T00:00:00Z".parse::<Timestamp>().unwrap() + hours.hours()
}

/// A signal on the prompt of a room, by the account of the same number.
fn key(room: i64, source: Source, outcome: Outcome, detail: &str) -> SignalKey {
    SignalKey {
        prompt: PromptId(room),
        account: AccountId(room),
        source,
        outcome,
        detail: Detail::new(detail).unwrap(),
    }
}

fn button(outcome: Outcome, detail: &str) -> SignalKey {
    key(1, Source::Button, outcome, detail)
}

fn reaction(room: i64) -> SignalKey {
    key(room, Source::Reaction, Outcome::Done, "")
}

/// A story: what was told of which signal, and at which hour it happened.
fn story(events: &[(&SignalKey, Observation, i64)]) -> Ledger {
    let told = |(key, seen, at): &(&SignalKey, Observation, i64)| Told {
        key: (*key).clone(),
        seen: *seen,
        at: hour(*at),
    };
    Ledger::of(&events.iter().map(told).collect::<Vec<_>>())
}

use Observation::{FoundMissing, FoundStanding, Shown, TakenBack};
use Outcome::{Done, NotToday, Reached, Voicemail};

fn general(room: i64, hour: i64) -> (String, Outcome, i64, i64) {
    (String::new(), Done, room, hour)
}

#[test]
fn what_is_shown_more_than_once_is_one_count() {
    let (here, there) = (reaction(1), reaction(2));
    let pressed = button(Done, "");
    for (what, events) in [
        ("a second tap", vec![(&pressed, Shown, 1), (&pressed, Shown, 5)]),
        (
            "an event told twice",
            vec![(&pressed, Shown, 1), (&pressed, Shown, 1)],
        ),
        (
            "a button beside a reaction",
            vec![(&pressed, Shown, 1), (&here, Shown, 2)],
        ),
        (
            "a reaction beside a button",
            vec![(&here, Shown, 1), (&pressed, Shown, 2)],
        ),
        (
            "two rooms and accounts",
            vec![(&here, Shown, 1), (&there, Shown, 2)],
        ),
        ("two rooms told late", vec![(&there, Shown, 2), (&here, Shown, 1)]),
        ("read again", vec![(&here, Shown, 1), (&here, FoundStanding, 7)]),
        ("first seen when read", vec![(&here, FoundStanding, 1)]),
    ] {
        assert_eq!(story(&events).counted(), [general(1, 1)], "{what}");
    }
}

#[test]
fn what_is_taken_back_is_not_counted() {
    let (here, there) = (reaction(1), reaction(2));
    for (what, events, counted) in [
        (
            "taken back",
            vec![(&here, Shown, 1), (&here, TakenBack, 2)],
            vec![],
        ),
        (
            "told in the wrong order",
            vec![(&here, TakenBack, 2), (&here, Shown, 1)],
            vec![],
        ),
        (
            "found missing",
            vec![(&here, Shown, 1), (&here, FoundMissing, 2)],
            vec![],
        ),
        ("never there", vec![(&here, FoundMissing, 2)], vec![]),
        (
            "given again and taken back, told in the wrong order",
            vec![
                (&here, Shown, 1),
                (&here, TakenBack, 2),
                (&here, TakenBack, 4),
                (&here, Shown, 3),
            ],
            vec![],
        ),
        (
            "read before it was shown",
            vec![(&here, Shown, 3), (&here, FoundMissing, 2)],
            vec![general(1, 3)],
        ),
        (
            "read before it was taken back",
            vec![
                (&here, Shown, 1),
                (&here, TakenBack, 3),
                (&here, FoundStanding, 2),
            ],
            vec![],
        ),
        (
            "given again",
            vec![(&here, Shown, 1), (&here, TakenBack, 2), (&here, Shown, 3)],
            vec![general(1, 3)],
        ),
        (
            "given again, which is told before it was taken back",
            vec![(&here, Shown, 1), (&here, Shown, 3), (&here, TakenBack, 2)],
            vec![general(1, 3)],
        ),
        (
            "one room of two",
            vec![(&here, Shown, 1), (&there, Shown, 2), (&here, TakenBack, 3)],
            vec![general(2, 2)],
        ),
    ] {
        assert_eq!(story(&events).counted(), counted, "{what}");
    }
}

#[test]
fn another_outcome_corrects_and_stays_where_it_was_counted() {
    let outcomes = |events: &[(&SignalKey, Observation, i64)]| story(events).counted();
    let (reached, voicemail) = (button(Reached, "t1"), button(Voicemail, "t1"));
    let counted = |outcome| [("t1".to_owned(), outcome, 1, 1)];
    assert_eq!(
        outcomes(&[(&reached, Shown, 1), (&voicemail, Shown, 2)]),
        counted(Voicemail)
    );
    assert_eq!(
        outcomes(&[(&reached, Shown, 1), (&voicemail, Shown, 2), (&reached, Shown, 3)]),
        counted(Reached)
    );
    assert_eq!(
        outcomes(&[
            (&reached, Shown, 1),
            (&voicemail, Shown, 2),
            (&reached, Shown, 3),
            (&voicemail, Shown, 4)
        ]),
        counted(Voicemail)
    );
    // Told again, or late, the first word changes nothing.
    assert_eq!(
        outcomes(&[(&reached, Shown, 1), (&voicemail, Shown, 2), (&reached, Shown, 1)]),
        counted(Voicemail)
    );
    assert_eq!(
        outcomes(&[(&voicemail, Shown, 2), (&reached, Shown, 1)]),
        counted(Voicemail)
    );
    // A clock that stands still does not choose between them.
    assert_eq!(
        outcomes(&[(&voicemail, Shown, 1), (&reached, Shown, 1)]),
        counted(Reached)
    );
    assert_eq!(
        outcomes(&[(&reached, Shown, 1), (&voicemail, Shown, 1)]),
        counted(Voicemail)
    );
}

#[test]
fn a_button_corrects_a_reaction_that_stands() {
    let stands = key(1, Source::Reaction, Voicemail, "");
    let reached = button(Reached, "");
    let ledger = story(&[
        (&reached, Shown, 1),
        (&stands, Shown, 2),
        (&reached, Shown, 3),
        (&stands, FoundStanding, 4),
    ]);
    assert_eq!(ledger.counted(), [(String::new(), Reached, 1, 1)]);
}

#[test]
fn two_details_are_two_counts() {
    let ledger = story(&[
        (&button(Done, "x"), Shown, 2),
        (&button(Done, "bluesky"), Shown, 1),
    ]);
    let details: Vec<String> = ledger.counted().into_iter().map(|(detail, ..)| detail).collect();
    assert_eq!(details, ["bluesky", "x"], "the earliest first");
}

#[test]
fn what_names_nothing_counts_only_where_nothing_is_named() {
    let (general_tap, mastodon) = (button(Done, ""), button(Done, "mastodon"));
    let named = [("mastodon".to_owned(), Done, 1, 2)];
    let mut ledger = story(&[(&general_tap, Shown, 1), (&mastodon, Shown, 2)]);
    assert_eq!(ledger.counted(), named);
    assert_eq!(
        story(&[(&mastodon, Shown, 2), (&general_tap, Shown, 3)]).counted(),
        named
    );
    ledger.observe(&mastodon, TakenBack, hour(3));
    assert_eq!(ledger.counted(), [general(1, 1)]);
}

#[test]
fn not_today_never_counts() {
    let (done, later) = (button(Done, ""), button(NotToday, ""));
    assert_eq!(story(&[(&later, Shown, 1)]).counted(), []);
    assert_eq!(
        story(&[(&done, Shown, 1), (&later, Shown, 2)]).counted(),
        [general(1, 1)]
    );
    assert_eq!(
        story(&[(&later, Shown, 1), (&done, Shown, 2)]).counted(),
        [general(1, 2)]
    );
    let named = button(NotToday, "x");
    assert_eq!(
        story(&[(&done, Shown, 1), (&named, Shown, 2)]).counted(),
        [general(1, 1)]
    );
}

#[test]
fn undone_stays_undone_until_the_reaction_leaves() {
    let (pressed, reacted) = (button(Done, ""), reaction(1));
    let mut ledger = story(&[(&pressed, Shown, 1), (&reacted, Shown, 2)]);
    ledger.undo(hour(3));
    assert_eq!(ledger.counted(), []);
    assert_eq!(ledger.0[&pressed].state, SignalState::Withdrawn);
    assert_eq!(ledger.0[&reacted].state, SignalState::Held);

    // Neither reading again, nor the old events told again, nor undoing twice bring it back.
    let undone = ledger.clone();
    for (key, seen, at) in [
        (&reacted, FoundStanding, 4),
        (&reacted, Shown, 2),
        (&pressed, Shown, 1),
    ] {
        ledger.observe(key, seen, hour(at));
    }
    ledger.undo(hour(5));
    assert_eq!(ledger, undone);

    // The reaction leaves, and comes back.
    for gone in [TakenBack, FoundMissing] {
        let mut ledger = undone.clone();
        ledger.observe(&reacted, gone, hour(6));
        assert_eq!(ledger.0[&reacted].state, SignalState::Withdrawn);
        for back in [Shown, FoundStanding] {
            let mut ledger = ledger.clone();
            ledger.observe(&reacted, back, hour(7));
            assert_eq!(ledger.counted(), [general(1, 7)], "{gone:?} {back:?}");
        }
    }

    // Its leaving was missed: given anew, later, it counts.
    let mut missed = undone.clone();
    missed.observe(&reacted, Shown, hour(6));
    assert_eq!(missed.counted(), [general(1, 6)]);

    // And so does the button.
    let mut pressed_again = undone;
    pressed_again.observe(&pressed, Shown, hour(6));
    assert_eq!(pressed_again.counted(), [general(1, 6)]);
}
