//! Brotli, decompression: `bytemill/brotli`. The encoder is six times as large and has a module of its own.

use bytemill_brotli::{DecodeError, DecodeOptions, decompress};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Code, Error, Operation, Output};

options! {
    /// Options of `brotli.decompress`.
    pub struct DecompressOptions {
        /// Largest output accepted; exactly reaching it works.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Largest output accepted for each byte of input; unlimited unless given.
        max_ratio: integer(default = MAX_SAFE_INTEGER, min = 1, max = MAX_SAFE_INTEGER, unit = "bytes per byte"),
        /// Ignore what follows the stream instead of refusing it.
        allow_trailing: boolean(default = false),
    }
}

/// One stream in, its content out.
#[derive(Debug)]
pub struct Decompress;

impl Operation for Decompress {
    operation!(0x0302, "decompress", DecompressOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0 and 1")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let kernel = DecodeOptions {
            max_output_bytes: options.max_output_bytes as u64,
            max_ratio: options.max_ratio as u64,
            allow_trailing: options.allow_trailing,
        };
        Ok(decompress(input, &kernel, output.bytes)?)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        let message = error.to_string();
        match error {
            DecodeError::Truncated { offset } => Self::new(Code::Truncated, message).at(offset),
            DecodeError::Invalid { offset, .. } | DecodeError::Trailing { offset } => {
                Self::new(Code::InvalidData, message).at(offset)
            }
            DecodeError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            DecodeError::RatioTooLarge { .. } => Self::limit("maxRatio", message),
            DecodeError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
            DecodeError::Ended => Self::new(Code::Released, message),
        }
    }
}
