//! Brightness, saturation, hue and lightness.

use super::recolour;
use crate::error::{RasterError, check};
use crate::lab::Converter;
use crate::math::sin_cos_degrees;
use crate::raster::Raster;

/// What is done to L\*, C\* and h, the polar form of CIE L\*a\*b\*, as sharp's `modulate` does it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modulate {
    /// What L\* is multiplied by, 0 or more.
    pub brightness: f64,
    /// What C\* is multiplied by, 0 or more.
    pub saturation: f64,
    /// What is added to h, in degrees.
    pub hue: f64,
    /// What is added to L\*, which goes from 0 to 100.
    pub lightness: f64,
}

impl Default for Modulate {
    /// Nothing changes.
    fn default() -> Self {
        Self { brightness: 1.0, saturation: 1.0, hue: 0.0, lightness: 0.0 }
    }
}

impl Raster {
    /// Changes brightness, saturation, hue and lightness, in place; alpha stays, and grey stays grey.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where a number is not finite, a factor is not 0 to 1000, hue or lightness not within
    /// 100000.
    pub fn modulate(&mut self, change: Modulate) -> Result<(), RasterError> {
        let factor = |value: f64| (0.0..=1000.0).contains(&value);
        check(factor(change.brightness), "a brightness of 0 to 1000")?;
        check(factor(change.saturation), "a saturation of 0 to 1000")?;
        check(change.hue.abs() <= 1e5, "a hue of -100000 to 100000 degrees")?;
        check(change.lightness.abs() <= 1e5, "a lightness of -100000 to 100000")?;
        if change == Modulate::default() {
            return Ok(());
        }
        let converter = Converter::new();
        // Polar coordinates are not needed: C* and h are the length and the angle of a* and b*.
        let (sin, cos) = sin_cos_degrees(change.hue);
        let sin = (sin * change.saturation) as f32;
        let cos = (cos * change.saturation) as f32;
        let (factor, sum) = (change.brightness as f32, change.lightness as f32);
        recolour(self, |rgb| {
            let [l, a, b] = converter.lab(rgb);
            converter.rgb([l * factor + sum, a * cos - b * sin, a * sin + b * cos])
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_stays_grey() {
        let mut image = Raster::new(2, 1, 2, vec![100, 7, 200, 8]).unwrap();
        let change = Modulate { saturation: 2.0, hue: 77.0, ..Modulate::default() };
        image.modulate(change).unwrap();
        assert_eq!(image.data(), [100, 7, 200, 8]);
        image.modulate(Modulate { lightness: 10.0, ..Modulate::default() }).unwrap();
        assert_eq!(image.data(), [125, 7, 228, 8]);
    }

    #[test]
    fn numbers_are_checked() {
        let mut image = Raster::new(1, 1, 3, vec![1, 2, 3]).unwrap();
        let identity = Modulate::default();
        for change in [
            Modulate { brightness: -1.0, ..identity },
            Modulate { saturation: f64::NAN, ..identity },
            Modulate { hue: f64::INFINITY, ..identity },
            Modulate { lightness: 1e9, ..identity },
        ] {
            assert!(image.modulate(change).is_err());
        }
        image.modulate(Modulate { brightness: 0.0, ..identity }).unwrap();
        assert!(image.data().iter().all(|v| *v <= 3));
    }
}
