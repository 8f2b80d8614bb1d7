//! The gear hash (Xia et al., "Ddelta", 2014, section 3.2): `hash = hash * 2 + table[byte]`, modulo 2^64. Every step
//! shifts older bytes out on the left, so that 64 bytes on nothing is left of a byte.

use crate::tables::{FAST_CDC, Table, XET};

/// A table as a type: where its address is a constant, every look-up is two instructions shorter.
pub(crate) trait Gear {
    /// What bytes add to the hash.
    const TABLE: &'static Table;
}

/// FastCDC's gear hash.
pub(crate) enum FastCdcGear {}
/// Xet's gear hash.
pub(crate) enum XetGear {}

impl Gear for FastCdcGear {
    const TABLE: &'static Table = &FAST_CDC;
}

impl Gear for XetGear {
    const TABLE: &'static Table = &XET;
}

/// The hash one byte on.
#[inline(always)]
fn next<G: Gear>(hash: u64, byte: u8) -> u64 {
    (hash << 1).wrapping_add(G::TABLE[usize::from(byte)])
}

/// The hash after `bytes`, in front of which it was `hash`.
pub(crate) fn roll<G: Gear>(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| next::<G>(hash, *byte))
}

/// Goes on with `hash` over `bytes`, up to the first byte after which it has no bit of `mask`: the byte's position, or
/// none and the hash after all of them.
///
/// Takes time linear in the distance. Four bytes are loaded at once, which is the fastest of what was tried in wasm
/// (1.5 times as fast as single loads): what limits it is the number of instructions, not the chain from hash to hash,
/// so adding two or four bytes to the hash at once, as the paper does, is 1.1 and 1.2 times slower.
#[inline(never)]
pub(crate) fn find<G: Gear>(mask: u64, hash: &mut u64, bytes: &[u8]) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<4>();
    let mut before = *hash;
    let mut left = words.iter();
    while let Some(word) = left.next() {
        let word = u32::from_le_bytes(*word);
        let one = next::<G>(before, word as u8);
        let two = next::<G>(one, (word >> 8) as u8);
        let three = next::<G>(two, (word >> 16) as u8);
        let four = next::<G>(three, (word >> 24) as u8);
        if one & mask == 0 || two & mask == 0 || three & mask == 0 || four & mask == 0 {
            let at = (words.len() - left.len() - 1) * 4;
            let first = [one, two, three, four].iter().position(|hash| hash & mask == 0);
            return first.map(|first| at + first);
        }
        before = four;
    }
    for (at, byte) in rest.iter().enumerate() {
        before = next::<G>(before, *byte);
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

    fn compare<G: Gear>() {
        let bytes: Vec<u8> = (0..2000_u32).map(|at| ((at * at) >> 3) as u8).collect();
        for mask in [0, 1 << 63, 0xf << 60, 0x1ff << 40, u64::MAX] {
            for start in 0..9 {
                let bytes = &bytes[start..];
                let mut slow = 5_u64;
                let expected = bytes.iter().position(|byte| {
                    slow = roll::<G>(slow, &[*byte]);
                    slow & mask == 0
                });
                let mut hash = 5;
                assert_eq!(find::<G>(mask, &mut hash, bytes), expected);
                if expected.is_none() {
                    assert_eq!(hash, slow);
                }
            }
        }
    }

    #[test]
    fn four_at_a_time_find_what_one_at_a_time_does() {
        compare::<FastCdcGear>();
        compare::<XetGear>();
    }

    #[test]
    fn nothing_is_left_of_a_byte_64_bytes_later() {
        let tail = [7; 64];
        assert_eq!(roll::<XetGear>(1, &tail), roll::<XetGear>(u64::MAX, &tail));
        assert_ne!(roll::<XetGear>(1, &tail[1..]), roll::<XetGear>(2, &tail[1..]));
    }
}
