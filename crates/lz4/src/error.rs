//! One flat enum for each direction.

use core::fmt;

use bytemill_base::Message;

/// Why compressed bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The input ends inside a frame or a block, or is empty.
    Truncated {
        /// Where the field or block starts that is cut short, in bytes from the start of the input.
        offset: u64,
    },
    /// The input is not a sequence of well-formed frames, or not a well-formed block.
    Invalid {
        /// Where the frame, block or field starts that is wrong, in bytes from the start of the input.
        offset: u64,
        /// What was expected there.
        expected: &'static str,
    },
    /// A stored checksum is not the XXH32 of what it covers: a header, a block or the content.
    Checksum {
        /// Where the stored checksum starts, in bytes from the start of the input.
        offset: u64,
    },
    /// A frame decodes to another number of bytes than its header declares.
    ContentSize {
        /// Where the frame starts, in bytes from the start of the input.
        offset: u64,
        /// The declared size.
        declared: u64,
        /// The real size.
        actual: u64,
    },
    /// Bytes follow the last frame that do not start another one.
    Trailing {
        /// Where they start, in bytes from the start of the input.
        offset: u64,
    },
    /// A frame was compressed with a dictionary.
    DictionaryRequired {
        /// The dictionary's id.
        id: u32,
    },
    /// A legacy frame, which `lz4 -l` writes.
    Legacy {
        /// Where the frame starts, in bytes from the start of the input.
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

impl DecodeError {
    /// The sentence that [`fmt::Display`] gives.
    pub const fn message(&self) -> Message {
        let (template, number) = match *self {
            Self::Invalid { offset, expected } => {
                let template = "lz4 input at byte #: expected @";
                return Message::new(template).numbers([offset, 0, 0]).word(expected);
            }
            Self::ContentSize { offset, declared, actual } => {
                return Message::new("lz4 frame at byte # declares # bytes, its content has #")
                    .numbers([offset, declared, actual]);
            }
            Self::Truncated { offset } => ("lz4 input ends inside what starts at byte #", offset),
            Self::Checksum { offset } => ("lz4 checksum at byte # is not that of the data", offset),
            Self::Trailing { offset } => {
                ("lz4 input ends at byte #, and more bytes follow", offset)
            }
            Self::DictionaryRequired { id } => ("lz4 frame needs dictionary #", id as u64),
            Self::Legacy { offset } => ("lz4 frame at byte # is of the legacy format", offset),
            Self::OutputTooLarge { limit } => ("lz4 output is over the limit of # bytes", limit),
            Self::RatioTooLarge { limit } => {
                ("lz4 output is over the limit of # times the input", limit)
            }
            Self::OutOfMemory { bytes } => (NO_MEMORY, bytes as u64),
            Self::Ended => (ENDED, 0),
        };
        Message::new(template).numbers([number, 0, 0])
    }
}

const ENDED: &str = "the lz4 stream has ended";
const NO_MEMORY: &str = "no memory for # bytes of output";

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl core::error::Error for DecodeError {}

/// Why bytes could not be compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// The input is larger than the format allows: a bare block holds less than 2 GiB.
    InputTooLarge {
        /// The size of the input in bytes.
        bytes: usize,
    },
    /// The allocator refused memory for the output.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// The stream was used again after its end.
    Ended,
}

impl EncodeError {
    /// The sentence that [`fmt::Display`] gives.
    pub const fn message(&self) -> Message {
        let (template, number) = match *self {
            Self::InputTooLarge { bytes } => {
                ("an lz4 block holds at most 2113929216 bytes, got #", bytes)
            }
            Self::OutOfMemory { bytes } => (NO_MEMORY, bytes),
            Self::Ended => (ENDED, 0),
        };
        Message::new(template).numbers([number as u64, 0, 0])
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl core::error::Error for EncodeError {}
