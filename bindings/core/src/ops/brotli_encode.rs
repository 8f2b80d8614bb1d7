//! Brotli, compression: the part of `bytemill/brotli` that is loaded on its first call.

use bytemill_brotli::{EncodeError, EncodeOptions, Mode, StreamEncoder, compress};

use super::operation;
use crate::options::options;
use crate::session::push_slices;
use crate::{Code, Error, Operation, Output, Session};

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

impl CompressOptions<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0 and 10")]
    fn kernel(&self) -> EncodeOptions {
        EncodeOptions {
            quality: self.quality as u8,
            window_bits: self.window_bits as u8,
            mode: MODES.get(self.mode).copied().unwrap_or_default(),
            size_hint: 0,
        }
    }
}

/// Bytes in, one stream out.
#[derive(Debug)]
pub struct Compress;

impl Operation for Compress {
    operation!(0x0301, "compress", CompressOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        Ok(compress(input, &options.kernel(), output.bytes)?)
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
