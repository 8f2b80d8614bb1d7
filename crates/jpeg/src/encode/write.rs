//! Bits and segments to bytes (T.81, B.1 and B.2).

use super::code::Code;
use super::options::EncodeError;
use super::quantise::Table;
use crate::block::ZIGZAG;

/// A file that is being written.
pub(super) struct Bits {
    pub(super) bytes: Vec<u8>,
    limit: u64,
    /// Bits that are no bytes yet, the last one lowest.
    window: u64,
    /// How many; at most 31 between calls.
    count: u32,
}

impl Bits {
    pub(super) fn new(limit: u64) -> Self {
        Self { bytes: Vec::new(), limit, window: 0, count: 0 }
    }

    /// Makes room for about `bytes` more, unless the file is too large already.
    pub(super) fn reserve(&mut self, bytes: usize) -> Result<(), EncodeError> {
        self.check()?;
        self.bytes.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })
    }

    /// Whether the file is within its limit.
    pub(super) fn check(&self) -> Result<(), EncodeError> {
        let limit = self.limit;
        if self.bytes.len() as u64 > limit { Err(EncodeError::TooLarge { limit }) } else { Ok(()) }
    }

    /// Up to 32 bits.
    #[inline(always)]
    pub(super) fn put(&mut self, bits: u64, count: u32) {
        self.window = self.window << count | bits;
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            self.four((self.window >> self.count) as u32);
        }
    }

    #[inline(always)]
    fn four(&mut self, bits: u32) {
        // A byte of ones is followed by zeros that are no data. Whether there is one: a zero in what is inverted.
        if (!bits).wrapping_sub(0x0101_0101) & bits & 0x8080_8080 == 0 {
            self.bytes.extend_from_slice(&bits.to_be_bytes());
        } else {
            self.stuffed(bits);
        }
    }

    #[inline(never)]
    fn stuffed(&mut self, bits: u32) {
        for byte in bits.to_be_bytes() {
            self.bytes.push(byte);
            if byte == 0xFF {
                self.bytes.push(0);
            }
        }
    }

    /// Fills the last byte with ones, as T.81 has it.
    pub(super) fn align(&mut self) {
        let missing = (8 - self.count % 8) % 8;
        self.put((1 << missing) - 1, missing);
        while self.count > 0 {
            self.count -= 8;
            let byte = (self.window >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xFF {
                self.bytes.push(0);
            }
        }
    }

    pub(super) fn marker(&mut self, marker: u8) {
        self.bytes.extend([0xFF, marker]);
    }

    /// A marker and contents of at most 65533 bytes.
    pub(super) fn segment(&mut self, marker: u8, contents: &[&[u8]]) {
        self.marker(marker);
        let len = 2 + contents.iter().map(|part| part.len()).sum::<usize>() as u16;
        self.bytes.extend(len.to_be_bytes());
        for part in contents {
            self.bytes.extend_from_slice(part);
        }
    }

    /// Quantisation tables.
    pub(super) fn tables(&mut self, tables: &[Table]) {
        let mut contents = Vec::new();
        for (number, table) in (0..).zip(tables) {
            contents.push(number);
            contents.extend(ZIGZAG[..64].iter().map(|place| table.steps[usize::from(place & 63)]));
        }
        self.segment(0xDB, &[&contents]);
    }

    /// Huffman codes by their numbers, if any: DC and AC of luminance, then those of chrominance.
    pub(super) fn codes(&mut self, codes: &[Code; 4], numbers: &[usize]) {
        if numbers.is_empty() {
            return;
        }
        let mut contents = Vec::new();
        for number in numbers {
            let (code, kind) = (&codes[number & 3], [0x00, 0x10, 0x01, 0x11][number & 3]);
            contents.push(kind);
            contents.extend(code.counts);
            contents.extend_from_slice(&code.symbols);
        }
        self.segment(0xC4, &[&contents]);
    }
}
