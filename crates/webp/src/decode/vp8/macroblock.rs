//! Macroblocks to samples.

use super::modes::{Luma, Macroblock, Mode4};
use super::predict::square;
use super::predict4;
use super::residual::{Content, Edge, Residual};
use super::transform::{add_one, add_one_first, add_two, add_two_first};
use super::workspace::{LUMA, SIZE, STRIDE, U, V, Workspace, move_left, row, set_row};

/// What is above a macroblock: samples before they were filtered, modes and contexts.
#[derive(Clone, Copy, Default)]
pub(super) struct Above {
    pub(super) luma: [u8; 16],
    pub(super) u: [u8; 8],
    pub(super) v: [u8; 8],
    pub(super) modes: [Mode4; 4],
    pub(super) edge: Edge,
}

/// Where a macroblock is in the frame.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) first_row: bool,
    pub(super) first_column: bool,
}

/// The workspace at the beginning of a row: what is outside the frame is 127 above it and 129 to the left.
pub(super) fn start_row(work: &mut Workspace, first: bool) {
    *work = [129; SIZE];
    if first {
        set_row(work, LUMA - STRIDE - 1, [127; 21]);
        set_row(work, U - STRIDE - 1, [127; 9]);
        set_row(work, V - STRIDE - 1, [127; 9]);
    }
}

/// Predicts one, adds what was coded, and leaves it in the workspace and its last row above the next.
#[inline]
pub(super) fn reconstruct(
    work: &mut Workspace,
    above: &mut [Above],
    column: usize,
    place: Place,
    macroblock: &Macroblock,
    residual: Option<&Residual>,
) {
    if !place.first_column {
        move_left(work);
    }
    let Some((here, after)) = above.get_mut(column..).and_then(|above| above.split_first_mut())
    else {
        return;
    };
    if !place.first_row {
        set_row(work, LUMA - STRIDE, here.luma);
        set_row(work, U - STRIDE, here.u);
        set_row(work, V - STRIDE, here.v);
    }
    let has = (!place.first_row, !place.first_column);
    match &macroblock.luma {
        Luma::Whole(mode) => {
            square::<16>(work, LUMA, *mode, has.0, has.1);
            if let Some(residual) = residual {
                for pair in 0..8 {
                    let at = LUMA + pair / 2 * 4 * STRIDE + pair % 2 * 8;
                    add_pair(work, at, residual, 2 * pair);
                }
            }
        }
        Luma::Blocks(modes) => {
            if !place.first_row {
                // Behind the last column the last sample is repeated.
                let next = after.first().map(|next| next.luma);
                let corner = match next {
                    Some([a, b, c, d, ..]) => [a, b, c, d],
                    None => [here.luma[15]; 4],
                };
                set_row(work, LUMA - STRIDE + 16, corner);
            }
            let corner: [u8; 4] = row(work, LUMA - STRIDE + 16);
            for y in [3, 7, 11] {
                set_row(work, LUMA + y * STRIDE + 16, corner);
            }
            for (index, mode) in modes.iter().enumerate() {
                let at = LUMA + index / 4 * 4 * STRIDE + index % 4 * 4;
                let mut rows = predict4::block(work, at, *mode);
                if let Some(residual) = residual {
                    rows = match residual.contents[index] {
                        Content::Nothing => rows,
                        Content::First => add_one_first(rows, residual.blocks[index][0]),
                        Content::All => add_one(rows, &residual.blocks[index]),
                    };
                }
                for (y, row) in rows.into_iter().enumerate() {
                    set_row(work, at + y * STRIDE, row);
                }
            }
        }
    }
    for (at, first) in [(U, 16), (V, 20)] {
        square::<8>(work, at, macroblock.chroma, has.0, has.1);
        if let Some(residual) = residual {
            add_pair(work, at, residual, first);
            add_pair(work, at + 4 * STRIDE, residual, first + 2);
        }
    }
    here.luma = row(work, LUMA + 15 * STRIDE);
    here.u = row(work, U + 7 * STRIDE);
    here.v = row(work, V + 7 * STRIDE);
}

/// Adds two blocks beside each other.
#[inline(always)]
fn add_pair(work: &mut Workspace, at: usize, residual: &Residual, index: usize) {
    let [left, right] = [&residual.blocks[index], &residual.blocks[index + 1]];
    match (residual.contents[index], residual.contents[index + 1]) {
        (Content::Nothing, Content::Nothing) => {}
        (Content::All, _) | (_, Content::All) => add_two(work, at, left, right),
        _ => add_two_first(work, at, left[0], right[0]),
    }
}
