//! Gaussian blur.

use super::fir::filter;
use super::gauss::Half;
use super::plane::Plane;
use super::pyramid::{double, halve};
use crate::error::{RasterError, check};
use crate::raster::Raster;

/// From this sigma on images are blurred at a smaller size.
const DIRECT: f64 = 3.5;

impl Raster {
    /// Gaussian blur, in place, colours multiplied by alpha while it is done.
    ///
    /// Below a sigma of 3.5 the filter itself, with weights of 15 bits up to 3.5 sigma. From there on the image is halved
    /// until sigma is below 3.5 of its pixels, filtered with what the steps leave of the variance, and doubled
    /// again: time does not grow with sigma. Results are within 1 level of exact arithmetic.
    ///
    /// Memory: rows as many as the filter is high; from a sigma of 3.5 two thirds of the image.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where sigma is not 0.3 to 1000, [`RasterError::OutOfMemory`].
    pub fn blur(&mut self, sigma: f64) -> Result<(), RasterError> {
        check((0.3..=1000.0).contains(&sigma), "a sigma of 0.3 to 1000.0")?;
        if sigma < DIRECT {
            return filter(self, &Half::gaussian(sigma));
        }
        let mut levels: Vec<Plane> = vec![halve(self)?];
        let mut scale = 2.0;
        while sigma / scale >= DIRECT {
            let next = match levels.last() {
                Some(level) => halve(level)?,
                None => break,
            };
            levels.push(next);
            scale *= 2.0;
        }
        // Steps down and up add 3/4 pixels of their size each: a geometric series.
        let variance = (sigma * sigma - 0.5 * (scale * scale - 1.0)) / (scale * scale);
        let half = Half::gaussian(variance.sqrt());
        let Some(mut smallest) = levels.pop() else { return Ok(()) };
        filter(&mut smallest, &half)?;
        while let Some(mut level) = levels.pop() {
            double(&smallest, &mut level)?;
            smallest = level;
        }
        double(&smallest, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By definition, with edges that repeat.
    fn exact(image: &Raster, sigma: f64) -> Vec<f64> {
        let (width, height) = image.size();
        let channels = image.channels();
        let radius = (5.0 * sigma).ceil() as i64;
        let weights: Vec<f64> =
            (-radius..=radius).map(|x| (-(x * x) as f64 / (2.0 * sigma * sigma)).exp()).collect();
        let total: f64 = weights.iter().sum();
        let pass = |data: &[f64], len: usize, step: usize, at: usize| {
            let (place, first) = (at / step % len, at - at / step % len * step);
            let sum: f64 = weights
                .iter()
                .zip(-radius..)
                .map(|(w, k)| {
                    let from = (place as i64 + k).clamp(0, len as i64 - 1) as usize;
                    w * data[first + from * step]
                })
                .sum();
            sum / total
        };
        let data: Vec<f64> = image.data().iter().map(|v| f64::from(*v)).collect();
        let across: Vec<f64> = (0..data.len()).map(|at| pass(&data, width, channels, at)).collect();
        (0..data.len()).map(|at| pass(&across, height, width * channels, at)).collect()
    }

    fn worst(image: &Raster, sigma: f64) -> f64 {
        let expected = exact(image, sigma);
        let mut blurred = image.try_clone().unwrap();
        blurred.blur(sigma).unwrap();
        let errors = expected.iter().zip(blurred.data()).map(|(a, b)| (a - f64::from(*b)).abs());
        errors.fold(0.0, f64::max)
    }

    fn image(width: u32, height: u32, channels: usize, pixel: impl Fn(u32, u32) -> bool) -> Raster {
        let mut data = Vec::new();
        for y in 0..height {
            for x in 0..width {
                data.extend(vec![if pixel(x, y) { 255 } else { 0 }; channels]);
            }
        }
        Raster::new(width, height, channels, data).unwrap()
    }

    #[test]
    fn errors_are_as_stated() {
        let mut noise = 1_u32;
        let noise: Vec<u32> = (0..97 * 61)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                noise
            })
            .collect();
        let images = [
            image(97, 61, 1, |x, _| x > 40),
            image(97, 61, 3, |x, y| x > 60 && y < 20),
            image(97, 61, 1, |x, y| (x + y) % 2 == 0),
            image(97, 61, 1, |x, y| noise[(97 * y + x) as usize] >> 31 == 1),
            // Frequencies next to those that halving folds onto the lowest.
            image(97, 61, 1, |x, _| x * 10 / 21 % 2 == 0),
            image(97, 61, 1, |x, y| (x * 10 / 41 + y * 10 / 39) % 2 == 0),
            image(1, 61, 1, |_, y| y > 30),
            image(2, 3, 1, |x, y| x == y),
        ];
        for sigma in [0.3, 0.5, 1.0, 1.7, 3.0, 3.99, 4.0, 5.5, 7.9, 8.0, 13.0, 16.0, 31.0, 70.0] {
            for (i, image) in images.iter().enumerate() {
                let error = worst(image, sigma);
                assert!(error < 1.0, "image {i}, sigma {sigma}: {error}");
            }
        }
    }

    #[test]
    fn one_colour_stays() {
        for channels in 1..=4 {
            let data: Vec<u8> = [13, 255, 200, 255].repeat(300)[..channels].repeat(300);
            let image = Raster::new(20, 15, channels, data).unwrap();
            for sigma in [0.3, 1.0, 3.5, 6.0, 50.0, 1000.0] {
                let mut blurred = image.try_clone().unwrap();
                blurred.blur(sigma).unwrap();
                assert_eq!(blurred, image, "{channels} {sigma}");
            }
        }
    }

    #[test]
    fn clear_pixels_have_no_colour_to_give() {
        let mut data = [200, 100, 50, 255].repeat(8);
        data.extend([0, 255, 0, 0].repeat(8));
        let mut image = Raster::new(16, 1, 4, data).unwrap();
        image.blur(1.5).unwrap();
        for [r, g, b, a] in image.data().as_chunks::<4>().0 {
            let near = r.abs_diff(200) < 5 && g.abs_diff(100) < 5 && b.abs_diff(50) < 5;
            assert!(near || *a < 16, "{r} {g} {b} {a}");
        }
    }

    #[test]
    fn sigma_is_checked() {
        let mut image = Raster::new(1, 1, 1, vec![1]).unwrap();
        for sigma in [0.0, 0.29, 1000.1, -1.0, f64::NAN, f64::INFINITY] {
            assert!(image.blur(sigma).is_err());
        }
    }
}
