//! From samples to red, green and blue, with the roundings of libjpeg (JFIF 1.02; 16 fractional bits).

use bytemill_simd::{I16x8, I32x4, U8x16};

/// One pixel of Y, Cb and Cr.
#[inline(always)]
pub(crate) fn ycc(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y), i32::from(cb) - 128, i32::from(cr) - 128);
    let red = y + ((91881 * cr + 32768) >> 16);
    let green = y + ((-22554 * cb - 46802 * cr + 32768) >> 16);
    let blue = y + ((116_130 * cb + 32768) >> 16);
    [red, green, blue].map(|value| value.clamp(0, 255) as u8)
}

/// What eight pixels take.
struct Factors {
    /// Of Cr in red and of Cb in blue, beside whole ones; fractions of 15 bits.
    red: [i16; 8],
    blue: [i16; 8],
    /// Of Cb and Cr in green, beside a whole one of Cr; fractions of 16 bits.
    green: [i16; 8],
    middle: [i16; 8],
    half: [i32; 4],
}

// 1.402 is 1 and 0.402, 1.772 is 2 less 0.228, 0.714 is 1 less 0.286. Fractions of 15 bits round as those of 16 do for
// every value that chroma can have.
static FACTORS: Factors = Factors {
    red: [13173; 8],
    blue: [-7471; 8],
    green: [-22554, 18734, -22554, 18734, -22554, 18734, -22554, 18734],
    middle: [128; 8],
    half: [32768; 4],
};

/// What [`ycc`] does, for eight pixels.
#[inline(always)]
fn eight(y: I16x8, cb: I16x8, cr: I16x8, factors: &Factors) -> [I16x8; 3] {
    let middle = I16x8::load(&factors.middle);
    let (cb, cr) = (cb.sub(middle), cr.sub(middle));
    let red = y.add(cr).add(cr.mul_fraction(I16x8::load(&factors.red)));
    let blue = y.add(cb).add(cb).add(cb.mul_fraction(I16x8::load(&factors.blue)));
    let (half, green) = (I32x4::load(&factors.half), I16x8::load(&factors.green));
    let low = cb.interleave_low(cr).dot(green).add(half).shr::<16>();
    let high = cb.interleave_high(cr).dot(green).add(half).shr::<16>();
    let green = y.sub(cr).add(low.narrow(high));
    [red, green, blue]
}

/// Rows of Y, Cb and Cr to interleaved red, green and blue, as libjpeg-turbo converts them.
pub fn ycc_row(y: &[u8], cb: &[u8], cr: &[u8], rgb: &mut [u8]) {
    let factors = bytemill_simd::unseen(&FACTORS);
    let vectors = |[y, cb, cr]: [U8x16; 3]| {
        let low = eight(y.widen_low(), cb.widen_low(), cr.widen_low(), factors);
        let high = eight(y.widen_high(), cb.widen_high(), cr.widen_high(), factors);
        core::array::from_fn(|i| low[i].narrow(high[i]))
    };
    interleave([y, cb, cr], rgb, vectors, ycc);
}

/// Three rows, interleaved.
pub(crate) fn interleave_row(a: &[u8], b: &[u8], c: &[u8], rgb: &mut [u8]) {
    interleave([a, b, c], rgb, |vectors| vectors, |a, b, c| [a, b, c]);
}

/// Three rows to interleaved pixels, by sixteen pixels and by one.
#[inline(always)]
fn interleave(
    [a, b, c]: [&[u8]; 3],
    rgb: &mut [u8],
    vectors: impl Fn([U8x16; 3]) -> [U8x16; 3],
    pixel: impl Fn(u8, u8, u8) -> [u8; 3],
) {
    let mut done = 0;
    let groups = a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0).zip(c.as_chunks::<16>().0);
    for ((a, b), c) in groups {
        // Four bytes more than the pixels have, which the next ones write anew.
        let place = rgb.get_mut(3 * done..).and_then(<[u8]>::first_chunk_mut);
        let Some(place) = place else { break };
        let [x, y, z] = vectors([a, b, c].map(U8x16::load));
        U8x16::store3(x, y, z, place);
        done += 16;
    }
    let rest = a.iter().zip(b).zip(c).skip(done);
    for (((a, b), c), rgb) in rest.zip(rgb.as_chunks_mut().0.iter_mut().skip(done)) {
        *rgb = pixel(*a, *b, *c);
    }
}

/// Multiplies with black, in place: cyan, magenta, yellow and black of Adobe are what is left of the light.
pub(crate) fn darken_row(rgb: &mut [u8], black: &[u8]) {
    for (pixel, black) in rgb.as_chunks_mut::<3>().0.iter_mut().zip(black) {
        *pixel = pixel.map(|value| {
            let product = u32::from(value) * u32::from(*black) + 128;
            ((product + (product >> 8)) >> 8) as u8
        });
    }
}

/// In place: 255 less the value.
pub(crate) fn invert(row: &mut [u8]) {
    for value in row {
        *value = !*value;
    }
}

/// Luminance of interleaved red, green and blue by ITU-R BT.601.
pub(crate) fn grey_row(rgb: &[u8], grey: &mut [u8]) {
    for ([red, green, blue], grey) in rgb.as_chunks().0.iter().zip(grey) {
        let sum = 19595 * u32::from(*red) + 38470 * u32::from(*green) + 7471 * u32::from(*blue);
        *grey = ((sum + 32768) >> 16) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_and_pixels_agree() {
        let chroma: Vec<u8> = (0..=255).collect();
        for cb in 0..=255 {
            let cbs = vec![cb; 256];
            for y in [0, 1, 77, 128, 200, 255] {
                let mut rgb = vec![0; 3 * 256];
                ycc_row(&[y; 256], &cbs, &chroma, &mut rgb);
                let expected: Vec<u8> = chroma.iter().flat_map(|cr| ycc(y, cb, *cr)).collect();
                assert_eq!(rgb, expected);
            }
        }
    }

    #[test]
    fn rows_of_any_length_are_whole() {
        for len in 0..70_u8 {
            let row: Vec<u8> = (0..len).map(|x| x.wrapping_mul(7)).collect();
            let other: Vec<u8> = (0..len).map(|x| x.wrapping_mul(3)).collect();
            let mut rgb = vec![0; 3 * row.len()];
            interleave_row(&row, &other, &row, &mut rgb);
            let pixel = |(a, b): (&u8, &u8)| [*a, *b, *a];
            let expected: Vec<u8> = row.iter().zip(&other).flat_map(pixel).collect();
            assert_eq!(rgb, expected);
        }
    }
}
