//! The transforms of 4x4 blocks, two blocks at once; RFC 6386, section 14.
//!
//! Coefficients lie column by column: number `4 * x + y` has the horizontal frequency `x` and the vertical one `y`.

use bytemill_simd::{I16x8, I32x4};

/// Four rows of two blocks that lie side by side.
pub(super) type Rows = [I16x8; 4];

/// The sixteen coefficients of a block.
pub(super) type Vectors = [I16x8; 2];

/// Rows become columns, in each of two blocks.
#[inline(always)]
fn columns(rows: Rows) -> [Vectors; 2] {
    let (a, b) = (rows[0].interleave_low(rows[2]), rows[1].interleave_low(rows[3]));
    let (c, d) = (rows[0].interleave_high(rows[2]), rows[1].interleave_high(rows[3]));
    [[a.interleave_low(b), a.interleave_high(b)], [c.interleave_low(d), c.interleave_high(d)]]
}

#[inline(always)]
fn side_by_side([a, b]: [Vectors; 2]) -> Rows {
    [a[0].join_low(b[0]), a[0].join_high(b[0]), a[1].join_low(b[1]), a[1].join_high(b[1])]
}

#[inline(always)]
fn rotate<const SHIFT: i32>(a: I16x8, b: I16x8, factors: [i16; 2], round: i32) -> I16x8 {
    let (factors, round) = (I16x8::pair(factors), I32x4::splat(round));
    let low = a.interleave_low(b).dot(factors).add(round).shr::<SHIFT>();
    low.narrow(a.interleave_high(b).dot(factors).add(round).shr::<SHIFT>())
}

/// The cosine transform, twice as large as the orthonormal one, as libvpx computes it.
#[inline(always)]
pub(super) fn forward(rows: Rows) -> [Vectors; 2] {
    let [a, b] = [rows[0].add(rows[3]), rows[1].add(rows[2])];
    let [c, d] = [rows[1].sub(rows[2]), rows[0].sub(rows[3])];
    let x = side_by_side(columns([
        a.add(b).shl::<3>(),
        rotate::<9>(c, d, [2217, 5352], 1812),
        a.sub(b).shl::<3>(),
        rotate::<9>(c, d, [-5352, 2217], 937),
    ]));
    let [a, b] = [x[0].add(x[3]), x[1].add(x[2])];
    let [c, d] = [x[1].sub(x[2]), x[0].sub(x[3])];
    let half = I16x8::splat(7);
    let y = [
        a.add(b).add(half).shr::<4>(),
        rotate::<16>(c, d, [2217, 5352], 1 << 15),
        a.sub(b).add(half).shr::<4>(),
        rotate::<16>(c, d, [-5352, 2217], 1 << 15),
    ];
    [[y[0].join_low(y[1]), y[2].join_low(y[3])], [y[0].join_high(y[1]), y[2].join_high(y[3])]]
}

/// One dimension of the inverse, section 14.3; products are those by the cosine and the sine times the root of 2.
#[inline(always)]
fn inverse_pass(x: Rows) -> Rows {
    let cosine = |x: I16x8| x.mul_high(I16x8::splat(20091)).add(x);
    let sine = |x: I16x8| x.mul_high(I16x8::splat((35468 - 65536) as i16)).add(x);
    let (a, b) = (x[0].add(x[2]), x[0].sub(x[2]));
    let c = sine(x[1]).sub(cosine(x[3]));
    let d = cosine(x[1]).add(sine(x[3]));
    [a.add(d), b.add(c), b.sub(c), a.sub(d)]
}

/// The inverse of [`forward`], bit by bit that of a decoder.
#[inline(always)]
pub(super) fn inverse(blocks: [Vectors; 2]) -> Rows {
    let by_row = side_by_side(columns(side_by_side(blocks)));
    let mut x = side_by_side(columns(inverse_pass(by_row)));
    x[0] = x[0].add(I16x8::splat(4));
    side_by_side(columns(inverse_pass(x))).map(I16x8::shr::<3>)
}

/// The Walsh-Hadamard transform of the DC coefficients of a macroblock, each times 4; section 14.3.
pub(super) fn forward_dc(dc: &[i32; 16]) -> [i16; 16] {
    let mut half = [0; 16];
    for i in 0..4 {
        let [a, b, c, d] = [dc[4 * i], dc[4 * i + 1], dc[4 * i + 2], dc[4 * i + 3]];
        let (sum, difference) = (a + c, a - c);
        half[4 * i] = sum + b + d;
        half[4 * i + 1] = difference + b - d;
        half[4 * i + 2] = difference - b + d;
        half[4 * i + 3] = sum - b - d;
    }
    let mut out = [0; 16];
    for i in 0..4 {
        let [a, b, c, d] = [half[i], half[4 + i], half[8 + i], half[12 + i]];
        let (sum, difference) = (a + c, a - c);
        out[i] = ((sum + b + d) >> 1) as i16;
        out[4 + i] = ((difference + b - d) >> 1) as i16;
        out[8 + i] = ((difference - b + d) >> 1) as i16;
        out[12 + i] = ((sum - b - d) >> 1) as i16;
    }
    out
}

/// The inverse of [`forward_dc`], bit by bit that of a decoder.
pub(super) fn inverse_dc(coefficients: &[i32; 16]) -> [i16; 16] {
    let mut half = [0; 16];
    for x in 0..4 {
        let at = |y: usize| coefficients[4 * x + y];
        let (a, b) = (at(0) + at(3), at(1) + at(2));
        let (c, d) = (at(1) - at(2), at(0) - at(3));
        half[4 * x] = a + b;
        half[4 * x + 1] = d + c;
        half[4 * x + 2] = a - b;
        half[4 * x + 3] = d - c;
    }
    let mut out = [0; 16];
    for y in 0..4 {
        let at = |x: usize| half[4 * x + y];
        let first = at(0) + 3;
        let (a, b) = (first + at(3), at(1) + at(2));
        let (c, d) = (at(1) - at(2), first - at(3));
        out[y] = ((a + b) >> 3) as i16;
        out[4 + y] = ((d + c) >> 3) as i16;
        out[8 + y] = ((a - b) >> 3) as i16;
        out[12 + y] = ((d - c) >> 3) as i16;
    }
    out
}
