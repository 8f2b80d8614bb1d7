//! The images of `test/vectors/pdf/images.pdf`.
#![cfg(feature = "images")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::cast_sign_loss, clippy::many_single_char_names, reason = "small numbers")]

use std::fs;

use bytemill_formats::{Decoder, Options};
use bytemill_pdf::{
    ImageFormat, ImageOptions, Limits, PageImage, PageRange, PdfError, images, open,
};
use bytemill_testkit::vectors::folder;

fn all(options: &ImageOptions) -> Result<Vec<PageImage>, PdfError> {
    let input = fs::read(folder("pdf").join("images.pdf")).unwrap();
    let document = open(&input, None, &Limits::default()).unwrap();
    images(&document, PageRange::default(), options)
}

/// Width, height, and pixels as RGBA.
fn pixels(image: &PageImage) -> (usize, usize, Vec<[u8; 4]>) {
    let file = image.file.as_ref().unwrap();
    assert_eq!(file.format, ImageFormat::Png);
    let decoder = Decoder::new(&file.bytes, &Options::default()).unwrap();
    let (width, height) = decoder.size();
    let mut samples = Vec::new();
    decoder.decode(&mut samples).unwrap();
    let rgba = samples.chunks_exact(decoder.channels()).map(|pixel| match *pixel {
        [grey] => [grey, grey, grey, 255],
        [grey, alpha] => [grey, grey, grey, alpha],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, a, ..] => [r, g, b, a],
        [] => [0; 4],
    });
    (width, height, rgba.collect())
}

/// Holds an image of 8 by 8 pixels to a formula of column and row, with so much rounding.
fn check(image: &PageImage, rounding: u8, expected: impl Fn(u8, u8) -> [u8; 4]) {
    let (width, height, pixels) = pixels(image);
    assert_eq!((width, height), (8, 8), "{image:?}");
    for (index, pixel) in pixels.iter().enumerate() {
        let (x, y) = ((index % 8) as u8, (index / 8) as u8);
        let wanted = expected(x, y);
        let near = pixel.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= rounding);
        assert!(near, "{}, {x}, {y}: {pixel:?}, not {wanted:?}", image.name);
    }
}

fn grey(value: u8) -> [u8; 4] {
    [value, value, value, 255]
}

/// The samples of the fixtures' gradient.
fn gradient(x: u8, y: u8) -> [u8; 4] {
    [x * 32, y * 32, (x + y) * 16, (x ^ y) * 8]
}

fn rgb(x: u8, y: u8) -> [u8; 4] {
    let [r, g, b, _] = gradient(x, y);
    [r, g, b, 255]
}

fn chess(x: u8, y: u8) -> u8 {
    if (x + y).is_multiple_of(2) { 255 } else { 0 }
}

#[test]
fn every_image_once() {
    let images = all(&ImageOptions::default()).unwrap();
    assert_eq!(images.len(), 23);
    assert!(images.iter().all(|image| image.page == 1 && image.problem.is_none()));
    let names: Vec<&str> = images.iter().map(|image| image.name.as_str()).collect();
    assert_eq!((names[0], names[20], names[21]), ("I0", "I20", ""));
    let described = |index: usize| {
        let image: &PageImage = &images[index];
        (image.width, image.height, image.bits, image.colour_space.as_str(), image.filter.as_str())
    };
    assert_eq!(described(0), (8, 8, 8, "DeviceRGB", "DCTDecode"));
    assert_eq!(described(4), (8, 8, 4, "Indexed DeviceRGB", "FlateDecode"));
    assert_eq!(described(9), (8, 8, 1, "", "FlateDecode"));
    assert_eq!(described(13), (8, 8, 8, "ICCBased 3", "FlateDecode"));
    assert_eq!(described(16), (8, 8, 8, "Separation", "FlateDecode"));
    assert_eq!(described(20), (16, 8, 1, "DeviceGray", "CCITTFaxDecode"));
    assert_eq!(described(21), (4, 2, 8, "DeviceGray", "ASCIIHexDecode"));
    assert!(images[9].stencil && images[6].masked && images[21].reference.is_none());
    let listed = all(&ImageOptions { files: false, ..ImageOptions::default() }).unwrap();
    assert!(listed.iter().all(|image| image.file.is_none()) && listed.len() == images.len());
}

#[test]
fn photographs_stay_as_they_are() {
    let images = all(&ImageOptions::default()).unwrap();
    for index in [0, 19] {
        let file = images[index].file.as_ref().unwrap();
        assert_eq!(file.format, ImageFormat::Jpeg);
        assert!(file.bytes.starts_with(b"\xFF\xD8") && file.bytes.ends_with(b"\xFF\xD9"));
    }
    assert_eq!(images[0].mask, None);
    assert_eq!(images[19].mask.as_ref().map(|mask| mask.format), Some(ImageFormat::Jpeg));
}

#[test]
fn samples_of_all_kinds() {
    let images = all(&ImageOptions::default()).unwrap();
    check(&images[1], 0, rgb);
    check(&images[2], 0, |x, y| grey(chess(x, y)));
    check(&images[3], 0, |x, y| grey(255 - chess(x, y)));
    let palette = [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [255, 255, 255, 255]];
    check(&images[4], 0, |x, y| palette[usize::from(y * 4 + x / 2 + x % 2) % 4]);
    let inks = [[255, 255, 255, 255], [0, 255, 255, 255], [255, 0, 255, 255], [255, 255, 0, 255]];
    check(&images[5], 0, |x, y| {
        let index = [0x1B_u8, 0xE4][usize::from(y) % 2] >> (6 - x % 4 * 2) & 3;
        inks[usize::from(index)]
    });
    check(&images[6], 0, |x, y| {
        let [r, g, b, _] = gradient(x, y);
        [r, g, b, x * 32]
    });
    check(&images[7], 0, |x, y| {
        let [r, g, b, _] = gradient(x, y);
        [r, g, b, 255 - chess(x, y)]
    });
    check(&images[8], 0, |x, _| [x * 32, x * 32, x * 32, if x < 2 { 0 } else { 255 }]);
    check(&images[9], 0, |x, y| grey(chess(x, y)));
    check(&images[10], 1, |x, y| {
        let [c, m, y, k] = gradient(x, y).map(f64::from);
        let mix = |ink: f64| ((255.0 - ink) * (255.0 - k) / 255.0) as u8;
        [mix(c), mix(m), mix(y), 255]
    });
    check(&images[11], 0, |x, _| grey(x * 32));
    for index in [12, 13] {
        check(&images[index], 0, rgb);
    }
    check(&images[14], 0, |x, _| grey(x * 32));
    // Magenta with a little yellow.
    check(&images[16], 1, |x, _| [255, 255 - x * 32, 255 - x * 16, 255]);
    check(&images[17], 1, |x, y| [255 - x * 32, 255 - y * 32, (255 - y * 32) / 2, 255]);
    // White, red, black.
    check(&images[18], 1, |x, _| match x {
        0..=3 => [255, 255 - x * 64, 255 - x * 64, 255],
        _ => [255 - ((u16::from(x) * 32 - 128) * 2).min(255) as u8, 0, 0, 255],
    });
}

#[test]
fn fax_and_inline_images() {
    let images = all(&ImageOptions::default()).unwrap();
    let (width, height, fax) = pixels(&images[20]);
    assert_eq!((width, height), (16, 8));
    for (index, pixel) in fax.iter().enumerate() {
        let black = (2..6).contains(&(index / 16)) && (4..8).contains(&(index % 16));
        assert_eq!(*pixel, grey(if black { 0 } else { 255 }));
    }
    let (.., inline) = pixels(&images[21]);
    assert_eq!(inline, [0, 0x40, 0x80, 0xC0, 0xFF, 0xC0, 0x80, 0x40].map(grey));
    let (.., inline) = pixels(&images[22]);
    let bytes: Vec<u8> = inline.iter().flat_map(|pixel| pixel[..3].to_vec()).collect();
    assert_eq!(bytes, b"ab EI cd EI\xFF");
}

#[test]
fn limits() {
    let most = all(&ImageOptions::default()).unwrap();
    let files = most.iter().flat_map(|image| [&image.file, &image.mask]).flatten();
    let bytes: u64 = files.map(|file| file.bytes.len() as u64).sum();
    let limited =
        |max_output_bytes| all(&ImageOptions { max_output_bytes, ..ImageOptions::default() });
    assert_eq!(limited(bytes).unwrap(), most);
    let limit = bytes - 1;
    assert_eq!(limited(limit), Err(PdfError::OutputTooLarge { limit }));
    let few = all(&ImageOptions { max_pixels: 63, ..ImageOptions::default() }).unwrap();
    let without = few.iter().filter(|image| image.file.is_none());
    assert!(without.clone().all(|image| image.problem == Some("more pixels than the limit")));
    // Two photographs and two inline images are left.
    assert_eq!(without.count(), 19);
}
