//! Why no dictionary could be made.

use core::fmt;

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

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Samples { of_use, all } => write!(
                f,
                "expected at least 8 samples of 8 bytes or more, got {of_use} among {all} samples"
            ),
            Self::Lengths { total, content } => {
                write!(f, "expected {total} bytes of samples, got {content}")
            }
            Self::MaxBytes { max_bytes } => {
                write!(f, "expected a dictionary of 512 to 67108864 bytes, got {max_bytes}")
            }
            Self::Level { level } => write!(f, "expected a zstd level from -7 to 19, got {level}"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes"),
            Self::Internal => f.write_str("the tables of a dictionary could not be described"),
        }
    }
}

impl core::error::Error for TrainError {}
