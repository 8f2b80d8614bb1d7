//! One flat enum for each direction.

use core::fmt;

use bytemill_base::Message;

/// Why compressed bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The input ends inside a frame, or is empty.
    Truncated {
        /// Where the field or block starts that is cut short, in bytes from the start of the input.
        offset: usize,
    },
    /// The input is not a sequence of well-formed frames.
    Invalid {
        /// Where the frame, block or field starts that is wrong, in bytes from the start of the input.
        offset: usize,
        /// What was expected there.
        expected: &'static str,
    },
    /// The content checksum of a frame is not the low half of the XXH64 of its content.
    Checksum {
        /// Where the stored checksum starts, in bytes from the start of the input.
        offset: usize,
        /// The checksum that is stored.
        stored: u32,
        /// The checksum of what was decoded.
        computed: u32,
    },
    /// A frame decodes to another number of bytes than its header declares.
    ContentSize {
        /// Where the frame starts, in bytes from the start of the input.
        offset: usize,
        /// The declared size.
        declared: u64,
        /// The real size.
        actual: u64,
    },
    /// A frame was compressed with a dictionary.
    DictionaryRequired {
        /// The dictionary's id.
        id: u32,
    },
    /// A frame was compressed with another dictionary than the one that is given.
    DictionaryMismatch {
        /// The id that the frame names.
        id: u32,
        /// The id of the dictionary that is given.
        given: u32,
    },
    /// A dictionary begins as one with tables, but they cannot be read.
    InvalidDictionary {
        /// What was expected.
        expected: &'static str,
    },
    /// A frame asks for a larger window than the limits allow.
    WindowTooLarge {
        /// The declared window in bytes.
        window: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The output would be larger than the limits allow.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The output would be larger in proportion to the input than the limits allow.
    RatioTooLarge {
        /// The limit in bytes of output for each byte of input.
        limit: u64,
    },
    /// The allocator refused memory for the output.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl DecodeError {
    /// The sentence that [`fmt::Display`] gives.
    pub const fn message(&self) -> Message {
        let (template, numbers, word) = match *self {
            Self::Truncated { offset } => {
                ("zstd input ends inside what starts at byte #", [offset as u64, 0, 0], "")
            }
            Self::Invalid { offset, expected } => {
                ("zstd input at byte #: expected @", [offset as u64, 0, 0], expected)
            }
            Self::Checksum { offset, stored, computed } => (
                "zstd checksum at byte # is #, the content's checksum is #",
                [offset as u64, stored as u64, computed as u64],
                "",
            ),
            Self::ContentSize { offset, declared, actual } => (
                "zstd frame at byte # declares # bytes, its content has #",
                [offset as u64, declared, actual],
                "",
            ),
            Self::DictionaryRequired { id } => {
                ("zstd frame needs dictionary #", [id as u64, 0, 0], "")
            }
            Self::DictionaryMismatch { id, given } => (
                "zstd frame needs dictionary #, got dictionary #",
                [id as u64, given as u64, 0],
                "",
            ),
            Self::InvalidDictionary { expected } => {
                ("zstd dictionary: expected @", [0; 3], expected)
            }
            Self::WindowTooLarge { window, limit } => {
                ("zstd window of # bytes is over the limit of #", [window, limit, 0], "")
            }
            Self::OutputTooLarge { limit } => {
                ("zstd output is over the limit of # bytes", [limit, 0, 0], "")
            }
            Self::RatioTooLarge { limit } => (
                "zstd output is over the limit of # bytes for each byte of input",
                [limit, 0, 0],
                "",
            ),
            Self::OutOfMemory { bytes } => (NO_MEMORY, [bytes as u64, 0, 0], ""),
        };
        Message::new(template).numbers(numbers).word(word)
    }
}

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
    /// The level is not one of those the encoder has, -7 to 19.
    Level {
        /// The level that was asked for.
        level: i32,
    },
    /// The window is not one that the encoder can use, 10 to 30 or 0.
    WindowLog {
        /// What was asked for.
        window_log: u32,
    },
    /// The content of a stream has another size than was announced.
    ContentSize {
        /// The announced size.
        declared: u64,
        /// The real size, or what there is of it so far.
        actual: u64,
    },
    /// The allocator refused memory for the output.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl EncodeError {
    /// The sentence that [`fmt::Display`] gives.
    pub const fn message(&self) -> Message {
        let (template, numbers, word) = match *self {
            Self::Level { level } => (
                "expected a zstd level from -7 to 19, got @#",
                [level.unsigned_abs() as u64, 0, 0],
                if level < 0 { "-" } else { "" },
            ),
            Self::WindowLog { window_log } => (
                "expected a zstd window log from 10 to 30, or 0, got #",
                [window_log as u64, 0, 0],
                "",
            ),
            Self::ContentSize { declared, actual } => {
                ("expected # bytes of content as announced, got #", [declared, actual, 0], "")
            }
            Self::OutOfMemory { bytes } => (NO_MEMORY, [bytes as u64, 0, 0], ""),
        };
        Message::new(template).numbers(numbers).word(word)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl core::error::Error for EncodeError {}
