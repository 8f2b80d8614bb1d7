//! Whatever is encoded decodes, with an independent decoder, to what it should.

#![expect(clippy::unwrap_used, reason = "a file that does not decode fails the test")]
#![expect(clippy::cast_precision_loss, reason = "small images")]

use std::io::Cursor;

use bytemill_webp::{EncodeError, EncodeOptions, Metadata, encode};
use image_webp::WebPDecoder;
use proptest::prelude::*;

/// Numbers that look random.
fn noise(seed: u32) -> impl FnMut() -> u8 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    }
}

/// Waves, an edge and a little noise.
fn picture(width: usize, height: usize, channels: usize) -> Vec<u8> {
    let mut noise = noise(7);
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            for channel in 0..channels {
                let wave = 60 * (x * (channel + 1) / 9 % 3) + y * 40 / (height + channel);
                let edge = if x + y > width { 50 } else { 0 };
                pixels.push((wave + edge + usize::from(noise() >> 5)).min(255) as u8);
            }
        }
    }
    pixels
}

fn encoded(
    pixels: &[u8],
    (width, height): (usize, usize),
    channels: usize,
    options: &EncodeOptions,
) -> Vec<u8> {
    let mut file = Vec::new();
    encode(pixels, width as u32, height as u32, channels, options, &mut file).unwrap();
    file
}

/// Pixels of three or four channels.
fn decoded(file: &[u8], size: (usize, usize)) -> (Vec<u8>, usize) {
    let mut decoder = WebPDecoder::new(Cursor::new(file)).unwrap();
    assert_eq!(decoder.dimensions(), (size.0 as u32, size.1 as u32));
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let mut pixels = vec![0; size.0 * size.1 * channels];
    decoder.read_image(&mut pixels).unwrap();
    (pixels, channels)
}

/// As the decoder gives them.
fn expanded(pixels: &[u8], channels: usize, to: usize) -> Vec<u8> {
    let expand = |pixel: &[u8]| -> Vec<u8> {
        let colour = if channels < 3 { vec![pixel[0]; 3] } else { pixel[..3].to_vec() };
        let alpha = if channels.is_multiple_of(2) { pixel[channels - 1] } else { 255 };
        [colour, vec![alpha]].concat()[..to].to_vec()
    };
    pixels.chunks(channels).flat_map(expand).collect()
}

fn assert_lossless(pixels: &[u8], size: (usize, usize), channels: usize, effort: u8) {
    let options = EncodeOptions { lossless: true, effort, ..EncodeOptions::default() };
    let file = encoded(pixels, size, channels, &options);
    let (out, to) = decoded(&file, size);
    assert!(out == expanded(pixels, channels, to), "{size:?}, {channels} channels");
}

/// Alpha of a pixel by its number.
type Alpha<'a> = &'a mut dyn FnMut(usize) -> u8;

/// In decibels, of three channels.
fn fidelity(pixels: &[u8], channels: usize, out: &[u8], out_channels: usize) -> f64 {
    let expected = expanded(pixels, channels, 3);
    let colours = out.chunks(out_channels).flat_map(|pixel| &pixel[..3]);
    let squares = expected.iter().zip(colours).map(|(&a, &b)| f64::from(a.abs_diff(b)).powi(2));
    10.0 * (65025.0 * expected.len() as f64 / squares.sum::<f64>().max(1e-9)).log10()
}

const SIZES: [(usize, usize); 9] =
    [(1, 1), (1, 40), (40, 1), (2, 3), (16, 16), (17, 15), (33, 47), (5, 100), (130, 70)];

#[test]
fn lossless_images_come_back() {
    for size in SIZES {
        for channels in 1..=4 {
            for effort in [0, 3, 4, 6] {
                assert_lossless(&picture(size.0, size.1, channels), size, channels, effort);
            }
        }
    }
}

#[test]
fn palettes_of_every_packing_come_back() {
    for colours in [1, 2, 3, 4, 5, 15, 16, 17, 200, 256, 257] {
        let size = (61, 37);
        let mut noise = noise(colours);
        let palette: Vec<[u8; 4]> =
            (0..colours).map(|i| [i as u8, noise(), (i >> 4) as u8, noise()]).collect();
        let pixels: Vec<u8> = (0..size.0 * size.1)
            .flat_map(|i| palette[(i / 3 + usize::from(noise() >> 6)) % palette.len()])
            .collect();
        assert_lossless(&pixels, size, 4, 4);
    }
}

#[test]
fn repetitions_come_back() {
    let size = (96, 96);
    for period in [1_u32, 2, 5, 96, 97, 960, 4000] {
        let mut noise = noise(period);
        let unit: Vec<u8> = (0..3 * period).map(|_| noise()).collect();
        let pixels: Vec<u8> = unit.iter().copied().cycle().take(3 * size.0 * size.1).collect();
        for effort in [1, 4, 6] {
            assert_lossless(&pixels, size, 3, effort);
        }
    }
}

#[test]
fn lossy_images_are_close() {
    for size in SIZES {
        for channels in 1..=4 {
            let pixels = picture(size.0, size.1, channels);
            for (quality, effort, least) in
                [(100, 4, 22.0), (75, 0, 20.0), (75, 6, 20.0), (0, 4, 10.0)]
            {
                let options = EncodeOptions { quality, effort, ..EncodeOptions::default() };
                let (out, to) = decoded(&encoded(&pixels, size, channels, &options), size);
                let fidelity = fidelity(&pixels, channels, &out, to);
                assert!(fidelity > least, "{size:?}, {channels} channels: {fidelity}");
            }
        }
    }
}

#[test]
fn better_quality_is_larger_and_closer() {
    let size = (200, 120);
    let mut noise = noise(5);
    let ramp = |i: usize| (i % 200 + i / 200 * 3) % 240;
    let pixels: Vec<u8> =
        (0..200 * 120).map(|i| (ramp(i).abs_diff(120) as u8).wrapping_add(noise() >> 4)).collect();
    let mut last = (0, 0.0);
    for quality in [0, 20, 40, 60, 80, 90, 100] {
        let options = EncodeOptions { quality, ..EncodeOptions::default() };
        let file = encoded(&pixels, size, 1, &options);
        let (out, to) = decoded(&file, size);
        let next = (file.len(), fidelity(&pixels, 1, &out, to));
        assert!(next.0 > last.0 && next.1 > last.1, "quality {quality}: {next:?} after {last:?}");
        last = next;
    }
}

#[test]
fn alpha_comes_back() {
    let size = (75, 50);
    let mut pixels = picture(size.0, size.1, 4);
    let mut noise = noise(3);
    let kinds: [Alpha; 4] = [
        &mut |i| (i % 75 * 3) as u8,
        &mut |i| if i % 9 < 4 { 0 } else { 255 },
        &mut |_| noise(),
        &mut |i| u8::from(i == 0) ^ 255,
    ];
    for kind in kinds {
        pixels.chunks_mut(4).enumerate().for_each(|(i, pixel)| pixel[3] = kind(i));
        let (out, to) = decoded(&encoded(&pixels, size, 4, &EncodeOptions::default()), size);
        assert_eq!(to, 4);
        assert!(out.chunks(4).zip(pixels.chunks(4)).all(|(a, b)| a[3] == b[3]));
    }
    pixels.chunks_mut(4).for_each(|pixel| pixel[3] = 255);
    for lossless in [true, false] {
        let options = EncodeOptions { lossless, ..EncodeOptions::default() };
        let file = encoded(&pixels, size, 4, &options);
        assert_eq!(decoded(&file, size).1, 3, "opaque");
        assert_eq!(&file[12..15], b"VP8");
        assert_ne!(file[15], b'X');
    }
}

#[test]
fn metadata_comes_back() {
    let size = (20, 20);
    let pixels = picture(20, 20, 4);
    for lossless in [true, false] {
        let metadata = Metadata { icc: b"profile", exif: b"II*\0", xmp: b"<x:xmpmeta/>" };
        let options = EncodeOptions { lossless, metadata, ..EncodeOptions::default() };
        let file = encoded(&pixels, size, 4, &options);
        let mut decoder = WebPDecoder::new(Cursor::new(&file)).unwrap();
        assert_eq!(decoder.icc_profile().unwrap().as_deref(), Some(metadata.icc));
        assert_eq!(decoder.exif_metadata().unwrap().as_deref(), Some(metadata.exif));
        assert_eq!(decoder.xmp_metadata().unwrap().as_deref(), Some(metadata.xmp));
        assert_eq!(decoded(&file, size).1, 4);
    }
}

#[test]
fn arguments_out_of_range_are_refused() {
    let options = EncodeOptions::default();
    let mut file = vec![1, 2, 3];
    let mut refused = |pixels: usize, width, height, channels, options: &EncodeOptions| {
        let error = encode(&vec![0; pixels], width, height, channels, options, &mut file);
        assert_eq!(file, [1, 2, 3]);
        error.unwrap_err()
    };
    assert_eq!(refused(0, 0, 1, 3, &options), EncodeError::Size { size: 0 });
    assert_eq!(refused(0, 1, 16384, 3, &options), EncodeError::Size { size: 16384 });
    assert_eq!(refused(5, 1, 1, 5, &options), EncodeError::Channels { channels: 5 });
    assert_eq!(refused(0, 1, 1, 0, &options), EncodeError::Channels { channels: 0 });
    let length = EncodeError::Length { expected: 12, bytes: 11 };
    assert_eq!(refused(11, 2, 2, 3, &options), length);
    let quality = EncodeOptions { quality: 101, ..options };
    assert_eq!(refused(12, 2, 2, 3, &quality), EncodeError::Quality { quality: 101 });
    let effort = EncodeOptions { effort: 7, ..options };
    assert_eq!(refused(12, 2, 2, 3, &effort), EncodeError::Effort { effort: 7 });
}

#[test]
fn limits_hold_to_the_byte() {
    let size = (64, 64);
    let mut noise = noise(1);
    let pixels: Vec<u8> = (0..64 * 64 * 4).map(|_| noise()).collect();
    for lossless in [true, false] {
        let options = EncodeOptions { lossless, ..EncodeOptions::default() };
        let whole = encoded(&pixels, size, 4, &options);
        for (limit, fits) in
            [(whole.len(), true), (whole.len() - 1, false), (1000, false), (0, false)]
        {
            let options = EncodeOptions { max_bytes: limit as u64, ..options };
            let mut file = Vec::new();
            let result = encode(&pixels, 64, 64, 4, &options, &mut file);
            if fits {
                assert_eq!(file, whole);
            } else {
                assert_eq!(result, Err(EncodeError::TooLarge { limit: limit as u64 }));
                assert!(file.is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_small_image_comes_back(
        width in 1_usize..40,
        height in 1_usize..40,
        channels in 1_usize..5,
        effort in 0_u8..7,
        quality in 0_u8..=100,
        values in prop::collection::vec(any::<u8>(), 1..200),
    ) {
        let size = (width, height);
        let pixels: Vec<u8> =
            values.iter().copied().cycle().take(width * height * channels).collect();
        assert_lossless(&pixels, size, channels, effort);
        let options = EncodeOptions { effort, quality, ..EncodeOptions::default() };
        decoded(&encoded(&pixels, size, channels, &options), size);
    }
}
