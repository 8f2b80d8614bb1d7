//! Zstandard's decoder: `bytemill/zstd`.

use bytemill_zstd::{DecodeError, DecodeLimits, decompress};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Code, Error, Operation, Output};

/// What libzstd's command line accepts unless told.
const MAX_WINDOW_BYTES: i64 = 128 << 20;

options! {
    /// Options of `zstd.decompress`.
    pub struct DecompressOptions {
        /// Largest output accepted; exactly reaching it works.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Largest window that a frame may ask for.
        max_window_bytes: integer(default = MAX_WINDOW_BYTES, min = 1024, max = MAX_SAFE_INTEGER, unit = "bytes"),
    }
}

/// All frames in, their contents out.
#[derive(Debug)]
pub struct Decompress;

impl Operation for Decompress {
    operation!(0x0102, "decompress", DecompressOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let limits = DecodeLimits {
            max_output_bytes: options.max_output_bytes as u64,
            max_window_bytes: options.max_window_bytes as u64,
        };
        Ok(decompress(input, &limits, output.bytes)?)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        let message = error.to_string();
        match error {
            DecodeError::Truncated { offset } => {
                Self::new(Code::Truncated, message).at(offset as u64)
            }
            DecodeError::Invalid { offset, .. } | DecodeError::ContentSize { offset, .. } => {
                Self::new(Code::InvalidData, message).at(offset as u64)
            }
            DecodeError::Checksum { offset, .. } => {
                Self::new(Code::Checksum, message).at(offset as u64)
            }
            DecodeError::DictionaryRequired { .. } => Self::new(Code::Unsupported, message),
            DecodeError::WindowTooLarge { .. } => Self::limit("maxWindowBytes", message),
            DecodeError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            DecodeError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
        }
    }
}
