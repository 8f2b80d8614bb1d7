//! The sequences section of a compressed block (RFC 8878, 3.1.1.3.2) and what sequences do (3.1.1.4).

use super::bits::Bits;
use super::copy::{self, SLACK};
use super::tables::Tables;

/// Number_of_Sequences and, where there are any, the byte of modes.
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

/// What comes before the output that a match may be copied from.
#[derive(Clone, Copy)]
pub(super) struct History<'a> {
    /// Where in the output the history starts.
    pub(super) start: usize,
    /// What comes before that.
    pub(super) dictionary: &'a [u8],
}

/// Decodes the sequences of one block and carries them out.
pub(super) struct Sequences<'a> {
    bits: Bits<'a>,
    /// Where the bit stream starts.
    start: usize,
    tables: &'a Tables,
    /// States of literals length, offset and match length.
    states: [u32; 3],
    /// How many sequences are left to decode.
    left: u32,
    /// A sequence that was decoded when there was no room for it.
    pending: Option<Sequence>,
    literals: &'a [u8],
    literals_len: usize,
    /// How many literals were used.
    literals_at: usize,
    history: History<'a>,
}

impl<'a> Sequences<'a> {
    /// `count` sequences in the bit stream `source[start..end]`; `literals` goes on for [`SLACK`] bytes after
    /// the first `literals_len`.
    pub(super) fn new(
        (source, start, end): (&'a [u8], usize, usize),
        count: u32,
        tables: &'a Tables,
        literals: &'a [u8],
        literals_len: usize,
        history: History<'a>,
    ) -> Option<Self> {
        let mut bits = Bits::new(source, start, end)?;
        let states = [
            bits.read(tables.literals_length.accuracy),
            bits.read(tables.offset.accuracy),
            bits.read(tables.match_length.accuracy),
        ];
        Some(Self {
            bits,
            start,
            tables,
            states,
            left: count,
            pending: None,
            literals,
            literals_len,
            literals_at: 0,
            history,
        })
    }

    /// Carries out sequences from `at` of the output on, as long as there is room for them and [`SLACK`].
    /// Returns where the output ends, and where the next sequence would end that there is no room for.
    pub(super) fn run(
        &mut self,
        output: &mut [u8],
        repeats: &mut [u32; 3],
        mut at: usize,
    ) -> Result<(usize, Option<usize>), &'static str> {
        const OUTSIDE: &str = "a match within the output and the dictionary";
        let room = output.len().saturating_sub(SLACK);
        let (tables, history) = (self.tables, self.history);
        let (literals, literals_len) = (self.literals, self.literals_len);
        let mut literals_at = self.literals_at;
        let mut bits = self.bits;
        let [mut literals_state, mut offset_state, mut match_state] = self.states;
        let [mut first, mut second, mut third] = *repeats;
        let mut left = self.left;
        let mut pending = self.pending.take();
        loop {
            let sequence = if let Some(sequence) = pending.take() {
                sequence
            } else if left == 0 {
                break;
            } else {
                left -= 1;
                let literals_entry = tables.literals_length.get(literals_state);
                let offset_entry = tables.offset.get(offset_state);
                let match_entry = tables.match_length.get(match_state);
                bits.refill();
                // At most 31 and 16 bits of the 57.
                let value = offset_entry.base.wrapping_add(bits.read(offset_entry.extra));
                let len = match_entry.base + bits.read(match_entry.extra);
                // The rest takes at most 16 + 9 + 9 + 8 bits.
                if offset_entry.extra + match_entry.extra + literals_entry.extra > 30 {
                    bits.refill();
                }
                let literals = literals_entry.base + bits.read(literals_entry.extra);
                if left != 0 {
                    literals_state =
                        u32::from(literals_entry.next) + bits.read(literals_entry.bits);
                    match_state = u32::from(match_entry.next) + bits.read(match_entry.bits);
                    offset_state = u32::from(offset_entry.next) + bits.read(offset_entry.bits);
                }
                let offset;
                if offset_entry.extra > 1 {
                    offset = value.wrapping_sub(3);
                    (third, second, first) = (second, first, offset);
                } else {
                    // 3.1.1.5: the repeated offsets, one further where there are no literals.
                    match value.wrapping_sub(1) + u32::from(literals == 0) {
                        0 => offset = first,
                        1 => {
                            offset = second;
                            (second, first) = (first, offset);
                        }
                        index => {
                            offset = if index == 2 { third } else { first.wrapping_sub(1) };
                            (third, second, first) = (second, first, offset);
                        }
                    }
                }
                Sequence { literals: literals as usize, offset: offset as usize, len: len as usize }
            };

            let match_at = at + sequence.literals;
            let end = match_at + sequence.len;
            let literals_end = literals_at + sequence.literals;
            if literals_end > literals_len {
                return Err("no more literals in sequences than the block has");
            }
            if end > room {
                pending = Some(sequence);
                break;
            }
            copy::literals(output, at, literals, literals_at, sequence.literals);
            literals_at = literals_end;
            let available = match_at.wrapping_sub(history.start);
            // An offset of 0 is the largest of all.
            if sequence.offset.wrapping_sub(1) < available {
                copy::repeat(output, match_at, sequence.offset, sequence.len);
            } else {
                let before = sequence.offset.wrapping_sub(available);
                if sequence.offset == 0 || before > history.dictionary.len() {
                    return Err(OUTSIDE);
                }
                copy_from_dictionary(output, match_at, history, before, sequence.len);
            }
            at = end;
        }
        let needed = pending.map(|sequence| at + sequence.literals + sequence.len);
        self.pending = pending;
        self.left = left;
        self.states = [literals_state, offset_state, match_state];
        self.bits = bits;
        self.literals_at = literals_at;
        *repeats = [first, second, third];
        Ok((at, needed))
    }

    /// After the last sequence: the literals that are left. `None` where the bit stream does not end here.
    pub(super) fn finish(&self) -> Option<&'a [u8]> {
        self.bits
            .is_at(self.start)
            .then(|| self.literals.get(self.literals_at..self.literals_len).unwrap_or_default())
    }
}

/// A match that starts `before` bytes before the history, in the dictionary, and may end in the output.
#[cold]
fn copy_from_dictionary(
    output: &mut [u8],
    at: usize,
    history: History<'_>,
    before: usize,
    len: usize,
) {
    let tail = history.dictionary.len().saturating_sub(before);
    let tail = history.dictionary.get(tail..).unwrap_or_default();
    let tail = tail.get(..len).unwrap_or(tail);
    if let Some(target) = output.get_mut(at..at + tail.len()) {
        target.copy_from_slice(tail);
    }
    for i in 0..len - tail.len() {
        let byte = output.get(history.start + i).copied().unwrap_or_default();
        if let Some(target) = output.get_mut(at + tail.len() + i) {
            *target = byte;
        }
    }
}
