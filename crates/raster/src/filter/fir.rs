//! A symmetric filter, across and down.

use bytemill_simd::{I16x8, I32x4};

use super::gauss::{Half, MAX_RADIUS};
use super::plane::Rows;
use crate::error::RasterError;
use crate::memory::{filled, product};

/// Slices of one length: what stands under each weight, from one side to the other.
type Taps<'a> = [&'a [i16]; 2 * MAX_RADIUS + 1];

/// Filters all rows in place: across, then down. It keeps as many rows as the filter is high.
pub(super) fn filter<R: Rows>(image: &mut R, half: &Half) -> Result<(), RasterError> {
    let [width, height, channels] = image.size();
    let radius = half.weights().len() - 1;
    let count = 2 * radius + 1;
    let stride = width * channels;
    let margin = radius * channels;
    let mut padded = filled(0_i16, product([width + 2 * radius, channels, 1])?)?;
    let mut ring = filled(0_i16, product([count, stride, 1])?)?;
    let mut result = filled(0_i16, stride)?;
    let mut ready = 0;
    for y in 0..height {
        while ready < height.min(y + radius + 1) {
            image.load(ready, &mut padded[margin..margin + stride]);
            pad(&mut padded, margin, channels);
            let mut taps: Taps = [&[]; 2 * MAX_RADIUS + 1];
            for (k, tap) in taps.iter_mut().enumerate().take(count) {
                *tap = &padded[k * channels..][..stride];
            }
            let start = ready % count * stride;
            sums(&taps[..count], half.weights(), &mut ring[start..start + stride]);
            ready += 1;
        }
        let mut taps: Taps = [&[]; 2 * MAX_RADIUS + 1];
        for (k, tap) in taps.iter_mut().enumerate().take(count) {
            let row = (y + k).saturating_sub(radius).min(height - 1);
            *tap = &ring[row % count * stride..][..stride];
        }
        sums(&taps[..count], half.weights(), &mut result);
        image.store(y, &result);
    }
    Ok(())
}

/// Repeats the first and the last pixel over `margin` samples at both ends.
fn pad(row: &mut [i16], margin: usize, channels: usize) {
    let end = row.len() - margin;
    for i in (0..margin).rev() {
        row[i] = row[i + channels];
    }
    for i in end..row.len() {
        row[i] = row[i - channels];
    }
}

/// Samples that are summed at once: twice as many sums as fit the registers would be slower.
const BLOCK: usize = 32;

/// Sums of what stands under the weights, the middle one of which comes first, to the nearest.
fn sums(taps: &[&[i16]], weights: &[i16], result: &mut [i16]) {
    let radius = weights.len() - 1;
    let (blocks, rest) = result.as_chunks_mut::<BLOCK>();
    let mut done = 0;
    for to in blocks {
        block(taps, weights, done, to);
        done += BLOCK;
    }
    let (vectors, rest) = rest.as_chunks_mut::<8>();
    for to in vectors {
        block(taps, weights, done, to);
        done += 8;
    }
    for (i, to) in (done..).zip(rest) {
        let mut sum = 16384 + i32::from(weights[0]) * i32::from(taps[radius][i]);
        for (k, weight) in weights.iter().enumerate().skip(1) {
            let both = i32::from(taps[radius - k][i]) + i32::from(taps[radius + k][i]);
            sum += i32::from(*weight) * both;
        }
        *to = (sum >> 15) as i16;
    }
}

/// `N` of [`sums`]. Both sides of the filter are added before they are multiplied: centred samples leave room.
#[inline(always)]
fn block<const N: usize>(taps: &[&[i16]], weights: &[i16], at: usize, to: &mut [i16; N]) {
    const ZEROS: [i16; BLOCK] = [0; BLOCK];
    let radius = weights.len() - 1;
    // All are as long as the result.
    let tap = |i: usize| taps[i].get(at..at + N).unwrap_or(&ZEROS[..N]);
    let half = I32x4::splat(16384);
    let mut sums = [[half; 2]; BLOCK / 8];
    let mut k = 0;
    while k <= radius {
        let weight = if k < radius { weights[k + 1] } else { 0 };
        let factors = I16x8::pair([weights[k], weight]);
        let first = (tap(radius - k), if k == 0 { &ZEROS[..N] } else { tap(radius + k) });
        let second = if k < radius {
            (tap(radius - k - 1), tap(radius + k + 1))
        } else {
            (&ZEROS[..N], &ZEROS[..N])
        };
        let first = first.0.as_chunks::<8>().0.iter().zip(first.1.as_chunks::<8>().0);
        let second = second.0.as_chunks::<8>().0.iter().zip(second.1.as_chunks::<8>().0);
        for (([low, high], (a, b)), (c, d)) in sums.iter_mut().zip(first).zip(second) {
            let first = I16x8::load(a).add(I16x8::load(b));
            let second = I16x8::load(c).add(I16x8::load(d));
            *low = low.add(first.interleave_low(second).dot(factors));
            *high = high.add(first.interleave_high(second).dot(factors));
        }
        k += 2;
    }
    for ([low, high], to) in sums.into_iter().zip(to.as_chunks_mut::<8>().0) {
        low.shr::<15>().narrow(high.shr::<15>()).store(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_and_single_sums_agree() {
        for sigma in [0.3, 0.7, 1.0, 2.2, 4.0] {
            let half = Half::gaussian(sigma);
            let count = 2 * half.weights().len() - 1;
            let rows: Vec<Vec<i16>> = (0..count)
                .map(|y| {
                    let sample =
                        |x: usize| (((x * 7919 + y * 104_729) % 32_641) as i32 - 16384) as i16;
                    (0..59).map(sample).collect()
                })
                .collect();
            let taps: Vec<&[i16]> = rows.iter().map(Vec::as_slice).collect();
            let mut together = vec![0; 59];
            sums(&taps, half.weights(), &mut together);
            for x in 0..59 {
                let taps: Vec<&[i16]> = rows.iter().map(|row| &row[x..=x]).collect();
                let mut one = [0];
                sums(&taps, half.weights(), &mut one);
                assert_eq!(one[0], together[x]);
            }
        }
    }
}
