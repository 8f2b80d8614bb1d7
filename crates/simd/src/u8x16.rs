//! Sixteen bytes.

use crate::{I16x8, backend};

/// Sixteen unsigned bytes.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct U8x16(pub(crate) backend::V8);

impl U8x16 {
    /// All lanes the same.
    #[inline(always)]
    pub fn splat(value: u8) -> Self {
        Self(backend::splat8(value))
    }

    /// Lane 0 is the first element.
    #[inline(always)]
    pub fn load(from: &[u8; 16]) -> Self {
        Self(backend::load8(from))
    }

    /// The inverse of [`Self::load`].
    #[inline(always)]
    pub fn store(self, to: &mut [u8; 16]) {
        backend::store8(self.0, to);
    }

    /// Lanes 0 to 7, then lanes 8 to 15.
    #[inline(always)]
    pub fn halves(self) -> [[u8; 8]; 2] {
        backend::halves8(self.0)
    }

    /// The last lane first.
    #[inline(always)]
    #[must_use]
    pub fn reverse(self) -> Self {
        Self(backend::reverse8(self.0))
    }

    /// The highest bit of each lane, that of lane 0 lowest.
    #[inline(always)]
    pub fn mask(self) -> u16 {
        backend::high_bits8(self.0)
    }

    /// Lanes 0 to 7, widened without sign.
    #[inline(always)]
    pub fn widen_low(self) -> I16x8 {
        I16x8(backend::widen_low8(self.0))
    }

    /// Lanes 8 to 15, widened without sign.
    #[inline(always)]
    pub fn widen_high(self) -> I16x8 {
        I16x8(backend::widen_high8(self.0))
    }

    /// The smaller of both, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(backend::min8(self.0, other.0))
    }

    /// The larger of both, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(backend::max8(self.0, other.0))
    }

    /// Lanes 0 to 7 of both, alternating.
    #[inline(always)]
    #[must_use]
    pub fn interleave_low(self, other: Self) -> Self {
        Self(backend::low8(self.0, other.0))
    }

    /// Lanes 8 to 15 of both, alternating.
    #[inline(always)]
    #[must_use]
    pub fn interleave_high(self, other: Self) -> Self {
        Self(backend::high8(self.0, other.0))
    }

    /// Lanes 0 to 7 of both.
    #[inline(always)]
    #[must_use]
    pub fn join_low(self, other: Self) -> Self {
        Self(backend::join_low8(self.0, other.0))
    }

    /// Lanes 8 to 15 of both.
    #[inline(always)]
    #[must_use]
    pub fn join_high(self, other: Self) -> Self {
        Self(backend::join_high8(self.0, other.0))
    }

    /// The sums of lanes 0 and 1, 2 and 3, and on.
    #[inline(always)]
    pub fn pair_sums(self) -> I16x8 {
        I16x8(backend::pair_sums8(self.0))
    }

    /// Sixteen pixels of three planes, interleaved, to the first 48 bytes: `a0 b0 c0 a1 b1 c1` and on. What the last four
    /// then hold is not defined.
    #[inline(always)]
    pub fn store3(a: Self, b: Self, c: Self, to: &mut [u8; 52]) {
        backend::store3(a.0, b.0, c.0, to);
    }

    /// Sixteen interleaved pixels as three planes.
    #[inline(always)]
    pub fn load3(from: &[u8; 48]) -> [Self; 3] {
        backend::load3(from).map(Self)
    }

    /// Eight bytes, then eight more.
    #[inline(always)]
    pub fn from_halves(low: &[u8; 8], high: &[u8; 8]) -> Self {
        Self(backend::from_halves8(low, high))
    }

    /// The sum, lane by lane, modulo 256.
    #[inline(always)]
    #[must_use]
    pub fn add(self, other: Self) -> Self {
        Self(backend::add8(self.0, other.0))
    }

    /// The difference, lane by lane, modulo 256.
    #[inline(always)]
    #[must_use]
    pub fn sub(self, other: Self) -> Self {
        Self(backend::sub8(self.0, other.0))
    }

    /// The sum, lane by lane, at most 255.
    #[inline(always)]
    #[must_use]
    pub fn add_saturating(self, other: Self) -> Self {
        Self(backend::add_saturating8(self.0, other.0))
    }

    /// The difference, lane by lane, at least 0.
    #[inline(always)]
    #[must_use]
    pub fn sub_saturating(self, other: Self) -> Self {
        Self(backend::sub_saturating8(self.0, other.0))
    }

    /// The sum of lanes with sign, as the nearest of -128 to 127.
    #[inline(always)]
    #[must_use]
    pub fn add_saturating_signed(self, other: Self) -> Self {
        Self(backend::add_signed8(self.0, other.0))
    }

    /// The difference of lanes with sign, as the nearest of -128 to 127.
    #[inline(always)]
    #[must_use]
    pub fn sub_saturating_signed(self, other: Self) -> Self {
        Self(backend::sub_signed8(self.0, other.0))
    }

    /// The mean, lane by lane, rounded up.
    #[inline(always)]
    #[must_use]
    pub fn average(self, other: Self) -> Self {
        Self(backend::average8(self.0, other.0))
    }

    /// The bits that both have.
    #[inline(always)]
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(backend::and8(self.0, other.0))
    }

    /// The bits that either has.
    #[inline(always)]
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(backend::or8(self.0, other.0))
    }

    /// The bits in which both differ.
    #[inline(always)]
    #[must_use]
    pub fn xor(self, other: Self) -> Self {
        Self(backend::xor8(self.0, other.0))
    }

    /// The bits of `self` that `other` does not have.
    #[inline(always)]
    #[must_use]
    pub fn and_not(self, other: Self) -> Self {
        Self(backend::and_not8(self.0, other.0))
    }

    /// 255 where both are the same, 0 elsewhere.
    #[inline(always)]
    #[must_use]
    pub fn equal(self, other: Self) -> Self {
        Self(backend::equal8(self.0, other.0))
    }

    /// Shifts lanes with sign right by `N` bits.
    #[inline(always)]
    #[must_use]
    pub fn shr_signed<const N: i32>(self) -> Self {
        Self(backend::shr_signed8::<N>(self.0))
    }

    /// Whether every lane is zero.
    #[inline(always)]
    pub fn is_zero(self) -> bool {
        backend::zero8(self.0)
    }

    /// Lanes 0 to 7, widened with sign.
    #[inline(always)]
    pub fn widen_low_signed(self) -> I16x8 {
        I16x8(backend::widen_low_signed8(self.0))
    }

    /// Lanes 8 to 15, widened with sign.
    #[inline(always)]
    pub fn widen_high_signed(self) -> I16x8 {
        I16x8(backend::widen_high_signed8(self.0))
    }

    /// Bytes 0 and 2 of every four, exchanged: pixels of four bytes between BGRA and RGBA.
    #[inline(always)]
    #[must_use]
    pub fn swap_even(self) -> Self {
        Self(backend::swap_even8(self.0))
    }

    /// Sixteen pixels of four planes, interleaved: 64 bytes `a0 b0 c0 d0 a1 b1 c1 d1` and on.
    #[inline(always)]
    pub fn interleave4(a: Self, b: Self, c: Self, d: Self) -> [Self; 4] {
        backend::interleave4(a.0, b.0, c.0, d.0).map(Self)
    }
}
