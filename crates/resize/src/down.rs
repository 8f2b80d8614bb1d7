//! From rows of the source to one row of the result, as wide as the source.

use bytemill_simd::{I16x8, I32x4, U8x16};

use crate::axis::WEIGHT_BITS;

/// Fractional bits between the two passes. Overshoot of a filter fits beside them.
pub(crate) const FRACTION_BITS: i32 = 6;
const SHIFT: i32 = WEIGHT_BITS - FRACTION_BITS;
const HALF: i32 = 1 << (SHIFT - 1);

/// Two rows, a sample of each in turn, and their weights.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) rows: &'a [u8],
    pub(crate) weights: [i16; 2],
}

/// Samples of a row that are worked on at once: as many as leave some registers to the rows.
const GROUP: usize = 32;

/// Samples of two rows in turn. Done once for all the results that a row goes into, about six.
pub(crate) fn interleave(above: &[u8], below: &[u8], rows: &mut [u8]) {
    let (targets, _) = rows.as_chunks_mut::<2>();
    let (groups, rest) = targets.as_chunks_mut::<16>();
    let vectors = above.as_chunks::<16>().0.iter().zip(below.as_chunks::<16>().0);
    for ((above, below), target) in vectors.zip(groups.iter_mut()) {
        let (above, below) = (U8x16::load(above), U8x16::load(below));
        if let [low, high] = target.as_flattened_mut().as_chunks_mut().0 {
            above.interleave_low(below).store(low);
            above.interleave_high(below).store(high);
        }
    }
    let done = 16 * groups.len();
    for ((above, below), target) in above.iter().zip(below).skip(done).zip(rest) {
        *target = [*above, *below];
    }
}

/// Sums rows of equal length by their weights.
pub(crate) fn filter(pairs: &[Pair<'_>], sums: &mut [i16]) {
    let (groups, rest) = sums.as_chunks_mut::<GROUP>();
    let whole = groups.len();
    for (at, group) in groups.iter_mut().enumerate() {
        let mut totals = [I32x4::splat(HALF); GROUP / 4];
        for pair in pairs {
            let Some(rows) = pair.rows.as_chunks::<{ 2 * GROUP }>().0.get(at) else { break };
            let weights = I16x8::pair(pair.weights);
            for (samples, total) in rows.as_chunks().0.iter().zip(&mut totals) {
                *total = total.add(I16x8::load_u8(samples).dot(weights));
            }
        }
        let totals = totals.map(I32x4::shr::<SHIFT>);
        for (half, [a, b]) in group.as_chunks_mut().0.iter_mut().zip(totals.as_chunks().0) {
            a.narrow(*b).store(half);
        }
    }
    for (at, value) in (GROUP * whole..).zip(rest) {
        *value = one(pairs, at);
    }
}

/// What [`filter`] does, for one place.
fn one(pairs: &[Pair<'_>], at: usize) -> i16 {
    let mut total = HALF;
    for pair in pairs {
        let samples = pair.rows.as_chunks::<2>().0.get(at).copied().unwrap_or_default();
        for (sample, weight) in samples.into_iter().zip(pair.weights) {
            total += i32::from(sample) * i32::from(weight);
        }
    }
    (total >> SHIFT) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_and_samples_agree() {
        let row =
            |seed: usize| -> Vec<u8> { (0..107).map(|x| ((x * seed * 31) >> 2) as u8).collect() };
        let rows: Vec<Vec<u8>> = (1..8).map(row).collect();
        let weights = [-800, 1700, 9000, 7000, 1200, -1716, 0];
        let paired: Vec<Vec<u8>> = (0..3)
            .map(|i| {
                let mut both = vec![0; 2 * 107];
                interleave(&rows[2 * i], &rows[2 * i + 1], &mut both);
                both
            })
            .collect();
        for (at, samples) in paired[1].chunks(2).enumerate() {
            assert_eq!(samples, [rows[2][at], rows[3][at]]);
        }
        let pair =
            |i: usize| Pair { rows: &paired[i], weights: [weights[2 * i], weights[2 * i + 1]] };
        let pairs = [pair(0), pair(1), pair(2)];
        let mut sums = [0; 107];
        filter(&pairs, &mut sums);
        for (at, sum) in sums.iter().enumerate() {
            assert_eq!(*sum, one(&pairs, at), "{at}");
        }
    }
}
