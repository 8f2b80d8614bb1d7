//! No profile panics; what is read converts any pixels, the same way twice, and leaves alpha alone.
#![no_main]

use bytemill_icc::{Space, Transform};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(transform) = Transform::to_srgb(input) else { return };
    // The end of a file serves as pixels too.
    let pixels = &input[input.len().saturating_sub(256)..];
    for channels in 0..=5 {
        let mut once = pixels.to_vec();
        transform.apply(&mut once, channels);
        let again = Transform::to_srgb(input).expect("it was read before");
        let mut twice = pixels.to_vec();
        again.apply(&mut twice, channels);
        assert!(once == twice);
        if transform.is_srgb() || transform.space() == Space::Cmyk {
            assert!(once == pixels);
        }
        if matches!(channels, 2 | 4) {
            let alphas = |bytes: &[u8]| -> Vec<u8> {
                bytes.chunks_exact(channels).map(|pixel| pixel[channels - 1]).collect()
            };
            assert!(alphas(&once) == alphas(pixels));
        }
    }
    let mut rgb = [1; 192];
    transform.cmyk_to_rgb(pixels, &mut rgb);
    assert!(transform.space() == Space::Cmyk || rgb == [1; 192]);
});
