//! The perceptual hash (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010).

use core::f64::consts::PI;

use super::luminance;
use crate::error::RasterError;
use crate::math::cos;
use crate::raster::Raster;

/// Averages to a side.
const SIDE: usize = 32;

/// A bit for each of the 8 by 8 lowest frequencies of a DCT-II of 32 by 32 averages, one where it is above the median
/// of all but the first, which is the mean; row by row, the first in the highest bit.
///
/// # Errors
///
/// [`RasterError::OutOfMemory`].
pub fn phash(image: &Raster) -> Result<u64, RasterError> {
    let grey = luminance(image, SIDE, SIDE)?;
    let mut waves = [[0.0; SIDE]; 8];
    for (i, value) in waves.as_flattened_mut().iter_mut().enumerate() {
        let (frequency, x) = (i / SIDE, i % SIDE);
        *value = cos(PI / (2 * SIDE) as f64 * (frequency * (2 * x + 1)) as f64);
    }
    let mut across = [[0.0; 8]; SIDE];
    for (row, sums) in grey.rows().zip(&mut across) {
        for (wave, sum) in waves.iter().zip(sums) {
            *sum = row.iter().zip(wave).map(|(v, w)| f64::from(*v) * w).sum();
        }
    }
    let mut frequencies = [0.0; 64];
    for (i, to) in frequencies.iter_mut().enumerate() {
        let (down, column) = (&waves[i / 8], i % 8);
        let sum: f64 = across.iter().zip(down).map(|(row, w)| row[column] * w).sum();
        // What is zero but for rounding is zero, whatever the image.
        *to = if sum.abs() < 1e-6 { 0.0 } else { sum };
    }
    let median = median(&frequencies[1..]);
    let bit = |hash: u64, value: &f64| hash << 1 | u64::from(*value > median);
    Ok(frequencies.iter().fold(0, bit))
}

/// The value that half of an odd number of them are below, or equal and before it. Of so few counting is enough.
fn median(values: &[f64]) -> f64 {
    let before = |i: usize, value: f64| {
        let less = |(k, other): &(usize, &f64)| **other < value || (**other == value && *k < i);
        values.iter().enumerate().filter(less).count()
    };
    let middle = values.iter().enumerate().find(|(i, v)| before(*i, **v) == values.len() / 2);
    middle.map_or(0.0, |(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::super::hamming;
    use super::*;

    fn image(width: u32, height: u32, bright: u32) -> Raster {
        let mut data = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
                let wave = (7.0 * x * y + 3.0 * x).sin() + (5.0 * y * y).cos();
                data.push((100.0 + 40.0 * wave) as u8 + bright as u8);
            }
        }
        Raster::new(width, height, 1, data).unwrap()
    }

    #[test]
    fn sizes_and_brightness_do_not_matter() {
        let hash = phash(&image(200, 100, 0)).unwrap();
        assert!(hamming(hash, phash(&image(123, 250, 0)).unwrap()) <= 4);
        assert!(hamming(hash, phash(&image(200, 100, 20)).unwrap()) <= 4);
        let mut other = image(200, 100, 0);
        other.rotate180();
        assert!(hamming(hash, phash(&other).unwrap()) > 16);
        // All but the mean are zero, and so not above their median.
        let flat = Raster::new(2, 2, 3, vec![90; 12]).unwrap();
        assert_eq!(phash(&flat).unwrap(), 1 << 63);
    }
}
