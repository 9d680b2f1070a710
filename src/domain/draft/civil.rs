//! Days and times of day, as people type them.
//!
//! Days have one form, because `03/04/2026` is two days; times have the forms of both languages.

use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};

use super::mistake::{Problem, quoted};
use crate::domain::text::folded;

/// The years that an ask may be in: what is outside is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

/// A day such as `2026-11-23`, in the years that an ask may be in.
pub fn day(typed: &str) -> Result<Date, Problem> {
    let not_a_day = || Problem::NotADay { given: quoted(typed) };
    let typed = folded(typed);
    let parts: Vec<&str> = typed.trim().splitn(4, '-').collect();
    let [year, month, day] = parts[..] else {
        return Err(not_a_day());
    };
    let year = digits(year, 4..=4).filter(|year| YEARS.contains(year));
    let month = digits(month, 1..=2).filter(|month| (1..=12).contains(month));
    let day = digits(day, 1..=2).filter(|day| *day > 0);
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return Err(not_a_day());
    };
    Date::new(year, month, day).map_err(|_| Problem::NoSuchDay { year, month, day })
}

/// A time such as `09:00`, `9:00`, `9h`, `9 h 30`, `18h30`, `6:30 p.m.`, or `09:00:00` as spreadsheets export it.
pub(super) fn time(typed: &str) -> Result<Time, Problem> {
    time_of_day(typed).ok_or_else(|| Problem::NotATime { given: quoted(typed) })
}

/// A day and a time, such as `2026-11-24 20:00`, `2026-11-24T20:00` or `2026-11-24 20 h`.
pub(super) fn moment(typed: &str) -> Result<DateTime, Problem> {
    let not_a_moment = || Problem::NotAMoment { given: quoted(typed) };
    let plain = folded(typed);
    let (date, clock) = plain.trim().split_once([' ', 't']).ok_or_else(not_a_moment)?;
    let date = day(date).map_err(|problem| match problem {
        Problem::NoSuchDay { .. } => problem,
        _ => not_a_moment(),
    })?;
    Ok(date.to_datetime(time_of_day(clock).ok_or_else(not_a_moment)?))
}

/// A time such as `time` takes.
pub fn time_of_day(typed: &str) -> Option<Time> {
    let typed: String = folded(typed).chars().filter(|c| !c.is_whitespace()).collect();
    let (clock, noon) = half_of_day(&typed);
    let (hour, minute) = match clock.split_once([':', 'h']) {
        Some((hour, "")) if clock.ends_with('h') => (hour, "00"),
        Some((hour, minute)) => (hour, minute.strip_suffix(":00").unwrap_or(minute)),
        None if noon.is_some() => (clock, "00"),
        None => return None,
    };
    let hour: i8 = digits(hour, 1..=2)?;
    let hour = match noon {
        None => hour,
        Some(noon) if (1..=12).contains(&hour) => hour % 12 + noon,
        Some(_) => return None,
    };
    Time::new(hour, digits(minute, 2..=2)?, 0, 0).ok()
}

/// A time without its `a.m.` or `p.m.`, and the hours that these add.
fn half_of_day(typed: &str) -> (&str, Option<i8>) {
    let halves = [("a.m.", 0), ("am", 0), ("p.m.", 12), ("pm", 12)];
    halves
        .into_iter()
        .find_map(|(mark, hours)| Some((typed.strip_suffix(mark)?, Some(hours))))
        .unwrap_or((typed, None))
}

/// A number of so many ASCII digits.
fn digits<T: FromStr>(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<T> {
    let is_number = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn a_day_has_one_form() {
        for typed in [
            "2026-11-03",
            "2026-11-3",
            " 2026–11–03 ",
            "2026\u{2011}11\u{2011}03",
        ] {
            assert_eq!(day(typed), Ok(civil::date(2026, 11, 3)), "{typed}");
        }
        for typed in [
            "03/11/2026",
            "26-11-03",
            "2026-13-01",
            "2026-00-01",
            "2026-11-00",
            "2026-11",
            "2026-11-03-1",
            "2026-11-03 09:00",
            "-2026-11-03",
            "2026-+1-03",
            "1926-11-03",
            "9999-11-03",
            "mardi",
            "46349",
        ] {
            assert_eq!(
                day(typed),
                Err(Problem::NotADay { given: typed.into() }),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_named() {
        for (typed, year, month, day_of_month) in [
            ("2026-11-31", 2026, 11, 31),
            ("2027-02-29", 2027, 2, 29),
            ("2026-01-45", 2026, 1, 45),
        ] {
            let problem = Problem::NoSuchDay {
                year,
                month,
                day: day_of_month,
            };
            assert_eq!(day(typed), Err(problem), "{typed}");
        }
        assert_eq!(day("2028-02-29"), Ok(civil::date(2028, 2, 29)));
    }

    #[test]
    fn a_time_has_the_forms_of_both_languages() {
        for (typed, hour, minute) in [
            ("09:00", 9, 0),
            ("9:00", 9, 0),
            ("9h", 9, 0),
            ("9 H 30", 9, 30),
            ("9\u{A0}h\u{A0}30", 9, 30),
            ("18h30", 18, 30),
            ("09:00:00", 9, 0),
            ("0:00", 0, 0),
            ("23:59", 23, 59),
            ("6:30 p.m.", 18, 30),
            ("6:30 PM", 18, 30),
            ("12 am", 0, 0),
            ("12:15pm", 12, 15),
        ] {
            assert_eq!(time(typed), Ok(civil::time(hour, minute, 0, 0)), "{typed}");
        }
        for typed in [
            "9", "24:00", "9:60", "9:5", "9:", ":30", "9::00", "9h5", "13:00 pm", "0:30 am", "09:00:30",
            "midi", "٩:٠٠", "-9:00", "+9:00", "9h30min", "0.375",
        ] {
            assert_eq!(
                time(typed),
                Err(Problem::NotATime { given: typed.into() }),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_moment_is_a_day_and_a_time() {
        let evening = civil::date(2026, 11, 24).at(20, 30, 0, 0);
        for typed in [
            "2026-11-24 20:30",
            "2026-11-24T20:30",
            "2026-11-24  20 h 30",
            "2026-11-24 20:30:00",
        ] {
            assert_eq!(moment(typed), Ok(evening), "{typed}");
        }
        for typed in [
            "2026-11-24",
            "20:30",
            "2026-11-24T20:30Z",
            "2026-11-24 20",
            "24/11/2026 20:30",
        ] {
            assert_eq!(
                moment(typed),
                Err(Problem::NotAMoment { given: typed.into() }),
                "{typed}"
            );
        }
        assert!(matches!(
            moment("2026-11-31 20:00"),
            Err(Problem::NoSuchDay { .. })
        ));
    }
}
