//! The sequences section of a block: its tables, and the loop that decodes and executes them (RFC 8878, 3.1.1.3.2).

use bytemill_lz::{Cursor, Output};

use super::bits::Bits;
use super::fse::{Counts, states};
use crate::codes::{
    LENGTH_ACCURACY, LITERALS_LENGTH_BASE, LITERALS_LENGTH_BITS, LITERALS_LENGTH_COUNTS,
    MATCH_LENGTH_BASE, MATCH_LENGTH_BITS, MATCH_LENGTH_COUNTS, MAX_LENGTH_ACCURACY,
    MAX_OFFSET_ACCURACY, MAX_OFFSET_CODE, OFFSET_ACCURACY, OFFSET_COUNTS,
};

const STATES: usize = 1 << MAX_LENGTH_ACCURACY;

/// A state: the value that its code begins with, the bits that are added to it, and where it leads.
#[derive(Clone, Copy, Default)]
struct Entry {
    base: u32,
    /// The lowest of the states after this one, and how many bits are added to it.
    next: u16,
    bits: u8,
    /// How many bits are added to the base.
    extra: u8,
}

impl Entry {
    /// The state after this one.
    #[inline(always)]
    fn after(self, bits: &mut Bits<'_>) -> u32 {
        u32::from(self.next) + bits.read(self.bits)
    }
}

/// What the codes of a table mean.
#[derive(Clone, Copy)]
struct Meaning {
    /// Value and added bits of a code.
    of: fn(u8) -> (u32, u8),
    codes: usize,
    accuracy: u32,
    predefined: (u32, &'static [i16]),
}

const LITERALS_LENGTHS: Meaning = Meaning {
    of: |code| {
        let code = usize::from(code).min(35);
        (LITERALS_LENGTH_BASE[code], LITERALS_LENGTH_BITS[code])
    },
    codes: 36,
    accuracy: MAX_LENGTH_ACCURACY,
    predefined: (LENGTH_ACCURACY, &LITERALS_LENGTH_COUNTS),
};
const OFFSETS: Meaning = Meaning {
    // Less 3 where it is an offset; else the number of a repeat code, from 0 on.
    of: |code| match code & 31 {
        code @ 0..=1 => (u32::from(code), code),
        code => ((1 << code) - 3, code),
    },
    codes: MAX_OFFSET_CODE as usize + 1,
    accuracy: MAX_OFFSET_ACCURACY,
    predefined: (OFFSET_ACCURACY, &OFFSET_COUNTS),
};
const MATCH_LENGTHS: Meaning = Meaning {
    of: |code| {
        let code = usize::from(code).min(52);
        (MATCH_LENGTH_BASE[code], MATCH_LENGTH_BITS[code])
    },
    codes: 53,
    accuracy: MAX_LENGTH_ACCURACY,
    predefined: (LENGTH_ACCURACY, &MATCH_LENGTH_COUNTS),
};

/// A table of one kind of code.
struct Table {
    entries: [Entry; STATES],
    accuracy: u32,
    /// Whether the entries are those of the predefined distribution, which need not be made again.
    predefined: bool,
}

impl Table {
    fn new() -> Self {
        Self { entries: [Entry::default(); STATES], accuracy: 0, predefined: false }
    }

    fn build(&mut self, counts: &Counts, meaning: &Meaning) {
        states(counts, |state, code, bits, next| {
            let (base, extra) = (meaning.of)(code);
            self.entries[state & (STATES - 1)] =
                Entry { base, next: next as u16, bits: bits as u8, extra };
        });
        self.accuracy = counts.accuracy;
        self.predefined = false;
    }

    /// Reads what a block says of this table; gives back how many bytes that took.
    fn read(&mut self, mode: u8, bytes: &[u8], meaning: &Meaning) -> Result<usize, &'static str> {
        match mode {
            0 => {
                if !self.predefined {
                    let (accuracy, counts) = meaning.predefined;
                    self.build(&Counts::of(accuracy, counts), meaning);
                    self.predefined = true;
                }
                Ok(0)
            }
            1 => {
                let code = *bytes.first().ok_or(CUT)?;
                if usize::from(code) >= meaning.codes {
                    return Err("a code that sequences have");
                }
                let (base, extra) = (meaning.of)(code);
                self.entries[0] = Entry { base, next: 0, bits: 0, extra };
                self.accuracy = 0;
                self.predefined = false;
                Ok(1)
            }
            _ => {
                let (counts, used) = Counts::read(bytes, meaning.codes, meaning.accuracy)?;
                self.build(&counts, meaning);
                Ok(used)
            }
        }
    }

    #[inline(always)]
    fn entry(&self, state: u32) -> Entry {
        self.entries[state as usize & (STATES - 1)]
    }
}

const CUT: &str = "a sequences section that is all there";

/// Why a block's sequences could not be executed.
pub(crate) enum Failure {
    /// The block is wrong; what was expected.
    Invalid(&'static str),
    /// There is no room for what it gives.
    Full,
}

impl From<&'static str> for Failure {
    fn from(expected: &'static str) -> Self {
        Self::Invalid(expected)
    }
}

/// The tables of the present block, which the next may use again, and the offsets that repeat codes mean.
pub(crate) struct Sequences {
    literals_lengths: Table,
    offsets: Table,
    match_lengths: Table,
    /// Whether there was a block with sequences, or a dictionary, in this frame.
    set: bool,
    pub(crate) repeats: [u32; 3],
}

/// Literals, from an index on.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
    pub(crate) end: usize,
}

impl Sequences {
    pub(crate) fn new() -> Self {
        Self {
            literals_lengths: Table::new(),
            offsets: Table::new(),
            match_lengths: Table::new(),
            set: false,
            repeats: crate::codes::FIRST_OFFSETS,
        }
    }

    /// Starts a frame.
    pub(crate) fn begin(&mut self) {
        self.set = false;
        self.repeats = crate::codes::FIRST_OFFSETS;
    }

    /// Starts a frame with the tables of a dictionary.
    pub(crate) fn begin_with(&mut self, counts: [&Counts; 3], repeats: [u32; 3]) {
        let [literals_lengths, offsets, match_lengths] = counts;
        self.literals_lengths.build(literals_lengths, &LITERALS_LENGTHS);
        self.offsets.build(offsets, &OFFSETS);
        self.match_lengths.build(match_lengths, &MATCH_LENGTHS);
        self.set = true;
        self.repeats = repeats;
    }

    /// Decodes the section and appends what it says.
    pub(crate) fn run(
        &mut self,
        (input, start, end): (&[u8], usize, usize),
        literals: Source<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let section = input.get(start..end).unwrap_or_default();
        let (count, head) = match *section {
            [first @ 0..=127, ..] => (u32::from(first), 1),
            [255, low, high, ..] => (u32::from(u16::from_le_bytes([low, high])) + 0x7f00, 3),
            [first @ 128..=254, low, ..] => ((u32::from(first) - 128) << 8 | u32::from(low), 2),
            _ => return Err(CUT.into()),
        };
        let rest = &section[head..];
        if count == 0 {
            if !rest.is_empty() {
                return Err("no more bytes in a block without sequences".into());
            }
            return rest_of(literals, output);
        }
        let (&modes, mut rest) = rest.split_first().ok_or(CUT)?;
        if modes & 3 != 0 {
            return Err("reserved bits of a sequences section to be 0".into());
        }
        for (mode, table, meaning) in [
            (modes >> 6, &mut self.literals_lengths, &LITERALS_LENGTHS),
            ((modes >> 4) & 3, &mut self.offsets, &OFFSETS),
            ((modes >> 2) & 3, &mut self.match_lengths, &MATCH_LENGTHS),
        ] {
            if mode == 3 {
                if !self.set {
                    return Err("entropy tables to use again".into());
                }
            } else {
                let used = table.read(mode, rest, meaning)?;
                rest = rest.get(used..).ok_or(CUT)?;
            }
        }
        self.set = true;
        let stream = end - rest.len();
        let bits = Bits::new(input, stream, end).ok_or(END)?;
        let left = output.write(|out| self.execute(count, bits, stream, literals, out))?;
        rest_of(left, output)
    }

    /// The loop over the sequences; gives back the literals that none of them took.
    #[inline(never)]
    fn execute<'a, 'c>(
        &mut self,
        count: u32,
        mut bits: Bits<'_>,
        stream: usize,
        literals: Source<'a>,
        mut output: Cursor<'c>,
    ) -> (Cursor<'c>, Result<Source<'a>, Failure>) {
        let mut literals_state = bits.read(self.literals_lengths.accuracy as u8);
        let mut offset_state = bits.read(self.offsets.accuracy as u8);
        let mut match_state = bits.read(self.match_lengths.accuracy as u8);
        let mut at = literals.at;
        let [mut first, mut second, mut third] = self.repeats;
        let mut left = count;
        loop {
            bits.refill();
            let literals_entry = self.literals_lengths.entry(literals_state);
            let offset_entry = self.offsets.entry(offset_state);
            let match_entry = self.match_lengths.entry(match_state);
            // At most 31 and 16 bits of the 57.
            let value = offset_entry.base.wrapping_add(bits.read(offset_entry.extra));
            let match_length = match_entry.base + bits.read(match_entry.extra);
            // The rest takes at most 16 + 9 + 9 + 8 bits.
            if offset_entry.extra + match_entry.extra + literals_entry.extra > 30 {
                bits.refill();
            }
            let literals_length = literals_entry.base + bits.read(literals_entry.extra);
            left -= 1;
            if left > 0 {
                literals_state = literals_entry.after(&mut bits);
                match_state = match_entry.after(&mut bits);
                offset_state = offset_entry.after(&mut bits);
            }
            if offset_entry.extra > 1 {
                (first, second, third) = (value, first, second);
            } else {
                // Without literals the meanings move on by one, and the last is one less than the first (3.1.1.5).
                // Without branches, which could not be predicted.
                let index = value + u32::from(literals_length == 0);
                let late = if index == 2 { third } else { first.wrapping_sub(1) };
                let early = if index == 0 { first } else { second };
                third = if index < 2 { third } else { second };
                second = if index == 0 { second } else { first };
                first = if index < 2 { early } else { late };
            }
            let (literals_length, match_length) = (literals_length as usize, match_length as usize);
            let offset = first as usize;
            if literals_length > literals.end - at
                || !output.sequence(literals.bytes, at, literals_length, offset, match_length)
            {
                let enough = literals_length <= literals.end - at;
                let fits = literals_length + match_length <= output.room();
                return (
                    output,
                    Err(match (enough, fits) {
                        (false, _) => "literals for every sequence".into(),
                        (true, false) => Failure::Full,
                        (true, true) => "offsets that do not reach before the content".into(),
                    }),
                );
            }
            at += literals_length;
            if left == 0 {
                break;
            }
        }
        self.repeats = [first, second, third];
        let ended = bits.is_at(stream);
        (output, if ended { Ok(Source { at, ..literals }) } else { Err(END.into()) })
    }
}

const END: &str = "a stream of sequences that ends with the last of them";

/// Appends the literals after the last sequence.
fn rest_of(literals: Source<'_>, output: &mut Output<'_>) -> Result<(), Failure> {
    if output.literals(literals.bytes, literals.at, literals.end - literals.at) {
        Ok(())
    } else {
        Err(Failure::Full)
    }
}
