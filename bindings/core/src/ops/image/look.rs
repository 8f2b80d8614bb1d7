//! What is said of an image: its header, its hashes, its placeholders.

use bytemill_image::{
    Format, HashAlgorithm, Limits, blurhash, metadata, perceptual_hash, thumbhash,
};

use super::MAX_PIXELS;
use crate::ops::{MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Error, Operation, Output};

/// In the order of their names in JavaScript.
const FORMATS: [Format; 8] = [
    Format::Jpeg,
    Format::Png,
    Format::Webp,
    Format::Gif,
    Format::Bmp,
    Format::Qoi,
    Format::Ico,
    Format::Tiff,
];

options! {
    /// Options of `image.metadata`.
    pub struct MetadataOptions {}
}

/// What the header says; no pixel is decoded.
#[derive(Debug)]
pub struct ReadMetadata;

impl Operation for ReadMetadata {
    operation!(0x0802, "metadata", MetadataOptions);

    fn run(
        input: &[u8],
        _options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let found = metadata(input)?;
        let format = FORMATS.iter().position(|format| *format == found.format).unwrap_or_default();
        output.numbers.extend([
            f64::from(format as u32),
            f64::from(found.width),
            f64::from(found.height),
            f64::from(found.orientation),
            f64::from(found.channels),
            f64::from(u8::from(found.has_alpha)),
            f64::from(found.depth),
            f64::from(u8::from(found.progressive)),
            f64::from(found.pages),
            found.loops.map_or(f64::NAN, f64::from),
            found.density.map_or(f64::NAN, f64::from),
            f64::from(u8::from(found.has_profile)),
        ]);
        Ok(())
    }
}

options! {
    /// Options of `image.perceptualHash`.
    pub struct PerceptualHashOptions {
        /// How it is computed: `dhash` compares neighbours, `phash` the lowest frequencies.
        algorithm: choice(default = 0, names = ["dhash", "phash"]),
        /// Turn the image as its EXIF orientation says.
        auto_orient: boolean(default = true),
        /// Largest input accepted.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
    }
}

#[expect(clippy::cast_sign_loss, reason = "the range starts at 1")]
fn limits(max_pixels: i64) -> Limits {
    Limits { max_pixels: max_pixels as u64, ..Limits::default() }
}

/// 64 bits that are alike for images that look alike.
#[derive(Debug)]
pub struct PerceptualHash;

impl Operation for PerceptualHash {
    operation!(0x0805, "perceptualHash", PerceptualHashOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let algorithm = [HashAlgorithm::Difference, HashAlgorithm::Cosine][options.algorithm];
        let hash =
            perceptual_hash(input, algorithm, !options.auto_orient, &limits(options.max_pixels))?;
        output.bytes.extend(hash.to_le_bytes());
        Ok(())
    }
}

options! {
    /// Options of `image.thumbhash`.
    pub struct ThumbhashOptions {
        /// Turn the image as its EXIF orientation says.
        auto_orient: boolean(default = true),
        /// Largest input accepted.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
    }
}

/// A placeholder of about 25 bytes.
#[derive(Debug)]
pub struct Thumbhash;

impl Operation for Thumbhash {
    operation!(0x0806, "thumbhash", ThumbhashOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let hash = thumbhash(input, !options.auto_orient, &limits(options.max_pixels))?;
        output.bytes.extend(hash);
        Ok(())
    }
}

options! {
    /// Options of `image.blurhash`.
    pub struct BlurhashOptions {
        /// Components across.
        components_x: integer(default = 4, min = 1, max = 9, unit = "components"),
        /// Components down.
        components_y: integer(default = 3, min = 1, max = 9, unit = "components"),
        /// Turn the image as its EXIF orientation says.
        auto_orient: boolean(default = true),
        /// Largest input accepted.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
    }
}

/// A placeholder that is text.
#[derive(Debug)]
pub struct Blurhash;

impl Operation for Blurhash {
    operation!(0x0807, "blurhash", BlurhashOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 1")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let components = (options.components_x as u32, options.components_y as u32);
        let hash = blurhash(input, components, !options.auto_orient, &limits(options.max_pixels))?;
        output.bytes.extend(hash.bytes());
        Ok(())
    }
}
