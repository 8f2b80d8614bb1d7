//! The sequences section of a compressed block (RFC 8878, 3.1.1.3.2) and what sequences do (3.1.1.4).

use super::bits::{Bits, field};
use super::copy::{self, Places, SLACK};
use super::tables::Tables;

/// No length is longer and no slice has more bytes than these, which tells the compiler what additions cannot
/// overflow.
const LENGTH_MASK: usize = (1 << 18) - 1;
const POSITION_MASK: usize = usize::MAX >> 1;

/// `Number_of_Sequences` and, where there are any, the byte of modes.
pub(super) struct Header {
    pub(super) count: u32,
    pub(super) modes: u8,
    pub(super) len: usize,
}

impl Header {
    /// Reads the header at the start of `section` (3.1.1.3.2.1).
    pub(super) fn read(section: &[u8]) -> Option<Self> {
        let (count, len) = match *section {
            [first @ ..=127, ..] => (u32::from(first), 1),
            [255, low, high, ..] => (u32::from(u16::from_le_bytes([low, high])) + 0x7F00, 3),
            [first @ 128..=254, second, ..] => {
                (u32::from(u16::from_be_bytes([first - 128, second])), 2)
            }
            _ => return None,
        };
        if count == 0 {
            return Some(Self { count, modes: 0, len });
        }
        let modes = *section.get(len)?;
        Some(Self { count, modes, len: len + 1 })
    }
}

/// Literals, then a match.
#[derive(Clone, Copy)]
struct Sequence {
    literals: usize,
    offset: usize,
    len: usize,
}

/// The history that a match may be copied from.
#[derive(Clone, Copy)]
pub(super) struct History<'a> {
    /// Where in the output the history starts.
    pub(super) start: usize,
    /// What comes before that.
    pub(super) dictionary: &'a [u8],
}

/// Decodes the sequences of one block and carries them out.
pub(super) struct Sequences<'a> {
    source: &'a [u8],
    bits: Bits,
    /// Where the bit stream starts.
    start: usize,
    tables: &'a Tables,
    /// States of literals length, offset and match length.
    states: [u32; 3],
    /// How many sequences are left to decode.
    left: u32,
    /// A sequence that was decoded but is not in the output.
    pending: Option<Sequence>,
    /// All literals and [`SLACK`] bytes more.
    literals: &'a [u8],
    /// How many literals were used.
    literals_at: usize,
    dictionary: &'a [u8],
}

const TOO_FEW_LITERALS: &str = "no more literals in sequences than the block has";

/// Why a sequence could not be carried out.
pub(super) enum Stop {
    /// There has to be room up to here.
    Room(usize),
    Invalid(&'static str),
}

impl<'a> Sequences<'a> {
    /// `count` sequences in the bit stream `source[start..end]`. `literals` has [`SLACK`] bytes more than there
    /// are literals.
    pub(super) fn new(
        (source, start, end): (&'a [u8], usize, usize),
        count: u32,
        tables: &'a Tables,
        literals: &'a [u8],
        dictionary: &'a [u8],
    ) -> Option<Self> {
        let mut bits = Bits::new(source, start, end)?;
        let accuracies =
            [tables.literals_length.accuracy, tables.offset.accuracy, tables.match_length.accuracy];
        let states = accuracies.map(|accuracy| bits.read(accuracy));
        Some(Self {
            source,
            bits,
            start,
            tables,
            states,
            left: count,
            pending: None,
            literals,
            literals_at: 0,
            dictionary,
        })
    }

    /// Carries out sequences from `at` of the history on, as long as there is room for them and [`SLACK`].
    /// On success all are; otherwise `at` is where the output ends so far.
    pub(super) fn run(
        &mut self,
        history: &mut [u8],
        repeats: &mut [u32; 3],
        at: &mut usize,
    ) -> Result<(), Stop> {
        loop {
            if let Some(sequence) = self.pending {
                *at = self.execute(sequence, history, *at)?;
                self.pending = None;
            }
            *at = self.run_plain(history, repeats, *at);
            if self.pending.is_none() {
                return Ok(());
            }
        }
    }

    /// Carries out sequences up to the first that needs [`Self::execute`]. A function of its own, without calls
    /// and with few variables, because engines run short of registers in it.
    #[inline(never)]
    fn run_plain(&mut self, history: &mut [u8], repeats: &mut [u32; 3], mut at: usize) -> usize {
        let (tables, source, literals) = (self.tables, self.source, self.literals);
        let mut literals_at = self.literals_at;
        let mut bits = self.bits;
        let [mut literals_state, mut offset_state, mut match_state] = self.states;
        let [mut first, mut second, mut third] = *repeats;
        let mut left = self.left;
        while left != 0 {
            left -= 1;
            let literals_entry = tables.literals_length.get(literals_state);
            let offset_entry = tables.offset.get(offset_state);
            let match_entry = tables.match_length.get(match_state);
            // At most 31 of the 56 bits, then twice 16.
            if !bits.try_refill(source) {
                left = 0;
                break;
            }
            let mut word = bits.word();
            let offset_extra = u32::from(offset_entry.extra);
            let match_extra = u32::from(match_entry.extra);
            let literals_extra = u32::from(literals_entry.extra);
            let value = offset_entry.base.wrapping_add(field(word, 0, offset_entry.extra));
            let match_len = match_entry.base + field(word, offset_extra, match_entry.extra);
            let literals_len;
            let mut used = offset_extra + match_extra;
            if used + literals_extra <= 30 {
                literals_len = literals_entry.base + field(word, used, literals_entry.extra);
                used += literals_extra;
            } else {
                bits.skip(used);
                if !bits.try_refill(source) {
                    left = 0;
                    break;
                }
                word = bits.word();
                literals_len = literals_entry.base + field(word, 0, literals_entry.extra);
                used = literals_extra;
            }
            // The states take at most 9 + 9 + 8 bits.
            if left != 0 {
                literals_state =
                    u32::from(literals_entry.next) + field(word, used, literals_entry.bits);
                used += u32::from(literals_entry.bits);
                match_state = u32::from(match_entry.next) + field(word, used, match_entry.bits);
                used += u32::from(match_entry.bits);
                offset_state = u32::from(offset_entry.next) + field(word, used, offset_entry.bits);
                used += u32::from(offset_entry.bits);
            }
            bits.skip(used);
            // 3.1.1.5: a new offset, or one of those before, one further where there are no literals.
            let offset;
            if offset_extra > 1 {
                offset = value;
                (third, second, first) = (second, first, offset);
            } else {
                // Without branches, which could not be predicted.
                let index = value + u32::from(literals_len == 0);
                let late = if index == 2 { third } else { first.wrapping_sub(1) };
                let early = if index == 0 { first } else { second };
                offset = if index < 2 { early } else { late };
                third = if index < 2 { third } else { second };
                second = if index == 0 { second } else { first };
                first = offset;
            }

            let sequence = Sequence {
                literals: literals_len as usize & LENGTH_MASK,
                offset: offset as usize,
                len: match_len as usize & LENGTH_MASK,
            };
            at &= POSITION_MASK;
            literals_at &= POSITION_MASK;
            let match_at = at + sequence.literals;
            let places = Places {
                at,
                literals_at,
                literals: sequence.literals,
                offset: sequence.offset,
                len: sequence.len,
            };
            if copy::short(history, literals, places) {
                literals_at += sequence.literals;
                at = match_at + sequence.len;
                continue;
            }
            // An offset of 0 is the largest of all.
            if match_at + sequence.len + SLACK > history.len()
                || literals_at + sequence.literals + SLACK > literals.len()
                || sequence.offset.wrapping_sub(1) >= match_at
            {
                self.pending = Some(sequence);
                break;
            }
            copy::literals(history, at, literals, literals_at, sequence.literals);
            literals_at += sequence.literals;
            copy::repeat(history, match_at, sequence.offset, sequence.len);
            at = match_at + sequence.len;
        }
        self.left = left;
        self.states = [literals_state, offset_state, match_state];
        self.bits = bits;
        self.literals_at = literals_at;
        *repeats = [first, second, third];
        at
    }

    /// Carries out one sequence, or says why that is not possible. Returns where the output ends.
    #[cold]
    fn execute(
        &mut self,
        sequence: Sequence,
        history: &mut [u8],
        at: usize,
    ) -> Result<usize, Stop> {
        let Sequence { literals, offset, len } = sequence;
        if self.literals_at + literals + SLACK > self.literals.len() {
            return Err(Stop::Invalid(TOO_FEW_LITERALS));
        }
        let match_at = at + literals;
        let before = offset.saturating_sub(match_at);
        if offset == 0 || before > self.dictionary.len() {
            return Err(Stop::Invalid("a match within the output and the dictionary"));
        }
        let end = match_at + len;
        if end + SLACK > history.len() {
            return Err(Stop::Room(end));
        }
        copy::literals(history, at, self.literals, self.literals_at, literals);
        self.literals_at += literals;
        if before == 0 {
            copy::repeat(history, match_at, offset, len);
        } else {
            let tail = self.dictionary.len() - before;
            let tail = self.dictionary.get(tail..).unwrap_or_default();
            copy::across(history, match_at, tail.get(..len).unwrap_or(tail), len);
        }
        Ok(end)
    }

    /// After the last sequence: the literals that are left.
    pub(super) fn finish(&self) -> Result<&'a [u8], &'static str> {
        if !self.bits.is_at(self.start) {
            return Err("a bit stream that ends with its sequences");
        }
        let end = self.literals.len().saturating_sub(SLACK);
        self.literals.get(self.literals_at..end).ok_or(TOO_FEW_LITERALS)
    }
}
