//! Characters by glyph: the table of characters read backwards.

use super::TrueTypeFont;
use crate::{CffFont, GlyphList, glyph_text};

/// The characters of the glyphs of a font.
#[derive(Debug, Default)]
pub struct GlyphUnicodes {
    /// By glyph; `\0` where there is none.
    chars: Vec<char>,
    /// Those of names that stand for several characters.
    texts: Vec<(u16, String)>,
}

impl GlyphUnicodes {
    pub(super) fn new(font: &TrueTypeFont) -> Self {
        let mut map = Self::default();
        if let Some(unicode) = font.unicode {
            unicode.each(|code, glyph| {
                if let Some(char) = char::from_u32(code).filter(|char| *char != '\0') {
                    let entry = map.entry(glyph);
                    if *entry == '\0' || rank(char) < rank(*entry) {
                        *entry = char;
                    }
                }
            });
        }
        let in_cff = font.cff().map_or(0, CffFont::glyph_count);
        let named =
            u16::try_from(font.post.len()).unwrap_or(u16::MAX).max(in_cff).min(font.glyph_count);
        for glyph in 0..named {
            if map.chars.get(usize::from(glyph)).is_some_and(|char| *char != '\0') {
                continue;
            }
            let Some(name) = font.glyph_name(glyph) else { continue };
            let mut text = String::new();
            if glyph_text(name, GlyphList::Adobe, &mut text) {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(char), None) => *map.entry(glyph) = char,
                    _ => map.texts.push((glyph, text)),
                }
            }
        }
        map
    }

    fn entry(&mut self, glyph: u16) -> &mut char {
        let index = usize::from(glyph);
        if self.chars.len() <= index {
            self.chars.resize(index + 1, '\0');
        }
        &mut self.chars[index]
    }

    /// Appends the text of a glyph, and tells whether it has any.
    pub fn text(&self, glyph: u16, text: &mut String) -> bool {
        if let Some(char) = self.chars.get(usize::from(glyph)).filter(|char| **char != '\0') {
            text.push(*char);
            return true;
        }
        match self.texts.binary_search_by_key(&glyph, |(glyph, _)| *glyph) {
            Ok(index) => {
                text.push_str(&self.texts[index].1);
                true
            }
            Err(_) => false,
        }
    }

    /// Whether no glyph has a text.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty() && self.texts.is_empty()
    }
}

/// Which of several characters of one glyph is meant: the lowest in general, but controls, private use, and the radicals
/// that look like whole ideographs last.
fn rank(char: char) -> (u8, char) {
    let unlikely = matches!(char, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
        || matches!(char, '\u{2e80}'..='\u{2fdf}' | '\u{ad}');
    (unlikely.into(), char)
}
