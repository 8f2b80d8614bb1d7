//! Four words of 32 bits.

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "sse2")
)))]
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod sse2;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "sse2")
)))]
use portable as backend;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
use sse2 as backend;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use wasm as backend;

#[cfg(test)]
mod tests;

/// Four words of 32 bits; lane 0 is the one at the lowest address.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct U32x4(backend::Register);

impl U32x4 {
    /// The same word in every lane.
    #[inline(always)]
    pub fn splat(word: u32) -> Self {
        Self(backend::splat(word))
    }

    /// The words of an array.
    #[inline(always)]
    pub fn new(words: [u32; 4]) -> Self {
        Self(backend::new(words))
    }

    /// Four little-endian words.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        Self(backend::load(bytes))
    }

    /// As four little-endian words.
    #[inline(always)]
    pub fn store(self, bytes: &mut [u8; 16]) {
        backend::store(self.0, bytes);
    }

    /// The words as an array.
    #[inline(always)]
    pub fn to_array(self) -> [u32; 4] {
        backend::to_array(self.0)
    }

    /// Sums of the lanes, modulo 2^32.
    #[inline(always)]
    #[must_use]
    pub fn wrapping_add(self, other: Self) -> Self {
        Self(backend::add(self.0, other.0))
    }

    /// Every lane rotated right by `N` bits, 1 to 31.
    #[inline(always)]
    #[must_use]
    pub fn rotate_right<const N: u32>(self) -> Self {
        const { assert!(N > 0 && N < 32) };
        if N == 16 {
            return Self(backend::swap_halves(self.0));
        }
        Self(backend::or(backend::shr::<N>(self.0), backend::shl(self.0, 32 - N)))
    }

    /// Every lane shifted right by `N` bits, 1 to 31.
    #[inline(always)]
    #[must_use]
    pub fn shift_right<const N: u32>(self) -> Self {
        const { assert!(N > 0 && N < 32) };
        Self(backend::shr::<N>(self.0))
    }

    /// The bytes of every lane in the other order.
    #[inline(always)]
    #[must_use]
    pub fn swap_bytes(self) -> Self {
        Self(backend::swap_bytes(self.0))
    }

    /// The bits of `ones` where `mask` has ones, those of `other` where it has zeros.
    #[inline(always)]
    #[must_use]
    pub fn select(mask: Self, ones: Self, zeros: Self) -> Self {
        zeros ^ (mask & (ones ^ zeros))
    }

    /// Four lanes, each one of the eight that `low` (0 to 3) and `high` (4 to 7) have together.
    #[inline(always)]
    #[must_use]
    pub fn pick<const A: usize, const B: usize, const C: usize, const D: usize>(
        low: Self,
        high: Self,
    ) -> Self {
        const { assert!(A < 8 && B < 8 && C < 8 && D < 8) };
        Self(backend::pick::<A, B, C, D>(low.0, high.0))
    }

    /// Sums of the two pairs of lanes, each taken for one word of 64 bits.
    #[inline(always)]
    pub(crate) fn add_pairs(self, other: Self) -> Self {
        Self(backend::add_pairs(self.0, other.0))
    }

    /// In each pair of lanes of both their product of 64 bits. Two vectors, because wasm sorts two as fast as one.
    #[inline(always)]
    pub(crate) fn multiply_pairs(self, other: Self) -> [Self; 2] {
        backend::multiply_pairs(self.0, other.0).map(Self)
    }

    /// Rows to columns: lane `j` of vector `i` becomes lane `i` of vector `j`.
    #[inline(always)]
    #[must_use]
    pub fn transpose([a, b, c, d]: [Self; 4]) -> [Self; 4] {
        let (ab_low, ab_high) = (Self::pick::<0, 4, 1, 5>(a, b), Self::pick::<2, 6, 3, 7>(a, b));
        let (cd_low, cd_high) = (Self::pick::<0, 4, 1, 5>(c, d), Self::pick::<2, 6, 3, 7>(c, d));
        [
            Self::pick::<0, 1, 4, 5>(ab_low, cd_low),
            Self::pick::<2, 3, 6, 7>(ab_low, cd_low),
            Self::pick::<0, 1, 4, 5>(ab_high, cd_high),
            Self::pick::<2, 3, 6, 7>(ab_high, cd_high),
        ]
    }
}

impl core::ops::BitXor for U32x4 {
    type Output = Self;
    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        Self(backend::xor(self.0, other.0))
    }
}

impl core::ops::BitAnd for U32x4 {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(backend::and(self.0, other.0))
    }
}

impl core::ops::BitOr for U32x4 {
    type Output = Self;
    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self(backend::or(self.0, other.0))
    }
}

impl core::fmt::Debug for U32x4 {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.to_array().fmt(formatter)
    }
}
