//! Characters to glyphs with their widths. There is no shaping: one character is one glyph, in the order of the text.

use super::breaks::Class;
use crate::error::{Place, push, reserve};
use crate::fonts::Font;
use crate::{CreateError, Text};

/// A glyph of a text, or a character without one that bears on its lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    /// What the font calls it; nothing where nothing is drawn.
    pub(crate) code: Option<u16>,
    /// The character of the text.
    pub(super) character: char,
    /// What is to be read where it is drawn: another one if that was replaced.
    pub(crate) meaning: char,
    pub(super) class: Class,
    /// Where the character begins in the text, in bytes.
    pub(super) offset: u32,
    /// Its width, in points.
    pub(super) width: f64,
    /// What comes between it and the next glyph, in points.
    pub(super) after: f64,
    /// The part of this that is kerning, in ems.
    pub(crate) kerning: f64,
}

/// The glyphs of a text.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) glyphs: Vec<Glyph>,
    /// What is drawn where a line is broken at a soft hyphen.
    pub(super) hyphen: Option<Glyph>,
}

impl Run {
    /// Those of a text, or of its beginning once its glyphs are wider than `enough` points one after another; each end of
    /// a line counts as much as the text's width.
    pub(crate) fn new(
        text: &Text<'_>,
        font: &Font<'_>,
        enough: Option<f64>,
        place: Place,
    ) -> Result<Self, CreateError> {
        let size = f64::from(text.size);
        let spacing = f64::from(text.character_spacing);
        let mut glyphs: Vec<Glyph> = Vec::new();
        // Characters are as many as bytes, or fewer.
        reserve(&mut glyphs, text.text.len().min(4096))?;
        let mut total = 0.0;
        let mut soft = false;
        let mut last: Option<usize> = None;
        for (offset, character) in text.text.char_indices() {
            let class = Class::of(character);
            let code = match class {
                Class::Newline | Class::Nothing | Class::ZeroSpace => None,
                Class::SoftHyphen => {
                    soft = true;
                    None
                }
                _ => Some(glyph(text, font, place, character)?),
            };
            let (code, meaning) =
                code.map_or((None, character), |(code, meaning)| (Some(code), meaning));
            let width = code.map_or(0.0, |code| font.width(code) * size);
            if let (Some(code), true, Some(last)) = (code, text.kerning, last)
                && let Some(first) = glyphs[last].code
            {
                let kerning = font.kerning(first, code);
                glyphs[last].kerning = kerning;
                glyphs[last].after += kerning * size;
            }
            let after = if code.is_some() { spacing } else { 0.0 };
            let offset = u32::try_from(offset)
                .map_err(|_| CreateError::Invalid { place, expected: "a text below 4 GiB" })?;
            let glyph =
                Glyph { code, character, meaning, class, offset, width, after, kerning: 0.0 };
            match class {
                Class::Newline => last = None,
                _ if code.is_some() => last = Some(glyphs.len()),
                _ => {}
            }
            push(&mut glyphs, glyph)?;
            total += match class {
                Class::Newline => text.width.map_or(0.0, f64::from),
                Class::Space => 0.0,
                _ => width,
            };
            if enough.is_some_and(|enough| total > enough) {
                break;
            }
        }
        let hyphen = if soft { font.glyph('-') } else { None }.map(|code| Glyph {
            code: Some(code),
            character: '-',
            meaning: '-',
            class: Class::Other,
            offset: 0,
            width: font.width(code) * size,
            after: 0.0,
            kerning: 0.0,
        });
        Ok(Self { glyphs, hyphen })
    }

    /// Bytes of the text before a glyph.
    pub(super) fn offset(&self, glyph: usize, text: &str) -> usize {
        self.glyphs.get(glyph).map_or(text.len(), |glyph| glyph.offset as usize)
    }
}

/// The glyph of a character, of one that looks the same, or of the replacement, and of which of them.
fn glyph(
    text: &Text<'_>,
    font: &Font<'_>,
    place: Place,
    character: char,
) -> Result<(u16, char), CreateError> {
    let same = match character {
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Some(' '),
        '\u{2010}' | '\u{2011}' => Some('-'),
        _ => None,
    };
    let glyph = |character| font.glyph(character).map(|glyph| (glyph, character));
    let plain = same.and_then(glyph);
    let found = match (glyph(character), plain) {
        // A space is a space, whichever of those with its glyph comes first.
        (Some((own, _)), Some((other, _))) if own == other => plain,
        (own, _) => own.or(plain),
    };
    found.or_else(|| text.replacement.and_then(glyph)).ok_or(CreateError::Character {
        place,
        character,
        font: text.font,
    })
}
