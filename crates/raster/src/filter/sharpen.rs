//! Sharper edges.

use super::convolve::Kernel;
use super::fir::filter;
use super::gauss::Half;
use super::plane::Plane;
use crate::alpha::div255;
use crate::error::{RasterError, check};
use crate::lab::Converter;
use crate::raster::Raster;

/// How L\* is sharpened: what is added grows with the difference from its blur, by one slope below `x1` and by another
/// above it. Fields and defaults are those of sharp and libvips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sharpen {
    /// Sigma of the blur in pixels, 0.000001 to 10.
    pub sigma: f64,
    /// The slope for flat areas, 0 to 1000000.
    pub m1: f64,
    /// The slope for jagged areas, 0 to 1000000.
    pub m2: f64,
    /// The difference from which an area is jagged, 0 to 1000000.
    pub x1: f64,
    /// Most that is added, 0 to 1000000.
    pub y2: f64,
    /// Most that is taken away, 0 to 1000000.
    pub y3: f64,
}

impl Default for Sharpen {
    fn default() -> Self {
        Self { sigma: 1.0, m1: 1.0, m2: 2.0, x1: 2.0, y2: 10.0, y3: 20.0 }
    }
}

/// L\* of 100 with fractional bits.
const SCALE: f32 = 327.67;

impl Sharpen {
    fn check(&self) -> Result<(), RasterError> {
        check((1e-6..=10.0).contains(&self.sigma), "a sigma of 0.000001 to 10.0")?;
        let rest = [self.m1, self.m2, self.x1, self.y2, self.y3];
        let good = rest.iter().all(|value| (0.0..=1e6).contains(value));
        check(good, "m1, m2, x1, y2 and y3 of 0.0 to 1000000.0")
    }

    /// What is added to L\* for its difference from the blur.
    fn gain(&self, difference: f64) -> f64 {
        let size = difference.abs();
        let gain = if size < self.x1 {
            size * self.m1
        } else {
            (size - self.x1) * self.m2 + self.x1 * self.m1
        };
        // Not `clamp`, whose panic shows its bounds, and brings in the formatting of floating-point numbers with them.
        (if difference < 0.0 { -gain } else { gain }).max(-self.y3).min(self.y2)
    }
}

impl Raster {
    /// Sharpens L\* of CIE L\*a\*b\* and leaves a\* and b\*, as sharp's `sharpen` with parameters, in place. The blur is
    /// that of libvips, weights of a Gaussian above a tenth; colours are multiplied by alpha while it is done.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where a number is not in its range, [`RasterError::OutOfMemory`].
    pub fn sharpen(&mut self, options: &Sharpen) -> Result<(), RasterError> {
        options.check()?;
        let converter = Converter::new();
        let (width, height) = self.size();
        let channels = self.channels();
        let mut blurred = Plane::new([width, height, 1])?;
        let middle = |l: f32| ((l * SCALE).round().clamp(0.0, 32767.0) - 16384.0) as i16;
        for (pixel, to) in self.data().chunks_exact(channels).zip(&mut blurred.data) {
            *to = middle(converter.lightness(colours(pixel)));
        }
        filter(&mut blurred, &Half::twentieths(options.sigma))?;
        for (pixel, blurred) in self.data_mut().chunks_exact_mut(channels).zip(&blurred.data) {
            let [l, a, b] = converter.lab(colours(pixel));
            let difference = i32::from(middle(l)) - i32::from(*blurred);
            let gain = options.gain(f64::from(difference) / f64::from(SCALE)) as f32;
            if gain == 0.0 {
                continue;
            }
            put(pixel, converter.rgb([(l + gain).clamp(0.0, 100.0), a, b]));
        }
        Ok(())
    }

    /// A fast, mild sharpening, as sharp's `sharpen` without parameters: 3 by 3 pixels, in place.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn sharpen_mildly(&mut self) -> Result<(), RasterError> {
        let mut values = [-1.0; 9];
        values[4] = 32.0;
        let kernel =
            Kernel { width: 3, height: 3, values: &values, scale: Some(24.0), offset: 0.0 };
        self.convolve(&kernel)
    }
}

/// Red, green and blue of a pixel, multiplied by its alpha.
fn colours(pixel: &[u8]) -> [u8; 3] {
    let by = |value: u8, alpha: u8| div255(u32::from(value) * u32::from(alpha));
    match *pixel {
        [v] => [v; 3],
        [v, a] => [by(v, a); 3],
        [r, g, b] => [r, g, b],
        [r, g, b, a, ..] => [by(r, a), by(g, a), by(b, a)],
        [] => [0; 3],
    }
}

/// The inverse of [`colours`].
fn put(pixel: &mut [u8], rgb: [u8; 3]) {
    let by = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * 255 + alpha / 2).checked_div(alpha).unwrap_or(0)).min(255) as u8
    };
    match pixel {
        [v] => *v = rgb[1],
        [v, a] => *v = by(rgb[1], *a),
        [r, g, b] => [*r, *g, *b] = rgb,
        [r, g, b, a, ..] => [*r, *g, *b] = rgb.map(|value| by(value, *a)),
        [] => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_overshoot_and_flat_areas_stay() {
        let data = [vec![100; 8], vec![150; 8]].concat();
        let mut image = Raster::new(16, 1, 1, data.clone()).unwrap();
        image.sharpen(&Sharpen::default()).unwrap();
        let (first, last) = (&image.data()[..5], &image.data()[11..]);
        assert_eq!((first, last), (&[100; 5][..], &[150; 5][..]));
        assert!(image.data()[7] < 95 && image.data()[8] > 155);
        let mut image = Raster::new(16, 1, 1, data).unwrap();
        image.sharpen_mildly().unwrap();
        assert_eq!(image.data()[6..10], [100, 94, 156, 150]);
    }

    #[test]
    fn numbers_are_checked() {
        let mut image = Raster::new(1, 1, 4, vec![1, 2, 3, 0]).unwrap();
        let options = Sharpen::default();
        for bad in [
            Sharpen { sigma: 0.0, ..options },
            Sharpen { sigma: 11.0, ..options },
            Sharpen { m1: f64::NAN, ..options },
            Sharpen { y3: -1.0, ..options },
        ] {
            assert!(image.sharpen(&bad).is_err());
        }
        image.sharpen(&Sharpen { sigma: 10.0, m2: 1e6, ..options }).unwrap();
    }
}
