//! Chroma: one mode for both planes of 8x8 pixels.

use bytemill_simd::I16x8;

use super::choice::{Block, Candidate, NO_BLOCK, Neighbours, Tools, cost_of};
use super::cost::Kind;
use super::macroblock::{Surroundings, rebuild};
use super::transform::{Vectors, inverse};

/// How chroma is coded.
pub(super) struct Chroma {
    pub(super) mode: u8,
    /// Four of each plane.
    pub(super) blocks: [Block; 8],
    pub(super) pixels: [u8; 128],
}

struct Coded {
    blocks: [Block; 8],
    values: [Vectors; 8],
    rate: u32,
    distortion: u64,
}

/// `coefficients` lie as the pairs of [`difference`] do: two blocks of the first plane, two of the second, and on.
fn code(
    tools: &Tools,
    coefficients: &[Vectors; 8],
    neighbours: [Neighbours; 2],
    by_trellis: bool,
) -> Coded {
    let quantiser = &tools.segment.chroma;
    let [mut above, mut left] = neighbours.map(|neighbours| neighbours.uv);
    let mut coded =
        Coded { blocks: [NO_BLOCK; 8], values: [[I16x8::splat(0); 2]; 8], rate: 0, distortion: 0 };
    for block in 0..8 {
        let (plane, y, x) = (block >> 2, block >> 1 & 1, block & 1);
        let at = 4 * y + 2 * plane + x;
        let context = usize::from(above[2 * plane + x] + left[2 * plane + y]);
        let (levels, values) =
            tools.levels(coefficients[at], quantiser, Kind::Chroma, context, by_trellis);
        let nonzero = u8::from(levels.1 > 0);
        (above[2 * plane + x], left[2 * plane + y]) = (nonzero, nonzero);
        coded.rate += tools.costs.block(Kind::Chroma, context, &levels.0, levels.1);
        let [a, b]: Vectors = core::array::from_fn(|i| coefficients[at][i].sub(values[i]));
        let error = a.dot(a).add(b.dot(b)).to_array();
        coded.distortion += error.iter().map(|&sum| u64::from(sum.cast_unsigned())).sum::<u64>();
        coded.blocks[block] = levels;
        coded.values[at] = values;
    }
    coded.distortion = tools.distortion(coded.distortion, 0);
    coded
}

/// Finds the best mode.
pub(super) fn choose(
    tools: &Tools,
    pixels: &[u8; 128],
    around: &Surroundings,
    neighbours: [Neighbours; 2],
) -> Chroma {
    let candidates: [Candidate<128, 8>; 4] = core::array::from_fn(|mode| {
        let predict = |to: &mut [u8; 128]| {
            around.u.predict(mode as u8, to);
            around.v.predict(mode as u8, &mut to[8..]);
        };
        Candidate::new(tools, pixels, mode as u8, &tools.modes.chroma, predict)
    });
    let attempt = |candidate: &Candidate<128, 8>| {
        let mut coded = code(tools, &candidate.coefficients, neighbours, false);
        coded.rate += u32::from(tools.modes.chroma[usize::from(candidate.mode)]);
        coded
    };
    let order = tools.order(candidates.each_ref().map(|candidate| candidate.rank));
    let lambda = tools.segment.lambda.chroma;
    let score = |coded: &Coded| cost_of(coded.rate, coded.distortion, lambda);
    let mut best = &candidates[order[0]];
    let mut coded = attempt(best);
    for &i in &order[1..tools.tried16] {
        let new = attempt(&candidates[i]);
        if score(&new) < score(&coded) {
            (best, coded) = (&candidates[i], new);
        }
    }
    let Candidate { mode, prediction: mut pixels, ref coefficients, .. } = *best;
    if tools.trellis {
        coded = code(tools, coefficients, neighbours, true);
    }
    for pair in 0..4 {
        let values = [coded.values[2 * pair], coded.values[2 * pair + 1]];
        rebuild(&mut pixels, pair, inverse(values));
    }
    Chroma { mode, blocks: coded.blocks, pixels }
}
