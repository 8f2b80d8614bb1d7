//! The mode that is used most, on colour.

use super::Rgba;
use super::blend::Blend;
use crate::alpha::div255;

/// Pixels over opaque ones of `N` channels, three of which are colours.
pub(super) fn opaque<const N: usize>(row: &mut [[u8; N]], line: &[Rgba]) {
    for (pixel, [r, g, b, a]) in row.iter_mut().zip(line) {
        let (over, under) = (u32::from(*a), u32::from(255 - *a));
        for (to, colour) in pixel.iter_mut().zip([r, g, b]) {
            *to = div255(u32::from(*colour) * over + u32::from(*to) * under);
        }
    }
}

/// Pixels over others with alpha, sixteen at a time where all of those are opaque.
pub(super) fn straight(row: &mut [Rgba], line: &[Rgba]) {
    for (row, line) in row.chunks_mut(16).zip(line.chunks(16)) {
        if row.iter().all(|[.., a]| *a == 255) {
            opaque(row, line);
            continue;
        }
        for (pixel, source) in row.iter_mut().zip(line) {
            *pixel = Blend::Over.pixel(*source, *pixel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opaque_pixels_take_the_short_way_to_the_same() {
        let line: Vec<Rgba> = (0..=255).map(|a| [a, 255 - a, 77, a]).collect();
        for under in [0, 1, 100, 254, 255] {
            let mut rgba = vec![[under, 9, under, 255]; 256];
            let mut rgb = vec![[under, 9, under]; 256];
            straight(&mut rgba, &line);
            opaque(&mut rgb, &line);
            for ((rgba, rgb), source) in rgba.iter().zip(&rgb).zip(&line) {
                let expected = Blend::Over.pixel(*source, [under, 9, under, 255]);
                assert_eq!((*rgba, rgb), (expected, &[rgba[0], rgba[1], rgba[2]]));
            }
        }
    }
}
