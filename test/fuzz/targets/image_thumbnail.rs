//! No image panics or passes its limits, and every thumbnail is an image of the size that was promised.
#![no_main]

use bytemill_image::{
    Encoding, Fit, Format, Limits, Resize, ThumbnailOptions, metadata, thumbnail,
};
use libfuzzer_sys::fuzz_target;

const FITS: [Fit; 5] = [Fit::Inside, Fit::Cover, Fit::Contain, Fit::Fill, Fit::Outside];
const FORMATS: [Format; 6] =
    [Format::Jpeg, Format::Png, Format::Webp, Format::Gif, Format::Bmp, Format::Qoi];
const BEFORE: &[u8] = b"before";
const LIMITS: Limits = Limits { max_pixels: 1 << 20, max_output_bytes: 1 << 20 };

fuzz_target!(|input: &[u8]| {
    let found = metadata(input);

    // The last bytes choose the options: decoders ignore them, so that real files make good seeds.
    let [.., width, height, fit, flags, quality] = *input else { return };
    let format = FORMATS[usize::from(flags >> 4) % FORMATS.len()];
    let options = ThumbnailOptions {
        resize: Resize {
            width: u32::from(width),
            height: u32::from(height),
            fit: FITS[usize::from(fit) % FITS.len()],
            without_enlargement: flags & 2 == 0,
            background: [fit, flags, quality, 255],
            ..Resize::default()
        },
        encoding: Encoding {
            format,
            quality: 1 + quality % 100,
            lossless: flags & 8 == 0,
            background: [fit, flags, quality],
            ..Encoding::default()
        },
        as_stored: flags & 4 == 0,
    };
    let mut output = BEFORE.to_vec();
    let result = thumbnail(input, &options, &LIMITS, &mut output);
    let bytes = output.strip_prefix(BEFORE).expect("what was there stays");
    let Ok(size) = result else {
        assert!(bytes.is_empty(), "an error leaves the output as it was");
        return;
    };

    let found = found.expect("what can be decoded has a header");
    assert!(u64::from(found.width) * u64::from(found.height) <= LIMITS.max_pixels);
    assert!(bytes.len() as u64 <= LIMITS.max_output_bytes);
    let theirs = image::load_from_memory(bytes).expect("a thumbnail is an image");
    assert_eq!((theirs.width(), theirs.height()), (size.width, size.height));
    let again = metadata(bytes).expect("a thumbnail has a header");
    assert!(again.format == format && again.orientation == 1);
});
