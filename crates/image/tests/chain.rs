//! Chains: what comes out of steps, and what becomes of profiles and other metadata.
#![expect(clippy::unwrap_used, reason = "an image that does not encode fails the test")]

use bytemill_formats::{Image, Metadata, PngOptions, encode_png};
use bytemill_image::{
    Encoding, Fit, Format, ImageError, Info, Keep, Limits, RawInput, Rectangle, Request, Resize,
    Step, ThumbnailOptions, metadata, process, thumbnail, thumbnails,
};

fn request<'a>(steps: &'a [Step<'a>], format: Option<Format>) -> Request<'a> {
    Request {
        raw: None,
        page: 0,
        as_stored: false,
        steps,
        format,
        encoding: Encoding::default(),
        keep: Keep::default(),
        limits: Limits::default(),
    }
}

fn run(input: &[u8], request: &Request<'_>) -> (Info, Vec<u8>) {
    let mut output = Vec::new();
    let info = process(input, request, &mut output).unwrap();
    (info, output)
}

/// A profile for which red is green and green is red.
fn swapped() -> Vec<u8> {
    let mut profile = bytemill_icc::srgb_profile().to_vec();
    let place = |name: &[u8]| profile.windows(4).position(|bytes| bytes == name).unwrap();
    let (red, green) = (place(b"rXYZ"), place(b"gXYZ"));
    profile[red] = b'g';
    profile[green] = b'r';
    profile
}

fn png(pixels: &[u8], width: usize, height: usize, metadata: &Metadata) -> Vec<u8> {
    let channels = pixels.len() / (width * height);
    let image = Image { width, height, channels, pixels };
    let options = PngOptions { metadata: Some(metadata), ..PngOptions::default() };
    let mut file = Vec::new();
    encode_png(&image, &options, &mut file).unwrap();
    file
}

fn ramp(width: u32, height: u32) -> Vec<u8> {
    let pixel = |at: u32| {
        let (x, y) = (at % width, at / width);
        [(x * 255 / width) as u8, (y * 255 / height) as u8, 90]
    };
    (0..width * height).flat_map(pixel).collect()
}

#[test]
fn profiles_are_converted_or_kept() {
    let found = Metadata { icc: Some(swapped()), ..Metadata::default() };
    let red = [255, 0, 0].repeat(12);
    let file = png(&red, 4, 3, &found);
    let raw = request(&[], Some(Format::Raw));
    assert_eq!(run(&file, &raw).1, [0, 255, 0].repeat(12), "converted");
    let keep = Keep { icc: true, ..Keep::default() };
    let kept = Request { keep, ..request(&[], None) };
    let (info, output) = run(&file, &kept);
    assert_eq!(info, Info { format: Format::Png, width: 4, height: 3, channels: 3 });
    assert_eq!(Metadata::read(&output).unwrap().icc, found.icc);
    assert_eq!(run(&output, &raw).1, [0, 255, 0].repeat(12), "its pixels are as they were");
    // To JPEG, from which the colours of the thumbnail are converted once more.
    let (_, jpeg) = run(&file, &Request { format: Some(Format::Jpeg), ..kept });
    assert_eq!(Metadata::read(&jpeg).unwrap().icc, found.icc);
    let mut small = Vec::new();
    thumbnail(&jpeg, &ThumbnailOptions::default(), &Limits::default(), &mut small).unwrap();
    assert_eq!(Metadata::read(&small).unwrap().icc, None);
    let pixel = run(&small, &raw).1;
    assert!(pixel[0] < 8 && pixel[1] > 247 && pixel[2] < 8, "{:?}", &pixel[..3]);
}

#[test]
fn a_profile_that_is_none_changes_nothing() {
    let found = Metadata { icc: Some(b"no profile at all".to_vec()), ..Metadata::default() };
    let pixels = ramp(5, 4);
    let file = png(&pixels, 5, 4, &found);
    assert_eq!(run(&file, &request(&[], Some(Format::Raw))).1, pixels);
}

#[test]
fn exif_says_upright_once_the_image_is() {
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    let found = Metadata { exif: Some(exif), ..Metadata::default() };
    let file = png(&ramp(6, 4), 6, 4, &found);
    assert_eq!(metadata(&file).unwrap().orientation, 6);
    for format in [Format::Png, Format::Jpeg, Format::Webp] {
        let keep = Keep { exif: true, ..Keep::default() };
        let kept = Request { keep, ..request(&[], Some(format)) };
        let (info, output) = run(&file, &kept);
        assert_eq!((info.width, info.height), (4, 6), "{format:?}");
        assert_eq!(metadata(&output).unwrap().orientation, 1, "{format:?}");
        assert!(Metadata::read(&output).unwrap().exif.is_some(), "{format:?}");
        let (_, stored) = run(&file, &Request { as_stored: true, ..kept });
        assert_eq!(metadata(&stored).unwrap().orientation, 6, "{format:?}");
    }
}

#[test]
fn a_part_is_taken_before_it_is_scaled() {
    let pixels = ramp(90, 60);
    let raw = RawInput { width: 90, height: 60, channels: 3 };
    let part = Rectangle { left: 30, top: 0, width: 30, height: 30 };
    let half = Resize { width: 15, fit: Fit::Inside, ..Resize::default() };
    let steps = [Step::Extract(part), Step::Resize(half)];
    let wanted = Request { raw: Some(raw), ..request(&steps, Some(Format::Raw)) };
    let (info, at_once) = run(&pixels, &wanted);
    assert_eq!((info.width, info.height, info.channels), (15, 15, 3));
    // One after the other, with a step between that keeps them apart.
    let steps = [Step::Extract(part), Step::Flip, Step::Flip, Step::Resize(half)];
    let (_, apart) = run(&pixels, &Request { steps: &steps, ..wanted });
    // At the edges of the part a filter sees beyond it only in the first way.
    let near = at_once.iter().zip(&apart).filter(|(a, b)| a.abs_diff(**b) <= 3).count();
    assert!(near * 10 >= apart.len() * 9, "{near} of {}", apart.len());
    let outside = [Step::Extract(Rectangle { left: 80, ..part })];
    let error = process(&pixels, &Request { steps: &outside, ..wanted }, &mut Vec::new());
    assert!(matches!(error, Err(ImageError::Argument { .. })), "{error:?}");
}

#[test]
fn samples_that_make_no_image_are_refused() {
    let flip = [Step::Flip];
    for (width, height, channels, bytes) in
        [(0, 5, 3, 0), (5, 0, 3, 0), (5, 5, 0, 0), (5, 5, 5, 125), (5, 5, 3, 74), (5, 5, 3, 76)]
    {
        let raw = RawInput { width, height, channels };
        let wanted = Request { raw: Some(raw), ..request(&flip, Some(Format::Raw)) };
        let error = process(&vec![0; bytes], &wanted, &mut Vec::new());
        assert!(matches!(error, Err(ImageError::Argument { .. })), "{raw:?}: {error:?}");
    }
}

#[test]
fn gamma_goes_around_the_resizing() {
    // Black and white lines, whose mean in linear light is brighter than half.
    let lines: Vec<u8> = (0..32 * 32).map(|at| if at % 2 == 0 { 0 } else { 255 }).collect();
    let raw = RawInput { width: 32, height: 32, channels: 1 };
    let resize = Step::Resize(Resize { width: 8, ..Resize::default() });
    let gamma = Step::Gamma { before: 2.2, after: 2.2 };
    for steps in [[gamma, resize], [resize, gamma]] {
        let wanted = Request { raw: Some(raw), ..request(&steps, Some(Format::Raw)) };
        let middle = run(&lines, &wanted).1[8 * 4 + 4];
        assert!((183..=189).contains(&middle), "{middle}");
    }
}

#[test]
fn several_sizes_are_what_one_would_be() {
    let file = png(&ramp(64, 48), 64, 48, &Metadata::default());
    let size = |width| ThumbnailOptions {
        resize: Resize { width, ..Resize::default() },
        encoding: Encoding { format: Format::Png, ..Encoding::default() },
        as_stored: false,
    };
    let wanted = [size(32), size(8)];
    let mut output = b"before".to_vec();
    let lengths = thumbnails(&file, &wanted, &Limits::default(), &mut output).unwrap();
    let (first, second) = output["before".len()..].split_at(lengths[0]);
    assert_eq!(second.len(), lengths[1]);
    for (made, options) in [first, second].into_iter().zip(wanted) {
        let mut alone = Vec::new();
        thumbnail(&file, &options, &Limits::default(), &mut alone).unwrap();
        let raw = request(&[], Some(Format::Raw));
        let (ours, theirs) = (run(made, &raw).1, run(&alone, &raw).1);
        let off = ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(off <= Some(4), "{off:?}");
    }
    // All together are held against the limit, and an error leaves nothing.
    let max_output_bytes = (lengths[0] + lengths[1]) as u64;
    let exact = Limits { max_output_bytes, ..Limits::default() };
    let mut output = b"before".to_vec();
    assert_eq!(thumbnails(&file, &wanted, &exact, &mut output), Ok(lengths));
    let limits = Limits { max_output_bytes: max_output_bytes - 1, ..exact };
    output.truncate("before".len());
    let error = thumbnails(&file, &wanted, &limits, &mut output).unwrap_err();
    assert!(matches!(error, ImageError::OutputTooLarge { .. }), "{error:?}");
    assert_eq!(output, b"before");
}
