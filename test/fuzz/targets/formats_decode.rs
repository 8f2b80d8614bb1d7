//! No file panics or passes its limits; rows are all there, of their length; what is decoded can be written and read again.
#![no_main]

use bytemill_formats::{
    Compression, Decoder, Frames, GifOptions, Header, Image, Limits, Metadata, Options, Palette,
    PngOptions, encode_bmp, encode_gif, encode_png, encode_qoi,
};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { max_pixels: 1 << 18, max_memory_bytes: 1 << 22, max_frames: 20 };

fn decode(file: &[u8]) -> Vec<u8> {
    let mut pixels = Vec::new();
    let decoder = Decoder::new(file, &Options::default()).expect("what is written has a header");
    decoder.decode(&mut pixels).expect("what is written can be read");
    pixels
}

fuzz_target!(|input: &[u8]| {
    let _ = Header::read(input);
    let _ = Metadata::read(input);
    // The last byte chooses: decoders ignore it, so that real files make good seeds.
    let flags = input.last().copied().unwrap_or(0);
    let options = Options { page: 0, lenient: flags & 1 == 0, limits: LIMITS };
    if let Ok(mut frames) = Frames::new(input, &options) {
        let (width, height) = frames.size();
        while let Ok(Some(frame)) = frames.next_frame() {
            assert_eq!(frame.pixels.len(), 4 * width * height);
        }
    }
    let Ok(decoder) = Decoder::new(input, &options) else { return };
    let ((width, height), channels) = (decoder.size(), decoder.channels());
    let mut pixels = Vec::new();
    if decoder.decode(&mut pixels).is_err() {
        return;
    }
    assert_eq!(pixels.len(), width * height * channels);
    if pixels.len() > 1 << 14 {
        return;
    }
    let image = Image { width, height, channels, pixels: &pixels };
    let compression = [Compression::Fast, Compression::Default, Compression::Best][usize::from(flags >> 1) % 3];
    let exact = PngOptions { compression, ..PngOptions::default() };
    let mut file = Vec::new();
    encode_png(&image, &exact, &mut file).expect("any image can be written");
    let expected: Vec<[u8; 4]> = pixels.chunks(channels).map(widen).collect();
    let written = Decoder::new(&file, &Options::default()).expect("it has a header").channels();
    assert!(decode(&file).chunks(written).map(widen).eq(expected.iter().copied()));
    file.clear();
    encode_qoi(&image, u64::MAX, &mut file).expect("any image can be written");
    let written = if matches!(channels, 2 | 4) { 4 } else { 3 };
    assert!(decode(&file).chunks(written).map(widen).eq(expected.iter().copied()));
    file.clear();
    encode_bmp(&image, u64::MAX, &mut file).expect("any image can be written");
    assert!(decode(&file).chunks(written).map(widen).eq(expected));
    file.clear();
    let dither = flags & 8 == 0;
    let colours = 2 + u16::from(flags >> 4) * 16;
    encode_gif(&image, &GifOptions { colours, dither, ..GifOptions::default() }, &mut file)
        .expect("any small image can be written");
    decode(&file);
    file.clear();
    let palette = Palette::Quantised { colours, dither };
    encode_png(&image, &PngOptions { palette, ..exact }, &mut file).expect("any image can be written");
    decode(&file);
});

fn widen(pixel: &[u8]) -> [u8; 4] {
    match *pixel {
        [grey] => [grey, grey, grey, 255],
        [grey, alpha] => [grey, grey, grey, alpha],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, a, ..] => [r, g, b, a],
        [] => [0; 4],
    }
}
