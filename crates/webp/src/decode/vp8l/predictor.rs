//! The predictor transform (RFC 9649, section 4.1), one row at a time.

use bytemill_simd::{I16x8, U8x16};

use super::pixels::Pixel;

/// Adds predictions to a row. `above` is the row above with one more pixel at its end; that is set here, as to the
/// right of a row comes the first pixel of the next. `modes` are those of the row's squares of `1 << bits` pixels.
pub(super) fn predict_row(row: &mut [Pixel], above: &mut [Pixel], modes: &[Pixel], bits: u32) {
    let width = row.len();
    if let [first, ..] = row {
        *first = add(*first, above[0]);
        above[width] = *first;
    }
    let mut x = 1;
    while x < width {
        let end = (((x >> bits) + 1) << bits).min(width);
        let mode = modes.get(x >> bits).map_or(0, |[_, green, ..]| green & 15);
        segment(row, above, x, end, mode);
        x = end;
    }
}

/// The first row: nothing is above it.
pub(super) fn predict_first_row(row: &mut [Pixel]) {
    let mut left = [0, 0, 0, 255];
    for pixel in row {
        *pixel = add(*pixel, left);
        left = *pixel;
    }
}

fn segment(row: &mut [Pixel], above: &[Pixel], from: usize, to: usize, mode: u8) {
    // Above to the left, above, and above to the right of each pixel.
    let [tl, t, tr] = [0, 1, 2].map(|shift| above.get(from - 1 + shift..to - 1 + shift));
    let (Some(tl), Some(t), Some(tr)) = (tl, t, tr) else { return };
    let (before, rest) = row.split_at_mut(from);
    let Some(left) = before.last().copied() else { return };
    let row = &mut rest[..to - from];
    match mode {
        1 => from_left(row, left, t, tl, |left, _, _| left),
        2 => from_above(row, t, t, |t, _| t),
        3 => from_above(row, tr, t, |tr, _| tr),
        4 => from_above(row, tl, t, |tl, _| tl),
        5 => from_left(row, left, tr, t, |left, tr, t| mean(mean(left, tr), t)),
        6 => from_left(row, left, tl, t, |left, tl, _| mean(left, tl)),
        7 => from_left(row, left, t, tl, |left, t, _| mean(left, t)),
        8 => from_above(row, tl, t, mean_of_bytes),
        9 => from_above(row, t, tr, mean_of_bytes),
        10 => {
            let row = row.iter_mut().zip(tl).zip(t.iter().zip(tr));
            let mut left = left;
            for ((pixel, tl), (t, tr)) in row {
                let right = mean(u32::from_le_bytes(*t), u32::from_le_bytes(*tr));
                let sum = mean(mean(u32::from_le_bytes(left), u32::from_le_bytes(*tl)), right);
                left = add(*pixel, sum.to_le_bytes());
                *pixel = left;
            }
        }
        11 => select(row, left, t, tl),
        12 => clamped(row, left, t, tl, |left, t, tl| left.add(t.sub(tl))),
        13 => clamped(row, left, t, tl, |left, t, tl| {
            let mean = left.add(t).shr::<1>();
            let difference = mean.sub(tl);
            // Half of it, towards 0.
            mean.add(difference.sub(difference.shr::<15>()).shr::<1>())
        }),
        // 0, and 14 and 15, which are not defined: black.
        _ => row.iter_mut().for_each(|pixel| pixel[3] = pixel[3].wrapping_sub(1)),
    }
}

/// The sum, channel by channel, modulo 256.
#[inline(always)]
pub(super) fn add(a: Pixel, b: Pixel) -> Pixel {
    const EVEN: u32 = 0x00FF_00FF;
    let (a, b) = (u32::from_le_bytes(a), u32::from_le_bytes(b));
    let even = (a & EVEN).wrapping_add(b & EVEN) & EVEN;
    let odd = (a & !EVEN).wrapping_add(b & !EVEN) & !EVEN;
    (even | odd).to_le_bytes()
}

/// The mean, channel by channel, rounded down.
#[inline(always)]
fn mean(a: u32, b: u32) -> u32 {
    (((a ^ b) & 0xFEFE_FEFE) >> 1) + (a & b)
}

#[inline(always)]
fn mean_of_bytes(a: U8x16, b: U8x16) -> U8x16 {
    a.average(b).sub(a.xor(b).and(U8x16::splat(1)))
}

/// A prediction that knows the pixel to the left.
#[inline(always)]
fn from_left(
    row: &mut [Pixel],
    left: Pixel,
    a: &[Pixel],
    b: &[Pixel],
    predict: impl Fn(u32, u32, u32) -> u32,
) {
    let mut left = left;
    for (pixel, (a, b)) in row.iter_mut().zip(a.iter().zip(b)) {
        let [l, a, b] = [left, *a, *b].map(u32::from_le_bytes);
        left = add(*pixel, predict(l, a, b).to_le_bytes());
        *pixel = left;
    }
}

/// A prediction from the row above alone: four pixels at a time.
#[inline(always)]
fn from_above(
    row: &mut [Pixel],
    a: &[Pixel],
    b: &[Pixel],
    predict: impl Fn(U8x16, U8x16) -> U8x16,
) {
    let (vectors, rest) = row.as_flattened_mut().as_chunks_mut::<16>();
    let (a_vectors, a_rest) = a.as_flattened().as_chunks::<16>();
    let (b_vectors, b_rest) = b.as_flattened().as_chunks::<16>();
    for (place, (a, b)) in vectors.iter_mut().zip(a_vectors.iter().zip(b_vectors)) {
        let predicted = predict(U8x16::load(a), U8x16::load(b));
        U8x16::load(place).add(predicted).store(place);
    }
    let mut last = [[0; 16]; 2];
    for (last, rest) in last.iter_mut().zip([a_rest, b_rest]) {
        last[..rest.len()].copy_from_slice(rest);
    }
    let mut predicted = [0; 16];
    predict(U8x16::load(&last[0]), U8x16::load(&last[1])).store(&mut predicted);
    for (byte, predicted) in rest.iter_mut().zip(predicted) {
        *byte = byte.wrapping_add(predicted);
    }
}

/// The one of left and above that is nearer to left plus above minus the corner.
fn select(row: &mut [Pixel], left: Pixel, t: &[Pixel], tl: &[Pixel]) {
    #[inline(always)]
    fn distance(a: Pixel, b: Pixel) -> u32 {
        let [b0, b1, b2, b3] = b;
        let [a0, a1, a2, a3] = a;
        u32::from(a0.abs_diff(b0))
            + u32::from(a1.abs_diff(b1))
            + u32::from(a2.abs_diff(b2))
            + u32::from(a3.abs_diff(b3))
    }
    let mut left = left;
    for (pixel, (t, tl)) in row.iter_mut().zip(t.iter().zip(tl)) {
        // What is left of the sum's distance to the left pixel is above less the corner, and the other way round.
        let nearer = if distance(left, *tl) > distance(*t, *tl) { left } else { *t };
        left = add(*pixel, nearer);
        *pixel = left;
    }
}

/// Predictions in 16 bits, clamped to bytes.
#[inline(always)]
fn clamped(
    row: &mut [Pixel],
    left: Pixel,
    t: &[Pixel],
    tl: &[Pixel],
    predict: impl Fn(I16x8, I16x8, I16x8) -> I16x8,
) {
    #[inline(always)]
    fn bytes(pixel: Pixel) -> [u8; 8] {
        u64::from(u32::from_le_bytes(pixel)).to_le_bytes()
    }
    let mut left = I16x8::load_u8(&bytes(left));
    for (pixel, (t, tl)) in row.iter_mut().zip(t.iter().zip(tl)) {
        let [t, tl] = [t, tl].map(|pixel| I16x8::load_u8(&bytes(*pixel)));
        let predicted = predict(left, t, tl);
        let sum = U8x16::from_halves(&bytes(*pixel), &[0; 8]).add(predicted.narrow(predicted));
        left = sum.widen_low();
        let [[a, b, c, d, ..], _] = sum.halves();
        *pixel = [a, b, c, d];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formulas of section 4.1, channel by channel.
    fn reference(mode: u8, l: Pixel, t: Pixel, tr: Pixel, tl: Pixel) -> Pixel {
        let each = |f: &dyn Fn(usize) -> u8| -> Pixel { core::array::from_fn(f) };
        let mean = |a: Pixel, b: Pixel| each(&|i| u8::midpoint(a[i], b[i]));
        let full = |a: Pixel, b: Pixel, c: Pixel| {
            each(&|i| (i16::from(a[i]) + i16::from(b[i]) - i16::from(c[i])).clamp(0, 255) as u8)
        };
        let half = |a: Pixel, b: Pixel| {
            each(&|i| {
                let (a, b) = (i16::from(a[i]), i16::from(b[i]));
                (a + (a - b) / 2).clamp(0, 255) as u8
            })
        };
        match mode {
            1 => l,
            2 => t,
            3 => tr,
            4 => tl,
            5 => mean(mean(l, tr), t),
            6 => mean(l, tl),
            7 => mean(l, t),
            8 => mean(tl, t),
            9 => mean(t, tr),
            10 => mean(mean(l, tl), mean(t, tr)),
            11 => {
                let sum = |i: usize| i32::from(l[i]) + i32::from(t[i]) - i32::from(tl[i]);
                let far = |a: Pixel| (0..4).map(|i| (sum(i) - i32::from(a[i])).abs()).sum::<i32>();
                if far(l) < far(t) { l } else { t }
            }
            12 => full(l, t, tl),
            13 => half(mean(l, t), tl),
            _ => [0, 0, 0, 255],
        }
    }

    #[test]
    fn rows_are_those_of_the_formulas() {
        let mut state = 9_u32;
        let mut pixel = |spread: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let mean = state >> 10;
            core::array::from_fn(|i| {
                (mean.wrapping_mul(i as u32 + 3) % spread + mean % 3 * 20) as u8
            })
        };
        for mode in 0..16 {
            for width in [1, 2, 3, 5, 9, 30] {
                for spread in [1, 8, 190] {
                    let row: Vec<Pixel> = (0..width).map(|_| pixel(spread)).collect();
                    let mut above: Vec<Pixel> = (0..=width).map(|_| pixel(spread)).collect();
                    let mut ours = row.clone();
                    let modes = [[0, mode, 0, 0]; 8];
                    predict_row(&mut ours, &mut above, &modes, 2);
                    let mut left = add(row[0], above[0]);
                    assert_eq!(ours[0], left);
                    above[width] = left;
                    for x in 1..width {
                        let predicted = reference(mode, left, above[x], above[x + 1], above[x - 1]);
                        left = add(row[x], predicted);
                        assert_eq!(ours[x], left, "mode {mode}, {x} of {width}");
                    }
                }
            }
        }
    }
}
