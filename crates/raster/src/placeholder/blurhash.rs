//! `BlurHash` (D. Ågren, 2019), in the order of operations of the npm package `blurhash` 2.0.5.

use core::f64::consts::PI;

use crate::error::{RasterError, check};
use crate::math::cos;
use crate::memory::{filled, reserved};
use crate::raster::Raster;
use crate::shrink::{average, within};
use crate::srgb::{encoded, linear};

/// Longest side that is looked at.
const MOST: usize = 128;

const DIGITS: &[u8; 83] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/// The `BlurHash` of an image, with 1 to 9 components across and down: that of the npm package up to 128 by 128 pixels;
/// of a larger image that of its area averages within that size. Alpha does not count, as it does not there.
///
/// # Errors
///
/// [`RasterError::OutOfRange`] where there are no or more than 9 components, [`RasterError::OutOfMemory`].
pub fn blurhash(image: &Raster, x: u32, y: u32) -> Result<String, RasterError> {
    check((1..=9).contains(&x) && (1..=9).contains(&y), "1 to 9 components across and down")?;
    let (w, h) = within(image, MOST);
    let rgb = if (w, h) == image.size() {
        image.to_rgb()?
    } else {
        average(&image.drop_alpha()?, w, h)?.to_rgb()?
    };
    let factors = factors(&rgb, x as usize, y as usize)?;
    let mut text = String::new();
    let bytes = 6 + 2 * factors.len();
    text.try_reserve_exact(bytes).map_err(|_| RasterError::OutOfMemory { bytes: bytes as u64 })?;
    digits(&mut text, x - 1 + (y - 1) * 9, 1);
    let (dc, ac) = factors.split_first().unwrap_or((&[0.0; 3], &[]));
    // Not of absolute values: the package takes it so.
    let largest = ac.as_flattened().iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    let quantised = (largest * 166.0 - 0.5).floor().clamp(0.0, 82.0);
    let most = if ac.is_empty() { 1.0 } else { (quantised + 1.0) / 166.0 };
    digits(&mut text, if ac.is_empty() { 0 } else { quantised as u32 }, 1);
    let [r, g, b] = dc.map(|v| (encoded(v.clamp(0.0, 1.0)) * 255.0 + 0.5) as u32);
    digits(&mut text, r << 16 | g << 8 | b, 4);
    for factor in ac {
        let [r, g, b] = factor.map(|v| {
            let v = v / most;
            let root = if v < 0.0 { -(-v).sqrt() } else { v.sqrt() };
            (root * 9.0 + 9.5).floor().clamp(0.0, 18.0) as u32
        });
        digits(&mut text, (r * 19 + g) * 19 + b, 2);
    }
    Ok(text)
}

/// Digits of base 83, the highest first.
fn digits(text: &mut String, value: u32, count: u32) {
    for place in (0..count).rev() {
        let digit = value / 83_u32.pow(place) % 83;
        text.push(char::from(DIGITS[digit as usize]));
    }
}

/// Cosine coefficients of linear light, row by row, the mean first.
fn factors(rgb: &Raster, nx: usize, ny: usize) -> Result<Vec<[f64; 3]>, RasterError> {
    let (w, h) = rgb.size();
    let light: [f64; 256] = core::array::from_fn(|sample| linear(sample as u8));
    let pixels: &[[u8; 3]] = rgb.data().as_chunks().0;
    let wave = |count: usize, side: usize| {
        let mut wave = filled(0.0, count * side)?;
        for (i, value) in wave.iter_mut().enumerate() {
            let (frequency, at) = (i / side, i % side);
            *value = cos(PI * frequency as f64 * at as f64 / side as f64);
        }
        Ok(wave)
    };
    let (across, down) = (wave(nx, w)?, wave(ny, h)?);
    let mut factors = reserved(nx * ny)?;
    for j in 0..ny {
        for i in 0..nx {
            let norm = if i == 0 && j == 0 { 1.0 } else { 2.0 };
            let mut sums = [0.0; 3];
            for x in 0..w {
                for y in 0..h {
                    let basis = norm * across[i * w + x] * down[j * h + y];
                    for (sum, sample) in sums.iter_mut().zip(pixels[y * w + x]) {
                        *sum += basis * light[usize::from(sample)];
                    }
                }
            }
            let scale = 1.0 / (w * h) as f64;
            factors.push(sums.map(|sum| sum * scale));
        }
    }
    Ok(factors)
}
