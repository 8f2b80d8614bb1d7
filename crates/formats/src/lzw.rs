//! LZW as GIF (89a, appendix F) and TIFF (6.0, section 13) have it.
//!
//! A string of the table is the one before it and the first byte of the one after: both lie beside each other in what has
//! been decoded. So the table holds places in the output, and strings are copied from there.

use crate::FormatError;
use crate::bytes::reserve;
use crate::error::invalid;

/// Codes have at most 12 bits.
const CODES: usize = 4096;

/// How codes lie in bytes, and when they grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// GIF: low bits first.
    Gif,
    /// TIFF: high bits first, and codes grow one code earlier.
    Tiff,
}

/// A decoder whose input comes in pieces. All of the output has to stay where it is.
pub(crate) struct Decoder {
    order: Order,
    /// Bits of a literal.
    literal: u32,
    /// Bits of a code.
    width: u32,
    /// The next code that gets a meaning.
    next: usize,
    /// The string before: where it begins, and its length.
    previous: Option<(usize, usize)>,
    /// Bits that are no code yet, and how many.
    window: u32,
    count: u32,
    /// Strings of the codes behind the end code.
    table: Vec<(u32, u16)>,
    ended: bool,
}

impl Decoder {
    /// For literals of 1 to 11 bits.
    pub(crate) fn new(order: Order, literal: u8) -> Result<Self, FormatError> {
        if !(1..=11).contains(&literal) {
            return Err(invalid("an LZW code size of 1 to 11 bits"));
        }
        let mut table = Vec::new();
        let bytes = CODES * size_of::<(u32, u16)>();
        table.try_reserve_exact(CODES).map_err(|_| FormatError::OutOfMemory { bytes })?;
        table.resize(CODES, (0, 0));
        let literal = u32::from(literal);
        let mut decoder = Self {
            order,
            literal,
            width: 0,
            next: 0,
            previous: None,
            window: 0,
            count: 0,
            table,
            ended: false,
        };
        decoder.clear();
        Ok(decoder)
    }

    fn clear(&mut self) {
        self.width = self.literal + 1;
        self.next = (1 << self.literal) + 2;
        self.previous = None;
    }

    /// Begins another input, with an empty output.
    pub(crate) fn restart(&mut self) {
        self.clear();
        (self.window, self.count, self.ended) = (0, 0, false);
    }

    /// Appends what a piece of input stands for, until the output has `end` bytes; what follows them is not looked at.
    pub(crate) fn push(
        &mut self,
        input: &[u8],
        output: &mut Vec<u8>,
        end: usize,
    ) -> Result<(), FormatError> {
        if self.ended {
            return Ok(());
        }
        for byte in input {
            let byte = u32::from(*byte);
            match self.order {
                Order::Gif => self.window |= byte << self.count,
                Order::Tiff => self.window = self.window << 8 | byte,
            }
            self.count += 8;
            // A code has at least two bits.
            while self.count >= self.width && !self.ended && output.len() < end {
                let code = match self.order {
                    Order::Gif => self.window,
                    Order::Tiff => self.window >> (self.count - self.width),
                } & ((1 << self.width) - 1);
                if self.order == Order::Gif {
                    self.window >>= self.width;
                }
                self.count -= self.width;
                self.code(code as usize, output)?;
            }
            if self.ended || output.len() >= end {
                output.truncate(end);
                self.ended = true;
                break;
            }
        }
        Ok(())
    }

    fn code(&mut self, code: usize, output: &mut Vec<u8>) -> Result<(), FormatError> {
        let clear = 1 << self.literal;
        if code == clear {
            self.clear();
            return Ok(());
        }
        if code == clear + 1 {
            self.ended = true;
            return Ok(());
        }
        let at = output.len();
        if output.capacity() - at < CODES {
            reserve(output, (at + CODES) as u64)?;
        }
        let known = code < self.next.min(CODES);
        match self.previous {
            _ if code < clear => output.push(code as u8),
            Some(_) if known => {
                let (start, len) = self.table[code];
                let (start, len) = (start as usize, usize::from(len));
                output.extend_from_within(start..start + len);
            }
            // The string that this very code completes.
            Some((start, len)) if code == self.next && code < CODES => {
                output.extend_from_within(start..start + len);
                output.push(output[start]);
            }
            _ => return Err(invalid("an LZW code that has a meaning")),
        }
        if let Some((start, len)) = self.previous
            && self.next < CODES
        {
            self.table[self.next] = (start as u32, len as u16 + 1);
            self.next += 1;
            let early = usize::from(self.order == Order::Tiff);
            if self.next + early == 1 << self.width && self.width < 12 {
                self.width += 1;
            }
        }
        self.previous = Some((at, output.len() - at));
        Ok(())
    }
}

/// Compresses indices below `1 << literal` as GIF has it, in sub-blocks with their terminator, without the byte before
/// that says the literals' bits.
pub(crate) struct Encoder {
    literal: u32,
    width: u32,
    next: u16,
    /// The code for the string so far.
    prefix: Option<u16>,
    window: u32,
    count: u32,
    /// Codes by prefix and byte: open addressing.
    keys: Vec<u32>,
    codes: Vec<u16>,
    block: Vec<u8>,
}

/// Places of the table; twice the codes and more.
const PLACES: usize = 1 << 13;
const FREE: u32 = u32::MAX;

impl Encoder {
    /// For literals of 2 to 8 bits.
    pub(crate) fn new(literal: u8) -> Self {
        let mut encoder = Self {
            literal: u32::from(literal),
            width: 0,
            next: 0,
            prefix: None,
            window: 0,
            count: 0,
            keys: vec![FREE; PLACES],
            codes: vec![0; PLACES],
            block: Vec::with_capacity(256),
        };
        encoder.clear();
        encoder
    }

    fn clear(&mut self) {
        self.keys.fill(FREE);
        self.width = self.literal + 1;
        self.next = (1 << self.literal) + 2;
    }

    /// Compresses everything.
    pub(crate) fn run(
        mut self,
        indices: impl Iterator<Item = u8>,
        mut put: impl FnMut(&[u8]) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let put: &mut dyn FnMut(&[u8]) -> Result<(), FormatError> = &mut put;
        self.code(1 << self.literal, put)?;
        for byte in indices {
            self.byte(byte, put)?;
        }
        if let Some(prefix) = self.prefix {
            self.code(prefix, put)?;
            // A decoder has one more entry by now.
            if usize::from(self.next) == 1 << self.width && self.width < 12 {
                self.width += 1;
            }
        }
        self.code((1 << self.literal) + 1, put)?;
        if self.count > 0 {
            self.push(self.window as u8, put)?;
        }
        if !self.block.is_empty() {
            self.flush(put)?;
        }
        put(&[0])
    }

    fn byte(
        &mut self,
        byte: u8,
        put: &mut dyn FnMut(&[u8]) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let Some(prefix) = self.prefix else {
            self.prefix = Some(u16::from(byte));
            return Ok(());
        };
        let key = u32::from(prefix) << 8 | u32::from(byte);
        let mut place = (key.wrapping_mul(0x9E37_79B1) >> 19) as usize % PLACES;
        while self.keys[place] != FREE {
            if self.keys[place] == key {
                self.prefix = Some(self.codes[place]);
                return Ok(());
            }
            place = (place + 1) % PLACES;
        }
        self.code(prefix, put)?;
        self.prefix = Some(u16::from(byte));
        if usize::from(self.next) == CODES {
            self.code(1 << self.literal, put)?;
            self.clear();
            return Ok(());
        }
        // Codes grow once the code that was just given no longer fits: the decoder is one behind.
        if u32::from(self.next) == 1 << self.width {
            self.width += 1;
        }
        self.keys[place] = key;
        self.codes[place] = self.next;
        self.next += 1;
        Ok(())
    }

    fn code(
        &mut self,
        code: u16,
        put: &mut dyn FnMut(&[u8]) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        self.window |= u32::from(code) << self.count;
        self.count += self.width;
        while self.count >= 8 {
            self.push(self.window as u8, put)?;
            self.window >>= 8;
            self.count -= 8;
        }
        Ok(())
    }

    fn push(
        &mut self,
        byte: u8,
        put: &mut dyn FnMut(&[u8]) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        self.block.push(byte);
        if self.block.len() == 255 { self.flush(put) } else { Ok(()) }
    }

    fn flush(
        &mut self,
        put: &mut dyn FnMut(&[u8]) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        put(&[self.block.len() as u8])?;
        put(&self.block)?;
        self.block.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(literal: u8, indices: &[u8]) {
        let mut file = Vec::new();
        let put = |bytes: &[u8]| {
            file.extend_from_slice(bytes);
            Ok(())
        };
        Encoder::new(literal).run(indices.iter().copied(), put).unwrap();
        let mut decoder = Decoder::new(Order::Gif, literal).unwrap();
        let (mut output, mut rest) = (Vec::new(), &file[..]);
        while let [len, blocks @ ..] = rest {
            let (block, after) = blocks.split_at(usize::from(*len));
            decoder.push(block, &mut output, usize::MAX).unwrap();
            rest = after;
        }
        assert!(decoder.ended);
        assert_eq!(output, indices);
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        let mut state = 1_u32;
        for literal in 2..=8 {
            for len in [0, 1, 2, 3, 255, 5000, 70_000] {
                let mask = ((1_u32 << literal) - 1) as u8;
                let random: Vec<u8> = (0..len)
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state >> 24) as u8 & mask
                    })
                    .collect();
                round_trip(literal, &random);
                round_trip(literal, &vec![mask; len]);
                let stripes: Vec<u8> = (0..len).map(|i| (i / 7) as u8 & mask).collect();
                round_trip(literal, &stripes);
            }
        }
    }

    #[test]
    fn codes_without_a_meaning_are_refused() {
        // Clear, then the first free code at once.
        let mut decoder = Decoder::new(Order::Gif, 2).unwrap();
        let result = decoder.push(&[0b0011_0100], &mut Vec::new(), 10);
        assert!(matches!(result, Err(FormatError::Invalid { .. })));
        // Nothing behind the end is looked at.
        let (mut decoder, mut output) = (Decoder::new(Order::Gif, 2).unwrap(), Vec::new());
        for _ in 0..9 {
            decoder.push(&[0b0010_1100, 0xFF], &mut output, 10).unwrap();
        }
        assert!(output.is_empty());
        assert!(Decoder::new(Order::Gif, 0).is_err() && Decoder::new(Order::Gif, 12).is_err());
    }
}
