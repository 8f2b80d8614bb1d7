//! Prefix codes (RFC 9649, section 3.7.2.1): tables of two levels.

use super::bits::BitReader;
use crate::WebpError;
use crate::error::invalid;
use crate::options::reserve;

/// Bits that the first level decides by, at most.
pub(super) const ROOT: u32 = 8;

/// Bits of the longest code.
const LONGEST: usize = 15;

/// Symbols of the largest alphabet: literals, lengths, and a colour cache of 11 bits.
pub(super) const MOST_SYMBOLS: usize = 256 + 24 + (1 << 11);

/// One code, as a part of the tables of many.
///
/// An entry is a symbol over 8 bits for the length of its code. Where that is over [`ROOT`], the symbol is the place of
/// a second table, relative to the first, and the entries there have what is left of the lengths.
#[derive(Clone, Copy, Default)]
pub(super) struct Code {
    base: u32,
    mask: u32,
}

impl Code {
    /// Reads a symbol; needs 15 bits.
    #[inline(always)]
    pub(super) fn read(self, tables: &[u32], bits: &mut BitReader<'_>) -> u32 {
        let next = bits.peek();
        let mut entry = self.entry(tables, next);
        let length = entry & 0xFF;
        if length > ROOT {
            bits.skip(ROOT);
            let place = self.base + (entry >> 8) + (next >> ROOT & ((1 << (length - ROOT)) - 1));
            entry = tables.get(place as usize).copied().unwrap_or_default();
        }
        bits.skip(entry & 0xFF);
        entry >> 8
    }

    /// The entry of the first level.
    #[inline(always)]
    pub(super) fn entry(self, tables: &[u32], next: u32) -> u32 {
        tables.get((self.base + (next & self.mask)) as usize).copied().unwrap_or_default()
    }

    /// The symbol of a code that has no other.
    pub(super) fn only_symbol(self, tables: &[u32]) -> Option<u32> {
        (self.mask == 0).then(|| self.entry(tables, 0) >> 8)
    }

    /// Makes tables behind those of other codes. A single symbol has a code of no bits.
    pub(super) fn new(lengths: &[u8], tables: &mut Vec<u32>) -> Result<Self, WebpError> {
        let mut counts = [0_u32; LONGEST + 1];
        for length in lengths {
            counts[usize::from(*length & 15)] += 1;
        }
        counts[0] = 0;
        let base = tables.len() as u32;
        if counts.iter().sum::<u32>() == 1 {
            let symbol = lengths.iter().position(|length| *length != 0).unwrap_or_default();
            reserve(tables, 1)?;
            tables.push((symbol as u32) << 8);
            return Ok(Self { base, mask: 0 });
        }
        let filled: u32 = (1..=LONGEST).map(|length| counts[length] << (LONGEST - length)).sum();
        if filled != 1 << LONGEST {
            return Err(invalid("a complete prefix code"));
        }
        let longest = counts.iter().rposition(|count| *count != 0).unwrap_or_default() as u32;
        let root = longest.min(ROOT);
        extend(tables, 1 << root)?;
        let code = Self { base, mask: (1 << root) - 1 };
        code.fill(lengths, &mut counts, tables)?;
        Ok(code)
    }

    fn fill(
        self,
        lengths: &[u8],
        counts: &mut [u32; LONGEST + 1],
        tables: &mut Vec<u32>,
    ) -> Result<(), WebpError> {
        // Symbols in the order of their codes.
        let mut sorted = [0_u16; MOST_SYMBOLS];
        let mut places = [0_usize; LONGEST + 2];
        for length in 1..=LONGEST {
            places[length + 1] = places[length] + counts[length] as usize;
        }
        for (symbol, length) in lengths.iter().enumerate().filter(|(_, length)| **length != 0) {
            let place = &mut places[usize::from(*length)];
            sorted[*place] = symbol as u16;
            *place += 1;
        }
        let mut symbols = sorted.iter();
        let mut code = 0_u32;
        let (mut prefix, mut start, mut size) = (u32::MAX, 0, 0);
        for length in 1..=LONGEST as u32 {
            while counts[length as usize] != 0 {
                let symbol = symbols.next().copied().map_or(0, u32::from);
                // Codes are read from their most significant bit.
                let reversed = code.reverse_bits() >> (32 - length);
                code += 1;
                if length <= ROOT {
                    let first = (self.base + reversed) as usize;
                    let last = (self.base + self.mask) as usize;
                    for place in (first..=last).step_by(1 << length) {
                        tables[place] = symbol << 8 | length;
                    }
                } else {
                    if reversed & self.mask != prefix {
                        prefix = reversed & self.mask;
                        size = second_level_bits(counts, length);
                        start = tables.len();
                        extend(tables, 1 << size)?;
                        let offset = start as u32 - self.base;
                        tables[(self.base + prefix) as usize] = offset << 8 | (ROOT + size);
                    }
                    let first = start + (reversed >> ROOT) as usize;
                    for place in (first..start + (1 << size)).step_by(1 << (length - ROOT)) {
                        tables[place] = symbol << 8 | (length - ROOT);
                    }
                }
                counts[length as usize] -= 1;
            }
            code <<= 1;
        }
        Ok(())
    }
}

/// Bits that a table of the second level needs, for the codes left from one of that length on.
fn second_level_bits(counts: &[u32; LONGEST + 1], length: u32) -> u32 {
    let mut length = length;
    let mut left = 1_i32 << (length - ROOT);
    while (length as usize) < LONGEST {
        left -= counts[length as usize].cast_signed();
        if left <= 0 {
            break;
        }
        length += 1;
        left <<= 1;
    }
    length - ROOT
}

/// Makes room for more entries.
fn extend(tables: &mut Vec<u32>, more: usize) -> Result<(), WebpError> {
    let bytes = more * size_of::<u32>();
    tables.try_reserve(more).map_err(|_| WebpError::OutOfMemory { bytes })?;
    tables.resize(tables.len() + more, 0);
    Ok(())
}

/// The order in which the lengths of the code of lengths are stored.
const LENGTH_ORDER: [u8; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Reads the lengths of a code's symbols (section 3.7.2.1), for `lengths.len()` of them.
pub(super) fn read_lengths(
    bits: &mut BitReader<'_>,
    lengths: &mut [u8; MOST_SYMBOLS],
    symbols: usize,
) -> Result<(), WebpError> {
    *lengths = [0; MOST_SYMBOLS];
    if bits.flag() {
        let two = bits.flag();
        let width = if bits.flag() { 8 } else { 1 };
        lengths[bits.number(width) as usize] = 1;
        if two {
            lengths[bits.number(8) as usize] = 1;
        }
    } else {
        let mut of_lengths = [0; 19];
        let count = bits.number(4) as usize + 4;
        for place in &LENGTH_ORDER[..count] {
            of_lengths[usize::from(*place)] = bits.number(3) as u8;
        }
        let mut tables = Vec::new();
        let code = Code::new(&of_lengths, &mut tables)?;
        read_coded(bits, code, &tables, &mut lengths[..symbols])?;
    }
    if bits.is_exhausted() {
        return Err(WebpError::Truncated);
    }
    Ok(())
}

fn read_coded(
    bits: &mut BitReader<'_>,
    code: Code,
    tables: &[u32],
    lengths: &mut [u8],
) -> Result<(), WebpError> {
    let mut left = lengths.len();
    if bits.flag() {
        let width = 2 + 2 * bits.number(3);
        left = 2 + bits.number(width) as usize;
        if left > lengths.len() {
            return Err(invalid("at most as many code lengths as symbols"));
        }
    }
    let mut previous = 8;
    let mut at = 0;
    while at < lengths.len() && left > 0 {
        left -= 1;
        bits.fill_half();
        let symbol = code.read(tables, bits);
        let (length, repeat) = match symbol {
            0..16 => {
                lengths[at] = symbol as u8;
                at += 1;
                if symbol != 0 {
                    previous = symbol as u8;
                }
                continue;
            }
            16 => (previous, 3 + bits.filled_number(2)),
            17 => (0, 3 + bits.filled_number(3)),
            _ => (0, 11 + bits.filled_number(7)),
        };
        let Some(run) = lengths.get_mut(at..at + repeat as usize) else {
            return Err(invalid("code lengths that repeat within the alphabet"));
        };
        run.fill(length);
        at += repeat as usize;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code of every symbol leads to it, whatever follows.
    #[test]
    fn symbols_come_back() {
        let cases: [Vec<u8>; 5] = [
            vec![1, 1],
            vec![2, 0, 2, 2, 2],
            (1..=14).chain([15, 15]).collect(),
            [vec![8; 255], vec![9, 10, 11, 11]].concat(),
            [vec![9; 500], vec![12; 96]].concat(),
        ];
        for lengths in cases {
            let mut tables = vec![7; 3];
            let code = Code::new(&lengths, &mut tables).unwrap();
            let mut next = 0_u32;
            for length in 1..=15 {
                for (symbol, _) in lengths.iter().enumerate().filter(|(_, own)| **own == length) {
                    let reversed = next.reverse_bits() >> (32 - u32::from(length));
                    for tail in [0, u32::MAX << length] {
                        let data = u64::from(reversed | tail).to_le_bytes();
                        let mut bits = BitReader::new(&data);
                        bits.fill();
                        let before = bits;
                        assert_eq!(code.read(&tables, &mut bits), symbol as u32);
                        let mut after = before;
                        after.skip(u32::from(length));
                        assert_eq!(bits.peek(), after.peek());
                    }
                    next += 1;
                }
                next <<= 1;
            }
        }
    }

    #[test]
    fn incomplete_codes_are_refused() {
        let codes: [&[u8]; 5] = [&[], &[0, 0], &[1, 2], &[1, 1, 1], &[2, 2, 2]];
        for lengths in codes {
            assert!(Code::new(lengths, &mut Vec::new()).is_err());
        }
        let mut tables = Vec::new();
        let code = Code::new(&[0, 0, 5, 0], &mut tables).unwrap();
        assert_eq!(code.only_symbol(&tables), Some(2));
    }
}
