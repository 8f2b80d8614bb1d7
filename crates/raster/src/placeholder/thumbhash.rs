//! `ThumbHash` (E. Wallace, 2023), in the order of operations of the npm package `thumbhash` 0.1.1: sums are of numbers that
//! are rounded, and one colour alone makes coefficients of nothing but what was rounded.

use core::f64::consts::PI;

use crate::error::RasterError;
use crate::math::cos;
use crate::memory::{filled, reserved};
use crate::raster::Raster;
use crate::shrink::{average, within};

/// Longest side that is looked at.
const MOST: usize = 100;

/// The `ThumbHash` of an image: that of the npm package, byte for byte, up to 100 by 100 pixels; of a larger image that of
/// its area averages within that size.
///
/// # Errors
///
/// [`RasterError::OutOfMemory`].
pub fn thumbhash(image: &Raster) -> Result<Vec<u8>, RasterError> {
    let (w, h) = within(image, MOST);
    let rgba =
        if (w, h) == image.size() { image.to_rgba()? } else { average(image, w, h)?.to_rgba()? };
    let pixels: &[[u8; 4]] = rgba.data().as_chunks().0;
    let mean = mean(pixels);
    let has_alpha = mean[3] < (w * h) as f64;
    let limit = if has_alpha { 5 } else { 7 };
    let longest = w.max(h) as f64;
    let count = |side: usize| round((limit * side) as f64 / longest).max(1);
    let (lx, ly) = (count(w), count(h));
    let planes = Planes::new(pixels, mean)?;
    let mut fx = filled(0.0, w)?;
    let mut encode = |plane: &[f64], nx, ny| Channel::new(plane, w, [nx, ny], &mut fx);
    let l = encode(&planes.l, lx.max(3), ly.max(3))?;
    let p = encode(&planes.p, 3, 3)?;
    let q = encode(&planes.q, 3, 3)?;
    let a = if has_alpha { Some(encode(&planes.a, 5, 5)?) } else { None };

    let landscape = w > h;
    let header24 = round(63.0 * l.dc)
        | round(31.5 + 31.5 * p.dc) << 6
        | round(31.5 + 31.5 * q.dc) << 12
        | round(31.0 * l.scale) << 18
        | usize::from(has_alpha) << 23;
    let header16 = (if landscape { ly } else { lx })
        | round(63.0 * p.scale) << 3
        | round(63.0 * q.scale) << 9
        | usize::from(landscape) << 15;
    let mut hash = reserved(32)?;
    hash.extend(
        [header24, header24 >> 8, header24 >> 16, header16, header16 >> 8].map(|v| v as u8),
    );
    if let Some(a) = &a {
        hash.push((round(15.0 * a.dc) | round(15.0 * a.scale) << 4) as u8);
    }
    let mut low = None;
    for f in [Some(&l), Some(&p), Some(&q), a.as_ref()].into_iter().flatten().flat_map(|c| &c.ac) {
        let nibble = round(15.0 * f) as u8;
        match low.take() {
            None => low = Some(nibble),
            Some(low) => hash.push(low | nibble << 4),
        }
    }
    hash.extend(low);
    Ok(hash)
}

/// `Math.round`: halves go up. Nothing here is below zero.
fn round(value: f64) -> usize {
    (value + 0.5).floor() as usize
}

/// The mean colour by alpha, and the sum of alpha.
fn mean(pixels: &[[u8; 4]]) -> [f64; 4] {
    let mut mean = [0.0; 4];
    for pixel in pixels {
        let alpha = f64::from(pixel[3]) / 255.0;
        for (sum, sample) in mean.iter_mut().zip(&pixel[..3]) {
            *sum += alpha / 255.0 * f64::from(*sample);
        }
        mean[3] += alpha;
    }
    if mean[3] != 0.0 {
        for i in 0..3 {
            mean[i] /= mean[3];
        }
    }
    mean
}

/// Luminance, yellow against blue, red against green, and alpha, over the mean colour.
struct Planes {
    l: Vec<f64>,
    p: Vec<f64>,
    q: Vec<f64>,
    a: Vec<f64>,
}

impl Planes {
    fn new(pixels: &[[u8; 4]], mean: [f64; 4]) -> Result<Self, RasterError> {
        let plane = || reserved(pixels.len());
        let mut planes = Self { l: plane()?, p: plane()?, q: plane()?, a: plane()? };
        for pixel in pixels {
            let alpha = f64::from(pixel[3]) / 255.0;
            let over = |i: usize| mean[i] * (1.0 - alpha) + alpha / 255.0 * f64::from(pixel[i]);
            let (r, g, b) = (over(0), over(1), over(2));
            planes.l.push((r + g + b) / 3.0);
            planes.p.push((r + g) * 0.5 - b);
            planes.q.push(r - g);
            planes.a.push(alpha);
        }
        Ok(planes)
    }
}

/// Cosine coefficients: the mean, the others as parts of the largest, and that.
struct Channel {
    dc: f64,
    ac: Vec<f64>,
    scale: f64,
}

impl Channel {
    fn new(
        plane: &[f64],
        w: usize,
        [nx, ny]: [usize; 2],
        fx: &mut [f64],
    ) -> Result<Self, RasterError> {
        let h = plane.len() / w;
        let mut channel = Self { dc: 0.0, ac: reserved(nx * ny)?, scale: 0.0 };
        for cy in 0..ny {
            let mut cx = 0;
            while cx * ny < nx * (ny - cy) {
                for (x, value) in fx.iter_mut().enumerate() {
                    *value = cos(PI / w as f64 * cx as f64 * (x as f64 + 0.5));
                }
                let mut f = 0.0;
                for (y, row) in plane.chunks_exact(w).enumerate() {
                    let fy = cos(PI / h as f64 * cy as f64 * (y as f64 + 0.5));
                    for (value, fx) in row.iter().zip(fx.iter()) {
                        f += value * fx * fy;
                    }
                }
                f /= (w * h) as f64;
                if cx > 0 || cy > 0 {
                    channel.ac.push(f);
                    channel.scale = channel.scale.max(f.abs());
                } else {
                    channel.dc = f;
                }
                cx += 1;
            }
        }
        if channel.scale != 0.0 {
            for f in &mut channel.ac {
                *f = 0.5 + 0.5 / channel.scale * *f;
            }
        }
        Ok(channel)
    }
}
