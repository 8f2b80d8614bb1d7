//! One flat enum.

use core::fmt;

/// Why an operation was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RasterError {
    /// Width or height is zero.
    Empty,
    /// The number of channels is not 1 to 4.
    Channels {
        /// What was given.
        channels: usize,
    },
    /// There are more or fewer bytes than width, height and channels make.
    Length {
        /// How many bytes were expected.
        expected: u64,
        /// How many came.
        length: usize,
    },
    /// An area does not lie within the image.
    Outside,
    /// An argument is not in its range.
    OutOfRange {
        /// Which argument, and its range.
        expected: &'static str,
    },
    /// The result has more pixels than the limit allows.
    TooManyPixels {
        /// Width times height.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: u64,
    },
}

impl fmt::Display for RasterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("expected an image of at least one pixel"),
            Self::Channels { channels } => write!(f, "expected 1 to 4 channels, got {channels}"),
            Self::Length { expected, length } => {
                write!(f, "expected {expected} bytes of pixels, got {length}")
            }
            Self::Outside => f.write_str("expected an area within the image"),
            Self::OutOfRange { expected } => write!(f, "expected {expected}"),
            Self::TooManyPixels { pixels, limit } => {
                write!(f, "image of {pixels} pixels is over the limit of {limit}")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of an image"),
        }
    }
}

impl core::error::Error for RasterError {}

/// Refuses an argument that is not in its range.
pub(crate) fn check(holds: bool, expected: &'static str) -> Result<(), RasterError> {
    if holds { Ok(()) } else { Err(RasterError::OutOfRange { expected }) }
}
