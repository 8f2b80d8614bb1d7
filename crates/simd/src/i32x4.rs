//! Four signed 32-bit numbers.

use crate::{I16x8, backend};

/// Four signed 32-bit numbers; arithmetic wraps.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct I32x4(pub(crate) backend::V32);

impl I32x4 {
    /// All lanes the same.
    #[inline(always)]
    pub fn splat(value: i32) -> Self {
        Self(backend::splat32(value))
    }

    /// Lane 0 is the first element.
    #[inline(always)]
    pub fn load(from: &[i32; 4]) -> Self {
        Self(backend::load32(from))
    }

    /// The inverse of [`Self::load`].
    #[inline(always)]
    pub fn to_array(self) -> [i32; 4] {
        backend::array32(self.0)
    }

    /// The sums of the lanes of each of four vectors.
    #[inline(always)]
    #[must_use]
    pub fn sums([a, b, c, d]: [Self; 4]) -> Self {
        Self(backend::sums32([a.0, b.0, c.0, d.0]))
    }

    /// The sum, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn add(self, other: Self) -> Self {
        Self(backend::add32(self.0, other.0))
    }

    /// The difference, lane by lane.
    #[inline(always)]
    #[must_use]
    pub fn sub(self, other: Self) -> Self {
        Self(backend::sub32(self.0, other.0))
    }

    /// Shifts right by `N` bits, keeping the sign.
    #[inline(always)]
    #[must_use]
    pub fn shr<const N: i32>(self) -> Self {
        Self(backend::shr32::<N>(self.0))
    }

    /// Lanes of `self`, then those of `other`, each as the nearest 16-bit number.
    #[inline(always)]
    #[must_use]
    pub fn narrow(self, other: Self) -> I16x8 {
        I16x8(backend::narrow32(self.0, other.0))
    }
}
