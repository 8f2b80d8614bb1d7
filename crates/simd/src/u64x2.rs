//! Two words of 64 bits, in the same registers.

use crate::U32x4;

/// Two words of 64 bits; lane 0 is the one at the lower address.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct U64x2(U32x4);

impl U64x2 {
    /// The words of an array.
    #[inline(always)]
    pub fn new([a, b]: [u64; 2]) -> Self {
        Self(U32x4::new([a as u32, (a >> 32) as u32, b as u32, (b >> 32) as u32]))
    }

    /// Two little-endian words.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        Self(U32x4::load(bytes))
    }

    /// The words as an array.
    #[inline(always)]
    pub fn to_array(self) -> [u64; 2] {
        let [a, b, c, d] = self.0.to_array().map(u64::from);
        [a | b << 32, c | d << 32]
    }

    /// Sums of the lanes, modulo 2^64.
    #[inline(always)]
    #[must_use]
    pub fn wrapping_add(self, other: Self) -> Self {
        Self(self.0.add_pairs(other.0))
    }

    /// The two words in the other order.
    #[inline(always)]
    #[must_use]
    pub fn swap(self) -> Self {
        Self(U32x4::pick::<2, 3, 0, 1>(self.0, self.0))
    }

    /// In each lane of both the product of its lower and its upper half.
    #[inline(always)]
    #[must_use]
    pub fn multiply_halves(self, other: Self) -> [Self; 2] {
        self.0.multiply_pairs(other.0).map(Self)
    }
}

impl core::ops::BitXor for U64x2 {
    type Output = Self;
    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::U64x2;

    proptest! {
        #[test]
        fn lanes_are_words(a in any::<[u64; 2]>(), b in any::<[u64; 2]>()) {
            let (va, vb) = (U64x2::new(a), U64x2::new(b));
            prop_assert_eq!(va.to_array(), a);
            let sums = [a[0].wrapping_add(b[0]), a[1].wrapping_add(b[1])];
            prop_assert_eq!(va.wrapping_add(vb).to_array(), sums);
            prop_assert_eq!((va ^ vb).to_array(), [a[0] ^ b[0], a[1] ^ b[1]]);
            prop_assert_eq!(va.swap().to_array(), [a[1], a[0]]);
            let products = [a, b].map(|words| words.map(|word| (word & 0xffff_ffff) * (word >> 32)));
            prop_assert_eq!(va.multiply_halves(vb).map(U64x2::to_array), products);
            let mut bytes = [0; 16];
            bytes.copy_from_slice(a.map(u64::to_le_bytes).as_flattened());
            prop_assert_eq!(U64x2::load(&bytes).to_array(), a);
        }
    }
}
