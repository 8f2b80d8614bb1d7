//! Chunks of the container (RFC 9649, section 2).

use crate::WebpError;
use crate::error::invalid;

/// Little-endian numbers; 0 past the end.
pub(crate) fn le16(bytes: &[u8], at: usize) -> u32 {
    let get = |i: usize| bytes.get(at + i).map_or(0, |byte| u32::from(*byte));
    get(0) | get(1) << 8
}

/// As [`le16`], of three bytes.
pub(crate) fn le24(bytes: &[u8], at: usize) -> u32 {
    le16(bytes, at) | le16(bytes, at + 2) << 16 & 0xFF_0000
}

/// As [`le16`], of four bytes.
pub(crate) fn le32(bytes: &[u8], at: usize) -> u32 {
    le16(bytes, at) | le16(bytes, at + 2) << 16
}

/// Bytes before the payload of a chunk.
pub(crate) const CHUNK_HEADER: usize = 8;

/// Largest size a chunk may have, so that none with its header and its padding is over 4 GiB.
const MOST: u32 = u32::MAX - 8 - 1;

/// One chunk.
#[derive(Clone, Copy)]
pub(crate) struct Chunk<'a> {
    pub(crate) id: [u8; 4],
    /// What is there of the payload.
    pub(crate) payload: &'a [u8],
    /// Where the payload begins.
    pub(crate) start: usize,
    /// The size that the chunk says it has.
    pub(crate) size: u32,
}

impl Chunk<'_> {
    /// Whether the file ends before the chunk does.
    pub(crate) fn is_truncated(&self) -> bool {
        self.payload.len() < self.size as usize
    }
}

/// The chunks in some bytes, one after another.
#[derive(Clone)]
pub(crate) struct Chunks<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Chunks<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    /// None where less than the header of a chunk is left.
    fn next(&mut self) -> Option<Chunk<'a>> {
        let rest = self.bytes.get(self.at..)?;
        let (id, after) = rest.split_first_chunk::<4>()?;
        let size = u32::from_le_bytes(*after.first_chunk()?);
        let there = &after[4..];
        let payload = there.get(..size as usize).unwrap_or(there);
        let start = self.at + CHUNK_HEADER;
        // Chunks of odd size are followed by a byte of padding.
        self.at = start.saturating_add(size as usize).saturating_add(size as usize % 2);
        Some(Chunk { id: *id, payload, start, size })
    }
}

/// The bytes of the file that belong to its container: what follows is no part of it.
///
/// A container that is larger than the file is refused if strict; so is one too small for a chunk.
pub(crate) fn container(file: &[u8], strict: bool) -> Result<&[u8], WebpError> {
    let wrong = invalid("a RIFF container of type WEBP");
    if !b"RIFF".starts_with(&file[..file.len().min(4)]) {
        return Err(wrong);
    }
    let Some(kind) = file.get(8..12) else { return Err(WebpError::Truncated) };
    if kind != b"WEBP" {
        return Err(wrong);
    }
    let size = le32(file, 4);
    let end = (size as usize).saturating_add(CHUNK_HEADER);
    if (12..=MOST).contains(&size) && end <= file.len() {
        return Ok(&file[..end]);
    }
    match (strict, end > file.len()) {
        (true, true) => Err(WebpError::Truncated),
        (true, false) => Err(invalid("a RIFF container with a chunk")),
        (false, _) => Ok(file),
    }
}
