//! What characters are to layout.

use bytemill_pdf_fonts::decompose;

use crate::glyphs::Glyph;
use crate::layout::accents;

/// Nothing but white space: it takes room, and has no text.
pub(crate) const WHITE: u8 = 128;

/// Marks over or under letters: general category Mn of the scripts that write them as glyphs of their own.
const MARKS: [(u32, u32); 30] = [
    (0x300, 0x36f),
    (0x483, 0x487),
    (0x591, 0x5bd),
    (0x5bf, 0x5bf),
    (0x5c1, 0x5c2),
    (0x5c4, 0x5c5),
    (0x5c7, 0x5c7),
    (0x610, 0x61a),
    (0x64b, 0x65f),
    (0x670, 0x670),
    (0x6d6, 0x6dc),
    (0x6df, 0x6e4),
    (0x6e7, 0x6e8),
    (0x6ea, 0x6ed),
    (0x900, 0x902),
    (0x93c, 0x93c),
    (0x941, 0x948),
    (0x94d, 0x94d),
    (0x981, 0x981),
    (0x9c1, 0x9c4),
    (0xe31, 0xe31),
    (0xe34, 0xe3a),
    (0xe47, 0xe4e),
    (0xeb1, 0xeb1),
    (0xeb4, 0xebc),
    (0xec8, 0xece),
    (0x1ab0, 0x1aff),
    (0x1dc0, 0x1dff),
    (0x20d0, 0x20f0),
    (0xfe20, 0xfe2f),
];

/// Flags of a glyph with this character.
pub(crate) fn classify(char: char) -> u8 {
    let code = u32::from(char);
    match char {
        'a'..='z' | 'A'..='Z' => return Glyph::LEFT_TO_RIGHT,
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => return Glyph::DIGIT,
        _ if code < 0xaa => return 0,
        _ => {}
    }
    if MARKS.iter().any(|(first, last)| (*first..=*last).contains(&code)) {
        let right = if (0x590..0x900).contains(&code) { Glyph::RIGHT_TO_LEFT } else { 0 };
        return Glyph::MARK | right;
    }
    match code {
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc => Glyph::RIGHT_TO_LEFT,
        _ if char.is_alphabetic() => Glyph::LEFT_TO_RIGHT,
        _ => 0,
    }
}

/// Appends the plain form of a text: ligatures and presentation forms as their letters, no control characters.
/// Gives the flags of a glyph with it.
pub(crate) fn append(raw: &str, output: &mut String) -> u8 {
    let start = output.len();
    let mut white = false;
    for char in raw.chars() {
        if char.is_whitespace() {
            white = true;
            // White space within a text stays, behind and before it does not.
            if output.len() > start {
                output.push(' ');
            }
            continue;
        }
        match char {
            // What must not look like the end of a page, and marks of direction, whose order this decides anew.
            _ if char.is_control() => {}
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            _ => match decompose(char) {
                Some(plain) => output.push_str(plain),
                None => output.push(char),
            },
        }
    }
    while output.len() > start && output.ends_with(' ') {
        output.pop();
    }
    let text = &output[start..];
    let Some(first) = text.chars().next() else {
        return if white { WHITE } else { 0 };
    };
    let accent = if accents::is_accent(text) { Glyph::ACCENT } else { 0 };
    accent | classify(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(raw: &str) -> (String, u8) {
        let mut output = "before".to_owned();
        let flags = append(raw, &mut output);
        (output.split_off(6), flags)
    }

    #[test]
    fn text_becomes_plain() {
        assert_eq!(plain("\u{fb03}"), ("ffi".to_owned(), Glyph::LEFT_TO_RIGHT));
        assert_eq!(plain("\u{fefb}"), ("\u{644}\u{627}".to_owned(), Glyph::RIGHT_TO_LEFT));
        assert_eq!(plain("\u{a0}"), (String::new(), WHITE));
        assert_eq!(plain("\u{c}\u{0}\u{202b}"), (String::new(), WHITE));
        assert_eq!(plain("\u{0}"), (String::new(), 0));
        assert_eq!(plain(" a  b "), ("a  b".to_owned(), Glyph::LEFT_TO_RIGHT));
        assert_eq!(plain("7"), ("7".to_owned(), Glyph::DIGIT));
        assert_eq!(plain("\u{b4}"), ("\u{b4}".to_owned(), Glyph::ACCENT));
        assert_eq!(plain("\u{301}"), ("\u{301}".to_owned(), Glyph::MARK));
    }
}
