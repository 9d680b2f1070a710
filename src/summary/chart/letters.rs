//! Words as shapes. The fonts are part of the binary and read where they lie, so that nothing of them is kept between two
//! pictures. It must not know what the words say.

use anyhow::Context;
use tiny_skia::{Path, PathBuilder};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The letters, in two weights.
pub(super) struct Fonts {
    /// For most words.
    pub medium: Face<'static>,
    /// For titles and numbers.
    pub bold: Face<'static>,
}

impl Fonts {
    /// Reads the fonts that are part of the binary.
    pub fn load() -> anyhow::Result<Self> {
        let medium = include_bytes!("../../../assets/fonts/Inter-Medium-latin.otf");
        let bold = include_bytes!("../../../assets/fonts/Inter-SemiBold-latin.otf");
        Ok(Self {
            medium: Face::parse(medium, 0).context("reading the medium font")?,
            bold: Face::parse(bold, 0).context("reading the bold font")?,
        })
    }
}

/// A font at a size.
#[derive(Clone, Copy)]
pub(super) struct Lettering<'f> {
    /// The font.
    pub face: &'f Face<'static>,
    /// The height of an em, in pixels.
    pub size: f32,
}

impl Lettering<'_> {
    /// How wide these words are, in pixels.
    pub fn width(self, words: &str) -> f32 {
        words.chars().map(|letter| self.advance(self.glyph(letter))).sum()
    }

    /// The same letters, as much smaller as these words need to fit into a width.
    pub fn fitting(self, words: &str, width: f32) -> Self {
        let needed = self.width(words);
        let size = if needed > width {
            self.size * width / needed
        } else {
            self.size
        };
        Self { size, ..self }
    }

    /// The height of its capitals and digits, in pixels.
    pub fn height(self) -> f32 {
        self.face.capital_height().map_or(self.size, f32::from) * self.scale()
    }

    fn scale(self) -> f32 {
        self.size / f32::from(self.face.units_per_em())
    }

    /// The glyph of a letter; the font's own mark of a missing one where it has none.
    fn glyph(self, letter: char) -> GlyphId {
        self.face.glyph_index(letter).unwrap_or_default()
    }

    fn advance(self, glyph: GlyphId) -> f32 {
        f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default()) * self.scale()
    }

    fn outline(self, words: &str, left: f32, baseline: f32) -> Option<Path> {
        let mut pen = Pen {
            path: PathBuilder::new(),
            left,
            baseline,
            scale: self.scale(),
        };
        for letter in words.chars() {
            let glyph = self.glyph(letter);
            // A space has no outline.
            let _ = self.face.outline_glyph(glyph, &mut pen);
            pen.left += self.advance(glyph);
        }
        pen.path.finish()
    }
}

/// Follows the outline of one glyph after another. Fonts count upwards, pictures downwards.
struct Pen {
    path: PathBuilder,
    left: f32,
    baseline: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (
            x.mul_add(self.scale, self.left),
            (-y).mul_add(self.scale, self.baseline),
        )
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// A line of words at its place: how far from the left edge of the sheet one of its points is, and how far from the upper edge
/// its letters stand.
pub(super) struct Label<'a> {
    words: &'a str,
    lettering: Lettering<'a>,
    left: f32,
    baseline: f32,
}

impl<'a> Label<'a> {
    /// Words that begin at a point.
    pub const fn starting_at(words: &'a str, lettering: Lettering<'a>, (left, baseline): (f32, f32)) -> Self {
        Self {
            words,
            lettering,
            left,
            baseline,
        }
    }

    /// Words with their middle at a point.
    pub fn centred_at(words: &'a str, lettering: Lettering<'a>, (middle, baseline): (f32, f32)) -> Self {
        let left = middle - lettering.width(words) / 2.0;
        Self::starting_at(words, lettering, (left, baseline))
    }

    /// Words that end at a point.
    pub fn ending_at(words: &'a str, lettering: Lettering<'a>, (right, baseline): (f32, f32)) -> Self {
        Self::starting_at(words, lettering, (right - lettering.width(words), baseline))
    }

    /// How wide the paper around its letters must be to keep them apart from what lies beneath.
    pub fn edge(&self) -> f32 {
        self.lettering.size / 3.0
    }

    /// Its shape; none for words without a visible letter.
    pub fn outline(&self) -> Option<Path> {
        self.lettering.outline(self.words, self.left, self.baseline)
    }
}
