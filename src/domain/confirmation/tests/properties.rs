//! What holds of any history of a person's signals.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn keys() -> impl Strategy<Value = SignalKey> {
    let outcomes = vec![Reached, Voicemail, Done, NotToday];
    (
        1i64..3,
        prop::sample::select(Source::ALL.to_vec()),
        prop::sample::select(outcomes),
        prop::sample::select(vec!["", "x", "t1"]),
    )
        .prop_map(|(room, source, outcome, detail)| key(room, source, outcome, detail))
}

fn observations() -> impl Strategy<Value = Observation> {
    prop::sample::select(vec![
        Shown,
        Shown,
        TakenBack,
        FoundStanding,
        FoundMissing,
        Observation::Undone,
    ])
}

/// What happens to the signals of a person, each event an hour after the one before, told in this order.
fn histories() -> impl Strategy<Value = Vec<Told>> {
    let seen = vec![
        Shown,
        Shown,
        TakenBack,
        FoundStanding,
        FoundMissing,
        Observation::Undone,
    ];
    prop::collection::vec((keys(), prop::sample::select(seen)), 0..16).prop_map(|events| {
        (0..)
            .zip(events)
            .map(|(at, (key, seen))| Told {
                key,
                seen,
                at: hour(at),
            })
            .collect()
    })
}

/// A movement after another.
fn added(first: &Movement, second: &Movement) -> Movement {
    let mut sum = Movement::default();
    for movement in [first, second] {
        for (row, (count, people)) in &movement.tally {
            let total = sum.tally.entry(*row).or_default();
            *total = (total.0 + count, total.1 + people);
        }
        for (place, count) in &movement.activity {
            *sum.activity.entry(*place).or_default() += count;
        }
    }
    sum.tally.retain(|_, moved| *moved != (0, 0));
    sum.activity.retain(|_, moved| *moved != 0);
    sum
}

proptest! {
    #[test]
    fn what_is_told_twice_is_told_once(history in histories()) {
        let once = Ledger::of(&history);
        let twice = [history.as_slice(), history.as_slice()].concat();
        prop_assert_eq!(&Ledger::of(&twice), &once);
        let stuttered: Vec<Told> = history.iter().flat_map(|event| [event.clone(), event.clone()]).collect();
        prop_assert_eq!(&Ledger::of(&stuttered), &once);
    }

    #[test]
    fn an_event_repeated_at_any_later_time_changes_nothing(
        history in histories(), event in any::<prop::sample::Index>(), delay in any::<prop::sample::Index>()
    ) {
        if history.is_empty() {
            return Ok(());
        }
        let event = event.index(history.len());
        let later = event + 1 + delay.index(history.len() - event);
        let mut told = history.clone();
        told.insert(later, history[event].clone());
        prop_assert_eq!(Ledger::of(&told), Ledger::of(&history));
    }

    #[test]
    fn showing_and_taking_back_may_be_told_in_the_wrong_order(
        before in prop::collection::vec(observations(), 0..6), after in prop::collection::vec(observations(), 0..6),
        gestures in prop::sample::select(vec![[Shown, TakenBack], [TakenBack, Shown]])
    ) {
        let gesture = before.len();
        let seen = [before, gestures.to_vec(), after].concat();
        let history: Vec<Told> =
            (0..).zip(seen).map(|(at, seen)| Told { key: reaction(1), seen, at: hour(at) }).collect();
        let mut told = history.clone();
        told.swap(gesture, gesture + 1);
        prop_assert_eq!(Ledger::of(&told), Ledger::of(&history));
    }

    #[test]
    fn the_order_in_which_signals_are_kept_does_not_matter(
        (kept, shuffled) in histories().prop_map(|history| Ledger::of(&history).0.into_values().collect::<Vec<_>>())
            .prop_flat_map(|kept| (Just(kept.clone()), Just(kept).prop_shuffle()))
    ) {
        prop_assert_eq!(confirmations(&shuffled), confirmations(&kept));
    }

    #[test]
    fn one_person_has_one_count_for_each_detail(history in histories()) {
        let counted = Ledger::of(&history).confirmations();
        let details: BTreeSet<&Detail> = counted.iter().map(|one| &one.detail).collect();
        prop_assert_eq!(details.len(), counted.len());
        prop_assert!(counted.len() == 1 || counted.iter().all(|one| !one.detail.is_general()));
        prop_assert!(counted.iter().all(|one| one.outcome.counts()));
        let people: i64 = Movement::between(&[], &counted).tally.values().map(|(_, people)| people).sum();
        prop_assert_eq!(people, i64::from(!counted.is_empty()));
    }

    #[test]
    fn the_latest_word_is_what_came_of_it(history in histories(), key in keys()) {
        let last = Told { key, seen: Shown, at: hour(100) };
        let (detail, outcome) = (&last.key.detail, last.key.outcome);
        let mut named = Ledger::of(&[history, vec![last.clone()]].concat()).confirmations();
        named.retain(|one| one.detail == *detail);
        if outcome.counts() {
            prop_assert!(named.iter().all(|one| one.outcome == outcome));
            prop_assert!(detail.is_general() || named.len() == 1);
        }
    }

    #[test]
    fn undoing_leaves_nothing(history in histories()) {
        let mut ledger = Ledger::of(&history);
        ledger.undo(hour(100));
        prop_assert_eq!(ledger.confirmations(), []);
    }

    #[test]
    fn movements_add_up(a in histories(), b in histories(), c in histories()) {
        let [a, b, c] = [a, b, c].map(|history| Ledger::of(&history).confirmations());
        let there = added(&Movement::between(&a, &b), &Movement::between(&b, &c));
        prop_assert_eq!(there, Movement::between(&a, &c));
        prop_assert_eq!(Movement::between(&a, &a), Movement::default());
    }
}
