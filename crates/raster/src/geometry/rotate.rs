//! Rotation by any angle.

use crate::alpha::{load_row, store_row};
use crate::error::{RasterError, check};
use crate::math::sin_cos_degrees;
use crate::memory::{filled, product};
use crate::raster::Raster;

/// How a pixel between others is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interpolation {
    /// From the four around it, as sharp's `rotate` does it.
    #[default]
    Bilinear,
    /// From the sixteen around it, with the cubic of Catmull and Rom.
    Bicubic,
}

/// Steps between two pixels: weights are from tables of so many places.
const STEPS: usize = 1024;

/// Weights of four pixels at one place between the middle two; they add up to 4096.
type Weights = [i32; 4];

impl Raster {
    /// Rotates clockwise by `degrees`. The canvas grows to hold all of the image, to the sizes of sharp's `rotate`:
    /// `width |cos| + height |sin|` and `width |sin| + height |cos|`, to the nearest. Multiples of 90 move pixels only.
    ///
    /// New pixels are `background`: red, green, blue and alpha, on a grey image its luminance. A background that is
    /// not opaque adds alpha to an image without. Edges are blended with it, colours multiplied by alpha.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where the angle is not within a million degrees, [`RasterError::TooManyPixels`] where
    /// the result has more than `max_pixels`, [`RasterError::OutOfMemory`].
    pub fn rotate(
        &self,
        degrees: f64,
        background: [u8; 4],
        interpolation: Interpolation,
        max_pixels: u64,
    ) -> Result<Self, RasterError> {
        check(degrees.abs() <= 1e6, "an angle of -1000000 to 1000000 degrees")?;
        let (sin, cos) = sin_cos_degrees(degrees);
        if sin == 0.0 || cos == 0.0 {
            return self.quarters(sin, cos);
        }
        if background[3] < 255 && !self.has_alpha() {
            return self.add_alpha()?.rotate(degrees, background, interpolation, max_pixels);
        }
        let (w, h) = (f64::from(self.width()), f64::from(self.height()));
        // As libvips rounds it: the places of the corners of the canvas, and its sides.
        let left = (w * cos).min(0.0) + (-h * sin).min(0.0);
        let top = (w * sin).min(0.0) + (h * cos).min(0.0);
        let width = (w * cos.abs() + h * sin.abs()).round().max(1.0);
        let height = (w * sin.abs() + h * cos.abs()).round().max(1.0);
        let mut result = Self::zeroed(side(width), side(height), self.channels(), max_pixels)?;
        let source = Source::new(self, background, interpolation)?;
        let mut line = filled(0_i16, result.stride())?;
        let channels = self.channels();
        for (y, row) in result.rows_mut().enumerate() {
            let ox = left.round();
            let oy = y as f64 + top.round();
            for (x, pixel) in line.chunks_exact_mut(channels).enumerate() {
                let ox = ox + x as f64;
                source.sample(cos * ox + sin * oy, cos * oy - sin * ox, pixel);
            }
            store_row(&line, channels, row);
        }
        Ok(result)
    }

    fn quarters(&self, sin: f64, cos: f64) -> Result<Self, RasterError> {
        if cos == 0.0 {
            return if sin > 0.0 { self.rotate90() } else { self.rotate270() };
        }
        let mut copy = self.try_clone()?;
        if cos < 0.0 {
            copy.rotate180();
        }
        Ok(copy)
    }
}

/// A side as an integer; what is too large is refused by every limit.
fn side(length: f64) -> u32 {
    length.min(f64::from(u32::MAX)) as u32
}

/// The image with an edge of two pixels of background, centred and multiplied by alpha.
struct Source {
    pixels: Vec<i16>,
    channels: usize,
    width: usize,
    height: usize,
    weights: Vec<Weights>,
}

impl Source {
    fn new(
        image: &Raster,
        background: [u8; 4],
        interpolation: Interpolation,
    ) -> Result<Self, RasterError> {
        let channels = image.channels();
        let (width, height) = (image.size().0 + 4, image.size().1 + 4);
        let stride = width * channels;
        let mut pixels = filled(0_i16, product([width, height, channels])?)?;
        let mut colour = [0_i16; 4];
        load_row(&image.colour(background)[..channels], channels, &mut colour[..channels]);
        for pixel in pixels.chunks_exact_mut(channels) {
            pixel.copy_from_slice(&colour[..channels]);
        }
        for (y, row) in image.rows().enumerate() {
            let start = (y + 2) * stride + 2 * channels;
            load_row(row, channels, &mut pixels[start..start + row.len()]);
        }
        let mut weights = filled([0; 4], STEPS + 1)?;
        for (step, weights) in weights.iter_mut().enumerate() {
            *weights = match interpolation {
                Interpolation::Bilinear => [0, 4096 - 4 * step as i32, 4 * step as i32, 0],
                Interpolation::Bicubic => catmull_rom(step as f64 / STEPS as f64),
            };
        }
        Ok(Self { pixels, channels, width, height, weights })
    }

    /// The pixel at a place of the image, whose first has its place at 0, 0.
    #[inline]
    fn sample(&self, x: f64, y: f64, pixel: &mut [i16]) {
        let (x, y) = (x + 2.0, y + 2.0);
        // Past the edge all is background, and so is the first pixel.
        let inside =
            x >= 1.0 && y >= 1.0 && x < (self.width - 2) as f64 && y < (self.height - 2) as f64;
        if !inside {
            pixel.copy_from_slice(&self.pixels[..self.channels]);
            return;
        }
        let (left, top) = (x as usize, y as usize);
        let step = |fraction: f64| (fraction * STEPS as f64 + 0.5) as usize;
        let across = self.weights[step(x - left as f64)];
        let down = self.weights[step(y - top as f64)];
        let stride = self.width * self.channels;
        let first = (top - 1) * stride + (left - 1) * self.channels;
        for (channel, to) in pixel.iter_mut().enumerate() {
            let mut sum = 0;
            for (y, weight) in down.into_iter().enumerate() {
                if weight == 0 {
                    continue;
                }
                let row = &self.pixels[first + y * stride + channel..];
                let mut line = 0;
                for (x, weight) in across.into_iter().enumerate() {
                    line += weight * i32::from(row[x * self.channels]);
                }
                // Sums of the cubic's absolute weights are below 1.25: 31 bits are enough.
                sum += weight * ((line + 128) >> 8);
            }
            let value = (sum + (1 << 15)) >> 16;
            *to = value.clamp(-16384, 16256) as i16;
        }
    }
}

/// The cubic convolution of Keys (IEEE Trans. ASSP 29, 1981) with a of -1/2.
fn catmull_rom(t: f64) -> Weights {
    let exact = [
        ((-0.5 * t + 1.0) * t - 0.5) * t,
        (1.5 * t - 2.5) * t * t + 1.0,
        ((-1.5 * t + 2.0) * t + 0.5) * t,
        (0.5 * t - 0.5) * t * t,
    ];
    let mut weights = exact.map(|weight| (4096.0 * weight).round() as i32);
    weights[1] += 4096 - weights.iter().sum::<i32>();
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(width: u32, height: u32, channels: usize) -> Raster {
        let data = vec![200; width as usize * height as usize * channels];
        Raster::new(width, height, channels, data).unwrap()
    }

    #[test]
    fn multiples_of_a_quarter_move_pixels() {
        let image = Raster::new(3, 2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let rotate = |degrees| image.rotate(degrees, [0; 4], Interpolation::Bilinear, 6).unwrap();
        assert_eq!(rotate(90.0), image.rotate90().unwrap());
        assert_eq!(rotate(-90.0), image.rotate270().unwrap());
        assert_eq!(rotate(450.0), image.rotate90().unwrap());
        assert_eq!(rotate(180.0).data(), [6, 5, 4, 3, 2, 1]);
        assert_eq!(rotate(720.0), image);
    }

    #[test]
    fn the_middle_of_one_colour_stays() {
        for interpolation in [Interpolation::Bilinear, Interpolation::Bicubic] {
            for channels in 1..=4 {
                let image = flat(40, 30, channels);
                let turned = image.rotate(33.0, [0, 0, 0, 255], interpolation, 4000).unwrap();
                assert_eq!((turned.width(), turned.height()), (50, 47));
                let middle = turned.row(23);
                let start = 25 * channels;
                assert_eq!(middle[start..start + channels], vec![200; channels]);
            }
        }
    }

    #[test]
    fn limits_hold() {
        let image = flat(10, 10, 3);
        let background = [0; 4];
        let limited = image.rotate(45.0, background, Interpolation::Bicubic, 195);
        assert_eq!(limited, Err(RasterError::TooManyPixels { pixels: 196, limit: 195 }));
        for angle in [f64::NAN, f64::INFINITY, 1e7] {
            assert!(image.rotate(angle, background, Interpolation::Bilinear, 999).is_err());
        }
        let thin = flat(1, 1, 1).rotate(45.0, background, Interpolation::Bilinear, 9).unwrap();
        assert_eq!((thin.width(), thin.channels()), (1, 2));
    }
}
