//! One pass over all macroblocks.

use super::super::error::{EncodeError, filled};
use super::choice::{Block, Neighbours, Tools, cost_of};
use super::chroma::{self, Chroma};
use super::cost::{CostTable, Kind};
use super::distortion::texture;
use super::frame::Modes;
use super::luma4::{self, Luma4};
use super::luma16::{self, Luma16};
use super::macroblock::{Borders, Macroblock, pair_at, rows};
use super::segments::Segment;
use super::tokens::Tokens;
use super::transform::{Vectors, forward};
use super::trees::{AS_BLOCK_MODE, BLOCKS, ModeCosts};
use super::yuv::Planes;
use crate::vp8::DEFAULT;

/// Modes and levels of an image, as far as they are chosen.
pub(super) struct Pass {
    pub(super) modes: Vec<Modes>,
    pub(super) tokens: Tokens,
    costs: CostTable,
    mode_costs: ModeCosts,
    tried: usize,
    tried16: usize,
    trellis: bool,
    /// Nothing but DC prediction of whole macroblocks.
    plain: bool,
}

/// The transform of the source itself.
fn source_coefficients(pixels: &[u8; 256]) -> [Vectors; 16] {
    let mut blocks = [[bytemill_simd::I16x8::splat(0); 2]; 16];
    for (pair, blocks) in blocks.chunks_exact_mut(2).enumerate() {
        blocks.copy_from_slice(&forward(rows(pixels, pair_at(pair))));
    }
    blocks
}

impl Pass {
    pub(super) fn new(planes: &Planes, effort: u8, plain: bool) -> Result<Self, EncodeError> {
        let mut costs = CostTable::new();
        costs.update(&DEFAULT);
        Ok(Self {
            modes: filled(Modes::default(), planes.columns * planes.rows)?,
            tokens: Tokens::new(),
            costs,
            mode_costs: ModeCosts::new(),
            tried: [1, 1, 2, 3, 4, 6, 10][usize::from(effort.min(6))],
            tried16: [1, 1, 2, 2, 2, 4, 4][usize::from(effort.min(6))],
            trellis: effort > 2,
            plain,
        })
    }

    /// Chooses for all macroblocks, by the costs that the statistics so far give. Calls with the pixels that a decoder
    /// will have, before its filter.
    pub(super) fn run(
        &mut self,
        planes: &Planes,
        map: &[u8],
        segments: &mut [Segment],
        mut rebuild: impl FnMut(usize, &Macroblock),
    ) -> Result<(), EncodeError> {
        let mut borders = Borders::new(planes.columns)?;
        let mut above = filled(Neighbours::default(), planes.columns)?;
        let mut source = Macroblock::new();
        let mut rebuilt = Macroblock::new();
        let count = planes.columns * planes.rows;
        self.tokens = Tokens::new();
        // The costs follow the statistics, eight times in a large image.
        let interval = (count / 8).max(96);
        // Modes have to fit into a partition of 512 KiB; see libwebp's limit.
        let mode_limit = (510 * 1024 * 8 * 256 / count).min(1 << 20) as u32;
        for y in 0..planes.rows {
            let mut left = Neighbours::default();
            self.tokens.reserve(planes.columns)?;
            for (x, above) in above.iter_mut().enumerate() {
                let at = y * planes.columns + x;
                if at % interval == interval - 1 {
                    self.costs.update(&self.tokens.statistics.probabilities());
                }
                source.load(planes, x, y);
                let around = borders.around(x, y);
                let segment = &mut segments[usize::from(map[at])];
                let coefficients = source_coefficients(&source.y);
                let tools = Tools {
                    segment,
                    costs: &self.costs,
                    modes: &self.mode_costs,
                    texture: coefficients.map(texture),
                    plain: self.plain,
                    tried16: if self.plain { 1 } else { self.tried16 },
                    tried: self.tried,
                    trellis: self.trellis,
                    mode_limit,
                };
                let neighbours = [*above, left];
                let luma = luma16::choose(&tools, &source.y, &coefficients, &around, neighbours);
                let bound = cost_of(luma.rate, luma.distortion, tools.segment.lambda.size);
                let blocks = if self.plain {
                    None
                } else {
                    luma4::choose(&tools, &source.y, &coefficients, &around, neighbours, bound)
                };
                let chroma = chroma::choose(&tools, &source.uv, &around, neighbours);
                if blocks.is_none() {
                    let dc = &luma.dc.0;
                    // The lowest frequencies of the DC coefficients.
                    let edge = dc[1].unsigned_abs().max(dc[2].unsigned_abs());
                    let flat = luma.blocks.iter().all(|block| block.1 == 0);
                    let step = u64::from(segment.luma.step(0).unsigned_abs());
                    let lossy = luma.distortion > 20 * step;
                    if flat && lossy {
                        segment.edge = segment.edge.max(i32::from(edge.min(1 << 14)));
                    }
                }
                rebuilt.y = blocks.as_ref().map_or(luma.pixels, |blocks| blocks.pixels);
                rebuilt.uv = chroma.pixels;
                borders.store(x, &rebuilt);
                rebuild(at, &rebuilt);
                self.modes[at].segment = map[at];
                self.record(at, &luma, blocks.as_ref(), &chroma, [above, &mut left]);
            }
        }
        Ok(())
    }

    /// Keeps what was chosen for a macroblock.
    fn record(
        &mut self,
        at: usize,
        luma: &Luma16,
        blocks: Option<&Luma4>,
        chroma: &Chroma,
        [above, left]: [&mut Neighbours; 2],
    ) {
        let of_luma = blocks.map_or(&luma.blocks, |blocks| &blocks.blocks);
        let is_empty = |blocks: &[Block]| blocks.iter().all(|block| block.1 == 0);
        let without_dc = blocks.is_some() || luma.dc.1 == 0;
        let modes = &mut self.modes[at];
        modes.chroma = chroma.mode;
        modes.empty = is_empty(of_luma) && is_empty(&chroma.blocks) && without_dc;
        if let Some(blocks) = blocks {
            modes.luma = BLOCKS;
            modes.set_blocks(&blocks.modes);
            above.modes = core::array::from_fn(|x| blocks.modes[12 + x]);
            left.modes = core::array::from_fn(|y| blocks.modes[4 * y + 3]);
        } else {
            modes.luma = luma.mode;
            above.modes = [AS_BLOCK_MODE[usize::from(luma.mode)]; 4];
            left.modes = above.modes;
        }
        let kind = if blocks.is_some() { Kind::Luma } else { Kind::LumaAc };
        if modes.empty {
            (above.y, left.y, above.uv, left.uv) = ([0; 4], [0; 4], [0; 4], [0; 4]);
            if kind == Kind::LumaAc {
                (above.dc, left.dc) = (0, 0);
            }
            return;
        }
        if kind == Kind::LumaAc {
            self.tokens.push(Kind::Dc, usize::from(above.dc + left.dc), &luma.dc);
            let nonzero = u8::from(luma.dc.1 > 0);
            (above.dc, left.dc) = (nonzero, nonzero);
        }
        for (i, block) in of_luma.iter().enumerate() {
            let (above, left) = (&mut above.y[i & 3], &mut left.y[i >> 2]);
            self.tokens.push(kind, usize::from(*above + *left), block);
            *above = u8::from(block.1 > 0);
            *left = *above;
        }
        for (i, block) in chroma.blocks.iter().enumerate() {
            let (plane, y, x) = (i >> 2, i >> 1 & 1, i & 1);
            let (above, left) = (&mut above.uv[2 * plane + x], &mut left.uv[2 * plane + y]);
            self.tokens.push(Kind::Chroma, usize::from(*above + *left), block);
            *above = u8::from(block.1 > 0);
            *left = *above;
        }
    }
}
