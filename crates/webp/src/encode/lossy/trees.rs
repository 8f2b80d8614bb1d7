//! Trees of modes, RFC 6386, sections 9.3, 11.2 and 11.4, and what their leaves cost.

use super::bool_writer::BoolWriter;
use super::cost::bit_cost;
use super::tables::BLOCK_MODES;

/// A tree as in section 8.1: pairs of branches, each the index of a pair or, negated, a leaf.
pub(super) struct Tree(&'static [i8]);

/// Modes of 16x16 blocks and of chroma, in the RFC's order: DC, vertical, horizontal, true motion.
pub(super) const DC: u8 = 0;
pub(super) const VERTICAL: u8 = 1;
pub(super) const HORIZONTAL: u8 = 2;
pub(super) const TRUE_MOTION: u8 = 3;
/// The leaf that says that each 4x4 block has a mode of its own.
pub(super) const BLOCKS: u8 = 4;

/// Which mode of 4x4 blocks a neighbour takes a 16x16 mode for; section 11.3.
pub(super) const AS_BLOCK_MODE: [u8; 4] = [0, 2, 3, 1];

pub(super) const LUMA: Tree = Tree(&[-(BLOCKS as i8), 2, 4, 6, 0, -1, -2, -3]);
pub(super) const LUMA_PROBABILITIES: [u8; 4] = [145, 156, 163, 128];
pub(super) const CHROMA: Tree = Tree(&[0, 2, -1, 4, -2, -3]);
pub(super) const CHROMA_PROBABILITIES: [u8; 3] = [142, 114, 183];
pub(super) const BLOCK: Tree =
    Tree(&[0, 2, -1, 4, -2, 6, 8, 12, -3, 10, -5, -6, -4, 14, -7, 16, -8, -9]);
pub(super) const SEGMENT: Tree = Tree(&[2, 4, 0, -1, -2, -3]);

impl Tree {
    /// Calls for each bit on the way to a leaf, from the root, with its place among the probabilities.
    fn walk(&self, leaf: u8, mut visit: impl FnMut(bool, usize)) {
        let mut path = [(false, 0); 10];
        let mut depth = 0;
        let mut wanted = -leaf.cast_signed();
        while let Some(branch) = self.0.iter().position(|&branch| branch == wanted) {
            path[depth] = (branch & 1 == 1, branch >> 1);
            depth += 1;
            if branch < 2 {
                break;
            }
            wanted = (branch & !1) as i8;
        }
        path[..depth].iter().rev().for_each(|&(bit, place)| visit(bit, place));
    }

    pub(super) fn write(&self, leaf: u8, probabilities: &[u8], to: &mut BoolWriter) {
        self.walk(leaf, |bit, place| to.put(bit, probabilities[place]));
    }

    /// In 256ths of a bit.
    pub(super) fn cost(&self, leaf: u8, probabilities: &[u8]) -> u16 {
        let mut cost = 0;
        self.walk(leaf, |bit, place| cost += bit_cost(bit, probabilities[place]));
        cost
    }
}

/// What modes cost, in 256ths of a bit.
pub(super) struct ModeCosts {
    /// Of 16x16 blocks, and of blocks with modes of their own.
    pub(super) luma: [u16; 5],
    pub(super) chroma: [u16; 4],
    /// Of 4x4 blocks, by the modes above and to the left.
    pub(super) block: [[[u16; 10]; 10]; 10],
}

impl ModeCosts {
    pub(super) fn new() -> Self {
        let mut block = [[[0; 10]; 10]; 10];
        for (costs, probabilities) in
            block.as_flattened_mut().iter_mut().zip(BLOCK_MODES.as_flattened())
        {
            for (mode, cost) in costs.iter_mut().enumerate() {
                *cost = BLOCK.cost(mode as u8, probabilities);
            }
        }
        Self {
            luma: core::array::from_fn(|mode| LUMA.cost(mode as u8, &LUMA_PROBABILITIES)),
            chroma: core::array::from_fn(|mode| CHROMA.cost(mode as u8, &CHROMA_PROBABILITIES)),
            block,
        }
    }
}
