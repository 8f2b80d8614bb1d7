//! Where the loop filters apply (RFC 6386, section 15): edges of macroblocks in a band.

use bytemill_simd::U8x16;

use super::band::{Band, Plane};
use super::filter::{Across, Thresholds, between, simple, within};
use super::frame_header::{Filter, Strength};

/// How one macroblock is filtered.
#[derive(Clone, Copy, Default)]
pub(super) struct Filtering {
    pub(super) strength: Strength,
    /// Whether edges within are.
    pub(super) within: bool,
}

/// Filters a band. Each macroblock is done before the one to the right of it, as their order changes the result.
pub(super) fn filter_band(band: &mut Band, filter: Filter, columns: &[Filtering], first: bool) {
    for (column, filtering) in columns.iter().enumerate() {
        if filtering.strength.limit == 0 {
            continue;
        }
        match filter {
            Filter::None => {}
            Filter::Simple => simple_macroblock(&mut band.luma, column, *filtering, first),
            Filter::Normal => normal_macroblock(band, column, *filtering, first),
        }
    }
}

fn normal_macroblock(band: &mut Band, column: usize, filtering: Filtering, first: bool) {
    let outer = Thresholds::between(filtering.strength);
    let inner = Thresholds::within(filtering.strength);
    let at = band.luma.start() + 16 * column;
    let at8 = band.u.start() + 8 * column;
    if column > 0 {
        beside(&mut band.luma, at, |across| between(across, &outer));
        beside8(band, at8, |across| between(across, &outer));
    }
    if filtering.within {
        between_columns(&mut band.luma, at, |across| within(across, &inner));
        beside8(band, at8 + 4, |across| within(across, &inner));
    }
    if !first {
        above(&mut band.luma, at, |across| between(across, &outer));
        above8(band, at8, |across| between(across, &outer));
    }
    if filtering.within {
        let stride = band.luma.stride;
        for y in [4, 8, 12] {
            above(&mut band.luma, at + y * stride, |across| within(across, &inner));
        }
        let stride = band.u.stride;
        above8(band, at8 + 4 * stride, |across| within(across, &inner));
    }
}

/// Only luma.
fn simple_macroblock(luma: &mut Plane, column: usize, filtering: Filtering, first: bool) {
    let outer = Thresholds::between(filtering.strength);
    let inner = Thresholds::within(filtering.strength);
    let filter = |limits: Thresholds| {
        move |[p3, p2, p1, p0, q0, q1, q2, q3]: Across| {
            let [p0, q0] = simple([p1, p0, q0, q1], &limits);
            [p3, p2, p1, p0, q0, q1, q2, q3]
        }
    };
    let at = luma.start() + 16 * column;
    if column > 0 {
        beside(luma, at, filter(outer));
    }
    if filtering.within {
        between_columns(luma, at, filter(inner));
    }
    if !first {
        above(luma, at, filter(outer));
    }
    if filtering.within {
        let stride = luma.stride;
        for y in [4, 8, 12] {
            above(luma, at + y * stride, filter(inner));
        }
    }
}

#[inline(always)]
fn load<const N: usize>(samples: &[u8], at: usize) -> &[u8; N] {
    samples.get(at..).and_then(|rest| rest.first_chunk()).unwrap_or(&[0; N])
}

#[inline(always)]
fn store<const N: usize>(samples: &mut [u8], at: usize, row: [u8; N]) {
    if let Some(place) = samples.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
        *place = row;
    }
}

/// The edge above a row of 16 samples. Out of line: a call for each is nothing beside the filter, and a macroblock has four.
#[inline(never)]
fn above(plane: &mut Plane, at: usize, filter: impl Fn(Across) -> Across) {
    let (samples, stride) = (&mut plane.samples[at - 4 * plane.stride..], plane.stride);
    let across = core::array::from_fn(|i| U8x16::load(load(samples, i * stride)));
    let filtered = filter(across);
    for (i, row) in filtered.into_iter().enumerate().skip(1).take(6) {
        let mut lanes = [0; 16];
        row.store(&mut lanes);
        store(samples, i * stride, lanes);
    }
}

/// The edges above 8 samples of both planes of chroma.
#[inline(always)]
fn above8(band: &mut Band, at: usize, filter: impl Fn(Across) -> Across) {
    let stride = band.u.stride;
    let from = at - 4 * stride;
    let (u, v) = (&mut band.u.samples[from..], &mut band.v.samples[from..]);
    let across =
        core::array::from_fn(|i| U8x16::from_halves(load(u, i * stride), load(v, i * stride)));
    let filtered = filter(across);
    for (i, row) in filtered.into_iter().enumerate().skip(1).take(6) {
        let [low, high] = row.halves();
        store(u, i * stride, low);
        store(v, i * stride, high);
    }
}

/// The edge to the left of a column of 16 samples.
#[inline(always)]
fn beside(plane: &mut Plane, at: usize, filter: impl Fn(Across) -> Across) {
    let (samples, stride) = (&mut plane.samples[at - 4..], plane.stride);
    let rows = core::array::from_fn(|y| {
        U8x16::from_halves(load(samples, y * stride), load(samples, (y + 8) * stride))
    });
    let rows = to_rows(filter(to_columns(rows)));
    for (y, pair) in rows.into_iter().enumerate() {
        let [low, high] = pair.halves();
        store(samples, 2 * y * stride, low);
        store(samples, (2 * y + 1) * stride, high);
    }
}

/// The three edges within a macroblock's luma that run from top to bottom. The filter may change two samples on each
/// side.
#[inline(always)]
fn between_columns(plane: &mut Plane, at: usize, filter: impl Fn(Across) -> Across) {
    let (samples, stride) = (&mut plane.samples[at..], plane.stride);
    let rows = core::array::from_fn(|y| U8x16::load(load(samples, y * stride)));
    let mut columns = transpose(rows);
    for x in [0, 4, 8] {
        if let Some(across) = columns[x..].first_chunk_mut() {
            *across = filter(*across);
        }
    }
    for (y, row) in transpose(columns).into_iter().enumerate() {
        let mut lanes = [0; 16];
        row.store(&mut lanes);
        store(samples, y * stride, lanes);
    }
}

/// The edges to the left of 8 samples of both planes of chroma.
#[inline(always)]
fn beside8(band: &mut Band, at: usize, filter: impl Fn(Across) -> Across) {
    let stride = band.u.stride;
    let (u, v) = (&mut band.u.samples[at - 4..], &mut band.v.samples[at - 4..]);
    let rows =
        core::array::from_fn(|y| U8x16::from_halves(load(u, y * stride), load(v, y * stride)));
    let [a, b, c, d, e, f, g, h] = to_rows(filter(to_columns(rows)));
    for (plane, rows) in [(u, [a, b, c, d]), (v, [e, f, g, h])] {
        for (y, pair) in rows.into_iter().enumerate() {
            let [low, high] = pair.halves();
            store(plane, 2 * y * stride, low);
            store(plane, (2 * y + 1) * stride, high);
        }
    }
}

/// Zips each of the first half with its counterpart in the second: the low halves, then the high ones.
#[inline(always)]
fn zip([a, b, c, d, e, f, g, h]: [U8x16; 8]) -> [[U8x16; 4]; 2] {
    let pairs = [(a, e), (b, f), (c, g), (d, h)];
    [pairs.map(|(a, b)| a.interleave_low(b)), pairs.map(|(a, b)| a.interleave_high(b))]
}

/// Four vectors, of which the first and the third, and the second and the fourth belong together, to rows.
#[inline(always)]
fn merge([a, b, c, d]: [U8x16; 4]) -> [U8x16; 4] {
    let (even, odd) = (a.interleave_low(c), b.interleave_low(d));
    let (even_high, odd_high) = (a.interleave_high(c), b.interleave_high(d));
    [
        even.interleave_low(odd),
        even.interleave_high(odd),
        even_high.interleave_low(odd_high),
        even_high.interleave_high(odd_high),
    ]
}

/// Rows of 16 samples to columns: each of the four steps doubles how many samples of a column lie beside each other.
#[inline(always)]
fn transpose(rows: [U8x16; 16]) -> [U8x16; 16] {
    (0..4).fold(rows, |rows, _| {
        core::array::from_fn(|i| {
            let (a, b) = (rows[i / 2], rows[i / 2 + 8]);
            if i % 2 == 0 { a.interleave_low(b) } else { a.interleave_high(b) }
        })
    })
}

/// Rows `y` and `y + 8` of 8 samples to columns of 16.
#[inline(always)]
fn to_columns(rows: [U8x16; 8]) -> Across {
    let [low, high] = zip(rows).map(merge);
    let [[a, b], [c, d], [e, f], [g, h]]: [[U8x16; 2]; 4] =
        core::array::from_fn(|i| [low[i].join_low(high[i]), low[i].join_high(high[i])]);
    [a, b, c, d, e, f, g, h]
}

/// Columns of 16 samples to rows `2 y` and `2 y + 1` of 8.
#[inline(always)]
fn to_rows(columns: Across) -> [U8x16; 8] {
    let [[a, b, c, d], [e, f, g, h]] = zip(columns).map(merge);
    [a, b, c, d, e, f, g, h]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back_as_rows() {
        let rows: [[u8; 8]; 16] =
            core::array::from_fn(|y| core::array::from_fn(|x| (16 * x + y) as u8));
        let columns =
            to_columns(core::array::from_fn(|y| U8x16::from_halves(&rows[y], &rows[y + 8])));
        for (x, column) in columns.iter().enumerate() {
            let mut lanes = [0; 16];
            column.store(&mut lanes);
            assert_eq!(lanes, core::array::from_fn(|y| (16 * x + y) as u8));
        }
        let square: [[u8; 16]; 16] =
            core::array::from_fn(|y| core::array::from_fn(|x| (16 * x + y) as u8));
        for (x, column) in transpose(square.map(|row| U8x16::load(&row))).iter().enumerate() {
            let mut lanes = [0; 16];
            column.store(&mut lanes);
            assert_eq!(lanes, core::array::from_fn(|y| (16 * x + y) as u8));
        }
        for (y, pair) in to_rows(columns).into_iter().enumerate() {
            assert_eq!(pair.halves(), [rows[2 * y], rows[2 * y + 1]]);
        }
    }
}
