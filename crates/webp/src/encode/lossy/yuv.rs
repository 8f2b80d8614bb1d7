//! Pixels to planes: BT.601 in the limited range, in the integers of libwebp.

use super::super::error::{EncodeError, filled, reserve};
use super::super::pixels::unpack;

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
    /// Of `width` by `height` pixels of 1 to 4 channels: grey, grey and alpha, RGB, or RGB and alpha.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub(in crate::encode) fn new(
        pixels: &[u8],
        channels: usize,
        width: usize,
        height: usize,
    ) -> Result<Self, EncodeError> {
        let (columns, rows) = (width.div_ceil(16), height.div_ceil(16));
        let [mut y, mut u, mut v] = [Vec::new(), Vec::new(), Vec::new()];
        reserve(&mut y, 256 * columns * rows)?;
        reserve(&mut u, 64 * columns * rows)?;
        reserve(&mut v, 64 * columns * rows)?;
        let mut upper = filled([0; 4], width)?;
        let mut lower = filled([0; 4], width)?;
        for pair in pixels.chunks(2 * width * channels) {
            let (first, second) = pair.split_at(width * channels);
            unpack(first, channels, &mut upper);
            push_luma(&upper, columns, &mut y);
            if second.is_empty() {
                // The last row repeats.
                lower.copy_from_slice(&upper);
            } else {
                unpack(second, channels, &mut lower);
                push_luma(&lower, columns, &mut y);
            }
            for (a, b) in upper.chunks(2).zip(lower.chunks(2)) {
                let [a, b] = [a, b].map(|pixels| (pixels[0], pixels[pixels.len() - 1]));
                let sum = |i: usize| {
                    [a.0[i], a.1[i], b.0[i], b.1[i]].into_iter().map(i32::from).sum::<i32>()
                };
                let [first, second] = chroma([sum(2), sum(1), sum(0)]);
                u.push(first);
                v.push(second);
            }
            for plane in [&mut u, &mut v] {
                extend_last(plane, 8 * columns - width.div_ceil(2));
            }
        }
        repeat_row(&mut y, 16 * columns, 16 * rows);
        repeat_row(&mut u, 8 * columns, 8 * rows);
        repeat_row(&mut v, 8 * columns, 8 * rows);
        Ok(Self { width, height, columns, rows, y, u, v })
    }
}

fn push_luma(row: &[[u8; 4]], columns: usize, y: &mut Vec<u8>) {
    y.extend(row.iter().map(|&[b, g, r, _]| luma([r, g, b])));
    extend_last(y, 16 * columns - row.len());
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
