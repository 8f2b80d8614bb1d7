//! Brotli, decompression: `bytemill/brotli`. The encoder is six times as large and has a module of its own.

use bytemill_brotli::{DecodeError, DecodeOptions, StreamDecoder, decompress};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::session::PUSH_BYTES;
use crate::{Code, Error, Operation, Output, Session};

options! {
    /// Options of `brotli.decompress`.
    pub struct DecompressOptions {
        /// Largest output accepted; exactly reaching it works.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most bytes of output per byte of input; 0 allows any.
        max_ratio: integer(default = 0, min = 0, max = MAX_SAFE_INTEGER, unit = "times"),
        /// Ignore what follows the stream instead of refusing it.
        allow_trailing: boolean(default = false),
    }
}

impl DecompressOptions<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn kernel(&self) -> DecodeOptions {
        DecodeOptions {
            max_output_bytes: self.max_output_bytes as u64,
            max_ratio: if self.max_ratio == 0 { u64::MAX } else { self.max_ratio as u64 },
            allow_trailing: self.allow_trailing,
        }
    }
}

/// One stream in, its content out.
#[derive(Debug)]
pub struct Decompress;

impl Operation for Decompress {
    operation!(0x0302, "decompress", DecompressOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        Ok(decompress(input, &options.kernel(), output.bytes)?)
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        Ok(Box::new(StreamDecoder::new(&options.kernel())))
    }
}

impl Session for StreamDecoder {
    fn push(&mut self, input: &[u8], output: &mut Output<'_>) -> Result<usize, Error> {
        Ok(self.push_some(input, PUSH_BYTES, output.bytes)?)
    }

    fn finish(mut self: Box<Self>, _output: &mut Output<'_>) -> Result<(), Error> {
        Ok(StreamDecoder::finish(&mut self)?)
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
