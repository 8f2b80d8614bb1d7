//! From the codes of a font to text and widths (ISO 32000-1, 9.6.6, 9.10.2).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use crate::cmap::CMap;
use crate::encodings;
use crate::glyphs::character;
use crate::widths::Widths;

/// Width of a glyph that the font gives none for, in units of the font size.
const GUESSED_WIDTH: f32 = 0.5;
/// Entries of a `Differences` array that are looked at: 256 codes, each with its number.
const MAX_DIFFERENCES: usize = 512;
/// Glyph names kept between fonts.
const MAX_NAMES: usize = 4096;

/// How codes without an entry in `ToUnicode` become text.
#[derive(Debug)]
enum Encoding {
    /// One byte each, 0 where there is none.
    Simple(Box<[char; 256]>),
    /// Two bytes each, which are UTF-16.
    Utf16,
    /// Two bytes each, of unknown meaning.
    Glyphs,
}

/// A font as the text operators need it.
#[derive(Debug)]
pub(crate) struct Font {
    cmap: CMap,
    encoding: Encoding,
    widths: Widths,
}

/// One shown code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    /// In units of the font size.
    pub(crate) width: f32,
    /// Whether the width is a guess.
    pub(crate) guessed: bool,
    /// Whether word spacing applies: the single-byte code 32.
    pub(crate) space: bool,
}

impl Font {
    /// `map` is the inflated `ToUnicode` stream.
    pub(crate) fn new(
        document: &Document,
        font: &Dictionary,
        map: Option<&[u8]>,
        names: &mut GlyphNames,
    ) -> Self {
        let cmap = map.map(CMap::parse).unwrap_or_default();
        let composite = matches!(font.get(b"Subtype").and_then(Object::as_name), Ok(b"Type0"));
        let encoding = font.get_deref(b"Encoding", document).ok();
        let encoding = if composite {
            match encoding.and_then(|encoding| encoding.as_name().ok()) {
                Some(name) if is_utf16(name) => Encoding::Utf16,
                _ => Encoding::Glyphs,
            }
        } else {
            Encoding::Simple(simple(document, encoding, names))
        };
        Self { cmap, encoding, widths: Widths::of(document, font) }
    }

    /// Appends the text of a shown string, and gives each of its glyphs to `advance`.
    pub(crate) fn show(
        &self,
        string: &[u8],
        text: &mut Vec<char>,
        advance: &mut impl FnMut(Glyph),
    ) {
        let wide = match &self.encoding {
            Encoding::Simple(_) => false,
            Encoding::Utf16 => true,
            Encoding::Glyphs => self.cmap.is_empty() || self.cmap.is_wide(),
        };
        let size = if wide { 2 } else { 1 };
        for bytes in string.chunks(size) {
            let code = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            if !self.cmap.decode(bytes.len() as u8, code, text) {
                match &self.encoding {
                    Encoding::Simple(table) => {
                        let char = table[usize::from(bytes[0])];
                        text.extend((char != '\0').then_some(char));
                    }
                    Encoding::Utf16 => text.extend(char::from_u32(code)),
                    Encoding::Glyphs => {}
                }
            }
            let width = self.widths.get(code);
            advance(Glyph {
                width: width.unwrap_or(GUESSED_WIDTH),
                guessed: width.is_none(),
                space: size == 1 && code == 32,
            });
        }
    }
}

/// The predefined character maps whose codes are UTF-16 (9.7.5.2).
fn is_utf16(name: &[u8]) -> bool {
    name.starts_with(b"Uni") && name.windows(3).any(|w| w == b"UCS" || w == b"UTF")
}

/// The table of a simple font from its `Encoding` entry: a name or a dictionary with differences.
fn simple(
    document: &Document,
    encoding: Option<&Object>,
    names: &mut GlyphNames,
) -> Box<[char; 256]> {
    let base = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        Some(Object::Dictionary(dictionary)) => {
            dictionary.get_deref(b"BaseEncoding", document).and_then(Object::as_name).ok()
        }
        _ => None,
    };
    let mut table = base_table(base);
    if let Some(Object::Dictionary(dictionary)) = encoding
        && let Ok(array) = dictionary.get_deref(b"Differences", document).and_then(Object::as_array)
    {
        let mut code = 0u8;
        for object in array.iter().take(MAX_DIFFERENCES) {
            match object {
                Object::Integer(number) => code = u8::try_from(*number).unwrap_or_default(),
                Object::Name(name) => {
                    if let Some(char) = names.get(name) {
                        table[usize::from(code)] = char;
                    }
                    code = code.wrapping_add(1);
                }
                _ => {}
            }
        }
    }
    table
}

fn base_table(name: Option<&[u8]>) -> Box<[char; 256]> {
    let encoding = match name {
        Some(b"WinAnsiEncoding") => encodings::WIN_ANSI,
        Some(b"MacRomanEncoding") => encodings::MAC_ROMAN,
        Some(b"MacExpertEncoding") => encodings::MAC_EXPERT,
        _ => encodings::STANDARD,
    };
    encodings::table(encoding)
}

/// Characters by glyph name, of those that documents have used.
#[derive(Debug, Default)]
pub(crate) struct GlyphNames(BTreeMap<Vec<u8>, Option<char>>);

impl GlyphNames {
    fn get(&mut self, name: &[u8]) -> Option<char> {
        if let Some(known) = self.0.get(name) {
            return *known;
        }
        let char = character(name).or_else(|| numbered(name));
        if self.0.len() < MAX_NAMES {
            self.0.insert(name.to_vec(), char);
        }
        char
    }
}

/// `uniXXXX` and `uXXXX` to `uXXXXXX`; a suffix after a period does not matter.
fn numbered(name: &[u8]) -> Option<char> {
    let name = name.split(|byte| *byte == b'.').next()?;
    let digits = match name.strip_prefix(b"uni") {
        Some(digits) => digits.get(..4)?,
        None => name.strip_prefix(b"u").filter(|digits| (4..=6).contains(&digits.len()))?,
    };
    let number = digits
        .iter()
        .try_fold(0u32, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))?;
    char::from_u32(number)
}
