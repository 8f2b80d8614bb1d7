//! From red, green and blue to samples, with the roundings of libjpeg (JFIF 1.02; 16 fractional bits).

use bytemill_simd::{I16x8, I32x4, U8x16};

/// One pixel to Y, Cb and Cr.
#[inline(always)]
pub(super) fn pixel([red, green, blue]: [u8; 3]) -> [u8; 3] {
    let (red, green, blue) = (i32::from(red), i32::from(green), i32::from(blue));
    // Chroma is rounded down at halves, so that 255 stays within a byte.
    let middle = (128 << 16) + 32767;
    let y = 19595 * red + 38470 * green + 7471 * blue + 32768;
    let cb = -11059 * red - 21709 * green + 32768 * blue + middle;
    let cr = 32768 * red - 27439 * green - 5329 * blue + middle;
    [y, cb, cr].map(|value| (value >> 16) as u8)
}

/// What eight pixels take, in pairs: no factor has 16 bits.
struct Factors {
    /// Of red and green, and of blue and green.
    y: [[i16; 8]; 2],
    /// Of red and blue, and of blue and green.
    cb: [[i16; 8]; 2],
    /// Of red and green, and of red and blue.
    cr: [[i16; 8]; 2],
    half: [i32; 4],
    middle: [i32; 4],
}

const fn pair(a: i16, b: i16) -> [i16; 8] {
    [a, b, a, b, a, b, a, b]
}

static FACTORS: Factors = Factors {
    y: [pair(19595, 22086), pair(7471, 16384)],
    cb: [pair(-11059, 16384), pair(16384, -21709)],
    cr: [pair(16384, -27439), pair(16384, -5329)],
    half: [32768; 4],
    middle: [(128 << 16) + 32767; 4],
};

/// What [`pixel`] does, for eight.
#[inline(always)]
fn eight([red, green, blue]: [I16x8; 3], factors: &Factors) -> [I16x8; 3] {
    let halves = |a: I16x8, b: I16x8| [a.interleave_low(b), a.interleave_high(b)];
    let (rg, bg, rb) = (halves(red, green), halves(blue, green), halves(red, blue));
    let sum = |a: [I16x8; 2], b: [I16x8; 2], factors: &[[i16; 8]; 2], rounding: &[i32; 4]| {
        let [first, second] = factors.each_ref().map(I16x8::load);
        let rounding = I32x4::load(rounding);
        let half = |i: usize| a[i].dot(first).add(b[i].dot(second)).add(rounding).shr::<16>();
        half(0).narrow(half(1))
    };
    [
        sum(rg, bg, &factors.y, &factors.half),
        sum(rb, bg, &factors.cb, &factors.middle),
        sum(rg, rb, &factors.cr, &factors.middle),
    ]
}

/// A row to three, each as long as the row has pixels.
pub(super) fn row(rgb: &[u8], [y, cb, cr]: [&mut [u8]; 3]) {
    let factors = bytemill_simd::unseen(&FACTORS);
    let (groups, rest) = rgb.as_chunks::<48>();
    let (ys, y_rest) = y.as_chunks_mut::<16>();
    let (cbs, cb_rest) = cb.as_chunks_mut::<16>();
    let (crs, cr_rest) = cr.as_chunks_mut::<16>();
    for (((from, y), cb), cr) in
        groups.iter().zip(ys.iter_mut()).zip(cbs.iter_mut()).zip(crs.iter_mut())
    {
        let planes = U8x16::load3(from);
        let low = eight(planes.map(U8x16::widen_low), factors);
        let high = eight(planes.map(U8x16::widen_high), factors);
        for (i, place) in [y, cb, cr].into_iter().enumerate() {
            low[i].narrow(high[i]).store(place);
        }
    }
    // Rows may be longer than the pixels are, up to whole MCUs.
    let rests = if groups.len() < ys.len() {
        [&mut ys[groups.len()][..], &mut cbs[groups.len()][..], &mut crs[groups.len()][..]]
    } else {
        [y_rest, cb_rest, cr_rest]
    };
    let [y_rest, cb_rest, cr_rest] = rests;
    let targets = y_rest.iter_mut().zip(cb_rest).zip(cr_rest);
    for (from, ((y, cb), cr)) in rest.as_chunks::<3>().0.iter().zip(targets) {
        [*y, *cb, *cr] = pixel(*from);
    }
}

/// The means of two by two samples; of what is halfway, every other is rounded up.
pub(super) fn halve(above: &[u8], below: &[u8], half: &mut [u8]) {
    let (aboves, above_rest) = above.as_chunks::<32>();
    let (belows, below_rest) = below.as_chunks::<32>();
    let (halves, half_rest) = half.as_chunks_mut::<16>();
    let bias = I16x8::pair([1, 2]);
    let sums = |above: &[u8; 16], below: &[u8; 16]| {
        let sums = U8x16::load(above).pair_sums().add(U8x16::load(below).pair_sums());
        sums.add(bias).shr::<2>()
    };
    for ((above, below), target) in aboves.iter().zip(belows).zip(halves) {
        if let ([a, b], [c, d]) = (above.as_chunks().0, below.as_chunks().0) {
            sums(a, c).narrow(sums(b, d)).store(target);
        }
    }
    let pairs = above_rest.as_chunks::<2>().0.iter().zip(below_rest.as_chunks::<2>().0);
    for (x, (([a, b], [c, d]), value)) in pairs.zip(half_rest).enumerate() {
        let sum: u32 = [a, b, c, d].into_iter().map(|sample| u32::from(*sample)).sum();
        *value = ((sum + 1 + (x as u32 & 1)) >> 2) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::ycc;

    #[test]
    fn colours_come_back() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let [y, cb, cr] = pixel([red, green, blue]);
                    let back = ycc(y, cb, cr);
                    let off = |a: u8, b: u8| a.abs_diff(b);
                    assert!(
                        off(back[0], red) < 2 && off(back[1], green) < 2 && off(back[2], blue) < 3
                    );
                }
            }
        }
        assert_eq!(pixel([255, 255, 255]), [255, 128, 128]);
        assert_eq!(pixel([0, 0, 255]), [29, 255, 107]);
    }

    #[test]
    fn vectors_and_pixels_agree() {
        let bytes: Vec<u8> = (0..4 * 3 * 256_u32).map(|i| ((i * i * 31) >> 3) as u8).collect();
        for pixels in [0_usize, 1, 15, 16, 17, 47, 64, 300, 1024] {
            for len in [pixels, pixels.next_multiple_of(16)] {
                let mut rows = [vec![7; len], vec![7; len], vec![7; len]];
                row(&bytes[..3 * pixels], rows.each_mut().map(Vec::as_mut_slice));
                for (i, rgb) in bytes.as_chunks().0.iter().take(pixels).enumerate() {
                    assert_eq!(rows.each_ref().map(|row| row[i]), pixel(*rgb));
                }
            }
            let (above, below) = (&bytes[..2 * pixels], &bytes[1000..1000 + 2 * pixels]);
            let mut half = vec![0; pixels];
            halve(above, below, &mut half);
            for (i, value) in half.iter().enumerate() {
                let sum: u32 = [above, below]
                    .iter()
                    .map(|row| u32::from(row[2 * i]) + u32::from(row[2 * i + 1]))
                    .sum();
                assert_eq!(u32::from(*value), (sum + 1 + (i as u32 & 1)) / 4);
            }
        }
    }

    #[test]
    fn halves_are_means() {
        let mut half = [0; 3];
        halve(&[0, 1, 0, 2, 7, 7], &[0, 0, 0, 0, 9, 9], &mut half);
        assert_eq!(half, [0, 1, 8]);
    }
}
