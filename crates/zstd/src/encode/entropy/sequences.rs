//! The sequences section of a compressed block (RFC 8878, 3.1.1.3.2).

use alloc::vec::Vec;

use super::bits::BitWriter;
use super::fse::{FseTable, accuracy};
use crate::codes::{
    LENGTH_ACCURACY, LITERALS_LENGTH_BITS, LITERALS_LENGTH_COUNTS, MATCH_LENGTH_BITS,
    MATCH_LENGTH_COUNTS, MAX_LENGTH_ACCURACY, MAX_OFFSET_ACCURACY, OFFSET_ACCURACY, OFFSET_COUNTS,
};
use crate::dictionary::Entropy;
use crate::encode::store::Sequence;

/// Literals length codes of lengths below 64.
const SHORT_LITERALS: [u8; 64] = {
    let mut table = [0; 64];
    let mut code = 0;
    let mut length = 0;
    while length < 64 {
        if code < 35 && crate::codes::LITERALS_LENGTH_BASE[code + 1] as usize == length {
            code += 1;
        }
        table[length] = code as u8;
        length += 1;
    }
    table
};

/// Match length codes of lengths below 131, less 3.
const SHORT_MATCHES: [u8; 128] = {
    let mut table = [0; 128];
    let mut code = 0;
    let mut length = 0;
    while length < 128 {
        if code < 52 && crate::codes::MATCH_LENGTH_BASE[code + 1] as usize == length + 3 {
            code += 1;
        }
        table[length] = code as u8;
        length += 1;
    }
    table
};

#[inline(always)]
pub(crate) fn literals_code(length: u32) -> u8 {
    match SHORT_LITERALS.get(length as usize) {
        Some(&code) => code,
        None => length.ilog2() as u8 + 19,
    }
}

#[inline(always)]
pub(crate) fn match_code(length: u32) -> u8 {
    let length = length.wrapping_sub(3);
    match SHORT_MATCHES.get(length as usize) {
        Some(&code) => code,
        None => length.ilog2() as u8 + 36,
    }
}

#[inline(always)]
pub(crate) fn offset_code(value: u32) -> u8 {
    (value | 1).ilog2() as u8
}

/// Extra bits by literals length code and by match length code, padded to powers of two.
const LITERALS_BITS: [u8; 64] = pad(&LITERALS_LENGTH_BITS);
const MATCH_BITS: [u8; 64] = pad(&MATCH_LENGTH_BITS);

const fn pad(bits: &[u8]) -> [u8; 64] {
    let mut table = [0; 64];
    let mut i = 0;
    while i < bits.len() {
        table[i] = bits[i];
        i += 1;
    }
    table
}

/// How a table is made known (`Symbol_Compression_Modes`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Predefined = 0,
    Rle = 1,
    Described = 2,
    Repeat = 3,
}

/// One of the three kinds of codes.
struct Kind {
    predefined: FseTable,
    tables: [FseTable; 2],
    /// Which of `tables` a decoder holds, if any.
    current: usize,
    valid: bool,
    /// What the block that was written last chose.
    mode: Mode,
    most: u32,
}

impl Kind {
    fn new(counts: &[i16], log: u32, most: u32) -> Self {
        Self {
            predefined: FseTable::predefined(counts, log),
            tables: [FseTable::empty(), FseTable::empty()],
            current: 0,
            valid: false,
            mode: Mode::Repeat,
            most,
        }
    }

    fn commit(&mut self) {
        match self.mode {
            Mode::Repeat => {}
            Mode::Described => {
                self.current ^= 1;
                self.valid = true;
            }
            // The format would let both be repeated; choosing them again costs as little.
            Mode::Predefined | Mode::Rle => self.valid = false,
        }
        self.mode = Mode::Repeat;
    }

    fn start_from(&mut self, counts: &[i16], log: u32) {
        self.tables[self.current] = FseTable::predefined(counts, log);
        self.valid = true;
    }

    fn start_as(&mut self, other: &Self) {
        if other.valid {
            self.tables[self.current].clone_from(&other.tables[other.current]);
            self.valid = true;
        }
    }

    fn table(&self) -> &FseTable {
        match self.mode {
            Mode::Predefined => &self.predefined,
            Mode::Repeat => &self.tables[self.current],
            Mode::Rle | Mode::Described => &self.tables[self.current ^ 1],
        }
    }

    /// Chooses the mode that takes the fewest bits and writes what it has to say. `last` is the code of the last
    /// sequence, whose state takes no bits.
    fn choose(
        &mut self,
        counts: &mut [u32; 64],
        total: u32,
        last: u8,
        out: &mut [u8],
    ) -> Option<usize> {
        let max_symbol = counts.iter().rposition(|&count| count > 0).unwrap_or(0);
        let basic = if max_symbol < self.predefined.symbols {
            self.predefined.cost(&counts[..=max_symbol])
        } else {
            None
        };
        if counts[usize::from(last) & 63] == total {
            if total > 2 || basic.is_none() {
                self.mode = Mode::Rle;
                self.tables[self.current ^ 1].set_rle(last);
                *out.first_mut()? = last;
                return Some(1);
            }
            self.mode = Mode::Predefined;
            return Some(0);
        }
        let repeat =
            if self.valid { self.tables[self.current].cost(&counts[..=max_symbol]) } else { None };
        let old = match (basic, repeat) {
            (Some(basic), Some(repeat)) if basic <= repeat => Some((basic, Mode::Predefined)),
            (_, Some(repeat)) => Some((repeat, Mode::Repeat)),
            (Some(basic), None) => Some((basic, Mode::Predefined)),
            (None, None) => None,
        };
        if let Some((cost, mode)) = old {
            // A description takes some bytes; nothing is saved on so little.
            if total < 16 || cost < 12 * 8 * 256 {
                self.mode = mode;
                return Some(0);
            }
        }
        let mut total = total;
        let count = &mut counts[usize::from(last) & 63];
        if *count > 1 {
            *count -= 1;
            total -= 1;
        }
        let log = accuracy(self.most, total, max_symbol as u32);
        let new = &mut self.tables[self.current ^ 1];
        new.normalise(&counts[..=max_symbol], total, log, total >= 2048);
        let described = new.describe(out)?;
        let cost = new.cost(&counts[..=max_symbol])? + (described as u64 * 8 * 256);
        if let Some((old, mode)) = old
            && old <= cost
        {
            self.mode = mode;
            return Some(0);
        }
        new.build();
        self.mode = Mode::Described;
        Some(described)
    }
}

/// The tables of all three kinds, and the codes of the block at hand.
pub(crate) struct SequencesState {
    literals: Kind,
    offsets: Kind,
    matches: Kind,
    /// Codes of literals length, offset, match length.
    codes: Vec<[u8; 4]>,
}

impl SequencesState {
    pub(crate) fn new() -> Self {
        Self {
            literals: Kind::new(&LITERALS_LENGTH_COUNTS, LENGTH_ACCURACY, MAX_LENGTH_ACCURACY),
            offsets: Kind::new(&OFFSET_COUNTS, OFFSET_ACCURACY, MAX_OFFSET_ACCURACY),
            matches: Kind::new(&MATCH_LENGTH_COUNTS, LENGTH_ACCURACY, MAX_LENGTH_ACCURACY),
            codes: Vec::new(),
        }
    }

    /// A new frame: no tables yet.
    pub(crate) fn reset(&mut self) {
        for kind in [&mut self.literals, &mut self.offsets, &mut self.matches] {
            kind.valid = false;
            kind.mode = Mode::Repeat;
        }
    }

    /// What the first block may repeat are a dictionary's tables.
    pub(crate) fn start_from(&mut self, entropy: &Entropy) {
        let length = &entropy.literals_length;
        self.literals.start_from(&length.counts[..length.symbols], length.accuracy);
        let offset = &entropy.offset;
        self.offsets.start_from(&offset.counts[..offset.symbols], offset.accuracy);
        let length = &entropy.match_length;
        self.matches.start_from(&length.counts[..length.symbols], length.accuracy);
    }

    /// A new frame, which may repeat what one that starts like `other` may.
    pub(crate) fn start_as(&mut self, other: &Self) {
        self.reset();
        self.literals.start_as(&other.literals);
        self.offsets.start_as(&other.offsets);
        self.matches.start_as(&other.matches);
    }

    /// The block that was written last is part of the frame.
    pub(crate) fn commit(&mut self) {
        for kind in [&mut self.literals, &mut self.offsets, &mut self.matches] {
            kind.commit();
        }
    }

    /// Writes the section to `out`; `None` where it does not fit.
    pub(crate) fn write(&mut self, sequences: &[Sequence], out: &mut [u8]) -> Option<usize> {
        for kind in [&mut self.literals, &mut self.offsets, &mut self.matches] {
            kind.mode = Mode::Repeat;
        }
        let mut at = write_count(sequences.len(), out)?;
        if sequences.is_empty() {
            return Some(at);
        }
        let mut counts = [[0_u32; 64]; 3];
        let [literals, offsets, matches] = &mut counts;
        self.codes.clear();
        self.codes.extend(sequences.iter().map(|sequence| {
            let codes = [
                literals_code(sequence.literals),
                offset_code(sequence.offset),
                match_code(sequence.length),
                0,
            ];
            literals[usize::from(codes[0]) & 63] += 1;
            offsets[usize::from(codes[1]) & 63] += 1;
            matches[usize::from(codes[2]) & 63] += 1;
            codes
        }));
        let last = *self.codes.last()?;
        let modes_at = at;
        at += 1;
        let total = sequences.len() as u32;
        at += self.literals.choose(literals, total, last[0], out.get_mut(at..)?)?;
        at += self.offsets.choose(offsets, total, last[1], out.get_mut(at..)?)?;
        at += self.matches.choose(matches, total, last[2], out.get_mut(at..)?)?;
        out[modes_at] = (self.literals.mode as u8) << 6
            | (self.offsets.mode as u8) << 4
            | (self.matches.mode as u8) << 2;
        let tables = [self.literals.table(), self.offsets.table(), self.matches.table()];
        Some(at + stream(sequences, &self.codes, tables, out.get_mut(at..)?)?)
    }
}

/// `Number_of_Sequences`.
fn write_count(count: usize, out: &mut [u8]) -> Option<usize> {
    let (bytes, len) = match count {
        0..=127 => ([count as u8, 0, 0], 1),
        128..=0x7EFF => ([(count >> 8) as u8 + 128, count as u8, 0], 2),
        _ => {
            let [low, high] = ((count - 0x7F00) as u16).to_le_bytes();
            ([255, low, high], 3)
        }
    };
    out.get_mut(..len)?.copy_from_slice(&bytes[..len]);
    Some(len)
}

/// The bit stream, from the last sequence to the first (3.1.1.3.2.1.2 tells how it is read).
#[inline(never)]
fn stream(
    sequences: &[Sequence],
    codes: &[[u8; 4]],
    tables: [&FseTable; 3],
    out: &mut [u8],
) -> Option<usize> {
    let [literals, offsets, matches] = tables;
    let mut writer = BitWriter::new(out);
    let mut pairs = sequences.iter().zip(codes).rev();
    let (sequence, &[ll, of, ml, _]) = pairs.next()?;
    let mut ll_state = literals.start(ll);
    let mut of_state = offsets.start(of);
    let mut ml_state = matches.start(ml);
    extra(&mut writer, sequence, ll, of, ml);
    for (sequence, &[ll, of, ml, _]) in pairs {
        let (next, bits, count) = offsets.step(of_state, of);
        of_state = next;
        writer.add(bits, count);
        let (next, bits, count) = matches.step(ml_state, ml);
        ml_state = next;
        writer.add(bits, count);
        let (next, bits, count) = literals.step(ll_state, ll);
        ll_state = next;
        writer.add(bits, count);
        extra(&mut writer, sequence, ll, of, ml);
    }
    for (table, state) in [(matches, ml_state), (offsets, of_state), (literals, ll_state)] {
        writer.add(table.rest(state), table.log);
    }
    writer.flush();
    writer.finish()
}

/// The bits beyond the codes. There are at most 7 + 26 bits waiting, and none but 7 afterwards.
#[inline(always)]
fn extra(writer: &mut BitWriter<'_>, sequence: &Sequence, ll: u8, of: u8, ml: u8) {
    let ll_bits = u32::from(LITERALS_BITS[usize::from(ll) & 63]);
    let ml_bits = u32::from(MATCH_BITS[usize::from(ml) & 63]);
    let of_bits = u32::from(of);
    let low = |value: u32, bits: u32| u64::from(value & ((1_u32 << (bits & 31)) - 1));
    let long = ll_bits + ml_bits + of_bits > 30;
    writer.add(low(sequence.literals, ll_bits), ll_bits);
    if long {
        writer.flush();
    }
    writer.add(low(sequence.length.wrapping_sub(3), ml_bits), ml_bits);
    if long {
        writer.flush();
    }
    writer.add(low(sequence.offset, of_bits), of_bits);
    writer.flush();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{LITERALS_LENGTH_BASE, MATCH_LENGTH_BASE};

    #[test]
    fn codes_are_those_of_the_bases() {
        let slow = |bases: &[u32], length: u32| {
            bases.iter().rposition(|&base| base <= length).unwrap() as u8
        };
        for length in (0..200).chain([1000, 4095, 4096, 65_535, 65_536, 131_071]) {
            assert_eq!(literals_code(length), slow(&LITERALS_LENGTH_BASE, length), "{length}");
            if length >= 3 {
                assert_eq!(match_code(length), slow(&MATCH_LENGTH_BASE, length), "{length}");
            }
        }
        assert_eq!([1, 2, 3, 4, 7, 8].map(offset_code), [0, 1, 1, 2, 2, 3]);
    }
}
