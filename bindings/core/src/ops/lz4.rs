//! LZ4: `bytemill/lz4`.

use std::cell::RefCell;

use bytemill_lz4::{
    BlockSize, DecodeError, DecodeOptions, EncodeError, EncodeOptions, Encoder, Format, decompress,
};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Code, Error, Operation, Output};

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

thread_local! {
    /// Its table is kept between inputs, which makes small ones cheap.
    static ENCODER: RefCell<Encoder> = RefCell::default();
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
        let fits = |size: &BlockSize| size.bytes() as u64 >= options.block_bytes.unsigned_abs();
        let kernel = EncodeOptions {
            format: FORMATS.get(options.format).copied().unwrap_or_default(),
            block_size: BLOCK_SIZES.into_iter().find(fits).unwrap_or(BlockSize::Mib4),
            independent_blocks: options.independent_blocks,
            block_checksum: options.block_checksum,
            checksum: options.checksum,
            content_size: options.content_size,
        };
        Ok(ENCODER.with_borrow_mut(|encoder| encoder.compress(input, &kernel, output.bytes))?)
    }
}

options! {
    /// Options of `lz4.decompress`.
    pub struct DecompressOptions {
        /// Frames, one after another, or a bare `'block'` without its size.
        format: choice(default = 0, names = ["frame", "block"]),
        /// Largest output accepted; exactly reaching it works.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Largest output accepted for each byte of input; unlimited unless given, and never more than 255.
        max_ratio: integer(default = MAX_SAFE_INTEGER, min = 1, max = MAX_SAFE_INTEGER, unit = "bytes per byte"),
        /// Ignore what follows the last frame instead of refusing it.
        allow_trailing: boolean(default = false),
    }
}

/// All frames or one block in, their contents out.
#[derive(Debug)]
pub struct Decompress;

impl Operation for Decompress {
    operation!(0x0402, "decompress", DecompressOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0 and 1")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let kernel = DecodeOptions {
            format: FORMATS.get(options.format).copied().unwrap_or_default(),
            max_output_bytes: options.max_output_bytes as u64,
            max_ratio: options.max_ratio as u64,
            allow_trailing: options.allow_trailing,
        };
        Ok(decompress(input, &kernel, output.bytes)?)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        let code = match error {
            EncodeError::InputTooLarge { .. } => Code::InvalidArgument,
            EncodeError::OutOfMemory { .. } => Code::OutOfMemory,
            EncodeError::Ended => Code::Released,
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
            | DecodeError::ContentSize { offset, .. }
            | DecodeError::Trailing { offset } => Self::new(Code::InvalidData, message).at(offset),
            DecodeError::Checksum { offset } => Self::new(Code::Checksum, message).at(offset),
            DecodeError::DictionaryRequired { .. } => Self::new(Code::Unsupported, message),
            DecodeError::Legacy { offset } => Self::new(Code::Unsupported, message).at(offset),
            DecodeError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            DecodeError::RatioTooLarge { .. } => Self::limit("maxRatio", message),
            DecodeError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
            DecodeError::Ended => Self::new(Code::Released, message),
        }
    }
}
