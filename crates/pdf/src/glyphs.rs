//! Characters by the name of a glyph.
//!
//! The list is searched as text: as code, which is what lopdf's look-up is, it takes 540 KB of wasm in one function, on
//! which V8's optimising compiler runs out of memory, and with it the process.

/// A name, a semicolon and a character in hexadecimal digits to a line, in the order of the names' bytes.
const LIST: &[u8] = include_bytes!("../data/glyphlist.txt");

/// The character of a glyph of this name, if the list has it. Takes some fifteen looks at the list.
pub(crate) fn character(name: &[u8]) -> Option<char> {
    // Both are where a line starts, or the list's end.
    let (mut low, mut high) = (0, LIST.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = LIST[low..middle].iter().rposition(|byte| *byte == b'\n');
        let start = before.map_or(low, |at| low + at + 1);
        let line = LIST[start..high].split(|byte| *byte == b'\n').next()?;
        let semicolon = line.iter().position(|byte| *byte == b';')?;
        match line[..semicolon].cmp(name) {
            core::cmp::Ordering::Less => low = start + line.len() + 1,
            core::cmp::Ordering::Greater => high = start,
            core::cmp::Ordering::Equal => {
                let digits = str::from_utf8(&line[semicolon + 1..]).ok()?;
                return char::from_u32(u32::from_str_radix(digits, 16).ok()?);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_list_is_found() {
        let text = str::from_utf8(LIST).unwrap();
        assert!(text.lines().is_sorted_by(|a, b| name(a) < name(b)));
        assert!(text.lines().count() > 4400);
        for line in text.lines() {
            let code = u32::from_str_radix(line.split_once(';').unwrap().1, 16).unwrap();
            assert_eq!(character(name(line)), char::from_u32(code), "{line}");
        }
    }

    #[test]
    fn no_other_name_is_found() {
        for name in [&b""[..], b"A;", b"A;0041", b"AAAA", b"zzzz", b"\xff", b"\n", b";", b"0"] {
            assert_eq!(character(name), None, "{name:?}");
        }
    }

    fn name(line: &str) -> &[u8] {
        line.split_once(';').unwrap().0.as_bytes()
    }
}
