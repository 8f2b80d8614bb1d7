//! Binary trees: the positions of each hash sorted by their content, so that one way down from the newest finds longer
//! and longer matches.

use super::lazy::{Match, Search};
use super::{Hash, Span, common, read64};
use crate::encode::params::Params;

/// Within longer matches positions are left out.
const LONG_MATCH: usize = 384;

pub(super) struct Tree<'a> {
    heads: &'a mut [u32],
    /// Two children for each position: smaller and larger content.
    nodes: &'a mut [u32],
    hash: Hash,
    attempts: u32,
    mask: u32,
    /// The first position that is not entered yet.
    pub(super) next: usize,
}

/// The hash of the heads.
pub(super) fn hash_of(params: &Params) -> Hash {
    Hash::new(params.min_match.clamp(4, 6), params.hash_log)
}

impl<'a> Tree<'a> {
    pub(super) fn new(
        heads: &'a mut [u32],
        nodes: &'a mut [u32],
        params: &Params,
        next: usize,
    ) -> Self {
        let hash = hash_of(params);
        let mask = (nodes.len() / 2) as u32 - 1;
        Self { heads, nodes, hash, attempts: 1 << params.search_log, mask, next }
    }

    /// Enters all positions before `at`.
    pub(super) fn update(&mut self, span: &Span<'_>, at: usize) {
        let mut position = self.next;
        while position < at {
            position += self.walk(span, position, usize::MAX, |_| {});
        }
        // A step may lead past `at`, over a repetition that nobody has used yet: it is looked for there all the same.
        self.next = self.next.max(at);
    }

    /// Enters position `at` and gives `found` every match longer than `longest` and than those before. Returns how many
    /// positions on the next one is worth entering.
    #[inline(always)]
    pub(super) fn walk(
        &mut self,
        span: &Span<'_>,
        at: usize,
        mut longest: usize,
        mut found: impl FnMut(Match),
    ) -> usize {
        let buf = span.buf;
        let index = span.index(at);
        let head = &mut self.heads[self.hash.of(read64(buf, at))];
        let mut candidate = *head;
        *head = index;
        let oldest = index.saturating_sub(self.mask);
        let lowest = span.lowest(at).max(1);
        let slot = |index: u32| 2 * (index & self.mask) as usize;
        // Where the next smaller and the next larger position go, and what they share with `at`.
        let mut smaller = Some(slot(index));
        let mut larger = Some(slot(index) + 1);
        let mut common_smaller = 0;
        let mut common_larger = 0;
        let mut end_index = index + 9;
        let mut deepest = 0;
        for _ in 0..self.attempts {
            if candidate < lowest || candidate >= index {
                break;
            }
            let source = span.position(candidate);
            let mut length = common_smaller.min(common_larger);
            length += common(buf, at + length, source + length, span.end);
            if length > deepest {
                deepest = length;
                end_index = end_index.max(candidate + length as u32);
            }
            if longest != usize::MAX && length > longest {
                longest = length;
                found(Match { length, distance: index - candidate });
            }
            if at + length >= span.end {
                // Neither smaller nor larger as far as can be seen: leave it out.
                break;
            }
            let children = slot(candidate);
            if buf[source + length] < buf[at + length] {
                if let Some(slot) = smaller {
                    self.nodes[slot] = candidate;
                }
                common_smaller = length;
                if candidate <= oldest {
                    smaller = None;
                    break;
                }
                smaller = Some(children + 1);
                candidate = self.nodes[children + 1];
            } else {
                if let Some(slot) = larger {
                    self.nodes[slot] = candidate;
                }
                common_larger = length;
                if candidate <= oldest {
                    larger = None;
                    break;
                }
                larger = Some(children);
                candidate = self.nodes[children];
            }
        }
        for slot in [smaller, larger].into_iter().flatten() {
            self.nodes[slot] = 0;
        }
        let skip = if deepest > LONG_MATCH { (deepest - LONG_MATCH).min(192) } else { 0 };
        skip.max((end_index - index - 8) as usize)
    }
}

impl Search for Tree<'_> {
    #[inline(always)]
    fn best(&mut self, span: &Span<'_>, at: usize, least: usize) -> Match {
        self.update(span, at);
        let mut best = Match { length: least - 1, distance: 0 };
        let skip = self.walk(span, at, 3, |found| {
            let price = |distance: u32| (distance + 1).ilog2();
            let more = 4 * (found.length - best.length.min(found.length));
            if found.length > best.length
                && (best.distance == 0
                    || price(found.distance) < price(best.distance) + more as u32)
            {
                best = found;
            }
        });
        self.next = at + skip;
        best
    }

    fn skip_to(&mut self, at: usize) {
        self.next = self.next.max(at);
    }
}
