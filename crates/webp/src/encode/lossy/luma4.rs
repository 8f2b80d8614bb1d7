//! Luma as sixteen blocks of 4x4 pixels, each with a mode of its own.

use bytemill_simd::I16x8;

use super::choice::{Block, NO_BLOCK, Neighbours, Tools, cost_of};
use super::cost::Kind;
use super::distortion::{magnitude, measure, texture_change};
use super::macroblock::Surroundings;
use super::predict::{BLOCK_MODES, Pair, predict_block};
use super::transform::{Rows, Vectors, forward, inverse};
use super::trees::BLOCKS;

/// How luma is coded.
pub(super) struct Luma4 {
    pub(super) modes: [u8; 16],
    pub(super) blocks: [Block; 16],
    pub(super) pixels: [u8; 256],
}

/// Distance of the rows of [`Canvas`].
const STRIDE: usize = 32;

/// Reconstructed pixels with what surrounds them: a row above, from the corner to the four pixels above and to the
/// right, and a column to the left.
struct Canvas([u8; 17 * STRIDE]);

impl Canvas {
    fn new(around: &Surroundings) -> Self {
        let mut canvas = [0; 17 * STRIDE];
        canvas[0] = around.y.corner;
        canvas[1..17].copy_from_slice(&around.y.above);
        canvas[17..21].copy_from_slice(&around.right);
        for (row, left) in canvas.chunks_exact_mut(STRIDE).skip(1).zip(around.y.left) {
            row[0] = left;
        }
        Self(canvas)
    }

    /// What surrounds a block; to the right of the macroblock, all have the pixels above it (section 12.3).
    #[inline(always)]
    fn edge(&self, x: usize, y: usize) -> [u8; 13] {
        let at = |row: usize, column: usize| self.0[row * STRIDE + column];
        let (top, left) = (4 * y, 4 * x);
        let mut edge = [0; 13];
        for (i, pixel) in edge[..5].iter_mut().enumerate() {
            *pixel = at(top + 4 - i, left);
        }
        edge[5..9].copy_from_slice(&self.0[top * STRIDE + left + 1..][..4]);
        let right = if x == 3 { 17 } else { top * STRIDE + left + 5 };
        edge[9..].copy_from_slice(&self.0[right..][..4]);
        edge
    }

    #[inline(always)]
    fn store(&mut self, x: usize, y: usize, rows: Rows, prediction: &Pair, half: usize) {
        for (i, (row, prediction)) in rows.into_iter().zip(prediction).enumerate() {
            let prediction = I16x8::load_u8(prediction);
            let prediction = if half == 0 { prediction } else { prediction.join_high(prediction) };
            let row = prediction.add(row);
            let at = (4 * y + 1 + i) * STRIDE + 4 * x + 1;
            self.0[at..at + 4].copy_from_slice(&row.narrow(row).halves()[0][..4]);
        }
    }

    fn pixels(&self) -> [u8; 256] {
        let mut pixels = [0; 256];
        let rows = self.0.chunks_exact(STRIDE).skip(1);
        for (to, from) in pixels.chunks_exact_mut(16).zip(rows) {
            to.copy_from_slice(&from[1..17]);
        }
        pixels
    }
}

/// A mode with its coefficients.
#[derive(Clone, Copy)]
struct Candidate {
    mode: u8,
    coefficients: Vectors,
    rank: u32,
}

/// The source's rows of a block, twice side by side.
#[inline(always)]
fn twice(pixels: &[u8; 256], x: usize, y: usize) -> Rows {
    core::array::from_fn(|row| {
        let at = (4 * y + row) * 16 + 4 * x;
        let mut both = [0; 8];
        both[..4].copy_from_slice(&pixels[at..at + 4]);
        both[4..].copy_from_slice(&pixels[at..at + 4]);
        I16x8::load_u8(&both)
    })
}

/// Ranks all modes by what their coefficients may cost, and puts the best ones first.
#[inline(always)]
fn rank(
    tools: &Tools,
    source: Rows,
    predictions: &[Pair; 5],
    mode_costs: &[u16; 10],
) -> [Candidate; BLOCK_MODES] {
    let none = Candidate { mode: 0, coefficients: [I16x8::splat(0); 2], rank: u32::MAX };
    let mut candidates = [none; BLOCK_MODES];
    for (i, prediction) in predictions.iter().enumerate() {
        let rows = core::array::from_fn(|y| source[y].sub(I16x8::load_u8(&prediction[y])));
        let coefficients = forward(rows);
        let magnitudes = magnitude(coefficients);
        for half in 0..2 {
            let mode = 2 * i + half;
            candidates[mode] = Candidate {
                mode: mode as u8,
                coefficients: coefficients[half],
                rank: tools.rank(magnitudes[half], mode_costs[mode]),
            };
        }
    }
    for place in 0..tools.tried {
        let best = (place..BLOCK_MODES).min_by_key(|&i| candidates[i].rank).unwrap_or(place);
        candidates.swap(place, best);
    }
    candidates
}

/// Finds a mode for each block, unless the result is no better than `bound`.
pub(super) fn choose(
    tools: &Tools,
    pixels: &[u8; 256],
    source: &[Vectors; 16],
    around: &Surroundings,
    neighbours: [Neighbours; 2],
    bound: u64,
) -> Option<Luma4> {
    let segment = tools.segment;
    let mut canvas = Canvas::new(around);
    let [mut above, mut left] = neighbours.map(|neighbours| neighbours.y);
    let [mut modes_above, mut modes_left] = neighbours.map(|neighbours| neighbours.modes);
    let mut rate = u32::from(tools.modes.luma[usize::from(BLOCKS)]);
    let mut rate_of_modes = 0;
    let mut distortion = 0;
    let mut modes = [0; 16];
    let mut blocks = [NO_BLOCK; 16];
    for block in 0..16 {
        let (x, y) = (block & 3, block >> 2);
        let predictions = predict_block(&canvas.edge(x, y));
        let mode_costs =
            &tools.modes.block[usize::from(modes_above[x])][usize::from(modes_left[y])];
        let candidates = rank(tools, twice(pixels, x, y), &predictions, mode_costs);
        let context = usize::from(above[x] + left[y]);
        let attempt = |candidate: &Candidate, by_trellis: bool| {
            let coefficients = candidate.coefficients;
            let (levels, values) =
                tools.levels(coefficients, &segment.luma, Kind::Luma, context, by_trellis);
            let lost = core::array::from_fn(|i| coefficients[i].sub(values[i]));
            let sums = measure(source[block], lost);
            let change = texture_change(tools.texture[block], sums.texture);
            let rate = tools.costs.block(Kind::Luma, context, &levels.0, levels.1)
                + u32::from(mode_costs[usize::from(candidate.mode)]);
            (rate, tools.distortion(u64::from(sums.error), u64::from(change)), levels, values)
        };
        let mut best = candidates[0];
        let mut coded = attempt(&best, false);
        for candidate in &candidates[1..tools.tried] {
            let new = attempt(candidate, false);
            let score = |coded: &(u32, u64, Block, Vectors)| {
                cost_of(coded.0, coded.1, segment.lambda.block)
            };
            if score(&new) < score(&coded) {
                (best, coded) = (*candidate, new);
            }
        }
        if tools.trellis {
            coded = attempt(&best, true);
        }
        let (cost, loss, levels, values) = coded;
        rate += cost;
        distortion += loss;
        rate_of_modes += u32::from(mode_costs[usize::from(best.mode)]);
        if rate_of_modes > tools.mode_limit
            || cost_of(rate, distortion, segment.lambda.size) >= bound
        {
            return None;
        }
        let (pair, half) = (usize::from(best.mode >> 1), usize::from(best.mode & 1));
        canvas.store(x, y, inverse([values, values]), &predictions[pair], half);
        let nonzero = u8::from(levels.1 > 0);
        (above[x], left[y]) = (nonzero, nonzero);
        (modes_above[x], modes_left[y]) = (best.mode, best.mode);
        modes[block] = best.mode;
        blocks[block] = levels;
    }
    Some(Luma4 { modes, blocks, pixels: canvas.pixels() })
}
