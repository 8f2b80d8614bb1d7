//! Quarter turns and reflections.

use crate::error::{RasterError, check};
use crate::raster::Raster;

/// Pixels to a side of the squares that are transposed at once: both their rows and their columns stay in the cache.
const TILE: usize = 32;

impl Raster {
    /// Upside down, in place: the first row becomes the last.
    pub fn flip(&mut self) {
        let (stride, height) = (self.stride(), self.size().1);
        let (upper, lower) = self.data_mut().split_at_mut(height / 2 * stride);
        let below = lower.rchunks_exact_mut(stride);
        for (a, b) in upper.chunks_exact_mut(stride).zip(below) {
            a.swap_with_slice(b);
        }
    }

    /// As in a mirror, in place: the first column becomes the last.
    pub fn flop(&mut self) {
        match self.channels() {
            1 => self.rows_mut().for_each(<[u8]>::reverse),
            2 => self.rows_mut().for_each(reverse::<2>),
            3 => self.rows_mut().for_each(reverse::<3>),
            _ => self.rows_mut().for_each(reverse::<4>),
        }
    }

    /// By 180 degrees, in place.
    pub fn rotate180(&mut self) {
        match self.channels() {
            1 => self.data_mut().reverse(),
            2 => reverse::<2>(self.data_mut()),
            3 => reverse::<3>(self.data_mut()),
            _ => reverse::<4>(self.data_mut()),
        }
    }

    /// By 90 degrees clockwise.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn rotate90(&self) -> Result<Self, RasterError> {
        self.turn(false, true)
    }

    /// By 270 degrees clockwise.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn rotate270(&self) -> Result<Self, RasterError> {
        self.turn(true, false)
    }

    /// As an EXIF orientation says it has to be seen (EXIF 2.3, 4.6.4, tag 274).
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where it is not 1 to 8, [`RasterError::OutOfMemory`].
    pub fn orient(mut self, orientation: u8) -> Result<Self, RasterError> {
        check((1..=8).contains(&orientation), "an orientation of 1 to 8")?;
        match orientation {
            2 => self.flop(),
            3 => self.rotate180(),
            4 => self.flip(),
            5 => return self.turn(false, false),
            6 => return self.rotate90(),
            7 => return self.turn(true, true),
            8 => return self.rotate270(),
            _ => {}
        }
        Ok(self)
    }

    /// Columns become rows, the last first where asked for: of rows of the result, and of pixels within each.
    fn turn(&self, rows: bool, columns: bool) -> Result<Self, RasterError> {
        let mut result = Self::zeroed(self.height(), self.width(), self.channels(), u64::MAX)?;
        match self.channels() {
            1 => transpose::<1>(self, &mut result, rows, columns),
            2 => transpose::<2>(self, &mut result, rows, columns),
            3 => transpose::<3>(self, &mut result, rows, columns),
            _ => transpose::<4>(self, &mut result, rows, columns),
        }
        Ok(result)
    }
}

fn reverse<const N: usize>(row: &mut [u8]) {
    row.as_chunks_mut::<N>().0.reverse();
}

fn transpose<const N: usize>(from: &Raster, to: &mut Raster, rows: bool, columns: bool) {
    let (width, height) = from.size();
    let source = from.data().as_chunks::<N>().0;
    let target = to.data_mut().as_chunks_mut::<N>().0;
    // Where the first pixel goes, and how far from it those to its right and below it go. Decided in the loop, there would
    // be four copies of it.
    let (row, right) =
        if rows { ((width - 1) * height, height.wrapping_neg()) } else { (0, height) };
    let (column, below) = if columns { (height - 1, 1_usize.wrapping_neg()) } else { (0, 1) };
    let first = row + column;
    for top in (0..height).step_by(TILE) {
        for left in (0..width).step_by(TILE) {
            for x in left..width.min(left + TILE) {
                let start = first.wrapping_add(x.wrapping_mul(right));
                for y in top..height.min(top + TILE) {
                    target[start.wrapping_add(y.wrapping_mul(below))] = source[y * width + x];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Raster {
        Raster::new(3, 2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap()
    }

    #[test]
    fn every_orientation_is_undone() {
        for (orientation, expected) in [
            (1, [1, 2, 3, 4, 5, 6]),
            (2, [3, 2, 1, 6, 5, 4]),
            (3, [6, 5, 4, 3, 2, 1]),
            (4, [4, 5, 6, 1, 2, 3]),
            (5, [1, 4, 2, 5, 3, 6]),
            (6, [4, 1, 5, 2, 6, 3]),
            (7, [6, 3, 5, 2, 4, 1]),
            (8, [3, 6, 2, 5, 1, 4]),
        ] {
            let turned = image().orient(orientation).unwrap();
            assert_eq!(turned.data(), expected, "{orientation}");
            assert_eq!(turned.width(), if orientation < 5 { 3 } else { 2 });
        }
        assert!(image().orient(0).is_err() && image().orient(9).is_err());
    }

    #[test]
    fn four_turns_are_none() {
        for channels in 1..=4 {
            let (width, height) = (71, 45);
            let data = (0..71 * 45 * channels).map(|i| (i % 251) as u8).collect();
            let image = Raster::new(width, height, channels, data).unwrap();
            let half = image.rotate90().unwrap().rotate90().unwrap();
            let mut turned = image.try_clone().unwrap();
            turned.rotate180();
            assert_eq!(half, turned);
            turned.flip();
            turned.flop();
            assert_eq!(turned, image);
            assert_eq!(half.rotate270().unwrap().rotate270().unwrap(), image);
        }
    }
}
