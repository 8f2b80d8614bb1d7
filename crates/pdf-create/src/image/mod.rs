//! Files of images to what PDF has of images (ISO 32000-1, 8.9.5).

mod decoded;
mod jpeg;
mod png;

use std::borrow::Cow;

use bytemill_formats::{Format, FormatError};

use crate::{CreateError, Limits};

/// An image as it is written.
#[derive(Debug)]
pub(crate) struct Picture<'a> {
    /// Width and height in pixels as stored.
    pub(crate) size: (u32, u32),
    /// How it is turned before it is shown, as EXIF numbers it: 1 to 8.
    pub(crate) orientation: u8,
    pub(crate) bits: u8,
    pub(crate) space: Space<'a>,
    /// Whether a sample's largest value stands for none of its colour.
    pub(crate) inverted: bool,
    pub(crate) coding: Coding,
    pub(crate) data: Cow<'a, [u8]>,
    /// Its opacity, an image of grey.
    pub(crate) mask: Option<Box<Picture<'a>>>,
}

/// What samples mean.
#[derive(Clone, Debug)]
pub(crate) enum Space<'a> {
    Grey,
    Rgb,
    Cmyk,
    /// Indices into red, green and blue bytes.
    Palette(Cow<'a, [u8]>),
}

/// How samples are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// JPEG; with three components that are not transformed where `untransformed`.
    Jpeg { untransformed: bool },
    /// Deflate in zlib's format, of rows that are filtered as in PNG.
    Png,
}

impl Space<'_> {
    /// Samples to a pixel.
    pub(crate) fn channels(&self) -> u8 {
        match self {
            Self::Grey | Self::Palette(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

impl<'a> Picture<'a> {
    /// Reads a file.
    pub(crate) fn read(file: &'a [u8], number: u32, limits: &Limits) -> Result<Self, CreateError> {
        let error = |error| failed(error, number);
        let format = Format::of(file).map_err(error)?;
        if format == Format::Jpeg {
            return jpeg::read(file, number);
        }
        if format == Format::Png
            && let Some(picture) = png::read(file).map_err(error)?
        {
            return Ok(picture);
        }
        decoded::read(file, limits).map_err(error)
    }
}

fn failed(error: FormatError, image: u32) -> CreateError {
    let expected = match error {
        FormatError::Truncated => "an image that does not end before its last pixel",
        FormatError::Invalid { expected } => expected,
        FormatError::Unsupported { .. } => {
            "JPEG, PNG, GIF, BMP, TIFF, ICO or QOI, and what is supported of it"
        }
        FormatError::TooManyPixels { pixels, limit } => {
            return CreateError::TooManyPixels { image, pixels, limit };
        }
        FormatError::TooMuchMemory { limit, .. } | FormatError::OutputTooLarge { limit } => {
            return CreateError::OutputTooLarge { limit };
        }
        FormatError::OutOfMemory { bytes } => return CreateError::OutOfMemory { bytes },
        _ => "an image",
    };
    CreateError::Image { image, expected }
}
