//! Why no dictionary could be made.

use core::fmt;

use bytemill_base::Message;

use crate::EncodeError;

/// Why no dictionary could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainError {
    /// There are too few samples to learn from.
    Samples {
        /// How many have eight bytes or more.
        of_use: usize,
        /// How many there are.
        all: usize,
    },
    /// The lengths of the samples do not add up to their content.
    Lengths {
        /// Sum of the lengths.
        total: u64,
        /// Bytes of content.
        content: u64,
    },
    /// The dictionary is to be smaller or larger than one can be.
    MaxBytes {
        /// What was asked for.
        max_bytes: usize,
    },
    /// The level is not one of those the encoder has, -7 to 19.
    Level {
        /// The level that was asked for.
        level: i32,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// Tables could not be described, which is a bug.
    Internal,
}

impl TrainError {
    /// The sentence that [`fmt::Display`] gives.
    pub const fn message(&self) -> Message {
        let (template, numbers) = match *self {
            Self::Samples { of_use, all } => (
                "expected at least 8 samples of 8 bytes or more, got # among # samples",
                [of_use as u64, all as u64, 0],
            ),
            Self::Lengths { total, content } => {
                ("expected # bytes of samples, got #", [total, content, 0])
            }
            Self::MaxBytes { max_bytes } => {
                ("expected a dictionary of 512 to 67108864 bytes, got #", [max_bytes as u64, 0, 0])
            }
            Self::Level { level } => return EncodeError::Level { level }.message(),
            Self::OutOfMemory { bytes } => ("no memory for # bytes", [bytes as u64, 0, 0]),
            Self::Internal => ("the tables of a dictionary could not be described", [0; 3]),
        };
        Message::new(template).numbers(numbers)
    }
}

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl core::error::Error for TrainError {}
