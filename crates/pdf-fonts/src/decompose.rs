//! Ligatures, presentation forms and Adobe's corporate use area as plain text.

use crate::table;

/// A form, a semicolon and what it stands for, in the order of the forms' bytes.
const FORMS: &[u8] = include_bytes!("../data/forms.txt");

/// The plain text of a character that is only a form of others: Latin and Armenian ligatures (U+FB00 to U+FB17), Hebrew and
/// Arabic presentation forms (U+FB1D to U+FDFF, U+FE70 to U+FEFC) by their NFKC, and small capitals, old-style figures and
/// pieces of brackets of the corporate use area (U+F6xx to U+F8xx), which glyph names lead to. Nothing for all others.
///
/// What others do with these forms: pdftotext (poppler 22.12) writes letters for the glyph names `fi`, `ff`, `ffi`, and keeps
/// U+FB01 where a `ToUnicode` map says so; mutool (1.21) writes letters for both. Both keep Arabic, Hebrew and Armenian forms,
/// and the corporate use area. Searching needs letters in any case.
///
/// Forms of Arabic vowel signs that stand on a space or a tatweel give the sign alone. The order of what comes out is that of
/// the letters, not of their places.
///
/// ```
/// # use bytemill_pdf_fonts::decompose;
/// assert_eq!(decompose('\u{fb03}'), Some("ffi"));
/// assert_eq!(decompose('\u{fefb}'), Some("\u{644}\u{627}"));
/// assert_eq!(decompose('f'), None);
/// ```
#[inline]
pub fn decompose(char: char) -> Option<&'static str> {
    // Nearly everything ends here.
    if !('\u{f600}'..='\u{feff}').contains(&char) {
        return None;
    }
    let mut bytes = [0; 4];
    str::from_utf8(table::find(FORMS, char.encode_utf8(&mut bytes).as_bytes())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_found() {
        let mut count = 0;
        let text = str::from_utf8(FORMS).unwrap();
        for line in text.lines() {
            let (form, plain) = line.split_once(';').unwrap();
            let form = form.chars().next().unwrap();
            assert_eq!(decompose(form), Some(plain));
            assert!(
                plain.chars().all(|char| decompose(char).is_none()),
                "{form:?} is plain only after another step"
            );
            count += 1;
        }
        assert!(count > 800);
    }

    #[test]
    fn some_of_each_block() {
        for (form, plain) in [
            ('\u{fb00}', "ff"),
            ('\u{fb05}', "st"),
            ('\u{fb13}', "\u{574}\u{576}"),
            ('\u{fb2a}', "\u{5e9}\u{5c1}"),
            ('\u{fb50}', "\u{671}"),
            ('\u{fdf2}', "\u{627}\u{644}\u{644}\u{647}"),
            ('\u{fe70}', "\u{64b}"),
            ('\u{fe71}', "\u{64b}"),
            ('\u{fe8d}', "\u{627}"),
            ('\u{f730}', "0"),
            ('\u{f761}', "a"),
            ('\u{f8eb}', "\u{239b}"),
        ] {
            assert_eq!(decompose(form), Some(plain), "{form:?}");
        }
        for char in ['a', '\u{e000}', '\u{fd3e}', '\u{feff}', '\u{f8ff}', '漢', '\u{ff21}'] {
            assert_eq!(decompose(char), None, "{char:?}");
        }
    }
}
