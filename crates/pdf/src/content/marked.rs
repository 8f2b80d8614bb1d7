//! Marked content: replacement text, artifacts and optional content (ISO 32000-1, 14.6, 14.8.2.2, 14.9.4).

use bytemill_pdf_objects::{Lexer, Token};

use crate::fonts::classify;
use crate::glyphs::{Glyph, Glyphs};

/// Sequences within each other that are kept; those further in are only counted.
const MAX_NESTED: usize = 64;
/// Bytes of one replacement text.
const MAX_TEXT: usize = 1 << 16;

/// One sequence that is open.
#[derive(Debug)]
struct Open {
    hidden: bool,
    /// The replacement text, and the number of glyphs before it.
    actual: Option<(String, usize)>,
}

/// All sequences that are open.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    open: Vec<Open>,
    /// Open ones that are not kept.
    deeper: u32,
    hidden: u32,
}

impl Marked {
    pub(crate) fn clear(&mut self) {
        self.open.clear();
        (self.deeper, self.hidden) = (0, 0);
    }

    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether what is shown now is hidden.
    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden > 0
    }

    pub(crate) fn begin(&mut self, hidden: bool, actual: Option<String>, glyphs: &Glyphs) {
        if self.open.len() >= MAX_NESTED {
            self.deeper = self.deeper.saturating_add(1);
            return;
        }
        self.hidden += u32::from(hidden);
        let actual = actual.filter(|text| text.len() <= MAX_TEXT);
        self.open.push(Open { hidden, actual: actual.map(|text| (text, glyphs.list.len())) });
    }

    pub(crate) fn end(&mut self, glyphs: &mut Glyphs) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(open) = self.open.pop() else { return };
        self.hidden -= u32::from(open.hidden);
        // The outermost text replaces those within it.
        let outer = self.open.iter().any(|open| open.actual.is_some());
        if let Some((text, start)) = open.actual
            && !outer
        {
            replace(glyphs, start, &text);
        }
    }

    /// Ends what a form or a page left open.
    pub(crate) fn end_to(&mut self, depth: usize, glyphs: &mut Glyphs) {
        self.deeper = 0;
        while self.open.len() > depth {
            self.end(glyphs);
        }
    }
}

/// Gives the glyphs from `start` on another text, character by character along the way that they took.
fn replace(glyphs: &mut Glyphs, start: usize, text: &str) {
    let old: Vec<Glyph> = glyphs.list.split_off(start.min(glyphs.list.len()));
    let count = text.chars().filter(|char| !char.is_whitespace()).count();
    let Some(first) = old.first() else { return };
    let mut flags = first.flags & (Glyph::AFTER_SPACE | Glyph::AFTER_NARROW_SPACE);
    let mut index = 0;
    for char in text.chars() {
        if char.is_whitespace() {
            flags |= Glyph::AFTER_SPACE | Glyph::AFTER_NARROW_SPACE;
            continue;
        }
        let share = |index: usize| index as f32 * old.len() as f32 / count as f32;
        let (from, to) = (share(index), share(index + 1));
        index += 1;
        if char.is_control() {
            continue;
        }
        let begin = &old[(from as usize).min(old.len() - 1)];
        let last = &old[(to.ceil() as usize).clamp(1, old.len()) - 1];
        let x = begin.x + begin.advance * from.fract();
        let level = (last.y - begin.y).abs() < 0.1 * begin.size;
        let same = last.direction == begin.direction && level && last.x >= begin.x;
        let whole = to.fract() <= 0.0;
        let end = match (same, whole) {
            (true, true) => last.end(),
            (true, false) => last.x + last.advance * to.fract(),
            _ => begin.end(),
        };
        let at = glyphs.text.len();
        glyphs.text.push(char);
        glyphs.list.push(Glyph {
            x,
            advance: (end - x).max(0.0),
            text: at as u32,
            length: char.len_utf8() as u16,
            flags: flags | classify(char),
            ..*begin
        });
        flags = 0;
    }
}

/// Reads a property list behind `<<`, up to its `>>`, and gives its `ActualText` as it is written.
pub(crate) fn actual_text(lexer: &mut Lexer<'_>) -> Option<Vec<u8>> {
    let mut depth = 0usize;
    let mut wanted = false;
    let mut found = None;
    while let Some(token) = lexer.next() {
        let was_wanted = core::mem::take(&mut wanted);
        match token {
            Token::DictionaryStart => depth += 1,
            Token::DictionaryEnd if depth == 0 => break,
            Token::DictionaryEnd => depth -= 1,
            Token::Name(name) => wanted = depth == 0 && *name == *b"ActualText",
            Token::String(string) if was_wanted => found = Some(string.bytes().into_owned()),
            // The list was never closed.
            Token::Keyword(b"BDC" | b"EMC" | b"BT" | b"ET" | b"Tj" | b"TJ") => break,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str) -> Glyphs {
        let mut glyphs = Glyphs { text: text.to_owned(), ..Glyphs::default() };
        for index in 0..text.len() {
            glyphs.list.push(Glyph {
                x: 10.0 * index as f32,
                y: 0.0,
                advance: 10.0,
                size: 10.0,
                text: index as u32,
                length: 1,
                font: 0,
                direction: 0,
                flags: 0,
            });
        }
        glyphs
    }

    fn shown(glyphs: &Glyphs) -> Vec<(&str, f32, f32)> {
        glyphs.list.iter().map(|glyph| (glyphs.text(glyph), glyph.x, glyph.advance)).collect()
    }

    #[test]
    fn a_text_takes_the_place_of_another() {
        let mut page = glyphs("abcd");
        replace(&mut page, 2, "xyzw");
        let wanted = [
            ("a", 0.0, 10.0),
            ("b", 10.0, 10.0),
            ("x", 20.0, 5.0),
            ("y", 25.0, 5.0),
            ("z", 30.0, 5.0),
            ("w", 35.0, 5.0),
        ];
        assert_eq!(shown(&page), wanted);
        let mut page = glyphs("abcd");
        replace(&mut page, 0, "x");
        assert_eq!(shown(&page), [("x", 0.0, 40.0)]);
        let mut page = glyphs("ab");
        replace(&mut page, 0, "");
        assert_eq!(shown(&page), []);
        let mut page = glyphs("ab");
        replace(&mut page, 0, "x y");
        assert!(page.list[1].is(Glyph::AFTER_SPACE) && !page.list[0].is(Glyph::AFTER_SPACE));
    }

    #[test]
    fn sequences_nest() {
        let mut marked = Marked::default();
        let mut page = Glyphs::default();
        marked.begin(true, None, &page);
        for _ in 0..100 {
            marked.begin(false, None, &page);
        }
        assert!(marked.is_hidden());
        for _ in 0..100 {
            marked.end(&mut page);
        }
        assert!(marked.is_hidden());
        marked.end(&mut page);
        marked.end(&mut page);
        assert!(!marked.is_hidden());
    }

    #[test]
    fn property_lists() {
        let read = |text: &'static [u8]| actual_text(&mut Lexer::new(text));
        assert_eq!(read(b"/Lang (de) /ActualText <4142> >> BDC").as_deref(), Some(&b"AB"[..]));
        assert_eq!(read(b"/A <</ActualText (no)>> /MCID 0 >> BDC"), None);
        assert_eq!(read(b"/ActualText BDC"), None);
    }
}
