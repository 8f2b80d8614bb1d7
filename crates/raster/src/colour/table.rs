//! What changes each sample by itself: one table for every channel.

use crate::error::{RasterError, check};
use crate::math::pow;
use crate::raster::Raster;

/// The nearest sample; not a number becomes zero.
pub(super) fn nearest(value: f64) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}

impl Raster {
    /// 255 less the sample, of alpha too where asked for.
    pub fn negate(&mut self, alpha: bool) {
        let (channels, all) = (self.channels(), alpha || !self.has_alpha());
        if all {
            for sample in self.data_mut() {
                *sample = !*sample;
            }
        } else if channels == 2 {
            for [grey, _] in self.data_mut().as_chunks_mut().0 {
                *grey = !*grey;
            }
        } else {
            for [red, green, blue, _] in self.data_mut().as_chunks_mut().0 {
                (*red, *green, *blue) = (!*red, !*green, !*blue);
            }
        }
    }

    /// The power `gamma_in` of every colour as a part of 255, then the power `1 / gamma_out`, each to the nearest: what
    /// sharp's `gamma` does before and after other operations. Alpha stays.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where an exponent is not 1 to 3.
    pub fn gamma(&mut self, gamma_in: f64, gamma_out: f64) -> Result<(), RasterError> {
        for gamma in [gamma_in, gamma_out] {
            check((1.0..=3.0).contains(&gamma), "gamma of 1.0 to 3.0")?;
        }
        let power = |sample: u8, exponent: f64| {
            nearest(if exponent == 1.0 {
                f64::from(sample)
            } else {
                255.0 * pow(f64::from(sample) / 255.0, exponent)
            })
        };
        let table: [u8; 256] =
            core::array::from_fn(|sample| power(power(sample as u8, gamma_in), 1.0 / gamma_out));
        self.look_up(&[table; 4], self.colours());
        Ok(())
    }

    /// `a * sample + b`, to the nearest: one pair for all colours, one for each, or one for each channel, alpha included.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where there are not as many of `a` as of `b`, not as many as said above, or where
    /// one is not finite.
    pub fn linear(&mut self, a: &[f64], b: &[f64]) -> Result<(), RasterError> {
        let counts = [1, self.colours(), self.channels()];
        let matching = a.len() == b.len() && counts.contains(&a.len());
        check(matching, "one a and b, or one for each channel")?;
        check(a.iter().chain(b).all(|v| v.is_finite()), "finite a and b")?;
        let mut tables = [[0; 256]; 4];
        for (channel, table) in tables.iter_mut().enumerate() {
            let at = if a.len() == 1 { 0 } else { channel.min(a.len() - 1) };
            for (sample, to) in table.iter_mut().enumerate() {
                *to = nearest(a[at] * sample as f64 + b[at]);
            }
        }
        let channels = if a.len() == self.channels() { a.len() } else { self.colours() };
        self.look_up(&tables, channels);
        Ok(())
    }

    /// Replaces samples of the first `count` channels by those of a table for each.
    fn look_up(&mut self, tables: &[[u8; 256]; 4], count: usize) {
        let channels = self.channels();
        if channels == 1 {
            for sample in self.data_mut() {
                *sample = tables[0][usize::from(*sample)];
            }
            return;
        }
        for pixel in self.data_mut().chunks_exact_mut(channels) {
            for (sample, table) in pixel[..count].iter_mut().zip(tables) {
                *sample = table[usize::from(*sample)];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_is_negated_on_demand() {
        let mut image = Raster::new(1, 1, 4, vec![1, 2, 3, 4]).unwrap();
        image.negate(false);
        assert_eq!(image.data(), [254, 253, 252, 4]);
        image.negate(true);
        assert_eq!(image.data(), [1, 2, 3, 251]);
        let mut grey = Raster::new(1, 2, 2, vec![1, 2, 3, 4]).unwrap();
        grey.negate(false);
        assert_eq!(grey.data(), [254, 2, 252, 4]);
    }

    #[test]
    fn lines_are_per_channel() {
        let mut image = Raster::new(1, 1, 4, vec![10, 20, 30, 40]).unwrap();
        image.linear(&[2.0], &[1.0]).unwrap();
        assert_eq!(image.data(), [21, 41, 61, 40]);
        image.linear(&[1.0, 0.5, 9.0], &[-30.0, 0.0, 0.0]).unwrap();
        assert_eq!(image.data(), [0, 21, 255, 40]);
        image.linear(&[1.0; 4], &[0.0, 0.0, 0.0, 2.4]).unwrap();
        assert_eq!(image.data(), [0, 21, 255, 42]);
        assert!(image.linear(&[1.0; 2], &[1.0; 2]).is_err());
        assert!(image.linear(&[], &[]).is_err());
        assert!(image.linear(&[f64::NAN], &[1.0]).is_err());
    }

    #[test]
    fn gamma_darkens_and_brightens() {
        let mut image = Raster::new(1, 1, 2, vec![128, 128]).unwrap();
        image.gamma(2.2, 1.0).unwrap();
        assert_eq!(image.data(), [56, 128]);
        image.gamma(1.0, 2.2).unwrap();
        assert_eq!(image.data(), [128, 128]);
        assert!(image.gamma(0.9, 1.0).is_err() && image.gamma(1.0, f64::NAN).is_err());
    }
}
