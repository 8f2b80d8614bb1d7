//! From red, green and blue to samples, with the roundings of libjpeg (JFIF 1.02; 16 fractional bits).

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

/// A row to three, each as long as the row has pixels.
pub(super) fn row(rgb: &[u8], [y, cb, cr]: [&mut [u8]; 3]) {
    let targets = y.iter_mut().zip(cb).zip(cr);
    for (from, ((y, cb), cr)) in rgb.as_chunks::<3>().0.iter().zip(targets) {
        [*y, *cb, *cr] = pixel(*from);
    }
}

/// The means of two by two samples; of what is halfway, every other is rounded up.
pub(super) fn halve(above: &[u8], below: &[u8], half: &mut [u8]) {
    let pairs = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
    for (x, (([a, b], [c, d]), value)) in pairs.zip(half).enumerate() {
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
    fn halves_are_means() {
        let mut half = [0; 3];
        halve(&[0, 1, 0, 2, 7, 7], &[0, 0, 0, 0, 9, 9], &mut half);
        assert_eq!(half, [0, 1, 8]);
    }
}
