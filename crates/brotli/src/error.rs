//! One flat enum for each direction.

use core::fmt;

/// Why compressed bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The input ends inside the stream, or is empty.
    Truncated {
        /// The size of the input in bytes.
        offset: u64,
    },
    /// The input is not a well-formed stream.
    Invalid {
        /// About where in the input the stream goes wrong, in bytes from its start.
        offset: u64,
        /// What was expected there.
        expected: &'static str,
    },
    /// Bytes follow the stream.
    Trailing {
        /// Where they start, in bytes from the start of the input.
        offset: u64,
    },
    /// The output would be larger than the limits allow.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The output would be larger, compared with the input, than the limits allow.
    RatioTooLarge {
        /// The limit, in bytes of output for each byte of input.
        limit: u64,
    },
    /// The allocator refused memory for the output.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// The stream was used again after an error or after its end.
    Ended,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated { offset } => {
                write!(f, "brotli input ends at byte {offset}, its stream goes on")
            }
            Self::Invalid { offset, expected } => {
                write!(f, "brotli input at byte {offset}: expected {expected}")
            }
            Self::Trailing { offset } => {
                write!(f, "brotli stream ends at byte {offset}, and more bytes follow")
            }
            Self::OutputTooLarge { limit } => {
                write!(f, "brotli output is over the limit of {limit} bytes")
            }
            Self::RatioTooLarge { limit } => {
                write!(f, "brotli output is over the limit of {limit} times the input")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of output"),
            Self::Ended => f.write_str("the brotli stream has ended"),
        }
    }
}

impl core::error::Error for DecodeError {}

/// Why bytes could not be compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// The quality is not one of those that the encoder has, 0 to 11.
    Quality {
        /// The quality that was asked for.
        quality: u8,
    },
    /// The window is not one of those that the format has, 10 to 24.
    Window {
        /// The base-two logarithm that was asked for.
        window_bits: u8,
    },
    /// The allocator refused memory for the output.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// The encoder refused to go on, which it should not.
    Engine,
    /// The stream was used again after its end.
    Ended,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Quality { quality } => {
                write!(f, "expected a brotli quality from 0 to 11, got {quality}")
            }
            Self::Window { window_bits } => {
                write!(f, "expected a brotli window of 10 to 24 bits, got {window_bits}")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of output"),
            Self::Engine => f.write_str("the brotli encoder refused to go on"),
            Self::Ended => f.write_str("the brotli stream has ended"),
        }
    }
}

impl core::error::Error for EncodeError {}
