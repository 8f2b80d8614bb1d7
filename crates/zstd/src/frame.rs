//! Frame headers (RFC 8878, 3.1.1.1) and the walk over block headers (3.1.1.2), without entropy work.

use alloc::vec::Vec;

use crate::{DecodeError, DecodeLimits};

pub(crate) const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Longest header of a frame, with its magic number.
pub(crate) const MAX_HEADER: usize = 18;
/// `Block_Maximum_Size` is the smaller of this and the window.
pub(crate) const MAX_BLOCK: u64 = 128 * 1024;

/// What the header of a frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameInfo {
    /// Whether the frame is skippable: it has no content, and of the rest only `header_len` is set.
    pub skippable: bool,
    /// How many bytes the header takes, magic number included.
    pub header_len: usize,
    /// The size of the content in bytes, where it is declared. Of a skippable frame: of what is skipped.
    pub content_size: Option<u64>,
    /// How far back matches may go, in bytes.
    pub window_size: u64,
    /// The id of the dictionary that was used; 0 where none is named.
    pub dictionary_id: u32,
    /// Whether a checksum of the content follows the last block.
    pub checksum: bool,
}

impl FrameInfo {
    /// `Block_Maximum_Size`: the smaller of the window and 128 KiB.
    pub(crate) fn max_block(&self) -> usize {
        self.window_size.min(MAX_BLOCK) as usize
    }
}

/// Reads the header at the start of `input`, which may end anywhere behind it.
///
/// # Errors
///
/// [`DecodeError::Truncated`] where the header is not all there, [`DecodeError::Invalid`] where there is none or
/// its reserved bit is set.
pub fn frame_info(input: &[u8]) -> Result<FrameInfo, DecodeError> {
    header(input, 0)
}

/// The header of the frame that starts at `start`.
pub(crate) fn header(input: &[u8], start: usize) -> Result<FrameInfo, DecodeError> {
    if magic(input, start)? != MAGIC {
        // Magic_Number 0x184D2A5?, Frame_Size (3.1.2).
        let size = little_endian(take(input, start, start + 4, 4)?);
        return Ok(FrameInfo {
            skippable: true,
            header_len: 8,
            content_size: Some(size),
            window_size: 0,
            dictionary_id: 0,
            checksum: false,
        });
    }
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
    let id = little_endian(take(input, start, at, id_len)?);
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
    Ok(FrameInfo {
        skippable: false,
        header_len: at - start,
        content_size: (size_len != 0).then_some(size),
        window_size: if single_segment { size } else { window },
        dictionary_id: id as u32,
        checksum: descriptor & 0x04 != 0,
    })
}

/// Refuses a frame that the limits do not allow, as far as its header tells.
pub(crate) fn check_limits(info: &FrameInfo, limits: &DecodeLimits) -> Result<(), DecodeError> {
    if info.content_size.is_some_and(|size| size > limits.max_output_bytes) {
        return Err(DecodeError::OutputTooLarge { limit: limits.max_output_bytes });
    }
    if info.window_size > limits.max_window_bytes {
        return Err(DecodeError::WindowTooLarge {
            window: info.window_size,
            limit: limits.max_window_bytes,
        });
    }
    Ok(())
}

/// One frame of an input with content, its boundaries known and its limits checked.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    /// Where the frame's magic number is.
    pub(crate) start: usize,
    /// Where the frame ends, behind its checksum if it has one.
    pub(crate) end: usize,
    pub(crate) info: FrameInfo,
    /// What the content has at the least: the declared size, or the sum over raw and RLE blocks.
    pub(crate) min_output: u64,
    /// What the content has at the most: raw and RLE blocks, and full compressed blocks.
    pub(crate) max_output: u64,
}

/// Iterates over the Zstandard frames of an input, passing over skippable ones.
pub(crate) struct Frames<'a> {
    input: &'a [u8],
    at: usize,
    allow_trailing: bool,
    limits: DecodeLimits,
}

impl<'a> Frames<'a> {
    pub(crate) fn new(input: &'a [u8], limits: &DecodeLimits, allow_trailing: bool) -> Self {
        Self { input, at: 0, allow_trailing, limits: *limits }
    }

    /// The next frame that has content; `None` at the end of the input.
    pub(crate) fn next(&mut self) -> Result<Option<Frame>, DecodeError> {
        while let Some((_, frame)) = self.next_span()? {
            if frame.is_some() {
                return Ok(frame);
            }
        }
        Ok(None)
    }

    /// Where the next frame starts, and the frame unless it is skippable; `None` at the end of the input.
    fn next_span(&mut self) -> Result<Option<(usize, Option<Frame>)>, DecodeError> {
        let start = self.at;
        if start == self.input.len() && start != 0 {
            return Ok(None);
        }
        // What follows the first frame and does not begin as one is trailing.
        if self.allow_trailing && start != 0 && magic(self.input, start).is_err() {
            return Ok(None);
        }
        let info = header(self.input, start)?;
        if info.skippable {
            let body = start + info.header_len;
            let size = usize::try_from(info.content_size.unwrap_or(0)).unwrap_or(usize::MAX);
            self.at = body + take(self.input, start, body, size)?.len();
            return Ok(Some((start, None)));
        }
        let frame = walk(self.input, start, info, &self.limits)?;
        self.at = frame.end;
        Ok(Some((start, Some(frame))))
    }
}

/// Where a frame is in its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSpan {
    /// Where its magic number is, in bytes from the start of the input.
    pub start: usize,
    /// Where it ends, behind its checksum if it has one.
    pub end: usize,
    /// Whether it is skippable, that is, without content.
    pub skippable: bool,
    /// The size of its content in bytes, where it is declared; 0 of a skippable frame.
    pub content_size: Option<u64>,
    /// The most bytes that its blocks can give.
    pub max_content_size: u64,
}

/// Finds all frames of `input` by their headers and those of their blocks, without decoding anything.
///
/// # Errors
///
/// [`DecodeError::Truncated`], [`DecodeError::Invalid`], and where a frame's header tells that it is over a
/// limit, [`DecodeError::OutputTooLarge`] and [`DecodeError::WindowTooLarge`].
pub fn frame_spans(input: &[u8], limits: &DecodeLimits) -> Result<Vec<FrameSpan>, DecodeError> {
    let mut frames = Frames::new(input, limits, false);
    let mut spans = Vec::new();
    while let Some((start, frame)) = frames.next_span()? {
        spans.push(FrameSpan {
            start,
            end: frames.at,
            skippable: frame.is_none(),
            content_size: frame.map_or(Some(0), |frame| frame.info.content_size),
            max_content_size: frame.map_or(0, |frame| frame.max_output),
        });
    }
    Ok(spans)
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

/// Goes from block to block to the end of the frame.
fn walk(
    input: &[u8],
    start: usize,
    info: FrameInfo,
    limits: &DecodeLimits,
) -> Result<Frame, DecodeError> {
    check_limits(&info, limits)?;
    let max_block = info.max_block();
    let mut at = start + info.header_len;
    let (mut known, mut most) = (0_u64, 0_u64);
    loop {
        let header = block_header(take(input, at, at, 3)?, at, max_block)?;
        if header.kind == BlockKind::Compressed {
            most += max_block as u64;
        } else {
            known += header.size as u64;
        }
        at += 3 + take(input, at, at + 3, header.body_len())?.len();
        if header.last {
            break;
        }
    }
    let end = if info.checksum { at + take(input, at, at, 4)?.len() } else { at };
    most += known;
    let min_output = info.content_size.unwrap_or(known);
    Ok(Frame { start, end, info, min_output, max_output: most })
}

/// How a block holds its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Raw,
    Rle,
    Compressed,
}

/// The header of a block (3.1.1.2).
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockHeader {
    pub(crate) last: bool,
    pub(crate) kind: BlockKind,
    /// `Block_Size`: of the content for raw and RLE blocks, of the body for compressed ones.
    pub(crate) size: usize,
}

impl BlockHeader {
    /// How many bytes follow the header.
    pub(crate) fn body_len(&self) -> usize {
        if self.kind == BlockKind::Rle { 1 } else { self.size }
    }
}

/// Reads the three bytes of a block header, which are at `offset` of the input.
pub(crate) fn block_header(
    bytes: &[u8],
    offset: usize,
    max_block: usize,
) -> Result<BlockHeader, DecodeError> {
    let value = little_endian(bytes.get(..3).unwrap_or_default()) as usize;
    let invalid = |expected| DecodeError::Invalid { offset, expected };
    let kind = match (value >> 1) & 3 {
        0 => BlockKind::Raw,
        1 => BlockKind::Rle,
        2 => BlockKind::Compressed,
        _ => return Err(invalid("a raw, RLE or compressed block")),
    };
    let size = value >> 3;
    if size > max_block {
        return Err(invalid("a block no larger than the window and 128 KiB"));
    }
    Ok(BlockHeader { last: value & 1 == 1, kind, size })
}

/// `len` bytes at `at`, which belong to what starts at `owner`.
pub(crate) fn take(
    input: &[u8],
    owner: usize,
    at: usize,
    len: usize,
) -> Result<&[u8], DecodeError> {
    at.checked_add(len)
        .and_then(|end| input.get(at..end))
        .ok_or(DecodeError::Truncated { offset: owner })
}

pub(crate) fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte))
}
