//! `ToUnicode` maps: from character codes to UTF-16 (ISO 32000-1, 9.10.3).

use crate::lexer::{Lexer, Token};

/// Mappings and ranges that one map may have; a font has at most 65,536 codes.
const MAX_ENTRIES: usize = 1 << 17;
/// UTF-16 units that one code may stand for: the longest ligature in Unicode has 18.
const MAX_TARGET: usize = 18;
/// UTF-16 units that one map may have in all.
const MAX_UNITS: usize = 1 << 20;

/// `first..=last`, codes of `bytes` bytes, to the units `start..start + count`, the last of them counted up.
#[derive(Clone, Copy, Debug)]
struct Range {
    bytes: u8,
    first: u32,
    last: u32,
    start: u32,
    count: u32,
}

/// A parsed map.
#[derive(Debug, Default)]
pub(crate) struct CMap {
    ranges: Vec<Range>,
    units: Vec<u16>,
    /// The lengths of codes, one bit each, from the code space ranges.
    lengths: u8,
}

/// What the operator at hand collects.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    None,
    Codes,
    Chars,
    Ranges,
}

impl CMap {
    pub(crate) fn parse(data: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(data);
        let mut section = Section::None;
        // The strings of the entry at hand: at most low, high and target.
        let mut strings = Vec::new();
        let mut ends = [0usize; 3];
        let mut count = 0;
        let mut in_array = false;
        let mut array_code = 0u32;
        while let Some(token) = lexer.next(&mut strings) {
            match token {
                Token::Operator(name) => {
                    section = match name {
                        b"begincodespacerange" => Section::Codes,
                        b"beginbfchar" => Section::Chars,
                        b"beginbfrange" => Section::Ranges,
                        _ => Section::None,
                    };
                    (count, in_array) = (0, false);
                    strings.clear();
                }
                Token::Open if section == Section::Ranges && count == 2 => {
                    in_array = true;
                    array_code = code(&strings[..ends[0]]);
                }
                Token::Close if in_array => {
                    (count, in_array) = (0, false);
                    strings.clear();
                }
                Token::String if in_array => {
                    let bytes = ends[0];
                    if array_code <= code(&strings[bytes..ends[1]]) {
                        map.push(bytes, array_code, array_code, &strings[ends[1]..]);
                    }
                    array_code = array_code.saturating_add(1);
                    strings.truncate(ends[1]);
                }
                Token::String if section == Section::None => strings.clear(),
                Token::String => {
                    ends[count] = strings.len();
                    count += 1;
                    if count < if section == Section::Ranges { 3 } else { 2 } {
                        continue;
                    }
                    let (low, rest) = strings.split_at(ends[0]);
                    match section {
                        Section::Codes => map.lengths |= 1 << low.len().min(7),
                        Section::Chars => map.push(low.len(), code(low), code(low), rest),
                        _ => {
                            let (high, target) = rest.split_at(ends[1] - ends[0]);
                            map.push(low.len(), code(low), code(high), target);
                        }
                    }
                    count = 0;
                    strings.clear();
                }
                _ => {}
            }
        }
        // Stable, and looked up from the end: later definitions win among equal first codes.
        map.ranges.sort_by_key(|range| (range.bytes, range.first));
        map
    }

    fn push(&mut self, bytes: usize, first: u32, last: u32, target: &[u8]) {
        let target = &target[..target.len().min(2 * MAX_TARGET)];
        let count = target.len().div_ceil(2);
        if !(1..=4).contains(&bytes)
            || first > last
            || self.ranges.len() >= MAX_ENTRIES
            || self.units.len() + count > MAX_UNITS
        {
            return;
        }
        let start = self.units.len() as u32;
        self.units.extend(target.chunks(2).map(|pair| match *pair {
            [high, low] => u16::from_be_bytes([high, low]),
            [low] => u16::from(low),
            _ => 0,
        }));
        self.ranges.push(Range { bytes: bytes as u8, first, last, start, count: count as u32 });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether codes have two bytes, by the code space ranges or else by the mappings.
    pub(crate) fn is_wide(&self) -> bool {
        match self.lengths & 0b0110 {
            0 => self.ranges.iter().any(|range| range.bytes == 2),
            lengths => lengths & 0b0100 != 0,
        }
    }

    /// Appends the text of a code, and tells whether there was one.
    pub(crate) fn decode(&self, bytes: u8, code: u32, text: &mut Vec<char>) -> bool {
        let end = self.ranges.partition_point(|range| (range.bytes, range.first) <= (bytes, code));
        let Some(range) = end.checked_sub(1).map(|i| self.ranges[i]) else { return false };
        if range.bytes != bytes || code > range.last {
            return false;
        }
        let units = &self.units[range.start as usize..][..range.count as usize];
        let step = (code - range.first) as u16;
        let last = units.len().wrapping_sub(1);
        let stepped = units
            .iter()
            .enumerate()
            .map(|(i, unit)| if i == last { unit.wrapping_add(step) } else { *unit });
        text.extend(char::decode_utf16(stepped).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        true
    }
}

/// The code of up to four bytes.
fn code(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))
}
