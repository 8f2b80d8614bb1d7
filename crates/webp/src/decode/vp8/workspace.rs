//! One macroblock and the samples around it that it is predicted from.
//!
//! Luma has its row above in row 0, and the pixels to the left in the column before the first; so have U and V, side
//! by side, below it. Four more samples above luma are those of the macroblock above and to the right.

/// Samples from one row to the next.
pub(super) const STRIDE: usize = 32;

/// Where the first samples of luma, U and V are.
pub(super) const LUMA: usize = STRIDE + 8;
pub(super) const U: usize = 18 * STRIDE + 8;
pub(super) const V: usize = U + 16;

/// Rows of both, with those above.
pub(super) const SIZE: usize = (17 + 9) * STRIDE;

pub(super) type Workspace = [u8; SIZE];

/// Some samples that lie in a row.
#[inline(always)]
pub(super) fn row<const N: usize>(work: &Workspace, at: usize) -> [u8; N] {
    work[at..].first_chunk().copied().unwrap_or([0; N])
}

/// Writes samples in a row.
#[inline(always)]
pub(super) fn set_row<const N: usize>(work: &mut Workspace, at: usize, samples: [u8; N]) {
    if let Some(place) = work[at..].first_chunk_mut() {
        *place = samples;
    }
}

/// The samples to the left of a block, from top to bottom.
#[inline(always)]
pub(super) fn column<const N: usize>(work: &Workspace, at: usize) -> [u8; N] {
    core::array::from_fn(|y| work[at + y * STRIDE - 1])
}

/// Makes the last samples of a macroblock those to the left of the next.
#[inline(always)]
pub(super) fn move_left(work: &mut Workspace) {
    for y in 0..17 {
        let at = LUMA - STRIDE + y * STRIDE;
        work[at - 1] = work[at + 15];
    }
    for at in (0..9).flat_map(|y| [U, V].map(|plane| plane - STRIDE + y * STRIDE)) {
        work[at - 1] = work[at + 7];
    }
}
