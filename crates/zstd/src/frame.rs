//! Frame headers (RFC 8878, 3.1.1.1) and the walk over block headers (3.1.1.2), without entropy work.

use crate::{DecodeError, DecodeLimits};

pub(crate) const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Longest header of a frame, with its magic number.
pub(crate) const MAX_HEADER: usize = 18;
/// `Block_Maximum_Size` is the smaller of this and the window.
pub(crate) const MAX_BLOCK: u64 = 128 * 1024;

/// One Zstandard frame of the input, its boundaries known and its limits checked.
pub(crate) struct Frame<'a> {
    /// Where the frame's magic number is.
    pub(crate) start: usize,
    /// Where the first block header is.
    pub(crate) blocks_at: usize,
    /// All blocks and, where the frame has one, the checksum.
    pub(crate) blocks: &'a [u8],
    pub(crate) header: Header,
    /// What the content has at the least: the declared size, or the sum over raw and RLE blocks.
    pub(crate) min_output: u64,
    /// What the content has at the most: no block gives more than its maximum, whatever the header declares.
    pub(crate) max_output: u64,
}

/// Iterates over the Zstandard frames of an input, passing over skippable ones.
pub(crate) struct Frames<'a> {
    input: &'a [u8],
    at: usize,
    limits: DecodeLimits,
    /// Whether the input may go on after its last frame with something else.
    trailing: bool,
}

impl<'a> Frames<'a> {
    pub(crate) fn new(input: &'a [u8], limits: &DecodeLimits, trailing: bool) -> Self {
        Self { input, at: 0, limits: *limits, trailing }
    }

    /// The next frame; `None` at the end of the input.
    pub(crate) fn next(&mut self) -> Result<Option<Frame<'a>>, DecodeError> {
        loop {
            if self.at == self.input.len() && self.at != 0 {
                return Ok(None);
            }
            let start = self.at;
            let magic = match magic(self.input, start) {
                Err(_) if self.trailing && start != 0 => return Ok(None),
                magic => magic?,
            };
            if magic == MAGIC {
                let frame = frame(self.input, start, &self.limits)?;
                self.at = frame.blocks_at + frame.blocks.len();
                return Ok(Some(frame));
            }
            // Magic_Number 0x184D2A5?, Frame_Size, content (3.1.2).
            let size = take(self.input, start, start + 4, 4)?;
            let body = start + 8;
            let size = usize::try_from(little_endian(size)).unwrap_or(usize::MAX);
            self.at = body + take(self.input, start, body, size)?.len();
        }
    }
}

/// The magic number at `start`: Zstandard's own or a skippable frame's.
pub(crate) fn magic(input: &[u8], start: usize) -> Result<[u8; 4], DecodeError> {
    let rest = &input[start.min(input.len())..];
    let found: [u8; 4] = core::array::from_fn(|i| rest.get(i).copied().unwrap_or(MAGIC[i]));
    let skippable = found[0] & 0xF0 == 0x50 && found[1..] == [0x2A, 0x4D, 0x18];
    if rest.len() >= 4 {
        if found == MAGIC || skippable {
            return Ok(found);
        }
    } else {
        // Too short for a magic number; junk is told from a frame cut short by what is there.
        let skippable = rest.first().is_some_and(|b| b & 0xF0 == 0x50)
            && rest[1..] == [0x2A, 0x4D, 0x18][..rest.len() - 1];
        if rest.is_empty() || found == MAGIC || skippable {
            return Err(DecodeError::Truncated { offset: start });
        }
    }
    Err(DecodeError::Invalid { offset: start, expected: "a zstd or skippable frame" })
}

/// A frame header (3.1.1.1).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    /// Length of the header with the magic number.
    pub(crate) len: usize,
    /// `Window_Size`; the content size for a single segment frame.
    pub(crate) window: u64,
    /// `Frame_Content_Size`, where declared.
    pub(crate) content_size: Option<u64>,
    /// `Dictionary_ID`; 0 where none is named.
    pub(crate) dictionary_id: u32,
    /// Whether a content checksum follows the blocks.
    pub(crate) checksum: bool,
}

/// Reads the header of the frame at `start`, whose magic number has been seen.
pub(crate) fn header(input: &[u8], start: usize) -> Result<Header, DecodeError> {
    let mut at = start + 4;
    let descriptor = take(input, start, at, 1)?[0];
    at += 1;
    if descriptor & 0x08 != 0 {
        return Err(DecodeError::Invalid { offset: at - 1, expected: "the reserved bit to be 0" });
    }
    let single_segment = descriptor & 0x20 != 0;

    let mut window = 0;
    if !single_segment {
        let byte = u64::from(take(input, start, at, 1)?[0]);
        at += 1;
        let base = 1_u64 << (10 + (byte >> 3));
        window = base + (base / 8) * (byte & 7);
    }
    let id_len = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let dictionary_id = little_endian(take(input, start, at, id_len)?) as u32;
    at += id_len;
    let size_len = match descriptor >> 6 {
        0 => usize::from(single_segment),
        flag => 1 << flag,
    };
    let mut size = little_endian(take(input, start, at, size_len)?);
    at += size_len;
    if size_len == 2 {
        size += 256;
    }
    Ok(Header {
        len: at - start,
        window: if single_segment { size } else { window },
        content_size: (size_len != 0).then_some(size),
        dictionary_id,
        checksum: descriptor & 0x04 != 0,
    })
}

impl Header {
    /// Checks what the header asks for.
    pub(crate) fn check(&self, limits: &DecodeLimits) -> Result<(), DecodeError> {
        let Self { window, content_size, .. } = *self;
        if content_size.is_some_and(|size| size > limits.max_output_bytes) {
            return Err(DecodeError::OutputTooLarge { limit: limits.max_output_bytes });
        }
        if window > limits.max_window_bytes {
            return Err(DecodeError::WindowTooLarge { window, limit: limits.max_window_bytes });
        }
        Ok(())
    }
}

fn frame<'a>(
    input: &'a [u8],
    start: usize,
    limits: &DecodeLimits,
) -> Result<Frame<'a>, DecodeError> {
    let header = header(input, start)?;
    header.check(limits)?;
    let at = start + header.len;
    let (end, known, most) = walk_blocks(input, at, header.window)?;
    let end = end + if header.checksum { take(input, end, end, 4)?.len() } else { 0 };
    Ok(Frame {
        start,
        blocks_at: at,
        blocks: &input[at..end],
        header,
        min_output: header.content_size.unwrap_or(known),
        max_output: header.content_size.map_or(most, |size| size.min(most)),
    })
}

/// Goes from block to block to the last one. Returns where it ends, how many bytes the raw and RLE blocks hold
/// together, a lower bound of the output, and with the most that the others may hold, an upper bound.
fn walk_blocks(input: &[u8], start: usize, window: u64) -> Result<(usize, u64, u64), DecodeError> {
    let max_block = window.min(MAX_BLOCK);
    let mut at = start;
    let mut known = 0_u64;
    let mut most = 0_u64;
    loop {
        let block = block(input, at)?;
        Block::check(block.kind, block.size, max_block)
            .map_err(|expected| DecodeError::Invalid { offset: at, expected })?;
        if block.kind == 2 {
            most += max_block;
        } else {
            known += block.size;
        }
        at += 3 + block.body.len();
        if block.last {
            return Ok((at, known, known + most));
        }
    }
}

/// A block and its header (3.1.1.2).
pub(crate) struct Block<'a> {
    pub(crate) last: bool,
    /// 0 raw, 1 RLE, 2 compressed, 3 reserved.
    pub(crate) kind: u64,
    /// `Block_Size`: of the content for raw and RLE blocks, of the body for compressed ones.
    pub(crate) size: u64,
    pub(crate) body: &'a [u8],
}

impl Block<'_> {
    /// Checks what a block's header says, or tells what was expected of it.
    pub(crate) fn check(kind: u64, size: u64, max_block: u64) -> Result<(), &'static str> {
        if kind == 3 {
            return Err("a raw, RLE or compressed block");
        }
        if size > max_block {
            return Err("a block no larger than the window and 128 KiB");
        }
        Ok(())
    }
}

/// The block whose header is at `at`.
pub(crate) fn block(input: &[u8], at: usize) -> Result<Block<'_>, DecodeError> {
    let field = take(input, at, at, 3)?;
    let value = little_endian(field);
    let (kind, size) = ((value >> 1) & 3, value >> 3);
    let len = if kind == 1 { 1 } else { size as usize };
    let body = take(input, at, at + 3, len)?;
    Ok(Block { last: value & 1 == 1, kind, size, body })
}

/// `len` bytes at `at`, which belong to what starts at `owner`.
fn take(input: &[u8], owner: usize, at: usize, len: usize) -> Result<&[u8], DecodeError> {
    at.checked_add(len)
        .and_then(|end| input.get(at..end))
        .ok_or(DecodeError::Truncated { offset: owner })
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte))
}
