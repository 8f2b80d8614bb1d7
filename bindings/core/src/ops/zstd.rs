//! Zstandard: `bytemill/zstd`.

use bytemill_zstd::{DecodeError, DecodeLimits, EncodeError, EncodeOptions, compress, decompress};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Code, Error, Operation, Output};

/// What libzstd's command line accepts unless told.
const MAX_WINDOW_BYTES: i64 = 128 << 20;

options! {
    /// Options of `zstd.compress`.
    pub struct CompressOptions {
        /// From -7, the fastest, to 19, the strongest; 0 means 3.
        level: integer(default = 3, min = -7, max = 19, unit = "level"),
        /// End the frame with a checksum of its content.
        checksum: boolean(default = true),
        /// Declare the content's size in the frame's header.
        content_size: boolean(default = true),
    }
}

/// Bytes in, one frame out.
#[derive(Debug)]
pub struct Compress;

impl Operation for Compress {
    operation!(0x0101, "compress", CompressOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let kernel = EncodeOptions {
            level: options.level as i32,
            checksum: options.checksum,
            content_size: options.content_size,
            ..EncodeOptions::default()
        };
        Ok(compress(input, &kernel, output.bytes)?)
    }
}

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
            max_ratio: 0,
        };
        Ok(decompress(input, &limits, output.bytes)?)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        let code = match error {
            EncodeError::Level { .. }
            | EncodeError::WindowLog { .. }
            | EncodeError::ContentSize { .. } => Code::InvalidArgument,
            EncodeError::OutOfMemory { .. } => Code::OutOfMemory,
        };
        Self::new(code, error.to_string())
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
            DecodeError::DictionaryMismatch { .. } | DecodeError::InvalidDictionary { .. } => {
                Self::new(Code::InvalidArgument, message)
            }
            DecodeError::WindowTooLarge { .. } => Self::limit("maxWindowBytes", message),
            DecodeError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            DecodeError::RatioTooLarge { .. } => Self::limit("maxRatio", message),
            DecodeError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
        }
    }
}
