//! The picture of a week: one bar a day, shares and calls apart, the week before as a thin line; and the words for those who
//! do not see it. It must not know where the numbers come from: the same chart is the same picture, byte for byte.

mod canvas;
mod drawing;
mod letters;
mod plot;

pub(crate) use drawing::draw;

use crate::{
    domain::day::{Day, Week},
    i18n::Voice,
};

/// What was confirmed on one civil day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DayBars {
    /// Posts relayed.
    pub shares: i64,
    /// Telephone calls made.
    pub calls: i64,
    /// All other kinds.
    pub others: i64,
}

impl DayBars {
    /// All that was confirmed that day.
    pub const fn total(self) -> i64 {
        self.shares.saturating_add(self.calls).saturating_add(self.others)
    }

    const fn and(self, other: Self) -> Self {
        Self {
            shares: self.shares.saturating_add(other.shares),
            calls: self.calls.saturating_add(other.calls),
            others: self.others.saturating_add(other.others),
        }
    }
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chart {
    /// The week.
    pub week: Week,
    /// Its days, Monday first.
    pub days: [DayBars; 7],
    /// The totals of the days of the week before; none in the first week.
    pub before: Option<[i64; 7]>,
}

impl Chart {
    fn total(&self) -> DayBars {
        self.days.into_iter().fold(DayBars::default(), DayBars::and)
    }

    /// The most that was confirmed on one day.
    fn best(&self) -> i64 {
        self.days.into_iter().map(DayBars::total).fold(0, i64::max)
    }
}

/// Says what the picture shows.
pub(crate) fn alt(voice: &Voice, chart: &Chart) -> String {
    let week = voice.week(chart.week);
    let kinds = kinds(voice, chart.total());
    let summed = match chart.before {
        None => voice.chart_alt(week, kinds),
        Some(before) => {
            let before = before.into_iter().fold(0, i64::saturating_add);
            voice.chart_alt_compared(week, kinds, voice.number(before))
        }
    };
    match best_days(voice, chart) {
        None => summed,
        Some(best) => format!("{summed} {best}"),
    }
}

/// The kinds that occurred, counted.
fn kinds(voice: &Voice, total: DayBars) -> String {
    let mut kinds = Vec::new();
    if total.shares > 0 {
        kinds.push(voice.chart_alt_shares(total.shares, voice.number(total.shares)));
    }
    if total.calls > 0 {
        kinds.push(voice.chart_alt_calls(total.calls, voice.number(total.calls)));
    }
    if total.others > 0 {
        kinds.push(voice.chart_alt_others(total.others, voice.number(total.others)));
    }
    if kinds.is_empty() {
        kinds.push(voice.chart_alt_nothing());
    }
    voice.list(kinds)
}

fn best_days(voice: &Voice, chart: &Chart) -> Option<String> {
    let best = chart.best();
    let names: Vec<String> = chart
        .week
        .days()
        .zip(chart.days)
        .filter(|(_, bars)| best > 0 && bars.total() == best)
        .map(|(day, _): (Day, _)| voice.weekday(day.date()))
        .collect();
    (!names.is_empty()).then(|| {
        let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
        voice.chart_alt_best(count, voice.list(names), voice.number(best))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::language::Language, i18n::Voices};
    use proptest::prelude::*;

    fn week(counts: [(i64, i64, i64); 7], before: Option<[i64; 7]>) -> Chart {
        Chart {
            week: Week::from_name("2026-W48").unwrap(),
            days: counts.map(|(shares, calls, others)| DayBars {
                shares,
                calls,
                others,
            }),
            before,
        }
    }

    fn usual() -> Chart {
        let counts = [
            (41, 12, 3),
            (28, 31, 0),
            (35, 9, 5),
            (22, 18, 4),
            (40, 20, 8),
            (25, 5, 0),
            (10, 2, 0),
        ];
        week(counts, Some([30, 44, 25, 60, 35, 20, 15]))
    }

    fn drawn(language: Language, chart: &Chart) -> Vec<u8> {
        draw(&[Voices::load().of(language)], chart).unwrap()
    }

    fn said(language: Language, chart: &Chart) -> String {
        alt(Voices::load().of(language), chart)
    }

    #[test]
    fn the_same_week_is_the_same_png() {
        let png = drawn(Language::French, &usual());
        assert_eq!(png, drawn(Language::French, &usual()));
        assert_ne!(png, drawn(Language::English, &usual()));
        let (signature, rest) = png.split_at(8);
        assert_eq!(signature, b"\x89PNG\r\n\x1a\n");
        assert_eq!(rest[4..16], *b"IHDR\x00\x00\x04\x38\x00\x00\x02\xd0");
        assert!(png.len() < 100_000, "{} bytes", png.len());
    }

    #[test]
    fn a_picture_in_two_languages_says_all_of_it_in_both() {
        let voices = Voices::load();
        let [french, english] = voices.all();
        for chart in [usual(), week([(0, 0, 0); 7], None)] {
            let both = draw(&[french, english], &chart).unwrap();
            // Below the words of the first are those of the second.
            assert_eq!(both[12..24], *b"IHDR\x00\x00\x04\x38\x00\x00\x03\x64");
            assert_ne!(both, draw(&[french, french], &chart).unwrap());
            assert_ne!(both, draw(&[english, english], &chart).unwrap());
        }
        assert!(draw(&[], &usual()).is_err());
    }

    #[test]
    fn one_more_on_any_day_shows() {
        let before = drawn(Language::English, &usual());
        for day in 0..7 {
            let mut chart = usual();
            chart.days[day].calls += 1;
            assert_ne!(drawn(Language::English, &chart), before, "day {day}");
        }
        let mut chart = usual();
        chart.before = None;
        assert_ne!(drawn(Language::English, &chart), before);
    }

    #[test]
    fn those_who_do_not_see_it_are_told() {
        let mut chart = usual();
        assert_eq!(
            said(Language::English, &chart),
            "One bar a day, week of November 23 to 29: 201 shares, 97 calls and 20 other actions, compared with 229 the \
             week before. The best day was Friday, with 68."
        );
        assert_eq!(
            said(Language::French, &chart),
            "Une barre par jour, semaine du 23 au 29 novembre\u{A0}: 201 relais, 97 appels et 20 autres gestes, contre 229 la \
             semaine d’avant. Meilleur jour\u{A0}: vendredi, avec 68."
        );
        chart.before = None;
        chart.days[0].shares += 12;
        assert!(
            said(Language::English, &chart)
                .ends_with("20 other actions. The best days were Monday and Friday, with 68 each.")
        );
    }

    #[test]
    fn a_week_of_nothing_is_said_and_drawn() {
        let nothing = week([(0, 0, 0); 7], None);
        assert_eq!(
            said(Language::English, &nothing),
            "One bar a day, week of November 23 to 29: nothing confirmed."
        );
        assert_eq!(
            said(Language::French, &nothing),
            "Une barre par jour, semaine du 23 au 29 novembre\u{A0}: aucun geste noté."
        );
        assert!(!drawn(Language::French, &nothing).is_empty());
    }

    fn counts() -> impl Strategy<Value = i64> {
        prop_oneof![0..100_i64, Just(10_000_000), any::<i64>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn any_numbers_can_be_drawn(
            days in prop::array::uniform7((counts(), counts(), counts())),
            before in prop::option::of(prop::array::uniform7(counts())),
        ) {
            let chart = week(days, before);
            prop_assert!(!drawn(Language::French, &chart).is_empty());
            prop_assert!(said(Language::English, &chart).ends_with('.'));
        }
    }
}
