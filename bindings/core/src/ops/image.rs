//! Images: `bytemill/image`.

use bytemill_image::{
    Fit, Format, ImageError, Limits, ThumbnailOptions as Kernel, metadata, thumbnail,
};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Code, Error, Operation, Output};

const FITS: [Fit; 5] = [Fit::Inside, Fit::Cover, Fit::Contain, Fit::Fill, Fit::Outside];
const FORMATS: [Format; 2] = [Format::Jpeg, Format::Png];
/// As sharp and libvips: 0x3fff squared.
const MAX_PIXELS: i64 = 268_402_689;

options! {
    /// Options of `image.thumbnail`.
    pub struct ThumbnailOptions {
        /// Width of the box that the result is fitted to; 0 follows from the height.
        width: integer(default = 320, min = 0, max = 16_383, unit = "pixels"),
        /// Height of the box; 0 follows from the width.
        height: integer(default = 0, min = 0, max = 16_383, unit = "pixels"),
        /// How the image meets its box, as in CSS `object-fit`; `inside` never crops and never exceeds it.
        fit: choice(default = 0, names = ["inside", "cover", "contain", "fill", "outside"]),
        /// Leave an image that is smaller than its box as it is.
        without_enlargement: boolean(default = true),
        /// Format of the result.
        format: choice(default = 0, names = ["jpeg", "png"]),
        /// Quality of a JPEG result.
        quality: integer(default = 80, min = 1, max = 100, unit = "percent"),
        /// Turn the image as its EXIF orientation says.
        auto_orient: boolean(default = true),
        /// Colour behind transparent pixels and beside a `contain`ed image, as 0xRRGGBB.
        background: integer(default = 0, min = 0, max = 0xff_ffff, unit = "0xRRGGBB"),
        /// Largest input accepted.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
        /// Largest output accepted.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
    }
}

/// Decode, orient, resize, encode: one crossing.
#[derive(Debug)]
pub struct Thumbnail;

impl Operation for Thumbnail {
    operation!(0x0801, "thumbnail", ThumbnailOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let [_, red, green, blue] = (options.background as u32).to_be_bytes();
        let kernel = Kernel {
            width: options.width as u32,
            height: options.height as u32,
            fit: FITS[options.fit],
            without_enlargement: options.without_enlargement,
            format: FORMATS[options.format],
            quality: options.quality as u8,
            auto_orient: options.auto_orient,
            background: [red, green, blue],
        };
        let limits = Limits {
            max_pixels: options.max_pixels as u64,
            max_output_bytes: options.max_output_bytes as u64,
        };
        let size = thumbnail(input, &kernel, &limits, output.bytes)?;
        output.numbers.extend([f64::from(size.width), f64::from(size.height)]);
        Ok(())
    }
}

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
        ]);
        Ok(())
    }
}

impl From<ImageError> for Error {
    fn from(error: ImageError) -> Self {
        let message = error.to_string();
        match error {
            ImageError::Truncated => Self::new(Code::Truncated, message),
            ImageError::Invalid { .. } => Self::new(Code::InvalidData, message),
            ImageError::Unsupported { .. } => Self::new(Code::Unsupported, message),
            ImageError::TooManyPixels { .. } => Self::limit("maxPixels", message),
            ImageError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            ImageError::Dimension { .. } | ImageError::Quality { .. } => {
                Self::new(Code::InvalidArgument, message)
            }
            ImageError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
            ImageError::Internal => Self::new(Code::Internal, message),
        }
    }
}
