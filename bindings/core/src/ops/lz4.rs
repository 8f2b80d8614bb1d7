//! LZ4: `bytemill/lz4`.

use alloc::boxed::Box;

use bytemill_base::local;
use bytemill_lz4::{
    BlockSize, DecodeError, DecodeOptions, EncodeError, EncodeOptions, Encoder, Format,
    StreamDecoder, StreamEncoder, decompress,
};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::session::push_slices;
use crate::{Code, Error, Operation, Output, Session};

/// What the names of the formats mean, in order.
const FORMATS: [Format; 2] = [Format::Frame, Format::Block];
/// The sizes that a frame's blocks can have.
const BLOCK_SIZES: [BlockSize; 4] =
    [BlockSize::Kib64, BlockSize::Kib256, BlockSize::Mib1, BlockSize::Mib4];

options! {
    /// Options of `lz4.compress`; what concerns blocks and checksums is for frames alone.
    pub struct CompressOptions {
        /// A `'frame'`, as the command `lz4` writes it, or a bare `'block'` without its size.
        format: choice(default = 0, names = ["frame", "block"]),
        /// What a block of the frame holds at most, raised to 64 KiB, 256 KiB, 1 MiB or 4 MiB.
        block_bytes: integer(default = 65_536, min = 1, max = 4_194_304, unit = "bytes"),
        /// Let no block refer to the one before it; they compress less.
        independent_blocks: boolean(default = false),
        /// End each block with a checksum of what is stored.
        block_checksum: boolean(default = false),
        /// End the frame with a checksum of its content.
        checksum: boolean(default = true),
        /// Declare the content's size in the frame's header.
        content_size: boolean(default = true),
    }
}

local! {
    /// Its table is kept between inputs, which makes small ones cheap.
    static ENCODER: Option<Encoder> = None;
}

impl CompressOptions<'_> {
    fn kernel(&self) -> EncodeOptions {
        let fits = |size: &BlockSize| size.bytes() as u64 >= self.block_bytes.unsigned_abs();
        EncodeOptions {
            format: FORMATS.get(self.format).copied().unwrap_or_default(),
            block_size: BLOCK_SIZES.into_iter().find(fits).unwrap_or(BlockSize::Mib4),
            independent_blocks: self.independent_blocks,
            block_checksum: self.block_checksum,
            checksum: self.checksum,
            content_size: self.content_size,
        }
    }
}

/// Bytes in, one frame or block out.
#[derive(Debug)]
pub struct Compress;

impl Operation for Compress {
    operation!(0x0401, "compress", CompressOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        Ok(ENCODER.with_borrow_mut(|encoder| {
            let encoder = encoder.get_or_insert_with(Encoder::new);
            encoder.compress(input, &options.kernel(), output.bytes)
        })?)
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        if FORMATS.get(options.format) == Some(&Format::Block) {
            let message = "format: expected 'frame' for a stream, got 'block', which has no parts";
            return Err(Error::new(Code::InvalidArgument, message));
        }
        Ok(Box::new(StreamEncoder::new(&options.kernel())))
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
    /// Options of `lz4.decompress`.
    pub struct DecompressOptions {
        /// Frames, one after another, or a bare `'block'` without its size.
        format: choice(default = 0, names = ["frame", "block"]),
        /// Largest output accepted; exactly reaching it works.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most bytes of output per byte of input; 0 allows any.
        max_ratio: integer(default = 0, min = 0, max = MAX_SAFE_INTEGER, unit = "times"),
        /// Ignore what follows the last frame instead of refusing it.
        allow_trailing: boolean(default = false),
    }
}

impl DecompressOptions<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn kernel(&self) -> DecodeOptions {
        DecodeOptions {
            format: FORMATS.get(self.format).copied().unwrap_or_default(),
            max_output_bytes: self.max_output_bytes as u64,
            max_ratio: if self.max_ratio == 0 { u64::MAX } else { self.max_ratio as u64 },
            allow_trailing: self.allow_trailing,
        }
    }
}

/// All frames or one block in, their contents out.
#[derive(Debug)]
pub struct Decompress;

impl Operation for Decompress {
    operation!(0x0402, "decompress", DecompressOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        Ok(decompress(input, &options.kernel(), output.bytes)?)
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        if FORMATS.get(options.format) == Some(&Format::Block) {
            let message = "format: expected 'frame' for a stream, got 'block', which has no parts";
            return Err(Error::new(Code::InvalidArgument, message));
        }
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
            EncodeError::InputTooLarge { .. } => Code::InvalidArgument,
            EncodeError::OutOfMemory { .. } => Code::OutOfMemory,
            EncodeError::Ended => Code::Released,
        };
        Self::new(code, error.message().to_text())
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        let (code, offset, limit) = match error {
            DecodeError::Truncated { offset } => (Code::Truncated, Some(offset), None),
            DecodeError::Invalid { offset, .. }
            | DecodeError::ContentSize { offset, .. }
            | DecodeError::Trailing { offset } => (Code::InvalidData, Some(offset), None),
            DecodeError::Checksum { offset } => (Code::Checksum, Some(offset), None),
            DecodeError::DictionaryRequired { .. } => (Code::Unsupported, None, None),
            DecodeError::Legacy { offset } => (Code::Unsupported, Some(offset), None),
            DecodeError::OutputTooLarge { .. } => {
                (Code::LimitExceeded, None, Some("maxOutputBytes"))
            }
            DecodeError::RatioTooLarge { .. } => (Code::LimitExceeded, None, Some("maxRatio")),
            DecodeError::OutOfMemory { .. } => (Code::OutOfMemory, None, None),
            DecodeError::Ended => (Code::Released, None, None),
        };
        Self { code, message: error.message().to_text().into(), offset, limit }
    }
}
