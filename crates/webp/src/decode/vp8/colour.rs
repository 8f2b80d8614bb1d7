//! Interpolated chroma (as libwebp's default, "fancy", upsampling does it) and the conversion of colours: YUV of BT.601
//! in studio range to RGB, in libwebp's fixed point.

use bytemill_simd::{I16x8, U8x16};

use crate::WebpError;
use crate::options::filled;

/// Samples before the first in a line, and behind the last.
const MARGIN: usize = 16;

/// A line of U and one of V, each with its first and its last sample repeated.
pub(super) struct Chroma {
    planes: [Vec<u8>; 2],
    samples: usize,
}

impl Chroma {
    pub(super) fn new(samples: usize) -> Result<Self, WebpError> {
        let line = || filled(0, MARGIN + samples + MARGIN);
        Ok(Self { planes: [line()?, line()?], samples })
    }

    /// Takes over samples.
    pub(super) fn set(&mut self, u: &[u8], v: &[u8]) {
        for (plane, line) in self.planes.iter_mut().zip([u, v]) {
            let Some(line) = line.get(..self.samples) else { continue };
            let (before, rest) = plane.split_at_mut(MARGIN);
            let (samples, after) = rest.split_at_mut(self.samples);
            samples.copy_from_slice(line);
            before.fill(samples.first().copied().unwrap_or_default());
            after.fill(samples.last().copied().unwrap_or_default());
        }
    }
}

/// Makes a row of pixels, in pieces of 16 of which the first begins one pixel before the row: pixels `2 j + 1` and
/// `2 j + 2` lie between the same samples of chroma, `j` and `j + 1`.
///
/// `luma` begins one sample before the row. `near` is the line of chroma of the row, `far` the next one to it on the
/// other side.
pub(super) fn convert<const CHANNELS: usize>(
    luma: &[u8],
    near: &Chroma,
    far: &Chroma,
    output: &mut [u8],
) {
    let [u, v] = [0, 1].map(|plane| (&near.planes[plane][..], &far.planes[plane][..]));
    let pieces = luma.as_chunks::<16>().0.iter().zip(output.chunks_exact_mut(16 * CHANNELS));
    for (piece, (luma, output)) in pieces.enumerate() {
        let at = MARGIN - 1 + 8 * piece;
        let (u, v) = (interpolate(u, at), interpolate(v, at));
        let luma = U8x16::load(luma);
        let low = rgb(luma.widen_low(), u[0], v[0]);
        let high = rgb(luma.widen_high(), u[1], v[1]);
        let [r, g, b] = [0, 1, 2].map(|i| low[i].narrow(high[i]));
        if CHANNELS == 3 {
            let mut pixels = [0; 52];
            U8x16::store3(r, g, b, &mut pixels);
            output.copy_from_slice(&pixels[..48]);
        } else {
            let (vectors, _) = output.as_chunks_mut::<16>();
            let pixels = U8x16::interleave4(r, g, b, U8x16::splat(255));
            for (place, vector) in vectors.iter_mut().zip(pixels) {
                vector.store(place);
            }
        }
    }
}

/// Sixteen samples between the nine at `at` and on: a sixteenth of 9, 3, 3 and 1 of the four around each.
#[inline(always)]
fn interpolate((near, far): (&[u8], &[u8]), at: usize) -> [I16x8; 2] {
    let (near, far) = (nine(near, at), nine(far, at));
    let column = |at: usize| {
        let load = |line: &[u8; 9]| I16x8::load_u8(line[at..].first_chunk().unwrap_or(&[0; 8]));
        let samples = load(near);
        samples.add(samples).add(samples).add(load(far))
    };
    let (left, right) = (column(0), column(1));
    let sum = left.add(right).add(I16x8::splat(8));
    let odd = sum.add(left).add(left).shr_unsigned::<4>();
    let even = sum.add(right).add(right).shr_unsigned::<4>();
    [odd.interleave_low(even), odd.interleave_high(even)]
}

/// Samples of a line, in their place: a copy would have to be complete before vectors can be read from it.
#[inline(always)]
fn nine(line: &[u8], at: usize) -> &[u8; 9] {
    line.get(at..).and_then(|rest| rest.first_chunk()).unwrap_or(&[0; 9])
}

/// The part of a product that is over 256: `value * (256 whole + part) >> 8`, of values up to 255.
#[inline(always)]
fn scale(value: I16x8, whole: i16, part: i16) -> I16x8 {
    let fraction = value.mul(I16x8::splat(part)).shr_unsigned::<8>();
    value.mul(I16x8::splat(whole)).add(fraction)
}

/// Factors of 2^14 are 19077 for Y; 26149 for V in red; 6419 and 13320 in green; 33050 for U in blue. Each product is
/// cut to 14 bits before they are added.
#[inline(always)]
fn rgb(y: I16x8, u: I16x8, v: I16x8) -> [I16x8; 3] {
    let y = scale(y, 74, 133);
    let r = y.add(scale(v, 102, 37).sub(I16x8::splat(14234)));
    let g = y.sub(scale(u, 25, 19)).sub(scale(v, 52, 8)).add(I16x8::splat(8708));
    // U's product may be over 32767; less the constant it is not.
    let b = y.add_saturating(scale(u, 129, 26).sub(I16x8::splat(17685)));
    [r, g, b].map(I16x8::shr::<6>)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes(vector: I16x8) -> [i16; 8] {
        let mut lanes = [0; 8];
        vector.store(&mut lanes);
        lanes
    }

    #[test]
    fn colours_are_those_of_the_formulas() {
        let product = |value: i32, factor: i32| (value * factor) >> 8;
        let samples = [0, 1, 15, 16, 17, 40, 77, 100, 127, 128, 129, 200, 234, 235, 236, 254, 255];
        for y in 0..=255 {
            for u in samples {
                for v in samples {
                    let [r, g, b] = [
                        product(y, 19077) + product(v, 26149) - 14234,
                        product(y, 19077) - product(u, 6419) - product(v, 13320) + 8708,
                        product(y, 19077) + product(u, 33050) - 17685,
                    ]
                    .map(|sum| (sum >> 6).clamp(0, 255) as i16);
                    let splat = |value: i32| I16x8::splat(value as i16);
                    let ours = rgb(splat(y), splat(u), splat(v)).map(|value| lanes(value)[5]);
                    assert_eq!(ours.map(|value| value.clamp(0, 255)), [r, g, b]);
                }
            }
        }
    }

    #[test]
    fn chroma_is_that_of_the_formulas() {
        let near: [u8; 17] = core::array::from_fn(|i| (i * 37 + 11) as u8);
        let far: [u8; 17] = core::array::from_fn(|i| (255 - i * 29 % 256) as u8);
        let [first, second] = interpolate((&near, &far), 3);
        let ours = [lanes(first), lanes(second)].concat();
        for (i, ours) in ours.into_iter().enumerate() {
            let (j, k) = (3 + i / 2 + i % 2, 4 + i / 2 - i % 2);
            let sum = 9 * u16::from(near[j])
                + 3 * (u16::from(near[k]) + u16::from(far[j]))
                + u16::from(far[k]);
            assert_eq!(ours.cast_unsigned(), (sum + 8) >> 4);
        }
    }
}
