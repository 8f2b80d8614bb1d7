//! Compression of content that comes in pieces.

use alloc::boxed::Box;
use alloc::vec::Vec;

use xxhash_rust::xxh64::Xxh64;

use super::block::Blocks;
use super::params::Params;
use super::{EncodeOptions, MAX_HEADER, reserve, write_checksum, write_frame_header};
use crate::{Dictionary, EncodeError};

/// A compressor that is given its content piece by piece. It keeps a window of the content and some blocks; how the
/// content is cut into pieces makes no difference to what comes out.
pub struct StreamEncoder {
    blocks: Box<Blocks>,
    checksum: bool,
    declare: bool,
    /// The dictionary's id; 0 for none.
    dictionary: u32,
    params: Params,
    /// The announced size.
    size: Option<u64>,
    /// History, at first a dictionary's content, then what waits to fill a block.
    buffer: Vec<u8>,
    /// Where in `buffer` the waiting content starts.
    waiting: usize,
    /// All content so far, in bytes.
    taken: u64,
    hash: Xxh64,
    /// Whether the header is out.
    begun: bool,
}

impl core::fmt::Debug for StreamEncoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StreamEncoder")
            .field("params", &self.params)
            .field("taken", &self.taken)
            .finish_non_exhaustive()
    }
}

impl StreamEncoder {
    /// A stream of one frame. `size` is the size of the content in bytes where it is known; the header declares it if
    /// [`EncodeOptions::content_size`] says so, and small contents get by with small tables.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Level`], [`EncodeError::WindowLog`] and [`EncodeError::OutOfMemory`].
    pub fn new(options: &EncodeOptions<'_>, size: Option<u64>) -> Result<Self, EncodeError> {
        let content = options.dictionary.map_or(&[][..], Dictionary::content);
        let params = options.params(size.map(|size| size + content.len() as u64))?;
        let mut blocks = Box::new(Blocks::new());
        blocks.begin(&params)?;
        let mut buffer = Vec::new();
        if let Some(dictionary) = options.dictionary {
            // What is out of reach from the first byte on need not be there.
            let content = &content[content.len().saturating_sub(1 << params.window_log)..];
            let refused = |_| EncodeError::OutOfMemory { bytes: content.len() };
            buffer.try_reserve(content.len()).map_err(refused)?;
            buffer.extend_from_slice(content);
            blocks.start_from(dictionary);
            blocks.load(&buffer, 0, buffer.len());
        }
        Ok(Self {
            dictionary: options.dictionary.map_or(0, Dictionary::id),
            blocks,
            checksum: options.checksum,
            declare: options.content_size,
            params,
            size,
            waiting: buffer.len(),
            buffer,
            taken: 0,
            hash: Xxh64::new(0),
            begun: false,
        })
    }

    /// Takes more content and appends what is complete to `output`.
    ///
    /// # Errors
    ///
    /// [`EncodeError::ContentSize`] where there is more than was announced, and [`EncodeError::OutOfMemory`]. After an
    /// error the stream is of no use.
    pub fn push(&mut self, mut input: &[u8], output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.taken += input.len() as u64;
        if let Some(declared) = self.size.filter(|&size| self.taken > size) {
            return Err(EncodeError::ContentSize { declared, actual: self.taken });
        }
        self.begin(output)?;
        if self.checksum {
            self.hash.update(input);
        }
        let block = self.blocks.block_size();
        while !input.is_empty() {
            // A full block goes out when more follows, so that the last one can say that it is.
            if self.buffer.len() - self.waiting == block {
                self.write(false, output)?;
            }
            let (now, later) =
                input.split_at(input.len().min(block - (self.buffer.len() - self.waiting)));
            self.make_room(now.len())?;
            self.buffer.extend_from_slice(now);
            input = later;
        }
        Ok(())
    }

    /// Ends the current block, so that a decoder can give out all content that was pushed.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub fn flush(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.begin(output)?;
        if self.waiting < self.buffer.len() { self.write(false, output) } else { Ok(()) }
    }

    /// Ends the frame.
    ///
    /// # Errors
    ///
    /// [`EncodeError::ContentSize`] where there is less than was announced, and [`EncodeError::OutOfMemory`].
    pub fn finish(mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        if let Some(declared) = self.size.filter(|&size| self.taken != size) {
            return Err(EncodeError::ContentSize { declared, actual: self.taken });
        }
        self.begin(output)?;
        self.write(true, output)?;
        if self.checksum {
            reserve(output, 4)?;
            write_checksum(self.hash.digest(), output);
        }
        Ok(())
    }

    fn begin(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        if !self.begun {
            self.begun = true;
            reserve(output, MAX_HEADER)?;
            let declared = self.size.filter(|_| self.declare);
            let id = self.dictionary;
            write_frame_header(self.params.window_log, declared, self.checksum, id, output);
        }
        Ok(())
    }

    /// Writes what waits as a block.
    fn write(&mut self, last: bool, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.blocks.run(&self.buffer, self.waiting, last, output)?;
        self.waiting = self.buffer.len();
        Ok(())
    }

    /// Makes room for `bytes` more: drops what is out of reach once that is a fair part of the buffer.
    fn make_room(&mut self, bytes: usize) -> Result<(), EncodeError> {
        let window = self.blocks.window();
        let most = window + (window / 4).max(4 * self.blocks.block_size());
        let spare = self.waiting.saturating_sub(window);
        if self.buffer.len() + bytes > most && spare > 0 {
            self.buffer.drain(..spare);
            self.waiting -= spare;
            self.blocks.shift(spare);
        }
        self.buffer.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })
    }
}
