//! Whatever pixels come in, the file decodes: lossless images to the very pixels, lossy ones to the very alpha.
#![no_main]

use std::io::Cursor;

use bytemill_webp::{EncodeOptions, encode};
use image_webp::WebPDecoder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, u8, u8, u8, Vec<u8>)| {
    let (width, height, quality, flags, values) = input;
    let (width, height) = (usize::from(width) + 1, usize::from(height) + 1);
    let channels = usize::from(flags & 3) + 1;
    let options = EncodeOptions {
        lossless: flags & 4 == 0,
        quality: quality % 101,
        effort: (flags >> 3) % 7,
        ..EncodeOptions::default()
    };
    let values = if values.is_empty() { vec![0] } else { values };
    let pixels: Vec<u8> = values.iter().copied().cycle().take(width * height * channels).collect();
    let mut file = Vec::new();
    encode(&pixels, width as u32, height as u32, channels, &options, &mut file)
        .expect("the options are in range");
    let mut decoder = WebPDecoder::new(Cursor::new(&file)).expect("the header is right");
    assert_eq!(decoder.dimensions(), (width as u32, height as u32));
    let to = if decoder.has_alpha() { 4 } else { 3 };
    let mut out = vec![0; width * height * to];
    decoder.read_image(&mut out).expect("the image is whole");
    for (out, pixel) in out.chunks(to).zip(pixels.chunks(channels)) {
        if options.lossless {
            let colour = if channels < 3 { [pixel[0]; 3] } else { [pixel[0], pixel[1], pixel[2]] };
            assert_eq!(out[..3], colour);
        }
        if channels % 2 == 0 && to == 4 {
            assert_eq!(out[3], pixel[channels - 1]);
        }
    }
});
