//! Eight signed 16-bit numbers.

use crate::{I32x4, U8x16, backend};

/// Eight signed 16-bit numbers; arithmetic wraps unless its name says otherwise.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct I16x8(pub(crate) backend::V16);

impl I16x8 {
    /// All lanes the same.
    #[inline(always)]
    pub fn splat(value: i16) -> Self {
        Self(backend::splat16(value))
    }

    /// Two numbers, alternating: factors for [`Self::dot`].
    #[inline(always)]
    pub fn pair([even, odd]: [i16; 2]) -> Self {
        let bits = i32::from(even) & 0xFFFF | i32::from(odd) << 16;
        Self(backend::splat_pair(bits))
    }

    /// Lane 0 is the first element.
    #[inline(always)]
    pub fn load(from: &[i16; 8]) -> Self {
        Self(backend::load16(from))
    }

    /// The inverse of [`Self::load`].
    #[inline(always)]
    pub fn store(self, to: &mut [i16; 8]) {
        backend::store16(self.0, to);
    }

    /// As [`Self::store`], the lower byte of each lane first.
    #[inline(always)]
    pub fn store_bytes(self, to: &mut [u8; 16]) {
        backend::store_bytes16(self.0, to);
    }

    /// Eight bytes, widened without sign.
    #[inline(always)]
    pub fn load_u8(from: &[u8; 8]) -> Self {
        Self(backend::load_widen8(from))
    }

    /// The sum, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn add(self, other: Self) -> Self {
        Self(backend::add16(self.0, other.0))
    }

    /// The difference, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn sub(self, other: Self) -> Self {
        Self(backend::sub16(self.0, other.0))
    }

    /// The lower 16 bits of the product, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn mul(self, other: Self) -> Self {
        Self(backend::mul16(self.0, other.0))
    }

    /// The product of two fractions of 32768, rounded, lane by lane: `(a * b + 16384) >> 15`. Not for two lanes of -32768.
    #[inline(always)]
    #[must_use]
    pub fn mul_fraction(self, other: Self) -> Self {
        Self(backend::fraction16(self.0, other.0))
    }

    /// The upper 16 bits of the product, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn mul_high(self, other: Self) -> Self {
        Self(backend::high_product16(self.0, other.0))
    }

    /// The sum, lane by lane, as the nearest 16-bit number.
    #[inline(always)]
    #[must_use]
    pub fn add_saturating(self, other: Self) -> Self {
        Self(backend::add_saturating16(self.0, other.0))
    }

    /// The lanes without their sign; -32768 stays.
    #[inline(always)]
    #[must_use]
    pub fn abs(self) -> Self {
        Self(backend::abs16(self.0))
    }

    /// Lanes 0 to 3 of both.
    #[inline(always)]
    #[must_use]
    pub fn join_low(self, other: Self) -> Self {
        Self(backend::join_low16(self.0, other.0))
    }

    /// Lanes 4 to 7 of both.
    #[inline(always)]
    #[must_use]
    pub fn join_high(self, other: Self) -> Self {
        Self(backend::join_high16(self.0, other.0))
    }

    /// The upper 16 bits of the product of lanes without sign.
    #[inline(always)]
    #[must_use]
    pub fn mul_high_unsigned(self, other: Self) -> Self {
        Self(backend::mul_high16(self.0, other.0))
    }

    /// The bits in which both differ, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn xor(self, other: Self) -> Self {
        Self(backend::xor16(self.0, other.0))
    }

    /// Bit `i` says whether lane `i` is not zero.
    #[inline(always)]
    pub fn nonzero_mask(self) -> u8 {
        backend::nonzero16(self.0)
    }

    /// Shifts left by `N` bits.
    #[inline(always)]
    #[must_use]
    pub fn shl<const N: i32>(self) -> Self {
        Self(backend::shl16::<N>(self.0))
    }

    /// Shifts right by `N` bits, keeping the sign.
    #[inline(always)]
    #[must_use]
    pub fn shr<const N: i32>(self) -> Self {
        Self(backend::shr16::<N>(self.0))
    }

    /// Shifts lanes without sign right by `N` bits.
    #[inline(always)]
    #[must_use]
    pub fn shr_unsigned<const N: i32>(self) -> Self {
        Self(backend::shr_unsigned16::<N>(self.0))
    }

    /// Products of pairs of neighbours, added in 32 bits: `a0 * b0 + a1 * b1`, and on.
    #[inline(always)]
    #[must_use]
    pub fn dot(self, other: Self) -> I32x4 {
        I32x4(backend::dot16(self.0, other.0))
    }

    /// Lanes 0 to 3 of both, alternating: `a0 b0 a1 b1 a2 b2 a3 b3`.
    #[inline(always)]
    #[must_use]
    pub fn interleave_low(self, other: Self) -> Self {
        Self(backend::low16(self.0, other.0))
    }

    /// Lanes 4 to 7 of both, alternating.
    #[inline(always)]
    #[must_use]
    pub fn interleave_high(self, other: Self) -> Self {
        Self(backend::high16(self.0, other.0))
    }

    /// Lanes of `self`, then those of `other`, each as the nearest of -128 to 127, with 128 added.
    #[inline(always)]
    #[must_use]
    pub fn narrow_biased(self, other: Self) -> U8x16 {
        U8x16(backend::narrow_biased(self.0, other.0))
    }

    /// Lanes of `self`, then those of `other`, each as the nearest of -128 to 127.
    #[inline(always)]
    #[must_use]
    pub fn narrow_signed(self, other: Self) -> U8x16 {
        U8x16(backend::narrow_signed(self.0, other.0))
    }

    /// Lanes of `self`, then those of `other`, each as the nearest of 0 to 255.
    #[inline(always)]
    #[must_use]
    pub fn narrow(self, other: Self) -> U8x16 {
        U8x16(backend::narrow16(self.0, other.0))
    }

    /// Whether every lane is zero.
    #[inline(always)]
    pub fn is_zero(self) -> bool {
        backend::zero16(self.0)
    }

    /// The bits of both, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(backend::or16(self.0, other.0))
    }

    /// Rows become columns.
    #[inline(always)]
    pub fn transpose(rows: [Self; 8]) -> [Self; 8] {
        let [a0, a1, a2, a3, a4, a5, a6, a7] = rows;
        let (b0, b1) = (a0.interleave_low(a4), a0.interleave_high(a4));
        let (b2, b3) = (a1.interleave_low(a5), a1.interleave_high(a5));
        let (b4, b5) = (a2.interleave_low(a6), a2.interleave_high(a6));
        let (b6, b7) = (a3.interleave_low(a7), a3.interleave_high(a7));
        let (c0, c1) = (b0.interleave_low(b4), b0.interleave_high(b4));
        let (c2, c3) = (b1.interleave_low(b5), b1.interleave_high(b5));
        let (c4, c5) = (b2.interleave_low(b6), b2.interleave_high(b6));
        let (c6, c7) = (b3.interleave_low(b7), b3.interleave_high(b7));
        [
            c0.interleave_low(c4),
            c0.interleave_high(c4),
            c1.interleave_low(c5),
            c1.interleave_high(c5),
            c2.interleave_low(c6),
            c2.interleave_high(c6),
            c3.interleave_low(c7),
            c3.interleave_high(c7),
        ]
    }
}
