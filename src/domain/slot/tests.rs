//! The clock changes of two cities, and a year of weekdays.

use jiff::{civil, civil::date};
use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn utc(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What the clock of a zone shows.
fn shown(instant: Timestamp, zone: &TimeZone) -> DateTime {
    instant.to_zoned(zone.clone()).datetime()
}

/// Every occurrence after an instant and before another, found by going from each to the next.
fn walk(
    slot: Slot,
    zone: &TimeZone,
    closes_at: Option<Timestamp>,
    (after, before): (Timestamp, Timestamp),
) -> Vec<Occurrence> {
    std::iter::successors(slot.next(zone, closes_at, after), |last| {
        slot.next(zone, closes_at, last.starts_at)
    })
    .take_while(|occurrence| occurrence.starts_at < before)
    .collect()
}

#[test]
fn in_spring_an_hour_is_skipped() {
    for (city, day, before, after, instead) in [
        ("America/Montreal", date(2026, 3, 8), "06:59", "07:00", "07:30"),
        ("America/Montreal", date(2027, 3, 14), "06:59", "07:00", "07:30"),
        ("Europe/Paris", date(2026, 3, 29), "00:59", "01:00", "01:30"),
        ("Europe/Paris", date(2027, 3, 28), "00:59", "01:00", "01:30"),
    ] {
        let zone = zone(city);
        let at = |hour, minute| day.at(hour, minute, 0, 0);
        let expected = |clock: &str| Some(utc(&format!("{day}T{clock}:00Z")));
        for (hour, minute, is_shown) in [
            (1, 59, true),
            (2, 0, false),
            (2, 30, false),
            (2, 59, false),
            (3, 0, true),
        ] {
            assert_eq!(
                exists(at(hour, minute), &zone),
                is_shown,
                "{city} {day} {hour}:{minute}"
            );
        }
        assert_eq!(instant(at(1, 59), &zone), expected(before), "{city} {day}");
        assert_eq!(instant(at(3, 0), &zone), expected(after), "{city} {day}");
        assert_eq!(instant(at(2, 30), &zone), expected(instead), "{city} {day}");
        assert_eq!(
            shown(utc(&format!("{day}T{instead}:00Z")), &zone),
            at(3, 30),
            "{city} {day}"
        );
    }
}

#[test]
fn in_autumn_what_is_shown_twice_is_the_first() {
    for (city, when, first) in [
        (
            "America/Montreal",
            date(2026, 11, 1).at(1, 30, 0, 0),
            "2026-11-01T05:30:00Z",
        ),
        (
            "America/Montreal",
            date(2027, 11, 7).at(1, 30, 0, 0),
            "2027-11-07T05:30:00Z",
        ),
        (
            "Europe/Paris",
            date(2026, 10, 25).at(2, 30, 0, 0),
            "2026-10-25T00:30:00Z",
        ),
        (
            "Europe/Paris",
            date(2027, 10, 31).at(2, 30, 0, 0),
            "2027-10-31T00:30:00Z",
        ),
    ] {
        let zone = zone(city);
        let first = utc(first);
        assert!(exists(when, &zone), "{city} {when}");
        assert_eq!(instant(when, &zone), Some(first), "{city} {when}");
        assert_eq!(
            shown(first + 1.hours(), &zone),
            when,
            "{city} {when}: shown again"
        );
    }
}

#[test]
fn a_day_has_as_many_hours_as_its_clock_shows() {
    for (city, day, hours) in [
        ("America/Montreal", date(2026, 3, 8), 23),
        ("America/Montreal", date(2026, 11, 1), 25),
        ("Europe/Paris", date(2027, 3, 28), 23),
        ("Europe/Paris", date(2027, 10, 31), 25),
        ("Europe/Paris", date(2026, 11, 23), 24),
    ] {
        let zone = zone(city);
        let midnight = instant(day.to_datetime(Time::midnight()), &zone).unwrap();
        assert_eq!(
            end_of_day(day, &zone),
            Some(midnight + hours.hours()),
            "{city} {day}"
        );
    }
}

#[test]
fn a_year_of_weekdays_neither_drifts_nor_doubles() {
    let (first, last) = (date(2026, 6, 1), date(2027, 5, 31));
    let weekdays: Vec<Date> = first
        .series(1.day())
        .take_while(|day| *day <= last)
        .filter(|day| is_weekday(*day))
        .collect();
    assert_eq!(weekdays.len(), 261);
    // In Cairo the clocks go forward on a Friday at midnight, and so over one 00:30 of the year.
    let friday = date(2027, 4, 30);
    for (city, hour, minute, late) in [
        ("America/Montreal", 9, 0, None),
        ("America/Montreal", 2, 30, None),
        ("Europe/Paris", 9, 0, None),
        ("Europe/Paris", 2, 30, None),
        ("Africa/Cairo", 0, 30, Some(friday)),
    ] {
        let zone = zone(city);
        let at = civil::time(hour, minute, 0, 0);
        let midnight = |day: Date| instant(day.to_datetime(Time::midnight()), &zone).unwrap();
        let year = (midnight(first) - 1.second(), midnight(last.tomorrow().unwrap()));
        let occurrences = walk(Slot::Weekdays { from: first, at }, &zone, None, year);
        let days: Vec<Date> = occurrences
            .iter()
            .map(|occurrence| occurrence.occasion.date())
            .collect();
        assert_eq!(days, weekdays, "{city} {at}");
        for Occurrence {
            occasion,
            starts_at,
            ends_at,
        } in occurrences
        {
            let expected = if late == Some(occasion.date()) {
                assert!(!exists(occasion.date().to_datetime(at), &zone), "{city} {at}");
                civil::time(hour + 1, minute, 0, 0)
            } else {
                at
            };
            assert_eq!(
                shown(starts_at, &zone),
                occasion.date().to_datetime(expected),
                "{city}"
            );
            assert_eq!(
                ends_at,
                midnight(occasion.date().tomorrow().unwrap()),
                "{city} {at}"
            );
        }
    }
}

#[test]
fn once_is_once_in_each_zone() {
    let slot = Slot::Once(date(2026, 11, 23).at(9, 0, 0, 0));
    let (montreal, paris) = (zone("America/Montreal"), zone("Europe/Paris"));
    let occurrence = |starts_at, ends_at| Occurrence {
        occasion: date(2026, 11, 23).into(),
        starts_at: utc(starts_at),
        ends_at: utc(ends_at),
    };
    let in_montreal = occurrence("2026-11-23T14:00:00Z", "2026-11-24T05:00:00Z");
    let in_paris = occurrence("2026-11-23T08:00:00Z", "2026-11-23T23:00:00Z");
    let now = utc("2026-11-23T10:00:00Z");
    assert_eq!(slot.latest(&paris, None, now), Some(in_paris));
    assert_eq!(slot.next(&paris, None, now), None);
    assert_eq!(slot.latest(&montreal, None, now), None);
    assert_eq!(slot.next(&montreal, None, now), Some(in_montreal));
    // At the very instant it has begun.
    assert_eq!(
        slot.latest(&montreal, None, in_montreal.starts_at),
        Some(in_montreal)
    );
    assert_eq!(slot.next(&montreal, None, in_montreal.starts_at), None);
}

#[test]
fn a_closing_time_ends_what_stands_and_forbids_the_rest() {
    let montreal = zone("America/Montreal");
    let nine = civil::time(9, 0, 0, 0);
    let once = Slot::Once(date(2026, 11, 23).to_datetime(nine));
    let noon = utc("2026-11-25T17:00:00Z");
    let closes = Some(noon);
    let late = utc("2027-11-25T17:00:00Z");
    assert_eq!(once.latest(&montreal, closes, late).unwrap().ends_at, noon);
    let closed_before = Some(utc("2026-11-23T13:59:00Z"));
    assert_eq!(
        once.next(&montreal, closed_before, utc("2026-11-20T00:00:00Z")),
        None
    );

    let weekdays = Slot::Weekdays {
        from: date(2026, 11, 20),
        at: nine,
    };
    let monday = utc("2026-11-23T14:00:00Z");
    let days = |now| {
        weekdays
            .latest(&montreal, closes, now)
            .map(|last| (last.occasion.number(), last.ends_at))
    };
    assert_eq!(
        days(monday - 1.second()),
        Some((20_261_120, utc("2026-11-21T05:00:00Z")))
    );
    assert_eq!(days(monday), Some((20_261_123, utc("2026-11-24T05:00:00Z"))));
    // Wednesday's is the last, cut short at noon, and stays the last.
    for now in [utc("2026-11-25T14:00:00Z"), utc("2026-11-26T15:00:00Z"), late] {
        assert_eq!(days(now), Some((20_261_125, noon)), "{now}");
    }
    assert_eq!(
        weekdays.next(&montreal, closes, utc("2026-11-25T14:00:00Z")),
        None
    );
    assert_eq!(
        weekdays.latest(&montreal, closes, utc("2026-11-20T13:59:59Z")),
        None
    );
}

#[test]
fn weekdays_begin_on_their_first_day_or_the_monday_after() {
    let paris = zone("Europe/Paris");
    let slot = Slot::Weekdays {
        from: date(2026, 11, 28),
        at: civil::time(9, 0, 0, 0),
    };
    let next = slot.next(&paris, None, utc("2026-01-01T00:00:00Z")).unwrap();
    assert_eq!(next.occasion.number(), 20_261_130);
    assert_eq!(slot.latest(&paris, None, next.starts_at - 1.second()), None);
    assert_eq!(slot.latest(&paris, None, next.starts_at), Some(next));
}

#[test]
fn now_lasts_for_the_day_of_each_room() {
    let slot = Slot::Now(utc("2026-11-24T02:00:00Z"));
    let ends =
        |zone: &TimeZone, closes_at| slot.latest(zone, closes_at, utc("2026-11-24T02:00:00Z")).unwrap();
    let (montreal, paris) = (zone("America/Montreal"), zone("Europe/Paris"));
    let evening = ends(&montreal, None);
    assert_eq!(
        (evening.occasion.number(), evening.ends_at),
        (20_261_123, utc("2026-11-24T05:00:00Z"))
    );
    let night = ends(&paris, None);
    assert_eq!(
        (night.occasion.number(), night.ends_at),
        (20_261_124, utc("2026-11-24T23:00:00Z"))
    );
    assert_eq!(
        ends(&paris, Some(utc("2026-11-30T00:00:00Z"))).ends_at,
        utc("2026-11-30T00:00:00Z")
    );
    assert_eq!(slot.latest(&paris, None, utc("2026-11-24T01:59:59Z")), None);
    assert_eq!(slot.next(&paris, None, utc("2026-11-20T00:00:00Z")), None);
}

fn zones() -> impl Strategy<Value = TimeZone> {
    prop::sample::select(vec![
        "America/Montreal",
        "Europe/Paris",
        "Africa/Cairo",
        "Pacific/Kiritimati",
    ])
    .prop_map(zone)
}

/// An instant of two years that hold all the clock changes of the tables above.
fn instants() -> impl Strategy<Value = Timestamp> {
    let (first, last) = (utc("2026-01-01T00:00:00Z"), utc("2028-01-01T00:00:00Z"));
    (first.as_second()..last.as_second()).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn slots() -> impl Strategy<Value = Slot> {
    (instants(), 0i8..24, 0i8..60, any::<bool>()).prop_map(|(instant, hour, minute, once)| {
        let from = shown(instant, &TimeZone::UTC).date();
        let at = civil::time(hour, minute, 0, 0);
        if once {
            Slot::Once(from.to_datetime(at))
        } else {
            Slot::Weekdays { from, at }
        }
    })
}

proptest! {
    #[test]
    fn the_next_becomes_the_latest_when_it_begins(
        slot in slots(), zone in zones(), now in instants(), closes_at in prop::option::of(instants())
    ) {
        if let Some(next) = slot.next(&zone, closes_at, now) {
            prop_assert!(next.starts_at > now && next.starts_at < next.ends_at);
            prop_assert_eq!(slot.latest(&zone, closes_at, next.starts_at), Some(next));
            // Nothing begins between now and the next.
            let before = slot.latest(&zone, closes_at, now);
            prop_assert_eq!(slot.latest(&zone, closes_at, next.starts_at - 1.second()), before);
        }
    }

    #[test]
    fn the_latest_is_the_last_of_a_walk(
        slot in slots(), zone in zones(), now in instants(), closes_at in prop::option::of(instants())
    ) {
        let begun = |occurrence: &Occurrence| closes_at.is_none_or(|closes| occurrence.starts_at < closes);
        let walked = walk(slot, &zone, closes_at, (utc("2025-12-01T00:00:00Z"), now + 1.second()));
        prop_assert_eq!(slot.latest(&zone, closes_at, now).filter(begun), walked.last().copied());
    }
}
