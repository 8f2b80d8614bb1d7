//! Zstandard's decoder: `bytemill/zstd`.

use alloc::boxed::Box;

use bytemill_base::local;
use bytemill_zstd::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, StreamDecoder, StreamOptions,
};

use super::zstd_dictionary::WithDictionary;
use super::{MAX_DICTIONARY_BYTES, MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::session::PUSH_BYTES;
use crate::{Code, Error, Operation, Output, Session};

/// What libzstd's command line accepts unless told.
const MAX_WINDOW_BYTES: i64 = 128 << 20;

local! {
    /// Its tables serve one input after the other: on 1 KB that saves more than decoding costs.
    static DECODER: Option<Decoder> = None;
}

options! {
    /// Options of `zstd.decompress`.
    pub struct DecompressOptions {
        /// Largest output accepted; exactly reaching it works.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Largest window that a frame may ask for.
        max_window_bytes: integer(default = MAX_WINDOW_BYTES, min = 1024, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most bytes of output per byte of input; 0 allows any.
        max_ratio: integer(default = 0, min = 0, max = MAX_SAFE_INTEGER, unit = "times"),
        /// What the frames were compressed with: a dictionary of `zstd --train`, or any other bytes as mere content.
        dictionary: bytes(min = 1, max = MAX_DICTIONARY_BYTES),
        /// Pass over what follows the last frame and is none; else it is an error.
        allow_trailing: boolean(default = false),
    }
}

impl DecompressOptions<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn limits(&self) -> DecodeLimits {
        DecodeLimits {
            max_output_bytes: self.max_output_bytes as u64,
            max_window_bytes: self.max_window_bytes as u64,
            max_ratio: self.max_ratio as u64,
        }
    }
}

/// All frames in, their contents out.
#[derive(Debug)]
pub struct Decompress;

impl Operation for Decompress {
    operation!(0x0102, "decompress", DecompressOptions, with dictionary);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let kernel = DecodeOptions {
            limits: options.options.limits(),
            dictionary: options.dictionary.as_deref(),
            allow_trailing: options.options.allow_trailing,
        };
        DECODER.with_borrow_mut(|decoder| {
            let decoder = decoder.get_or_insert_with(Decoder::new);
            Ok(decoder.decompress(input, &kernel, output.bytes)?)
        })
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        let kernel = StreamOptions {
            limits: options.options.limits(),
            dictionary: options.dictionary.clone(),
            allow_trailing: options.options.allow_trailing,
        };
        Ok(Box::new(StreamDecoder::new(kernel)))
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
        let message = error.message().to_text();
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
            DecodeError::DictionaryRequired { .. } | DecodeError::DictionaryMismatch { .. } => {
                Self::new(Code::Unsupported, message)
            }
            DecodeError::InvalidDictionary { .. } => Self::new(Code::InvalidArgument, message),
            DecodeError::WindowTooLarge { .. } => Self::limit("maxWindowBytes", message),
            DecodeError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            DecodeError::RatioTooLarge { .. } => Self::limit("maxRatio", message),
            DecodeError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
        }
    }
}
