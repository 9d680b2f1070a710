//! The field of the bars: what lies where in it. Pure arithmetic: it must not know of colours, letters or pixels' making.

use super::{Chart, DayBars};

/// The right end of the field, in pixels from the left edge of the sheet.
pub(super) const RIGHT: f32 = 1032.0;
/// The foot of the bars, in pixels from the upper edge of the sheet.
pub(super) const FOOT: f32 = 632.0;
/// How high a bar of the height of the scale is, in pixels.
const FULL_HEIGHT: u16 = 386;
/// What can be seen at all of a small number beside a huge one, in pixels.
const LEAST_HEIGHT: f32 = 4.0;
/// Between the parts of one bar, in pixels, so that they are apart for those who see no colours.
const GAP: f32 = 3.0;

/// The parts of a bar, from its foot up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Shares,
    Calls,
    Others,
}

/// One part of a bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// What it counts.
    pub kind: Kind,
    /// Its upper edge.
    pub head: f32,
    /// Its lower edge.
    pub foot: f32,
}

/// The field.
#[derive(Debug)]
pub(super) struct Plot {
    /// Where it begins, in pixels from the left edge of the sheet.
    pub left: f32,
    /// What its full height stands for.
    pub top: i64,
}

impl Plot {
    /// A field high enough for everything that a chart shows.
    pub fn of(chart: &Chart, left: f32) -> Self {
        let top = chart.before.into_iter().flatten().fold(chart.best(), i64::max);
        Self { left, top }
    }

    /// How wide the place of one day is.
    pub fn column(&self) -> f32 {
        (RIGHT - self.left) / 7.0
    }

    /// The middles of the seven days' places.
    pub fn middles(&self) -> [f32; 7] {
        [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5].map(|columns: f32| columns.mul_add(self.column(), self.left))
    }

    /// Where a number lies, on a whole pixel, from the upper edge of the sheet.
    pub fn level(&self, value: i64) -> f32 {
        let pixels = i128::from(value.max(0)) * i128::from(FULL_HEIGHT) / i128::from(self.top.max(1));
        FOOT - u16::try_from(pixels).map_or_else(|_| f32::from(FULL_HEIGHT), f32::from)
    }

    /// The parts of a day's bar that there are.
    pub fn parts(&self, bars: DayBars) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut sum = 0_i64;
        for (kind, value) in [
            (Kind::Shares, bars.shares),
            (Kind::Calls, bars.calls),
            (Kind::Others, bars.others),
        ] {
            if value > 0 {
                sum = sum.saturating_add(value);
                let foot = parts.last().map_or(FOOT, |below| below.head - GAP);
                let head = self.level(sum).min(foot - LEAST_HEIGHT);
                parts.push(Part { kind, head, foot });
            }
        }
        parts
    }

    /// The line of the week before.
    pub fn line_before(&self, chart: &Chart) -> Option<[(f32, f32); 7]> {
        let (before, middles) = (chart.before?, self.middles());
        Some(std::array::from_fn(|day| (middles[day], self.level(before[day]))))
    }

    /// Up to three round numbers that help the eye.
    pub fn guides(&self) -> Vec<i64> {
        (0..=18)
            .flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i64.pow(zeros)))
            .find(|step| self.top / step <= 3)
            .map(|step| (1..=self.top / step).map(|line| line * step).collect())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(top: i64) -> Plot {
        Plot { left: 48.0, top }
    }

    #[test]
    fn guides_are_few_and_round() {
        for (top, guides) in [
            (0, vec![]),
            (1, vec![1]),
            (3, vec![1, 2, 3]),
            (68, vec![20, 40, 60]),
            (99, vec![50]),
            (10_000_000, vec![5_000_000, 10_000_000]),
        ] {
            assert_eq!(plot(top).guides(), guides, "{top}");
        }
        assert_eq!(plot(i64::MAX).guides(), [5_000_000_000_000_000_000]);
    }

    #[test]
    fn a_bar_is_as_high_as_its_sum() {
        let bars = DayBars {
            shares: 40,
            calls: 20,
            others: 8,
        };
        let plot = plot(68);
        let parts = plot.parts(bars);
        assert_eq!(parts.len(), 3);
        assert!((parts[0].foot - FOOT).abs() < 0.5);
        assert!((FOOT - parts[2].head - f32::from(FULL_HEIGHT)).abs() < 0.5);
        assert!(parts.windows(2).all(|two| two[1].foot < two[0].head));
    }

    #[test]
    fn what_is_little_beside_the_rest_still_shows() {
        let parts = plot(10_000_000).parts(DayBars {
            shares: 3,
            calls: 0,
            others: 1,
        });
        assert_eq!(
            parts.iter().map(|part| part.kind).collect::<Vec<_>>(),
            [Kind::Shares, Kind::Others]
        );
        assert!(parts.iter().all(|part| part.foot - part.head >= LEAST_HEIGHT));
        assert!(plot(9).parts(DayBars::default()).is_empty());
    }
}
