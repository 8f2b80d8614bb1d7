//! How strings and names are written (ISO 32000-1, 7.3.4 and 7.3.5).

use std::borrow::Cow;

use crate::chars::hex;

/// A string as it is written, between its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StringToken<'a> {
    raw: &'a [u8],
    hexadecimal: bool,
    /// The bytes are what they stand for.
    plain: bool,
}

impl<'a> StringToken<'a> {
    pub(crate) fn literal(raw: &'a [u8], without_escapes: bool) -> Self {
        // Line ends are read as line feeds.
        let plain = without_escapes && memchr::memchr(b'\r', raw).is_none();
        Self { raw, hexadecimal: false, plain }
    }

    pub(crate) fn hexadecimal(raw: &'a [u8]) -> Self {
        Self { raw, hexadecimal: true, plain: raw.is_empty() }
    }

    /// Whether the string is written in hexadecimal digits.
    pub fn is_hexadecimal(&self) -> bool {
        self.hexadecimal
    }

    /// The bytes that the string stands for; allocates unless they are written as they are.
    pub fn bytes(&self) -> Cow<'a, [u8]> {
        if self.plain {
            return Cow::Borrowed(self.raw);
        }
        let mut bytes = Vec::new();
        self.append_to(&mut bytes);
        Cow::Owned(bytes)
    }

    /// Appends the bytes that the string stands for; a buffer that is used again saves the allocation.
    pub fn append_to(&self, output: &mut Vec<u8>) {
        if self.plain {
            output.extend_from_slice(self.raw);
        } else if self.hexadecimal {
            decode_hexadecimal(self.raw, output);
        } else {
            unescape(self.raw, output);
        }
    }
}

/// Pairs of digits; what is none is skipped, and a last digit alone is the higher one (7.3.4.3).
pub(crate) fn decode_hexadecimal(raw: &[u8], output: &mut Vec<u8>) {
    let mut high = None;
    for digit in raw.iter().filter_map(|byte| hex(*byte)) {
        match high.take() {
            None => high = Some(digit << 4),
            Some(high) => output.push(high | digit),
        }
    }
    output.extend(high);
}

fn unescape(raw: &[u8], output: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        at += 1;
        match byte {
            b'\\' => at = escape(raw, at, output),
            b'\r' => {
                at += usize::from(raw.get(at) == Some(&b'\n'));
                output.push(b'\n');
            }
            _ => output.push(byte),
        }
    }
}

/// What comes after a backslash; where it ends.
fn escape(raw: &[u8], mut at: usize, output: &mut Vec<u8>) -> usize {
    let Some(&byte) = raw.get(at) else { return at };
    at += 1;
    output.push(match byte {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        b'\n' => return at,
        b'\r' => return at + usize::from(raw.get(at) == Some(&b'\n')),
        b'0'..=b'7' => {
            let mut value = byte - b'0';
            for _ in 0..2 {
                let Some(digit @ b'0'..=b'7') = raw.get(at) else { break };
                // Overflow is ignored, the specification says.
                value = value << 3 | (digit - b'0');
                at += 1;
            }
            value
        }
        other => other,
    });
    at
}

/// Undoes `#xx`; where no two digits follow, the number sign stands for itself.
pub(crate) fn decode_name(raw: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'#', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut name = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let digit = |at: usize| raw.get(at).and_then(|byte| hex(*byte));
        if byte == b'#'
            && let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2))
        {
            name.push(high << 4 | low);
            at += 3;
        } else {
            name.push(byte);
            at += 1;
        }
    }
    Cow::Owned(name)
}
