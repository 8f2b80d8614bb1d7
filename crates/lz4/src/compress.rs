//! Encoding of one block: the greedy search of LZ4's fast mode, over a table of the last place of each hash.

use alloc::boxed::Box;
use alloc::collections::TryReserveError;
use alloc::vec::Vec;

use crate::copy::{SLACK, copy, grow, load, store};

/// How far back a match may reach.
pub(crate) const WINDOW: usize = 65_535;
/// A block ends with this many literals at least (block format, "End of block conditions").
const LAST_LITERALS: usize = 5;
/// The last match starts this far before the end at least.
const LAST_MATCH: usize = 12;
const MIN_MATCH: usize = 4;
/// 2^13 places are 16 KiB, which leaves room in the first level of a cache. 2^14: source code and logs 2 % faster, machine code
/// 12 % slower.
const BITS: u32 = 13;
const SLOTS: usize = 1 << BITS;
/// After this many misses, as a power of two, the search steps over one byte more each time. 6: machine code takes 7 %
/// longer and gets 0.6 % smaller; what repeats more does not differ.
const PATIENCE: u32 = 5;

/// The places of the last occurrence of each hash, kept from block to block and from input to input.
///
/// A place is stored as `base + place` modulo 2^16, one more than a match can reach: whatever is stored is a distance to look
/// at, and what is not there, or not the same any more, shows in the comparison. Inputs that end below 2^16 follow each
/// other without clearing: what is left of one is before the start of the next.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    slots: Box<[u16; SLOTS]>,
    /// Not 0, which is what empty slots hold.
    base: usize,
    /// How long the last view was.
    used: usize,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self { slots: Box::new([0; SLOTS]), base: 1, used: 0 }
    }

    /// Says that place `by` is called place 0 from now on.
    pub(crate) fn shift(&mut self, by: usize) {
        self.base = self.base.wrapping_add(by);
    }

    /// Starts an input of so many bytes, which cannot refer to what was before.
    pub(crate) fn start(&mut self, bytes: usize) {
        self.base = self.base.saturating_add(self.used);
        self.used = 0;
        if self.base.saturating_add(bytes) > usize::from(u16::MAX) {
            self.slots.fill(0);
            self.base = 1;
        }
    }

    /// Compresses `view[start..]` into one block, appended to `output`; what is before `start` may be referred to.
    ///
    /// False, with `output` as before, where the block would make `output` longer than `most`. A view has less than
    /// 2 GiB.
    pub(crate) fn block(
        &mut self,
        view: &[u8],
        start: usize,
        output: &mut Vec<u8>,
        most: usize,
    ) -> Result<bool, TryReserveError> {
        self.used = view.len();
        let before = output.len();
        let mut writer = Writer { written: before, most };
        let fits = self.search(view, start, output, &mut writer)?;
        output.truncate(if fits { writer.written } else { before });
        Ok(fits)
    }

    fn search(
        &mut self,
        view: &[u8],
        start: usize,
        output: &mut Vec<u8>,
        writer: &mut Writer,
    ) -> Result<bool, TryReserveError> {
        let end = view.len();
        let base = self.base;
        let slots = &mut *self.slots;
        let mut anchor = start;
        let mut at = start;
        // Where the last match may end.
        let last_end = end.saturating_sub(LAST_LITERALS);
        'sequences: loop {
            let mut misses = 1 << PATIENCE;
            let mut rest = view.get(at..).unwrap_or_default();
            let (mut from, distance, mut at_match) = loop {
                // As many bytes as have to be left where a match starts.
                let Some(next) = rest.first_chunk::<LAST_MATCH>() else { break 'sequences };
                let word = u64::from_le_bytes(load(next, 0));
                let at = end - rest.len();
                let slot = &mut slots[hash(word)];
                let place = base.wrapping_add(at) as u16;
                let distance = usize::from(place.wrapping_sub(*slot));
                *slot = place;
                if distance != 0 {
                    let from = at.wrapping_sub(distance);
                    if let Some(there) = view.get(from..).and_then(|view| view.first_chunk())
                        && u32::from_le_bytes(*there) == word as u32
                    {
                        break (from, distance, at);
                    }
                }
                let step = misses >> PATIENCE;
                misses += 1;
                let Some(further) = rest.get(step..) else { break 'sequences };
                rest = further;
            };
            let to =
                at_match + MIN_MATCH + same(view, at_match + MIN_MATCH, from + MIN_MATCH, last_end);
            while at_match > anchor && from > 0 && view[at_match - 1] == view[from - 1] {
                at_match -= 1;
                from -= 1;
            }
            if !writer.sequence(view, anchor, at_match, distance, to - at_match, output)? {
                return Ok(false);
            }
            if let Some(next) = view.get(to - 2..).and_then(|rest| rest.first_chunk()) {
                let slot = &mut slots[hash(u64::from_le_bytes(*next))];
                *slot = base.wrapping_add(to - 2) as u16;
            }
            at = to;
            anchor = to;
        }
        writer.last(view, anchor, output)
    }
}

/// Of the first five bytes: a match of four is barely worth its sequence.
#[inline]
fn hash(word: u64) -> usize {
    ((word << 24).wrapping_mul(0xCF_1BBC_DCBB) >> (64 - BITS)) as usize & (SLOTS - 1)
}

/// How many bytes from `at` on are the same as from `from` on, before `end`.
#[inline]
fn same(view: &[u8], at: usize, from: usize, end: usize) -> usize {
    let (Some(mut left), Some(mut right)) = (view.get(at..end), view.get(from..)) else { return 0 };
    let most = left.len();
    while let (Some((ours, next)), Some((theirs, further))) =
        (left.split_first_chunk::<8>(), right.split_first_chunk::<8>())
    {
        let differing = u64::from_le_bytes(*ours) ^ u64::from_le_bytes(*theirs);
        if differing != 0 {
            return most - left.len() + (differing.trailing_zeros() / 8) as usize;
        }
        (left, right) = (next, further);
    }
    let tail = left.iter().zip(right).take_while(|(ours, theirs)| ours == theirs).count();
    most - left.len() + tail
}

/// Where the next sequence goes.
struct Writer {
    written: usize,
    most: usize,
}

impl Writer {
    /// Writes the literals `view[anchor..at]` and a match; false where that is too much.
    #[inline]
    fn sequence(
        &mut self,
        view: &[u8],
        anchor: usize,
        at: usize,
        distance: usize,
        len: usize,
        output: &mut Vec<u8>,
    ) -> Result<bool, TryReserveError> {
        let literals = at - anchor;
        let extra = len - MIN_MATCH;
        // A byte for each 255 of a length, and then some.
        let needed = literals + (literals + extra) / 128 + 8 + SLACK;
        if output.len() - self.written < needed {
            if self.written > self.most {
                return Ok(false);
            }
            grow(output, self.written, needed, view.len() - anchor + 64)?;
        }
        let bytes = output.as_mut_slice();
        let token_at = self.written;
        let mut to = token_at + 1;
        let token = if literals < 15 {
            // A match is never in the last bytes, so 16 can be read.
            if anchor + 16 <= view.len() {
                store::<16>(bytes, to, load(view, anchor));
            } else {
                copy(view, anchor, bytes, to, literals);
            }
            literals << 4
        } else {
            to = length(bytes, to, literals - 15);
            copy(view, anchor, bytes, to, literals);
            15 << 4
        };
        to += literals;
        store(bytes, to, (distance as u16).to_le_bytes());
        to += 2;
        bytes[token_at] = (token | extra.min(15)) as u8;
        if extra >= 15 {
            to = length(bytes, to, extra - 15);
        }
        self.written = to;
        Ok(true)
    }

    /// Writes the last literals of a block.
    fn last(
        &mut self,
        view: &[u8],
        anchor: usize,
        output: &mut Vec<u8>,
    ) -> Result<bool, TryReserveError> {
        let literals = view.len() - anchor;
        let needed = 1 + literals + if literals < 15 { 0 } else { (literals - 15) / 255 + 1 };
        if self.most.saturating_sub(self.written) < needed {
            return Ok(false);
        }
        if output.len() - self.written < needed + SLACK {
            grow(output, self.written, needed + SLACK, 0)?;
        }
        let bytes = output.as_mut_slice();
        bytes[self.written] = (literals.min(15) << 4) as u8;
        let mut to = self.written + 1;
        if literals >= 15 {
            to = length(bytes, to, literals - 15);
        }
        copy(view, anchor, bytes, to, literals);
        self.written = to + literals;
        Ok(true)
    }
}

/// Writes what a length has beyond 15; gives back where it ends.
#[inline]
fn length(bytes: &mut [u8], mut at: usize, mut rest: usize) -> usize {
    while rest >= 255 {
        bytes[at] = 255;
        at += 1;
        rest -= 255;
    }
    bytes[at] = rest as u8;
    at + 1
}
