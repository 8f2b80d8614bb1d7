//! Zstandard's encoder, a module of its own: who only decompresses need not carry it.

use alloc::boxed::Box;

use bytemill_base::{Message, local};
use bytemill_zstd::{
    ContentChecksum, Dictionary, EncodeError, EncodeOptions, Encoder, StreamEncoder,
};

use super::zstd_dictionary::WithDictionary;
use super::{MAX_DICTIONARY_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::session::PUSH_BYTES;
use crate::{Code, Error, Operation, Output, Session};

local! {
    /// Its tables serve one message after the other: on 1 KB that saves more than the compression costs.
    static ENCODER: Option<Encoder> = None;
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
        /// How far back matches reach, as a power of two, which a decoder needs as memory; 0 leaves it to the level.
        window_log: integer(default = 0, min = 0, max = 27, unit = "power of two"),
        /// Look for repetitions of 64 bytes and more that lie far apart, up to the window, which is then 27 (128 MiB) unless
        /// `windowLog` says otherwise. Takes memory of that size.
        long_distance: boolean(default = false),
        /// What frames may refer to: a dictionary of `zstd --train`, or any other bytes as mere content. Who decompresses
        /// needs the same.
        dictionary: bytes(min = 1, max = MAX_DICTIONARY_BYTES),
    }
}

impl CompressOptions<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the range starts at 0")]
    fn kernel<'d>(&self, dictionary: Option<&'d Dictionary>) -> Result<EncodeOptions<'d>, Error> {
        if (1..10).contains(&self.window_log) {
            let message = Message::new("windowLog: expected 0, or 10 to 27, got #");
            let message = message.numbers([self.window_log as u64, 0, 0]).to_text();
            return Err(Error::new(Code::InvalidArgument, message));
        }
        Ok(EncodeOptions {
            level: self.level as i32,
            checksum: self.checksum,
            content_size: self.content_size,
            window_log: self.window_log as u32,
            long_distance: self.long_distance,
            dictionary,
        })
    }
}

/// Bytes in, one frame out.
#[derive(Debug)]
pub struct Compress;

impl Operation for Compress {
    operation!(0x0101, "compress", CompressOptions, with dictionary);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let kernel = options.options.kernel(options.dictionary.as_deref())?;
        ENCODER.with_borrow_mut(|encoder| {
            let encoder = encoder.get_or_insert_with(Encoder::new);
            Ok(encoder.compress(input, &kernel, output.bytes)?)
        })
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        let kernel = options.options.kernel(options.dictionary.as_deref())?;
        Ok(Box::new(StreamEncoder::new(&kernel, None)?))
    }
}

impl Session for StreamEncoder {
    fn push(&mut self, input: &[u8], output: &mut Output<'_>) -> Result<usize, Error> {
        // What is not compressible grows by three bytes in a block.
        let some = &input[..input.len().min(PUSH_BYTES)];
        StreamEncoder::push(self, some, output.bytes)?;
        Ok(some.len())
    }

    fn flush(&mut self, output: &mut Output<'_>) -> Result<(), Error> {
        Ok(StreamEncoder::flush(self, output.bytes)?)
    }

    fn finish(self: Box<Self>, output: &mut Output<'_>) -> Result<(), Error> {
        Ok(StreamEncoder::finish(*self, output.bytes)?)
    }
}

options! {
    /// Options of `zstd.compressJob`.
    pub struct CompressJobOptions {
        /// As in `zstd.compress`.
        level: integer(default = 3, min = -7, max = 19, unit = "level"),
        /// As in `zstd.compress`; the first part's header says so, but the checksum itself is not written.
        checksum: boolean(default = true),
        /// As in `zstd.compress`.
        content_size: boolean(default = true),
        /// As in `zstd.compress`.
        window_log: integer(default = 0, min = 0, max = 27, unit = "power of two"),
        /// As in `zstd.compress`.
        long_distance: boolean(default = false),
        /// How much of the input is content of the parts before, which this one may refer to.
        prefix_bytes: integer(default = 0, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Content of the whole frame.
        total_bytes: integer(default = 0, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Whether this is the frame's last part.
        last: boolean(default = true),
    }
}

/// A part of a frame that is compressed in parts; without a prefix the first, which the frame's header precedes.
#[derive(Debug)]
pub struct CompressJob;

impl Operation for CompressJob {
    operation!(0x0103, "compressJob", CompressJobOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let kernel = EncodeOptions {
            level: options.level as i32,
            checksum: options.checksum,
            content_size: options.content_size,
            window_log: options.window_log as u32,
            long_distance: options.long_distance,
            dictionary: None,
        };
        let history = options.prefix_bytes as usize;
        let total = Some(options.total_bytes as u64);
        ENCODER.with_borrow_mut(|encoder| {
            let encoder = encoder.get_or_insert_with(Encoder::new);
            if history == 0 {
                encoder.frame_header(&kernel, total, output.bytes)?;
            }
            let last = options.last;
            let part = (input, history);
            Ok(encoder.compress_job(part, total, &kernel, history == 0, last, output.bytes)?)
        })
    }
}

options! {
    /// Options of `zstd.checksum`.
    pub struct ChecksumOptions {}
}

/// The four bytes that end a frame with this content: the low half of its XXH64 (RFC 8878, 3.1.1).
#[derive(Debug)]
pub struct Checksum;

impl Operation for Checksum {
    operation!(0x0104, "checksum", ChecksumOptions);

    fn run(
        input: &[u8],
        _options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let mut checksum = ContentChecksum::default();
        checksum.update(input);
        output.bytes.extend_from_slice(&checksum.finish());
        Ok(())
    }

    fn open(_options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        Ok(Box::new(ContentChecksum::default()))
    }
}

impl Session for ContentChecksum {
    fn push(&mut self, input: &[u8], _output: &mut Output<'_>) -> Result<usize, Error> {
        self.update(input);
        Ok(input.len())
    }

    fn finish(self: Box<Self>, output: &mut Output<'_>) -> Result<(), Error> {
        output.bytes.extend_from_slice(&ContentChecksum::finish(*self));
        Ok(())
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
        Self::new(code, error.message().to_text())
    }
}
