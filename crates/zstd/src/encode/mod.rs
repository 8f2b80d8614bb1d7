//! Compression: levels -7 to 19, tables kept from message to message.

#![allow(
    clippy::inline_always,
    reason = "hot loops whose state has to stay in registers; calls cost wasm more"
)]

mod block;
pub(crate) mod entropy;
pub(crate) mod finder;
mod header;
mod long;
pub(crate) mod params;
pub(crate) mod store;
mod stream;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use header::MAX_HEADER;
use header::{write_checksum, write_frame_header};
pub use params::{DEFAULT_LEVEL, MAX_LEVEL, MIN_LEVEL};

pub use stream::StreamEncoder;

use xxhash_rust::xxh64::{Xxh64, xxh64};

use crate::{Dictionary, EncodeError};
use block::{Blocks, Cache, size_class};
use params::Params;

/// The window of long-distance matching; decoders accept no larger one unless told.
const LONG_WINDOW_LOG: u32 = 27;

/// How to compress.
#[derive(Clone, Copy, Debug)]
pub struct EncodeOptions<'a> {
    /// From -7, the fastest, to 19, the strongest; 0 means 3.
    pub level: i32,
    /// Whether each frame ends with a checksum of its content.
    pub checksum: bool,
    /// Whether the header declares the size of the content.
    pub content_size: bool,
    /// Matches reach back 2^`window_log` bytes at the most, 10 to 30; 0 leaves it to the level.
    pub window_log: u32,
    /// Look for long repetitions, of 64 bytes or more, in all of the window, which is then 128 MiB unless `window_log` or
    /// the size of the content says otherwise. Takes memory for it, and a table of 1/16 of it at levels below 6, up to
    /// half of it at the strongest.
    pub long_distance: bool,
    /// What matches may be copied from and which tables may be repeated from the first block on. An [`Encoder`] that is
    /// given the same one again, or a clone of it, need not enter it again for messages up to 128 KiB. Jobs do not use it.
    pub dictionary: Option<&'a Dictionary>,
}

impl Default for EncodeOptions<'_> {
    /// Level 3, no checksum, content size declared: what libzstd does without options.
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            checksum: false,
            content_size: true,
            window_log: 0,
            long_distance: false,
            dictionary: None,
        }
    }
}

impl EncodeOptions<'_> {
    /// The parameters for an input of `size` bytes.
    fn params(&self, size: Option<u64>) -> Result<Params, EncodeError> {
        if !(MIN_LEVEL..=MAX_LEVEL).contains(&self.level) {
            return Err(EncodeError::Level { level: self.level });
        }
        if self.window_log != 0 && !(10..=30).contains(&self.window_log) {
            return Err(EncodeError::WindowLog { window_log: self.window_log });
        }
        let window_log = match self.window_log {
            0 if self.long_distance => LONG_WINDOW_LOG,
            given => given,
        };
        let params = Params::new(self.level, size, window_log);
        Ok(Params { long_distance: self.long_distance, ..params })
    }
}

/// A compressor whose tables serve one message after the other.
pub struct Encoder {
    blocks: Box<Blocks>,
    /// A dictionary's content and the message after it.
    joined: Vec<u8>,
    /// Dictionaries that messages have in common.
    prepared: Cache,
}

impl Default for Encoder {
    fn default() -> Self {
        Self::new()
    }
}

impl core::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}

impl Encoder {
    /// An encoder without tables; they are allocated when they are first needed, and kept.
    pub fn new() -> Self {
        Self { blocks: Box::new(Blocks::new()), joined: Vec::new(), prepared: Cache::new() }
    }

    /// Compresses `input` into one frame, appended to `output`. On an error `output` is as before.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Level`], [`EncodeError::WindowLog`] and [`EncodeError::OutOfMemory`].
    pub fn compress(
        &mut self,
        input: &[u8],
        options: &EncodeOptions<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let before = output.len();
        let result = self.frame(input, options, output);
        if result.is_err() {
            output.truncate(before);
        }
        result
    }

    /// Compresses one part of a frame that is compressed in parts, on several threads say: `content[history..]`, with
    /// `content[..history]`, which an earlier part compresses, as history. Writes blocks alone, no header and no
    /// checksum. `size` is that of the whole frame's content where it is known; all parts have to name the same, and the
    /// same options. `first` and `last` say where the part stands.
    ///
    /// # Errors
    ///
    /// Those of [`Encoder::compress`].
    pub fn compress_job(
        &mut self,
        (content, history): (&[u8], usize),
        size: Option<u64>,
        options: &EncodeOptions<'_>,
        first: bool,
        last: bool,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let before = output.len();
        let params = options.params(size)?;
        let history = history.min(content.len());
        // What is out of reach need not be there.
        let content = &content[history.saturating_sub(1 << params.window_log)..];
        let history = history.min(1 << params.window_log);
        let result = self.blocks.begin(&params).and_then(|()| {
            if !first {
                self.blocks.continue_frame();
            }
            self.blocks.load(content, 0, history);
            self.blocks.run(content, history, last, output)
        });
        if result.is_err() {
            output.truncate(before);
        }
        result
    }

    /// Writes the header of a frame that is compressed in parts; all of them have to be given the same size and options.
    ///
    /// # Errors
    ///
    /// Those of [`Encoder::compress`].
    pub fn frame_header(
        &self,
        options: &EncodeOptions<'_>,
        size: Option<u64>,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let params = options.params(size)?;
        reserve(output, MAX_HEADER)?;
        let declared = size.filter(|_| options.content_size);
        write_frame_header(params.window_log, declared, options.checksum, 0, output);
        Ok(())
    }

    fn frame(
        &mut self,
        input: &[u8],
        options: &EncodeOptions<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let size = input.len() as u64;
        let content = options.dictionary.map_or(&[][..], Dictionary::content);
        let class = if content.is_empty() { size } else { size_class(input.len()) };
        let params = options.params(Some(class + content.len() as u64))?;
        reserve(output, MAX_HEADER)?;
        let declared = options.content_size.then_some(size);
        let id = options.dictionary.map_or(0, Dictionary::id);
        write_frame_header(params.window_log, declared, options.checksum, id, output);
        // What is out of reach from the first byte on need not be there.
        let content = &content[content.len().saturating_sub(1 << params.window_log)..];
        if let Some(dictionary) = options
            .dictionary
            .filter(|_| !params.long_distance && Cache::pays(content.len(), input.len()))
        {
            self.prepared.run(dictionary, content, &params, input, output)?;
        } else if let Some(dictionary) = options.dictionary {
            self.blocks.begin(&params)?;
            self.joined.clear();
            let bytes = content.len() + input.len();
            let refused = |_| EncodeError::OutOfMemory { bytes };
            self.joined.try_reserve(bytes).map_err(refused)?;
            self.joined.extend_from_slice(content);
            self.joined.extend_from_slice(input);
            self.blocks.start_from(dictionary);
            self.blocks.load(&self.joined, 0, content.len());
            self.blocks.run(&self.joined, content.len(), true, output)?;
        } else {
            self.blocks.begin(&params)?;
            self.blocks.run(input, 0, true, output)?;
        }
        if options.checksum {
            reserve(output, 4)?;
            write_checksum(xxh64(input, 0), output);
        }
        Ok(())
    }
}

/// Compresses `input` into one frame, appended to `output`, with an [`Encoder`] for this call alone.
///
/// # Errors
///
/// Those of [`Encoder::compress`].
pub fn compress(
    input: &[u8],
    options: &EncodeOptions<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    Encoder::new().compress(input, options, output)
}

/// The four bytes that end a frame with a checksum, of content that comes in pieces (RFC 8878, 3.1.1).
#[derive(Clone, Default)]
pub struct ContentChecksum(Xxh64);

impl ContentChecksum {
    /// Takes the next piece.
    pub fn update(&mut self, content: &[u8]) {
        self.0.update(content);
    }

    /// The low half of the content's XXH64, least byte first.
    #[must_use]
    pub fn finish(self) -> [u8; 4] {
        (self.0.digest() as u32).to_le_bytes()
    }
}

fn reserve(output: &mut Vec<u8>, bytes: usize) -> Result<(), EncodeError> {
    output.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })
}
