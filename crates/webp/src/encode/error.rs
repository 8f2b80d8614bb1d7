//! One flat enum.

use core::fmt;

/// Why an image could not be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// The quality is not in 0 to 100.
    Quality {
        /// The quality that was asked for.
        quality: u8,
    },
    /// The effort is not in 0 to 6.
    Effort {
        /// The effort that was asked for.
        effort: u8,
    },
    /// A side is not in 1 to 16383.
    Size {
        /// The side.
        size: u32,
    },
    /// There are not 1 to 4 channels.
    Channels {
        /// How many there are.
        channels: usize,
    },
    /// The pixels are more or fewer than width, height and channels say.
    Length {
        /// How many bytes there should be.
        expected: u64,
        /// How many there are.
        bytes: usize,
    },
    /// The file would be larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Quality { quality } => write!(f, "expected a quality of 0 to 100, got {quality}"),
            Self::Effort { effort } => write!(f, "expected an effort of 0 to 6, got {effort}"),
            Self::Size { size } => write!(f, "expected sides of 1 to 16383 pixels, got {size}"),
            Self::Channels { channels } => write!(f, "expected 1 to 4 channels, got {channels}"),
            Self::Length { expected, bytes } => {
                write!(f, "expected pixels of {expected} bytes, got {bytes}")
            }
            Self::TooLarge { limit } => write!(f, "WebP is over the limit of {limit} bytes"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of a WebP"),
        }
    }
}

impl core::error::Error for EncodeError {}

/// Makes room for `count` more elements.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn reserve<T>(vector: &mut Vec<T>, count: usize) -> Result<(), EncodeError> {
    vector
        .try_reserve(count)
        .map_err(|_| EncodeError::OutOfMemory { bytes: count.saturating_mul(size_of::<T>()) })
}

/// A vector of `count` times the same element.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn filled<T: Clone>(element: T, count: usize) -> Result<Vec<T>, EncodeError> {
    let mut vector = Vec::new();
    vector
        .try_reserve_exact(count)
        .map_err(|_| EncodeError::OutOfMemory { bytes: count.saturating_mul(size_of::<T>()) })?;
    vector.resize(count, element);
    Ok(vector)
}
