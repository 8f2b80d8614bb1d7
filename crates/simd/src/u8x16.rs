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
}
