//! Greedy and lazy parsing: the best match at a position, unless one or two positions on there is a better one.

use super::{Span, common, common_before, read32};
use crate::encode::store::Store;

/// A match; length 0 where there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) length: usize,
    pub(super) distance: u32,
}

impl Match {
    pub(super) const NONE: Self = Self { length: 0, distance: 0 };
}

/// Where candidates come from.
pub(super) trait Search {
    /// Enters everything up to `at` and returns the longest match there of `least` (at least 4) bytes or more; where there
    /// is none, something shorter that is of no use.
    fn best(&mut self, span: &Span<'_>, at: usize, least: usize) -> Match;

    /// Leaves out what is not entered yet before `at`.
    fn skip_to(&mut self, at: usize);
}

/// With so many literals on end, steps become longer; from this step on what is stepped over is not entered.
const STEP_SHIFT: u32 = 8;
const LONG_STEP: usize = 8;

/// Bits of an offset value: what a match costs more the farther it reaches back.
#[inline(always)]
fn bits(value: u32) -> i32 {
    (value | 1).ilog2().cast_signed()
}

/// What a length is worth beside the bits of an offset; no match is longer than a block.
#[inline(always)]
fn score(length: usize, weight: i32) -> i32 {
    (length as u32).cast_signed() * weight
}

/// `depth` is how many positions on a better match is looked for.
pub(super) fn block<S: Search>(
    search: &mut S,
    span: &Span<'_>,
    depth: u32,
    store: &mut Store,
) -> usize {
    let buf = span.buf;
    let low = span.lowest_of_block();
    let floor = span.position(low);
    if buf.len() < 16 || span.end > buf.len() {
        // Never so; said here, it need not be asked at every read.
        return span.start;
    }
    let limit = span.end - 8;
    let mut anchor = span.start;
    let mut at = span.start.max(floor + 1);
    let farthest = span.index(at) - low;
    let mut near = store.offsets[0];
    let mut far = store.offsets[1];
    if near.wrapping_sub(1) >= farthest {
        near = 1;
    }
    if far.wrapping_sub(1) >= farthest {
        far = 1;
    }
    // The length of a match at the last offset; 0 or at least 4.
    let repeat = |at: usize, distance: u32| {
        let source = at - distance as usize;
        if read32(buf, at) == read32(buf, source) {
            4 + common(buf, at + 4, source + 4, span.end)
        } else {
            0
        }
    };
    while at < limit {
        // The best so far: where, how long, from where, and the bits of its offset.
        let mut start = at + 1;
        let mut length = repeat(start, near);
        let mut distance = near;
        let mut price = 0;
        if depth > 0 || length == 0 {
            let found = search.best(span, at, 4.max(length + 1));
            if found.length >= 4 && found.length > length {
                start = at;
                length = found.length;
                distance = found.distance;
                price = bits(distance + 3);
            }
        }
        if length < 4 {
            let step = ((at - anchor) >> STEP_SHIFT) + 1;
            at += step;
            if step > LONG_STEP {
                search.skip_to(at);
            }
            continue;
        }
        // How much better a match has to be: (repeated, other) one and two positions on.
        let mut ahead = 0;
        while ahead < depth && at < limit {
            ahead += 1;
            at += 1;
            let (weight, bonus) = if ahead == 1 { (3, 4) } else { (4, 7) };
            let again = repeat(at, near);
            if again > 0 && score(again, weight) > score(length, weight) - price + 1 {
                length = again;
                distance = near;
                price = 0;
                start = at;
            }
            // An offset takes two bits at the least.
            let worth = (score(length, 4) - price + bonus + 2) / 4 + 1;
            let least = usize::try_from(worth).unwrap_or(0).max(4);
            let found = search.best(span, at, least);
            if found.length >= least {
                let other = bits(found.distance + 3);
                if score(found.length, 4) - other > score(length, 4) - price + bonus {
                    length = found.length;
                    distance = found.distance;
                    price = other;
                    start = at;
                    ahead = 0;
                }
            }
        }
        if distance != near {
            let back = common_before(buf, start, start - distance as usize, anchor, floor);
            start -= back;
            length += back;
            far = near;
            near = distance;
        }
        store.push(buf, anchor, start - anchor, distance, length);
        at = start + length;
        anchor = at;
        while at <= limit {
            let length = repeat(at, far);
            if length == 0 {
                break;
            }
            (near, far) = (far, near);
            store.push(buf, anchor, 0, near, length);
            at += length;
            anchor = at;
        }
    }
    anchor
}
