//! Prediction of blocks of 4 by 4 (RFC 6386, section 12.3).

use bytemill_simd::{I16x8, U8x16};

use super::modes::Mode4;
use super::workspace::{STRIDE, Workspace, column, row};

/// The edge of a block, from below along its left, over the corner, to the right: the letters of the specification's
/// formulas, L K J I P A B C D E F G H.
const CORNER: usize = 4;
const ABOVE: usize = CORNER + 1;

/// Predicts a block: its rows.
#[inline(always)]
pub(super) fn block(work: &Workspace, at: usize, mode: Mode4) -> [[u8; 4]; 4] {
    let above: [u8; 8] = row(work, at - STRIDE);
    let corner = work[at - STRIDE - 1];
    let left: [u8; 4] = column(work, at);
    match mode {
        Mode4::Dc => {
            let sum: u32 = above[..4].iter().chain(&left).map(|sample| u32::from(*sample)).sum();
            [[((sum + 4) >> 3) as u8; 4]; 4]
        }
        Mode4::TrueMotion => {
            // Two rows to a vector.
            let [a, b, c, d, ..] = above;
            let above = I16x8::load_u8(&[a, b, c, d, a, b, c, d]).sub(splat(corner));
            let [first, second, third, fourth] = left.map(splat);
            let sums = first.join_low(second).add(above).narrow(third.join_low(fourth).add(above));
            let mut rows = [0; 16];
            sums.store(&mut rows);
            [0, 4, 8, 12].map(|from| four(&rows, from))
        }
        _ => directional(mode, u64::from_le_bytes(above), corner, left),
    }
}

#[inline(always)]
fn splat(sample: u8) -> I16x8 {
    I16x8::splat(i16::from(sample))
}

/// Modes made of the means of two and of three neighbours along the edge.
#[inline(always)]
fn directional(mode: Mode4, above: u64, corner: u8, left: [u8; 4]) -> [[u8; 4]; 4] {
    // The edge, with its ends once more, in registers: the mean of three at index i is around the edge's sample i.
    let [i, j, k, l] = left.map(u64::from);
    let low = l | l << 8 | k << 16 | j << 24 | i << 32 | u64::from(corner) << 40 | above << 48;
    let high = above >> 16 | above >> 56 << 48;
    let window = |low: u64, high: u64| U8x16::from_halves(&low.to_le_bytes(), &high.to_le_bytes());
    let before = window(low, high);
    let middle = window(low >> 8 | high << 56, high >> 8);
    let after = window(low >> 16 | high << 48, high >> 16);
    let odd = before.xor(after).and(U8x16::splat(1));
    let mut three = [0; 16];
    middle.average(before.average(after).sub(odd)).store(&mut three);
    // At index i that of sample i and the one after it.
    let mut two = [0; 16];
    middle.average(after).store(&mut two);
    let three4 = |from: usize| -> [u8; 4] { four(&three, from) };
    let two4 = |from: usize| -> [u8; 4] { four(&two, from) };
    match mode {
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
    }
}

#[inline(always)]
fn four(samples: &[u8; 16], from: usize) -> [u8; 4] {
    samples[from..].first_chunk().copied().unwrap_or_default()
}
