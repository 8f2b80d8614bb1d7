//! Straight alpha and colours multiplied by it.

use bytemill_simd::{I16x8, U8x16};

/// The quotient of a product of two bytes and 255, to the nearest: exact.
#[inline(always)]
pub(crate) fn div255(product: u32) -> u8 {
    let sum = product + 128;
    ((sum + (sum >> 8)) >> 8) as u8
}

/// A sample with 7 fractional bits, around zero: -16384 to 16256. Sums of two still fit 16 bits.
#[inline(always)]
pub(crate) fn centred(sample: u8) -> i16 {
    ((i32::from(sample) << 7) - 16384) as i16
}

/// A row of samples to centred ones, colours multiplied by alpha where there is one.
pub(crate) fn load_row(row: &[u8], channels: usize, to: &mut [i16]) {
    match channels {
        2 => multiply::<2>(row, to),
        4 => multiply::<4>(row, to),
        _ => widen(row, to),
    }
}

fn widen(row: &[u8], to: &mut [i16]) {
    let ((vectors, rest), (wide, wide_rest)) = (row.as_chunks::<16>(), to.as_chunks_mut::<16>());
    let middle = I16x8::splat(16384);
    for (samples, to) in vectors.iter().zip(wide) {
        let samples = U8x16::load(samples);
        let halves = [samples.widen_low(), samples.widen_high()];
        for (half, to) in halves.into_iter().zip(to.as_chunks_mut().0) {
            half.shl::<7>().sub(middle).store(to);
        }
    }
    for (sample, to) in rest.iter().zip(wide_rest) {
        *to = centred(*sample);
    }
}

fn narrow(from: &[i16], row: &mut [u8]) {
    let ((vectors, rest), (narrow, narrow_rest)) = (from.as_chunks::<16>(), row.as_chunks_mut());
    // Half a level more; no filter makes more of samples than the largest of them, to which that adds up to 32704.
    let half = I16x8::splat(16384 + 64);
    for (values, to) in vectors.iter().zip(narrow) {
        let (halves, _) = values.as_chunks();
        let [low, high] = [0, 1].map(|i| I16x8::load(&halves[i]).add(half).shr::<7>());
        low.narrow(high).store(to);
    }
    for (value, to) in rest.iter().zip(narrow_rest) {
        *to = rounded(*value);
    }
}

fn multiply<const N: usize>(row: &[u8], to: &mut [i16]) {
    for (pixel, to) in row.as_chunks::<N>().0.iter().zip(to.as_chunks_mut::<N>().0) {
        let alpha = pixel[N - 1];
        // 128 / 255 of the product, which is what an opaque sample is shifted to.
        let factor = i32::from(alpha) * 32897;
        *to = pixel.map(|sample| (((i32::from(sample) * factor + 32768) >> 16) - 16384) as i16);
        to[N - 1] = centred(alpha);
    }
}

/// The inverse of [`load_row`]: samples to the nearest, of values of -16384 to 16256. Where alpha rounds to zero colours are zero.
pub(crate) fn store_row(from: &[i16], channels: usize, row: &mut [u8]) {
    match channels {
        2 => divide::<2>(from, row),
        4 => divide::<4>(from, row),
        _ => narrow(from, row),
    }
}

/// A centred value to the nearest sample.
#[inline(always)]
pub(crate) fn rounded(value: i16) -> u8 {
    ((i32::from(value) + 16384 + 64) >> 7).clamp(0, 255) as u8
}

fn divide<const N: usize>(from: &[i16], row: &mut [u8]) {
    for (from, to) in from.as_chunks::<N>().0.iter().zip(row.as_chunks_mut::<N>().0) {
        let alpha = i32::from(from[N - 1]) + 16384;
        let sample = rounded(from[N - 1]);
        if sample == 0 {
            *to = [0; N];
            continue;
        }
        if sample == 255 && alpha >= 32640 {
            *to = from.map(rounded);
            continue;
        }
        *to = from.map(|value| {
            let value = i32::from(value) + 16384;
            ((value * 255 + alpha / 2) / alpha).clamp(0, 255) as u8
        });
        to[N - 1] = sample;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_exact() {
        for product in 0..=255 * 255 {
            assert_eq!(u32::from(div255(product)), (product + 127) / 255);
        }
    }

    #[test]
    fn rows_come_back() {
        for alpha in 0..=255_u8 {
            let row: Vec<u8> = (0..=255).flat_map(|sample| [sample, alpha]).collect();
            let (mut wide, mut back) = (vec![0; 512], vec![0; 512]);
            load_row(&row, 2, &mut wide);
            store_row(&wide, 2, &mut back);
            for (before, after) in row.as_chunks::<2>().0.iter().zip(back.as_chunks::<2>().0) {
                assert_eq!(before[1], after[1]);
                // What 7 fractional bits of the product leave.
                let step = 2_u8.checked_div(alpha).map_or(255, |part| 1 + part);
                let same = if alpha == 255 { 0 } else { step };
                assert!(before[0].abs_diff(after[0]) <= same, "{before:?} {after:?}");
            }
        }
    }
}
