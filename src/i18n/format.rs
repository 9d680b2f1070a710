//! Numbers, dates, times and lists, as each language writes them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::Voice;
use crate::domain::{day::Week, language::Language, network::Network};

/// Narrow no-break space: between thousands in French, and before `; ! ?`.
const NARROW: char = '\u{202F}';
/// No-break space: between a number and its unit.
const NO_BREAK: char = '\u{00A0}';

impl Voice {
    /// A whole number: « 1 234 », “1,234”.
    pub fn number(&self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let separator = match self.language() {
            Language::French => NARROW,
            Language::English => ',',
        };
        let mut shown = String::new();
        if number < 0 {
            shown.push('−');
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                shown.push(separator);
            }
            shown.push(digit);
        }
        shown
    }

    /// A share of the whole, in whole per cent: « 41 % », “41%”.
    pub fn percentage(&self, percent: i64) -> String {
        match self.language() {
            Language::French => format!("{}{NO_BREAK}%", self.number(percent)),
            Language::English => format!("{}%", self.number(percent)),
        }
    }

    /// A change in per cent, with its sign: « +12 % », “−3%”.
    pub fn change(&self, percent: i64) -> String {
        let sign = if percent > 0 { "+" } else { "" };
        format!("{sign}{}", self.percentage(percent))
    }

    /// A number as a telephone dials it, as people read it: « 514 555-0142, poste 12 », “514 555-0142, ext. 12”.
    pub fn telephone(&self, number: &str) -> String {
        match number.split_once(";ext=") {
            Some((main, extension)) => self.common_extension(grouped(main), extension),
            None => grouped(number),
        }
    }

    /// A day without its year: « 1ᵉʳ décembre », “December 1”.
    pub fn date(&self, date: Date) -> String {
        let month = self.common_month(date.month());
        self.common_date(date.day(), month, date.day().to_string())
    }

    /// A day with its year: « 1ᵉʳ décembre 2026 », “December 1, 2026”.
    pub fn date_with_year(&self, date: Date) -> String {
        self.common_date_year(self.date(date), date.year().to_string())
    }

    /// A day with its weekday: « mardi 1ᵉʳ décembre », “Tuesday, December 1”.
    pub fn day(&self, date: Date) -> String {
        self.common_weekday_date(self.weekday(date), self.date(date))
    }

    /// The name of a date's weekday.
    pub fn weekday(&self, date: Date) -> String {
        self.common_weekday(date.weekday().to_monday_one_offset())
    }

    /// A time of day: « 18 h 30 », “6:30 p.m.”.
    pub fn time(&self, time: Time) -> String {
        let half = if time.hour() < 12 { 1 } else { 2 };
        let hour = match self.language() {
            Language::French => time.hour(),
            Language::English => (time.hour() + 11) % 12 + 1,
        };
        let minutes = match time.minute() {
            0 => String::new(),
            minute => self.common_time_minutes(format!("{minute:02}")),
        };
        self.common_time(half, hour.to_string(), minutes)
    }

    /// A day and a time: « mardi 1ᵉʳ décembre à 18 h 30 ».
    pub fn day_and_time(&self, when: DateTime) -> String {
        self.common_day_time(self.day(when.date()), self.time(when.time()))
    }

    /// A day and a time at which something happens, within a sentence: « le mardi 1ᵉʳ décembre à 18 h 30 ».
    pub fn on_day_and_time(&self, when: DateTime) -> String {
        let day = self.common_on_day(self.day(when.date()));
        self.common_day_time(day, self.time(when.time()))
    }

    /// An instant within a sentence, as the clock of a zone shows it, its date left out where it is less than a week away. The tense
    /// of the sentence says which Tuesday it is: « aujourd’hui à 20 h », « mardi à 20 h », « le mardi 1ᵉʳ décembre à 20 h ».
    pub fn moment(&self, instant: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
        let (when, days) = from_today(instant, zone, now);
        let day = match days {
            -1..=1 => self.common_near_day(days),
            -6..=6 => self.weekday(when.date()),
            _ => return self.on_day_and_time(when),
        };
        self.common_day_time(day, self.time(when.time()))
    }

    /// An instant before which something is to be done: « 20 h », « mardi 20 h », “Thursday 10 a.m.”.
    pub fn deadline(&self, instant: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
        let (when, days) = from_today(instant, zone, now);
        let time = self.time(when.time());
        match days {
            0 => time,
            1..=6 => self.common_day_deadline(self.weekday(when.date()), time),
            _ => self.common_day_deadline(self.day(when.date()), time),
        }
    }

    /// An instant up to which something holds, in a week that is named beside it: « dimanche 23 h 59 », “Sunday 11:59 p.m.”.
    pub fn time_of_week(&self, instant: Timestamp, zone: &TimeZone) -> String {
        let when = last_minute(instant, zone);
        self.common_day_deadline(self.weekday(when.date()), self.time(when.time()))
    }

    /// A week by its first and last day: « 23 au 29 novembre », “November 23 to 29”.
    pub fn week(&self, week: Week) -> String {
        let (monday, sunday) = (week.monday().date(), week.sunday().date());
        let one_month = monday.month() == sunday.month();
        let (first, last) = match self.language() {
            Language::French if one_month => {
                let first = if monday.day() == 1 {
                    "1ᵉʳ".to_owned()
                } else {
                    monday.day().to_string()
                };
                (first, self.date(sunday))
            }
            Language::English if one_month => (self.date(monday), sunday.day().to_string()),
            _ => (self.date(monday), self.date(sunday)),
        };
        self.common_date_range(first, last)
    }

    /// A list: « Mastodon, Bluesky et X ».
    pub fn list<S: AsRef<str>>(&self, items: impl IntoIterator<Item = S>) -> String {
        let items: Vec<S> = items.into_iter().collect();
        let Some((last, rest)) = items.split_last() else {
            return String::new();
        };
        let Some((first, middle)) = rest.split_first() else {
            return last.as_ref().to_owned();
        };
        let head = middle.iter().fold(first.as_ref().to_owned(), |head, next| {
            self.common_list_middle(head, next.as_ref())
        });
        self.common_list_end(head, last.as_ref())
    }

    /// The name of a network.
    pub fn network(&self, network: Network) -> String {
        network
            .proper_name()
            .map_or_else(|| self.common_network_email(), str::to_owned)
    }
}

/// What a zone's clock shows at an instant, and how many days that is from what it shows today.
fn from_today(instant: Timestamp, zone: &TimeZone, now: Timestamp) -> (DateTime, i32) {
    let when = last_minute(instant, zone);
    let today = now.to_zoned(zone.clone()).date();
    (when, (when.date() - today).get_days())
}

/// What a zone's clock shows at an instant. The end of a day reads better as its last minute than as the next day's first.
fn last_minute(instant: Timestamp, zone: &TimeZone) -> DateTime {
    let when = instant.to_zoned(zone.clone()).datetime();
    if when.time() == Time::midnight() {
        when.checked_sub(jiff::Span::new().minutes(1)).unwrap_or(when)
    } else {
        when
    }
}

/// A number of North America or of France in its groups; any other as it is dialled.
fn grouped(number: &str) -> String {
    let (country, national, sizes): (_, _, &[usize]) = match (number.len(), number) {
        (12, number) if number.starts_with("+1") => ("+1", &number[2..], &[3, 3, 4]),
        (12, number) if number.starts_with("+33") => ("+33", &number[3..], &[1, 2, 2, 2, 2]),
        (10, number) if number.starts_with('0') => ("", number, &[2, 2, 2, 2, 2]),
        (10, number) => ("", number, &[3, 3, 4]),
        (7, number) => ("", number, &[3, 4]),
        _ => return number.to_owned(),
    };
    if !national.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut shown = country.to_owned();
    let mut rest = national;
    for (index, size) in sizes.iter().enumerate() {
        let (group, after) = rest.split_at(*size);
        if *size == 4 {
            shown.push('-');
        } else if index > 0 || !country.is_empty() {
            shown.push(NO_BREAK);
        }
        shown.push_str(group);
        rest = after;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Voices;
    use jiff::civil::{date, time};

    fn both(show: impl Fn(&Voice) -> String) -> [String; 2] {
        let voices = Voices::load();
        [
            show(voices.of(Language::French)),
            show(voices.of(Language::English)),
        ]
    }

    #[test]
    fn numbers() {
        assert_eq!(
            both(|v| v.number(1_234_567)),
            ["1\u{202F}234\u{202F}567", "1,234,567"]
        );
        assert_eq!(both(|v| v.number(-12)), ["−12", "−12"]);
        assert_eq!(both(|v| v.change(12)), ["+12\u{A0}%", "+12%"]);
        assert_eq!(both(|v| v.change(-3)), ["−3\u{A0}%", "−3%"]);
    }

    #[test]
    fn telephone_numbers() {
        for (dialled, shown) in [
            ("5145550142", "514\u{A0}555-0142"),
            ("+15145550142", "+1\u{A0}514\u{A0}555-0142"),
            ("+33199001234", "+33\u{A0}1\u{A0}99\u{A0}00\u{A0}12\u{A0}34"),
            ("0199001234", "01\u{A0}99\u{A0}00\u{A0}12\u{A0}34"),
            ("311", "311"),
            ("+4930123456", "+4930123456"),
        ] {
            assert_eq!(both(|v| v.telephone(dialled)), [shown, shown]);
        }
        assert_eq!(
            both(|v| v.telephone("5145550142;ext=12")),
            ["514\u{A0}555-0142, poste\u{A0}12", "514\u{A0}555-0142, ext. 12"]
        );
    }

    #[test]
    fn dates_and_times() {
        let first = date(2026, 12, 1);
        assert_eq!(
            both(|v| v.day(first)),
            ["mardi 1ᵉʳ décembre", "Tuesday, December 1"]
        );
        assert_eq!(
            both(|v| v.date_with_year(date(2026, 12, 2))),
            ["2 décembre 2026", "December 2, 2026"]
        );
        assert_eq!(
            both(|v| v.time(time(18, 30, 0, 0))),
            ["18\u{A0}h\u{A0}30", "6:30 p.m."]
        );
        assert_eq!(both(|v| v.time(time(0, 0, 0, 0))), ["0\u{A0}h", "12 a.m."]);
        assert_eq!(
            both(|v| v.time(time(12, 5, 0, 0))),
            ["12\u{A0}h\u{A0}05", "12:05 p.m."]
        );
        assert_eq!(
            both(|v| v.week(Week::from_name("2026-W48").unwrap())),
            ["23 au 29 novembre", "November 23 to 29"]
        );
        assert_eq!(
            both(|v| v.week(Week::from_name("2026-W49").unwrap())),
            ["30 novembre au 6 décembre", "November 30 to December 6"]
        );
    }

    #[test]
    fn a_moment_says_no_more_than_it_must() {
        let zone = TimeZone::get("America/Montreal").unwrap();
        let now = "2026-11-23T14:00:00Z".parse().unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let cases = [
            ("2026-11-24T01:00:00Z", ["aujourd’hui à 20_h", "today at 8 p.m."]),
            (
                "2026-11-23T11:30:00Z",
                ["aujourd’hui à 6_h_30", "today at 6:30 a.m."],
            ),
            (
                "2026-11-24T05:00:00Z",
                ["aujourd’hui à 23_h_59", "today at 11:59 p.m."],
            ),
            ("2026-11-25T01:00:00Z", ["demain à 20_h", "tomorrow at 8 p.m."]),
            ("2026-11-26T01:00:00Z", ["mercredi à 20_h", "Wednesday at 8 p.m."]),
            ("2026-11-30T01:00:00Z", ["dimanche à 20_h", "Sunday at 8 p.m."]),
            (
                "2026-12-01T01:00:00Z",
                ["le lundi 30 novembre à 20_h", "Monday, November 30 at 8 p.m."],
            ),
            (
                "2026-12-02T01:00:00Z",
                ["le mardi 1ᵉʳ décembre à 20_h", "Tuesday, December 1 at 8 p.m."],
            ),
            (
                "2026-11-23T05:00:00Z",
                ["hier à 23_h_59", "yesterday at 11:59 p.m."],
            ),
            ("2026-11-18T01:00:00Z", ["mardi à 20_h", "Tuesday at 8 p.m."]),
            (
                "2026-11-17T01:00:00Z",
                ["le lundi 16 novembre à 20_h", "Monday, November 16 at 8 p.m."],
            ),
        ];
        for (instant, shown) in cases {
            let said = both(|v| v.moment(at(instant), &zone, now)).map(|said| said.replace(NO_BREAK, "_"));
            assert_eq!(said, shown, "{instant}");
        }
        let deadlines = [
            ("2026-11-24T01:00:00Z", ["20_h", "8 p.m."]),
            ("2026-11-25T01:00:00Z", ["mardi 20_h", "Tuesday 8 p.m."]),
            (
                "2026-11-18T01:00:00Z",
                ["mardi 17 novembre 20_h", "Tuesday, November 17 8 p.m."],
            ),
        ];
        for (instant, shown) in deadlines {
            let said = both(|v| v.deadline(at(instant), &zone, now)).map(|said| said.replace(NO_BREAK, "_"));
            assert_eq!(said, shown, "{instant}");
        }
        let monday = at("2026-11-23T05:00:00Z");
        assert_eq!(
            both(|v| v.time_of_week(monday, &zone)),
            ["dimanche 23\u{A0}h\u{A0}59", "Sunday 11:59 p.m."]
        );
    }

    #[test]
    fn lists() {
        assert_eq!(both(|v| v.list(["X"])), ["X", "X"]);
        assert_eq!(both(|v| v.list(["a", "b", "c"])), ["a, b et c", "a, b and c"]);
        assert_eq!(both(|v| v.list::<&str>([])), ["", ""]);
    }
}
