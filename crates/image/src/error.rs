//! One flat enum.

use core::fmt;

use bytemill_jpeg::{EncodeError, JpegError};
use bytemill_resize::ResizeError;

/// Why an image could not be read or a thumbnail not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageError {
    /// The input ends before the image does.
    Truncated,
    /// The input is not a well-formed JPEG or PNG image.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The input uses a format or feature that is not supported.
    Unsupported {
        /// The format or feature.
        feature: &'static str,
    },
    /// The image, or the thumbnail asked for, has more pixels than the limits allow.
    TooManyPixels {
        /// Width times height.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// The encoded thumbnail would be larger than the limits allow.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The thumbnail's width or height is more than its format can express.
    Dimension {
        /// The width or height.
        size: u32,
        /// The largest the format has.
        limit: u32,
    },
    /// The JPEG quality is not in 1 to 100.
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
            Self::OutputTooLarge { limit } => {
                write!(f, "thumbnail is over the limit of {limit} bytes")
            }
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

impl From<JpegError> for ImageError {
    fn from(error: JpegError) -> Self {
        match error {
            JpegError::Truncated => Self::Truncated,
            JpegError::Invalid { expected } => Self::Invalid { expected },
            JpegError::Unsupported { feature } => Self::Unsupported { feature },
            JpegError::TooManyPixels { pixels, limit } => Self::TooManyPixels { pixels, limit },
            JpegError::TooManyScans { .. } => {
                Self::Unsupported { feature: "JPEG with more than 99 scans" }
            }
            JpegError::TooMuchMemory { .. } => {
                Self::Unsupported { feature: "JPEG that takes more memory than its size allows" }
            }
            JpegError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}

impl From<EncodeError> for ImageError {
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
    fn from(error: ResizeError) -> Self {
        match error {
            ResizeError::Size => Self::Internal,
            ResizeError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
        }
    }
}
