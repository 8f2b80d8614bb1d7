//! One flat enum.

use core::fmt;

/// Why a JPEG could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JpegError {
    /// The file ends within its header, or, with [`Options::strict`](crate::Options::strict), before its image does.
    Truncated,
    /// The file is not a well-formed JPEG.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The file uses a part of JPEG that is not supported.
    Unsupported {
        /// The part.
        feature: &'static str,
    },
    /// The image has more pixels than the limits allow.
    TooManyPixels {
        /// Width times height, before scaling.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// The file has more scans than the limits allow.
    TooManyScans {
        /// The limit.
        limit: u32,
    },
    /// The image would take more memory than the limits allow.
    TooMuchMemory {
        /// How many bytes it would take.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for JpegError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated => f.write_str("JPEG ends before its last pixel"),
            Self::Invalid { expected } => write!(f, "JPEG is not valid: expected {expected}"),
            Self::Unsupported { feature } => write!(f, "JPEG is not supported: {feature}"),
            Self::TooManyPixels { pixels, limit } => {
                write!(f, "JPEG of {pixels} pixels is over the limit of {limit}")
            }
            Self::TooManyScans { limit } => {
                write!(f, "expected a JPEG of at most {limit} scans, got more")
            }
            Self::TooMuchMemory { bytes, limit } => {
                write!(f, "JPEG takes {bytes} bytes of memory, over the limit of {limit}")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of a JPEG"),
        }
    }
}

impl core::error::Error for JpegError {}

pub(crate) const fn invalid(expected: &'static str) -> JpegError {
    JpegError::Invalid { expected }
}

pub(crate) const fn unsupported(feature: &'static str) -> JpegError {
    JpegError::Unsupported { feature }
}
