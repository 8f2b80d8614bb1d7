//! The one-byte encodings of fonts and of text strings (ISO 32000-1, annex D).

use crate::table;

/// A line for each encoding, in the order of [`Encoding`]: the names of the codes from 32 on, `-` where there is none.
const NAMES: &[u8] = include_bytes!("../data/encodings.txt");
/// The first code with a name, in all of them.
const FIRST: u8 = 32;

/// A one-byte encoding that PDF gives a name, or that a standard font has built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `StandardEncoding` (D.2), what Type 1 fonts of Latin letters have built in.
    Standard,
    /// `WinAnsiEncoding` (D.2): Windows code page 1252, unused codes as bullets.
    WinAnsi,
    /// `MacRomanEncoding` (D.2), with the Greek and mathematical characters of Mac OS (9.6.6.4, table 115).
    MacRoman,
    /// `MacExpertEncoding` (D.4).
    MacExpert,
    /// What the font Symbol has built in (D.5).
    Symbol,
    /// What the font `ZapfDingbats` has built in (D.6).
    ZapfDingbats,
    /// The expert encoding of CFF (Adobe Technical Note 5176, appendix B).
    Expert,
}

impl Encoding {
    /// The encoding of a name as `Encoding` and `BaseEncoding` entries have it: the first four.
    pub fn from_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"StandardEncoding" => Self::Standard,
            b"WinAnsiEncoding" => Self::WinAnsi,
            b"MacRomanEncoding" => Self::MacRoman,
            b"MacExpertEncoding" => Self::MacExpert,
            _ => return None,
        })
    }

    /// The glyph names of all codes. Names with a fixed meaning in ASCII take a few kilobytes to walk through: ask once a
    /// font.
    pub fn names(self) -> [Option<&'static [u8]>; 256] {
        let mut names = [None; 256];
        for (name, word) in names.iter_mut().skip(usize::from(FIRST)).zip(self.words()) {
            *name = (word != b"-").then_some(word);
        }
        names
    }

    /// The glyph name of a code.
    pub fn glyph_name(self, code: u8) -> Option<&'static [u8]> {
        let index = code.checked_sub(FIRST)?;
        self.words().nth(usize::from(index)).filter(|word| *word != b"-")
    }

    /// The lowest code of a glyph name.
    pub fn code(self, name: &[u8]) -> Option<u8> {
        let index = self.words().position(|word| word == name && word != b"-")?;
        u8::try_from(index).ok()?.checked_add(FIRST)
    }

    fn words(self) -> impl Iterator<Item = &'static [u8]> {
        let line = NAMES.split(|byte| *byte == b'\n').nth(self as usize).unwrap_or_default();
        table::words(line)
    }
}

/// Characters of `PDFDocEncoding` (D.3) from 24 to 31, and from 128 to 160; the others are those of Latin-1.
const PDF_DOC_LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const PDF_DOC_HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    '\u{fb01}', '\u{fb02}', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\0', '€',
];

/// The character of a code of `PDFDocEncoding`: none for 127, 159 and 173. Control codes are themselves.
pub fn pdf_doc_char(code: u8) -> Option<char> {
    match code {
        24..=31 => Some(PDF_DOC_LOW[usize::from(code - 24)]),
        128..=160 => Some(PDF_DOC_HIGH[usize::from(code - 128)]).filter(|char| *char != '\0'),
        127 | 173 => None,
        _ => Some(char::from(code)),
    }
}

/// The code of a character in `PDFDocEncoding`.
pub fn pdf_doc_code(char: char) -> Option<u8> {
    (0..=u8::MAX).find(|code| pdf_doc_char(*code) == Some(char))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GlyphList, glyph_text};

    const ALL: [Encoding; 7] = [
        Encoding::Standard,
        Encoding::WinAnsi,
        Encoding::MacRoman,
        Encoding::MacExpert,
        Encoding::Symbol,
        Encoding::ZapfDingbats,
        Encoding::Expert,
    ];

    #[test]
    fn every_encoding_has_its_glyphs() {
        // Counted in annex D and in appendix B of Technical Note 5176.
        for (encoding, count) in ALL.into_iter().zip([149, 224, 223, 165, 189, 202, 165]) {
            let names = encoding.names();
            assert_eq!(names.iter().flatten().count(), count, "{encoding:?}");
            for (code, name) in (0..=u8::MAX).zip(names) {
                assert_eq!(encoding.glyph_name(code), name);
                if let Some(name) = name {
                    let first = encoding.code(name).unwrap();
                    assert_eq!(encoding.glyph_name(first), Some(name));
                    let mut text = String::new();
                    assert!(glyph_text(name, GlyphList::ZapfDingbats, &mut text), "{name:?}");
                }
            }
        }
        assert_eq!(Encoding::Standard.code(b"-"), None);
    }

    #[test]
    fn codes_that_differ() {
        assert_eq!(Encoding::Standard.glyph_name(0x27), Some(&b"quoteright"[..]));
        assert_eq!(Encoding::WinAnsi.glyph_name(0x27), Some(&b"quotesingle"[..]));
        assert_eq!(Encoding::WinAnsi.glyph_name(0xa0), Some(&b"space"[..]));
        assert_eq!(Encoding::WinAnsi.glyph_name(0xad), Some(&b"hyphen"[..]));
        assert_eq!(Encoding::WinAnsi.glyph_name(0x81), Some(&b"bullet"[..]));
        assert_eq!(Encoding::MacRoman.glyph_name(0xca), Some(&b"space"[..]));
        assert_eq!(Encoding::Symbol.glyph_name(0x61), Some(&b"alpha"[..]));
        assert_eq!(Encoding::ZapfDingbats.glyph_name(0x21), Some(&b"a1"[..]));
        assert_eq!(Encoding::MacExpert.glyph_name(0x56), Some(&b"ff"[..]));
    }

    #[test]
    fn win_ansi_is_code_page_1252() {
        for (code, name) in (0..=u8::MAX).zip(Encoding::WinAnsi.names()) {
            let Some(name) = name else { continue };
            let mut text = String::new();
            assert!(glyph_text(name, GlyphList::Adobe, &mut text));
            if (0x20..0x7f).contains(&code) || code > 0xa0 && code != 0xad {
                assert_eq!(text.chars().next(), Some(char::from(code)));
            }
        }
    }

    #[test]
    fn document_encoding_round_trips() {
        let mut count = 0;
        for code in 0..=u8::MAX {
            if let Some(char) = pdf_doc_char(code) {
                assert_eq!(pdf_doc_code(char), Some(code));
                count += 1;
            }
        }
        assert_eq!(count, 253);
        assert_eq!(pdf_doc_char(0xa0), Some('€'));
        assert_eq!(pdf_doc_char(0x18), Some('˘'));
        assert_eq!(pdf_doc_char(0x92), Some('™'));
        assert_eq!(pdf_doc_char(0xe9), Some('é'));
        assert_eq!(pdf_doc_code('漢'), None);
    }
}
