//! Blocks to symbols (T.81, F.1.2).

use super::code::Code;
use super::options::EncodeError;
use super::write::Bits;
use crate::block::{Block, ZIGZAG};

/// A symbol of one of four codes and the bits behind it, as many as its lower four bits say: 16 bits of them, 8 of the
/// symbol, the number of the code.
type Token = u32;

/// Symbols that are not written yet.
#[derive(Default)]
pub(super) struct Tokens {
    tokens: Vec<Token>,
}

/// Number of a code: of DC coefficients, and behind it of AC; 0 for luminance, 2 for chrominance.
pub(super) const AC: u32 = 1;
/// In place of a code: bits alone, as many as the lower four bits of the symbol say.
const RAW: u32 = 4;

#[inline(always)]
fn token(code: u32, run: u32, value: i32) -> Token {
    let size = 32 - value.unsigned_abs().leading_zeros();
    // Below zero: one less, without the bits above its size.
    let bits = (value + (value >> 31)).cast_unsigned() & ((1 << size) - 1);
    code << 24 | run << 20 | size << 16 | bits
}

impl Tokens {
    /// Room for the symbols of `blocks` more: no block has more than 64, and one for its end.
    pub(super) fn reserve(&mut self, blocks: usize) -> Result<(), EncodeError> {
        let count = blocks.saturating_mul(65);
        let bytes = count.saturating_mul(size_of::<Token>());
        self.tokens.try_reserve(count).map_err(|_| EncodeError::OutOfMemory { bytes })
    }

    /// Adds a block of quantised coefficients in rows, within the room that was reserved. `code` is 0 or 2; bits of
    /// `nonzero` stand for places in zigzag order.
    #[inline(always)]
    pub(super) fn add(&mut self, code: u32, block: &Block, nonzero: u64, prediction: &mut i32) {
        let value = i32::from(block[0]);
        self.tokens.push(token(code, 0, value - *prediction));
        *prediction = value;
        let mut mask = nonzero & !1;
        let mut last = 0;
        while mask != 0 {
            let place = mask.trailing_zeros();
            let mut run = place - last - 1;
            while run > 15 {
                self.tokens.push((code | AC) << 24 | 0xF0 << 16);
                run -= 16;
            }
            let value = block[usize::from(ZIGZAG[place as usize & 63] & 63)];
            self.tokens.push(token(code | AC, run, i32::from(value)));
            last = place;
            mask &= mask - 1;
        }
        if last < 63 {
            self.tokens.push((code | AC) << 24);
        }
    }

    /// Adds a block that is flat and as bright as the one before.
    pub(super) fn skip(&mut self, code: u32) {
        self.tokens.extend([token(code, 0, 0), (code | AC) << 24]);
    }

    /// A coefficient or difference behind a run of zeros, at most 15, within the room that was reserved.
    pub(super) fn value(&mut self, code: u32, run: u32, value: i32) {
        self.tokens.push(token(code, run, value));
    }

    /// A symbol without bits.
    pub(super) fn symbol(&mut self, code: u32, symbol: u8) {
        self.tokens.push(code << 24 | u32::from(symbol & 0xF0) << 16);
    }

    /// At most 15 bits alone.
    pub(super) fn raw(&mut self, bits: u32, count: u32) {
        self.tokens.push(RAW << 24 | (count & 15) << 16 | bits & 0xFFFF);
    }

    /// Bits alone, one of each byte.
    pub(super) fn raws(&mut self, bits: &[u8]) {
        for bits in bits.chunks(15) {
            let value = bits.iter().fold(0, |value, bit| value << 1 | u32::from(*bit));
            self.raw(value, bits.len() as u32);
        }
    }

    /// How often each code has each symbol.
    pub(super) fn frequencies(&self) -> [[u32; 256]; 4] {
        let mut frequencies = [[0; 256]; 4];
        for token in &self.tokens {
            if let Some(frequencies) = frequencies.get_mut((token >> 24) as usize) {
                frequencies[(token >> 16) as usize & 255] += 1;
            }
        }
        frequencies
    }

    /// Writes the symbols, and forgets them.
    pub(super) fn write(&mut self, codes: &[Code; 4], bits: &mut Bits) -> Result<(), EncodeError> {
        // Not in one go: the limit is checked in between.
        for tokens in self.tokens.chunks(1 << 14) {
            bits.reserve(8 * tokens.len())?;
            for token in tokens {
                let code = codes.get((token >> 24) as usize);
                let (code, length) = code.map_or((0, 0), |code| code.of((token >> 16) as u8));
                let size = token >> 16 & 15;
                bits.put(code << size | u64::from(token & 0xFFFF), length + size);
            }
        }
        self.tokens.clear();
        Ok(())
    }
}
