//! Filters (section 9), and the choice of one for each row.

/// A row's filter; its number is the byte before the row, which is 0 for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Sub = 1,
    Up = 2,
    Average = 3,
    Paeth = 4,
}

const FILTERS: [Filter; 4] = [Filter::Up, Filter::Sub, Filter::Average, Filter::Paeth];

/// Filters a row: `step` bytes to the left of a byte is the one of the pixel before.
pub(super) fn apply(filter: Filter, step: usize, above: &[u8], row: &[u8], output: &mut [u8]) {
    let (first, rest) = output.split_at_mut(step.min(row.len()));
    // Left of the first pixel are zeros.
    for ((out, byte), up) in first.iter_mut().zip(row).zip(above) {
        *out = byte.wrapping_sub(match filter {
            Filter::Sub => 0,
            Filter::Up | Filter::Paeth => *up,
            Filter::Average => up / 2,
        });
    }
    if row.len() <= step {
        return;
    }
    let len = rest.len();
    let (row, left) = (&row[step..], &row[..len]);
    let (up, corner) = (&above[step..], &above[..len]);
    let pairs = rest.iter_mut().zip(row);
    match filter {
        Filter::Sub => pairs.zip(left).for_each(|((out, byte), a)| *out = byte.wrapping_sub(*a)),
        Filter::Up => pairs.zip(up).for_each(|((out, byte), b)| *out = byte.wrapping_sub(*b)),
        Filter::Average => pairs.zip(left).zip(up).for_each(|(((out, byte), a), b)| {
            // Half the sum without a ninth bit.
            *out = byte.wrapping_sub((a & b) + ((a ^ b) >> 1));
        }),
        Filter::Paeth => {
            pairs.zip(left).zip(up).zip(corner).for_each(|((((out, byte), a), b), c)| {
                *out = byte.wrapping_sub(paeth(*a, *b, *c));
            });
        }
    }
}

/// Section 9.4, without branches so that it can be done to many at once.
fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let (wide_a, wide_b, wide_c) = (i16::from(a), i16::from(b), i16::from(c));
    let pa = (wide_b - wide_c).abs();
    let pb = (wide_a - wide_c).abs();
    let pc = (wide_a + wide_b - 2 * wide_c).abs();
    let other = if pb <= pc { b } else { c };
    if pa <= pb && pa <= pc { a } else { other }
}

/// What a filtered row costs: the sum of its bytes as numbers with a sign.
fn cost(filtered: &[u8]) -> u64 {
    let sum = |bytes: &[u8]| {
        bytes.iter().map(|byte| u32::from(byte.cast_signed().unsigned_abs())).sum::<u32>()
    };
    filtered.chunks(1 << 16).map(|bytes| u64::from(sum(bytes))).sum()
}

/// Filters a row in the way that costs least, into `best`, behind the filter's number; `trial` is as long.
pub(super) fn choose(
    step: usize,
    above: &[u8],
    row: &[u8],
    best: &mut Vec<u8>,
    trial: &mut Vec<u8>,
) {
    let mut least = u64::MAX;
    for filter in FILTERS {
        trial[0] = filter as u8;
        apply(filter, step, above, row, &mut trial[1..]);
        let cost = cost(&trial[1..]);
        if cost < least {
            least = cost;
            core::mem::swap(best, trial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Section 9.2, one byte after another.
    fn undo(filter: Filter, step: usize, above: &[u8], filtered: &[u8]) -> Vec<u8> {
        let mut row: Vec<u8> = Vec::new();
        for (i, byte) in filtered.iter().enumerate() {
            let a = i.checked_sub(step).map_or(0, |i| row[i]);
            let c = i.checked_sub(step).map_or(0, |i| above[i]);
            let b = above[i];
            let prediction = match filter {
                Filter::Sub => a,
                Filter::Up => b,
                Filter::Average => u16::midpoint(a.into(), b.into()) as u8,
                Filter::Paeth => paeth(a, b, c),
            };
            row.push(byte.wrapping_add(prediction));
        }
        row
    }

    #[test]
    fn filters_can_be_undone() {
        let mut state = 7_u32;
        let mut random = |len: usize| -> Vec<u8> {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            (0..len).map(|_| next()).collect()
        };
        for step in [1, 2, 3, 4] {
            for len in [0, 1, 3, 4, 5, 12, 100] {
                let (above, row) = (random(len), random(len));
                for filter in FILTERS {
                    let mut output = vec![0; len];
                    apply(filter, step, &above, &row, &mut output);
                    assert_eq!(undo(filter, step, &above, &output), row, "{filter:?} {step} {len}");
                }
                let (mut best, mut trial) = (vec![0; len + 1], vec![0; len + 1]);
                choose(step, &above, &row, &mut best, &mut trial);
                let filter = FILTERS.into_iter().find(|filter| *filter as u8 == best[0]).unwrap();
                assert_eq!(undo(filter, step, &above, &best[1..]), row);
            }
        }
    }
}
