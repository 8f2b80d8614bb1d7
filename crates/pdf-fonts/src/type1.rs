//! Type 1 font programs: the part in clear text (Adobe Type 1 Font Format, chapter 2).

use crate::{Encoding, FontError, FontStyle};

/// Bytes that are searched for the encoding; those of real fonts lie in the first four kilobytes.
const MAX_CLEAR_TEXT: usize = 1 << 18;

/// A Type 1 font program, as far as it is not encrypted.
#[derive(Debug)]
pub struct Type1Font<'a> {
    /// The names of all codes; nothing for `StandardEncoding`.
    names: Option<Vec<&'a [u8]>>,
    style: FontStyle,
    font_name: &'a [u8],
}

impl<'a> Type1Font<'a> {
    /// Reads the encoding, of a program in PFB segments too.
    ///
    /// # Errors
    ///
    /// [`FontError::Invalid`] where there is none.
    pub fn parse(data: &'a [u8]) -> Result<Self, FontError> {
        // Segments of a PFB: the first is the clear text, and its six bytes do not look like PostScript.
        let data = match data {
            [0x80, 1, _, _, _, _, rest @ ..] => rest,
            _ => data,
        };
        let clear = &data[..data.len().min(MAX_CLEAR_TEXT)];
        let clear = find(clear, b"eexec").map_or(clear, |end| &clear[..end]);
        let at = find(clear, b"/Encoding").ok_or(FontError::Invalid { expected: "an encoding" })?;
        let name =
            value(clear, b"/FontName").and_then(|mut words| words.next()).unwrap_or_default();
        let font_name = name.strip_prefix(b"/").unwrap_or(name);
        let weight =
            value(clear, b"/Weight").and_then(|mut words| words.next()).unwrap_or_default();
        let angle = value(clear, b"/ItalicAngle").and_then(|mut words| words.next());
        let fixed = value(clear, b"/isFixedPitch").and_then(|mut words| words.next());
        let style = FontStyle {
            fixed: fixed == Some(b"true"),
            italic: angle.is_some_and(|angle| angle.iter().any(|byte| matches!(byte, b'1'..=b'9'))),
            ..FontStyle::from_name(weight)
        };
        let style = style.or(FontStyle::from_name(font_name));
        Ok(Self { names: encoding(&clear[at + b"/Encoding".len()..]), style, font_name })
    }

    /// The glyph name of a code by the encoding of the program.
    pub fn glyph_name(&self, code: u8) -> Option<&'a [u8]> {
        match &self.names {
            None => Encoding::Standard.glyph_name(code),
            Some(names) => names
                .get(usize::from(code))
                .copied()
                .filter(|name| !name.is_empty() && *name != b".notdef"),
        }
    }

    /// Whether the encoding is `StandardEncoding`, by name.
    pub fn is_standard_encoding(&self) -> bool {
        self.names.is_none()
    }

    /// Its `FontName`, empty where it has none.
    pub fn font_name(&self) -> &'a [u8] {
        self.font_name
    }

    /// What `Weight`, `ItalicAngle`, `isFixedPitch` and the name say.
    pub fn style(&self) -> FontStyle {
        self.style
    }
}

/// The names of an encoding array: `dup 65 /A put` for each, up to `def`. Nothing for `StandardEncoding`.
fn encoding(text: &[u8]) -> Option<Vec<&[u8]>> {
    let mut words = Words(text).peekable();
    if words.peek() == Some(&&b"StandardEncoding"[..]) {
        return None;
    }
    let mut names: Vec<&[u8]> = vec![b""; 256];
    let mut previous: &[u8] = b"";
    // Some list all names in brackets.
    let mut listed = None;
    let mut code = None;
    for word in words {
        match word {
            b"[" => listed = listed.or(Some(0)),
            b"]" | b"def" => break,
            _ => {}
        }
        if let Some(name) = word.strip_prefix(b"/") {
            let index = match &mut listed {
                Some(next) => {
                    *next += 1;
                    Some(*next - 1)
                }
                None => code.take(),
            };
            if let Some(entry) = index.and_then(|index: usize| names.get_mut(index)) {
                *entry = name;
            }
        } else if previous == b"dup" {
            code = integer(word);
        }
        previous = word;
    }
    Some(names)
}

/// A number in base 10, or in another one before a number sign, as `8#101`.
fn integer(word: &[u8]) -> Option<usize> {
    let text = str::from_utf8(word).ok()?;
    match text.split_once('#') {
        Some((base, digits)) => {
            let base = base.parse().ok().filter(|base| (2..=36).contains(base))?;
            usize::from_str_radix(digits, base).ok()
        }
        None => text.parse().ok(),
    }
}

/// The words behind a key.
fn value<'a>(text: &'a [u8], key: &[u8]) -> Option<Words<'a>> {
    Some(Words(text.get(find(text, key)? + key.len()..)?))
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

/// Words of PostScript: names with their slash, brackets alone, comments left out, parentheses as white space.
struct Words<'a>(&'a [u8]);

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            let start = self.0.iter().position(|byte| !is_space(*byte))?;
            self.0 = &self.0[start..];
            if self.0[0] != b'%' {
                break;
            }
            let end = self.0.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
            self.0 = &self.0[end..];
        }
        let end = match self.0[0] {
            b'[' | b']' | b'{' | b'}' => 1,
            first => {
                let skipped = usize::from(first == b'/');
                let rest = &self.0[skipped..];
                let ends = |byte: &u8| {
                    is_space(*byte) || matches!(byte, b'/' | b'[' | b']' | b'{' | b'}' | b'%')
                };
                skipped + rest.iter().position(ends).unwrap_or(rest.len())
            }
        };
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(word)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32 | b'(' | b')')
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "%!PS-AdobeFont-1.0: CMBX12 003.002\n12 dict begin\n/FontInfo 9 dict dup begin\n\
        /FullName (Some Bold (x)) readonly def\n/Weight (Bold) readonly def\n/ItalicAngle -9.5 def\n\
        /isFixedPitch false def\nend readonly def\n/FontName /ABCDEF+CMBX12 def\n";

    fn parsed(encoding: &str) -> Vec<u8> {
        format!("{HEAD}{encoding}\ncurrentdict end\ncurrentfile eexec\n/Encoding nonsense")
            .into_bytes()
    }

    #[test]
    fn arrays() {
        let data = parsed(
            "/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put % dup 67 /C put\n\
             dup 8#102/B put dup 16#fF /ydieresis put dup 256 /x put dup -1 /y put dup 3 /.notdef put readonly def\n\
             dup 70 /F put",
        );
        let font = Type1Font::parse(&data).unwrap();
        assert!(!font.is_standard_encoding());
        assert_eq!(font.font_name(), b"ABCDEF+CMBX12");
        assert_eq!(font.style(), FontStyle { bold: true, italic: true, serif: true, fixed: false });
        let named: Vec<_> =
            (0..=255).filter_map(|code| Some((code, font.glyph_name(code)?))).collect();
        assert_eq!(named, [(65, &b"A"[..]), (66, b"B"), (255, b"ydieresis")]);
    }

    #[test]
    fn names_in_brackets_and_standard_encoding() {
        let data = parsed("/Encoding [/.notdef/a /b] def");
        let font = Type1Font::parse(&data).unwrap();
        assert_eq!(font.glyph_name(1), Some(&b"a"[..]));
        assert_eq!(font.glyph_name(2), Some(&b"b"[..]));
        assert_eq!(font.glyph_name(0), None);

        let mut data = parsed("/Encoding StandardEncoding def");
        data.splice(0..0, [0x80, 1, 9, 9, 0, 0]);
        let font = Type1Font::parse(&data).unwrap();
        assert!(font.is_standard_encoding());
        assert_eq!(font.glyph_name(b'\''), Some(&b"quoteright"[..]));
    }

    #[test]
    fn no_encoding_is_an_error() {
        for data in [&b""[..], b"%!PS", b"/Encodin", &[0x80, 1, 0, 0, 0, 0]] {
            assert_eq!(
                Type1Font::parse(data).unwrap_err(),
                FontError::Invalid { expected: "an encoding" }
            );
        }
        assert_eq!(Type1Font::parse(b"/Encoding").unwrap().glyph_name(65), None);
    }
}
