//! The picture as a whole: what stands where, in which letters and colours. It must not know how a line or a letter becomes
//! pixels.
//!
//! The sheet is opaque, so that it reads the same in a light chat and in a dark one. Its corners are square: clients round pictures
//! themselves, and clear corners turn black where a server makes a thumbnail. A phone shows it at a third of its size, so nothing
//! is written smaller than 28 pixels, save numbers too long for their place. In two languages all words stand twice, one line below
//! the other, and the sheet is that much higher.

use anyhow::Context;
use tiny_skia::Rect;

use super::{
    Chart, DayBars,
    canvas::{Canvas, Colour},
    letters::{Fonts, Label, Lettering},
    plot::{FOOT, Kind, Plot, RIGHT},
};
use crate::i18n::Voice;

const WIDTH: u16 = 1080;
const HEIGHT: u16 = 720;
const LEFT: f32 = 48.0;
const MIDDLE: f32 = 540.0;
const BAR_WIDTH: f32 = 84.0;
/// From a language's title, key, weekdays and word of an empty week to the next language's, in pixels.
const TITLE_ROW: u8 = 60;
const KEY_ROW: u8 = 46;
const WEEKDAY_ROW: u8 = 42;
const EMPTINESS_ROW: u8 = 54;
/// The middle of the line that says what each colour is.
const KEY_LEVEL: f32 = 148.0;
/// The size of the numbers beside the guides.
const SCALE_SIZE: f32 = 28.0;
/// Beyond this the numbers of the scale would push the bars aside, and say nothing that the numbers above the bars do not.
const WIDEST_SCALE: f32 = 90.0;

const PAPER: Colour = Colour(0xF8, 0xF7, 0xF3);
const INK: Colour = Colour(0x1F, 0x24, 0x2E);
const SOFT_INK: Colour = Colour(0x59, 0x60, 0x6D);
const RULE: Colour = Colour(0xDD, 0xDD, 0xD8);
const AXIS: Colour = Colour(0x8A, 0x90, 0x9C);

impl Kind {
    /// Blue, orange and a grey between them in lightness: told apart without seeing colours (after Okabe and Ito).
    const fn colour(self) -> Colour {
        match self {
            Self::Shares => Colour(0x00, 0x72, 0xB2),
            Self::Calls => Colour(0xE6, 0x9F, 0x00),
            Self::Others => Colour(0x79, 0x80, 0x8E),
        }
    }
}

/// Draws a week with the words of each of these languages, as a PNG. Its numbers are written as the first writes them.
pub(crate) fn draw(voices: &[&Voice], chart: &Chart) -> anyhow::Result<Vec<u8>> {
    let fonts = Fonts::load()?;
    let drawing = Drawing::new(voices, chart, &fonts)?;
    let rows = u16::from(TITLE_ROW) + u16::from(KEY_ROW) + u16::from(WEEKDAY_ROW);
    let height = voices.iter().skip(1).fold(HEIGHT, |height, _| height + rows);
    let mut canvas = Canvas::new(WIDTH, height, PAPER)?;
    drawing.titles(&mut canvas);
    drawing.keys(&mut canvas);
    drawing.scale(&mut canvas);
    for (middle, bars) in drawing.plot.middles().into_iter().zip(chart.days) {
        drawing.bar(&mut canvas, middle, bars);
    }
    drawing.week_before(&mut canvas);
    drawing.totals(&mut canvas);
    drawing.weekdays(&mut canvas);
    if drawing.plot.top == 0 {
        drawing.emptiness(&mut canvas);
    }
    canvas.into_png()
}

struct Drawing<'a> {
    voices: &'a [&'a Voice],
    /// The first of them.
    voice: &'a Voice,
    chart: &'a Chart,
    fonts: &'a Fonts,
    plot: Plot,
    /// The numbers that have a line across the field.
    guides: Vec<i64>,
}

/// What stands for something in the key.
#[derive(Clone, Copy)]
enum Mark {
    Box(Colour),
    Line,
}

impl Mark {
    const fn width(self) -> f32 {
        match self {
            Self::Box(_) => 28.0,
            Self::Line => 46.0,
        }
    }
}

impl<'a> Drawing<'a> {
    fn new(voices: &'a [&'a Voice], chart: &'a Chart, fonts: &'a Fonts) -> anyhow::Result<Self> {
        let plot = Plot::of(chart, LEFT);
        let voice = voices.first().context("a picture speaks a language")?;
        let mut drawing = Self {
            voices,
            voice,
            chart,
            fonts,
            guides: plot.guides(),
            plot,
        };
        let widths = drawing
            .guides
            .iter()
            .map(|value| drawing.medium(SCALE_SIZE).width(&voice.number(*value)));
        let widest = widths.fold(0.0, f32::max);
        if widest > WIDEST_SCALE {
            drawing.guides.clear();
        } else {
            drawing.plot.left += widest;
        }
        Ok(drawing)
    }

    const fn medium(&self, size: f32) -> Lettering<'a> {
        Lettering {
            face: &self.fonts.medium,
            size,
        }
    }

    const fn bold(&self, size: f32) -> Lettering<'a> {
        Lettering {
            face: &self.fonts.bold,
            size,
        }
    }

    /// The titles, and room for those of more languages than one.
    fn titles(&self, canvas: &mut Canvas) {
        for (row, voice) in self.rows(TITLE_ROW) {
            let words = voice.chart_title(voice.week(self.chart.week));
            let lettering = self.bold(52.0).fitting(&words, RIGHT - LEFT);
            let label = Label::starting_at(&words, lettering, (LEFT, 92.0 + row));
            canvas.words(&label, INK);
        }
        canvas.lower(self.last_row(TITLE_ROW));
    }

    /// Each language with how far its words lie below those of the first, where each takes so many pixels.
    fn rows(&self, height: u8) -> impl Iterator<Item = (f32, &'a Voice)> {
        let rows = (0_u8..).map(move |row| f32::from(row) * f32::from(height));
        rows.zip(self.voices.iter().copied())
    }

    /// How far the words of the last language lie below those of the first.
    fn last_row(&self, height: u8) -> f32 {
        self.rows(height).last().map_or(0.0, |(row, _)| row)
    }

    /// A key in each language, and room for those of more languages than one.
    fn keys(&self, canvas: &mut Canvas) {
        for (index, voice) in self.voices.iter().enumerate() {
            if index > 0 {
                canvas.lower(KEY_ROW.into());
            }
            self.key(canvas, voice);
        }
    }

    /// What each colour and the line are; of what is never there, nothing.
    fn key(&self, canvas: &mut Canvas, voice: &Voice) {
        let (after_mark, after_words) = (14.0, 28.0);
        let entries = self.key_entries(voice);
        let taken: f32 = entries
            .iter()
            .map(|(mark, _)| mark.width() + after_mark + after_words)
            .sum();
        let all_words: String = entries.iter().map(|(_, words)| words.as_str()).collect();
        let lettering = self
            .medium(34.0)
            .fitting(&all_words, RIGHT - LEFT - (taken - after_words));
        let baseline = KEY_LEVEL + lettering.height() / 2.0;
        let mut x = LEFT;
        for (mark, words) in &entries {
            draw_mark(canvas, *mark, x);
            x += mark.width() + after_mark;
            canvas.words(&Label::starting_at(words, lettering, (x, baseline)), INK);
            x += lettering.width(words) + after_words;
        }
    }

    fn key_entries(&self, voice: &Voice) -> Vec<(Mark, String)> {
        let mut entries = vec![
            (Mark::Box(Kind::Shares.colour()), voice.chart_key_shares()),
            (Mark::Box(Kind::Calls.colour()), voice.chart_key_calls()),
        ];
        if self.chart.total().others > 0 {
            entries.push((Mark::Box(Kind::Others.colour()), voice.chart_key_others()));
        }
        if self.chart.before.is_some() {
            entries.push((Mark::Line, voice.chart_key_before()));
        }
        entries
    }

    /// The guides with their numbers, and the line on which the bars stand.
    fn scale(&self, canvas: &mut Canvas) {
        let lettering = self.medium(SCALE_SIZE);
        let start = if self.guides.is_empty() {
            LEFT
        } else {
            self.plot.left + 12.0
        };
        for value in &self.guides {
            let level = self.plot.level(*value);
            canvas.line(&[(start, level), (RIGHT, level)], 2.0, RULE);
            let words = self.voice.number(*value);
            let baseline = level + lettering.height() / 2.0;
            let label = Label::ending_at(&words, lettering, (self.plot.left, baseline));
            canvas.words(&label, SOFT_INK);
        }
        canvas.line(&[(start, FOOT), (RIGHT, FOOT)], 3.0, AXIS);
    }

    fn bar(&self, canvas: &mut Canvas, middle: f32, bars: DayBars) {
        let (left, right) = (middle - BAR_WIDTH / 2.0, middle + BAR_WIDTH / 2.0);
        let parts = self.plot.parts(bars);
        for (index, part) in parts.iter().enumerate() {
            let radius = if index + 1 == parts.len() { 8.0 } else { 0.0 };
            if let Some(area) = Rect::from_ltrb(left, part.head, right, part.foot) {
                canvas.bar(area, radius, part.kind.colour());
            }
        }
    }

    fn week_before(&self, canvas: &mut Canvas) {
        let Some(points) = self.plot.line_before(self.chart) else {
            return;
        };
        // First an edge of paper, which keeps the line apart from the bars that it crosses.
        for (colour, width, radius) in [(PAPER, 9.0, 10.0), (INK, 3.5, 7.0)] {
            canvas.line(&points, width, colour);
            for point in points {
                canvas.dot(point, radius, colour);
            }
        }
    }

    /// The number above each bar, or above the line's point where that would lie on the number.
    fn totals(&self, canvas: &mut Canvas) {
        let words = self.chart.days.map(|bars| self.voice.number(bars.total()));
        let full = self.bold(36.0);
        let sizes = words
            .iter()
            .map(|words| full.fitting(words, self.plot.column() - 6.0).size);
        let lettering = self.bold(sizes.fold(full.size, f32::min));
        let points = self.plot.line_before(self.chart);
        for (day, x) in self.plot.middles().into_iter().enumerate() {
            let parts = self.plot.parts(self.chart.days[day]);
            let head = parts.last().map_or(FOOT, |part| part.head);
            let number = head - 14.0 - lettering.height();
            let baseline = match points.map(|points| points[day].1) {
                Some(level) if level > number - 10.0 && level < head => level - 18.0,
                _ => head - 14.0,
            };
            let colour = if parts.is_empty() { SOFT_INK } else { INK };
            let label = Label::centred_at(&words[day], lettering, (x, baseline));
            canvas.words_with_edge(&label, colour, PAPER);
        }
    }

    fn weekdays(&self, canvas: &mut Canvas) {
        let lettering = self.medium(36.0);
        for (row, voice) in self.rows(WEEKDAY_ROW) {
            for (day, x) in (1_u8..).zip(self.plot.middles()) {
                let words = voice.chart_weekday(day);
                let label = Label::centred_at(&words, lettering, (x, 682.0 + row));
                canvas.words(&label, SOFT_INK);
            }
        }
    }

    fn emptiness(&self, canvas: &mut Canvas) {
        for (row, voice) in self.rows(EMPTINESS_ROW) {
            let words = voice.chart_empty();
            let lettering = self.medium(40.0).fitting(&words, RIGHT - LEFT);
            let label = Label::centred_at(&words, lettering, (MIDDLE, 400.0 + row));
            canvas.words(&label, SOFT_INK);
        }
    }
}

fn draw_mark(canvas: &mut Canvas, mark: Mark, x: f32) {
    match mark {
        Mark::Box(colour) => canvas.square((x, KEY_LEVEL - mark.width() / 2.0), mark.width(), colour),
        Mark::Line => {
            canvas.line(
                &[(x + 2.0, KEY_LEVEL), (x + mark.width() - 2.0, KEY_LEVEL)],
                3.5,
                INK,
            );
            canvas.dot((x + mark.width() / 2.0, KEY_LEVEL), 7.0, INK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::day::Week, i18n::Voices};

    #[test]
    fn every_letter_of_a_year_has_a_glyph() {
        let fonts = Fonts::load().unwrap();
        for voice in Voices::load().all() {
            for week in 0..53 {
                let chart = Chart {
                    week: Week(2_950 + week),
                    days: [DayBars::default(); 7],
                    before: Some([0; 7]),
                };
                let voices = [voice];
                let drawing = Drawing::new(&voices, &chart, &fonts).unwrap();
                let mut words = vec![voice.chart_title(voice.week(chart.week)), voice.chart_empty()];
                words.extend([voice.number(-1_234_567_890), voice.chart_key_others()]);
                words.extend(drawing.key_entries(voice).into_iter().map(|(_, words)| words));
                words.extend((1..=7).map(|day: u8| voice.chart_weekday(day)));
                for letter in words.concat().chars() {
                    assert!(fonts.medium.glyph_index(letter).is_some(), "{letter:?}");
                    assert!(fonts.bold.glyph_index(letter).is_some(), "{letter:?}");
                }
            }
        }
    }

    #[test]
    fn long_numbers_leave_their_place_to_the_bars() {
        let (fonts, voices) = (Fonts::load().unwrap(), Voices::load());
        let guides = |most| {
            let chart = Chart {
                week: Week(2_950),
                days: [DayBars::default(); 7],
                before: Some([most; 7]),
            };
            Drawing::new(&voices.all(), &chart, &fonts).unwrap().guides
        };
        assert_eq!(guides(68), [20, 40, 60]);
        assert_eq!(guides(10_000_000), [0_i64; 0]);
    }
}
