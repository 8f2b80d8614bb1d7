//! Half and twice the size, with the binomial filter 1 3 3 1.
//!
//! Its frequency response has a triple zero where halving folds frequencies onto the lowest ones. Each step widens by a
//! variance of 3/4 of a pixel of the larger image, and is centred between two of its pixels.

use bytemill_simd::I16x8;

use super::plane::{Plane, Rows};
use crate::error::RasterError;
use crate::memory::filled;

/// Half the size, rounded up, and one more pixel on each side: what lies past an edge has been filtered with what lies
/// within, so that repeating the outermost pixels continues the image as repeating those of the larger one does.
pub(super) fn halve<R: Rows>(image: &R) -> Result<Plane, RasterError> {
    let [width, height, channels] = image.size();
    let stride = width * channels;
    let mut result = Plane::new([width.div_ceil(2) + 2, height.div_ceil(2) + 2, channels])?;
    let mut rows = [(); 4].map(|()| Vec::new());
    for row in &mut rows {
        *row = filled(0_i16, stride)?;
    }
    let mut line = filled(0_i16, stride)?;
    let mut ready = 0;
    for y in 0..result.size()[1] {
        // Rows 2y - 3 to 2y; what is outside repeats the edge.
        let place = |k: usize| (2 * y + k).saturating_sub(3).min(height - 1);
        while ready <= place(3) {
            image.load(ready, &mut rows[ready % 4]);
            ready += 1;
        }
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| rows[place(k) % 4].as_slice());
        down(a, b, c, d, &mut line);
        match channels {
            1 => across::<1>(&line, result.row_mut(y)),
            2 => across::<2>(&line, result.row_mut(y)),
            3 => across::<3>(&line, result.row_mut(y)),
            _ => across::<4>(&line, result.row_mut(y)),
        }
    }
    Ok(result)
}

/// `(a + 3 b + 3 c + d) / 8`, sample by sample, each half to the nearest.
fn down(a: &[i16], b: &[i16], c: &[i16], d: &[i16], result: &mut [i16]) {
    let (eighth, more) = (I16x8::splat(4096), I16x8::splat(12288));
    let (vectors, rest) = result.as_chunks_mut::<8>();
    let done = 8 * vectors.len();
    let rows = [a, b, c, d].map(|row| row.as_chunks::<8>().0);
    for (i, to) in vectors.iter_mut().enumerate() {
        let [a, b, c, d] = rows.map(|row| row.get(i).map_or(eighth, I16x8::load));
        a.add(d).mul_fraction(eighth).add(b.add(c).mul_fraction(more)).store(to);
    }
    for (i, to) in (done..).zip(rest) {
        *to = eighths(a[i], b[i], c[i], d[i]);
    }
}

/// One of [`down`].
#[inline(always)]
fn eighths(a: i16, b: i16, c: i16, d: i16) -> i16 {
    let (outer, inner) = (i32::from(a) + i32::from(d), i32::from(b) + i32::from(c));
    (((outer * 4096 + 16384) >> 15) + ((inner * 12288 + 16384) >> 15)) as i16
}

fn across<const N: usize>(line: &[i16], result: &mut [i16]) {
    let pixels = line.as_chunks::<N>().0;
    let (first, last) = (0, pixels.len() - 1);
    let row = result.as_chunks_mut::<N>().0;
    let count = row.len();
    for (x, to) in row.iter_mut().enumerate() {
        // Pixels 2x - 3 to 2x.
        let four = if x >= 2 && x + 2 < count {
            pixels.get(2 * x - 3..=2 * x).and_then(|four| four.first_chunk::<4>())
        } else {
            None
        };
        let place = |k: usize| pixels[(2 * x + k).saturating_sub(3).clamp(first, last)];
        let [a, b, c, d] =
            four.copied().unwrap_or_else(|| [place(0), place(1), place(2), place(3)]);
        *to = core::array::from_fn(|i| eighths(a[i], b[i], c[i], d[i]));
    }
}

/// The inverse in size of [`halve`].
pub(super) fn double<R: Rows>(half: &Plane, image: &mut R) -> Result<(), RasterError> {
    let [width, height, channels] = image.size();
    let mut line = filled(0_i16, half.row(0).len())?;
    // Pixels between one of the smaller image and the one before it, and those between it and the next.
    let count = width.div_ceil(2) * channels;
    let (mut even, mut odd) = (filled(0_i16, count)?, filled(0_i16, count)?);
    for y in 0..height {
        let near = y / 2 + 1;
        let far = if y.is_multiple_of(2) { near - 1 } else { near + 1 };
        between(half.row(near), half.row(far), &mut line);
        let (before, at, after) = (&line[..], &line[channels..], &line[2 * channels..]);
        between(&at[..count], &before[..count], &mut even);
        between(&at[..count], &after[..count], &mut odd);
        image.store_pairs(y, &even, &odd);
    }
    Ok(())
}

/// `(3 near + far) / 4`, sample by sample.
fn between(near: &[i16], far: &[i16], result: &mut [i16]) {
    let most = I16x8::splat(24576);
    let (vectors, rest) = result.as_chunks_mut::<8>();
    let done = 8 * vectors.len();
    let (nears, fars) = (near.as_chunks::<8>().0, far.as_chunks::<8>().0);
    for ((near, far), to) in nears.iter().zip(fars).zip(vectors) {
        let far = I16x8::load(far);
        I16x8::load(near).sub(far).mul_fraction(most).add(far).store(to);
    }
    for ((near, far), to) in near[done..].iter().zip(&far[done..]).zip(rest) {
        let (near, far) = (i32::from(*near), i32::from(*far));
        *to = (far + (((near - far) * 24576 + 16384) >> 15)) as i16;
    }
}
