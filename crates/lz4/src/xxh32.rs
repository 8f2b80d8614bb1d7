//! XXH32 with seed 0, the checksum of LZ4 frames ([specification], 32-bit variant).
//!
//! [specification]: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md

const PRIME_1: u32 = 0x9E37_79B1;
const PRIME_2: u32 = 0x85EB_CA77;
const PRIME_3: u32 = 0xC2B2_AE3D;
const PRIME_4: u32 = 0x27D4_EB2F;
const PRIME_5: u32 = 0x1656_67B1;
const STRIPE: usize = 16;

/// A checksum in the making.
#[derive(Clone, Debug)]
pub(crate) struct Xxh32 {
    lanes: [u32; 4],
    /// The start of a stripe that is not complete yet.
    open: [u8; STRIPE],
    open_len: usize,
    total: u64,
}

impl Xxh32 {
    pub(crate) const fn new() -> Self {
        Self {
            lanes: [PRIME_1.wrapping_add(PRIME_2), PRIME_2, 0, 0u32.wrapping_sub(PRIME_1)],
            open: [0; STRIPE],
            open_len: 0,
            total: 0,
        }
    }

    /// Takes more bytes.
    pub(crate) fn update(&mut self, mut input: &[u8]) {
        self.total += input.len() as u64;
        if self.open_len > 0 {
            let taken = input.len().min(STRIPE - self.open_len);
            let (head, rest) = input.split_at(taken);
            self.open[self.open_len..self.open_len + taken].copy_from_slice(head);
            self.open_len += taken;
            input = rest;
            if self.open_len < STRIPE {
                return;
            }
            let stripe = self.open;
            self.stripe(&stripe);
        }
        let (stripes, rest) = input.as_chunks::<STRIPE>();
        for stripe in stripes {
            self.stripe(stripe);
        }
        self.open[..rest.len()].copy_from_slice(rest);
        self.open_len = rest.len();
    }

    #[inline]
    fn stripe(&mut self, stripe: &[u8; STRIPE]) {
        for (lane, word) in self.lanes.iter_mut().zip(stripe.as_chunks::<4>().0) {
            let sum = lane.wrapping_add(u32::from_le_bytes(*word).wrapping_mul(PRIME_2));
            *lane = sum.rotate_left(13).wrapping_mul(PRIME_1);
        }
    }

    /// The checksum of everything so far.
    pub(crate) fn finish(&self) -> u32 {
        let [a, b, c, d] = self.lanes;
        let mut hash = if self.total < STRIPE as u64 {
            PRIME_5
        } else {
            a.rotate_left(1)
                .wrapping_add(b.rotate_left(7))
                .wrapping_add(c.rotate_left(12))
                .wrapping_add(d.rotate_left(18))
        };
        hash = hash.wrapping_add(self.total as u32);
        let (words, bytes) = self.open[..self.open_len].as_chunks::<4>();
        for word in words {
            hash = hash.wrapping_add(u32::from_le_bytes(*word).wrapping_mul(PRIME_3));
            hash = hash.rotate_left(17).wrapping_mul(PRIME_4);
        }
        for &byte in bytes {
            hash = hash.wrapping_add(u32::from(byte).wrapping_mul(PRIME_5));
            hash = hash.rotate_left(11).wrapping_mul(PRIME_1);
        }
        hash = (hash ^ (hash >> 15)).wrapping_mul(PRIME_2);
        hash = (hash ^ (hash >> 13)).wrapping_mul(PRIME_3);
        hash ^ (hash >> 16)
    }
}

/// The checksum of a piece.
pub(crate) fn xxh32(input: &[u8]) -> u32 {
    let mut state = Xxh32::new();
    state.update(input);
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the specification's sanity checks and from other implementations.
    #[test]
    fn known_answers() {
        assert_eq!(xxh32(b""), 0x02CC_5D05);
        assert_eq!(xxh32(b"a"), 0x550D_7456);
        assert_eq!(xxh32(b"abc"), 0x32D1_53FF);
        assert_eq!(xxh32(b"Nobody inspects the spammish repetition"), 0xE229_3B2F);
    }

    #[test]
    fn pieces_do_not_matter() {
        let input: Vec<u8> = (0..200).collect();
        for cut in 0..input.len() {
            let mut state = Xxh32::new();
            state.update(&input[..cut]);
            state.update(&input[cut..]);
            assert_eq!(state.finish(), xxh32(&input));
        }
    }
}
