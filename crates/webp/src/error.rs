//! One flat enum.

use core::fmt;

/// Why a WebP could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebpError {
    /// The file ends within its header, or before data that nothing can be shown without; with
    /// [`Options::strict`](crate::Options::strict), before its image does.
    Truncated,
    /// The file is not a well-formed WebP.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The animation has no frame of that number.
    NoSuchFrame {
        /// The frame that was asked for, counted from 0.
        frame: usize,
        /// How many there are.
        frames: usize,
    },
    /// The image has more pixels than the limits allow.
    TooManyPixels {
        /// Width times height.
        pixels: u64,
        /// The limit.
        limit: u64,
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

impl fmt::Display for WebpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated => f.write_str("WebP ends before its last pixel"),
            Self::Invalid { expected } => write!(f, "WebP is not valid: expected {expected}"),
            Self::NoSuchFrame { frame, frames } => {
                write!(f, "expected a frame below {frames}, got {frame}")
            }
            Self::TooManyPixels { pixels, limit } => {
                write!(f, "WebP of {pixels} pixels is over the limit of {limit}")
            }
            Self::TooMuchMemory { bytes, limit } => {
                write!(f, "WebP takes {bytes} bytes of memory, over the limit of {limit}")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of a WebP"),
        }
    }
}

impl core::error::Error for WebpError {}

pub(crate) const fn invalid(expected: &'static str) -> WebpError {
    WebpError::Invalid { expected }
}
