//! Brotli, compression: the part of `bytemill/brotli` that is loaded on its first call.

use bytemill_brotli::{EncodeError, EncodeOptions, Mode, compress};

use super::operation;
use crate::options::options;
use crate::{Code, Error, Operation, Output};

/// The names of the modes and what they mean, in order.
const MODES: [Mode; 3] = [Mode::Generic, Mode::Text, Mode::Font];

options! {
    /// Options of `brotli.compress`.
    pub struct CompressOptions {
        /// 0 is fast, 11 is small and takes about 200 times as long as 5.
        quality: integer(default = 5, min = 0, max = 11, unit = "level"),
        /// How far back repetitions may be found, as a base-two logarithm of bytes. What decompresses needs that much memory.
        window_bits: integer(default = 22, min = 10, max = 24, unit = "bits"),
        /// What the content is: `'text'` in UTF-8, a `'font'` in WOFF 2.0, or anything.
        mode: choice(default = 0, names = ["generic", "text", "font"]),
    }
}

/// Bytes in, one stream out.
#[derive(Debug)]
pub struct Compress;

impl Operation for Compress {
    operation!(0x0301, "compress", CompressOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0 and 10")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let kernel = EncodeOptions {
            quality: options.quality as u8,
            window_bits: options.window_bits as u8,
            mode: MODES.get(options.mode).copied().unwrap_or_default(),
            size_hint: 0,
        };
        Ok(compress(input, &kernel, output.bytes)?)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        let code = match error {
            EncodeError::Quality { .. } | EncodeError::Window { .. } => Code::InvalidArgument,
            EncodeError::OutOfMemory { .. } => Code::OutOfMemory,
            EncodeError::Engine => Code::Internal,
            EncodeError::Ended => Code::Released,
        };
        Self::new(code, error.to_string())
    }
}
