//! Blocks to symbols (T.81, F.1.2).

use bytemill_simd::I16x8;

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
const AC: u32 = 1;

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

    /// Adds a block of quantised coefficients in rows, within the room that was reserved. `code` is 0 or 2.
    #[inline(always)]
    pub(super) fn add(&mut self, code: u32, block: &Block, prediction: &mut i32) {
        let value = i32::from(block[0]);
        self.tokens.push(token(code, 0, value - *prediction));
        *prediction = value;
        let mut order = [0; 64];
        for (target, place) in order.iter_mut().zip(&ZIGZAG) {
            *target = block[usize::from(place & 63)];
        }
        let mut mask = 0_u64;
        for (i, eight) in order.as_chunks::<8>().0.iter().enumerate() {
            mask |= u64::from(I16x8::load(eight).nonzero_mask()) << (8 * i);
        }
        mask &= !1;
        let mut last = 0;
        while mask != 0 {
            let place = mask.trailing_zeros();
            let mut run = place - last - 1;
            while run > 15 {
                self.tokens.push((code | AC) << 24 | 0xF0 << 16);
                run -= 16;
            }
            self.tokens.push(token(code | AC, run, i32::from(order[place as usize & 63])));
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

    /// How often each code has each symbol.
    pub(super) fn frequencies(&self) -> [[u32; 256]; 4] {
        let mut frequencies = [[0; 256]; 4];
        for token in &self.tokens {
            frequencies[(token >> 24) as usize & 3][(token >> 16) as usize & 255] += 1;
        }
        frequencies
    }

    /// Writes the symbols, and forgets them.
    pub(super) fn write(&mut self, codes: &[Code; 4], bits: &mut Bits) -> Result<(), EncodeError> {
        // Not in one go: the limit is checked in between.
        for tokens in self.tokens.chunks(1 << 14) {
            bits.reserve(8 * tokens.len())?;
            for token in tokens {
                let (code, length) = codes[(token >> 24) as usize & 3].of((token >> 16) as u8);
                let size = token >> 16 & 15;
                bits.put(code << size | u64::from(token & 0xFFFF), length + size);
            }
        }
        self.tokens.clear();
        Ok(())
    }
}
