//! Sorted lists that are searched as text. As code they would take several times their size, in one function that
//! engines choke on.

use core::cmp::Ordering;

/// What stands behind the semicolon in the line of a name. The lines are in the order of the names' bytes, each ends with a
/// line feed.
pub(crate) fn find<'a>(list: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    // Both are where a line starts, or the list's end.
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = list[low..middle].iter().rposition(|byte| *byte == b'\n');
        let start = before.map_or(low, |at| low + at + 1);
        let line = list[start..high].split(|byte| *byte == b'\n').next()?;
        let semicolon = line.iter().position(|byte| *byte == b';')?;
        match line[..semicolon].cmp(name) {
            Ordering::Less => low = start + line.len() + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return Some(&line[semicolon + 1..]),
        }
    }
    None
}

/// The word of a number in a text of words between single spaces.
pub(crate) fn word(list: &[u8], index: usize) -> Option<&[u8]> {
    words(list).nth(index)
}

/// All words of a line, or of a text that ends with a line feed.
pub(crate) fn words(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| matches!(byte, b' ' | b'\n')).filter(|word| !word.is_empty())
}

/// The number that a word is.
pub(crate) fn number(word: &[u8], radix: u32) -> Option<u32> {
    u32::from_str_radix(str::from_utf8(word).ok()?, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let list = b"a;1\nab;2 3\nb;4\nbbb;5\n";
        for (name, value) in [("a", "1"), ("ab", "2 3"), ("b", "4"), ("bbb", "5")] {
            assert_eq!(find(list, name.as_bytes()), Some(value.as_bytes()));
        }
        for name in [&b""[..], b"a;", b"a;1", b"aa", b"bb", b"c", b"\xff", b"\n", b";", b"1"] {
            assert_eq!(find(list, name), None, "{name:?}");
        }
        assert_eq!(find(b"", b"a"), None);
    }
}
