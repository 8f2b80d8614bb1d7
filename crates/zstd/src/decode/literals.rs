//! The literals section of a block (RFC 8878, 3.1.1.3.1).

use super::huffman::HuffmanTable;

/// Fewer literals than this cannot be in four streams (format specification, `Jump_Table`).
const MIN_FOUR_STREAMS: usize = 6;
/// A copy of literals may read this far past their end.
pub(crate) const SLACK: usize = 16;
/// Largest block.
pub(crate) const MAX_BLOCK: usize = 128 << 10;

/// Literals of the present block, and the table that the next may use again.
pub(crate) struct Literals {
    pub(crate) table: HuffmanTable,
    buffer: Box<[u8]>,
}

/// Where the literals of a block are.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// In the block itself, from this offset on.
    Block(usize),
    /// In the buffer.
    Buffer,
}

/// What the section was: where its literals are, how many, and how long it is.
pub(crate) struct Section {
    pub(crate) place: Place,
    pub(crate) count: usize,
    pub(crate) used: usize,
}

impl Literals {
    pub(crate) fn new() -> Self {
        Self { table: HuffmanTable::new(), buffer: vec![0; MAX_BLOCK + SLACK].into_boxed_slice() }
    }

    /// The buffer, longer than the literals by what a copy may read too much.
    pub(crate) fn buffer(&self) -> &[u8] {
        &self.buffer
    }

    /// Reads the section of a block of at most `max_block` bytes of content.
    pub(crate) fn read(&mut self, block: &[u8], max_block: usize) -> Result<Section, &'static str> {
        const CUT: &str = "a literals section that is all there";
        let &[first, ..] = block else { return Err(CUT) };
        let (kind, format) = (first & 3, (first >> 2) & 3);
        let header_len = match (kind, format) {
            (0 | 1, 0 | 2) => 1,
            (0 | 1, 1) => 2,
            (0 | 1, _) | (_, 0 | 1) => 3,
            (_, 2) => 4,
            _ => 5,
        };
        // As libzstd, which reads the longest header at once.
        if kind >= 2 && block.len() < 5 {
            return Err(CUT);
        }
        let header = block.get(..header_len).ok_or(CUT)?;
        let bits = header.iter().rev().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        if kind < 2 {
            let count = (if header_len == 1 { bits >> 3 } else { bits >> 4 }) as usize;
            if count > max_block {
                return Err("no more literals than a block may have");
            }
            return self.plain(block, kind == 1, header_len, count).ok_or(CUT);
        }
        let width = [10, 10, 14, 18][usize::from(format)];
        let count = (bits >> 4) as usize & ((1 << width) - 1);
        let coded = (bits >> (4 + width)) as usize;
        if count > max_block {
            return Err("no more literals than a block may have");
        }
        let used = header_len + coded;
        let streams = block.get(header_len..used).ok_or(CUT)?;
        let streams = if kind == 2 {
            let described = self.table.read(streams).inspect_err(|_| self.table.clear())?;
            streams.get(described..).unwrap_or_default()
        } else if self.table.is_set() {
            streams
        } else {
            return Err("a Huffman tree to use again");
        };
        if format == 0 {
            self.table.decode(streams, &mut self.buffer[..count])?;
        } else {
            self.four(streams, count)?;
        }
        Ok(Section { place: Place::Buffer, count, used })
    }

    fn plain(
        &mut self,
        block: &[u8],
        repeated: bool,
        header: usize,
        count: usize,
    ) -> Option<Section> {
        if repeated {
            let byte = *block.get(header)?;
            self.buffer.get_mut(..count)?.fill(byte);
            return Some(Section { place: Place::Buffer, count, used: header + 1 });
        }
        block.get(header..header + count)?;
        Some(Section { place: Place::Block(header), count, used: header + count })
    }

    fn four(&mut self, streams: &[u8], count: usize) -> Result<(), &'static str> {
        const WRONG: &str = "four Huffman streams that their jump table describes";
        if count < MIN_FOUR_STREAMS {
            return Err("at least 6 literals in four streams");
        }
        let (jump, rest) = streams.split_at_checked(6).ok_or(WRONG)?;
        let length = |at: usize| usize::from(u16::from_le_bytes([jump[at], jump[at + 1]]));
        let (a, rest) = rest.split_at_checked(length(0)).ok_or(WRONG)?;
        let (b, rest) = rest.split_at_checked(length(2)).ok_or(WRONG)?;
        let (c, d) = rest.split_at_checked(length(4)).ok_or(WRONG)?;
        let quarter = count.div_ceil(4);
        let output = &mut self.buffer[..count];
        let (first, rest) = output.split_at_mut_checked(quarter).ok_or(WRONG)?;
        let (second, rest) = rest.split_at_mut_checked(quarter).ok_or(WRONG)?;
        let (third, fourth) = rest.split_at_mut_checked(quarter).ok_or(WRONG)?;
        self.table.decode_four([a, b, c, d], [first, second, third, fourth])
    }
}
