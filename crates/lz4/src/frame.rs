//! Frame headers (frame format, "Frame Descriptor"), and the machine that reads a frame field by field.

use alloc::vec::Vec;

use crate::DecodeError;
use crate::block::{self, Fault};
use crate::xxh32::{Xxh32, xxh32};

/// How compressed bytes are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Frames: what the `lz4` command writes, with checksums, in blocks.
    #[default]
    Frame,
    /// One bare block, without its size.
    Block,
}

/// First four bytes of a frame, little-endian.
pub(crate) const MAGIC: u32 = 0x184D_2204;
const LEGACY_MAGIC: u32 = 0x184C_2102;
/// The sixteen magic numbers of skippable frames start with this one.
const SKIPPABLE_MAGIC: u32 = 0x184D_2A50;
/// In a block's size: the block is stored as it is.
pub(crate) const STORED: u32 = 1 << 31;
/// How far back a match may reach into the blocks before.
const WINDOW: usize = 64 << 10;

/// Bits of the byte FLG.
pub(crate) mod flag {
    pub(crate) const VERSION: u8 = 0b01 << 6;
    pub(crate) const INDEPENDENT: u8 = 1 << 5;
    pub(crate) const BLOCK_CHECKSUM: u8 = 1 << 4;
    pub(crate) const CONTENT_SIZE: u8 = 1 << 3;
    pub(crate) const CONTENT_CHECKSUM: u8 = 1 << 2;
    pub(crate) const RESERVED: u8 = 1 << 1;
    pub(crate) const DICTIONARY: u8 = 1;
}

/// What a frame header says.
#[derive(Clone, Copy, Debug)]
struct Header {
    flags: u8,
    max_block: usize,
    content_size: Option<u64>,
}

/// What comes next.
#[derive(Clone, Copy, Debug)]
enum State {
    Magic,
    SkipSize,
    Skip {
        left: u32,
    },
    /// FLG and BD, which tell how long the rest is.
    Descriptor,
    Rest {
        descriptor: [u8; 2],
    },
    BlockSize,
    Block {
        size: u32,
    },
    ContentChecksum,
    /// The last frame is over, and what follows is none.
    Over,
}

/// Reads frames: [`Machine::wants`] tells how many bytes the next field has, [`Machine::take`] takes them.
#[derive(Debug)]
pub(crate) struct Machine {
    state: State,
    header: Header,
    /// Of the next field, in the input.
    offset: u64,
    /// Of the frame.
    started: u64,
    /// How many frames are complete, skippable ones included.
    pub(crate) frames: u64,
    /// How much the frame gave so far, and all frames.
    content: u64,
    pub(crate) total: u64,
    checksum: Xxh32,
}

impl Machine {
    pub(crate) const fn new() -> Self {
        Self {
            state: State::Magic,
            header: Header { flags: 0, max_block: 0, content_size: None },
            offset: 0,
            started: 0,
            frames: 0,
            content: 0,
            total: 0,
            checksum: Xxh32::new(),
        }
    }

    /// Whether the input may end here.
    pub(crate) const fn at_end(&self) -> bool {
        matches!(self.state, State::Over) || (matches!(self.state, State::Magic) && self.frames > 0)
    }

    /// Whether nothing more will be read.
    pub(crate) const fn over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// Where the next field starts.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// How many bytes the next field has. A skippable frame's content may be taken in pieces instead.
    pub(crate) fn wants(&self) -> usize {
        match self.state {
            State::Over => 0,
            State::Magic | State::SkipSize | State::BlockSize | State::ContentChecksum => 4,
            State::Skip { left } => left as usize,
            State::Descriptor => 2,
            State::Rest { descriptor: [flags, _] } => {
                let size = if flags & flag::CONTENT_SIZE != 0 { 8 } else { 0 };
                let dictionary = if flags & flag::DICTIONARY != 0 { 4 } else { 0 };
                size + dictionary + 1
            }
            State::Block { size } => (size & !STORED) as usize + self.block_checksum(),
        }
    }

    /// Whether the next field is content to skip.
    pub(crate) const fn skips(&self) -> bool {
        matches!(self.state, State::Skip { .. })
    }

    fn block_checksum(&self) -> usize {
        if self.header.flags & flag::BLOCK_CHECKSUM != 0 { 4 } else { 0 }
    }

    /// Takes the next field, of exactly the size that is wanted, but that content to skip may come in pieces.
    ///
    /// Content is appended to `output`, which may become `most` bytes long and has what came before of this frame, or
    /// the last 64 KiB of it.
    pub(crate) fn take(
        &mut self,
        field: &[u8],
        output: &mut Vec<u8>,
        most: usize,
        allow_trailing: bool,
    ) -> Result<(), DecodeError> {
        let offset = self.offset;
        self.state = match self.state {
            State::Over => State::Over,
            State::Magic => self.magic(number(field), allow_trailing)?,
            State::SkipSize => self.skip(number(field)),
            State::Skip { left } => self.skip(left - field.len() as u32),
            State::Descriptor => State::Rest { descriptor: descriptor(field, offset)? },
            State::Rest { descriptor } => {
                self.header = rest(descriptor, field, offset)?;
                State::BlockSize
            }
            State::BlockSize => match number(field) {
                0 if self.header.flags & flag::CONTENT_CHECKSUM != 0 => State::ContentChecksum,
                0 => self.end()?,
                size if (size & !STORED) as usize > self.header.max_block => {
                    let expected = "a block no larger than the frame's header says";
                    return Err(DecodeError::Invalid { offset, expected });
                }
                size => State::Block { size },
            },
            State::Block { size } => {
                self.block(field, size, output, most)?;
                State::BlockSize
            }
            State::ContentChecksum => {
                if self.checksum.finish() != number(field) {
                    return Err(DecodeError::Checksum { offset });
                }
                self.end()?
            }
        };
        if !self.over() {
            self.offset += field.len() as u64;
        }
        Ok(())
    }

    fn magic(&mut self, magic: u32, allow_trailing: bool) -> Result<State, DecodeError> {
        let offset = self.offset;
        (self.started, self.content) = (offset, 0);
        self.header.content_size = None;
        self.checksum = Xxh32::new();
        match magic {
            MAGIC => Ok(State::Descriptor),
            _ if magic & !15 == SKIPPABLE_MAGIC => Ok(State::SkipSize),
            LEGACY_MAGIC => Err(DecodeError::Legacy { offset }),
            _ if self.frames == 0 => {
                Err(DecodeError::Invalid { offset, expected: "the magic number of a frame" })
            }
            _ if allow_trailing => Ok(State::Over),
            _ => Err(DecodeError::Trailing { offset }),
        }
    }

    fn skip(&mut self, left: u32) -> State {
        if left > 0 {
            return State::Skip { left };
        }
        self.frames += 1;
        State::Magic
    }

    fn block(
        &mut self,
        field: &[u8],
        size: u32,
        output: &mut Vec<u8>,
        most: usize,
    ) -> Result<(), DecodeError> {
        let (data, checksum) = field.split_at(field.len() - self.block_checksum());
        if !checksum.is_empty() && xxh32(data) != number(checksum) {
            return Err(DecodeError::Checksum { offset: self.offset + data.len() as u64 });
        }
        let before = output.len();
        if size & STORED != 0 {
            if data.len() > most.saturating_sub(before) {
                return Err(DecodeError::OutputTooLarge { limit: 0 });
            }
            output
                .try_reserve(data.len())
                .map_err(|_| DecodeError::OutOfMemory { bytes: data.len() })?;
            output.extend_from_slice(data);
        } else {
            let reach = if self.header.flags & flag::INDEPENDENT != 0 {
                0
            } else {
                WINDOW.min(before).min(usize::try_from(self.content).unwrap_or(usize::MAX))
            };
            let largest = before.saturating_add(self.header.max_block);
            block::decode(data, output, before - reach, most.min(largest)).map_err(|fault| {
                let full = fault == Fault::Full && most < largest;
                if full { DecodeError::OutputTooLarge { limit: 0 } } else { self.fault(fault) }
            })?;
        }
        let fresh = &output[before..];
        self.content += fresh.len() as u64;
        self.total += fresh.len() as u64;
        if self.header.flags & flag::CONTENT_CHECKSUM != 0 {
            self.checksum.update(fresh);
        }
        Ok(())
    }

    fn fault(&self, fault: Fault) -> DecodeError {
        let (at, expected) = match fault {
            Fault::Memory { bytes } => return DecodeError::OutOfMemory { bytes },
            Fault::Truncated => (0, "a block whose last sequence ends where it does"),
            Fault::Distance { at } => (at, "a match that reaches back to content of the frame"),
            Fault::Full => (0, "a block of no more content than the frame's header says"),
        };
        DecodeError::Invalid { offset: self.offset + at as u64, expected }
    }

    fn end(&mut self) -> Result<State, DecodeError> {
        if let Some(declared) = self.header.content_size
            && declared != self.content
        {
            let (offset, actual) = (self.started, self.content);
            return Err(DecodeError::ContentSize { offset, declared, actual });
        }
        self.frames += 1;
        Ok(State::Magic)
    }
}

/// A field of four bytes.
fn number(field: &[u8]) -> u32 {
    field.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

fn descriptor(field: &[u8], offset: u64) -> Result<[u8; 2], DecodeError> {
    let invalid = |offset, expected| Err(DecodeError::Invalid { offset, expected });
    match *field {
        [flags, _] if flags & 0xC0 != flag::VERSION => invalid(offset, "version 1 of the format"),
        [flags, _] if flags & flag::RESERVED != 0 => invalid(offset, "a reserved bit of 0"),
        [flags, sizes] if sizes & 0x8F == 0 && sizes >> 4 >= 4 => Ok([flags, sizes]),
        _ => invalid(offset + 1, "a block size that the format has"),
    }
}

fn rest(descriptor: [u8; 2], field: &[u8], offset: u64) -> Result<Header, DecodeError> {
    let [flags, sizes] = descriptor;
    let mut covered = [0; 14];
    covered[..2].copy_from_slice(&descriptor);
    let (fields, stored) = field.split_at(field.len() - 1);
    covered[2..2 + fields.len()].copy_from_slice(fields);
    if header_checksum(&covered[..2 + fields.len()]) != stored[0] {
        return Err(DecodeError::Checksum { offset: offset + fields.len() as u64 });
    }
    let mut fields = fields;
    let mut content_size = None;
    if flags & flag::CONTENT_SIZE != 0
        && let Some((size, others)) = fields.split_first_chunk()
    {
        content_size = Some(u64::from_le_bytes(*size));
        fields = others;
    }
    if flags & flag::DICTIONARY != 0 {
        return Err(DecodeError::DictionaryRequired { id: number(fields) });
    }
    Ok(Header { flags, max_block: 1 << (8 + 2 * usize::from(sizes >> 4)), content_size })
}

/// The byte that ends a header: the second one of the XXH32 of what stands between the magic number and it.
pub(crate) fn header_checksum(covered: &[u8]) -> u8 {
    (xxh32(covered) >> 8) as u8
}
