//! Civil days and weeks, as the numbers that the database keeps.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// A civil day of the organisation, kept as the number `20261123` so that rows can be read and compared as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day on which an instant falls in a zone.
    pub fn of(instant: Timestamp, zone: &TimeZone) -> Self {
        Self(instant.to_zoned(zone.clone()).date())
    }

    /// The date.
    pub const fn date(self) -> Date {
        self.0
    }

    /// The number that the database keeps.
    pub fn number(self) -> i64 {
        i64::from(self.0.year()) * 10_000 + i64::from(self.0.month()) * 100 + i64::from(self.0.day())
    }

    /// The day of a number that the database kept; none if there is no such day.
    pub fn from_number(number: i64) -> Option<Self> {
        let year = i16::try_from(number / 10_000).ok()?;
        let month = i8::try_from(number / 100 % 100).ok()?;
        Date::new(year, month, i8::try_from(number % 100).ok()?)
            .ok()
            .map(Self)
    }

    /// The week that holds this day.
    pub fn week(self) -> Week {
        Week((days_since_first_monday(self.0)).div_euclid(7))
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

/// A week from Monday to Sunday, counted from the one that began on Monday, 5 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(pub i64);

/// The Monday from which weeks are counted.
const FIRST_MONDAY: Date = jiff::civil::date(1970, 1, 5);

fn days_since_first_monday(date: Date) -> i64 {
    (date - FIRST_MONDAY).get_days().into()
}

impl Week {
    /// Its Monday.
    pub fn monday(self) -> Day {
        Day(FIRST_MONDAY.saturating_add((self.0 * 7).days()))
    }

    /// Its Sunday.
    pub fn sunday(self) -> Day {
        Day(self.monday().0.saturating_add(6.days()))
    }

    /// Its seven days, Monday first.
    pub fn days(self) -> impl Iterator<Item = Day> {
        let monday = self.monday().0;
        (0..7).map(move |n| Day(monday.saturating_add(n.days())))
    }

    /// The week before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0 - 1)
    }

    /// The ISO name, such as `2026-W48`.
    pub fn name(self) -> String {
        let iso = self.monday().0.iso_week_date();
        format!("{}-W{:02}", iso.year(), iso.week())
    }

    /// The week of an ISO name such as `2026-W48`.
    pub fn from_name(name: &str) -> Option<Self> {
        let (year, week) = name.split_once("-W").or_else(|| name.split_once("-w"))?;
        let iso = jiff::civil::ISOWeekDate::new(
            year.parse().ok()?,
            week.parse().ok()?,
            jiff::civil::Weekday::Monday,
        );
        Some(Day(iso.ok()?.date()).week())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_survives_its_number() {
        let day = Day(date(2026, 11, 23));
        assert_eq!(day.number(), 20_261_123);
        assert_eq!(Day::from_number(20_261_123), Some(day));
        assert_eq!(Day::from_number(20_261_131), None);
        assert_eq!(Day::from_number(-1), None);
    }

    #[test]
    fn weeks_begin_on_monday_and_have_iso_names() {
        let week = Day(date(2026, 11, 29)).week();
        assert_eq!(week.monday().date(), date(2026, 11, 23));
        assert_eq!(week.sunday().date(), date(2026, 11, 29));
        assert_eq!(week.name(), "2026-W48");
        assert_eq!(Week::from_name("2026-W48"), Some(week));
        assert_eq!(Week::from_name("2026-W54"), None);
        assert_eq!(Week::from_name("last week"), None);
        assert_eq!(Day(date(2027, 1, 1)).week().name(), "2026-W53");
    }

    #[test]
    fn a_day_is_the_zones_own() {
        let late = "2026-11-24T04:30:00Z".parse::<Timestamp>().unwrap();
        assert_eq!(
            Day::of(late, &TimeZone::get("America/Montreal").unwrap()).number(),
            20_261_123
        );
        assert_eq!(
            Day::of(late, &TimeZone::get("Europe/Paris").unwrap()).number(),
            20_261_124
        );
    }
}
