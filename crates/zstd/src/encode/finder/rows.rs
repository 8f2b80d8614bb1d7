//! Rows: each hash has a row of 16, 32 or 64 places that are filled in turn, newest first. A byte of the hash stands
//! beside each place, so that one comparison of vectors leaves the few candidates that are worth a look.

use super::lazy::{Match, Search};
use super::simd::equal;
use super::{Hash, Span, common, read32, read64};
use crate::encode::params::Params;

/// After a long match only so many positions at its start and at its end are entered.
const LONG_GAP: usize = 384;
const GAP_START: usize = 96;
const GAP_END: usize = 32;

pub(super) struct Rows<'a> {
    /// For each row: in place 0 where the newest is, in the others a byte of its hash.
    tags: &'a mut [u8],
    indices: &'a mut [u32],
    hash: Hash,
    row_log: u32,
    attempts: u32,
    /// The first position that is not entered yet.
    next: usize,
}

/// 2^this places in a row.
pub(super) fn row_log(params: &Params) -> u32 {
    params.search_log.clamp(4, 6)
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        tags: &'a mut [u8],
        indices: &'a mut [u32],
        params: &Params,
        next: usize,
    ) -> Self {
        let row_log = row_log(params);
        let hash = Hash::new(params.min_match.clamp(4, 6), params.hash_log - row_log + 8);
        let attempts = 1 << params.search_log.min(row_log);
        Self { tags, indices, hash, row_log, attempts, next }
    }

    /// Enters a position under its hash.
    #[inline(always)]
    fn enter(&mut self, hash: usize, index: u32) {
        let row = (hash >> 8) << self.row_log;
        let mask = (1_usize << self.row_log) - 1;
        let Some(head) = self.tags.get_mut(row) else { return };
        let mut place = usize::from(*head).wrapping_sub(1) & mask;
        if place == 0 {
            place = mask;
        }
        *head = place as u8;
        if let Some(tag) = self.tags.get_mut(row + place) {
            *tag = hash as u8;
        }
        if let Some(slot) = self.indices.get_mut(row + place) {
            *slot = index;
        }
    }

    #[inline(always)]
    fn enter_all(&mut self, span: &Span<'_>, from: usize, to: usize) {
        for at in from..to {
            let hash = self.hash.of(read64(span.buf, at));
            self.enter(hash, span.index(at));
        }
    }
}

impl Search for Rows<'_> {
    #[inline(always)]
    fn best(&mut self, span: &Span<'_>, at: usize) -> Match {
        let buf = span.buf;
        if self.next < at {
            if at - self.next > LONG_GAP {
                self.enter_all(span, self.next, self.next + GAP_START);
                self.next = at - GAP_END;
            }
            self.enter_all(span, self.next, at);
        }
        self.next = at + 1;
        let hash = self.hash.of(read64(buf, at));
        let row = (hash >> 8) << self.row_log;
        let places = 1_u32 << self.row_log;
        let Some(tags) = self.tags.get(row..row + places as usize) else { return Match::NONE };
        let head = u32::from(tags[0]) & (places - 1);
        let mut mask = 0_u64;
        for (i, chunk) in tags.as_chunks::<16>().0.iter().enumerate() {
            mask |= u64::from(equal(chunk, hash as u8)) << (16 * i);
        }
        mask &= !1;
        // Newest first: the bit of the head comes to the lowest place.
        let keep = u64::MAX >> (64 - places);
        mask = ((mask >> head) | (mask << ((places - head) & 63))) & keep;
        let index = span.index(at);
        let lowest = span.lowest(at);
        let mut best = Match::NONE;
        let mut wanted = read32(buf, at);
        let mut tail = 0;
        let mut attempts = self.attempts;
        while mask != 0 && attempts > 0 {
            let place = (head + mask.trailing_zeros()) & (places - 1);
            mask &= mask - 1;
            attempts -= 1;
            let candidate = match self.indices.get(row + place as usize) {
                Some(&candidate) if candidate >= lowest => candidate,
                _ => break,
            };
            let source = span.position(candidate);
            // Only what agrees one byte past the best length can be longer.
            if read32(buf, source + tail) != wanted {
                continue;
            }
            let length = common(buf, at, source, span.end);
            if length > best.length {
                best = Match { length, distance: index - candidate };
                if at + length >= span.end {
                    break;
                }
                tail = length - 3;
                wanted = read32(buf, at + tail);
            }
        }
        self.enter(hash, index);
        best
    }

    fn skip_to(&mut self, at: usize) {
        self.next = self.next.max(at);
    }
}
