//! The median of a square.

use super::histogram::columns;
use super::select::small;
use crate::error::{RasterError, check};
use crate::memory::{filled, product};
use crate::raster::Raster;

impl Raster {
    /// The median of `size` by `size` pixels around each, every channel by itself, as sharp's `median`. Of an even
    /// number of samples it is the upper one; an even square has one more column to the left and row above.
    ///
    /// Time does not grow with the size above 7, where there is a histogram for each column; up to 7 samples are sorted in
    /// vectors.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where the size is not 1 to 1000, [`RasterError::OutOfMemory`].
    pub fn median(&self, size: u32) -> Result<Self, RasterError> {
        check((1..=1000).contains(&size), "a size of 1 to 1000")?;
        match size {
            1 => self.try_clone(),
            3 => self.median3(),
            2..=7 => small(self, size as usize),
            _ => columns(self, size as usize),
        }
    }

    /// Three rows are sorted column by column; of three sorted columns the median is that of the largest low, the median
    /// middle and the smallest high one.
    fn median3(&self) -> Result<Self, RasterError> {
        let (stride, channels) = (self.stride(), self.channels());
        let height = self.size().1;
        let mut result = self.like(channels)?;
        let padded = product([self.size().0 + 2, channels, 1])?;
        let mut sorted = [filled(0_u8, padded)?, filled(0_u8, padded)?, filled(0_u8, padded)?];
        for (y, to) in result.rows_mut().enumerate() {
            let (above, below) = (y.saturating_sub(1), (y + 1).min(height - 1));
            let rows = [self.row(above), self.row(y), self.row(below)];
            sort(rows, &mut sorted, channels);
            let [low, middle, high] = &sorted;
            let [l0, l1, l2] = [0, 1, 2].map(|k| &low[k * channels..][..stride]);
            let [m0, m1, m2] = [0, 1, 2].map(|k| &middle[k * channels..][..stride]);
            let [h0, h1, h2] = [0, 1, 2].map(|k| &high[k * channels..][..stride]);
            for (x, to) in to.iter_mut().enumerate() {
                let low = l0[x].max(l1[x]).max(l2[x]);
                let high = h0[x].min(h1[x]).min(h2[x]);
                *to = of3(low, of3(m0[x], m1[x], m2[x]), high);
            }
        }
        Ok(result)
    }
}

#[inline(always)]
fn of3(a: u8, b: u8, c: u8) -> u8 {
    a.min(b).max(a.max(b).min(c))
}

/// The lowest, middle and highest of each column, with the first and the last one twice.
fn sort([a, b, c]: [&[u8]; 3], sorted: &mut [Vec<u8>; 3], channels: usize) {
    let len = a.len();
    let [low, middle, high] = sorted;
    let places = low[channels..].iter_mut().zip(&mut middle[channels..]).zip(&mut high[channels..]);
    for (((low, middle), high), ((a, b), c)) in places.zip(a.iter().zip(b).zip(c)) {
        *low = *a.min(b).min(c);
        *middle = of3(*a, *b, *c);
        *high = *a.max(b).max(c);
    }
    for row in sorted {
        row.copy_within(channels..2 * channels, 0);
        row.copy_within(len..len + channels, len + channels);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By definition.
    fn reference(image: &Raster, size: usize) -> Vec<u8> {
        let (width, height) = image.size();
        let channels = image.channels();
        let mut result = Vec::new();
        for y in 0..height {
            for x in 0..width {
                for channel in 0..channels {
                    let mut samples = Vec::new();
                    for dy in 0..size {
                        let row = (y + dy).saturating_sub(size / 2).min(height - 1);
                        for dx in 0..size {
                            let column = (x + dx).saturating_sub(size / 2).min(width - 1);
                            samples.push(image.row(row)[column * channels + channel]);
                        }
                    }
                    samples.sort_unstable();
                    result.push(samples[size * size / 2]);
                }
            }
        }
        result
    }

    #[test]
    fn every_size_is_as_defined() {
        let mut state = 1_u32;
        for channels in 1..=4 {
            for (width, height) in [(1, 1), (2, 5), (23, 17), (40, 3)] {
                let data = (0..width * height * channels as u32)
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state >> 24) as u8
                    })
                    .collect();
                let image = Raster::new(width, height, channels, data).unwrap();
                for size in [1, 2, 3, 4, 5, 6, 7, 8, 13, 41] {
                    let median = image.median(size).unwrap();
                    assert_eq!(median.data(), reference(&image, size as usize), "{size}");
                }
            }
        }
    }

    #[test]
    fn sizes_are_checked() {
        let image = Raster::new(3, 1, 1, vec![1, 2, 3]).unwrap();
        assert!(image.median(0).is_err() && image.median(1001).is_err());
        assert_eq!(image.median(1000).unwrap().data(), [1, 2, 3]);
    }
}
