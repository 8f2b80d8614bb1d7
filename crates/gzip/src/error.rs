//! One flat enum for each direction.

use core::fmt;

/// Why compressed bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The input ends before its last block or checksum does, or is empty.
    Truncated {
        /// Where the input ends, in bytes from its start.
        offset: u64,
    },
    /// The input is not of the format.
    Invalid {
        /// Near which byte, counted from the start of the input.
        offset: u64,
        /// What was expected there.
        expected: &'static str,
    },
    /// The stored checksum is not that of what was decoded.
    Checksum {
        /// Where the stored checksum ends, in bytes from the start of the input.
        offset: u64,
        /// The checksum that is stored.
        stored: u32,
        /// The checksum of what was decoded.
        computed: u32,
    },
    /// A gzip member's stored length is not that of what was decoded.
    Length {
        /// Where the stored length ends, in bytes from the start of the input.
        offset: u64,
        /// The length that is stored.
        stored: u32,
        /// The length of what was decoded, modulo 2^32.
        actual: u32,
    },
    /// A zlib stream was compressed with a dictionary and none was given.
    DictionaryRequired {
        /// The Adler-32 of the dictionary.
        id: u32,
    },
    /// A zlib stream was compressed with another dictionary than the one given.
    DictionaryMismatch {
        /// The Adler-32 of the dictionary that is needed.
        id: u32,
        /// The Adler-32 of the dictionary that was given.
        given: u32,
    },
    /// The output would be larger than the limits allow.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The output would be more times the input than the limits allow.
    RatioTooLarge {
        /// The limit, bytes of output per byte of input.
        limit: u64,
    },
    /// The allocator refused memory for the output.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// More input follows after the end.
    Trailing {
        /// Where it starts, in bytes from the start of the input.
        offset: u64,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated { offset } => {
                write!(f, "deflate input ends too early, after {offset} bytes")
            }
            Self::Invalid { offset, expected } => {
                write!(f, "deflate input near byte {offset}: expected {expected}")
            }
            Self::Checksum { offset, stored, computed } => write!(
                f,
                "checksum before byte {offset} is {stored}, the content's checksum is {computed}"
            ),
            Self::Length { offset, stored, actual } => write!(
                f,
                "length before byte {offset} is {stored}, the content's length is {actual}"
            ),
            Self::DictionaryRequired { id } => {
                write!(f, "zlib stream needs the dictionary with Adler-32 {id}, got none")
            }
            Self::DictionaryMismatch { id, given } => {
                write!(f, "zlib stream needs the dictionary with Adler-32 {id}, got {given}")
            }
            Self::OutputTooLarge { limit } => {
                write!(f, "deflate output is over the limit of {limit} bytes")
            }
            Self::RatioTooLarge { limit } => {
                write!(f, "deflate output is over the limit of {limit} times the input")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of output"),
            Self::Trailing { offset } => {
                write!(f, "expected the end of the input at byte {offset}, got more")
            }
        }
    }
}

impl core::error::Error for DecodeError {}

/// Why bytes could not be compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// The level is not one of 0 to 9.
    Level {
        /// The level that was asked for.
        level: u8,
    },
    /// A name was given that holds a NUL, or to a format other than gzip.
    Name,
    /// A dictionary was given to gzip, which has no place for one.
    Dictionary,
    /// The stream was finished before.
    Finished,
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Level { level } => write!(f, "expected a deflate level from 0 to 9, got {level}"),
            Self::Name => f.write_str("expected a name without NUL, and the format gzip for it"),
            Self::Dictionary => {
                f.write_str("expected the format zlib or raw for a dictionary, got gzip")
            }
            Self::Finished => f.write_str("expected no more input after the end of the stream"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes"),
        }
    }
}

impl core::error::Error for EncodeError {}
