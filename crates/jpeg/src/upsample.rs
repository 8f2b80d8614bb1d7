//! Chroma at the size of luma. Twice as wide or high is a triangle filter ("fancy upsampling" of libjpeg, with its
//! alternating rounding); any other ratio repeats samples.

use bytemill_simd::I16x8;

/// How a component becomes as large as the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Upsampling {
    /// It is as large.
    None,
    /// Triangle filter, twice as wide.
    Wide,
    /// Triangle filter, twice as high.
    High,
    /// Triangle filter, twice as wide and high.
    Both,
    /// Samples repeated: `numerator / denominator` samples for each pixel, horizontally.
    Repeat(u32, u32),
}

/// Twice as wide: three quarters of the sample, one of its neighbour. `wide` holds two for each of `row`.
pub(crate) fn wide(row: &[u8], columns: &mut Vec<i16>, wide: &mut [u8]) {
    pad(row.len(), columns, |columns| {
        let (groups, rest) = row.as_chunks::<8>();
        let (targets, last) = columns.as_chunks_mut::<8>();
        for (group, target) in groups.iter().zip(targets) {
            I16x8::load_u8(group).store(target);
        }
        for (sample, target) in rest.iter().zip(last) {
            *target = i16::from(*sample);
        }
    });
    stretch::<1, 2, 2>(columns, wide);
}

/// Twice as wide and high: first down, with the row that is nearer to the result and the one that is farther.
pub(crate) fn both(near: &[u8], far: &[u8], columns: &mut Vec<i16>, wide: &mut [u8]) {
    pad(near.len(), columns, |columns| {
        let (nears, near_rest) = near.as_chunks::<8>();
        let (fars, far_rest) = far.as_chunks::<8>();
        let (targets, last) = columns.as_chunks_mut::<8>();
        for ((near, far), target) in nears.iter().zip(fars).zip(targets) {
            let near = I16x8::load_u8(near);
            near.add(near).add(near).add(I16x8::load_u8(far)).store(target);
        }
        for ((near, far), target) in near_rest.iter().zip(far_rest).zip(last) {
            *target = 3 * i16::from(*near) + i16::from(*far);
        }
    });
    stretch::<8, 7, 4>(columns, wide);
}

/// Twice as high. `bias` is 1 for the upper of two rows and 2 for the lower.
pub(crate) fn high(near: &[u8], far: &[u8], bias: i16, row: &mut [u8]) {
    for ((near, far), value) in near.iter().zip(far).zip(row) {
        *value = ((3 * i16::from(*near) + i16::from(*far) + bias) >> 2) as u8;
    }
}

/// Samples repeated, or left out, to the width of `row`.
pub(crate) fn repeat(samples: &[u8], numerator: u32, denominator: u32, row: &mut [u8]) {
    if denominator == 2 * numerator {
        for (pair, sample) in row.chunks_mut(2).zip(samples) {
            pair.fill(*sample);
        }
        return;
    }
    for (x, value) in (0_u64..).zip(row) {
        let at = x * u64::from(numerator) / u64::from(denominator);
        *value = samples.get(at as usize).copied().unwrap_or_default();
    }
}

/// `len` values, with the first and the last of them once more at the ends.
fn pad(len: usize, columns: &mut Vec<i16>, fill: impl FnOnce(&mut [i16])) {
    if columns.len() != len + 2 {
        columns.clear();
        columns.resize(len + 2, 0);
    }
    if let [first, values @ .., last] = columns.as_mut_slice() {
        fill(values);
        *first = values.first().copied().unwrap_or_default();
        *last = values.last().copied().unwrap_or_default();
    }
}

/// Three times each value and once its neighbour: the left one with `LEFT` added, the right one with `RIGHT`, and
/// `SHIFT` bits less.
fn stretch<const LEFT: i16, const RIGHT: i16, const SHIFT: i32>(columns: &[i16], wide: &mut [u8]) {
    let count = columns.len().saturating_sub(2);
    let (Some(this), Some(next)) = (columns.get(1..=count), columns.get(2..)) else { return };
    let (previous, this) = (&columns[..count], this);
    let (pairs, _) = wide.as_chunks_mut::<2>();
    let vectors = count.min(pairs.len()) / 8;
    let three = |value: i16| 3 * value;
    let (left, right) = (I16x8::splat(LEFT), I16x8::splat(RIGHT));
    let (groups, rest) = pairs.split_at_mut(8 * vectors);
    let inputs = this.as_chunks::<8>().0.iter();
    let inputs = inputs.zip(previous.as_chunks::<8>().0).zip(next.as_chunks::<8>().0);
    for (((this, previous), next), pairs) in inputs.zip(groups.as_chunks_mut::<8>().0) {
        let this = I16x8::load(this);
        let this = this.add(this).add(this);
        let even = this.add(I16x8::load(previous)).add(left).shr::<SHIFT>();
        let odd = this.add(I16x8::load(next)).add(right).shr::<SHIFT>();
        // Both are bytes.
        if let Some(place) = pairs.as_flattened_mut().first_chunk_mut() {
            even.or(odd.shl::<8>()).store_bytes(place);
        }
    }
    let start = 8 * vectors;
    let inputs = this[start..].iter().zip(&previous[start..]).zip(&next[start..]);
    for (((this, previous), next), pair) in inputs.zip(rest) {
        let this = three(*this);
        *pair = [((this + previous + LEFT) >> SHIFT) as u8, ((this + next + RIGHT) >> SHIFT) as u8];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sums of libjpeg's description, one by one.
    fn slow(near: &[u8], far: &[u8]) -> Vec<u8> {
        let sum = |x: usize| 3 * i32::from(near[x]) + i32::from(far[x]);
        let last = near.len() - 1;
        (0..=last)
            .flat_map(|x| {
                let left = sum(x.saturating_sub(1));
                let right = sum((x + 1).min(last));
                [(3 * sum(x) + left + 8) >> 4, (3 * sum(x) + right + 7) >> 4]
            })
            .map(|value| value as u8)
            .collect()
    }

    #[test]
    fn vectors_and_samples_agree() {
        let mut columns = Vec::new();
        for len in 1..50 {
            let near: Vec<u8> = (0..len).map(|x| (x * x * 37) as u8).collect();
            let far: Vec<u8> = (0..len).map(|x| (x * 91 + 13) as u8).collect();
            let mut out = vec![0; 2 * near.len()];
            both(&near, &far, &mut columns, &mut out);
            assert_eq!(out, slow(&near, &far));
            wide(&near, &mut columns, &mut out);
            assert_eq!((out[0], out[out.len() - 1]), (near[0], near[near.len() - 1]));
        }
        let mut out = [0; 4];
        wide(&[0, 100], &mut columns, &mut out);
        assert_eq!(out, [0, 25, 75, 100]);
    }
}
