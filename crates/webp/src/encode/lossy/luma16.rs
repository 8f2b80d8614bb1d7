//! Luma as one block of 16x16 pixels: the mode, and the levels with the DC coefficients apart.

use bytemill_simd::I16x8;

use super::choice::{Block, Candidate, NO_BLOCK, Neighbours, Tools, cost_of};
use super::cost::Kind;
use super::distortion::{measure, texture_change};
use super::macroblock::{Surroundings, rebuild};
use super::quantise::{scan, to_array, to_vectors};
use super::transform::{Vectors, forward_dc, inverse, inverse_dc};

/// How luma is coded.
pub(super) struct Luma16 {
    pub(super) mode: u8,
    pub(super) dc: Block,
    pub(super) blocks: [Block; 16],
    pub(super) pixels: [u8; 256],
    /// In 256ths of a bit, the mode's among them.
    pub(super) rate: u32,
    pub(super) distortion: u64,
}

/// Levels, and what they stand for.
struct Coded {
    dc: Block,
    blocks: [Block; 16],
    values: [Vectors; 16],
    rate: u32,
    distortion: u64,
}

/// Where the DC coefficient of a block goes, column by column.
fn column_first(block: usize) -> usize {
    (block & 3) * 4 + (block >> 2)
}

fn code(
    tools: &Tools,
    source: &[Vectors; 16],
    coefficients: &[Vectors; 16],
    neighbours: [Neighbours; 2],
    by_trellis: bool,
) -> Coded {
    let segment = tools.segment;
    let mut all = coefficients.map(to_array);
    let mut dc = [0; 16];
    for (block, coefficients) in all.iter_mut().enumerate() {
        dc[column_first(block)] = i32::from(coefficients[0]);
        coefficients[0] = 0;
    }
    let (levels, values) = segment.dc.quantise(to_vectors(&forward_dc(&dc)));
    let dc_block: Block = scan(levels);
    let means = inverse_dc(&to_array(values).map(i32::from));

    let [mut above, mut left] = neighbours.map(|neighbours| neighbours.y);
    let context = usize::from(neighbours[0].dc + neighbours[1].dc);
    let mut coded = Coded {
        dc: dc_block,
        blocks: [NO_BLOCK; 16],
        values: [[I16x8::splat(0); 2]; 16],
        rate: tools.costs.block(Kind::Dc, context, &dc_block.0, dc_block.1),
        distortion: 0,
    };
    let (mut error, mut texture) = (0_u64, 0_u64);
    for block in 0..16 {
        let (x, y) = (block & 3, block >> 2);
        let context = usize::from(above[x] + left[y]);
        let ac = to_vectors(&all[block]);
        let (levels, values) = tools.levels(ac, &segment.luma, Kind::LumaAc, context, by_trellis);
        let nonzero = u8::from(levels.1 > 0);
        (above[x], left[y]) = (nonzero, nonzero);
        coded.rate += tools.costs.block(Kind::LumaAc, context, &levels.0, levels.1);
        let mean = means[column_first(block)];
        let mut with_mean = to_array(values);
        with_mean[0] = mean;
        let values = to_vectors(&with_mean);
        let lost: Vectors = core::array::from_fn(|i| coefficients[block][i].sub(values[i]));
        let sums = measure(source[block], lost);
        error += u64::from(sums.error);
        texture += u64::from(texture_change(tools.texture[block], sums.texture));
        coded.blocks[block] = levels;
        coded.values[block] = values;
    }
    coded.distortion = tools.distortion(error, texture);
    coded
}

/// Finds the best mode; `source` are the coefficients of the source itself.
pub(super) fn choose(
    tools: &Tools,
    pixels: &[u8; 256],
    source: &[Vectors; 16],
    around: &Surroundings,
    neighbours: [Neighbours; 2],
) -> Luma16 {
    let candidates: [Candidate<256, 16>; 4] = core::array::from_fn(|mode| {
        let predict = |to: &mut [u8; 256]| around.y.predict(mode as u8, to);
        Candidate::new(tools, pixels, mode as u8, &tools.modes.luma, predict)
    });
    let attempt = |candidate: &Candidate<256, 16>| {
        let mut coded = code(tools, source, &candidate.coefficients, neighbours, false);
        coded.rate += u32::from(tools.modes.luma[usize::from(candidate.mode)]);
        coded
    };
    let order = tools.order(candidates.each_ref().map(|candidate| candidate.rank));
    let lambda = tools.segment.lambda.luma;
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
        coded = code(tools, source, coefficients, neighbours, true);
        coded.rate += u32::from(tools.modes.luma[usize::from(mode)]);
    }
    for pair in 0..8 {
        let values = [coded.values[2 * pair], coded.values[2 * pair + 1]];
        rebuild(&mut pixels, pair, inverse(values));
    }
    Luma16 {
        mode,
        dc: coded.dc,
        blocks: coded.blocks,
        pixels,
        rate: coded.rate,
        distortion: coded.distortion,
    }
}
