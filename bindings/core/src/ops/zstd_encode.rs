//! Zstandard's encoder, a module of its own: who only decompresses need not carry it.

use std::cell::RefCell;

use bytemill_zstd::{EncodeError, EncodeOptions, Encoder};

use super::operation;
use crate::options::options;
use crate::{Code, Error, Operation, Output};

thread_local! {
    /// Its tables serve one message after the other: on 1 KB that saves more than the compression costs.
    static ENCODER: RefCell<Encoder> = RefCell::new(Encoder::new());
}

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
        ENCODER.with_borrow_mut(|encoder| Ok(encoder.compress(input, &kernel, output.bytes)?))
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
