//! Colours as sums of colours.

use crate::error::{RasterError, check};
use crate::raster::Raster;

/// Fractional bits of factors.
const BITS: i32 = 16;

impl Raster {
    /// Each colour becomes a sum of all three, to the nearest: a row of `matrix` holds the factors of red, green and
    /// blue for one of them, taken to the nearest 65536th. Grey becomes colour; alpha stays.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where a factor is not within 40, [`RasterError::OutOfMemory`].
    pub fn recomb(&self, matrix: [[f64; 3]; 3]) -> Result<Self, RasterError> {
        let small = matrix.as_flattened().iter().all(|factor| factor.abs() <= 40.0);
        check(small, "factors of -40 to 40")?;
        let factors = matrix.map(|row| row.map(|v| (v * f64::from(1 << BITS)).round() as i32));
        let mix = |rgb: [u8; 3]| {
            factors.map(|row| {
                let sum: i32 = row.iter().zip(rgb).map(|(f, v)| f * i32::from(v)).sum();
                ((sum + (1 << (BITS - 1))) >> BITS).clamp(0, 255) as u8
            })
        };
        match self.channels() {
            1 => self.convert(|[v]: [u8; 1]| mix([v; 3])),
            3 => self.convert(|rgb: [u8; 3]| mix(rgb)),
            2 => self.convert(|[v, a]: [u8; 2]| {
                let [r, g, b] = mix([v; 3]);
                [r, g, b, a]
            }),
            _ => self.convert(|[r, g, b, a]: [u8; 4]| {
                let [r, g, b] = mix([r, g, b]);
                [r, g, b, a]
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_results() {
        let image = Raster::new(1, 1, 4, vec![100, 50, 20, 7]).unwrap();
        let matrix = [[0.0, 1.0, 0.0], [0.5, 0.5, 0.5], [-1.0, 0.0, 0.0]];
        assert_eq!(image.recomb(matrix).unwrap().data(), [50, 85, 0, 7]);
        assert!(image.recomb([[40.0; 3]; 3]).is_ok());
        assert!(image.recomb([[f64::NAN; 3]; 3]).is_err());
        let grey = Raster::new(1, 1, 1, vec![10]).unwrap();
        assert_eq!(grey.recomb(matrix).unwrap().data(), [10, 15, 0]);
    }
}
