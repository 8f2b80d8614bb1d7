//! From ordered blocks to text and the public lists of words, lines and blocks.

use crate::geometry::Rect;
use crate::glyphs::{Glyph, Glyphs};
use crate::layout::bidi::{self, Class, Item};
use crate::layout::blocks::Block as Found;
use crate::layout::pieces::Pieces;
use crate::layout::words::Word as Run;
use crate::page_text::{Block, Line, PageText, Place, Word, Writing};

/// Gap between words of a line that is a space, in units of the size: less than within a word, because something else
/// divided them as well.
const SPACE: f32 = 0.03;
/// Lines of single glyphs: a gap this much wider than the narrowest is a space, and so is one of this size.
const WIDE_SPACE_FACTOR: f32 = 1.3;
const WIDE_SPACE: f32 = 0.4;

/// Whether most of the page is read from right to left.
pub(crate) fn is_mirrored(glyphs: &Glyphs) -> bool {
    let count = |flag| glyphs.list.iter().filter(|glyph| glyph.is(flag)).count();
    let right = count(Glyph::RIGHT_TO_LEFT);
    right > 0 && right > count(Glyph::LEFT_TO_RIGHT)
}

/// Writes blocks, one after another.
pub(crate) struct Composer<'a> {
    glyphs: &'a Glyphs,
    words: &'a mut [Run],
    pieces: &'a Pieces,
    page: &'a mut PageText,
    mirrored: bool,
    keep_hyphens: bool,
    /// Runs of the line at hand.
    line: Vec<u32>,
    items: Vec<Item>,
}

/// Whether two are shown over each other, which letters of one word are not.
fn covers(word: &Run, next: &Run) -> bool {
    let (width, other) = (word.right - word.left, next.right - next.left);
    let size = word.size.min(next.size);
    let narrow = width.min(other) < 0.1 * size;
    let starts = next.left - word.left < 0.1 * size;
    let inside = word.right - next.left > 0.5 * size && word.len() > 1 && next.len() > 1;
    !narrow && (starts || inside)
}

impl<'a> Composer<'a> {
    pub(crate) fn new(
        glyphs: &'a Glyphs,
        words: &'a mut [Run],
        pieces: &'a Pieces,
        mirrored: bool,
        keep_hyphens: bool,
        page: &'a mut PageText,
    ) -> Self {
        page.text.reserve(glyphs.text.len() + glyphs.text.len() / 4 + 16);
        page.places.reserve(glyphs.list.len());
        page.words.reserve(words.len());
        let (line, items) = (Vec::new(), Vec::new());
        Self { glyphs, words, pieces, page, mirrored, keep_hyphens, line, items }
    }

    fn at(&self) -> u32 {
        self.page.text.len() as u32
    }

    /// Writes a block, whose pieces go from top to bottom.
    pub(crate) fn block(&mut self, block: &Found) {
        if !self.page.blocks.is_empty() {
            self.page.text.push('\n');
        }
        let (text, lines) = (self.at(), self.page.lines.len() as u32);
        let pieces = &self.pieces.pieces;
        let mut rest = block.pieces.as_slice();
        while let Some(first) = rest.first() {
            let first = &pieces[*first as usize];
            // Pieces that stand over each other are lines of their own, however close they are.
            let length = rest
                .iter()
                .enumerate()
                .take_while(|(index, piece)| {
                    let piece = &pieces[**piece as usize];
                    let over = |other: &u32| {
                        let other = &pieces[*other as usize];
                        piece.left.max(other.left) + 0.2 * piece.size < piece.right.min(other.right)
                    };
                    first.base - piece.base < 0.5 * first.size.min(piece.size)
                        && !rest[..*index].iter().any(over)
                })
                .count()
                .max(1);
            let (now, later) = rest.split_at(length);
            rest = later;
            self.line.clear();
            let mut sorted: Vec<u32> = now.to_vec();
            sorted.sort_by(|a, b| pieces[*a as usize].left.total_cmp(&pieces[*b as usize].left));
            for piece in sorted {
                let words = self.pieces.words(&pieces[piece as usize]);
                self.space(words);
                self.line.extend_from_slice(words);
            }
            self.write_line(usize::from(first.direction));
        }
        let lines = lines..self.page.lines.len() as u32;
        let mut rect = Rect::EMPTY;
        for line in &self.page.lines[lines.start as usize..] {
            rect.unite(line.rect);
        }
        if !lines.is_empty() {
            self.page.blocks.push(Block { rect, text: text..self.at() - 1, lines });
        }
    }

    /// Finds where spaces are between the runs of a piece, and sets one behind it.
    fn space(&mut self, piece: &[u32]) {
        let words = &mut *self.words;
        let gap = |words: &[Run], pair: &[u32]| {
            words[pair[1] as usize].left - words[pair[0] as usize].right
        };
        let single = piece.len() > 1 && piece.iter().all(|word| words[*word as usize].len() == 1);
        let narrowest = if single {
            piece.windows(2).map(|pair| gap(words, pair)).fold(f32::INFINITY, f32::min)
        } else {
            0.0
        };
        for index in 0..piece.len() {
            let current = piece[index] as usize;
            let size = words[current].size;
            let limit = if narrowest > 0.0 {
                (WIDE_SPACE_FACTOR * narrowest).min(WIDE_SPACE * size)
            } else {
                SPACE * size
            };
            words[current].space_after = match piece.get(index..index + 2) {
                Some(pair) => {
                    let (word, next) = (&words[pair[0] as usize], &words[pair[1] as usize]);
                    let gap = gap(words, pair);
                    let shown = next
                        .glyphs(self.glyphs)
                        .first()
                        .is_some_and(|it| it.is(Glyph::AFTER_SPACE));
                    gap >= if shown { SPACE * size } else { limit }
                        || next.narrow_space
                        || covers(word, next)
                }
                None => true,
            };
        }
    }

    fn write_line(&mut self, direction: usize) {
        let direction = self.glyphs.directions[direction];
        let mut items = core::mem::take(&mut self.items);
        items.clear();
        let mut right_to_left = false;
        for word in &self.line {
            let word = &self.words[*word as usize];
            items.extend((word.first..word.end).map(Item::Glyph));
            if word.space_after {
                items.push(Item::Space);
            }
            right_to_left |=
                word.glyphs(self.glyphs).iter().any(|glyph| glyph.is(Glyph::RIGHT_TO_LEFT));
        }
        while items.last() == Some(&Item::Space) {
            items.pop();
        }
        let mut turned: Vec<u8> = Vec::new();
        let mut writing = if direction.vertical { Writing::Vertical } else { Writing::LeftToRight };
        if right_to_left && !direction.vertical {
            let classes: Vec<Class> = items.iter().map(|item| self.class(*item)).collect();
            let base = bidi::is_right_to_left(&classes, self.mirrored);
            let mut levels = bidi::levels(&classes, base);
            bidi::reorder(&mut items, &mut levels, |item| {
                self.glyph(item).is_some_and(|glyph| glyph.is(Glyph::MARK))
            });
            let brackets = core::iter::zip(&items, &levels)
                .filter(|(_, level)| **level % 2 == 1)
                .filter_map(|(item, _)| self.glyph(*item))
                .map(|glyph| self.glyphs.text(glyph));
            if bidi::are_mirrored(brackets) {
                turned = levels;
            }
            if base {
                writing = Writing::RightToLeft;
            }
        }
        self.join_lines(&items);
        let (text, words) = (self.at(), self.page.words.len() as u32);
        let mut word: Option<Word> = None;
        for (index, item) in items.iter().enumerate() {
            let Some(glyph) = self.glyph(*item) else {
                self.page.words.extend(word.take());
                self.page.text.push(' ');
                continue;
            };
            let shown = self.glyphs.text(glyph);
            let mirror = turned.get(index).is_some_and(|level| level % 2 == 1);
            let shown = mirror.then(|| bidi::mirrored(shown)).flatten().unwrap_or(shown);
            let start = self.page.text.len() as u32;
            self.page.text.push_str(shown);
            let end = self.page.text.len() as u32;
            let place = self.page.places.len() as u32;
            self.page.places.push(Place { text: start, left: glyph.x, right: glyph.end() });
            let (bottom, top) = self.extent(glyph, direction.vertical);
            let reach = Rect { left: glyph.x, bottom, right: glyph.end(), top };
            if let Some(word) = &mut word {
                word.rect.unite(reach);
                word.text.end = end;
                word.places.end = place + 1;
            } else {
                word = Some(Word {
                    rect: reach,
                    text: start..end,
                    font: glyph.font,
                    size: glyph.size,
                    places: place..place + 1,
                    base: glyph.y,
                });
            }
        }
        self.page.words.extend(word);
        self.items = items;
        let words = words..self.page.words.len() as u32;
        let mut rect = Rect::EMPTY;
        for word in &mut self.page.words[words.start as usize..] {
            // Up to here it was in the frame of the direction.
            word.rect = direction.rect_to_page(word.rect);
            rect.unite(word.rect);
        }
        if !words.is_empty() {
            self.page.lines.push(Line { rect, text: text..self.at(), words, writing, direction });
            self.page.text.push('\n');
        }
    }

    /// How far a glyph reaches across its line, in the frame.
    fn extent(&self, glyph: &Glyph, vertical: bool) -> (f32, f32) {
        let font = self.page.fonts.get(usize::from(glyph.font));
        let (descent, ascent) = match font {
            Some(font) if !vertical => (font.descent, font.ascent),
            _ => (-0.5, 0.5),
        };
        (glyph.y + descent * glyph.size, glyph.y + ascent * glyph.size)
    }

    fn glyph(&self, item: Item) -> Option<&'a Glyph> {
        match item {
            Item::Space => None,
            Item::Glyph(index) => self.glyphs.list.get(index as usize),
        }
    }

    fn class(&self, item: Item) -> Class {
        self.glyph(item).map_or(Class::Neutral, |glyph| bidi::class(glyph, self.glyphs.text(glyph)))
    }

    /// Takes the hyphen from the end of the last line of this block, where the next one goes on with its word.
    fn join_lines(&mut self, next: &[Item]) {
        let page = &mut *self.page;
        let starts_block =
            page.blocks.last().map_or(0, |block| block.lines.end) as usize >= page.lines.len();
        let Some(line) = page.lines.last_mut().filter(|_| !self.keep_hyphens && !starts_block)
        else {
            return;
        };
        let first = next.first().and_then(|item| match item {
            Item::Glyph(index) => self.glyphs.list.get(*index as usize),
            Item::Space => None,
        });
        let lower = first
            .and_then(|glyph| self.glyphs.text(glyph).chars().next())
            .is_some_and(char::is_lowercase);
        let Some(end) = page.text.strip_suffix('\n') else { return };
        let divided = ['-', '\u{ad}', '\u{2010}']
            .iter()
            .find_map(|hyphen| end.strip_suffix(*hyphen))
            .filter(|word| word.ends_with(char::is_alphabetic));
        if let Some(length) = divided.map(str::len).filter(|_| lower) {
            page.text.truncate(length);
            line.text.end = length as u32;
            if let Some(word) = page.words.last_mut() {
                word.text.end = length as u32;
            }
        }
    }
}
