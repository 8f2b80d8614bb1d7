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

/// What [`ycc`] does, for eight pixels whose chroma is around zero.
#[inline(always)]
fn eight(y: I16x8, cb: I16x8, cr: I16x8) -> [I16x8; 3] {
    // 1.402 is 1 and 0.402, 1.772 is 2 less 0.228, 0.714 is 1 less 0.286. Fractions of 15 bits round as those of 16
    // do for every value that chroma can have.
    let red = y.add(cr).add(cr.mul_fraction(I16x8::splat(13173)));
    let blue = y.add(cb).add(cb).add(cb.mul_fraction(I16x8::splat(-7471)));
    let half = I32x4::splat(32768);
    let factors = I16x8::load(&[-22554, 18734, -22554, 18734, -22554, 18734, -22554, 18734]);
    let low = cb.interleave_low(cr).dot(factors).add(half).shr::<16>();
    let high = cb.interleave_high(cr).dot(factors).add(half).shr::<16>();
    let green = y.sub(cr).add(low.narrow(high));
    [red, green, blue]
}

/// Rows of Y, Cb and Cr to interleaved red, green and blue, as libjpeg-turbo converts them.
pub fn ycc_row(y: &[u8], cb: &[u8], cr: &[u8], rgb: &mut [u8]) {
    let (ys, y_rest) = y.as_chunks::<16>();
    let (cbs, cb_rest) = cb.as_chunks::<16>();
    let (crs, cr_rest) = cr.as_chunks::<16>();
    let (rgbs, rgb_rest) = rgb.as_chunks_mut::<48>();
    let bias = I16x8::splat(128);
    for (((y, cb), cr), rgb) in ys.iter().zip(cbs).zip(crs).zip(rgbs) {
        let (y, cb, cr) = (U8x16::load(y), U8x16::load(cb), U8x16::load(cr));
        let low = eight(y.widen_low(), cb.widen_low().sub(bias), cr.widen_low().sub(bias));
        let high = eight(y.widen_high(), cb.widen_high().sub(bias), cr.widen_high().sub(bias));
        let [red, green, blue] = core::array::from_fn(|i| low[i].narrow(high[i]));
        put48(U8x16::interleave3(red, green, blue), rgb);
    }
    let rest = y_rest.iter().zip(cb_rest).zip(cr_rest);
    for (((y, cb), cr), rgb) in rest.zip(rgb_rest.as_chunks_mut().0) {
        *rgb = ycc(*y, *cb, *cr);
    }
}

/// Three rows, interleaved.
pub(crate) fn interleave_row(a: &[u8], b: &[u8], c: &[u8], rgb: &mut [u8]) {
    let (xs, x_rest) = a.as_chunks::<16>();
    let (ys, y_rest) = b.as_chunks::<16>();
    let (zs, z_rest) = c.as_chunks::<16>();
    let (rgbs, rgb_rest) = rgb.as_chunks_mut::<48>();
    for (((x, y), z), rgb) in xs.iter().zip(ys).zip(zs).zip(rgbs) {
        put48(U8x16::interleave3(U8x16::load(x), U8x16::load(y), U8x16::load(z)), rgb);
    }
    let rest = x_rest.iter().zip(y_rest).zip(z_rest);
    for (((x, y), z), rgb) in rest.zip(rgb_rest.as_chunks_mut().0) {
        *rgb = [*x, *y, *z];
    }
}

#[inline(always)]
fn put48(vectors: [U8x16; 3], rgb: &mut [u8; 48]) {
    for (vector, place) in vectors.into_iter().zip(rgb.as_chunks_mut::<16>().0) {
        vector.store(place);
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
