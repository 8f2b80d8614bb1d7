//! Whole thumbnails: sizes, orientation, colours, formats, limits and broken input.
#![expect(clippy::unwrap_used, reason = "an image that does not encode fails the test")]

use bytemill_image::{
    Encoding, Fit, Format, ImageError, Limits, Resize, Size, ThumbnailOptions, metadata, thumbnail,
};
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use proptest::prelude::*;

/// Four quarters: red, green, blue, white.
fn quarters(width: u32, height: u32) -> Vec<u8> {
    let colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]];
    let colour =
        |x: u32, y: u32| colours[usize::from(2 * y >= height) * 2 + usize::from(2 * x >= width)];
    (0..width * height).flat_map(|at| colour(at % width, at / width)).collect()
}

fn png(data: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut file = Vec::new();
    PngEncoder::new(&mut file).write_image(data, width, height, colour).unwrap();
    file
}

/// With a big-endian EXIF segment that holds nothing but the orientation.
fn jpeg(data: &[u8], width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, 95);
    encoder.encode(data, width, height, ExtendedColorType::Rgb8).unwrap();
    let mut exif =
        b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0"
            .to_vec();
    exif[29] = orientation;
    file.splice(2..2, exif);
    file
}

fn make(input: &[u8], options: &ThumbnailOptions) -> (Size, image::RgbaImage) {
    let mut output = b"before".to_vec();
    let size = thumbnail(input, options, &Limits::default(), &mut output).unwrap();
    let file = output.strip_prefix(b"before").unwrap();
    let made = metadata(file).unwrap();
    let format = options.encoding.format;
    assert_eq!((made.format, made.width, made.height), (format, size.width, size.height));
    (size, image::load_from_memory(file).unwrap().into_rgba8())
}

fn to(width: u32, height: u32, fit: Fit, format: Format) -> ThumbnailOptions {
    ThumbnailOptions {
        resize: Resize { width, height, fit, ..Resize::default() },
        encoding: Encoding { format, ..Encoding::default() },
        as_stored: false,
    }
}

fn near(actual: [u8; 4], expected: [u8; 4], tolerance: u8) -> bool {
    actual.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= tolerance)
}

#[test]
fn orientations_turn_the_image_upright() {
    const RED: [u8; 4] = [255, 0, 0, 255];
    const GREEN: [u8; 4] = [0, 255, 0, 255];
    const BLUE: [u8; 4] = [0, 0, 255, 255];
    const WHITE: [u8; 4] = [255; 4];
    // Top left, top right, bottom left, bottom right once upright.
    let corners = [
        [RED, GREEN, BLUE, WHITE],
        [GREEN, RED, WHITE, BLUE],
        [WHITE, BLUE, GREEN, RED],
        [BLUE, WHITE, RED, GREEN],
        [RED, BLUE, GREEN, WHITE],
        [BLUE, RED, WHITE, GREEN],
        [WHITE, GREEN, BLUE, RED],
        [GREEN, WHITE, RED, BLUE],
    ];
    let data = quarters(96, 64);
    for (orientation, corners) in (1..).zip(corners) {
        let file = jpeg(&data, 96, 64, orientation);
        let header = metadata(&file).unwrap();
        assert_eq!((header.orientation, header.width, header.height), (orientation, 96, 64));
        let (size, image) = make(&file, &to(48, 0, Fit::Inside, Format::Png));
        let expected = if orientation < 5 { (48, 32) } else { (48, 72) };
        assert_eq!((size.width, size.height), expected, "orientation {orientation}");
        let (right, bottom) = (size.width - 4, size.height - 4);
        for ((x, y), corner) in
            [(3, 3), (right, 3), (3, bottom), (right, bottom)].into_iter().zip(corners)
        {
            let pixel = image.get_pixel(x, y).0;
            assert!(near(pixel, corner, 12), "orientation {orientation}: {pixel:?} at {x}, {y}");
        }
        let raw = ThumbnailOptions { as_stored: true, ..to(48, 0, Fit::Inside, Format::Png) };
        let (size, image) = make(&file, &raw);
        assert_eq!((size.width, size.height), (48, 32));
        assert!(near(image.get_pixel(3, 3).0, RED, 12));
    }
}

#[test]
fn transparent_pixels_do_not_bleed() {
    // The left half is transparent green, the right half opaque red.
    let row = [[0, 255, 0, 0], [255, 0, 0, 255]].map(|pixel| pixel.repeat(32)).concat();
    let file = png(&row.repeat(64), 64, 64, ExtendedColorType::Rgba8);
    let (_, image) = make(&file, &to(8, 8, Fit::Fill, Format::Png));
    for pixel in image.pixels().filter(|pixel| pixel.0[3] > 8) {
        assert!(near([pixel.0[0], pixel.0[1], pixel.0[2], 0], [255, 0, 0, 0], 8), "{pixel:?}");
    }
    // In JPEG the background shows through.
    let mut options = to(8, 8, Fit::Fill, Format::Jpeg);
    options.encoding = Encoding { background: [0, 0, 200], quality: 95, ..options.encoding };
    let (_, image) = make(&file, &options);
    assert!(near(image.get_pixel(0, 4).0, [0, 0, 200, 255], 25), "{:?}", image.get_pixel(0, 4));
    assert!(near(image.get_pixel(7, 4).0, [255, 0, 0, 255], 25), "{:?}", image.get_pixel(7, 4));
}

#[test]
fn contain_pads_and_cover_crops() {
    let file = png(&quarters(60, 30), 60, 30, ExtendedColorType::Rgb8);
    let mut options = to(40, 40, Fit::Contain, Format::Png);
    options.resize.background = [9, 8, 7, 255];
    let (size, image) = make(&file, &options);
    assert_eq!(size, Size { width: 40, height: 40 });
    assert_eq!(image.get_pixel(20, 9).0, [9, 8, 7, 255]);
    assert_eq!(image.get_pixel(20, 30).0, [9, 8, 7, 255]);
    assert!(near(image.get_pixel(2, 12).0, [255, 0, 0, 255], 2));
    let (size, image) = make(&file, &to(10, 30, Fit::Cover, Format::Png));
    assert_eq!(size, Size { width: 10, height: 30 });
    assert!(near(image.get_pixel(0, 0).0, [255, 0, 0, 255], 2));
    assert!(near(image.get_pixel(9, 29).0, [255, 255, 255, 255], 2));
}

#[test]
fn every_sample_format_is_read() {
    use ExtendedColorType::{L8, L16, La8, La16, Rgb8, Rgb16, Rgba8, Rgba16};
    for (colour, channels, bytes) in [
        (L8, 1, 1),
        (La8, 2, 1),
        (Rgb8, 3, 1),
        (Rgba8, 4, 1),
        (L16, 1, 2),
        (La16, 2, 2),
        (Rgb16, 3, 2),
        (Rgba16, 4, 2),
    ] {
        let alpha = channels == 2 || channels == 4;
        // Opaque grey, the same in every format; the samples go in in native order.
        let pixel: Vec<u8> = (0..channels)
            .flat_map(|i| vec![if alpha && i + 1 == channels { 255 } else { 100 }; bytes])
            .collect();
        let file = png(&pixel.repeat(20 * 10), 20, 10, colour);
        let header = metadata(&file).unwrap();
        assert_eq!((usize::from(header.channels), header.has_alpha), (channels, alpha));
        for format in [Format::Png, Format::Jpeg] {
            let (size, image) = make(&file, &to(10, 10, Fit::Inside, format));
            assert_eq!((size.width, size.height), (10, 5), "{colour:?}");
            let pixel = image.get_pixel(5, 2).0;
            assert!(near(pixel, [100, 100, 100, 255], 2), "{colour:?}: {pixel:?}");
        }
        // A PNG may keep few colours in a palette, but always these.
        let veiled: Vec<u8> = (0..channels)
            .flat_map(|i| vec![if alpha && i + 1 == channels { 77 } else { 100 }; bytes])
            .collect();
        let file = png(&veiled.repeat(20 * 10), 20, 10, colour);
        let (_, image) = make(&file, &to(10, 10, Fit::Inside, Format::Png));
        let expected = [100, 100, 100, if alpha { 77 } else { 255 }];
        assert!(image.pixels().all(|pixel| near(pixel.0, expected, 1)), "{colour:?}");
    }
}

#[test]
fn limits_hold_exactly() {
    let file = png(&quarters(60, 30), 60, 30, ExtendedColorType::Rgb8);
    let options = to(30, 0, Fit::Inside, Format::Png);
    let mut output = Vec::new();
    thumbnail(&file, &options, &Limits::default(), &mut output).unwrap();
    let exact = Limits { max_pixels: 1800, max_output_bytes: output.len() as u64 };
    let mut again = Vec::new();
    thumbnail(&file, &options, &exact, &mut again).unwrap();
    assert_eq!(again, output);
    let limit = exact.max_output_bytes - 1;
    let error =
        thumbnail(&file, &options, &Limits { max_output_bytes: limit, ..exact }, &mut again);
    assert_eq!(error, Err(ImageError::OutputTooLarge { limit }));
    let error = thumbnail(&file, &options, &Limits { max_pixels: 1799, ..exact }, &mut again);
    assert_eq!(error, Err(ImageError::TooManyPixels { pixels: 1800, limit: 1799 }));
    let large = to(61, 0, Fit::Inside, Format::Png);
    let error = thumbnail(&file, &large, &exact, &mut again).unwrap_err();
    assert_eq!(error, ImageError::TooManyPixels { pixels: 61 * 31, limit: 1800 });
    assert_eq!(again, output);
    let wide = to(65_536, 1, Fit::Fill, Format::Jpeg);
    let error = thumbnail(&file, &wide, &Limits::default(), &mut again).unwrap_err();
    assert_eq!(error, ImageError::Dimension { size: 65_536, limit: 65_535 });
    let mut bad = ThumbnailOptions::default();
    bad.encoding.quality = 0;
    let error = thumbnail(&file, &bad, &Limits::default(), &mut again).unwrap_err();
    assert_eq!(error, ImageError::Quality { quality: 0 });
}

#[test]
fn what_is_cut_short_is_truncated() {
    let data = quarters(64, 48);
    let options = to(16, 0, Fit::Inside, Format::Jpeg);
    for file in [jpeg(&data, 64, 48, 1), png(&data, 64, 48, ExtendedColorType::Rgb8)] {
        let mut output = Vec::new();
        for end in 0..file.len() {
            let result = thumbnail(&file[..end], &options, &Limits::default(), &mut output);
            // The four bytes of a PNG's last checksum say nothing.
            if end < file.len() - 4 {
                assert_eq!(result, Err(ImageError::Truncated), "{end} of {}", file.len());
                assert!(output.is_empty());
            }
        }
    }
}

#[test]
fn what_is_no_image_is_refused() {
    for (file, expected) in [
        (b"".as_slice(), ImageError::Truncated),
        (
            b"plain text",
            ImageError::Invalid { expected: "a BMP, GIF, ICO, JPEG, PNG, QOI, TIFF or WebP file" },
        ),
        (b"\0\0\0\x1cftypavif", ImageError::Unsupported { feature: "AVIF" }),
        (b"\xFF\xD8\xFF\xD9", ImageError::Invalid { expected: "a JPEG frame before its end" }),
    ] {
        assert_eq!(metadata(file).unwrap_err(), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_files_do_not_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        is_png: bool,
        fit in 0_usize..5,
    ) {
        let data = quarters(40, 30);
        let mut file =
            if is_png { png(&data, 40, 30, ExtendedColorType::Rgb8) } else { jpeg(&data, 40, 30, 6) };
        for (at, value) in damage {
            let at = at.index(file.len());
            file[at] = value;
        }
        let fit = [Fit::Cover, Fit::Contain, Fit::Fill, Fit::Inside, Fit::Outside][fit];
        let limits = Limits { max_pixels: 1 << 20, ..Limits::default() };
        let mut output = Vec::new();
        if let Ok(size) = thumbnail(&file, &to(17, 23, fit, Format::Png), &limits, &mut output) {
            let made = metadata(&output).unwrap();
            prop_assert_eq!((made.width, made.height), (size.width, size.height));
        } else {
            prop_assert!(output.is_empty());
        }
    }
}
