//! One flat enum.

use core::fmt;

use bytemill_formats::FormatError;
use bytemill_jpeg::{EncodeError, JpegError};
use bytemill_raster::RasterError;
use bytemill_resize::ResizeError;
use bytemill_webp::{EncodeError as WebpEncodeError, WebpError};

/// Why an image could not be read, changed or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageError {
    /// The input ends before the image does.
    Truncated,
    /// The input is not a well-formed image of its format.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The input uses a format or feature that is not supported.
    Unsupported {
        /// The format or feature.
        feature: &'static str,
    },
    /// The image, or what is to be made of it, has more pixels than the limits allow.
    TooManyPixels {
        /// Width times height.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// The image would take more memory than a file of its size may.
    TooMuchMemory {
        /// How many bytes it would take.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The animation has more frames than the limits allow.
    TooManyFrames {
        /// The limit.
        limit: u32,
    },
    /// The result would be larger than the limits allow.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The result's width or height is more than its format can express.
    Dimension {
        /// The width or height.
        size: u32,
        /// The largest the format has.
        limit: u32,
    },
    /// What was asked for cannot be done to this image.
    Argument {
        /// What was expected.
        expected: &'static str,
    },
    /// The file has no image of the number that was asked for.
    NoPage {
        /// The number, counted from 0.
        page: u32,
        /// How many images it has.
        pages: u32,
    },
    /// The quality is not in 1 to 100.
    Quality {
        /// The quality that was asked for.
        quality: u8,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// A codec or the resampler refused what it should accept: a bug of this crate.
    Internal,
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated => f.write_str("image ends before its last pixel"),
            Self::Invalid { expected } => write!(f, "image is not valid: expected {expected}"),
            Self::Unsupported { feature } => write!(f, "image is not supported: {feature}"),
            Self::TooManyPixels { pixels, limit } => {
                write!(f, "image of {pixels} pixels is over the limit of {limit}")
            }
            Self::TooMuchMemory { bytes, limit } => {
                write!(
                    f,
                    "image takes {bytes} bytes of memory, over the {limit} for a file of its size"
                )
            }
            Self::TooManyFrames { limit } => {
                write!(f, "expected an animation of at most {limit} frames, got more")
            }
            Self::OutputTooLarge { limit } => write!(f, "image is over the limit of {limit} bytes"),
            Self::Argument { expected } => write!(f, "expected {expected}"),
            Self::NoPage { page, pages } => write!(f, "expected a page below {pages}, got {page}"),
            Self::Dimension { size, limit } => {
                write!(f, "expected a width and height of at most {limit}, got {size}")
            }
            Self::Quality { quality } => write!(f, "expected a quality of 1 to 100, got {quality}"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of pixels"),
            Self::Internal => f.write_str("image codec failed on what it should accept"),
        }
    }
}

impl core::error::Error for ImageError {}

// Out of line, all of them: written out behind each `?` they are a twentieth of the module.

impl From<JpegError> for ImageError {
    #[cold]
    #[inline(never)]
    fn from(error: JpegError) -> Self {
        match error {
            JpegError::Truncated => Self::Truncated,
            JpegError::Invalid { expected } => Self::Invalid { expected },
            JpegError::Unsupported { feature } => Self::Unsupported { feature },
            JpegError::TooManyPixels { pixels, limit } => Self::TooManyPixels { pixels, limit },
            JpegError::TooManyScans { .. } => {
                Self::Unsupported { feature: "JPEG with more than 99 scans" }
            }
            JpegError::TooMuchMemory { bytes, limit } => Self::TooMuchMemory { bytes, limit },
            JpegError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}

impl From<EncodeError> for ImageError {
    #[cold]
    #[inline(never)]
    fn from(error: EncodeError) -> Self {
        match error {
            EncodeError::Quality { quality } => Self::Quality { quality },
            EncodeError::Size { size } => Self::Dimension { size: size as u32, limit: 65_535 },
            EncodeError::TooLarge { limit } => Self::OutputTooLarge { limit },
            EncodeError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}

impl From<ResizeError> for ImageError {
    #[cold]
    #[inline(never)]
    fn from(error: ResizeError) -> Self {
        match error {
            ResizeError::Size => Self::Internal,
            ResizeError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}

impl From<FormatError> for ImageError {
    #[cold]
    #[inline(never)]
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::Truncated => Self::Truncated,
            FormatError::Invalid { expected } => Self::Invalid { expected },
            FormatError::Unsupported { feature } => Self::Unsupported { feature },
            FormatError::TooManyPixels { pixels, limit } => Self::TooManyPixels { pixels, limit },
            FormatError::TooMuchMemory { bytes, limit } => Self::TooMuchMemory { bytes, limit },
            FormatError::TooManyFrames { limit } => Self::TooManyFrames { limit },
            FormatError::NoPage { page, pages } => Self::NoPage { page, pages },
            FormatError::OutputTooLarge { limit } => Self::OutputTooLarge { limit },
            FormatError::Dimension { size, limit } => {
                let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
                Self::Dimension { size: narrow(size), limit: narrow(limit) }
            }
            FormatError::Colours { .. } => {
                Self::Argument { expected: "a palette of 2 to 256 colours" }
            }
            FormatError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}

impl From<WebpError> for ImageError {
    #[cold]
    #[inline(never)]
    fn from(error: WebpError) -> Self {
        match error {
            WebpError::Truncated => Self::Truncated,
            WebpError::Invalid { expected } => Self::Invalid { expected },
            WebpError::NoSuchFrame { frame, frames } => {
                Self::NoPage { page: frame as u32, pages: frames as u32 }
            }
            WebpError::TooManyPixels { pixels, limit } => Self::TooManyPixels { pixels, limit },
            WebpError::TooMuchMemory { bytes, limit } => Self::TooMuchMemory { bytes, limit },
            WebpError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}

impl From<WebpEncodeError> for ImageError {
    #[cold]
    #[inline(never)]
    fn from(error: WebpEncodeError) -> Self {
        match error {
            WebpEncodeError::Quality { quality } => Self::Quality { quality },
            WebpEncodeError::Effort { .. } => Self::Argument { expected: "an effort of 0 to 6" },
            WebpEncodeError::Size { size } => Self::Dimension { size, limit: 16_383 },
            WebpEncodeError::Channels { .. } | WebpEncodeError::Length { .. } => Self::Internal,
            WebpEncodeError::TooLarge { limit } => Self::OutputTooLarge { limit },
            WebpEncodeError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}

impl From<RasterError> for ImageError {
    #[cold]
    #[inline(never)]
    fn from(error: RasterError) -> Self {
        match error {
            RasterError::Empty | RasterError::Channels { .. } | RasterError::Length { .. } => {
                Self::Internal
            }
            RasterError::Outside => {
                Self::Argument { expected: "a part that lies within the image" }
            }
            RasterError::OutOfRange { expected } => Self::Argument { expected },
            RasterError::TooManyPixels { pixels, limit } => Self::TooManyPixels { pixels, limit },
            RasterError::OutOfMemory { bytes } => {
                Self::OutOfMemory { bytes: usize::try_from(bytes).unwrap_or(usize::MAX) }
            }
        }
    }
}
