//! 8 by 8: the scaled odd-part factorisation of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) that libjpeg uses,
//! its rotations gathered into products of pairs.

use bytemill_simd::{I16x8, I32x4};

use super::Target;
use crate::block::Block;

/// Factors of dequantisation, in rows.
pub(crate) type Table = [i16; 64];

// Sums and differences of cosines times 8192, named by the value.
const C0_298: i32 = 2446;
const C0_390: i32 = 3196;
const C0_541: i32 = 4433;
const C0_765: i32 = 6270;
const C0_899: i32 = 7373;
const C1_175: i32 = 9633;
const C1_501: i32 = 12299;
const C1_847: i32 = 15137;
const C1_961: i32 = 16069;
const C2_053: i32 = 16819;
const C2_562: i32 = 20995;
const C3_072: i32 = 25172;

/// Two factors for a product of pairs.
const fn pair(a: i32, b: i32) -> [i16; 8] {
    let (a, b) = (a as i16, b as i16);
    [a, b, a, b, a, b, a, b]
}

/// What both passes take.
pub(crate) struct Factors {
    even: [[i16; 8]; 4],
    odd: [[i16; 8]; 6],
    short_even: [[i16; 8]; 4],
    short_odd: [[i16; 8]; 4],
    /// Half of what is rounded off by the first pass, and by the second.
    halves: [[i32; 4]; 2],
}

/// How many bits each pass rounds off.
const SHIFTS: [i32; 2] = [11, 18];

static FACTORS: Factors = Factors {
    even: [
        pair(8192, 8192),
        pair(8192, -8192),
        pair(C0_541 + C0_765, C0_541),
        pair(C0_541, C0_541 - C1_847),
    ],
    odd: [
        pair(C1_175 - C1_961, C1_175),
        pair(C1_175, C1_175 - C0_390),
        pair(-C0_899, C1_501 - C0_899),
        pair(-C2_562, C3_072 - C2_562),
        pair(C2_053 - C2_562, -C2_562),
        pair(C0_298 - C0_899, -C0_899),
    ],
    short_even: [
        pair(8192, C0_541 + C0_765),
        pair(8192, C0_541),
        pair(8192, -C0_541),
        pair(8192, -C0_541 - C0_765),
    ],
    short_odd: [
        pair(C1_175 + C1_501 - C0_899 - C0_390, C1_175),
        pair(C1_175, C1_175 - C1_961 + C3_072 - C2_562),
        pair(C1_175 - C0_390, C1_175 - C2_562),
        pair(C1_175 - C0_899, C1_175 - C1_961),
    ],
    halves: [[1 << (SHIFTS[0] - 1); 4], [1 << (SHIFTS[1] - 1); 4]],
};

impl Factors {
    pub(crate) fn new() -> &'static Self {
        bytemill_simd::unseen(&FACTORS)
    }
}

/// Half a vector: four outputs of each even and odd part.
type Four = [I32x4; 4];

/// Sums and differences of both parts, less `SHIFT` bits: outputs 0 to 7.
#[inline(always)]
fn butterfly<const SHIFT: i32>(low: (Four, Four), high: (Four, Four)) -> [I16x8; 8] {
    let sum = |i: usize| {
        let low = low.0[i].add(low.1[i]).shr::<SHIFT>();
        low.narrow(high.0[i].add(high.1[i]).shr::<SHIFT>())
    };
    let difference = |i: usize| {
        let low = low.0[i].sub(low.1[i]).shr::<SHIFT>();
        low.narrow(high.0[i].sub(high.1[i]).shr::<SHIFT>())
    };
    [sum(0), sum(1), sum(2), sum(3), difference(3), difference(2), difference(1), difference(0)]
}

/// From pairs (0, 4) and (2, 6), with `half` of what is rounded off.
#[inline(always)]
fn even(p04: I16x8, p26: I16x8, factors: &Factors, half: I32x4) -> Four {
    let [a, b, c, d] = factors.even.each_ref().map(I16x8::load);
    let (a, b) = (p04.dot(a).add(half), p04.dot(b).add(half));
    let (c, d) = (p26.dot(c), p26.dot(d));
    [a.add(c), b.add(d), b.sub(d), a.sub(c)]
}

/// From pairs (7, 1), (5, 3) and (7 + 3, 5 + 1).
#[inline(always)]
fn odd(p71: I16x8, p53: I16x8, sums: I16x8, factors: &Factors) -> Four {
    let [z3, z4, a, b, c, d] = factors.odd.each_ref().map(I16x8::load);
    let (z3, z4) = (sums.dot(z3), sums.dot(z4));
    [z4.add(p71.dot(a)), z3.add(p53.dot(b)), z4.add(p53.dot(c)), z3.add(p71.dot(d))]
}

#[inline(always)]
fn pass<const SHIFT: i32>(x: [I16x8; 8], factors: &Factors, half: I32x4) -> [I16x8; 8] {
    let (z3, z4) = (x[7].add(x[3]), x[5].add(x[1]));
    let low = (
        even(x[0].interleave_low(x[4]), x[2].interleave_low(x[6]), factors, half),
        odd(x[7].interleave_low(x[1]), x[5].interleave_low(x[3]), z3.interleave_low(z4), factors),
    );
    let high = (
        even(x[0].interleave_high(x[4]), x[2].interleave_high(x[6]), factors, half),
        odd(
            x[7].interleave_high(x[1]),
            x[5].interleave_high(x[3]),
            z3.interleave_high(z4),
            factors,
        ),
    );
    butterfly::<SHIFT>(low, high)
}

/// Both parts where inputs 4 to 7 are zero, from pairs (0, 2) and (1, 3).
#[inline(always)]
fn short(p02: I16x8, p13: I16x8, factors: &Factors, half: I32x4) -> (Four, Four) {
    let even = factors.short_even.each_ref().map(|factors| p02.dot(I16x8::load(factors)).add(half));
    let odd = factors.short_odd.each_ref().map(|factors| p13.dot(I16x8::load(factors)));
    (even, odd)
}

/// Samples of a block. `last` is the place in zigzag order of the last coefficient that may not be zero.
#[inline(always)]
pub(crate) fn full(
    block: &Block,
    table: &Table,
    factors: &Factors,
    last: usize,
    mut target: Target<'_>,
) {
    if last == 0 {
        let value = super::one(block[0], table);
        for row in 0..8 {
            target.put(row, [value; 8]);
        }
        return;
    }
    let (block, table) = (block.as_chunks::<8>().0, table.as_chunks::<8>().0);
    let row = |y: usize| I16x8::load(&block[y]).mul(I16x8::load(&table[y]));
    let [first, second] = factors.halves.each_ref().map(I32x4::load);
    let columns = if last < 10 {
        // The first four diagonals: columns 4 to 7 of rows 4 to 7 are zero.
        let (r0, r1, r2, r3) = (row(0), row(1), row(2), row(3));
        let (even, odd) = short(r0.interleave_low(r2), r1.interleave_low(r3), factors, first);
        let sum = |i: usize| even[i].add(odd[i]).shr::<{ SHIFTS[0] }>();
        let difference = |i: usize| even[i].sub(odd[i]).shr::<{ SHIFTS[0] }>();
        // Rows 0 to 7 of columns 0 to 3, two rows to a vector, to columns.
        let a = sum(0).narrow(sum(1));
        let b = sum(2).narrow(sum(3));
        let c = difference(3).narrow(difference(2));
        let d = difference(1).narrow(difference(0));
        let [c0, c1, c2, c3] = columns(a, b, c, d);
        let low = short(c0.interleave_low(c2), c1.interleave_low(c3), factors, second);
        let high = short(c0.interleave_high(c2), c1.interleave_high(c3), factors, second);
        butterfly::<{ SHIFTS[1] }>(low, high)
    } else {
        let rows = [row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7)];
        let rows = pass::<{ SHIFTS[0] }>(rows, factors, first);
        pass::<{ SHIFTS[1] }>(I16x8::transpose(rows), factors, second)
    };
    store(columns, &mut target);
}

/// Vectors of four values of row `2i` and of row `2i + 1` become four columns.
#[inline(always)]
fn columns(a: I16x8, b: I16x8, c: I16x8, d: I16x8) -> [I16x8; 4] {
    // a: rows 0 and 1; b: 2 and 3; c: 4 and 5; d: 6 and 7.
    let (ac_low, ac_high) = (a.interleave_low(c), a.interleave_high(c));
    let (bd_low, bd_high) = (b.interleave_low(d), b.interleave_high(d));
    // Rows 0 2 4 6 and rows 1 3 5 7 of columns 0 and 1, then of 2 and 3.
    let (even01, even23) = (ac_low.interleave_low(bd_low), ac_low.interleave_high(bd_low));
    let (odd01, odd23) = (ac_high.interleave_low(bd_high), ac_high.interleave_high(bd_high));
    [
        even01.interleave_low(odd01),
        even01.interleave_high(odd01),
        even23.interleave_low(odd23),
        even23.interleave_high(odd23),
    ]
}

#[inline(always)]
fn store(x: [I16x8; 8], target: &mut Target<'_>) {
    // Columns to bytes, then to rows: three rounds of alternating bring what is 8 apart together.
    let a = x[0].narrow_biased(x[1]);
    let b = x[2].narrow_biased(x[3]);
    let c = x[4].narrow_biased(x[5]);
    let d = x[6].narrow_biased(x[7]);
    // Columns 0 4 and 1 5, 2 6 and 3 7.
    let (c04, c15) = (a.interleave_low(c), a.interleave_high(c));
    let (c26, c37) = (b.interleave_low(d), b.interleave_high(d));
    let (e_low, e_high) = (c04.interleave_low(c26), c04.interleave_high(c26));
    let (o_low, o_high) = (c15.interleave_low(c37), c15.interleave_high(c37));
    let rows = [
        e_low.interleave_low(o_low),
        e_low.interleave_high(o_low),
        e_high.interleave_low(o_high),
        e_high.interleave_high(o_high),
    ];
    for (i, pair) in rows.into_iter().enumerate() {
        let [first, second] = pair.halves();
        target.put(2 * i, first);
        target.put(2 * i + 1, second);
    }
}
