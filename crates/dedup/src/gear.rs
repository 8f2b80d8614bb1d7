//! The gear hash (Xia et al., "Ddelta", 2014, section 3.2): `hash = hash * 2 + table[byte]`, modulo 2^64. Every step
//! shifts older bytes out on the left, so that 64 bytes on nothing is left of a byte.

use crate::tables::Table;

/// The hash after `bytes`, in front of which it was `hash`.
pub(crate) fn roll(table: &Table, hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash << 1).wrapping_add(table[usize::from(*byte)]))
}

/// Goes on with `hash` over `bytes`, up to the first byte after which it has no bit of `mask`: the byte's position, or
/// none and the hash after all of them.
///
/// Takes time linear in the distance. Four bytes at a time: from one hash to the next but three it is one shift and one
/// addition, and what is added needs no hash. One byte at a time costs 1.6 times as much in wasm, two 1.2 times.
#[inline(never)]
pub(crate) fn find(table: &Table, mask: u64, hash: &mut u64, bytes: &[u8]) -> Option<usize> {
    let add = |sum: u64, byte: u8| (sum << 1).wrapping_add(table[usize::from(byte)]);
    let (words, rest) = bytes.as_chunks::<4>();
    let mut before = *hash;
    for (at, [a, b, c, d]) in words.iter().enumerate() {
        let one = table[usize::from(*a)];
        let two = add(one, *b);
        let three = add(two, *c);
        let four = add(three, *d);
        let after = [
            (before << 1).wrapping_add(one),
            (before << 2).wrapping_add(two),
            (before << 3).wrapping_add(three),
            (before << 4).wrapping_add(four),
        ];
        let hits = after.map(|hash| hash & mask == 0);
        // One branch for four bytes.
        if hits[0] | hits[1] | hits[2] | hits[3] {
            return hits.iter().position(|hit| *hit).map(|first| at * 4 + first);
        }
        before = after[3];
    }
    for (at, byte) in rest.iter().enumerate() {
        before = add(before, *byte);
        if before & mask == 0 {
            return Some(words.len() * 4 + at);
        }
    }
    *hash = before;
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{FAST_CDC, XET};

    #[test]
    fn four_at_a_time_find_what_one_at_a_time_does() {
        let bytes: Vec<u8> = (0..2000_u32).map(|at| (at * at >> 3) as u8).collect();
        for table in [&FAST_CDC, &XET] {
            for mask in [0, 1 << 63, 0xf << 60, 0x1ff << 40, u64::MAX] {
                for start in 0..9 {
                    let bytes = &bytes[start..];
                    let mut slow = 5_u64;
                    let expected = bytes.iter().position(|byte| {
                        slow = roll(table, slow, &[*byte]);
                        slow & mask == 0
                    });
                    let mut hash = 5;
                    assert_eq!(find(table, mask, &mut hash, bytes), expected);
                    if expected.is_none() {
                        assert_eq!(hash, slow);
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_left_of_a_byte_64_bytes_later() {
        let tail = [7; 64];
        assert_eq!(roll(&XET, 1, &tail), roll(&XET, u64::MAX, &tail));
        assert_ne!(roll(&XET, 1, &tail[1..]), roll(&XET, 2, &tail[1..]));
    }
}
