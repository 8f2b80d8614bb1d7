//! Compression in one call, and what it shares with streams.

use alloc::vec::Vec;

use crate::EncodeError;
use crate::compress::{Table, WINDOW};
use crate::frame::{Format, MAGIC, STORED, flag, header_checksum};
use crate::xxh32::{Xxh32, xxh32};

/// What a block of a frame holds at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockSize {
    /// 65,536 bytes.
    #[default]
    Kib64,
    /// 262,144 bytes.
    Kib256,
    /// 1,048,576 bytes.
    Mib1,
    /// 4,194,304 bytes.
    Mib4,
}

impl BlockSize {
    /// The size in bytes.
    pub const fn bytes(self) -> usize {
        1 << (8 + 2 * self.code())
    }

    /// The number of the size in a frame's header, 4 to 7.
    const fn code(self) -> u8 {
        match self {
            Self::Kib64 => 4,
            Self::Kib256 => 5,
            Self::Mib1 => 6,
            Self::Mib4 => 7,
        }
    }
}

/// How to compress. Everything but the format concerns frames.
#[expect(clippy::struct_excessive_bools, reason = "the flags of a frame's header are independent")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions {
    /// How the output is laid out. Streams are of frames, whatever this says.
    pub format: Format,
    /// What a block holds at most.
    pub block_size: BlockSize,
    /// Whether each block can be decoded without the one before it; they compress less.
    pub independent_blocks: bool,
    /// Whether each block ends with a checksum of what is stored.
    pub block_checksum: bool,
    /// Whether the frame ends with a checksum of its content.
    pub checksum: bool,
    /// Whether the header declares the size of the content; streams do not know it.
    pub content_size: bool,
}

impl Default for EncodeOptions {
    /// A frame of linked blocks of 64 KiB, its content's checksum and size.
    fn default() -> Self {
        Self {
            format: Format::Frame,
            block_size: BlockSize::Kib64,
            independent_blocks: false,
            block_checksum: false,
            checksum: true,
            content_size: true,
        }
    }
}

/// The largest input of a bare block, as in the reference implementation.
const LARGEST_BLOCK: usize = 0x7E00_0000;

/// Compresses `input`, appending to `output`. On an error `output` is as before.
///
/// For many inputs, an [`Encoder`] saves the making of its table.
///
/// # Errors
///
/// [`EncodeError::InputTooLarge`] and [`EncodeError::OutOfMemory`].
pub fn compress(
    input: &[u8],
    options: &EncodeOptions,
    output: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    Encoder::new().compress(input, options, output)
}

/// A compressor that keeps its table of 16 KiB between inputs. What one input gives does not depend on those before.
#[derive(Clone, Debug)]
pub struct Encoder {
    table: Table,
}

impl Default for Encoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Encoder {
    /// A compressor with an empty table.
    pub fn new() -> Self {
        Self { table: Table::new() }
    }

    /// Compresses `input`, appending to `output`. On an error `output` is as before.
    ///
    /// # Errors
    ///
    /// [`EncodeError::InputTooLarge`] and [`EncodeError::OutOfMemory`].
    pub fn compress(
        &mut self,
        input: &[u8],
        options: &EncodeOptions,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let before = output.len();
        self.table.start(input.len());
        let result = match options.format {
            Format::Frame => self.frame(input, *options, output),
            Format::Block if input.len() > LARGEST_BLOCK => {
                Err(EncodeError::InputTooLarge { bytes: input.len() })
            }
            Format::Block => self
                .table
                .block(input, 0, output, usize::MAX)
                .map(drop)
                .map_err(|_| EncodeError::OutOfMemory { bytes: input.len() }),
        };
        result.inspect_err(|_| output.truncate(before))
    }

    fn frame(
        &mut self,
        input: &[u8],
        options: EncodeOptions,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let mut frame = Frame::new(options);
        frame.header(Some(input.len() as u64), output)?;
        let size = options.block_size.bytes();
        let (mut start, mut view_start) = (0, 0);
        while start < input.len() {
            let end = input.len().min(start + size);
            let keep = if options.independent_blocks { 0 } else { WINDOW + 1 };
            let next = start - keep.min(start);
            self.table.shift(next - view_start);
            view_start = next;
            frame.block(&mut self.table, &input[view_start..end], start - view_start, output)?;
            start = end;
        }
        frame.end(output)
    }
}

/// A frame in the making.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    options: EncodeOptions,
    checksum: Xxh32,
}

impl Frame {
    pub(crate) const fn new(options: EncodeOptions) -> Self {
        Self { options, checksum: Xxh32::new() }
    }

    /// Appends magic number and frame descriptor.
    pub(crate) fn header(
        &self,
        content_size: Option<u64>,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let EncodeOptions { independent_blocks, block_checksum, checksum, .. } = self.options;
        let content_size = content_size.filter(|_| self.options.content_size);
        let mut flags = flag::VERSION;
        for (wanted, flag) in [
            (independent_blocks, flag::INDEPENDENT),
            (block_checksum, flag::BLOCK_CHECKSUM),
            (checksum, flag::CONTENT_CHECKSUM),
            (content_size.is_some(), flag::CONTENT_SIZE),
        ] {
            flags |= if wanted { flag } else { 0 };
        }
        let mut header = [0; 15];
        header[..4].copy_from_slice(&MAGIC.to_le_bytes());
        (header[4], header[5]) = (flags, self.options.block_size.code() << 4);
        let mut len = 6;
        if let Some(size) = content_size {
            header[6..14].copy_from_slice(&size.to_le_bytes());
            len = 14;
        }
        header[len] = header_checksum(&header[4..len]);
        append(output, &header[..=len])
    }

    /// Appends `view[start..]`, which is one block and not empty; what is before may be referred to.
    pub(crate) fn block(
        &mut self,
        table: &mut Table,
        view: &[u8],
        start: usize,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let content = &view[start..];
        if self.options.checksum {
            self.checksum.update(content);
        }
        if self.options.independent_blocks {
            table.start(content.len());
        }
        append(output, &[0; 4])?;
        let at = output.len();
        // What does not get smaller is stored.
        let most = at + content.len() - 1;
        let smaller = table
            .block(view, start, output, most)
            .map_err(|_| EncodeError::OutOfMemory { bytes: content.len() })?;
        if !smaller {
            append(output, content)?;
        }
        let size = (output.len() - at) as u32 | if smaller { 0 } else { STORED };
        output[at - 4..at].copy_from_slice(&size.to_le_bytes());
        if self.options.block_checksum {
            let sum = xxh32(&output[at..]);
            append(output, &sum.to_le_bytes())?;
        }
        Ok(())
    }

    /// Appends end mark and checksum.
    pub(crate) fn end(&self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        append(output, &[0; 4])?;
        if self.options.checksum {
            append(output, &self.checksum.finish().to_le_bytes())?;
        }
        Ok(())
    }
}

pub(crate) fn append(output: &mut Vec<u8>, bytes: &[u8]) -> Result<(), EncodeError> {
    output.try_reserve(bytes.len()).map_err(|_| EncodeError::OutOfMemory { bytes: bytes.len() })?;
    output.extend_from_slice(bytes);
    Ok(())
}
