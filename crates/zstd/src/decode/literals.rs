//! The literals section of a compressed block (RFC 8878, 3.1.1.3.1).

use alloc::vec::Vec;

use super::copy::SLACK;
use super::huffman::{self, Table};
use super::lenient::{self, Origin};

/// Fewer literals than this cannot be in four streams (format specification, `Jump_Table`).
const MIN_FOUR_STREAMS: usize = 6;
/// The jump table in front of four streams.
const JUMP_TABLE: usize = 6;

/// Where the literals of a block are.
#[derive(Clone, Copy)]
pub(super) struct Literals {
    /// In the input from this byte on; else in the buffer.
    pub(super) in_source: Option<usize>,
    /// How many they are; [`SLACK`] more bytes follow.
    pub(super) len: usize,
    /// Where the section ends.
    pub(super) end: usize,
}

const CUT: &str = "a literals section that ends within its block";
const STREAMS: &str = "Huffman streams that end with their literals";
const TOO_MANY: &str = "no more literals than the window and 128 KiB in a block";

/// The header of a section (3.1.1.3.1.1).
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// `Literals_Block_Type`: raw, RLE, compressed, treeless.
    kind: u8,
    /// `Size_Format`.
    format: u8,
    pub(super) header_len: usize,
    /// How many literals there are.
    pub(super) len: usize,
    /// How many bytes follow where literals are compressed.
    compressed: usize,
}

impl Head {
    /// Reads the header at the start of a block.
    pub(super) fn read(block: &[u8]) -> Result<Self, &'static str> {
        let (&first, _) = block.split_first().ok_or(CUT)?;
        let (kind, format) = (first & 3, (first >> 2) & 3);
        // libzstd's lower bounds: a block has a sequences section, and compressed literals take five bytes.
        let header_len = match (kind, format) {
            (0 | 1, 0 | 2) => 1,
            (0 | 1, 1) => 2,
            (0 | 1, _) | (_, 0 | 1) => 3,
            (_, 2) => 4,
            _ => 5,
        };
        if block.len() < if kind < 2 { 2 } else { 5 } {
            return Err(CUT);
        }
        let header = block.get(..header_len).ok_or(CUT)?;
        let bits = header.iter().rev().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let (len, compressed) = if kind < 2 {
            (if header_len == 1 { bits >> 3 } else { bits >> 4 }, 0)
        } else {
            // Regenerated size and compressed size, both of this many bits.
            let width = [10, 10, 14, 18][usize::from(format)];
            ((bits >> 4) & ((1 << width) - 1), bits >> (4 + width))
        };
        Ok(Self { kind, format, header_len, len: len as usize, compressed: compressed as usize })
    }

    /// How many bytes of the section follow the header.
    pub(super) fn body_len(&self) -> usize {
        match self.kind {
            0 => self.len,
            1 => 1,
            _ => self.compressed,
        }
    }
}

/// What a literals section leaves to the next one.
pub(super) struct Decoder {
    pub(super) table: Table,
    /// Whether `table` is one that the frame or its dictionary gave.
    pub(super) known: bool,
    /// Where `table` comes from.
    pub(super) origin: Origin,
    /// The literals of a block, at its start.
    pub(super) buffer: Vec<u8>,
}

impl Decoder {
    pub(super) fn new() -> Self {
        Self { table: Table::new(), known: false, origin: Origin::SingleStream, buffer: Vec::new() }
    }

    /// Room for `len` literals. Bytes of earlier blocks stay, there is no need to clear them.
    fn room(&mut self, len: usize) -> &mut [u8] {
        if self.buffer.len() < len + SLACK {
            self.buffer.resize(len + SLACK, 0);
        }
        self.buffer.get_mut(..len).unwrap_or_default()
    }

    /// Decodes the section at the start of the block `source[start..end]`, of at most `max` literals.
    pub(super) fn decode(
        &mut self,
        source: &[u8],
        start: usize,
        end: usize,
        max: usize,
    ) -> Result<Literals, &'static str> {
        let block = source.get(start..end).unwrap_or_default();
        let Head { kind, format, header_len, len, compressed } = Head::read(block)?;
        let at = start + header_len;
        if len > max {
            return Err(TOO_MANY);
        }
        if kind < 2 {
            let section = block.get(header_len..).unwrap_or_default();
            if kind == 1 {
                let &byte = section.first().ok_or(CUT)?;
                self.room(len).fill(byte);
                return Ok(Literals { in_source: None, len, end: at + 1 });
            }
            let bytes = section.get(..len).ok_or(CUT)?;
            // Where enough bytes follow, literals are copied from where they are.
            let in_source = (at + len + SLACK <= source.len()).then_some(at);
            if in_source.is_none() {
                self.room(len).copy_from_slice(bytes);
            }
            return Ok(Literals { in_source, len, end: at + len });
        }
        if format != 0 && len < MIN_FOUR_STREAMS {
            return Err("at least 6 literals in four streams");
        }
        let section_end = at + compressed;
        if section_end > end {
            return Err(CUT);
        }
        let mut streams = at;
        if kind == 2 {
            let (weights, after) = huffman::read_weights(source, at, section_end)?;
            self.table.build(&weights);
            self.known = true;
            self.origin = match format {
                0 => Origin::SingleStream,
                _ => Origin::FourStreams { literals: len, compressed },
            };
            streams = after;
        } else if !self.known {
            return Err("a Huffman code before it is used again");
        }
        self.room(len);
        let output = self.buffer.get_mut(..len).unwrap_or_default();
        let four = if format == 0 { None } else { Some(four_ends(source, streams, section_end)) };
        let decoded = match four {
            None => self.table.decode_one(source, streams, section_end, output),
            Some(None) => return Err(STREAMS),
            Some(Some((first, ends))) => self.table.decode_four(source, first, ends, output),
        };
        if decoded.is_none() {
            let streams =
                lenient::Streams { start: streams, end: section_end, four: four.flatten() };
            lenient::decode(&self.table, self.origin, source, streams, output).ok_or(STREAMS)?;
        }
        Ok(Literals { in_source: None, len, end: section_end })
    }
}

/// Where the first of four streams starts and where each ends, from the jump table at `at`.
fn four_ends(source: &[u8], at: usize, end: usize) -> Option<(usize, [usize; 4])> {
    let jumps = source.get(at..end)?.get(..JUMP_TABLE)?;
    let first = at + JUMP_TABLE;
    let mut ends = [end; 4];
    let mut sum = first;
    for (stream_end, jump) in ends.iter_mut().zip(jumps.chunks_exact(2)) {
        sum += usize::from(jump[0]) | (usize::from(jump[1]) << 8);
        *stream_end = sum;
    }
    (sum < end).then_some((first, ends))
}
