//! From a row as wide as the source to a row of the result.

use bytemill_simd::{I16x8, I32x4};

use crate::axis::{WEIGHT_BITS, Weights};
use crate::down::FRACTION_BITS;

const SHIFT: i32 = WEIGHT_BITS + FRACTION_BITS;
const HALF: i32 = 1 << (SHIFT - 1);

/// Filters one channel. `row` holds zeros behind its last sample, for as many weights as a sample has.
pub(crate) fn filter(weights: &Weights, row: &[i16], target: &mut [u8]) {
    match weights.stride / 8 {
        1 => filter_by::<1>(weights, row, target),
        2 => filter_by::<2>(weights, row, target),
        3 => filter_by::<3>(weights, row, target),
        _ => filter_by::<0>(weights, row, target),
    }
}

/// With `VECTORS` vectors of weights to a sample; 0 for any number.
#[inline(always)]
fn filter_by<const VECTORS: usize>(weights: &Weights, row: &[i16], target: &mut [u8]) {
    let stride = if VECTORS == 0 { weights.stride } else { 8 * VECTORS };
    let four = |spans: &[(u32, u32)], weights: &[i16]| {
        let mut totals = [I32x4::splat(0); 4];
        for ((total, span), weights) in
            totals.iter_mut().zip(spans).zip(weights.chunks_exact(stride))
        {
            *total = dot::<VECTORS>(row, span.0 as usize, weights);
        }
        I32x4::sums(totals).add(I32x4::splat(HALF)).shr::<SHIFT>()
    };
    let spans = weights.spans.chunks(8);
    for ((target, spans), weights) in
        target.chunks_mut(8).zip(spans).zip(weights.all().chunks(8 * stride))
    {
        let half = (4 * stride).min(weights.len());
        let low = four(spans, &weights[..half]);
        let high = four(spans.get(4..).unwrap_or_default(), &weights[half..]);
        let values = low.narrow(high);
        let [bytes, _] = values.narrow(values).halves();
        if let Some(place) = target.first_chunk_mut() {
            *place = bytes;
        } else {
            let len = target.len();
            target.copy_from_slice(&bytes[..len]);
        }
    }
}

/// Four parts of the sum of a sample.
#[inline(always)]
fn dot<const VECTORS: usize>(row: &[i16], first: usize, weights: &[i16]) -> I32x4 {
    let mut total = I32x4::splat(0);
    let Some(row) = row.get(first..first + weights.len()) else { return total };
    let (values, weights) = (row.as_chunks::<8>().0, weights.as_chunks::<8>().0);
    if VECTORS == 0 {
        for (values, weights) in values.iter().zip(weights) {
            total = total.add(I16x8::load(values).dot(I16x8::load(weights)));
        }
    } else if let (Some(values), Some(weights)) =
        (values.first_chunk::<VECTORS>(), weights.first_chunk::<VECTORS>())
    {
        for (values, weights) in values.iter().zip(weights) {
            total = total.add(I16x8::load(values).dot(I16x8::load(weights)));
        }
    }
    total
}
