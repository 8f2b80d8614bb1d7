//! What the choices between modes share.

use bytemill_simd::I16x8;

use super::cost::{CostTable, Kind};
use super::distortion::magnitude;
use super::macroblock::difference;
use super::quantise::{Quantiser, scan, to_vectors};
use super::segments::Segment;
use super::tables::SCAN;
use super::transform::Vectors;
use super::trees::ModeCosts;
use super::trellis::trellis;

/// Levels in the order of the file, and where they end.
pub(super) type Block = ([i16; 16], usize);

pub(super) const NO_BLOCK: Block = ([0; 16], 0);

/// What a macroblock leaves for the one below it or to the right of it.
#[derive(Clone, Copy, Default)]
pub(super) struct Neighbours {
    /// Whether the blocks of its edge have coefficients.
    pub(super) y: [u8; 4],
    /// Two of each plane.
    pub(super) uv: [u8; 4],
    pub(super) dc: u8,
    /// Modes of the blocks of its edge.
    pub(super) modes: [u8; 4],
}

/// How a macroblock's choices are made.
pub(super) struct Tools<'a> {
    pub(super) segment: &'a Segment,
    pub(super) costs: &'a CostTable,
    pub(super) modes: &'a ModeCosts,
    /// Texture of the source's blocks.
    pub(super) texture: [u32; 16],
    /// Whether there is no mode but DC prediction.
    pub(super) plain: bool,
    /// How many modes of 16x16 blocks and of chroma are measured.
    pub(super) tried16: usize,
    /// How many modes of 4x4 blocks are measured.
    pub(super) tried: usize,
    /// Whether levels are chosen by what they cost.
    pub(super) trellis: bool,
    /// What modes of 4x4 blocks may cost together, in 256ths of a bit.
    pub(super) mode_limit: u32,
}

/// A mode of luma or chroma as a whole, of `P` pixels in `B` blocks.
pub(super) struct Candidate<const P: usize, const B: usize> {
    pub(super) mode: u8,
    pub(super) prediction: [u8; P],
    /// Pair by pair.
    pub(super) coefficients: [Vectors; B],
    /// What the coefficients and the mode may cost: the less, the better.
    pub(super) rank: u32,
}

impl<const P: usize, const B: usize> Candidate<P, B> {
    pub(super) fn new(
        tools: &Tools,
        pixels: &[u8; P],
        mode: u8,
        costs: &[u16],
        predict: impl Fn(&mut [u8; P]),
    ) -> Self {
        let mut prediction = [0; P];
        predict(&mut prediction);
        let mut coefficients = [[I16x8::splat(0); 2]; B];
        let mut sum = 0;
        for (pair, blocks) in coefficients.chunks_exact_mut(2).enumerate() {
            let both = difference(pixels, &prediction, pair);
            blocks.copy_from_slice(&both);
            let [a, b] = magnitude(both);
            sum += a + b;
        }
        let rank = tools.rank(sum, costs[usize::from(mode)]);
        Self { mode, prediction, coefficients, rank }
    }
}

/// Rate and distortion as one number.
#[inline(always)]
pub(super) fn cost_of(rate: u32, distortion: u64, lambda: u64) -> u64 {
    lambda * u64::from(rate) + 256 * distortion
}

impl Tools<'_> {
    /// What a sum of coefficients and a mode may cost. A step is taken for 1.7 bits.
    #[inline(always)]
    pub(super) fn rank(&self, magnitude: u32, mode_cost: u16) -> u32 {
        435 * magnitude + self.segment.luma.mean().cast_unsigned() * u32::from(mode_cost)
    }

    /// Modes by their rank; DC prediction first where there is no other.
    pub(super) fn order(&self, ranks: [u32; 4]) -> [usize; 4] {
        let mut order = [0, 1, 2, 3];
        for place in 0..if self.plain { 0 } else { 3 } {
            let best = (place..4).min_by_key(|&i| (ranks[order[i]], order[i])).unwrap_or(place);
            order.swap(place, best);
        }
        order
    }

    /// Levels of a block, and the coefficients that they stand for.
    #[inline(always)]
    pub(super) fn levels(
        &self,
        coefficients: Vectors,
        quantiser: &Quantiser,
        kind: Kind,
        context: usize,
        by_trellis: bool,
    ) -> (Block, Vectors) {
        if !by_trellis {
            let (levels, values) = quantiser.quantise(coefficients);
            return (scan(levels), values);
        }
        let lambda = &self.segment.lambda;
        let lambda = if kind == Kind::Chroma { lambda.chroma_levels } else { lambda.levels };
        let block = trellis(coefficients, quantiser, self.costs, kind, context, lambda);
        let mut by_column = [0; 16];
        for (place, level) in SCAN.into_iter().zip(block.0) {
            by_column[usize::from(place)] = level;
        }
        (block, quantiser.values(to_vectors(&by_column)))
    }

    /// Distortion by the squared error of coefficients and by how much the texture changes.
    #[inline(always)]
    pub(super) fn distortion(&self, error: u64, change: u64) -> u64 {
        (error >> 2) + ((self.segment.lambda.texture * change + 128) >> 8)
    }
}
