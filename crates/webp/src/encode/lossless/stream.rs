//! Sequences as the symbols of the file, with the cache of colours.

use super::matches::Sequence;
use super::symbols::{distance_code, prefix};

/// A symbol, as the file has it.
#[derive(Clone, Copy)]
pub(super) enum Symbol {
    Literal([u8; 4]),
    /// A place in the cache.
    Cached(usize),
    /// Length and distance: their symbols, extra bits and how many.
    Copy((usize, u32, u32), (usize, u32, u32)),
}

/// Recent colours by their hash; RFC 9649, section 3.6.2.3.
pub(super) struct Cache {
    colours: Vec<[u8; 4]>,
    bits: u32,
}

impl Cache {
    /// Of 2 to the `bits`; without bits it is never asked.
    pub(super) fn new(bits: u32) -> Self {
        Self { colours: vec![[0; 4]; 1 << bits], bits }
    }

    /// Where a colour belongs.
    #[inline(always)]
    pub(super) fn place(&self, pixel: [u8; 4]) -> usize {
        (u32::from_le_bytes(pixel).wrapping_mul(0x1E35_A7BD) >> (32 - self.bits)) as usize
    }

    /// Puts a colour in, and says whether it was there already.
    #[inline(always)]
    pub(super) fn insert(&mut self, pixel: [u8; 4], place: usize) -> bool {
        core::mem::replace(&mut self.colours[place], pixel) == pixel
    }
}

/// Calls for every symbol, with the pixel at which it begins.
#[inline(always)]
pub(super) fn for_each<E>(
    pixels: &[[u8; 4]],
    width: usize,
    sequences: &[Sequence],
    cache_bits: u32,
    mut visit: impl FnMut(usize, Symbol) -> Result<(), E>,
) -> Result<(), E> {
    let mut cache = Cache::new(cache_bits);
    let mut at = 0;
    for sequence in sequences {
        let end = at + sequence.literals as usize;
        for (i, &pixel) in pixels[at..end].iter().enumerate() {
            let mut symbol = Symbol::Literal(pixel);
            if cache_bits > 0 {
                let place = cache.place(pixel);
                if cache.insert(pixel, place) {
                    symbol = Symbol::Cached(place);
                }
            }
            visit(at + i, symbol)?;
        }
        at = end;
        if sequence.length > 0 {
            let code = distance_code(sequence.distance as usize, width);
            visit(at, Symbol::Copy(prefix(sequence.length), prefix(code)))?;
            let end = at + sequence.length as usize;
            if cache_bits > 0 {
                for &pixel in &pixels[at..end] {
                    let place = cache.place(pixel);
                    cache.insert(pixel, place);
                }
            }
            at = end;
        }
    }
    Ok(())
}
