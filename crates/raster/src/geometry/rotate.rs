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

/// Places between two pixels that are told apart.
const STEPS: usize = 1 << STEP_BITS;
const STEP_BITS: u32 = 10;

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
            let (ox, oy) = (left.round(), y as f64 + top.round());
            let start = [cos * ox + sin * oy, cos * oy - sin * ox];
            match channels {
                1 => source.row::<1>(start, [cos, -sin], line.as_chunks_mut().0),
                2 => source.row::<2>(start, [cos, -sin], line.as_chunks_mut().0),
                3 => source.row::<3>(start, [cos, -sin], line.as_chunks_mut().0),
                _ => source.row::<4>(start, [cos, -sin], line.as_chunks_mut().0),
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
    width: usize,
    height: usize,
    bilinear: bool,
    /// Of every step, if they are needed.
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
        let bilinear = interpolation == Interpolation::Bilinear;
        let mut weights = filled([0; 4], if bilinear { 0 } else { STEPS })?;
        for (step, weights) in weights.iter_mut().enumerate() {
            *weights = catmull_rom(step as f64 / STEPS as f64);
        }
        Ok(Self { pixels, width, height, bilinear, weights })
    }

    /// A row of pixels, the first at a place of the image, whose first pixel has its place at 0, 0; each next one is a
    /// step further.
    fn row<const N: usize>(&self, start: [f64; 2], step: [f64; 2], row: &mut [[i16; N]]) {
        // With 32 fractional bits a row of 2^20 pixels ends within a 4096th of a pixel.
        let fixed = |value: f64| (value * 4_294_967_296.0).round() as i64;
        let [mut x, mut y] = start.map(|place| fixed(place + 2.0));
        let [right, down] = step.map(fixed);
        let pixels = self.pixels.as_chunks::<N>().0;
        for pixel in row {
            *pixel = if self.bilinear { self.two(pixels, x, y) } else { self.four(pixels, x, y) };
            // Only of sides above 2^30 is it a matter of wrapping, which is past every edge.
            (x, y) = (x.wrapping_add(right), y.wrapping_add(down));
        }
    }

    /// Column, row, and the steps past them; nothing where all is background.
    #[inline(always)]
    fn place(&self, x: i64, y: i64) -> Option<[usize; 4]> {
        let (left, top) = (x >> 32, y >> 32);
        let inside = (1..self.width as i64 - 2).contains(&left)
            && (1..self.height as i64 - 2).contains(&top);
        let step = |place: i64| (place & 0xFFFF_FFFF) as usize >> (32 - STEP_BITS);
        inside.then(|| [left as usize, top as usize, step(x), step(y)])
    }

    #[inline(always)]
    fn two<const N: usize>(&self, pixels: &[[i16; N]], x: i64, y: i64) -> [i16; N] {
        let Some([left, top, across, down]) = self.place(x, y) else { return pixels[0] };
        let first = top * self.width + left;
        let (upper, lower) = (&pixels[first..], &pixels[first + self.width..]);
        let ([a, b, ..], [c, d, ..]) = (upper, lower) else { return pixels[0] };
        let (across, down) = (across as i32, down as i32);
        let mix = |a: i32, b: i32, step: i32| a * (STEPS as i32 - step) + b * step;
        core::array::from_fn(|i| {
            let upper = mix(i32::from(a[i]), i32::from(b[i]), across);
            let lower = mix(i32::from(c[i]), i32::from(d[i]), across);
            // 16384 times 1024 times 1024 is 2^34: six bits go before the second product.
            let sum = mix((upper + 32) >> 6, (lower + 32) >> 6, down);
            ((sum + (1 << 13)) >> 14) as i16
        })
    }

    fn four<const N: usize>(&self, pixels: &[[i16; N]], x: i64, y: i64) -> [i16; N] {
        let Some([left, top, across, down]) = self.place(x, y) else { return pixels[0] };
        let (across, down) = (self.weights[across], self.weights[down]);
        let first = (top - 1) * self.width + left - 1;
        let rows: [&[[i16; N]]; 4] =
            core::array::from_fn(|y| &pixels[first + y * self.width..][..4]);
        core::array::from_fn(|i| {
            let mut sum = 1 << 15;
            for (row, down) in rows.iter().zip(down) {
                let line: i32 = row.iter().zip(across).map(|(p, w)| w * i32::from(p[i])).sum();
                // Absolute weights add up to 1.25 at most: 31 bits are enough.
                sum += down * ((line + 128) >> 8);
            }
            (sum >> 16).clamp(-16384, 16256) as i16
        })
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
