//! What is encoded comes back: by this decoder, by zune-jpeg, and, where `cjpeg` is installed, with the coefficients of
//! libjpeg-turbo.
#![expect(clippy::unwrap_used, reason = "an image that does not encode fails the test")]
#![allow(clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "small numbers")]

use std::process::{Command, Stdio};
use std::{env, fs};

use bytemill_jpeg::{
    Colour, Decoder, EncodeError, EncodeOptions, Encoder, Header, JpegError, Options, Subsampling,
};
use proptest::prelude::*;

/// A picture with smooth parts, edges and noise.
fn picture(width: usize, height: usize, seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut rgb = Vec::with_capacity(3 * width * height);
    for at in 0..width * height {
        let (x, y) = (at % width, at / width);
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let noise = (state >> 28) as u8;
        rgb.extend(match (x / 24 + y / 24) % 3 {
            0 => [(3 * x + y) as u8, (2 * y) as u8, (x + 90) as u8],
            1 => [120 + noise, 100 + 2 * noise, (x * y / 16) as u8],
            _ if (x / 5 + y / 7) % 2 == 0 => [250, 240, 10],
            _ => [10, 30, 200],
        });
    }
    rgb
}

fn encode(rgb: &[u8], width: usize, height: usize, options: &EncodeOptions) -> Vec<u8> {
    let mut encoder = Encoder::new(width, height, options).unwrap();
    rgb.chunks_exact(3 * width).try_for_each(|row| encoder.push_rgb(row)).unwrap();
    encoder.finish().unwrap()
}

fn decode(file: &[u8]) -> Vec<u8> {
    let mut rgb = Vec::new();
    let options = Options { strict: true, ..Options::default() };
    Decoder::new(file, &options).unwrap().decode_rgb(&mut rgb).unwrap();
    rgb
}

/// Peak signal to noise in dB.
fn psnr(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
    10.0 * (65_025.0 * a.len() as f64 / sum.max(1) as f64).log10()
}

const SIZES: [(usize, usize); 7] =
    [(1, 1), (2, 3), (8, 8), (15, 17), (16, 16), (33, 40), (130, 97)];

#[test]
fn pictures_come_back() {
    for (width, height) in SIZES {
        let rgb = picture(width, height, 5);
        for subsampling in [Subsampling::None, Subsampling::Both] {
            for optimise in [false, true] {
                let options = EncodeOptions {
                    quality: 95,
                    subsampling,
                    optimise,
                    ..EncodeOptions::default()
                };
                let file = encode(&rgb, width, height, &options);
                let header = Header::read(&file).unwrap();
                assert_eq!((header.width as usize, header.height as usize), (width, height));
                assert_eq!(header.colour, Colour::YCbCr);
                let ours = decode(&file);
                let least = if subsampling == Subsampling::None { 32.0 } else { 16.0 };
                assert!(
                    psnr(&rgb, &ours) > least,
                    "{options:?} {width}x{height}: {}",
                    psnr(&rgb, &ours)
                );
                let theirs = image::load_from_memory(&file).unwrap().into_rgb8().into_raw();
                assert!(psnr(&theirs, &ours) > 40.0, "{}", psnr(&theirs, &ours));
            }
        }
    }
}

#[test]
fn quality_grows_with_the_file() {
    let rgb = picture(160, 120, 8);
    let (mut bytes, mut quality) = (0, 0.0);
    for step in [1, 10, 30, 50, 70, 80, 90, 95, 100] {
        let options = EncodeOptions {
            quality: step,
            subsampling: Subsampling::None,
            ..EncodeOptions::default()
        };
        let file = encode(&rgb, 160, 120, &options);
        let decoded = psnr(&rgb, &decode(&file));
        assert!(
            file.len() > bytes && decoded > quality,
            "{step}: {} bytes, {decoded} dB",
            file.len()
        );
        (bytes, quality) = (file.len(), decoded);
        let plain = encode(&rgb, 160, 120, &EncodeOptions { optimise: false, ..options });
        assert!(plain.len() > file.len() && decode(&plain) == decode(&file));
    }
    assert!(quality > 42.0);
}

#[test]
fn planes_are_encoded_as_they_are() {
    let grey: Vec<u8> = picture(70, 50, 2).chunks(3).map(|pixel| pixel[1]).collect();
    let options = EncodeOptions { quality: 100, grey: true, ..EncodeOptions::default() };
    let mut encoder = Encoder::new(70, 50, &options).unwrap();
    assert_eq!((encoder.size(0), encoder.size(1)), ((70, 50), (0, 0)));
    grey.chunks(70).try_for_each(|row| encoder.push(0, row)).unwrap();
    let file = encoder.finish().unwrap();
    let mut back = Vec::new();
    Decoder::new(&file, &Options::default()).unwrap().decode_gray(&mut back).unwrap();
    assert!(grey.iter().zip(&back).all(|(a, b)| a.abs_diff(*b) <= 2));

    // All of one component before the others.
    let options = EncodeOptions { quality: 100, ..EncodeOptions::default() };
    let mut encoder = Encoder::new(21, 19, &options).unwrap();
    assert_eq!((encoder.size(0), encoder.size(1), encoder.size(2)), ((21, 19), (11, 10), (11, 10)));
    for (component, value) in [(2, 30_u8), (0, 200), (1, 90)] {
        let (width, height) = encoder.size(component);
        for _ in 0..height + 3 {
            encoder.push(component, &vec![value; width]).unwrap();
        }
    }
    let file = encoder.finish().unwrap();
    let done: Result<(), JpegError> = Decoder::new(
        &file,
        &Options { chroma: Some(bytemill_jpeg::Scale::Full), ..Options::default() },
    )
    .unwrap()
    .decode_rows(|_, planes| {
        for (plane, value) in planes.iter().zip([200, 90, 30_u8]) {
            for row in 0..plane.rows {
                assert!(plane.row(row).iter().all(|sample| sample.abs_diff(value) <= 1));
            }
        }
        Ok(())
    });
    done.unwrap();
}

/// Frames of Motion JPEG have no Huffman tables: those of annex K are meant.
#[test]
fn tables_that_are_missing_are_those_of_the_standard() {
    let rgb = picture(40, 24, 4);
    let options = EncodeOptions { optimise: false, ..EncodeOptions::default() };
    let file = encode(&rgb, 40, 24, &options);
    let at = file.windows(2).position(|marker| marker == [0xFF, 0xC4]).unwrap();
    let len = 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
    let without = [&file[..at], &file[at + len..]].concat();
    assert!(decode(&without) == decode(&file));
}

/// The same coefficients in other scans.
#[test]
fn progressive_files_hold_the_same_image() {
    for (width, height) in SIZES.into_iter().chain([(300, 200)]) {
        let rgb = picture(width, height, 9);
        for (quality, grey) in [(30, false), (85, false), (85, true), (100, false)] {
            for subsampling in [Subsampling::None, Subsampling::Both] {
                let options =
                    EncodeOptions { quality, subsampling, grey, ..EncodeOptions::default() };
                let plain = encode(&rgb, width, height, &options);
                let options = EncodeOptions { progressive: true, ..options };
                let file = encode(&rgb, width, height, &options);
                assert!(Header::read(&file).unwrap().progressive);
                assert!(decode(&file) == decode(&plain), "{width}x{height} {options:?}");
                let theirs = image::load_from_memory(&file).unwrap().into_rgb8().into_raw();
                assert!(psnr(&theirs, &decode(&file)) > 40.0);
                assert!(width < 300 || file.len() < plain.len(), "{options:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let options = EncodeOptions::default();
    let with = |quality| Encoder::new(8, 8, &EncodeOptions { quality, ..options }).err();
    assert_eq!(with(0), Some(EncodeError::Quality { quality: 0 }));
    assert_eq!(with(101), Some(EncodeError::Quality { quality: 101 }));
    for (width, height, size) in [(0, 1, 0), (1, 65_536, 65_536)] {
        assert_eq!(Encoder::new(width, height, &options).err(), Some(EncodeError::Size { size }));
    }
    let rgb = picture(64, 64, 1);
    let bytes = encode(&rgb, 64, 64, &options).len() as u64;
    for (max_bytes, fits) in [(bytes, true), (bytes - 1, false), (100, false)] {
        let mut encoder = Encoder::new(64, 64, &EncodeOptions { max_bytes, ..options }).unwrap();
        let result = rgb.chunks(192).try_for_each(|row| encoder.push_rgb(row));
        let result = result.and_then(|()| encoder.finish()).map(|file| file.len() as u64);
        assert_eq!(
            result,
            if fits { Ok(bytes) } else { Err(EncodeError::TooLarge { limit: max_bytes }) }
        );
    }
}

/// The same coefficients in as many bytes, at every quality, size and sampling.
#[test]
fn coefficients_are_those_of_libjpeg_turbo() {
    if Command::new("cjpeg").arg("-version").stderr(Stdio::null()).status().is_err() {
        println!("skipped: no cjpeg");
        return;
    }
    let folder = env::temp_dir().join(format!("bytemill-jpeg-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let input = folder.join("input.ppm");
    for (width, height) in SIZES.into_iter().chain([(400, 300)]) {
        let rgb = picture(width, height, 77);
        fs::write(&input, [format!("P6 {width} {height} 255\n").as_bytes(), &rgb].concat())
            .unwrap();
        for quality in [1, 25, 50, 75, 80, 90, 100] {
            for (subsampling, sample) in [(Subsampling::None, "1x1"), (Subsampling::Both, "2x2")] {
                let level = quality.to_string();
                let arguments = [
                    "-quality",
                    &level,
                    "-baseline",
                    "-optimize",
                    "-dct",
                    "int",
                    "-sample",
                    sample,
                ];
                let theirs =
                    Command::new("cjpeg").args(arguments).arg(&input).output().unwrap().stdout;
                let options = EncodeOptions { quality, subsampling, ..EncodeOptions::default() };
                let ours = encode(&rgb, width, height, &options);
                assert!(
                    decode(&ours) == decode(&theirs),
                    "{width}x{height} at {quality}, {sample}"
                );
                // Codes of the same length may stand for other symbols, and zeros be stuffed elsewhere.
                let most = theirs.len() + theirs.len() / 1000 + 2;
                assert!(ours.len() <= most, "{} bytes, not {}", ours.len(), theirs.len());

                let arguments =
                    ["-quality", &level, "-baseline", "-progressive", "-sample", sample];
                let theirs =
                    Command::new("cjpeg").args(arguments).arg(&input).output().unwrap().stdout;
                let options = EncodeOptions { progressive: true, ..options };
                let progressive = encode(&rgb, width, height, &options);
                assert!(decode(&progressive) == decode(&ours), "{width}x{height} at {quality}");
                let most = theirs.len() + theirs.len() / 1000 + 20;
                assert!(
                    progressive.len() <= most,
                    "{} bytes, not {}",
                    progressive.len(),
                    theirs.len()
                );
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_rows_make_a_file(
        width in 1_usize..70,
        height in 1_usize..70,
        quality in 1_u8..=100,
        grey: bool,
        optimise: bool,
        progressive: bool,
        both: bool,
        rows in prop::collection::vec((0_usize..4, prop::collection::vec(any::<u8>(), 0..80)), 0..40),
    ) {
        let subsampling = if both { Subsampling::Both } else { Subsampling::None };
        let options = EncodeOptions { quality, subsampling, optimise, progressive, grey, ..EncodeOptions::default() };
        let mut encoder = Encoder::new(width, height, &options).unwrap();
        for (component, row) in rows {
            encoder.push(component, &row).unwrap();
        }
        let file = encoder.finish().unwrap();
        prop_assert_eq!(decode(&file).len(), 3 * width * height);
    }
}
