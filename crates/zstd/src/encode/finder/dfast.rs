//! Two tables: hashes of eight bytes for long matches, of a few for the others.

use super::{Hash, Span, common, common_before, read32, read64};
use crate::encode::params::Params;
use crate::encode::store::Store;

/// After so many bytes without a match the step grows by one.
const STRIDE: usize = 256;

#[expect(clippy::too_many_lines, reason = "one loop whose state stays in registers")]
pub(super) fn block(
    long: &mut [u32],
    short: &mut [u32],
    span: &Span<'_>,
    params: &Params,
    store: &mut Store,
) -> usize {
    let buf = span.buf;
    let hash_long = Hash::new(8, params.hash_log);
    let hash_short = Hash::new(params.min_match, params.chain_log);
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
    loop {
        let mut step = 1;
        let mut stride_end = at + STRIDE;
        if at + step > limit {
            return anchor;
        }
        let mut word = read64(buf, at);
        let mut candidate_long = long[hash_long.of(word)];
        let start;
        let (found, distance, length) = loop {
            let ahead = at + step;
            if ahead > limit {
                return anchor;
            }
            let index = span.index(at);
            long[hash_long.of(word)] = index;
            let slot = &mut short[hash_short.of(word)];
            let candidate_short = *slot;
            *slot = index;
            let next = (word >> 8) as u32;
            if next == read32(buf, at + 1 - near as usize) {
                start = at;
                let source = at + 1 - near as usize;
                break (at + 1, near, 4 + common(buf, at + 5, source + 4, span.end));
            }
            if candidate_long >= low {
                let source = span.position(candidate_long);
                if read64(buf, source) == word {
                    start = at;
                    if step < 4 {
                        long[hash_long.of(read64(buf, ahead))] = span.index(ahead);
                    }
                    let length = 8 + common(buf, at + 8, source + 8, span.end);
                    break (at, index - candidate_long, length);
                }
            }
            let word_ahead = read64(buf, ahead);
            let candidate_ahead = long[hash_long.of(word_ahead)];
            if candidate_short >= low {
                let source = span.position(candidate_short);
                if read32(buf, source) == word as u32 {
                    start = at;
                    if step < 4 {
                        long[hash_long.of(word_ahead)] = span.index(ahead);
                    }
                    let length = 4 + common(buf, at + 4, source + 4, span.end);
                    if candidate_ahead >= low {
                        let source = span.position(candidate_ahead);
                        if read64(buf, source) == word_ahead {
                            let longer = 8 + common(buf, ahead + 8, source + 8, span.end);
                            if longer > length {
                                break (ahead, span.index(ahead) - candidate_ahead, longer);
                            }
                        }
                    }
                    break (at, index - candidate_short, length);
                }
            }
            if ahead >= stride_end {
                step += 1;
                stride_end += STRIDE;
            }
            at = ahead;
            word = word_ahead;
            candidate_long = candidate_ahead;
        };
        let back = common_before(buf, found, found - distance as usize, anchor, floor);
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
        let word = read64(buf, start + 2);
        let index = span.index(start + 2);
        long[hash_long.of(word)] = index;
        short[hash_short.of(word)] = index;
        let word = read64(buf, at - 2);
        let index = span.index(at - 2);
        long[hash_long.of(word)] = index;
        short[hash_short.of(word >> 8)] = index + 1;
        while at <= limit {
            let word = read64(buf, at);
            if word as u32 != read32(buf, at - far as usize) {
                break;
            }
            let length = 4 + common(buf, at + 4, at + 4 - far as usize, span.end);
            (near, far) = (far, near);
            let index = span.index(at);
            long[hash_long.of(word)] = index;
            short[hash_short.of(word)] = index;
            store.push(buf, anchor, 0, near, length);
            at += length;
            anchor = at;
        }
    }
}
