//! Rows: each hash has a row of 16, 32 or 64 places that are filled in turn, newest first. A byte of the hash stands
//! beside each place, so that one comparison of vectors leaves the few candidates that are worth a look.

use super::lazy::{Match, Search};
use super::simd::equal;
use super::{Hash, Span, common, read32, read64};
use crate::encode::params::Params;

/// After a long match only so many positions at its start and at its end are entered.
const LONG_GAP: usize = 64;
const GAP_START: usize = 16;
const GAP_END: usize = 32;

pub(super) struct Rows<'a> {
    /// For each row: in place 0 where the newest is, in the others a byte of the hash.
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

/// The hash whose lowest byte is the tag and the rest the row.
pub(super) fn hash_of(params: &Params) -> Hash {
    Hash::new(params.min_match.clamp(4, 6), params.hash_log - row_log(params) + 8)
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        tags: &'a mut [u8],
        indices: &'a mut [u32],
        params: &Params,
        span: &Span<'_>,
    ) -> Self {
        let row_log = row_log(params);
        let hash = hash_of(params);
        let attempts = 1 << params.search_log.min(row_log);
        Self { tags, indices, hash, row_log, attempts, next: span.start }
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

    /// Enters all positions up to `end`.
    pub(super) fn load(mut self, span: &Span<'_>, end: usize) {
        self.enter_some(span, self.next, end);
    }

    #[inline(never)]
    fn enter_all(&mut self, span: &Span<'_>, to: usize) {
        let mut from = self.next;
        if to - from > LONG_GAP {
            self.enter_some(span, from, from + GAP_START);
            from = to - GAP_END;
        }
        self.enter_some(span, from, to);
    }

    #[inline(always)]
    fn enter_some(&mut self, span: &Span<'_>, from: usize, to: usize) {
        for at in from..to {
            let hash = self.hash.of(read64(span.buf, at));
            self.enter(hash, span.index(at));
        }
    }
}

impl Search for Rows<'_> {
    #[inline(always)]
    fn best(&mut self, span: &Span<'_>, at: usize, least: usize) -> Match {
        if self.next < at {
            self.enter_all(span, at);
        }
        self.next = at + 1;
        let hash = self.hash.of(read64(span.buf, at));
        let row = (hash >> 8) << self.row_log;
        let places = 1_usize << self.row_log;
        let Some(tags) = self.tags.get(row..row + places) else { return Match::NONE };
        let head = usize::from(tags[0]) & (places - 1);
        let mut mask = 0_u64;
        for (i, tags) in tags.as_chunks::<16>().0.iter().enumerate() {
            mask |= u64::from(equal(tags, hash as u8)) << (16 * i);
        }
        mask &= !1;
        let best = match self.indices.get(row..row + places) {
            Some(row) if mask != 0 => look(span, row, head, mask, self.attempts, at, least),
            _ => Match::NONE,
        };
        self.enter(hash, span.index(at));
        best
    }

    fn skip_to(&mut self, at: usize) {
        self.next = self.next.max(at);
    }
}

/// Compares the candidates of `mask`, newest first, and returns the longest match of `least` bytes or more.
#[inline(never)]
fn look(
    span: &Span<'_>,
    row: &[u32],
    head: usize,
    mask: u64,
    mut attempts: u32,
    at: usize,
    least: usize,
) -> Match {
    let buf = span.buf;
    let places = row.len();
    // The bit of the head comes to the lowest place.
    let keep = u64::MAX >> (64 - places);
    let mut mask = ((mask >> head) | (mask << ((places - head) & 63))) & keep;
    let index = span.index(at);
    let lowest = span.lowest(at);
    let mut best = Match { length: least - 1, distance: 0 };
    if at + least > span.end {
        return best;
    }
    let mut tail = best.length - 3;
    let mut wanted = read32(buf, at + tail);
    // Reading at a distance before here.
    let base = span.base.wrapping_sub(tail as u32);
    let mut base = base;
    while mask != 0 && attempts > 0 {
        let place = (head + mask.trailing_zeros() as usize) & (places - 1);
        mask &= mask - 1;
        attempts -= 1;
        let candidate = row[place];
        if candidate < lowest {
            break;
        }
        // Only what agrees one byte past the best length can be longer.
        if read32(buf, candidate.wrapping_sub(base) as usize) != wanted {
            continue;
        }
        let length = common(buf, at, span.position(candidate), span.end);
        if length > best.length {
            best = Match { length, distance: index - candidate };
            if at + length >= span.end {
                break;
            }
            tail = length - 3;
            base = span.base.wrapping_sub(tail as u32);
            wanted = read32(buf, at + tail);
        }
    }
    best
}
