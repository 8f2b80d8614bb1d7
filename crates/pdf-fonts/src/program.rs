//! Whatever lies in `FontFile`, `FontFile2` or `FontFile3`.

use crate::{CffFont, FontError, FontStyle, TrueTypeFont, Type1Font};

/// An embedded font program. Which one it is says its first bytes: the keys of PDF files lie.
#[derive(Debug)]
pub enum FontProgram<'a> {
    /// A Type 1 font program, in PFB segments or not.
    Type1(Type1Font<'a>),
    /// A bare CFF font set.
    Cff(CffFont<'a>),
    /// TrueType or OpenType, one with CFF outlines or a collection too.
    TrueType(TrueTypeFont<'a>),
}

impl<'a> FontProgram<'a> {
    /// Reads the tables that text needs.
    ///
    /// # Errors
    ///
    /// [`FontError::Truncated`] and [`FontError::Invalid`] for what is no font program.
    pub fn parse(data: &'a [u8]) -> Result<Self, FontError> {
        match data {
            [0, 1, 0, 0, ..]
            | [b'O', b'T', b'T', b'O', ..]
            | [b't', b'r' | b't', b'u' | b'c', ..] => TrueTypeFont::parse(data).map(Self::TrueType),
            [1, 0, header, 1..=4, ..] if *header >= 4 => CffFont::parse(data).map(Self::Cff),
            _ => Type1Font::parse(data).map(Self::Type1),
        }
    }

    /// The glyph name of a code by the program's own encoding: that of simple fonts without an `Encoding` entry.
    pub fn glyph_name(&self, code: u8) -> Option<&[u8]> {
        match self {
            Self::Type1(font) => font.glyph_name(code),
            Self::Cff(font) => font.name_of_code(code),
            Self::TrueType(font) => match font.cff() {
                Some(cff) => cff.name_of_code(code),
                None => font.glyph_name(font.glyph_of_symbol(code)?),
            },
        }
    }

    /// How the program says that it looks.
    pub fn style(&self) -> FontStyle {
        match self {
            Self::Type1(font) => font.style(),
            Self::Cff(font) => font.style(),
            Self::TrueType(font) => font.style(),
        }
    }
}
