//! The fastest finder: one table of hashes, the first match taken.

use super::{Hash, Span, common, common_before, read32, read64};
use crate::encode::params::Params;
use crate::encode::store::Store;

/// After so many bytes without a match the step grows by one.
const STRIDE: usize = 128;

pub(super) fn block(
    table: &mut [u32],
    span: &Span<'_>,
    params: &Params,
    store: &mut Store,
) -> usize {
    let buf = span.buf;
    let hash = Hash::new(params.min_match, params.hash_log);
    let low = span.lowest_of_block();
    let floor = span.position(low);
    let first_step = params.target_length.max(1) as usize + 1;
    if buf.len() < 16 || span.end > buf.len() {
        // Never so; said here, it need not be asked at every read.
        return span.start;
    }
    let limit = span.end - 8;
    let mut anchor = span.start;
    let mut at = span.start.max(floor + 1);
    let farthest = span.index(at) - low;
    // A distance of 1 is as good a guess as any where history has none that is allowed.
    let mut near = store.offsets[0];
    let mut far = store.offsets[1];
    if near.wrapping_sub(1) >= farthest {
        near = 1;
    }
    if far.wrapping_sub(1) >= farthest {
        far = 1;
    }
    loop {
        let mut step = first_step;
        let mut stride_end = at + STRIDE;
        if at + step > limit {
            return anchor;
        }
        let mut word = read64(buf, at);
        let start;
        // The match: where it starts, from how far back.
        let (found, distance) = loop {
            let ahead = at + step;
            if ahead > limit {
                return anchor;
            }
            let word_ahead = read64(buf, ahead);
            let index = span.index(at);
            let slot = &mut table[hash.of(word)];
            let candidate = *slot;
            *slot = index;
            if word_ahead as u32 == read32(buf, ahead - near as usize) {
                table[hash.of(word >> 8)] = index + 1;
                start = at;
                break (ahead, near);
            }
            if candidate >= low && word as u32 == read32(buf, span.position(candidate)) {
                table[hash.of(word >> 8)] = index + 1;
                start = at;
                break (at, index - candidate);
            }
            let word_next = word >> 8;
            let slot = &mut table[hash.of(word_next)];
            let candidate = *slot;
            *slot = index + 1;
            if candidate >= low && word_next as u32 == read32(buf, span.position(candidate)) {
                if step <= 4 {
                    table[hash.of(word_ahead)] = span.index(ahead);
                }
                start = at + 1;
                break (at + 1, index + 1 - candidate);
            }
            at = ahead;
            word = word_ahead;
            if at >= stride_end {
                step += 1;
                stride_end += STRIDE;
            }
        };
        let source = found - distance as usize;
        let length = 4 + common(buf, found + 4, source + 4, span.end);
        let back = common_before(buf, found, source, anchor, floor);
        store.push(buf, anchor, found - back - anchor, distance, length + back);
        if distance != near {
            far = near;
            near = distance;
        }
        at = found + length;
        anchor = at;
        if at > limit {
            return anchor;
        }
        table[hash.of(read64(buf, start + 2))] = span.index(start + 2);
        table[hash.of(read64(buf, at - 2))] = span.index(at - 2);
        while at <= limit {
            let word = read64(buf, at);
            if word as u32 != read32(buf, at - far as usize) {
                break;
            }
            let length = 4 + common(buf, at + 4, at + 4 - far as usize, span.end);
            (near, far) = (far, near);
            table[hash.of(word)] = span.index(at);
            store.push(buf, anchor, 0, near, length);
            at += length;
            anchor = at;
        }
    }
}
