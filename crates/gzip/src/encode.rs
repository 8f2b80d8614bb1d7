//! Compression of a whole input at once, and the wrapping that streams share.

use crate::adler32::adler32;
use crate::block::{self, Block};
use crate::container::flag;
use crate::crc32::crc32;
use crate::decode::MAX_DISTANCE;
use crate::parse::{Finder, Job, compress, strategy};
use crate::writer::BitWriter;
use crate::{EncodeError, Format};

/// How to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions<'a> {
    /// What is around the blocks.
    pub format: Format,
    /// 0 stores, 1 is the fastest, 9 gives the fewest bytes.
    pub level: u8,
    /// The file's name in gzip's header, without NUL, written as it is: UTF-8, as gzip's own tool writes it,
    /// though the specification says Latin-1, with which it has ASCII in common.
    pub name: Option<&'a [u8]>,
    /// When the file was changed, in gzip's header: seconds since 1970, 0 for unknown.
    pub mtime: u32,
    /// Bytes that the input is likely to repeat, and that the decoder has too: zlib and raw. The last
    /// 32 KiB count.
    pub dictionary: Option<&'a [u8]>,
}

impl Default for EncodeOptions<'_> {
    /// gzip at level 6, with neither name nor time.
    fn default() -> Self {
        Self { format: Format::Gzip, level: 6, name: None, mtime: 0, dictionary: None }
    }
}

impl EncodeOptions<'_> {
    pub(crate) fn check(&self) -> Result<(), EncodeError> {
        if self.level > 9 {
            return Err(EncodeError::Level { level: self.level });
        }
        if self.name.is_some_and(|name| self.format != Format::Gzip || name.contains(&0)) {
            return Err(EncodeError::Name);
        }
        if self.dictionary.is_some() && self.format == Format::Gzip {
            return Err(EncodeError::Dictionary);
        }
        Ok(())
    }

    /// The part of the dictionary that matches can reach.
    pub(crate) fn history(&self) -> &[u8] {
        self.dictionary.map_or(&[], |bytes| &bytes[bytes.len().saturating_sub(MAX_DISTANCE)..])
    }

    /// Writes what comes before the blocks.
    pub(crate) fn header(&self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        let bytes = 10 + self.name.map_or(0, <[u8]>::len) + 1;
        output.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })?;
        match self.format {
            Format::Raw => {}
            Format::Zlib => {
                let level: u16 = match self.level {
                    0 | 1 => 0,
                    2..=5 => 1,
                    6 => 2,
                    _ => 3,
                };
                let mut header = 0x7800 | level << 6;
                if self.dictionary.is_some() {
                    header |= 32;
                }
                header += 31 - header % 31;
                output.extend_from_slice(&header.to_be_bytes());
                if let Some(dictionary) = self.dictionary {
                    output.extend_from_slice(&adler32(dictionary, 1).to_be_bytes());
                }
            }
            Format::Gzip => {
                let extra = match self.level {
                    1 => 4,
                    9 => 2,
                    _ => 0,
                };
                let flags = if self.name.is_some() { flag::NAME } else { 0 };
                output.extend_from_slice(&[0x1F, 0x8B, 8, flags]);
                output.extend_from_slice(&self.mtime.to_le_bytes());
                // 255: the file system is not known, wherever this runs.
                output.extend_from_slice(&[extra, 255]);
                if let Some(name) = self.name {
                    output.extend_from_slice(name);
                    output.push(0);
                }
            }
        }
        Ok(())
    }
}

/// What comes after the blocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trailer {
    format: Format,
    check: u32,
    bytes: u32,
}

impl Trailer {
    pub(crate) fn new(format: Format) -> Self {
        Self { format, check: u32::from(format == Format::Zlib), bytes: 0 }
    }

    /// Takes more of the input in.
    pub(crate) fn update(&mut self, input: &[u8]) {
        match self.format {
            Format::Gzip => self.check = crc32(input, self.check),
            Format::Zlib => self.check = adler32(input, self.check),
            Format::Raw => {}
        }
        self.bytes = self.bytes.wrapping_add(input.len() as u32);
    }

    pub(crate) fn write(self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        output.try_reserve(8).map_err(|_| EncodeError::OutOfMemory { bytes: 8 })?;
        match self.format {
            Format::Gzip => {
                output.extend_from_slice(&self.check.to_le_bytes());
                output.extend_from_slice(&self.bytes.to_le_bytes());
            }
            Format::Zlib => output.extend_from_slice(&self.check.to_be_bytes()),
            Format::Raw => {}
        }
        Ok(())
    }
}

/// The tables of an encoder, whatever it is used for.
pub(crate) struct Engine {
    finder: Option<Finder>,
    pub(crate) block: Box<Block>,
    pub(crate) bits: BitWriter,
    level: u8,
}

impl Engine {
    pub(crate) fn new() -> Self {
        Self { finder: None, block: Box::new(Block::new()), bits: BitWriter::default(), level: 0 }
    }

    /// Starts an input of about that many bytes.
    pub(crate) fn start(&mut self, level: u8, bytes: usize) {
        self.level = level;
        self.bits = BitWriter::default();
        if level == 0 {
            return;
        }
        let strategy = strategy(level);
        if self.finder.as_ref().is_none_or(|finder| !finder.suits(strategy)) {
            self.finder = Some(Finder::new(strategy));
        }
        if let Some(finder) = &mut self.finder {
            finder.clear(bytes);
        }
    }

    /// Takes the first `end` bytes as history.
    pub(crate) fn learn(&mut self, bytes: &[u8], end: usize) {
        if let (Some(finder), 1..) = (&mut self.finder, self.level) {
            finder.learn(bytes, end);
        }
    }

    /// The bytes at hand have lost that many at the front.
    pub(crate) fn shift(&mut self, bytes: usize) {
        if let Some(finder) = &mut self.finder {
            finder.shift(bytes);
        }
    }

    /// Writes blocks for the bytes from `start` on.
    pub(crate) fn compress(
        &mut self,
        bytes: &[u8],
        start: usize,
        last: bool,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let (Some(finder), 1..) = (&mut self.finder, self.level) else {
            return self.store(&bytes[start..], last, output);
        };
        let mut job = Job { bytes, start, last, bits: &mut self.bits, output };
        compress(strategy(self.level), finder, &mut self.block, &mut job)
    }

    /// Writes stored blocks; with no bytes and not the last, this is what a flush ends in.
    pub(crate) fn store(
        &mut self,
        bytes: &[u8],
        last: bool,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let cost = block::stored_cost(bytes.len(), self.bits);
        block::reserve(output, cost)?;
        self.bits.write(cost, output, |mut sink| {
            block::write_stored(bytes, last, &mut sink);
            sink.finish()
        });
        Ok(())
    }

    /// Fills the last byte.
    pub(crate) fn end(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        block::reserve(output, 8)?;
        self.bits.write(8, output, |mut sink| {
            sink.align();
            sink.finish()
        });
        Ok(())
    }
}

/// Compresses inputs one after another; its tables are used again.
pub struct Encoder {
    engine: Engine,
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
    /// An encoder; its tables take up to 600 KiB, made at first use.
    pub fn new() -> Self {
        Self { engine: Engine::new() }
    }

    /// Compresses `input` into one gzip member, zlib stream or sequence of blocks, appended to `output`.
    /// The same input and options give the same bytes anywhere. On an error `output` is as before.
    ///
    /// # Errors
    ///
    /// Every variant of [`EncodeError`] but `Finished`.
    pub fn compress(
        &mut self,
        input: &[u8],
        options: &EncodeOptions<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let start = output.len();
        let result = self.run(input, options, output);
        if result.is_err() {
            output.truncate(start);
        }
        result
    }

    fn run(
        &mut self,
        input: &[u8],
        options: &EncodeOptions<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        options.check()?;
        options.header(output)?;
        let history = options.history();
        self.engine.start(options.level, history.len().saturating_add(input.len()));
        if history.is_empty() {
            self.engine.compress(input, 0, true, output)?;
        } else {
            let mut both = Vec::new();
            let bytes = history.len() + input.len();
            both.try_reserve_exact(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })?;
            both.extend_from_slice(history);
            both.extend_from_slice(input);
            self.engine.learn(&both, history.len());
            self.engine.compress(&both, history.len(), true, output)?;
        }
        self.engine.end(output)?;
        let mut trailer = Trailer::new(options.format);
        trailer.update(input);
        trailer.write(output)
    }
}
