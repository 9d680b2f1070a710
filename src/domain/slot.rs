//! When an ask is posted: a civil time, worked out anew in each room's zone and for each occurrence.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time, Weekday},
    tz::{AmbiguousOffset, TimeZone},
};

use super::day::Day;

/// When an ask is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Once, when the clock of the room shows this.
    Once(DateTime),
    /// Every weekday from this day on, when the clock of the room shows this time.
    Weekdays {
        /// The first day it may be.
        from: Date,
        /// The time of day.
        at: Time,
    },
    /// As soon as possible after this instant, whatever the rooms' clocks show.
    Now(Timestamp),
}

/// One posting of an ask in one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The civil day it belongs to: the slot's own, so the same in rooms of every zone.
    pub occasion: Day,
    /// From when it may be posted.
    pub starts_at: Timestamp,
    /// From when it is over.
    pub ends_at: Timestamp,
}

/// Whether a zone's clock ever shows this civil time: in spring it skips an hour.
pub fn exists(when: DateTime, zone: &TimeZone) -> bool {
    !matches!(
        zone.to_ambiguous_timestamp(when).offset(),
        AmbiguousOffset::Gap { .. }
    )
}

/// The instant at which a zone's clock shows a civil time. What the clock skips comes as much later as it skips (02:30
/// becomes 03:30); what it shows twice is the first.
pub fn instant(when: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(when).compatible().ok()
}

/// The end of a civil day in a zone: the first instant of the next.
fn end_of_day(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    instant(date.tomorrow().ok()?.to_datetime(Time::midnight()), zone)
}

fn is_weekday(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl Slot {
    /// The last occurrence that began at or before `now` in a room of this zone, over or not. Of many, those after the ask
    /// closed never began.
    pub fn latest(self, zone: &TimeZone, closes_at: Option<Timestamp>, now: Timestamp) -> Option<Occurrence> {
        let until = closes_at.map_or(now, |closes| closes.min(now));
        let last_day = until.to_zoned(zone.clone()).date();
        match self {
            Self::Once(when) => occurrence(when, zone, closes_at),
            Self::Now(starts_at) => {
                let date = starts_at.to_zoned(zone.clone()).date();
                let ends_at = closes_at.or_else(|| end_of_day(date, zone))?;
                Some(Occurrence {
                    occasion: date.into(),
                    starts_at,
                    ends_at,
                })
            }
            // Three days back from a Monday morning is the Friday before; four leave room for the clock changes.
            Self::Weekdays { from, at } => (0..=4)
                .filter_map(|back| last_day.checked_sub(back.days()).ok())
                .filter(|date| *date >= from && is_weekday(*date))
                .filter_map(|date| daily_occurrence(date, at, zone, closes_at))
                .filter(|occurrence| closes_at.is_none_or(|closes| occurrence.starts_at < closes))
                .find(|occurrence| occurrence.starts_at <= now),
        }
        .filter(|occurrence| occurrence.starts_at <= now)
    }

    /// The first occurrence that begins after `now` in a room of this zone and before the ask closes.
    pub fn next(self, zone: &TimeZone, closes_at: Option<Timestamp>, now: Timestamp) -> Option<Occurrence> {
        let today = now.to_zoned(zone.clone()).date();
        let next = match self {
            Self::Once(when) => occurrence(when, zone, closes_at),
            Self::Now(_) => None,
            Self::Weekdays { from, at } => (0..=7)
                .filter_map(|ahead| today.max(from).checked_add(ahead.days()).ok())
                .filter(|date| is_weekday(*date))
                .filter_map(|date| daily_occurrence(date, at, zone, closes_at))
                .find(|occurrence| occurrence.starts_at > now),
        };
        next.filter(|next| next.starts_at > now && closes_at.is_none_or(|closes| next.starts_at < closes))
    }
}

fn occurrence(when: DateTime, zone: &TimeZone, closes_at: Option<Timestamp>) -> Option<Occurrence> {
    let ends_at = closes_at.or_else(|| end_of_day(when.date(), zone))?;
    Some(Occurrence {
        occasion: when.date().into(),
        starts_at: instant(when, zone)?,
        ends_at,
    })
}

/// One of many: it ends with its day, or with the ask.
fn daily_occurrence(
    date: Date,
    at: Time,
    zone: &TimeZone,
    closes_at: Option<Timestamp>,
) -> Option<Occurrence> {
    let end = end_of_day(date, zone)?;
    let ends_at = closes_at.map_or(end, |closes| closes.min(end));
    Some(Occurrence {
        occasion: date.into(),
        starts_at: instant(date.to_datetime(at), zone)?,
        ends_at,
    })
}

#[cfg(test)]
mod tests;
