//! Prediction of blocks of 4 by 4 (RFC 6386, section 12.3).

use bytemill_simd::U8x16;

use super::modes::Mode4;
use super::workspace::{STRIDE, Workspace, column, row, set_row};

/// The edge of a block, from below along its left, over the corner, to the right: the letters of the specification's
/// formulas, L K J I P A B C D E F G H.
const CORNER: usize = 4;
const ABOVE: usize = CORNER + 1;

/// Predicts a block.
#[inline(always)]
pub(super) fn block(work: &mut Workspace, at: usize, mode: Mode4) {
    let above: [u8; 8] = row(work, at - STRIDE);
    let corner = work[at - STRIDE - 1];
    let left: [u8; 4] = column(work, at);
    match mode {
        Mode4::Dc => {
            let sum: u32 = above[..4].iter().chain(&left).map(|sample| u32::from(*sample)).sum();
            rows(work, at, [[((sum + 4) >> 3) as u8; 4]; 4]);
        }
        Mode4::TrueMotion => {
            let pixel = |left: u8, above: u8| {
                let sum = i16::from(left) + i16::from(above) - i16::from(corner);
                sum.clamp(0, 255) as u8
            };
            let [a, b, c, d, ..] = above;
            rows(work, at, left.map(|left| [a, b, c, d].map(|above| pixel(left, above))));
        }
        _ => directional(work, at, mode, above, corner, left),
    }
}

#[inline(always)]
fn rows(work: &mut Workspace, at: usize, rows: [[u8; 4]; 4]) {
    for (y, row) in rows.into_iter().enumerate() {
        set_row(work, at + y * STRIDE, row);
    }
}

/// Modes made of the means of two and of three neighbours along the edge.
#[inline(always)]
fn directional(
    work: &mut Workspace,
    at: usize,
    mode: Mode4,
    above: [u8; 8],
    corner: u8,
    left: [u8; 4],
) {
    // The edge, with its ends once more: the mean of three at index i is around edge[i].
    let mut edge = [0; 24];
    edge[0] = left[3];
    for (place, sample) in edge[1..].iter_mut().zip(left.iter().rev()) {
        *place = *sample;
    }
    edge[1 + CORNER] = corner;
    edge[1 + ABOVE..][..8].copy_from_slice(&above);
    edge[14] = above[7];
    let window = |from: usize| U8x16::load(edge[from..].first_chunk().unwrap_or(&[0; 16]));
    let (before, middle, after) = (window(0), window(1), window(2));
    let odd = before.xor(after).and(U8x16::splat(1));
    let mut three = [0; 16];
    middle.average(before.average(after).sub(odd)).store(&mut three);
    // At index i that of edge[i] and the one after it.
    let mut two = [0; 16];
    middle.average(after).store(&mut two);
    let three4 = |from: usize| -> [u8; 4] { four(&three, from) };
    let two4 = |from: usize| -> [u8; 4] { four(&two, from) };
    let pixels = match mode {
        Mode4::Vertical => [three4(ABOVE); 4],
        Mode4::Horizontal => [3, 2, 1, 0].map(|from| [three[from]; 4]),
        Mode4::DownRight => [4, 3, 2, 1].map(three4),
        Mode4::DownLeft => [ABOVE + 1, ABOVE + 2, ABOVE + 3, ABOVE + 4].map(three4),
        Mode4::VerticalRight => {
            let (first, second) = (two4(CORNER), three4(CORNER));
            let after = |sample: u8, [a, b, c, _]: [u8; 4]| [sample, a, b, c];
            [first, second, after(three[CORNER - 1], first), after(three[CORNER - 2], second)]
        }
        Mode4::VerticalLeft => {
            let (third, fourth) = (two4(ABOVE + 1), three4(ABOVE + 2));
            let before = |[a, b, c, _]: [u8; 4], sample: u8| [a, b, c, sample];
            [
                two4(ABOVE),
                three4(ABOVE + 1),
                before(third, three[ABOVE + 5]),
                before(fourth, three[ABOVE + 6]),
            ]
        }
        Mode4::HorizontalDown => {
            let [a, b, c, d] = [0, 1, 2, 3].map(|i| [two[i], three[i + 1]]);
            let last = [three[ABOVE], three[ABOVE + 1]];
            [[d, last], [c, d], [b, c], [a, b]].map(|[[a, b], [c, d]]| [a, b, c, d])
        }
        _ => {
            // Horizontal-up.
            let [a, b, c] = [2, 1, 0].map(|i| [two[i], three[i]]);
            let last = [left[3]; 2];
            [[a, b], [b, c], [c, last], [last, last]].map(|[[a, b], [c, d]]| [a, b, c, d])
        }
    };
    rows(work, at, pixels);
}

#[inline(always)]
fn four(samples: &[u8; 16], from: usize) -> [u8; 4] {
    samples[from..].first_chunk().copied().unwrap_or_default()
}
