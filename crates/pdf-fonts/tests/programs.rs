//! Small fonts made by fontTools (`xtask/pdf-data/fonts.py`), and mutations of them.

use bytemill_pdf_fonts::{CffFont, FontError, FontProgram, FontStyle, TrueTypeFont, Type1Font};
use proptest::prelude::*;

const UNICODE: &[u8] = include_bytes!("fonts/unicode.ttf");
const SYMBOL: &[u8] = include_bytes!("fonts/symbol.ttf");
const NAMES: &[u8] = include_bytes!("fonts/names.cff");
const CIDS: &[u8] = include_bytes!("fonts/cids.cff");

const GLYPHS: [&[u8]; 11] = [
    b".notdef",
    b"space",
    b"A",
    b"Aacute",
    b"f_i",
    b"uni4E2D",
    b"u1F600",
    b"alpha",
    b"g7",
    b"B.alt",
    b"quoteright",
];

#[test]
fn truetype_with_characters() {
    let font = TrueTypeFont::parse(UNICODE).unwrap();
    assert_eq!(font.glyph_count(), 11);
    assert!(font.has_unicode() && !font.has_symbols() && font.cff().is_none());
    assert_eq!(font.glyph_of_char('A'), Some(2));
    assert_eq!(font.glyph_of_char('\u{1f600}'), Some(6));
    assert_eq!(font.glyph_of_char('B'), None);
    for (glyph, name) in (0..).zip(GLYPHS) {
        assert_eq!(font.glyph_name(glyph), Some(name));
        assert_eq!(font.advance(glyph), Some(f32::from(300 + 100 * glyph) * 1000.0 / 2048.0));
    }
    assert_eq!(font.glyph_name(11), None);
    assert_eq!(font.advance(11), None);
    // By character, by code of Mac OS Roman, by name.
    assert_eq!(font.glyph_of_name(b"Aacute"), Some(3));
    assert_eq!(font.glyph_of_name(b"uni0041"), Some(2));
    assert_eq!(font.glyph_of_name(b"g7"), Some(8));
    assert_eq!(font.glyph_of_name(b"B"), None);
    assert_eq!(font.glyph_of_symbol(0xe7), Some(3));
    assert_eq!(font.style(), FontStyle { fixed: true, serif: false, bold: true, italic: true });

    let unicodes = font.unicodes();
    let text = |glyph| {
        let mut text = String::new();
        unicodes.text(glyph, &mut text).then_some(text)
    };
    // The space rather than the one without break, the ideograph rather than the radical; the name where there is nothing.
    let expected =
        [(1, " "), (2, "A"), (4, "\u{fb01}"), (5, "\u{4e2d}"), (6, "\u{1f600}"), (9, "B")];
    for (glyph, char) in expected {
        assert_eq!(text(glyph).as_deref(), Some(char));
    }
    for glyph in [0, 8, 11, u16::MAX] {
        assert_eq!(text(glyph), None);
    }
}

#[test]
fn truetype_of_symbols() {
    let font = TrueTypeFont::parse(SYMBOL).unwrap();
    assert!(!font.has_unicode() && font.has_symbols());
    assert_eq!(font.glyph_of_symbol(0x41), Some(7));
    assert_eq!(font.glyph_of_symbol(0x42), Some(8));
    // Only in the table for Mac OS.
    assert_eq!(font.glyph_of_symbol(0x43), Some(2));
    assert_eq!(font.glyph_of_symbol(0x44), None);
    assert_eq!(font.glyph_name(2), None);
    assert!(font.unicodes().is_empty());
}

#[test]
fn cff_with_names() {
    let font = CffFont::parse(NAMES).unwrap();
    assert!(!font.is_cid() && font.collection().is_none());
    assert_eq!(font.glyph_count(), 11);
    assert_eq!(font.font_name(), b"ABCDEF+Test-Italic");
    assert_eq!(font.style(), FontStyle { fixed: false, serif: false, bold: true, italic: true });
    for (glyph, name) in (0..).zip(GLYPHS) {
        assert_eq!(font.glyph_name(glyph), Some(name));
        assert_eq!(font.glyph_of_name(name), Some(glyph));
        assert_eq!(font.cid_of_glyph(glyph), Some(glyph));
    }
    assert_eq!(font.glyph_name(11), None);
    assert_eq!(font.glyph_of_name(b"B"), None);
    for (code, name) in
        [(1, "A"), (65, "alpha"), (66, "f_i"), (67, "g7"), (200, "quoteright"), (201, "B.alt")]
    {
        assert_eq!(font.name_of_code(code), Some(name.as_bytes()));
    }
    assert_eq!(font.name_of_code(68), None);
    let FontProgram::Cff(_) = FontProgram::parse(NAMES).unwrap() else { panic!("is CFF") };
}

#[test]
fn cff_with_cids() {
    let font = CffFont::parse(CIDS).unwrap();
    assert!(font.is_cid());
    assert_eq!(font.collection(), Some((&b"Adobe"[..], &b"Japan1"[..])));
    for (glyph, cid) in (0..).zip([0, 5, 6, 7, 100, 633, 20000]) {
        assert_eq!(font.cid_of_glyph(glyph), Some(cid));
        assert_eq!(font.glyph_of_cid(cid), Some(glyph));
    }
    assert_eq!(font.glyph_of_cid(8), None);
    assert_eq!(font.cid_of_glyph(7), None);
    assert_eq!(font.glyph_name(1), None);
}

#[test]
fn not_a_font() {
    for data in [
        &b""[..],
        b"\0\x01\0\0",
        b"OTTO\0\x01",
        b"\x01\0\x04\x01",
        b"true\0\0\0\0",
        b"ttcf",
        b"hello",
    ] {
        assert!(FontProgram::parse(data).is_err(), "{data:?}");
    }
    assert_eq!(TrueTypeFont::parse(b"\0\x01\0\0").unwrap_err(), FontError::Truncated);
}

/// All questions that a font answers, for their panics.
fn ask(data: &[u8]) {
    if let Ok(font) = TrueTypeFont::parse(data) {
        let unicodes = font.unicodes();
        let mut text = String::new();
        for glyph in (0..40).chain([u16::MAX]) {
            font.glyph_name(glyph);
            font.advance(glyph);
            unicodes.text(glyph, &mut text);
        }
        for code in 0..=u8::MAX {
            font.glyph_of_symbol(code);
            font.glyph_of_char(code.into());
        }
        for name in GLYPHS {
            font.glyph_of_name(name);
        }
        font.style();
        font.cff().map(CffFont::style);
    }
    if let Ok(font) = CffFont::parse(data) {
        for glyph in (0..40).chain([u16::MAX]) {
            font.glyph_name(glyph);
            font.cid_of_glyph(glyph);
            font.glyph_of_cid(glyph);
        }
        for code in 0..=u8::MAX {
            font.name_of_code(code);
        }
        for name in GLYPHS {
            font.glyph_of_name(name);
        }
    }
    if let Ok(font) = Type1Font::parse(data) {
        for code in 0..=u8::MAX {
            font.glyph_name(code);
        }
    }
    if let Ok(program) = FontProgram::parse(data) {
        for code in [0, 65, 255] {
            program.glyph_name(code);
        }
        program.style();
    }
}

proptest! {
    #[test]
    fn mutations_do_not_panic(
        index in 0usize..4,
        changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..12),
        length in any::<usize>(),
    ) {
        let mut data = [UNICODE, SYMBOL, NAMES, CIDS][index].to_vec();
        for (at, byte) in changes {
            let at = at % data.len();
            data[at] = byte;
        }
        if length % 3 == 0 {
            data.truncate(length / 3 % data.len());
        }
        ask(&data);
    }

    #[test]
    fn bytes_do_not_panic(data in proptest::collection::vec(any::<u8>(), 0..200)) {
        ask(&data);
        for start in [&b"\0\x01\0\0"[..], b"\x01\0\x04\x01", b"%!PS /Encoding [", b"/Encoding dup 1 "] {
            ask(&[start, &data].concat());
        }
    }
}
