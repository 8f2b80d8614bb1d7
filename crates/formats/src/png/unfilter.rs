//! Filters undone (section 9.2).

use bytemill_simd::U8x16;

use super::filter::{average, paeth};
use crate::FormatError;
use crate::bytes::zeroed;
use crate::error::invalid;

/// Zeros in front of a row, for what is left of its first pixel, and behind it, for vectors that end past it.
const MARGIN: usize = 16;

/// A row and the one above it.
pub(super) struct Rows {
    /// Bytes from a byte to that of the pixel before.
    step: usize,
    above: Vec<u8>,
    row: Vec<u8>,
    len: usize,
}

impl Rows {
    /// For rows of at most `len` bytes, with `step` of 1 to 8 to a pixel.
    pub(super) fn new(step: usize, len: usize) -> Result<Self, FormatError> {
        let bytes = len as u64 + 2 * MARGIN as u64;
        Ok(Self { step, above: zeroed(bytes)?, row: zeroed(bytes)?, len })
    }

    /// Begins an image, or a pass of one, with rows of `len` bytes.
    pub(super) fn begin(&mut self, len: usize) {
        self.len = len;
        self.row.fill(0);
    }

    /// Where the next filtered row is to be put.
    pub(super) fn next(&mut self) -> &mut [u8] {
        core::mem::swap(&mut self.above, &mut self.row);
        &mut self.row[MARGIN..][..self.len]
    }

    /// Undoes the filter of that number.
    pub(super) fn undo(&mut self, filter: u8) -> Result<&[u8], FormatError> {
        match (filter, self.step) {
            (0, _) => {}
            (1, 1) => self.bytes(|x, a, _, _| x.wrapping_add(a)),
            (1, _) => self.pixels(|x, a, _| x.add(a)),
            (2, _) => self.up(),
            (3, 1 | 2) => self.bytes(|x, a, b, _| x.wrapping_add(u8::midpoint(a, b))),
            (3, _) => self.pixels(|x, a, (b, _)| x.add(average(a, b))),
            (4, 1 | 2) => self.bytes(|x, a, b, c| x.wrapping_add(nearest(a, b, c))),
            (4, _) => self.pixels(|x, a, (b, c)| x.add(c).add(paeth(a, b, c))),
            _ => return Err(invalid("a PNG filter of 0 to 4")),
        }
        Ok(&self.row[MARGIN..][..self.len])
    }

    fn up(&mut self) {
        let vectors = self.len.div_ceil(16);
        let rows = self.row[MARGIN..].as_chunks_mut().0.iter_mut();
        for (x, b) in rows.zip(self.above[MARGIN..].as_chunks().0).take(vectors) {
            U8x16::load(x).add(U8x16::load(b)).store(x);
        }
        // What is left of the next row's first pixel stays zero; what is behind this one is not looked at.
    }

    /// Pixel after pixel: each with the one to the left, the one above and the one above to the left.
    #[inline(always)]
    fn pixels(&mut self, each: impl Fn(U8x16, U8x16, (U8x16, U8x16)) -> U8x16) {
        match self.step {
            2 => self.pixels_of::<2>(each),
            3 => self.pixels_of::<3>(each),
            4 => self.pixels_of::<4>(each),
            6 => self.pixels_of::<6>(each),
            _ => self.pixels_of::<8>(each),
        }
    }

    #[inline(always)]
    fn pixels_of<const STEP: usize>(
        &mut self,
        each: impl Fn(U8x16, U8x16, (U8x16, U8x16)) -> U8x16,
    ) {
        let zero = U8x16::splat(0);
        let (mut a, mut c) = (zero, zero);
        let end = MARGIN + self.len;
        let (row, above) = (&mut self.row[..end + 8], &self.above[..end + 8]);
        let mut at = MARGIN;
        while at < end {
            let (Some(x), Some(b)) = (
                row.get(at..).and_then(<[u8]>::first_chunk::<8>),
                above.get(at..).and_then(<[u8]>::first_chunk::<8>),
            ) else {
                break;
            };
            let (x, b) = (U8x16::from_halves(x, &[0; 8]), U8x16::from_halves(b, &[0; 8]));
            a = each(x, a, (b, c));
            c = b;
            if let Some(place) = row.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<STEP>) {
                place.copy_from_slice(&a.halves()[0][..STEP]);
            }
            at += STEP;
        }
    }

    /// Byte after byte.
    #[inline(always)]
    fn bytes(&mut self, each: impl Fn(u8, u8, u8, u8) -> u8) {
        let end = MARGIN + self.len;
        for at in MARGIN..end {
            let left = at - self.step;
            self.row[at] = each(self.row[at], self.row[left], self.above[at], self.above[left]);
        }
    }
}

/// Section 9.4.
fn nearest(a: u8, b: u8, c: u8) -> u8 {
    let [wide_a, wide_b, wide_c] = [a, b, c].map(i16::from);
    // By how far the sum is from each: those of `a` and `b` change places.
    let (from_a, from_b) = ((wide_b - wide_c).abs(), (wide_a - wide_c).abs());
    let from_c = (wide_a + wide_b - 2 * wide_c).abs();
    if from_a <= from_b && from_a <= from_c {
        a
    } else if from_b <= from_c {
        b
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::super::filter::{Filter, filtered};
    use super::*;

    #[test]
    fn what_was_filtered_comes_back() {
        let mut state = 3_u32;
        let mut random = |len: usize| -> Vec<u8> {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            (0..len).map(|_| next()).collect()
        };
        for step in [1, 2, 3, 4, 6, 8] {
            for pixels in [1, 2, 3, 7, 40] {
                let len = step * pixels;
                let mut rows = Rows::new(step, len + 5).unwrap();
                rows.begin(len);
                let mut above = vec![0; len];
                for filter in [Filter::Paeth, Filter::Sub, Filter::Up, Filter::Average].repeat(3) {
                    let row = random(len);
                    rows.next().copy_from_slice(&filtered(filter, step, &above, &row));
                    assert_eq!(rows.undo(filter as u8), Ok(&row[..]), "{filter:?} {step} {pixels}");
                    above = row;
                }
            }
        }
        assert!(Rows::new(1, 1).unwrap().undo(5).is_err());
    }
}
