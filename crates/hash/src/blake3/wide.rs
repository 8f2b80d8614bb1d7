//! The compression function on four blocks at once, a lane each.

use bytemill_simd::U32x4;

use super::Key;
use super::compress::{IV, Value, flag};
use crate::block::{BLOCK_LEN, Block, columns};

/// Four chaining values: vector `i` holds word `i` of each.
pub(super) type Wide = [U32x4; 8];
/// A chunk is sixteen blocks.
pub(super) type Chunk = [Block; 16];
/// Four chunks: what the lanes work on together.
pub(super) type Group = [Chunk; 4];
/// Length of a chunk in bytes.
pub(super) const CHUNK_LEN: usize = 1024;
/// The last block of a whole chunk.
const LAST_BLOCK: usize = 15;
/// Length of four chunks in bytes.
pub(super) const GROUP_LEN: usize = 4 * CHUNK_LEN;

/// The whole groups of an input, and its rest.
pub(super) fn groups(input: &[u8]) -> (&[Group], &[u8]) {
    let (groups, rest) = input.as_chunks::<GROUP_LEN>();
    let quarters = groups.as_flattened().as_chunks::<16>().0;
    (quarters.as_chunks::<4>().0.as_chunks::<16>().0.as_chunks::<4>().0, rest)
}

/// Which word of the message each step of each round takes: table 2, applied again and again.
const SCHEDULE: [[usize; 16]; 7] = {
    const PERMUTATION: [usize; 16] = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
    let mut rounds = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]; 7];
    let mut round = 1;
    while round < 7 {
        let mut word = 0;
        while word < 16 {
            rounds[round][word] = rounds[round - 1][PERMUTATION[word]];
            word += 1;
        }
        round += 1;
    }
    rounds
};

/// The function G.
#[inline(always)]
fn quarter(v: &mut [U32x4; 16], [a, b, c, d]: [usize; 4], x: U32x4, y: U32x4) {
    v[a] = v[a].wrapping_add(x).wrapping_add(v[b]);
    v[d] = (v[d] ^ v[a]).rotate_right::<16>();
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right::<12>();
    v[a] = v[a].wrapping_add(y).wrapping_add(v[b]);
    v[d] = (v[d] ^ v[a]).rotate_right::<8>();
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right::<7>();
}

#[inline(always)]
fn round<const ROUND: usize>(v: &mut [U32x4; 16], m: &[U32x4; 16]) {
    let word = |step: usize| m[SCHEDULE[ROUND][step]];
    quarter(v, [0, 4, 8, 12], word(0), word(1));
    quarter(v, [1, 5, 9, 13], word(2), word(3));
    quarter(v, [2, 6, 10, 14], word(4), word(5));
    quarter(v, [3, 7, 11, 15], word(6), word(7));
    quarter(v, [0, 5, 10, 15], word(8), word(9));
    quarter(v, [1, 6, 11, 12], word(10), word(11));
    quarter(v, [2, 7, 8, 13], word(12), word(13));
    quarter(v, [3, 4, 9, 14], word(14), word(15));
}

/// What the lanes' blocks are besides their bytes.
pub(super) struct Metas {
    pub(super) counters: [U32x4; 2],
    pub(super) lens: U32x4,
    pub(super) flags: U32x4,
}

impl Metas {
    /// Counters that follow one another, whole blocks.
    pub(super) fn following(counter: u64, flags: u32) -> Self {
        let counters = [0, 1, 2, 3].map(|lane| counter.wrapping_add(lane));
        Self {
            counters: [
                U32x4::new(counters.map(|counter| counter as u32)),
                U32x4::new(counters.map(|counter| (counter >> 32) as u32)),
            ],
            lens: U32x4::splat(BLOCK_LEN as u32),
            flags: U32x4::splat(flags),
        }
    }
}

/// Seven rounds over four states; all sixteen words of each, before they are folded.
///
/// Unrolled: with the schedule in a table every word of the message would be found through memory twice.
#[inline(never)]
pub(super) fn rounds(value: &Wide, m: &[U32x4; 16], metas: &Metas) -> [U32x4; 16] {
    let h = value;
    let iv = |word: usize| U32x4::splat(IV[word]);
    let mut v = [
        h[0],
        h[1],
        h[2],
        h[3],
        h[4],
        h[5],
        h[6],
        h[7],
        iv(0),
        iv(1),
        iv(2),
        iv(3),
        metas.counters[0],
        metas.counters[1],
        metas.lens,
        metas.flags,
    ];
    round::<0>(&mut v, m);
    round::<1>(&mut v, m);
    round::<2>(&mut v, m);
    round::<3>(&mut v, m);
    round::<4>(&mut v, m);
    round::<5>(&mut v, m);
    round::<6>(&mut v, m);
    v
}

/// The next chaining values.
#[inline(always)]
pub(super) fn advance(value: &Wide, m: &[U32x4; 16], metas: &Metas) -> Wide {
    let v = rounds(value, m, metas);
    [0, 1, 2, 3, 4, 5, 6, 7].map(|word| v[word] ^ v[word + 8])
}

/// The same with a block for each lane. One copy: sorting four blocks into lanes alone is a kilobyte of code.
#[inline(never)]
pub(super) fn advance_blocks(value: &mut Wide, blocks: [&Block; 4], metas: &Metas) {
    *value = advance(value, &columns(blocks), metas);
}

/// The same chaining value in every lane.
pub(super) fn same(words: &[u32; 8]) -> Wide {
    words.map(U32x4::splat)
}

/// Chaining values of four whole chunks, section 2.4.
pub(super) fn leaves(group: &Group, key: &Key, counter: u64) -> Wide {
    let mut value = same(&key.words);
    let mut metas = Metas::following(counter, key.flags | flag::CHUNK_START);
    let [a, b, c, d] = group;
    for (index, (((a, b), c), d)) in a.iter().zip(b).zip(c).zip(d).enumerate() {
        if index == LAST_BLOCK {
            metas.flags = U32x4::splat(key.flags | flag::CHUNK_END);
        }
        advance_blocks(&mut value, [a, b, c, d], &metas);
        metas.flags = U32x4::splat(key.flags);
    }
    value
}

/// The four parents of eight neighbours, section 2.5.
pub(super) fn parents(left: &Wide, right: &Wide, key: &Key) -> Wide {
    let [mut firsts, mut seconds] = [*left; 2];
    for word in 0..8 {
        firsts[word] = U32x4::pick::<0, 2, 4, 6>(left[word], right[word]);
        seconds[word] = U32x4::pick::<1, 3, 5, 7>(left[word], right[word]);
    }
    let [a, b] = [firsts, seconds];
    let message = [
        a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], b[0], b[1], b[2], b[3], b[4], b[5], b[6],
        b[7],
    ];
    let mut metas = Metas::following(0, key.flags | flag::PARENT);
    metas.counters = [U32x4::splat(0); 2];
    advance(&same(&key.words), &message, &metas)
}

/// Each lane's chaining value by itself.
pub(super) fn values(wide: &Wide) -> [Value; 4] {
    let low = U32x4::transpose([wide[0], wide[1], wide[2], wide[3]]);
    let high = U32x4::transpose([wide[4], wide[5], wide[6], wide[7]]);
    [[low[0], high[0]], [low[1], high[1]], [low[2], high[2]], [low[3], high[3]]]
}
