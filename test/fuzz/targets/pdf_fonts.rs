//! No font program and no `CMap` panics or takes more memory than its bytes can fill.
#![no_main]

use bytemill_pdf_fonts::{
    CMap, CffFont, FontProgram, GlyphList, StandardFont, TrueTypeFont, Type1Font, glyph_text,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    map(input);
    names(input);
    programs(input);
});

/// A `CMap`, with the input as the string that it decodes.
fn map(input: &[u8]) {
    let map = CMap::parse(input, &mut |_| None);
    assert!(map.range_count() <= 2 * input.len(), "ranges come from bytes");
    let mut rest = input;
    let mut text = String::new();
    while let Some(code) = map.next_code(rest) {
        assert!((1..=4).contains(&code.length), "a code has one to four bytes");
        rest = &rest[usize::from(code.length)..];
        text.clear();
        assert!(map.text(code, &mut text) || text.is_empty(), "what is not found adds nothing");
        map.cid(code);
    }
}

fn names(input: &[u8]) {
    for list in [GlyphList::Adobe, GlyphList::ZapfDingbats] {
        let mut text = String::new();
        assert_eq!(glyph_text(input, list, &mut text), !text.is_empty());
    }
    if let Some(font) = StandardFont::from_name(input) {
        font.width(input);
    }
}

fn programs(input: &[u8]) {
    const GLYPHS: [u16; 6] = [0, 1, 2, 255, 4095, u16::MAX];
    let _ = FontProgram::parse(input).map(|font| (font.style(), font.glyph_name(65).is_some()));
    if let Ok(font) = Type1Font::parse(input) {
        assert!((0..=255).all(|code| font.glyph_name(code).is_none_or(|name| !name.is_empty())));
    }
    if let Ok(font) = CffFont::parse(input) {
        for glyph in GLYPHS {
            if let Some(name) = font.glyph_name(glyph) {
                font.glyph_of_name(name);
            }
            if let Some(cid) = font.cid_of_glyph(glyph) {
                assert!(font.glyph_of_cid(cid).is_some_and(|first| first <= glyph));
            }
        }
        for code in [0, 32, 65, 255] {
            font.name_of_code(code);
        }
    }
    if let Ok(font) = TrueTypeFont::parse(input) {
        let unicodes = font.unicodes();
        let mut text = String::new();
        for glyph in GLYPHS {
            font.advance(glyph);
            unicodes.text(glyph, &mut text);
            if let Some(name) = font.glyph_name(glyph) {
                font.glyph_of_name(name);
            }
        }
        for code in [0, 32, 65, 255] {
            font.glyph_of_symbol(code);
            font.glyph_of_char(code.into());
        }
    }
}
