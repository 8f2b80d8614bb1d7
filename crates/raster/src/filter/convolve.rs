//! Any kernel.

use crate::error::{RasterError, check};
use crate::memory::{filled, product};
use crate::raster::Raster;

/// A kernel for [`Raster::convolve`].
#[derive(Clone, Copy, Debug)]
pub struct Kernel<'a> {
    /// Columns, at least 1.
    pub width: usize,
    /// Rows, at least 1.
    pub height: usize,
    /// Factors, row by row: `width * height`, of which there may be 1001. The one in column `width / 2` of row
    /// `height / 2` is that of the pixel itself.
    pub values: &'a [f64],
    /// What sums are divided by; where there is none the sum of the factors, or 1 where that is 0.
    pub scale: Option<f64>,
    /// What is added then.
    pub offset: f64,
}

/// Most factors.
const MAX_VALUES: usize = 1001;

impl Raster {
    /// Convolves with a kernel, as sharp's `convolve`: factors are applied as they stand, not turned around. In place,
    /// with numbers of 32 bits, to the nearest; colours are multiplied by alpha while it is done.
    ///
    /// Time grows with the factors that are not zero; memory is as many rows of numbers as the kernel has.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where there are not as many factors as said above, or a number is not finite or, of
    /// the scale, zero; [`RasterError::OutOfMemory`].
    pub fn convolve(&mut self, kernel: &Kernel<'_>) -> Result<(), RasterError> {
        let count =
            kernel.width.checked_mul(kernel.height).filter(|n| (1..=MAX_VALUES).contains(n));
        let Some(count) = count else {
            return Err(RasterError::OutOfRange { expected: "a kernel of 1 to 1001 factors" });
        };
        check(kernel.values.len() == count, "as many factors as width and height make")?;
        let sum: f64 = kernel.values.iter().sum();
        let scale = kernel.scale.unwrap_or(if sum == 0.0 { 1.0 } else { sum });
        let bounded = |value: f64| value.abs() <= 1e9;
        let finite = kernel.values.iter().all(|v| bounded(*v)) && bounded(kernel.offset);
        check(finite, "factors and an offset within 1000000000")?;
        check((1e-9..=1e12).contains(&scale.abs()), "a scale that is not zero")?;
        let mut values = [0.0; MAX_VALUES];
        for (to, value) in values.iter_mut().zip(kernel.values) {
            *to = (value / scale) as f32;
        }
        self.apply(&values[..count], kernel.width, kernel.height, kernel.offset as f32)
    }

    fn apply(
        &mut self,
        values: &[f32],
        columns: usize,
        rows: usize,
        offset: f32,
    ) -> Result<(), RasterError> {
        let (width, height) = self.size();
        let (channels, stride) = (self.channels(), self.stride());
        let padded = product([width + columns - 1, channels, 1])?;
        let mut ring = filled(0_f32, product([padded, rows, 1])?)?;
        let mut sums = filled(0_f32, stride)?;
        let (left, above) = (columns / 2 * channels, rows / 2);
        let mut ready = 0;
        for y in 0..height {
            // Rows are read before results take their place: a row's own is the lowest that is written.
            while ready < height.min(y + rows - above) {
                let line = &mut ring[ready % rows * padded..][..padded];
                multiplied(self.row(ready), channels, &mut line[left..left + stride]);
                pad(line, left, stride, channels);
                ready += 1;
            }
            sums.fill(0.0);
            for (k, factors) in values.chunks_exact(columns).enumerate() {
                let from = (y + k).saturating_sub(above).min(height - 1);
                let line = &ring[from % rows * padded..][..padded];
                for (x, factor) in factors.iter().enumerate().filter(|(_, factor)| **factor != 0.0)
                {
                    for (sum, sample) in sums.iter_mut().zip(&line[x * channels..]) {
                        *sum += factor * sample;
                    }
                }
            }
            divided(&sums, offset, channels, self.row_mut(y));
        }
        Ok(())
    }
}

/// Samples as numbers, colours multiplied by alpha.
fn multiplied(row: &[u8], channels: usize, to: &mut [f32]) {
    for (sample, to) in row.iter().zip(to.iter_mut()) {
        *to = f32::from(*sample);
    }
    if channels.is_multiple_of(2) {
        for pixel in to.chunks_exact_mut(channels) {
            let (colours, alpha) = pixel.split_at_mut(channels - 1);
            let part = alpha[0] / 255.0;
            for colour in colours {
                *colour *= part;
            }
        }
    }
}

/// The inverse, to the nearest samples; without alpha colours are zero.
fn divided(sums: &[f32], offset: f32, channels: usize, row: &mut [u8]) {
    let nearest = |value: f32| (value + 0.5).clamp(0.0, 255.0) as u8;
    if !channels.is_multiple_of(2) {
        for (sum, to) in sums.iter().zip(row) {
            *to = nearest(sum + offset);
        }
        return;
    }
    for (sums, pixel) in sums.chunks_exact(channels).zip(row.chunks_exact_mut(channels)) {
        // Past the range alpha is cut off, but colours are still parts of what it was.
        let alpha = sums[channels - 1] + offset;
        let factor = if alpha > 0.0 { 255.0 / alpha } else { 0.0 };
        for (sum, to) in sums.iter().zip(pixel.iter_mut()) {
            *to = nearest((sum + offset) * factor);
        }
        pixel[channels - 1] = nearest(alpha);
    }
}

fn pad(line: &mut [f32], start: usize, len: usize, channels: usize) {
    for i in (0..start).rev() {
        line[i] = line[i + channels];
    }
    for i in start + len..line.len() {
        line[i] = line[i - channels];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kernel(width: usize, height: usize, values: &[f64]) -> Kernel<'_> {
        Kernel { width, height, values, scale: None, offset: 0.0 }
    }

    #[test]
    fn factors_are_applied_as_they_stand() {
        let mut image = Raster::new(3, 3, 1, (1..=9).collect()).unwrap();
        image.convolve(&kernel(3, 1, &[1.0, 0.0, 0.0])).unwrap();
        assert_eq!(image.data(), [1, 1, 2, 4, 4, 5, 7, 7, 8]);
        image.convolve(&kernel(1, 3, &[0.0, 0.0, 1.0])).unwrap();
        assert_eq!(image.data(), [4, 4, 5, 7, 7, 8, 7, 7, 8]);
        image.convolve(&kernel(2, 2, &[1.0, 1.0, 1.0, 1.0])).unwrap();
        assert_eq!(image.data(), [4, 4, 5, 6, 6, 6, 7, 7, 8]);
    }

    #[test]
    fn offsets_and_scales_count() {
        let mut image = Raster::new(2, 1, 1, vec![10, 20]).unwrap();
        let edge = Kernel { scale: Some(2.0), offset: 128.0, ..kernel(3, 1, &[-1.0, 0.0, 1.0]) };
        image.convolve(&edge).unwrap();
        assert_eq!(image.data(), [133, 133]);
        for bad in [
            kernel(0, 1, &[]),
            kernel(2, 1, &[1.0]),
            kernel(usize::MAX, 2, &[1.0]),
            kernel(1, 1, &[f64::NAN]),
            Kernel { scale: Some(0.0), ..kernel(1, 1, &[1.0]) },
            Kernel { scale: Some(f64::NAN), ..kernel(1, 1, &[1.0]) },
            Kernel { offset: f64::INFINITY, ..kernel(1, 1, &[1.0]) },
        ] {
            assert!(image.convolve(&bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_largest_kernel_is_larger_than_the_image() {
        let values = vec![1.0; 1001];
        for (width, height) in [(1001, 1), (1, 1001), (91, 11)] {
            let mut image = Raster::new(5, 4, 4, vec![255; 80]).unwrap();
            image.convolve(&kernel(width, height, &values)).unwrap();
            assert_eq!(image.data(), [255; 80]);
        }
    }
}
