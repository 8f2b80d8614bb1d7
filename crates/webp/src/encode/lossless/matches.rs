//! Pixels that repeat: earlier places by hash chains, and the ones next to a pixel by trying.

use super::super::error::{EncodeError, filled};

/// Literal pixels and then a copy of earlier ones.
#[derive(Clone, Copy)]
pub(super) struct Sequence {
    pub(super) literals: u32,
    /// 0 at the end of the image.
    pub(super) length: u32,
    pub(super) distance: u32,
}

/// The longest copy.
pub(super) const MAX_LENGTH: usize = 4096;
/// The farthest distance; RFC 9649, section 3.6.2.2, has symbols for no more.
const MAX_DISTANCE: usize = (1 << 20) - 120;
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

/// Earlier places of pixels.
pub(super) struct Finder<'a> {
    pixels: &'a [[u8; 4]],
    width: usize,
    heads: Vec<u32>,
    chain: Vec<u32>,
    bits: u32,
    /// How many pixels a hash is of.
    span: usize,
    pub(super) search: Search,
}

impl<'a> Finder<'a> {
    /// Hashes are of `span` pixels: copies from afar are at least that long.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub(super) fn new(
        pixels: &'a [[u8; 4]],
        width: usize,
        span: usize,
        search: Search,
    ) -> Result<Self, EncodeError> {
        let bits = (usize::BITS - pixels.len().leading_zeros()).clamp(8, 20);
        Ok(Self {
            pixels,
            width,
            heads: filled(NONE, if search.depth > 0 { 1 << bits } else { 0 })?,
            chain: filled(NONE, if search.depth > 0 { pixels.len() } else { 0 })?,
            bits,
            span,
            search,
        })
    }

    #[inline(always)]
    fn hash(&self, at: usize) -> usize {
        (mix(&self.pixels[at..at + self.span]) >> (32 - self.bits)) as usize
    }

    /// Takes in a place; all of them, one after the other.
    #[inline(always)]
    pub(super) fn insert(&mut self, at: usize) {
        if self.search.depth > 0 && at + self.span <= self.pixels.len() {
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

    /// Calls for copies by distance and length, each longer than those before, but for the first four, which are the
    /// nearest. Gives the longest length.
    /// At most `depth` places are looked at that are farther.
    #[inline(always)]
    pub(super) fn visit(
        &self,
        at: usize,
        depth: u32,
        mut visit: impl FnMut(usize, usize),
    ) -> usize {
        let mut longest = 0;
        for distance in [1, self.width, self.width + 1, self.width - 1] {
            if distance > 0 && distance <= at {
                let length = self.length(at, distance);
                if length > 0 {
                    visit(distance, length);
                }
                longest = longest.max(length);
            }
            if longest >= self.search.enough {
                return longest;
            }
        }
        if depth == 0 || at + self.span > self.pixels.len() {
            return longest;
        }
        let mut candidate = self.heads[self.hash(at)];
        for _ in 0..depth {
            let distance = at.wrapping_sub(candidate as usize);
            if candidate == NONE || distance > MAX_DISTANCE {
                break;
            }
            let end = at + longest;
            if end < self.pixels.len() && self.pixels[end] == self.pixels[end - distance] {
                let length = self.length(at, distance);
                if length > longest {
                    visit(distance, length);
                    longest = length;
                    if longest >= self.search.enough {
                        break;
                    }
                }
            }
            candidate = self.chain[candidate as usize];
        }
        longest
    }
}

/// Whether groups of pixels return at all that a search would find, and that are `worth` it by where they begin: of
/// one in sixteen, chosen by what they are, more than a fiftieth. In a photograph they do not, and the search would
/// take most of the time.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn returns(
    pixels: &[[u8; 4]],
    span: usize,
    worth: impl Fn(usize) -> bool,
) -> Result<bool, EncodeError> {
    const BITS: u32 = 14;
    let mut table = filled(0_u32, 1 << BITS)?;
    let (mut sampled, mut known) = (0_u32, 0_u32);
    let mut last = 0;
    for (at, group) in pixels.windows(span).enumerate() {
        let hash = mix(group);
        // A run is found without a search.
        if hash >> 28 > 0 || hash == last || !worth(at) {
            continue;
        }
        last = hash;
        sampled += 1;
        let entry = &mut table[(hash & ((1 << BITS) - 1)) as usize];
        known += u32::from(*entry == hash);
        *entry = hash;
    }
    Ok(known > sampled / 50)
}

/// A hash of pixels.
#[inline(always)]
fn mix(pixels: &[[u8; 4]]) -> u32 {
    let mut hash = 0_u32;
    for &pixel in pixels {
        hash = (hash ^ u32::from_le_bytes(pixel)).wrapping_mul(0x9E37_79B1).rotate_left(15);
    }
    hash.wrapping_mul(0x85EB_CA6B)
}

/// Sequences of an image that is gone through from its first pixel to its last.
pub(super) struct Sequences {
    all: Vec<Sequence>,
    /// Where the literals begin that are not in a sequence yet.
    start: usize,
}

impl Sequences {
    pub(super) fn new() -> Self {
        Self { all: Vec::new(), start: 0 }
    }

    /// Appends a copy, and the pixels before it as literals.
    pub(super) fn push(
        &mut self,
        at: usize,
        length: usize,
        distance: usize,
    ) -> Result<(), EncodeError> {
        let bytes = size_of::<Sequence>();
        self.all.try_reserve(1).map_err(|_| EncodeError::OutOfMemory { bytes })?;
        self.all.push(Sequence {
            literals: (at - self.start) as u32,
            length: length as u32,
            distance: distance as u32,
        });
        self.start = at + length;
        Ok(())
    }

    /// Ends an image of so many pixels.
    pub(super) fn finish(mut self, pixels: usize) -> Result<Vec<Sequence>, EncodeError> {
        self.push(pixels, 0, 0)?;
        Ok(self.all)
    }
}
