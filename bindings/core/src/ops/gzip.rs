//! gzip, zlib and raw deflate: `bytemill/gzip`.

use std::cell::RefCell;

use bytemill_gzip::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, EncodeError, EncodeOptions, Encoder, Format,
    StreamDecoder, StreamEncoder,
};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::session::push_slices;
use crate::{Code, Error, Operation, Output, Session};

const FORMATS: [Format; 3] = [Format::Gzip, Format::Zlib, Format::Raw];
/// The longest name that most file systems and tools know.
const MAX_NAME_BYTES: usize = 4096;
/// Only the last 32 KiB of a dictionary count; longer ones are cut, which they may well have to be.
const MAX_DICTIONARY_BYTES: usize = 1 << 30;
/// gzip's field has 32 bits.
const MAX_MTIME: i64 = u32::MAX as i64;

thread_local! {
    // Tables are made once per thread: on a message of 1 KB that would be most of the work.
    static ENCODER: RefCell<Encoder> = RefCell::new(Encoder::new());
    static DECODER: RefCell<Decoder> = RefCell::new(Decoder::new());
}

options! {
    /// Options of `gzip.compress`.
    pub struct CompressOptions {
        /// What is around the blocks: gzip's header and CRC-32, zlib's header and Adler-32, or nothing.
        format: choice(default = 0, names = ["gzip", "zlib", "raw"]),
        /// 0 stores, 1 is the fastest, 9 gives the fewest bytes.
        level: integer(default = 6, min = 0, max = 9, unit = "level"),
        /// Name of the file, for gzip's header; without U+0000.
        name: text(max = MAX_NAME_BYTES),
        /// When the file was changed, for gzip's header; 0 for unknown.
        mtime: integer(default = 0, min = 0, max = MAX_MTIME, unit = "seconds since 1970"),
        /// Bytes that the input is likely to repeat and that the reader has too; the last 32 KiB count. Not for gzip.
        dictionary: bytes(min = 0, max = MAX_DICTIONARY_BYTES),
    }
}

impl CompressOptions<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn kernel(&self) -> EncodeOptions<'_> {
        EncodeOptions {
            format: FORMATS[self.format],
            level: self.level as u8,
            name: self.name,
            mtime: self.mtime as u32,
            dictionary: self.dictionary,
        }
    }
}

/// Bytes in, one gzip member, zlib stream or sequence of blocks out.
#[derive(Debug)]
pub struct Compress;

impl Operation for Compress {
    operation!(0x0201, "compress", CompressOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        ENCODER
            .with_borrow_mut(|encoder| encoder.compress(input, &options.kernel(), output.bytes))?;
        Ok(())
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        Ok(Box::new(StreamEncoder::new(&options.kernel())?))
    }
}

impl Session for StreamEncoder {
    fn push(&mut self, input: &[u8], output: &mut Output<'_>) -> Result<usize, Error> {
        push_slices(input, output, |slice, bytes| Ok(StreamEncoder::push(self, slice, bytes)?))
    }

    fn flush(&mut self, output: &mut Output<'_>) -> Result<(), Error> {
        Ok(StreamEncoder::flush(self, output.bytes)?)
    }

    fn finish(mut self: Box<Self>, output: &mut Output<'_>) -> Result<(), Error> {
        Ok(StreamEncoder::finish(&mut self, output.bytes)?)
    }
}

options! {
    /// Options of `gzip.decompress`.
    pub struct DecompressOptions {
        /// What is around the blocks: gzip's header and CRC-32, zlib's header and Adler-32, or nothing.
        format: choice(default = 0, names = ["gzip", "zlib", "raw"]),
        /// Largest output accepted; exactly reaching it works.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most bytes of output per byte of input; 0 allows any.
        max_ratio: integer(default = 0, min = 0, max = MAX_SAFE_INTEGER, unit = "times"),
        /// What a zlib stream or raw blocks were compressed with.
        dictionary: bytes(min = 0, max = MAX_DICTIONARY_BYTES),
        /// Ignore bytes behind the end instead of refusing them.
        allow_trailing: boolean(default = false),
    }
}

impl DecompressOptions<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn kernel(&self) -> DecodeOptions<'_> {
        DecodeOptions {
            format: FORMATS[self.format],
            limits: DecodeLimits {
                max_output_bytes: self.max_output_bytes as u64,
                max_ratio: self.max_ratio as u64,
            },
            dictionary: self.dictionary,
            allow_trailing: self.allow_trailing,
        }
    }
}

/// All gzip members, one zlib stream or one sequence of blocks in, their content out.
#[derive(Debug)]
pub struct Decompress;

impl Operation for Decompress {
    operation!(0x0202, "decompress", DecompressOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        DECODER.with_borrow_mut(|decoder| {
            decoder.decompress(input, &options.kernel(), output.bytes)
        })?;
        Ok(())
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        Ok(Box::new(StreamDecoder::new(&options.kernel())))
    }
}

impl Session for StreamDecoder {
    fn push(&mut self, input: &[u8], output: &mut Output<'_>) -> Result<usize, Error> {
        push_slices(input, output, |slice, bytes| Ok(StreamDecoder::push(self, slice, bytes)?))
    }

    fn finish(mut self: Box<Self>, _output: &mut Output<'_>) -> Result<(), Error> {
        Ok(StreamDecoder::finish(&mut self)?)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        let code = match error {
            EncodeError::Level { .. }
            | EncodeError::Name
            | EncodeError::Dictionary
            | EncodeError::Finished => Code::InvalidArgument,
            EncodeError::OutOfMemory { .. } => Code::OutOfMemory,
        };
        Self::new(code, error.to_string())
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        let message = error.to_string();
        match error {
            DecodeError::Truncated { offset } => Self::new(Code::Truncated, message).at(offset),
            DecodeError::Invalid { offset, .. }
            | DecodeError::Length { offset, .. }
            | DecodeError::Trailing { offset } => Self::new(Code::InvalidData, message).at(offset),
            DecodeError::Checksum { offset, .. } => Self::new(Code::Checksum, message).at(offset),
            DecodeError::DictionaryRequired { .. } | DecodeError::DictionaryMismatch { .. } => {
                Self::new(Code::InvalidArgument, message)
            }
            DecodeError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            DecodeError::RatioTooLarge { .. } => Self::limit("maxRatio", message),
            DecodeError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
        }
    }
}
