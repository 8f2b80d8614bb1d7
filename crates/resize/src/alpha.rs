//! Colours times alpha and back, for pixels of red, green, blue and alpha.

/// Multiplies colours with alpha, so that transparent pixels lend no colour to their neighbours. `target` gets as many
/// pixels as both hold.
pub fn multiply_alpha(source: &[u8], target: &mut [u8]) {
    for (from, to) in source.as_chunks::<4>().0.iter().zip(target.as_chunks_mut::<4>().0) {
        let [red, green, blue, alpha] = *from;
        let times = |value: u8| {
            // Exact rounding of a division by 255.
            let product = u32::from(value) * u32::from(alpha) + 128;
            ((product + (product >> 8)) >> 8) as u8
        };
        *to = [times(red), times(green), times(blue), alpha];
    }
}

/// The inverse of [`multiply_alpha`], in place. Where alpha is zero, so are the colours.
pub fn divide_alpha(pixels: &mut [u8]) {
    for pixel in pixels.as_chunks_mut::<4>().0 {
        let alpha = u32::from(pixel[3]);
        if alpha == 255 {
            continue;
        }
        for value in &mut pixel[..3] {
            *value = match alpha {
                0 => 0,
                _ => ((u32::from(*value) * 255 + alpha / 2) / alpha).min(255) as u8,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_rounded() {
        for alpha in 0..=255_u8 {
            for value in 0..=255_u8 {
                let mut pixel = [0; 4];
                multiply_alpha(&[value, value, value, alpha], &mut pixel);
                let exact = (2 * u32::from(value) * u32::from(alpha) + 255) / 510;
                assert_eq!((u32::from(pixel[0]), pixel[3]), (exact, alpha));
                divide_alpha(&mut pixel);
                let off = u32::from(pixel[0].abs_diff(value));
                let most = 256 + u32::from(alpha);
                assert!(
                    alpha == 0 || 2 * off * u32::from(alpha) <= most,
                    "{value} at {alpha}: {off}"
                );
            }
        }
    }
}
