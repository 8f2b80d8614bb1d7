//! From rows of the source to one row of the result, as wide as the source.

use bytemill_simd::{I16x8, I32x4, U8x16};

use crate::axis::WEIGHT_BITS;

/// Fractional bits between the two passes. Overshoot of a filter fits beside them.
pub(crate) const FRACTION_BITS: i32 = 6;
const SHIFT: i32 = WEIGHT_BITS - FRACTION_BITS;
const HALF: i32 = 1 << (SHIFT - 1);

/// Two rows and their weights.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) rows: [&'a [u8]; 2],
    pub(crate) weights: [i16; 2],
}

/// Samples that are worked on at once: as many as leave some registers to the rows.
const GROUP: usize = 32;

/// Sums rows of equal length by their weights.
pub(crate) fn filter(pairs: &[Pair<'_>], sums: &mut [i16]) {
    let (groups, rest) = sums.as_chunks_mut::<GROUP>();
    let whole = groups.len();
    for (at, group) in groups.iter_mut().enumerate() {
        let mut totals = [I32x4::splat(HALF); GROUP / 4];
        for pair in pairs {
            let [above, below] = pair.rows.map(|row| row.as_chunks::<GROUP>().0);
            let (Some(above), Some(below)) = (above.get(at), below.get(at)) else { break };
            let weights = I16x8::pair(pair.weights);
            let vectors = above.as_chunks().0.iter().zip(below.as_chunks().0);
            for ((above, below), totals) in vectors.zip(totals.as_chunks_mut::<4>().0) {
                let (above, below) = (U8x16::load(above), U8x16::load(below));
                let (low, high) = (above.interleave_low(below), above.interleave_high(below));
                totals[0] = totals[0].add(low.widen_low().dot(weights));
                totals[1] = totals[1].add(low.widen_high().dot(weights));
                totals[2] = totals[2].add(high.widen_low().dot(weights));
                totals[3] = totals[3].add(high.widen_high().dot(weights));
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
        for (row, weight) in pair.rows.iter().zip(pair.weights) {
            total += i32::from(row.get(at).copied().unwrap_or_default()) * i32::from(weight);
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
        let pair = |i: usize| Pair {
            rows: [&rows[i], &rows[i + 1]],
            weights: [weights[i], weights[i + 1]],
        };
        let pairs = [pair(0), pair(2), pair(4)];
        let mut sums = [0; 107];
        filter(&pairs, &mut sums);
        for (at, sum) in sums.iter().enumerate() {
            assert_eq!(*sum, one(&pairs, at), "{at}");
        }
    }
}
