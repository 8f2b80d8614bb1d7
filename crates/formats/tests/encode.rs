//! What is written is read by the crate `image`, and says what was meant.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod support;

use bytemill_formats::{
    Compression, FormatError, GifEncoder, GifOptions, Header, Image, Options, Palette, PngOptions,
    encode_bmp, encode_gif, encode_png, encode_qoi,
};
use image::ImageFormat;
use proptest::prelude::*;
use support::{our_frames, their_frames, theirs, widen};

/// Something between a photograph and a drawing.
fn picture(width: usize, height: usize, channels: usize, levels: u32) -> Vec<u8> {
    let mut state = 1_u32;
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            for channel in 0..channels {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let wave = (x * (channel + 2) + y * 3) as u32 / 2 + (state >> 30);
                pixels.push(
                    (wave % 256 * levels / 256 * 255 / levels.max(2).saturating_sub(1)) as u8,
                );
            }
        }
    }
    pixels
}

fn png(image: &Image<'_>, options: &PngOptions<'_>) -> Vec<u8> {
    let mut output = b"before".to_vec();
    encode_png(image, options, &mut output).unwrap();
    output.split_off(6)
}

#[test]
fn png_is_exact() {
    for channels in 1..=4 {
        for levels in [2, 3, 6, 256] {
            for (width, height) in [(1, 1), (7, 3), (50, 40)] {
                let pixels = picture(width, height, channels, levels);
                let image = Image { width, height, channels, pixels: &pixels };
                for compression in [Compression::Fast, Compression::Default, Compression::Best] {
                    for palette in [Palette::Auto, Palette::Never] {
                        let options = PngOptions { compression, palette, ..PngOptions::default() };
                        let file = png(&image, &options);
                        let name = format!("{channels} {levels} {width}x{height} {options:?}");
                        let theirs = theirs(&file, ImageFormat::Png).expect(&name);
                        assert_eq!(theirs.pixels, widen(&pixels, channels), "{name}");
                        let ours = support::ours(&file).unwrap();
                        assert_eq!(ours.pixels, theirs.pixels, "{name}");
                        let mut output = Vec::new();
                        let exactly = PngOptions { max_bytes: file.len() as u64, ..options };
                        encode_png(&image, &exactly, &mut output).unwrap();
                        assert_eq!(output, file);
                        let less = PngOptions { max_bytes: file.len() as u64 - 1, ..options };
                        let result = encode_png(&image, &less, &mut output);
                        let limit = file.len() as u64 - 1;
                        assert_eq!(result, Err(FormatError::OutputTooLarge { limit }), "{name}");
                        assert_eq!(output, file, "an error leaves the output as it was");
                    }
                }
            }
        }
    }
}

#[test]
fn few_colours_take_few_bits() {
    for (levels, depth) in [(2_u8, 1), (4, 2), (5, 4), (16, 4), (17, 8)] {
        let pixels: Vec<u8> = (0..64 * 64_u32)
            .flat_map(|i| [(i / 5 % u32::from(levels)) as u8 * 3, 9, 200])
            .collect();
        let image = Image { width: 64, height: 64, channels: 3, pixels: &pixels };
        let file = png(&image, &PngOptions::default());
        let header = Header::read(&file).unwrap();
        assert_eq!((header.palette, header.depth), (true, depth), "{levels} levels");
    }
    // Black and white is grey of one bit.
    let pixels: Vec<u8> = (0..64 * 64_u32).map(|i| if i / 7 % 2 == 0 { 0 } else { 255 }).collect();
    let image = Image { width: 64, height: 64, channels: 1, pixels: &pixels };
    let header = Header::read(&png(&image, &PngOptions::default())).unwrap();
    assert_eq!((header.palette, header.depth, header.channels), (false, 1, 1));
}

/// Mean squared error of RGBA with alpha multiplied in, as it is seen.
fn error(one: &[u8], other: &[u8]) -> u64 {
    let shown = |pixel: &[u8; 4], i: usize| {
        let alpha = if i == 3 { 255 } else { u64::from(pixel[3]) };
        u64::from(pixel[i]) * alpha / 255
    };
    let pixels = one.as_chunks().0.iter().zip(other.as_chunks().0);
    let squares =
        pixels.flat_map(|(a, b)| [0, 1, 2, 3].map(|i| shown(a, i).abs_diff(shown(b, i)).pow(2)));
    squares.sum::<u64>() / one.len() as u64
}

#[test]
fn palettes_are_near() {
    let (width, height) = (120, 90);
    for channels in 1..=4 {
        let pixels = picture(width, height, channels, 256);
        let wide = widen(&pixels, channels);
        let image = Image { width, height, channels, pixels: &pixels };
        let mut before = u64::MAX;
        for colours in [2, 16, 64, 256] {
            for dither in [false, true] {
                let palette = Palette::Quantised { colours, dither };
                let file = png(&image, &PngOptions { palette, ..PngOptions::default() });
                let theirs = theirs(&file, ImageFormat::Png).unwrap();
                let mut distinct: Vec<_> = theirs.pixels.as_chunks::<4>().0.to_vec();
                distinct.sort_unstable();
                distinct.dedup();
                assert!(distinct.len() <= usize::from(colours));
                let error = error(&theirs.pixels, &wide);
                println!(
                    "{channels} channels, {colours} colours, dither {dither}: {error}, {} bytes",
                    file.len()
                );
                if !dither {
                    assert!(error <= before, "more colours are nearer");
                    before = error;
                }
            }
        }
        assert!(before < [1, 60, 60, 200][channels - 1], "{channels}: {before}");
    }
    for colours in [0, 1, 257] {
        let palette = Palette::Quantised { colours, dither: false };
        let image = Image { width: 1, height: 1, channels: 1, pixels: &[0] };
        let options = PngOptions { palette, ..PngOptions::default() };
        assert_eq!(
            encode_png(&image, &options, &mut Vec::new()),
            Err(FormatError::Colours { colours })
        );
    }
}

#[test]
fn what_cannot_be_seen_stays_so() {
    let (width, height) = (64, 64);
    let mut pixels = picture(width, height, 4, 256);
    pixels.as_chunks_mut::<4>().0.iter_mut().enumerate().for_each(|(i, pixel)| {
        pixel[3] = if i % 17 == 0 { 0 } else { 255 };
    });
    let image = Image { width, height, channels: 4, pixels: &pixels };
    for dither in [false, true] {
        for colours in [2, 7, 256] {
            let palette = Palette::Quantised { colours, dither };
            let file = png(&image, &PngOptions { palette, ..PngOptions::default() });
            let mut gif = Vec::new();
            encode_gif(&image, &GifOptions { colours, dither, ..GifOptions::default() }, &mut gif)
                .unwrap();
            for (file, format) in [(file, ImageFormat::Png), (gif, ImageFormat::Gif)] {
                let theirs = theirs(&file, format).unwrap();
                let alpha =
                    |pixels: &[u8]| pixels.iter().skip(3).step_by(4).copied().collect::<Vec<_>>();
                assert_eq!(alpha(&theirs.pixels), alpha(&pixels), "{format:?} {colours} {dither}");
            }
        }
    }
}

#[test]
fn bmp_and_qoi_are_exact() {
    for channels in 1..=4 {
        for (width, height) in [(1, 1), (3, 2), (65, 31)] {
            for levels in [2, 256] {
                let pixels = picture(width, height, channels, levels);
                let image = Image { width, height, channels, pixels: &pixels };
                for (encode, format) in [
                    (encode_bmp as fn(&Image<'_>, u64, &mut Vec<u8>) -> _, ImageFormat::Bmp),
                    (encode_qoi, ImageFormat::Qoi),
                ] {
                    let mut file = Vec::new();
                    encode(&image, 1 << 20, &mut file).unwrap();
                    let theirs = theirs(&file, format).unwrap();
                    assert_eq!(theirs.pixels, widen(&pixels, channels), "{format:?} {channels}");
                    assert_eq!(support::ours(&file).unwrap().pixels, theirs.pixels);
                    let limit = file.len() as u64 - 1;
                    let result: Result<(), FormatError> = encode(&image, limit, &mut file);
                    assert_eq!(result, Err(FormatError::OutputTooLarge { limit }));
                }
            }
        }
    }
}

#[test]
fn gif_of_few_colours_is_exact() {
    for (width, height) in [(1, 1), (9, 5), (300, 200)] {
        let pixels = picture(width, height, 3, 6);
        let image = Image { width, height, channels: 3, pixels: &pixels };
        let mut file = Vec::new();
        encode_gif(&image, &GifOptions::default(), &mut file).unwrap();
        assert_eq!(theirs(&file, ImageFormat::Gif).unwrap().pixels, widen(&pixels, 3));
        assert_eq!(support::ours(&file).unwrap().pixels, widen(&pixels, 3));
    }
}

#[test]
fn animations_are_exact() {
    let (width, height) = (40, 30);
    let frame = |number: usize| -> Vec<u8> {
        let pixel = |i: usize| {
            let (x, y) = (i % width, i / width);
            let inside = x.abs_diff(10 + 3 * number) < 5 && y.abs_diff(15) < 5;
            let hole = number >= 4 && x < 6;
            if hole {
                [0; 4]
            } else if inside {
                [255, (40 * number) as u8, 0, 255]
            } else {
                [10, 20, 30, 255]
            }
        };
        (0..width * height).flat_map(pixel).collect()
    };
    for loops in [0, 1, 7] {
        let options = GifOptions { loops, ..GifOptions::default() };
        let mut encoder = GifEncoder::new(width, height, &options).unwrap();
        let frames: Vec<_> = (0..7).map(frame).chain([frame(6)]).collect();
        for (number, frame) in frames.iter().enumerate() {
            encoder.push(frame, 100 + 10 * number as u32).unwrap();
        }
        let file = encoder.finish().unwrap();
        let ours = our_frames(&file, &Options::default()).unwrap();
        assert_eq!(ours, their_frames(&file, ImageFormat::Gif).unwrap());
        assert_eq!(ours.len(), frames.len());
        for (number, ((pixels, delay), frame)) in ours.iter().zip(&frames).enumerate() {
            assert_eq!(pixels, frame, "frame {number}");
            assert_eq!(*delay, 100 + 10 * number as u32);
        }
        let header = Header::read(&file).unwrap();
        assert_eq!((header.pages, header.loops, header.complete), (8, Some(loops), true));
    }
    let none = GifEncoder::new(1, 1, &GifOptions::default()).unwrap();
    assert!(none.finish().is_err());
}

#[test]
fn sizes_are_checked() {
    let pixels = [0; 12];
    let image = Image { width: 3, height: 2, channels: 2, pixels: &pixels };
    let mut output = Vec::new();
    for wrong in [
        Image { width: 0, ..image },
        Image { height: 3, ..image },
        Image { channels: 5, ..image },
        Image { channels: 0, ..image },
        Image { width: usize::MAX, ..image },
    ] {
        assert!(encode_png(&wrong, &PngOptions::default(), &mut output).is_err());
        assert!(encode_gif(&wrong, &GifOptions::default(), &mut output).is_err());
        assert!(encode_bmp(&wrong, 1000, &mut output).is_err());
        assert!(encode_qoi(&wrong, 1000, &mut output).is_err());
    }
    let long = vec![0; 65_536];
    let image = Image { width: 65_536, height: 1, channels: 1, pixels: &long };
    let result = encode_gif(&image, &GifOptions::default(), &mut output);
    assert_eq!(result, Err(FormatError::Dimension { size: 65_536, limit: 65_535 }));
    assert!(output.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_image_comes_back(
        width in 1_usize..40,
        channels in 1_usize..=4,
        bytes in proptest::collection::vec(0_u8..6, 1..2000),
        scale in 1_u8..=42,
        compression in 0_usize..3,
    ) {
        let height = bytes.len() / (width * channels);
        prop_assume!(height > 0);
        let pixels: Vec<u8> = bytes[..width * height * channels].iter().map(|byte| byte * scale).collect();
        let image = Image { width, height, channels, pixels: &pixels };
        let compression = [Compression::Fast, Compression::Default, Compression::Best][compression];
        let mut file = Vec::new();
        encode_png(&image, &PngOptions { compression, ..PngOptions::default() }, &mut file).unwrap();
        let wide = widen(&pixels, channels);
        prop_assert_eq!(&theirs(&file, ImageFormat::Png).unwrap().pixels, &wide);
        file.clear();
        encode_qoi(&image, 1 << 20, &mut file).unwrap();
        prop_assert_eq!(&theirs(&file, ImageFormat::Qoi).unwrap().pixels, &wide);
        file.clear();
        encode_gif(&image, &GifOptions::default(), &mut file).unwrap();
        let gif = theirs(&file, ImageFormat::Gif).unwrap();
        prop_assert_eq!(&support::ours(&file).unwrap().pixels, &gif.pixels);
        let mut colours = wide.as_chunks::<4>().0.to_vec();
        colours.sort_unstable();
        colours.dedup();
        if !matches!(channels, 2 | 4) && colours.len() <= 256 {
            prop_assert_eq!(&gif.pixels, &wide);
        }
    }
}
