//! Classes of characters (ISO 32000-1, 7.2.2).

const SPACE: u8 = 1;
const DELIMITER: u8 = 2;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut spaces: &[u8] = b"\0\t\n\x0c\r ";
    while let [byte, rest @ ..] = spaces {
        classes[*byte as usize] = SPACE;
        spaces = rest;
    }
    let mut delimiters: &[u8] = b"()<>[]{}/%";
    while let [byte, rest @ ..] = delimiters {
        classes[*byte as usize] = DELIMITER;
        delimiters = rest;
    }
    classes
};

/// Whether a byte is white space.
#[inline]
pub(crate) fn is_space(byte: u8) -> bool {
    CLASSES[byte as usize] == SPACE
}

/// Whether a byte may stand in a name, a number or a keyword.
#[inline]
pub(crate) fn is_regular(byte: u8) -> bool {
    CLASSES[byte as usize] == 0
}

/// The value of a hexadecimal digit.
pub(crate) fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// The first place at or after `at` that is not white space.
#[inline]
pub(crate) fn skip_space(data: &[u8], mut at: usize) -> usize {
    while data.get(at).is_some_and(|byte| is_space(*byte)) {
        at += 1;
    }
    at
}

/// Digits at a place, and where they end; saturates.
pub(crate) fn digits(data: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut end = at;
    let mut value = 0u64;
    while let Some(digit @ b'0'..=b'9') = data.get(end) {
        value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
        end += 1;
    }
    (end > at).then_some((value, end))
}

/// `n g obj` at a place (7.3.10): number, generation, and where the object begins.
pub(crate) fn object_header(data: &[u8], at: usize) -> Option<(u32, u16, usize)> {
    let (number, at) = digits(data, skip_space(data, at))?;
    let (generation, at) = digits(data, skip_space(data, at))?;
    let at = skip_space(data, at);
    if !data.get(at..)?.starts_with(b"obj") {
        return None;
    }
    Some((u32::try_from(number).ok()?, u16::try_from(generation).unwrap_or(u16::MAX), at + 3))
}
