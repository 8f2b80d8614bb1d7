//! Inverse transforms, each with the roundings of libjpeg's accurate integer method, so that results are the same to
//! the bit: [`full`] for 8 by 8 samples of a block, [`reduced`] for 4 by 4, 2 by 2 and 1.

mod full;
mod reduced;

pub(crate) use full::{Factors, Table, full};
pub(crate) use reduced::{four, lowest, one, two};

#[cfg(test)]
mod tests;

/// Where a block's samples go: rows of a plane.
pub(crate) struct Target<'a> {
    pub(crate) samples: &'a mut [u8],
    pub(crate) stride: usize,
}

impl Target<'_> {
    /// Writes one row of the block. A place outside the plane is left out.
    #[inline(always)]
    fn put<const N: usize>(&mut self, row: usize, values: [u8; N]) {
        let at = row * self.stride;
        if let Some(place) = self.samples.get_mut(at..at + N) {
            place.copy_from_slice(&values);
        }
    }
}
