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
#[inline(always)]
fn pair(a: i32, b: i32) -> I16x8 {
    let (a, b) = (a as i16, b as i16);
    I16x8::load(&[a, b, a, b, a, b, a, b])
}

/// Half a vector: four outputs of each even and odd part.
type Four = [I32x4; 4];

/// Sums and differences of both parts, rounded off by `SHIFT` bits: outputs 0 to 7.
#[inline(always)]
fn butterfly<const SHIFT: i32>(low: (Four, Four), high: (Four, Four)) -> [I16x8; 8] {
    let half = I32x4::splat(1 << (SHIFT - 1));
    let sum = |i: usize| {
        let low = low.0[i].add(half).add(low.1[i]).shr::<SHIFT>();
        low.narrow(high.0[i].add(half).add(high.1[i]).shr::<SHIFT>())
    };
    let difference = |i: usize| {
        let low = low.0[i].add(half).sub(low.1[i]).shr::<SHIFT>();
        low.narrow(high.0[i].add(half).sub(high.1[i]).shr::<SHIFT>())
    };
    [sum(0), sum(1), sum(2), sum(3), difference(3), difference(2), difference(1), difference(0)]
}

/// From pairs (0, 4) and (2, 6).
#[inline(always)]
fn even(p04: I16x8, p26: I16x8) -> Four {
    let a = p04.dot(pair(8192, 8192));
    let b = p04.dot(pair(8192, -8192));
    let c = p26.dot(pair(C0_541 + C0_765, C0_541));
    let d = p26.dot(pair(C0_541, C0_541 - C1_847));
    [a.add(c), b.add(d), b.sub(d), a.sub(c)]
}

/// From pairs (7, 1), (5, 3) and (7 + 3, 5 + 1).
#[inline(always)]
fn odd(p71: I16x8, p53: I16x8, sums: I16x8) -> Four {
    let z3 = sums.dot(pair(C1_175 - C1_961, C1_175));
    let z4 = sums.dot(pair(C1_175, C1_175 - C0_390));
    [
        z4.add(p71.dot(pair(-C0_899, C1_501 - C0_899))),
        z3.add(p53.dot(pair(-C2_562, C3_072 - C2_562))),
        z4.add(p53.dot(pair(C2_053 - C2_562, -C2_562))),
        z3.add(p71.dot(pair(C0_298 - C0_899, -C0_899))),
    ]
}

#[inline(always)]
fn pass<const SHIFT: i32>(x: [I16x8; 8]) -> [I16x8; 8] {
    let (z3, z4) = (x[7].add(x[3]), x[5].add(x[1]));
    let low = (
        even(x[0].interleave_low(x[4]), x[2].interleave_low(x[6])),
        odd(x[7].interleave_low(x[1]), x[5].interleave_low(x[3]), z3.interleave_low(z4)),
    );
    let high = (
        even(x[0].interleave_high(x[4]), x[2].interleave_high(x[6])),
        odd(x[7].interleave_high(x[1]), x[5].interleave_high(x[3]), z3.interleave_high(z4)),
    );
    butterfly::<SHIFT>(low, high)
}

/// Both parts where inputs 4 to 7 are zero, from pairs (0, 2) and (1, 3).
#[inline(always)]
fn short(p02: I16x8, p13: I16x8) -> (Four, Four) {
    let even = [
        p02.dot(pair(8192, C0_541 + C0_765)),
        p02.dot(pair(8192, C0_541)),
        p02.dot(pair(8192, -C0_541)),
        p02.dot(pair(8192, -C0_541 - C0_765)),
    ];
    let odd = [
        p13.dot(pair(C1_175 + C1_501 - C0_899 - C0_390, C1_175)),
        p13.dot(pair(C1_175, C1_175 - C1_961 + C3_072 - C2_562)),
        p13.dot(pair(C1_175 - C0_390, C1_175 - C2_562)),
        p13.dot(pair(C1_175 - C0_899, C1_175 - C1_961)),
    ];
    (even, odd)
}

/// Samples of a block. `last` is the place in zigzag order of the last coefficient that may not be zero.
#[inline(always)]
pub(crate) fn full(block: &Block, table: &Table, last: usize, mut target: Target<'_>) {
    if last == 0 {
        let value = super::one(block, table);
        for row in 0..8 {
            target.put(row, [value; 8]);
        }
        return;
    }
    let (block, table) = (block.as_chunks::<8>().0, table.as_chunks::<8>().0);
    let row = |y: usize| I16x8::load(&block[y]).mul(I16x8::load(&table[y]));
    let columns = if last < 10 {
        // The first four diagonals: columns 4 to 7 of rows 4 to 7 are zero.
        let (r0, r1, r2, r3) = (row(0), row(1), row(2), row(3));
        let (even, odd) = short(r0.interleave_low(r2), r1.interleave_low(r3));
        let half = I32x4::splat(1 << 10);
        let sum = |i: usize| even[i].add(half).add(odd[i]).shr::<11>();
        let difference = |i: usize| even[i].add(half).sub(odd[i]).shr::<11>();
        // Rows 0 to 7 of columns 0 to 3, two rows to a vector, to columns.
        let a = sum(0).narrow(sum(1));
        let b = sum(2).narrow(sum(3));
        let c = difference(3).narrow(difference(2));
        let d = difference(1).narrow(difference(0));
        let [c0, c1, c2, c3] = columns(a, b, c, d);
        let low = short(c0.interleave_low(c2), c1.interleave_low(c3));
        let high = short(c0.interleave_high(c2), c1.interleave_high(c3));
        butterfly::<18>(low, high)
    } else {
        let rows = pass::<11>([row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7)]);
        pass::<18>(I16x8::transpose(rows))
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
