//! One flat enum.

use core::fmt;

/// Why an image, or its metadata, could not be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// The file ends before its header or, unless [`Options::lenient`](crate::Options::lenient), its image does.
    Truncated,
    /// The file is not a well-formed one of its format.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The file is of a format, or uses a part of its format, that is not supported.
    Unsupported {
        /// The format or the part.
        feature: &'static str,
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
    /// The animation has more frames than the limits allow.
    TooManyFrames {
        /// The limit.
        limit: u32,
    },
    /// The file has no page of the number that was asked for.
    NoPage {
        /// The number, counted from 0.
        page: u32,
        /// How many pages the file has.
        pages: u32,
    },
    /// The encoded file would be larger than the limit.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// A width or height is 0 or more than the format can express, or the pixels are not as many as it says.
    Dimension {
        /// The width or height.
        size: u64,
        /// The largest the format has.
        limit: u64,
    },
    /// The palette asked for is not of 2 to 256 colours.
    Colours {
        /// How many were asked for.
        colours: u16,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated => f.write_str("image ends before its last pixel"),
            Self::Invalid { expected } => write!(f, "image is not valid: expected {expected}"),
            Self::Unsupported { feature } => write!(f, "image is not supported: {feature}"),
            Self::TooManyPixels { pixels, limit } => {
                write!(f, "image of {pixels} pixels is over the limit of {limit}")
            }
            Self::TooMuchMemory { bytes, limit } => {
                write!(f, "image takes {bytes} bytes of memory, over the limit of {limit}")
            }
            Self::TooManyFrames { limit } => {
                write!(f, "expected an animation of at most {limit} frames, got more")
            }
            Self::NoPage { page, pages } => {
                write!(f, "expected a page below {pages}, got {page}")
            }
            Self::OutputTooLarge { limit } => write!(f, "image is over the limit of {limit} bytes"),
            Self::Dimension { size, limit } => {
                write!(f, "expected a width and height of 1 to {limit}, got {size}")
            }
            Self::Colours { colours } => {
                write!(f, "expected a palette of 2 to 256 colours, got {colours}")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of an image"),
        }
    }
}

impl core::error::Error for FormatError {}

pub(crate) const fn invalid(expected: &'static str) -> FormatError {
    FormatError::Invalid { expected }
}

pub(crate) const fn unsupported(feature: &'static str) -> FormatError {
    FormatError::Unsupported { feature }
}
