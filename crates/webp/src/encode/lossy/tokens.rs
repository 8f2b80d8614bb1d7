//! Levels on their way to the file: kept until the probabilities are known, counted, written. RFC 6386, section 13.

use super::super::error::{EncodeError, reserve};
use super::bool_writer::BoolWriter;
use super::choice::Block;
use super::cost::{Kind, bit_cost, token};
use super::tables::{BANDS, CATEGORIES, EXTRA_BITS};
use crate::vp8::{DEFAULT, Probabilities, UPDATES};

/// How many branches have a probability.
const BRANCHES: usize = 4 * 8 * 3 * 11;

/// Who looks at the bits of levels.
trait Visitor {
    /// A bit whose probability has this place.
    fn branch(&mut self, bit: bool, place: usize);
    /// A bit of a probability that never changes.
    fn fixed(&mut self, bit: bool, probability: u8);
}

/// The bits of a large level after the first two, as far as branches go. Gives the probabilities of what follows them.
fn large(level: usize, at: usize, visitor: &mut impl Visitor) {
    if level < 5 {
        visitor.branch(false, at + 3);
        visitor.branch(level > 2, at + 4);
        if level > 2 {
            visitor.branch(level == 4, at + 5);
        }
        return;
    }
    let category = token(level) - 5;
    visitor.branch(true, at + 3);
    visitor.branch(category > 1, at + 6);
    if category < 2 {
        visitor.branch(category == 1, at + 7);
    } else {
        visitor.branch(category > 3, at + 8);
        visitor.branch(category & 1 == 1, at + if category < 4 { 9 } else { 10 });
    }
    let bits = EXTRA_BITS[category];
    let rest = level - usize::from(CATEGORIES[category]);
    for (i, &probability) in bits.iter().enumerate() {
        visitor.fixed(rest >> (bits.len() - 1 - i) & 1 == 1, probability);
    }
}

fn walk(kind: Kind, context: usize, levels: &[i16], visitor: &mut impl Visitor) {
    let place =
        |n: usize, context: usize| ((kind as usize * 8 + usize::from(BANDS[n])) * 3 + context) * 11;
    let first = kind.first();
    let mut at = place(first, context);
    visitor.branch(levels.len() > first, at);
    for (n, &level) in levels.iter().enumerate().skip(first) {
        let size = usize::from(level.unsigned_abs());
        visitor.branch(size > 0, at + 1);
        if size > 0 {
            visitor.branch(size > 1, at + 2);
            if size > 1 {
                large(size, at, visitor);
            }
            visitor.fixed(level < 0, 128);
        }
        at = place(n + 1, size.min(2));
        if size > 0 && n < 15 {
            visitor.branch(n + 1 < levels.len(), at);
        }
    }
}

/// How often branches are taken.
pub(super) struct Statistics(Vec<[u32; 2]>);

impl Visitor for Statistics {
    #[inline(always)]
    fn branch(&mut self, bit: bool, place: usize) {
        self.0[place][usize::from(bit)] += 1;
    }

    fn fixed(&mut self, _: bool, _: u8) {}
}

impl Statistics {
    pub(super) fn new() -> Self {
        Self(vec![[0; 2]; BRANCHES])
    }

    /// The probabilities of the least cost: those that hold anyway, where others do not pay for being sent.
    pub(super) fn probabilities(&self) -> Probabilities {
        let mut probabilities = DEFAULT;
        let all = probabilities.as_flattened_mut().as_flattened_mut().as_flattened_mut();
        let updates = UPDATES.as_flattened().as_flattened().as_flattened();
        for ((probability, &update), &[zeros, ones]) in all.iter_mut().zip(updates).zip(&self.0) {
            let (zeros, ones) = (u64::from(zeros), u64::from(ones));
            if zeros + ones == 0 {
                continue;
            }
            let new = (255 - ones * 255 / (zeros + ones)).max(1) as u8;
            let cost = |probability: u8| {
                zeros * u64::from(bit_cost(false, probability))
                    + ones * u64::from(bit_cost(true, probability))
            };
            let stay = cost(*probability) + u64::from(bit_cost(false, update));
            if cost(new) + u64::from(bit_cost(true, update)) + 8 * 256 < stay {
                *probability = new;
            }
        }
        probabilities
    }
}

struct Writer<'a> {
    to: &'a mut BoolWriter,
    probabilities: &'a [u8],
}

impl Visitor for Writer<'_> {
    #[inline(always)]
    fn branch(&mut self, bit: bool, place: usize) {
        self.to.put(bit, self.probabilities[place]);
    }

    #[inline(always)]
    fn fixed(&mut self, bit: bool, probability: u8) {
        self.to.put(bit, probability);
    }
}

/// Blocks in the order of the file: for each its kind and context in one byte, how many levels in another, and a byte
/// or three a level.
pub(super) struct Tokens {
    bytes: Vec<u8>,
    pub(super) statistics: Statistics,
}

/// Stands before a level of two bytes.
const WIDE: u8 = 0x80;

impl Tokens {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), statistics: Statistics::new() }
    }

    /// Makes room for the blocks of `macroblocks` macroblocks at their largest.
    pub(super) fn reserve(&mut self, macroblocks: usize) -> Result<(), EncodeError> {
        reserve(&mut self.bytes, macroblocks * 25 * (2 + 3 * 16))
    }

    pub(super) fn push(&mut self, kind: Kind, context: usize, block: &Block) {
        let levels = &block.0[..block.1];
        walk(kind, context, levels, &mut self.statistics);
        self.bytes.push((kind as usize * 3 + context) as u8);
        self.bytes.push(levels.len() as u8);
        for &level in levels {
            let narrow = level.cast_unsigned() as u8;
            if i16::from(narrow.cast_signed()) == level && narrow != WIDE {
                self.bytes.push(narrow);
            } else {
                self.bytes.push(WIDE);
                self.bytes.extend(level.to_le_bytes());
            }
        }
    }

    /// Writes all blocks.
    ///
    /// # Errors
    ///
    /// [`EncodeError::TooLarge`].
    pub(super) fn write(
        &self,
        probabilities: &Probabilities,
        limit: u64,
    ) -> Result<Vec<u8>, EncodeError> {
        let mut to = BoolWriter::new();
        let probabilities = probabilities.as_flattened().as_flattened().as_flattened();
        let mut bytes = self.bytes.iter().copied();
        while let (Some(head), Some(count)) = (bytes.next(), bytes.next()) {
            let mut levels = [0; 16];
            for level in &mut levels[..usize::from(count)] {
                let narrow = bytes.next().unwrap_or(0);
                *level = if narrow == WIDE {
                    i16::from_le_bytes([bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)])
                } else {
                    i16::from(narrow.cast_signed())
                };
            }
            let kind = match head / 3 {
                0 => Kind::LumaAc,
                1 => Kind::Dc,
                2 => Kind::Chroma,
                _ => Kind::Luma,
            };
            to.check(limit)?;
            let levels = &levels[..usize::from(count)];
            walk(kind, usize::from(head % 3), levels, &mut Writer { to: &mut to, probabilities });
        }
        Ok(to.finish())
    }
}
