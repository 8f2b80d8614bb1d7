//! Pixels less their prediction, with the best of fourteen predictors for each tile; RFC 9649, section 4.1.

use super::super::error::{EncodeError, filled};
use super::Image;

/// How many predictors there are.
const MODES: u8 = 14;

/// Rows of bytes around those that are predicted, all of one length.
#[derive(Clone, Copy)]
struct Around<'a> {
    left: &'a [u8],
    above: &'a [u8],
    before: &'a [u8],
    after: &'a [u8],
}

impl<'a> Around<'a> {
    /// Of `length` pixels from number `at` on, neither of the first row nor of the first column.
    fn new(pixels: &'a [[u8; 4]], at: usize, width: usize, length: usize) -> Self {
        let row = |from: usize| pixels[from..from + length].as_flattened();
        Self {
            left: row(at - 1),
            above: row(at - width),
            before: row(at - width - 1),
            after: row(at - width + 1),
        }
    }
}

#[inline(always)]
fn mean(a: u8, b: u8) -> u8 {
    ((u16::from(a) + u16::from(b)) >> 1) as u8
}

#[inline(always)]
fn each(out: &mut [u8], rows: [&[u8]; 3], predict: impl Fn(u8, u8, u8) -> u8) {
    let [a, b, c] = rows;
    for (((to, &a), &b), &c) in out.iter_mut().zip(a).zip(b).zip(c) {
        *to = predict(a, b, c);
    }
}

/// The neighbour to the left or above that is closer to the slope of all three; section 4.1, Select.
#[inline(always)]
fn select(out: &mut [u8], around: Around) {
    let (out, _) = out.as_chunks_mut::<4>();
    let [left, above, before] =
        [around.left, around.above, around.before].map(|row| row.as_chunks::<4>().0);
    for (((to, left), above), before) in out.iter_mut().zip(left).zip(above).zip(before) {
        let distance = |a: &[u8; 4]| -> i32 {
            a.iter().zip(before).map(|(&a, &b)| i32::from(a.abs_diff(b))).sum()
        };
        *to = if distance(above) < distance(left) { *left } else { *above };
    }
}

fn predict(mode: u8, around: Around, out: &mut [u8]) {
    let Around { left, above, before, after } = around;
    match mode {
        0 => out.as_chunks_mut::<4>().0.fill([0, 0, 0, 255]),
        1 => out.copy_from_slice(left),
        2 => out.copy_from_slice(above),
        3 => out.copy_from_slice(after),
        4 => out.copy_from_slice(before),
        5 => each(out, [left, after, above], |l, tr, t| mean(mean(l, tr), t)),
        6 => each(out, [left, before, before], |l, tl, _| mean(l, tl)),
        7 => each(out, [left, above, above], |l, t, _| mean(l, t)),
        8 => each(out, [before, above, above], |tl, t, _| mean(tl, t)),
        9 => each(out, [above, after, after], |t, tr, _| mean(t, tr)),
        10 => {
            each(out, [left, before, before], |l, tl, _| mean(l, tl));
            for ((to, &t), &tr) in out.iter_mut().zip(above).zip(after) {
                *to = mean(*to, mean(t, tr));
            }
        }
        11 => select(out, around),
        12 => each(out, [left, above, before], |l, t, tl| {
            (i16::from(l) + i16::from(t) - i16::from(tl)).clamp(0, 255) as u8
        }),
        _ => each(out, [left, above, before], |l, t, tl| {
            let mean = i16::from(mean(l, t));
            (mean + (mean - i16::from(tl)) / 2).clamp(0, 255) as u8
        }),
    }
}

/// The sum of the differences' sizes: what they cost, roughly.
#[inline(always)]
fn size(pixels: &[u8], prediction: &[u8]) -> u32 {
    let difference =
        |(&a, &b): (&u8, &u8)| u32::from(a.wrapping_sub(b).cast_signed().unsigned_abs());
    pixels.iter().zip(prediction).map(difference).sum()
}

/// Replaces pixels by what predictions lack, and gives the modes of tiles of 2 to the `bits` pixels a side, in green.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn apply(image: &mut Image, bits: u32) -> Result<Image, EncodeError> {
    let (width, height) = (image.width, image.height);
    let mut map = Image::tiles(width, height, bits)?;
    let side = 1 << bits;
    let mut prediction = [0; 4 << 6];
    for (i, mode) in map.pixels.iter_mut().enumerate() {
        let (x, y) = (i % map.width * side, i / map.width * side);
        let (from, to) = (x.max(1), (x + side).min(width));
        let mut best = (u32::MAX, 0);
        if from >= to {
            continue;
        }
        let length = to - from;
        let prediction = &mut prediction[..4 * length];
        for mode in 1..MODES {
            let mut sum = 0;
            for row in y.max(1)..(y + side).min(height) {
                let at = row * width + from;
                let around = Around::new(&image.pixels, at, width, length);
                predict(mode, around, prediction);
                sum += size(image.pixels[at..at + length].as_flattened(), prediction);
                if sum >= best.0 {
                    break;
                }
            }
            if sum < best.0 {
                best = (sum, mode);
            }
        }
        mode[1] = best.1;
    }
    subtract(image, &map, bits)?;
    Ok(map)
}

/// From the last row to the first, because rows are predicted from those above them.
fn subtract(image: &mut Image, map: &Image, bits: u32) -> Result<(), EncodeError> {
    let width = image.width;
    let mut prediction = filled([0_u8; 4], width)?;
    for y in (0..image.height).rev() {
        let start = y * width;
        if y == 0 {
            prediction[1..].copy_from_slice(&image.pixels[..width - 1]);
            prediction[0] = [0, 0, 0, 255];
        } else {
            prediction[0] = image.pixels[start - width];
            for tile in 0..map.width {
                let (from, to) = ((tile << bits).max(1), ((tile + 1) << bits).min(width));
                if from < to {
                    let mode = map.pixels[(y >> bits) * map.width + tile][1];
                    let around = Around::new(&image.pixels, start + from, width, to - from);
                    predict(mode, around, prediction[from..to].as_flattened_mut());
                }
            }
        }
        let row = image.pixels[start..start + width].as_flattened_mut();
        for (pixel, &prediction) in row.iter_mut().zip(prediction.as_flattened()) {
            *pixel = pixel.wrapping_sub(prediction);
        }
    }
    Ok(())
}
