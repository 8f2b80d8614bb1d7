//! Hash chains: positions of equal hash, each pointing to the one before.

use super::lazy::{Match, Search};
use super::{Hash, Span, common, read32, read64};
use crate::encode::params::Params;

pub(super) struct Chains<'a> {
    heads: &'a mut [u32],
    chain: &'a mut [u32],
    hash: Hash,
    attempts: u32,
    /// The first position that is not entered yet.
    next: usize,
}

/// The hash of the heads.
pub(super) fn hash_of(params: &Params) -> Hash {
    Hash::new(params.min_match.clamp(4, 6), params.hash_log)
}

impl<'a> Chains<'a> {
    pub(super) fn new(
        heads: &'a mut [u32],
        chain: &'a mut [u32],
        params: &Params,
        next: usize,
    ) -> Self {
        let hash = hash_of(params);
        Self { heads, chain, hash, attempts: 1 << params.search_log, next }
    }

    /// Enters all positions up to `end`.
    pub(super) fn load(mut self, span: &Span<'_>, end: usize) {
        self.enter(span, end);
    }

    #[inline(always)]
    fn enter(&mut self, span: &Span<'_>, end: usize) {
        let mask = self.chain.len() - 1;
        for position in self.next..end {
            let index = span.index(position);
            let head = &mut self.heads[self.hash.of(read64(span.buf, position))];
            self.chain[index as usize & mask] = *head;
            *head = index;
        }
        self.next = self.next.max(end);
    }
}

impl Search for Chains<'_> {
    #[inline(always)]
    fn best(&mut self, span: &Span<'_>, at: usize, least: usize) -> Match {
        let buf = span.buf;
        let mask = self.chain.len() - 1;
        self.enter(span, at + 1);
        let index = span.index(at);
        // Older links have been written over.
        let lowest = span.lowest(at).max(index.saturating_sub(mask as u32));
        let mut best = Match { length: least - 1, distance: 0 };
        if at + least > span.end {
            return best;
        }
        let mut tail = best.length - 3;
        let mut wanted = read32(buf, at + tail);
        let mut candidate = self.chain[index as usize & mask];
        for _ in 0..self.attempts {
            if candidate < lowest || candidate >= index {
                break;
            }
            let source = span.position(candidate);
            if read32(buf, source + tail) == wanted {
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
            candidate = self.chain[candidate as usize & mask];
        }
        best
    }

    fn skip_to(&mut self, at: usize) {
        self.next = self.next.max(at);
    }
}
