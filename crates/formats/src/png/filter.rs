//! Filters (section 9), and the choice of one for each row.

use bytemill_simd::{I16x8, I32x4, U8x16};

use crate::FormatError;
use crate::bytes::zeroed;

/// A row's filter; its number is the byte before the row, which is 0 for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Sub = 1,
    Up = 2,
    Average = 3,
    Paeth = 4,
}

/// In the order of [`Filters::costs`]; the first of those that cost the same is taken.
const FILTERS: [Filter; 4] = [Filter::Up, Filter::Sub, Filter::Average, Filter::Paeth];

/// Zeros in front of a row: what is left of the first pixel.
const LEFT: usize = 16;
/// Bytes that costs are taken of at once: rows have zeros behind them up to a whole number of them.
const PIECE: usize = 32;
/// Pieces until sums of 16 bits have to be emptied: a piece adds 510 at most.
const PIECES: usize = 64;
/// From this length on every other piece tells enough: 0.1 % more bytes of photographs, in 0.85 of the time.
const LONG: usize = 1024;

/// Filters rows, each in the way that leaves the smallest differences.
pub(super) struct Filters {
    /// Bytes to a pixel.
    step: usize,
    len: usize,
    above: Vec<u8>,
    row: Vec<u8>,
}

impl Filters {
    /// For rows of `len` bytes with `step` to a pixel.
    pub(super) fn new(step: usize, len: usize) -> Result<Self, FormatError> {
        let bytes = LEFT + len.next_multiple_of(PIECE);
        let [above, row] = [zeroed(bytes as u64)?, zeroed(bytes as u64)?];
        Ok(Self { step, len, above, row })
    }

    /// Appends the row, filtered, behind its filter's number.
    pub(super) fn push(&mut self, row: &[u8], output: &mut Vec<u8>) {
        core::mem::swap(&mut self.above, &mut self.row);
        self.row[LEFT..][..self.len].copy_from_slice(row);
        let costs = self.costs();
        let best = (0..4).min_by_key(|&i| costs[i]).unwrap_or(0);
        let filter = FILTERS[best];
        output.push(filter as u8);
        let start = output.len();
        output.resize(start + self.row.len() - LEFT, 0);
        self.apply(filter, &mut output[start..]);
        output.truncate(start + self.len);
    }

    /// The row, and the bytes to the left, above, and above to the left.
    fn neighbours(&self) -> [&[u8]; 4] {
        let len = self.row.len() - LEFT;
        let left = LEFT - self.step;
        [
            &self.row[LEFT..],
            &self.row[left..][..len],
            &self.above[LEFT..],
            &self.above[left..][..len],
        ]
    }

    /// What each filter costs: the sum of the filtered bytes as numbers with a sign, without it.
    fn costs(&self) -> [u32; 4] {
        let mut totals = [0; 4];
        let stride = if self.len < LONG { 1 } else { 2 };
        let [x, a, b, c] = self.neighbours().map(|bytes| bytes.chunks(PIECE * PIECES));
        for (((x, a), b), c) in x.zip(a).zip(b).zip(c) {
            let [x, a, b, c] = [x, a, b, c].map(|bytes| bytes.as_chunks::<PIECE>().0);
            let mut sums = [I16x8::splat(0); 4];
            for (((x, a), b), c) in x.iter().zip(a).zip(b).zip(c).step_by(stride) {
                let half = |i: usize| {
                    let [x, a, b, c] = [x, a, b, c].map(|bytes| load(bytes, i));
                    let filtered =
                        [x.sub(b), x.sub(a), x.sub(average(a, b)), x.sub(c).sub(paeth(a, b, c))];
                    filtered.map(|v| v.min(U8x16::splat(0).sub(v)))
                };
                let (low, high) = (half(0), half(1));
                for i in 0..4 {
                    sums[i] = sums[i].add(low[i].add_saturating(high[i]).pair_sums());
                }
            }
            for (total, sum) in totals.iter_mut().zip(sums) {
                let sum: I32x4 = sum.dot(I16x8::splat(1));
                *total += sum.to_array().into_iter().sum::<i32>().cast_unsigned();
            }
        }
        totals
    }

    /// Filters the row; `output` is as long as rows with the zeros behind them.
    fn apply(&self, filter: Filter, output: &mut [u8]) {
        let [x, a, b, c] = self.neighbours().map(|bytes| bytes.as_chunks::<16>().0);
        let outputs = output.as_chunks_mut::<16>().0;
        let each = outputs.iter_mut().zip(x).zip(a).zip(b).zip(c);
        let each = each.map(|((((out, x), a), b), c)| (out, [x, a, b, c].map(U8x16::load)));
        match filter {
            Filter::Sub => each.for_each(|(out, [x, a, _, _])| x.sub(a).store(out)),
            Filter::Up => each.for_each(|(out, [x, _, b, _])| x.sub(b).store(out)),
            Filter::Average => {
                each.for_each(|(out, [x, a, b, _])| x.sub(average(a, b)).store(out));
            }
            Filter::Paeth => {
                each.for_each(|(out, [x, a, b, c])| x.sub(c).sub(paeth(a, b, c)).store(out));
            }
        }
    }
}

#[inline(always)]
fn load(bytes: &[u8; PIECE], half: usize) -> U8x16 {
    U8x16::load(&bytes.as_chunks().0[half])
}

/// Half the sum, rounded down.
#[inline(always)]
pub(super) fn average(a: U8x16, b: U8x16) -> U8x16 {
    a.average(b).sub(a.xor(b).and(U8x16::splat(1)))
}

/// Section 9.4 in bytes: whichever of `a`, `b` and `c` is nearest to `a + b - c`, as its difference from `c`, modulo 256.
///
/// Where `c` lies between the two others, the sum is as far from the smaller as the larger is from `c`, and the other way
/// round: so one of them is nearest if its distance is at most half of the other's, which holds outside, too, where one
/// is cut off at 0. This is the shortest way from `a`, which each pixel waits for when filters are undone.
#[inline(always)]
pub(super) fn paeth(a: U8x16, b: U8x16, c: U8x16) -> U8x16 {
    let over = a.max(b).sub_saturating(c);
    let under = c.sub_saturating(a.min(b));
    // Twice as much, cut off at 255, is more than the other; both are zero where all three are the same.
    let zero = U8x16::splat(0);
    let smaller = over.add_saturating(over).sub_saturating(under).equal(zero);
    let larger = under.add_saturating(under).sub_saturating(over).equal(zero);
    over.and(larger).sub(under.and(smaller))
}

/// Section 9.4.
#[cfg(test)]
fn nearest(a: u8, b: u8, c: u8) -> u8 {
    let [wide_a, wide_b, wide_c] = [a, b, c].map(i16::from);
    let p = wide_a + wide_b - wide_c;
    let [pa, pb, pc] = [wide_a, wide_b, wide_c].map(|value| (p - value).abs());
    if pa <= pb && pa <= pc {
        a
    } else if pb <= pc {
        b
    } else {
        c
    }
}

/// Section 9.2, one byte after another.
#[cfg(test)]
pub(super) fn filtered(filter: Filter, step: usize, above: &[u8], row: &[u8]) -> Vec<u8> {
    let each = row.iter().enumerate().map(|(i, byte)| {
        let [a, c] = [row, above].map(|bytes| i.checked_sub(step).map_or(0, |i| bytes[i]));
        let b = above[i];
        byte.wrapping_sub(match filter {
            Filter::Sub => a,
            Filter::Up => b,
            Filter::Average => u16::midpoint(a.into(), b.into()) as u8,
            Filter::Paeth => nearest(a, b, c),
        })
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(filtered: &[u8]) -> u32 {
        filtered.iter().map(|byte| u32::from(byte.cast_signed().unsigned_abs())).sum()
    }

    #[test]
    fn paeth_is_the_nearest() {
        for a in 0..=255 {
            for b in 0..=255 {
                for c in (0..=255).collect::<Vec<u8>>().as_chunks().0 {
                    let mut ours = [0; 16];
                    let v = U8x16::load(c);
                    v.add(paeth(U8x16::splat(a), U8x16::splat(b), v)).store(&mut ours);
                    assert_eq!(ours, c.map(|c| nearest(a, b, c)), "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn filters_are_those_of_the_specification() {
        let mut state = 7_u32;
        let mut random = |len: usize| -> Vec<u8> {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            (0..len).map(|_| next()).collect()
        };
        for step in [1, 2, 3, 4] {
            for len in [1, 3, 4, 5, 12, 31, 32, 33, 100, 5000] {
                let mut filters = Filters::new(step, len).unwrap();
                let mut above = vec![0; len];
                for _ in 0..3 {
                    let row = random(len);
                    let mut output = vec![9];
                    filters.push(&row, &mut output);
                    assert_eq!(output.len(), 2 + len);
                    let all = FILTERS.map(|filter| filtered(filter, step, &above, &row));
                    let used = FILTERS.iter().position(|filter| *filter as u8 == output[1]);
                    assert_eq!(output[2..], all[used.unwrap()]);
                    if len % PIECE == 0 && len < LONG {
                        assert_eq!(filters.costs(), all.each_ref().map(|bytes| cost(bytes)));
                    }
                    for filter in FILTERS {
                        let mut output = vec![0; filters.row.len() - LEFT];
                        filters.apply(filter, &mut output);
                        assert_eq!(output[..len], filtered(filter, step, &above, &row));
                    }
                    above = row;
                }
            }
        }
    }
}
