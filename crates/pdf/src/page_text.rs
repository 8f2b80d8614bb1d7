//! The text of a page with the places of its words.

use core::ops::Range;

use crate::Rect;
use crate::glyphs::Direction;

/// How text runs along its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// As Latin.
    LeftToRight,
    /// As Arabic and Hebrew. Text is in the order of reading, words too: the first one is the rightmost.
    RightToLeft,
    /// As Japanese: glyphs below each other, lines from right to left.
    Vertical,
}

/// A font that a page uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageFont {
    /// Its name, without the prefix of a subset; empty where it has none.
    pub name: String,
    /// Whether its name or its descriptor says that it is bold.
    pub bold: bool,
    /// Whether its name or its descriptor says that it is italic.
    pub italic: bool,
    /// How far glyphs reach over the baseline, in units of the size.
    pub(crate) ascent: f32,
    /// How far they reach below it, negative.
    pub(crate) descent: f32,
}

/// A word: glyphs without white space between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Where it is, in points.
    pub rect: Rect,
    /// Its text, in bytes of [`PageText::text`]. A word that is hyphenated at the end of its line is two words
    /// without anything between them.
    pub text: Range<u32>,
    /// Its font, as an index into [`PageText::fonts`].
    pub font: u16,
    /// Its font's size in points.
    pub size: f32,
    /// Its glyphs in [`PageText::places`].
    pub(crate) places: Range<u32>,
    /// Its baseline in the frame of its line.
    pub(crate) base: f32,
}

/// A line, or what stands on it within one block.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Where it is, in points.
    pub rect: Rect,
    /// Its text, in bytes of [`PageText::text`], without the line feed.
    pub text: Range<u32>,
    /// Its words, as indices into [`PageText::words`].
    pub words: Range<u32>,
    /// How it runs.
    pub writing: Writing,
    pub(crate) direction: Direction,
}

impl Line {
    /// The angle in degrees, anticlockwise, by which the line is turned against one that runs to the right, or, in
    /// vertical writing, against one that runs down: 0 to 360.
    pub fn angle(&self) -> f32 {
        let Direction { cos, sin, vertical } = self.direction;
        let (x, y) = if vertical { (-sin, cos) } else { (cos, sin) };
        match (x, y) {
            (1.0, _) => 0.0,
            (-1.0, _) => 180.0,
            (_, 1.0) => 90.0,
            (_, -1.0) => 270.0,
            _ => libm_free_angle(x, y),
        }
    }
}

/// Degrees of a direction by a polynomial, so that they are the same everywhere; good to 0.01.
fn libm_free_angle(x: f32, y: f32) -> f32 {
    let (small, large) = (x.abs().min(y.abs()), x.abs().max(y.abs()));
    let t = small / large;
    let s = t * t;
    let series = ((((-0.013_480_47 * s + 0.057_477_314) * s - 0.121_239_07) * s + 0.195_635_92)
        * s
        - 0.332_994_6)
        * s
        + 0.999_995_6;
    let mut angle = (series * t).to_degrees();
    if y.abs() > x.abs() {
        angle = 90.0 - angle;
    }
    if x < 0.0 {
        angle = 180.0 - angle;
    }
    if y < 0.0 { 360.0 - angle } else { angle }
}

/// Lines that belong together: a paragraph, a heading, a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where it is, in points.
    pub rect: Rect,
    /// Its text, in bytes of [`PageText::text`], without the line feed at its end.
    pub text: Range<u32>,
    /// Its lines, as indices into [`PageText::lines`].
    pub lines: Range<u32>,
}

/// A glyph's place along its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// Where its text starts in [`PageText::text`].
    pub(crate) text: u32,
    pub(crate) left: f32,
    pub(crate) right: f32,
}

/// The text of a page, in the order of reading.
///
/// All places are in points of 1/72 inch in the page's default user space (ISO 32000-1, 8.3.2.3): y grows upwards, the
/// page's visible part is [`PageText::bounds`], and [`PageText::rotation`] is not applied. Rectangles of links and
/// annotations are in the same space.
#[derive(Clone, Debug, PartialEq)]
pub struct PageText {
    /// Number of the page, counted from 1.
    pub page: u32,
    /// The part of the page that viewers show: its crop box.
    pub bounds: Rect,
    /// By how many degrees viewers turn the page clockwise: 0, 90, 180 or 270.
    pub rotation: u16,
    /// All text. Words are apart by spaces, lines end with a line feed, and blocks are apart by an empty line.
    pub text: String,
    /// Blocks, in the order of reading.
    pub blocks: Vec<Block>,
    /// Lines, in the order of reading.
    pub lines: Vec<Line>,
    /// Words, in the order of reading.
    pub words: Vec<Word>,
    /// Fonts that words refer to.
    pub fonts: Vec<PageFont>,
    /// Whether text is missing or in doubt because a predefined character map is not built in.
    pub needs_cmaps: bool,
    pub(crate) places: Vec<Place>,
}

impl PageText {
    /// Width in points of what viewers show, after rotation.
    pub fn width(&self) -> f32 {
        if self.rotation.is_multiple_of(180) { self.bounds.width() } else { self.bounds.height() }
    }

    /// Height in points of what viewers show, after rotation.
    pub fn height(&self) -> f32 {
        if self.rotation.is_multiple_of(180) { self.bounds.height() } else { self.bounds.width() }
    }

    /// The corners of a part of a word, given as bytes of the text: at the start of the text below and above, then at
    /// its end above and below. None where the word has no glyph there.
    pub(crate) fn quad(
        &self,
        word: &Word,
        line: &Line,
        text: &Range<u32>,
    ) -> Option<[(f32, f32); 4]> {
        let places = self.places.get(word.places.start as usize..word.places.end as usize)?;
        let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
        for (index, place) in places.iter().enumerate() {
            let end = places.get(index + 1).map_or(word.text.end, |next| next.text);
            if place.text < text.end && end > text.start {
                left = left.min(place.left);
                right = right.max(place.right);
            }
        }
        let font = self.fonts.get(usize::from(word.font))?;
        let vertical = line.direction.vertical;
        let (descent, ascent) = if vertical { (-0.5, 0.5) } else { (font.descent, font.ascent) };
        let (bottom, top) = (word.base + descent * word.size, word.base + ascent * word.size);
        (left <= right).then(|| line.direction.corners(Rect { left, bottom, right, top }))
    }
}
