//! Pixels that repeat: what comes before by hash chains, what is above or to the left by trying, and a choice by what either costs.

use super::super::error::{EncodeError, filled};
use super::logarithm::log;
use super::symbols::{distance_code, prefix};

/// Literal pixels and then a copy of earlier ones.
#[derive(Clone, Copy)]
pub(super) struct Sequence {
    pub(super) literals: u32,
    /// 0 at the end of the image.
    pub(super) length: u32,
    pub(super) distance: u32,
}

/// The longest copy.
const MAX_LENGTH: usize = 4096;
/// The farthest distance; section 3.6.2.2 has symbols for no more.
const MAX_DISTANCE: usize = (1 << 20) - 120;
/// What a copy costs at least, in 16ths of a bit.
const CHEAPEST: u32 = 16 * 11;
/// No place.
const NONE: u32 = u32::MAX;

/// How pixels are searched.
#[derive(Clone, Copy)]
pub(super) struct Search {
    /// How many earlier places are looked at.
    pub(super) depth: u32,
    /// A copy that long is taken at once.
    pub(super) enough: usize,
}

/// What literals cost, in 16ths of a bit, summed up from the first pixel on; sums wrap.
fn literal_costs(pixels: &[[u8; 4]]) -> Result<Vec<u32>, EncodeError> {
    let mut counts = [[0_u32; 256]; 4];
    for pixel in pixels {
        for (counts, &value) in counts.iter_mut().zip(pixel) {
            counts[usize::from(value)] += 1;
        }
    }
    let total = log(pixels.len() as u32);
    let costs = counts.map(|counts| counts.map(|count| (total - log(count).min(total)) >> 4));
    let mut sums = filled(0_u32, pixels.len() + 1)?;
    let mut sum = 0_u32;
    for (to, pixel) in sums[1..].iter_mut().zip(pixels) {
        for (costs, &value) in costs.iter().zip(pixel) {
            sum = sum.wrapping_add(costs[usize::from(value)]);
        }
        *to = sum;
    }
    Ok(sums)
}

struct Finder<'a> {
    pixels: &'a [[u8; 4]],
    width: usize,
    heads: Vec<u32>,
    chain: Vec<u32>,
    bits: u32,
    costs: Vec<u32>,
    search: Search,
}

/// A copy and how much less it costs than its pixels as literals.
#[derive(Clone, Copy, Default)]
struct Copy {
    gain: i64,
    length: usize,
    distance: usize,
    /// Of all that were looked at, whatever their gain.
    longest: usize,
}

impl Finder<'_> {
    /// The hash of two pixels.
    #[inline(always)]
    fn hash(&self, at: usize) -> usize {
        let word = |at: usize| u32::from_le_bytes(self.pixels[at]);
        let mixed = word(at).wrapping_mul(0x9E37_79B1) ^ word(at + 1).wrapping_mul(0x85EB_CA6B);
        ((mixed ^ mixed >> 15).wrapping_mul(0x2C1B_3C6D) >> (32 - self.bits)) as usize
    }

    #[inline(always)]
    fn insert(&mut self, at: usize) {
        if at + 1 < self.pixels.len() {
            let hash = self.hash(at);
            self.chain[at] = self.heads[hash];
            self.heads[hash] = at as u32;
        }
    }

    #[inline(always)]
    fn length(&self, at: usize, distance: usize) -> usize {
        let from = &self.pixels[at - distance..];
        let to = &self.pixels[at..];
        to.iter().zip(from).take(MAX_LENGTH).take_while(|(a, b)| a == b).count()
    }

    #[inline(always)]
    fn consider(&self, at: usize, distance: usize, best: &mut Copy) {
        if distance > at || self.pixels[at] != self.pixels[at - distance] {
            return;
        }
        if best.longest > 0 {
            let last = at + best.longest;
            if last >= self.pixels.len() || self.pixels[last] != self.pixels[last - distance] {
                return;
            }
        }
        let length = self.length(at, distance);
        if length <= best.longest {
            return;
        }
        best.longest = length;
        let saved = self.costs[at + length].wrapping_sub(self.costs[at]);
        let code = distance_code(distance, self.width);
        // About as many bits for symbols as they take in most images.
        let near = if code <= 8 { 4 } else { 6 };
        let price = 16 * (7 + near + prefix(length as u32).2 + prefix(code).2);
        let gain = i64::from(saved) - i64::from(price);
        if gain > best.gain {
            *best = Copy { gain, length, distance, longest: length };
        }
    }

    /// The copy with the largest gain.
    fn find(&self, at: usize) -> Copy {
        let mut best = Copy::default();
        // Where literals cost next to nothing, no copy is worth a search.
        let end = (at + MAX_LENGTH).min(self.pixels.len());
        if at + 1 >= end || self.costs[end].wrapping_sub(self.costs[at]) < CHEAPEST {
            return best;
        }
        self.consider(at, 1, &mut best);
        self.consider(at, self.width, &mut best);
        if best.longest >= self.search.enough {
            return best;
        }
        let mut candidate = self.heads[self.hash(at)];
        for _ in 0..self.search.depth {
            if candidate == NONE || at - candidate as usize > MAX_DISTANCE {
                break;
            }
            self.consider(at, at - candidate as usize, &mut best);
            if best.longest >= self.search.enough {
                break;
            }
            candidate = self.chain[candidate as usize];
        }
        best
    }
}

/// Splits pixels into literals and copies.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn sequences(
    pixels: &[[u8; 4]],
    width: usize,
    search: Search,
) -> Result<Vec<Sequence>, EncodeError> {
    let bits = (usize::BITS - pixels.len().leading_zeros()).clamp(8, 18);
    let mut finder = Finder {
        pixels,
        width,
        heads: filled(NONE, 1 << bits)?,
        chain: filled(NONE, pixels.len())?,
        bits,
        costs: literal_costs(pixels)?,
        search,
    };
    let mut sequences = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut next = None;
    while at < pixels.len() {
        let copy = next.take().unwrap_or_else(|| finder.find(at));
        finder.insert(at);
        if copy.length == 0 {
            at += 1;
            continue;
        }
        if copy.length < finder.search.enough && at + 1 < pixels.len() {
            let later = finder.find(at + 1);
            if later.gain > copy.gain {
                next = Some(later);
                at += 1;
                continue;
            }
        }
        sequences.try_reserve(1).map_err(|_| EncodeError::OutOfMemory { bytes: pixels.len() })?;
        sequences.push(Sequence {
            literals: (at - start) as u32,
            length: copy.length as u32,
            distance: copy.distance as u32,
        });
        (at + 1..at + copy.length).for_each(|inside| finder.insert(inside));
        at += copy.length;
        start = at;
    }
    sequences.try_reserve(1).map_err(|_| EncodeError::OutOfMemory { bytes: pixels.len() })?;
    sequences.push(Sequence { literals: (pixels.len() - start) as u32, length: 0, distance: 0 });
    Ok(sequences)
}
