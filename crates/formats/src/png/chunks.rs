//! Chunks (section 5.3).

use core::ops::Range;

use bytemill_gzip::crc32;

use crate::FormatError;
use crate::bytes::array;
use crate::sink::Sink;

/// Where a chunk lies.
pub(crate) struct Chunk {
    pub(crate) kind: [u8; 4],
    /// Its contents, as many as there are in the file.
    pub(crate) contents: Range<usize>,
}

/// Walks over the chunks behind the signature, to the end chunk or that of the file. Checksums are not looked at.
pub(crate) struct Chunks<'a> {
    file: &'a [u8],
    at: usize,
    /// Whether the end chunk has been reached.
    pub(crate) complete: bool,
}

impl<'a> Chunks<'a> {
    pub(crate) fn new(file: &'a [u8]) -> Self {
        Self { file, at: 8, complete: false }
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        if self.complete {
            return None;
        }
        let [l0, l1, l2, l3, k0, k1, k2, k3] = array(self.file, self.at).ok()?;
        let (len, kind) = (u32::from_be_bytes([l0, l1, l2, l3]) as usize, [k0, k1, k2, k3]);
        self.complete = &kind == b"IEND";
        let start = self.at + 8;
        let end = start.saturating_add(len).min(self.file.len());
        // The checksum.
        self.at = start.saturating_add(len).saturating_add(4);
        Some(Chunk { kind, contents: start..end })
    }
}

/// Appends a chunk with its checksum.
pub(crate) fn write_chunk(
    sink: &mut Sink<'_>,
    kind: [u8; 4],
    parts: &[&[u8]],
) -> Result<(), FormatError> {
    let start = open_chunk(sink, kind)?;
    parts.iter().try_for_each(|part| sink.put(part))?;
    close_chunk(sink, start)
}

/// Begins a chunk of a length that is not known yet.
pub(super) fn open_chunk(sink: &mut Sink<'_>, kind: [u8; 4]) -> Result<usize, FormatError> {
    let start = sink.output.len();
    sink.put(&[0; 4])?;
    sink.put(&kind)?;
    Ok(start)
}

/// Ends a chunk that began at `start`.
pub(super) fn close_chunk(sink: &mut Sink<'_>, start: usize) -> Result<(), FormatError> {
    let limit = i32::MAX as u64;
    let size = (sink.output.len() - start - 8) as u64;
    if size > limit {
        return Err(FormatError::OutputTooLarge { limit });
    }
    sink.output[start..start + 4].copy_from_slice(&(size as u32).to_be_bytes());
    let checksum = crc32(&sink.output[start + 4..], 0);
    sink.put(&checksum.to_be_bytes())
}
