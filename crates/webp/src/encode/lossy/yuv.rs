//! Pixels to planes: BT.601 in the limited range, in the integers of libwebp.

use super::super::error::{EncodeError, reserve};

/// Luma at full size and chroma at half of it, of whole macroblocks; the last column and row are repeated.
pub(in crate::encode) struct Planes {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Macroblocks in a row.
    pub(super) columns: usize,
    /// Rows of macroblocks.
    pub(super) rows: usize,
    pub(super) y: Vec<u8>,
    pub(super) u: Vec<u8>,
    pub(super) v: Vec<u8>,
}

fn luma([r, g, b]: [u8; 3]) -> u8 {
    let sum = 16839 * u32::from(r) + 33059 * u32::from(g) + 6420 * u32::from(b);
    ((sum + (1 << 15) + (16 << 16)) >> 16) as u8
}

/// Of the sums of four pixels.
fn chroma([r, g, b]: [i32; 3]) -> [u8; 2] {
    let finish = |sum: i32| ((sum + (1 << 17) + (128 << 18)) >> 18).clamp(0, 255) as u8;
    [finish(-9719 * r - 19081 * g + 28800 * b), finish(28800 * r - 24116 * g - 4684 * b)]
}

impl Planes {
    /// Of `width` by `height` pixels of `C` channels: grey, grey and alpha, RGB, or RGB and alpha.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub(in crate::encode) fn new<const C: usize>(
        pixels: &[[u8; C]],
        width: usize,
        height: usize,
    ) -> Result<Self, EncodeError> {
        let (columns, rows) = (width.div_ceil(16), height.div_ceil(16));
        let [mut y, mut u, mut v] = [Vec::new(), Vec::new(), Vec::new()];
        reserve(&mut y, 256 * columns * rows)?;
        reserve(&mut u, 64 * columns * rows)?;
        reserve(&mut v, 64 * columns * rows)?;
        let rgb = |pixel: [u8; C]| {
            if C < 3 { [pixel[0]; 3] } else { [pixel[0], pixel[1], pixel[2]] }
        };
        for row in pixels.chunks_exact(width) {
            y.extend(row.iter().map(|&pixel| luma(rgb(pixel))));
            extend_last(&mut y, 16 * columns - width);
        }
        repeat_row(&mut y, 16 * columns, 16 * rows);
        for top in (0..height).step_by(2) {
            if C < 3 {
                break;
            }
            let upper = &pixels[top * width..][..width];
            let lower = &pixels[(top + 1).min(height - 1) * width..][..width];
            let sums = |from: &[[u8; C]]| {
                let mut sums = [0; 3];
                for pixel in from {
                    for (sum, value) in sums.iter_mut().zip(rgb(*pixel)) {
                        *sum += i32::from(value);
                    }
                }
                if from.len() == 1 { sums.map(|sum| 2 * sum) } else { sums }
            };
            for (a, b) in upper.chunks(2).zip(lower.chunks(2)) {
                let (a, b) = (sums(a), sums(b));
                let [first, second] = chroma([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
                u.push(first);
                v.push(second);
            }
            for plane in [&mut u, &mut v] {
                extend_last(plane, 8 * columns - width.div_ceil(2));
            }
        }
        for plane in [&mut u, &mut v] {
            if C < 3 {
                plane.resize(64 * columns * rows, 128);
            }
            repeat_row(plane, 8 * columns, 8 * rows);
        }
        Ok(Self { width, height, columns, rows, y, u, v })
    }
}

fn extend_last(plane: &mut Vec<u8>, times: usize) {
    let last = plane.last().copied().unwrap_or(0);
    plane.extend(core::iter::repeat_n(last, times));
}

fn repeat_row(plane: &mut Vec<u8>, width: usize, rows: usize) {
    while plane.len() < width * rows {
        plane.extend_from_within(plane.len() - width..);
    }
}
