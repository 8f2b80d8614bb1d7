//! Allocations that may fail.

use crate::error::RasterError;

/// A vector of equal elements.
pub(crate) fn filled<T: Clone>(value: T, len: usize) -> Result<Vec<T>, RasterError> {
    let mut vector = reserved(len)?;
    vector.resize(len, value);
    Ok(vector)
}

/// An empty vector with room for `len` elements.
pub(crate) fn reserved<T>(len: usize) -> Result<Vec<T>, RasterError> {
    let mut vector = Vec::new();
    vector.try_reserve_exact(len).map_err(|_| RasterError::OutOfMemory {
        bytes: (len as u64).saturating_mul(size_of::<T>() as u64),
    })?;
    Ok(vector)
}

/// How many elements a table of these sides has.
pub(crate) fn product(sides: [usize; 3]) -> Result<usize, RasterError> {
    let count = sides.iter().try_fold(1_usize, |count, side| count.checked_mul(*side));
    count.ok_or(RasterError::OutOfMemory { bytes: u64::MAX })
}
