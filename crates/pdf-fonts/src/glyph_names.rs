//! Text by the name of a glyph: the Adobe Glyph List Specification, section 2, and what producers do beside it.

use crate::table;

/// Names and code points, in hexadecimal digits between spaces.
const ADOBE: &[u8] = include_bytes!("../data/glyphs.txt");
const DINGBATS: &[u8] = include_bytes!("../data/dingbats.txt");
/// Names longer than that are none; the longest of the list has 31 bytes, `uni` names of ligatures more.
const MAX_NAME: usize = 127;

/// Which list of names a font keeps to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphList {
    /// The Adobe Glyph List, with the names of fonts of TeX.
    #[default]
    Adobe,
    /// That of `ZapfDingbats`, and behind it the Adobe Glyph List.
    ZapfDingbats,
}

/// Appends the text of a glyph of this name, and tells whether it has any.
///
/// Names that only number the glyphs of their font, such as `g23`, `cid:12` or `a123` outside of `ZapfDingbats`, have none.
/// Small capitals and old-style figures come in the corporate use area, as the list has them: [`decompose`](crate::decompose)
/// makes plain letters of them.
///
/// ```
/// # use bytemill_pdf_fonts::{GlyphList, glyph_text};
/// let mut text = String::new();
/// assert!(glyph_text(b"Lcommaaccent_uni20AC0308.alt", GlyphList::Adobe, &mut text));
/// assert_eq!(text, "\u{13b}\u{20ac}\u{308}");
/// assert!(!glyph_text(b"g23", GlyphList::Adobe, &mut text));
/// ```
pub fn glyph_text(name: &[u8], list: GlyphList, text: &mut String) -> bool {
    if name.is_empty() || name.len() > MAX_NAME {
        return false;
    }
    // Names with periods or underscores that are on the list themselves do not exist, so that the order does not matter.
    let base = name.split(|byte| *byte == b'.').next().unwrap_or_default();
    let before = text.len();
    for component in base.split(|byte| *byte == b'_') {
        if !append(component, list, text) {
            text.truncate(before);
            return false;
        }
    }
    text.len() > before
}

/// Appends the text of one component.
fn append(name: &[u8], list: GlyphList, text: &mut String) -> bool {
    let listed = match list {
        GlyphList::ZapfDingbats => table::find(DINGBATS, name),
        GlyphList::Adobe => None,
    };
    if let Some(codes) = listed.or_else(|| table::find(ADOBE, name)) {
        text.extend(
            table::words(codes).filter_map(|code| char::from_u32(table::number(code, 16)?)),
        );
        return true;
    }
    if let Some(digits) = name.strip_prefix(b"uni")
        && digits.len() >= 4
        && let Some(units) = utf16(digits)
    {
        text.extend(units);
        return true;
    }
    if let Some(digits) = name.strip_prefix(b"u").or_else(|| name.strip_prefix(b"U+"))
        && (4..=6).contains(&digits.len())
        && let Some(char) = hexadecimal(digits).and_then(char::from_u32)
    {
        text.push(char);
        return true;
    }
    false
}

/// `uni` and groups of four digits: a character each by the specification, surrogate pairs by some producers. Digits that
/// make no group are passed over.
fn utf16(digits: &[u8]) -> Option<Vec<char>> {
    let units: Option<Vec<u16>> =
        digits.chunks_exact(4).map(|group| Some(hexadecimal(group)? as u16)).collect();
    char::decode_utf16(units?).collect::<Result<_, _>>().ok()
}

/// Digits of either case: producers write both, the specification knows upper case only.
fn hexadecimal(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0u32, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<String> {
        let mut text = String::from("before ");
        let found = glyph_text(name.as_bytes(), GlyphList::Adobe, &mut text);
        let text = text.strip_prefix("before ").unwrap();
        assert_eq!(found, !text.is_empty());
        found.then(|| text.to_owned())
    }

    #[test]
    fn the_lists_are_sorted_and_every_name_is_found() {
        for (list, bytes, least) in
            [(GlyphList::Adobe, ADOBE, 4400), (GlyphList::ZapfDingbats, DINGBATS, 200)]
        {
            let lines: Vec<&str> = str::from_utf8(bytes).unwrap().lines().collect();
            assert!(lines.len() >= least, "{}", lines.len());
            let names: Vec<_> = lines.iter().map(|line| line.split_once(';').unwrap()).collect();
            assert!(names.is_sorted_by(|a, b| a.0 < b.0));
            for (name, codes) in names {
                let mut text = String::new();
                assert!(glyph_text(name.as_bytes(), list, &mut text), "{name}");
                let expected: String = codes
                    .split(' ')
                    .map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap())
                    .collect();
                assert_eq!(text, expected, "{name}");
            }
        }
    }

    #[test]
    fn examples_of_the_specification() {
        // Section 2, and its examples.
        for (name, text) in [
            ("Lcommaaccent", "\u{13b}"),
            ("uni20AC0308", "\u{20ac}\u{308}"),
            ("u1040C", "\u{1040c}"),
            ("uni013B", "\u{13b}"),
            ("u013B", "\u{13b}"),
            ("Lcommaaccent_uni20AC0308_u1040C.alternate", "\u{13b}\u{20ac}\u{308}\u{1040c}"),
            ("A.swash", "A"),
            ("f_f_i", "ffi"),
            ("T_h", "Th"),
            ("ffi", "\u{fb03}"),
            ("dotlessj", "\u{237}"),
            ("lamedholamdagesh", "\u{5dc}\u{5b9}\u{5bc}"),
        ] {
            assert_eq!(of(name).as_deref(), Some(text), "{name}");
        }
    }

    #[test]
    fn what_producers_write() {
        assert_eq!(of("uniD83DDE00").as_deref(), Some("\u{1f600}"));
        assert_eq!(of("uni00e9").as_deref(), Some("é"));
        assert_eq!(of("uni0041.1").as_deref(), Some("A"));
        assert_eq!(of("zero.oldstyle").as_deref(), Some("0"));
    }

    #[test]
    fn names_without_meaning_have_no_text() {
        for name in [
            "", ".notdef", ".null", "g23", "cid:12", "cid12345", "a123", "G01", "glyph7", "uni",
            "uni12", "u12", "u1234567", "uD800", "uniD800", "A_g23", "_", "A_", "foo", "index12",
            "c65", "\u{e9}", "C0_1",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
        assert!(!glyph_text(&[b'A'; 1000], GlyphList::Adobe, &mut String::new()));
        let mut text = String::new();
        assert!(glyph_text(b"a123", GlyphList::ZapfDingbats, &mut text));
        assert_eq!(text, "\u{2463}");
    }
}
