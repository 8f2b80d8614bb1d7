//! From glyphs to words: runs of glyphs that touch each other.

use crate::glyphs::{Glyph, Glyphs};
use crate::layout::accents;

/// Gap that ends a word, in units of the size. This and the next three are what poppler found to serve.
const WORD_GAP: f32 = 0.1;
/// Step back that ends a word.
const WORD_OVERLAP: f32 = 0.1;
/// A glyph that is shown again within this distance along and across the line is fake bold or a shadow.
const AGAIN_ALONG: f32 = 0.1;
const AGAIN_ACROSS: f32 = 0.2;
/// Change of the baseline in points that ends a word.
const BASELINE_STEP: f32 = 0.5;

/// Glyphs in a row, in the frame of their direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its glyphs.
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) base: f32,
    pub(crate) size: f32,
    pub(crate) direction: u8,
    /// White space that takes no room was shown before it.
    pub(crate) narrow_space: bool,
    /// A space follows on its line; set once lines are known.
    pub(crate) space_after: bool,
}

impl Word {
    fn new(index: u32, glyph: &Glyph) -> Self {
        Self {
            first: index,
            end: index + 1,
            left: glyph.x.min(glyph.end()),
            right: glyph.x.max(glyph.end()),
            base: glyph.y,
            size: glyph.size,
            direction: glyph.direction,
            narrow_space: glyph.is(Glyph::AFTER_NARROW_SPACE),
            space_after: false,
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.end - self.first
    }

    pub(crate) fn glyphs<'a>(&self, glyphs: &'a Glyphs) -> &'a [Glyph] {
        glyphs.list.get(self.first as usize..self.end as usize).unwrap_or_default()
    }

    /// Whether both have the same text, glyph by glyph.
    pub(crate) fn same_text(&self, other: &Self, glyphs: &Glyphs) -> bool {
        self.len() == other.len()
            && core::iter::zip(self.glyphs(glyphs), other.glyphs(glyphs))
                .all(|(a, b)| glyphs.text(a) == glyphs.text(b))
    }

    /// Whether both show the same at one place: fake bold, shadows.
    pub(crate) fn is_again(&self, other: &Self, glyphs: &Glyphs) -> bool {
        (self.left - other.left).abs() < AGAIN_ALONG * self.size
            && (self.base - other.base).abs() < AGAIN_ACROSS * self.size
            && self.same_text(other, glyphs)
    }
}

/// The words in the order they are shown. Glyphs that are shown twice at one place are taken out, and accents that are
/// shown beside their letter are joined to it.
pub(crate) fn words(glyphs: &mut Glyphs) -> Vec<Word> {
    let mut words = Vec::with_capacity(glyphs.list.len() / 5 + 1);
    let mut current: Option<Word> = None;
    let mut kept = 0usize;
    for index in 0..glyphs.list.len() {
        let glyph = glyphs.list[index];
        if let Some(word) = &mut current {
            let last = glyphs.list[kept - 1];
            if is_again(glyphs, &last, &glyph) {
                continue;
            }
            if let Some(joined) = accents::join(glyphs, &last, &glyph) {
                glyphs.list[kept - 1] = joined;
                if word.len() == 1 {
                    *word =
                        Word { left: word.left.min(joined.x), ..Word::new(word.first, &joined) };
                }
                word.right = word.right.max(joined.end());
                continue;
            }
            if !continues(word, &last, &glyph) {
                words.push(*word);
                current = None;
            }
        }
        let at = kept as u32;
        match &mut current {
            Some(word) => {
                word.end = at + 1;
                word.left = word.left.min(glyph.x);
                word.right = word.right.max(glyph.end());
            }
            None => current = Some(Word::new(at, &glyph)),
        }
        glyphs.list[kept] = glyph;
        kept += 1;
    }
    words.extend(current);
    glyphs.list.truncate(kept);
    words
}

fn is_again(glyphs: &Glyphs, last: &Glyph, glyph: &Glyph) -> bool {
    last.direction == glyph.direction
        && (glyph.x - last.x).abs() < AGAIN_ALONG * last.size
        && (glyph.y - last.y).abs() < AGAIN_ACROSS * last.size
        && (last.advance.abs() > AGAIN_ALONG * last.size || (glyph.x - last.x).abs() <= 0.0)
        && glyphs.text(last) == glyphs.text(glyph)
}

fn continues(word: &Word, last: &Glyph, glyph: &Glyph) -> bool {
    if word.direction != glyph.direction || glyph.is(Glyph::AFTER_SPACE) {
        return false;
    }
    let gap = glyph.x - word.right;
    if glyph.is(Glyph::MARK) {
        let side = word.size * 0.5;
        return gap < side
            && glyph.x > last.x - 2.0 * side
            && (glyph.y - word.base).abs() < word.size;
    }
    let same_size = (glyph.size - word.size).abs() <= 0.001 * word.size;
    same_size
        && gap <= WORD_GAP * word.size
        && gap >= -WORD_OVERLAP * word.size
        && (glyph.y - word.base).abs() <= BASELINE_STEP
}
