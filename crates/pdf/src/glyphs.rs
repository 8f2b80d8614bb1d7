//! What a page shows: glyphs with their text, each in the frame of its direction.

use crate::geometry::{Matrix, Rect};

/// Directions on one page that are told apart; more share the last one.
const MAX_DIRECTIONS: usize = 32;
/// Sine of the angle up to which text counts as running along an axis: skewed scans.
const SNAP: f32 = 0.035;

/// The way that text runs. A frame has its x axis along the text and its y axis to the side of the ascenders, so that
/// in it every line runs to the right and the next one is below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Direction {
    pub(crate) cos: f32,
    pub(crate) sin: f32,
    /// Vertical writing: glyphs stand upright, one below the other.
    pub(crate) vertical: bool,
}

impl Direction {
    pub(crate) fn to_frame(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos + y * self.sin, y * self.cos - x * self.sin)
    }

    pub(crate) fn to_page(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos - y * self.sin, x * self.sin + y * self.cos)
    }

    /// The rectangle on the page around one in the frame.
    pub(crate) fn rect_to_page(self, rect: Rect) -> Rect {
        Rect::around(self.corners(rect))
    }

    /// The corners on the page of a rectangle in the frame: those at the start of the text below and above it, then
    /// those at its end above and below.
    pub(crate) fn corners(self, rect: Rect) -> [(f32, f32); 4] {
        let Rect { left, bottom, right, top } = rect;
        [(left, bottom), (left, top), (right, top), (right, bottom)]
            .map(|(x, y)| self.to_page(x, y))
    }
}

/// One shown glyph that has text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// The origin in the frame of its direction; in vertical writing the middle of the top.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Its width along the frame's x axis, without spacing.
    pub(crate) advance: f32,
    /// The font's size on the page.
    pub(crate) size: f32,
    /// Where its text starts in [`Glyphs::text`].
    pub(crate) text: u32,
    /// Bytes of its text.
    pub(crate) length: u16,
    pub(crate) font: u16,
    pub(crate) direction: u8,
    pub(crate) flags: u8,
}

impl Glyph {
    /// White space was shown before this glyph.
    pub(crate) const AFTER_SPACE: u8 = 1;
    /// That white space takes no room of its own.
    pub(crate) const AFTER_NARROW_SPACE: u8 = 2;
    /// A mark above or below the glyph before it.
    pub(crate) const MARK: u8 = 4;
    /// The text runs from right to left.
    pub(crate) const RIGHT_TO_LEFT: u8 = 8;
    /// The text runs from left to right.
    pub(crate) const LEFT_TO_RIGHT: u8 = 16;
    /// A European or Arabic digit.
    pub(crate) const DIGIT: u8 = 32;
    /// An accent that takes room of its own, as TeX puts them over letters.
    pub(crate) const ACCENT: u8 = 64;

    pub(crate) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(crate) fn end(&self) -> f32 {
        self.x + self.advance
    }

    pub(crate) fn range(&self) -> core::ops::Range<usize> {
        self.text as usize..self.text as usize + usize::from(self.length)
    }
}

/// All glyphs of a page, in the order they are shown.
#[derive(Debug, Default)]
pub(crate) struct Glyphs {
    pub(crate) list: Vec<Glyph>,
    pub(crate) text: String,
    pub(crate) directions: Vec<Direction>,
}

impl Glyphs {
    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.text.clear();
        self.directions.clear();
    }

    pub(crate) fn text(&self, glyph: &Glyph) -> &str {
        self.text.get(glyph.range()).unwrap_or_default()
    }

    /// The number of the direction in which `matrix` shows text.
    pub(crate) fn direction(&mut self, matrix: Matrix, vertical: bool) -> u8 {
        // Vertical writing runs against the y axis (9.7.4.3).
        let (x, y) = if vertical { matrix.vector(0.0, -1.0) } else { matrix.vector(1.0, 0.0) };
        let length = (x * x + y * y).sqrt();
        let (mut cos, mut sin) = if length > 0.0 && length.is_finite() {
            ((x / length) as f32, (y / length) as f32)
        } else {
            (1.0, 0.0)
        };
        if sin.abs() < SNAP {
            (cos, sin) = (cos.signum(), 0.0);
        } else if cos.abs() < SNAP {
            (cos, sin) = (0.0, sin.signum());
        }
        let alike = |known: &Direction| {
            known.vertical == vertical && known.cos * cos + known.sin * sin > 0.9995
        };
        if let Some(index) = self.directions.iter().position(alike) {
            return index as u8;
        }
        if self.directions.len() < MAX_DIRECTIONS {
            self.directions.push(Direction { cos, sin, vertical });
        }
        (self.directions.len() - 1) as u8
    }
}
