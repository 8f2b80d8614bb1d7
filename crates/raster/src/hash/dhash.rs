//! The difference hash (N. Krawetz, 2013).

use super::luminance;
use crate::error::RasterError;
use crate::raster::Raster;

/// A bit for each of 8 by 8 pairs of neighbours in 9 by 8 averages, one where the right one is brighter; row by row, the
/// first pair in the highest bit.
///
/// # Errors
///
/// [`RasterError::OutOfMemory`].
pub fn dhash(image: &Raster) -> Result<u64, RasterError> {
    let grey = luminance(image, 9, 8)?;
    let mut hash = 0;
    for row in grey.rows() {
        for pair in row.windows(2) {
            hash = hash << 1 | u64::from(pair[1] > pair[0]);
        }
    }
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_bits() {
        let row: Vec<u8> = (0..90).collect();
        let mut image = Raster::new(90, 3, 1, row.repeat(3)).unwrap();
        assert_eq!(dhash(&image).unwrap(), u64::MAX);
        image.flop();
        assert_eq!(dhash(&image).unwrap(), 0);
        let clear = Raster::new(9, 8, 2, (0..72).flat_map(|v| [v, 0]).collect()).unwrap();
        assert_eq!(dhash(&clear).unwrap(), 0);
    }
}
