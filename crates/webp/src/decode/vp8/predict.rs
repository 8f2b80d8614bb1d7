//! Prediction of luma and chroma as a whole (RFC 6386, sections 12.2 and 12.3).

use bytemill_simd::{I16x8, U8x16};

use super::modes::Mode;
use super::workspace::{STRIDE, Workspace, column, row, set_row};

/// Predicts `N` by `N` samples, 8 or 16. At the frame's edges the mean is of what there is.
#[inline(always)]
pub(super) fn square<const N: usize>(
    work: &mut Workspace,
    at: usize,
    mode: Mode,
    has_above: bool,
    has_left: bool,
) {
    match mode {
        Mode::Dc => {
            let value = mean::<N>(work, at, has_above, has_left);
            rows(work, at, |_| [value; N]);
        }
        Mode::Vertical => {
            let above = row::<N>(work, at - STRIDE);
            rows(work, at, |_| above);
        }
        Mode::Horizontal => {
            let left = column::<N>(work, at);
            rows(work, at, |y| [left[y]; N]);
        }
        Mode::TrueMotion => true_motion::<N>(work, at),
    }
}

#[inline(always)]
fn rows<const N: usize>(work: &mut Workspace, at: usize, samples: impl Fn(usize) -> [u8; N]) {
    for y in 0..N {
        set_row(work, at + y * STRIDE, samples(y));
    }
}

#[inline(always)]
fn mean<const N: usize>(work: &Workspace, at: usize, has_above: bool, has_left: bool) -> u8 {
    let sum = |samples: [u8; N]| samples.iter().map(|sample| u32::from(*sample)).sum::<u32>();
    let side = N as u32;
    let above = if has_above { sum(row(work, at - STRIDE)) } else { 0 };
    let left = if has_left { sum(column(work, at)) } else { 0 };
    match (has_above, has_left) {
        (true, true) => ((above + left + side) / (2 * side)) as u8,
        (false, false) => 128,
        _ => ((above + left + side / 2) / side) as u8,
    }
}

/// Left plus above minus the corner between.
#[inline(always)]
fn true_motion<const N: usize>(work: &mut Workspace, at: usize) {
    let corner = I16x8::splat(i16::from(work[at - STRIDE - 1]));
    let above = U8x16::load(&row(work, at - STRIDE));
    let (low, high) = (above.widen_low().sub(corner), above.widen_high().sub(corner));
    let left = column::<N>(work, at);
    for (y, left) in left.into_iter().enumerate() {
        let left = I16x8::splat(i16::from(left));
        let samples = left.add(low).narrow(left.add(high));
        if N == 8 {
            set_row(work, at + y * STRIDE, samples.halves()[0]);
        } else {
            let mut row = [0; 16];
            samples.store(&mut row);
            set_row(work, at + y * STRIDE, row);
        }
    }
}
