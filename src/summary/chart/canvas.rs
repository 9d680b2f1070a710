//! A sheet to draw on: bars, dots, lines and words in plain colours. It must not know what is drawn.

use anyhow::Context;
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};

use super::letters::Label;

/// A colour: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    fn paint(self) -> Paint<'static> {
        let mut paint = Paint::default();
        paint.set_color_rgba8(self.0, self.1, self.2, u8::MAX);
        paint
    }
}

/// The sheet.
pub(super) struct Canvas {
    sheet: Pixmap,
    /// How much lower everything lies than is said.
    lowered: f32,
}

impl Canvas {
    /// A sheet of one colour.
    pub fn new(width: u16, height: u16, background: Colour) -> anyhow::Result<Self> {
        let mut sheet = Pixmap::new(width.into(), height.into()).context("making room for a picture")?;
        sheet.fill(Color::from_rgba8(
            background.0,
            background.1,
            background.2,
            u8::MAX,
        ));
        Ok(Self { sheet, lowered: 0.0 })
    }

    /// The picture, as a PNG.
    pub fn into_png(self) -> anyhow::Result<Vec<u8>> {
        self.sheet.encode_png().context("writing a picture as PNG")
    }

    /// Lets all that is drawn from now on lie lower by so many pixels.
    pub fn lower(&mut self, pixels: f32) {
        self.lowered += pixels;
    }

    fn place(&self) -> Transform {
        Transform::from_translate(0.0, self.lowered)
    }

    /// A box, its upper corners rounded by `radius`.
    pub fn bar(&mut self, area: Rect, radius: f32, colour: Colour) {
        let radius = radius.min(area.height()).min(area.width() / 2.0);
        let mut path = PathBuilder::new();
        path.move_to(area.left(), area.bottom());
        path.line_to(area.left(), area.top() + radius);
        path.quad_to(area.left(), area.top(), area.left() + radius, area.top());
        path.line_to(area.right() - radius, area.top());
        path.quad_to(area.right(), area.top(), area.right(), area.top() + radius);
        path.line_to(area.right(), area.bottom());
        path.close();
        self.fill(path.finish(), colour);
    }

    /// A square with round corners, from its upper left corner.
    pub fn square(&mut self, (x, y): (f32, f32), side: f32, colour: Colour) {
        // A line with round joints around a smaller square leaves its corners round.
        let (near, far) = (5.0, side - 5.0);
        let corners = [(near, near), (far, near), (far, far), (near, far), (near, near)];
        let corners = corners.map(|(right, down)| (x + right, y + down));
        self.stroke(through(&corners), 10.0, colour);
        self.fill(through(&corners), colour);
    }

    /// A dot.
    pub fn dot(&mut self, (x, y): (f32, f32), radius: f32, colour: Colour) {
        self.fill(PathBuilder::from_circle(x, y, radius), colour);
    }

    /// A line through these points.
    pub fn line(&mut self, points: &[(f32, f32)], width: f32, colour: Colour) {
        self.stroke(through(points), width, colour);
    }

    /// Words.
    pub fn words(&mut self, label: &Label<'_>, colour: Colour) {
        self.fill(label.outline(), colour);
    }

    /// Words with an edge around them, so that what lies beneath does not touch them.
    pub fn words_with_edge(&mut self, label: &Label<'_>, colour: Colour, edge: Colour) {
        let path = label.outline();
        self.stroke(path.clone(), label.edge(), edge);
        self.fill(path, colour);
    }

    fn fill(&mut self, path: Option<Path>, colour: Colour) {
        let place = self.place();
        if let Some(path) = path {
            self.sheet
                .fill_path(&path, &colour.paint(), FillRule::Winding, place, None);
        }
    }

    fn stroke(&mut self, path: Option<Path>, width: f32, colour: Colour) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        let place = self.place();
        if let Some(path) = path {
            self.sheet
                .stroke_path(&path, &colour.paint(), &stroke, place, None);
        }
    }
}

fn through(points: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, (x, y)) in points.iter().enumerate() {
        if index == 0 {
            path.move_to(*x, *y);
        } else {
            path.line_to(*x, *y);
        }
    }
    path.finish()
}
