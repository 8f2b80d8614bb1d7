//! 4 by 4, 2 by 2 and 1: means of neighbours of the 8 by 8 transform, computed without it, as libjpeg's reduced
//! transforms do.

use bytemill_simd::{I16x8, I32x4};

use super::{Table, Target};
use crate::block::Block;

/// Two factors for a product of pairs.
#[inline(always)]
fn pair(a: i16, b: i16) -> I16x8 {
    I16x8::load(&[a, b, a, b, a, b, a, b])
}

/// Outputs 0 to 3 from pairs (0, x), (2, 6), (7, 5) and (3, 1), unrounded: times 16384 and the cosines' scale.
#[inline(always)]
fn pass4<const SHIFT: i32>(p0: I16x8, p26: I16x8, p75: I16x8, p31: I16x8) -> [I32x4; 4] {
    let half = I32x4::splat(1 << (SHIFT - 1));
    let a = p0.dot(pair(16384, 0)).add(half);
    let b = p26.dot(pair(15137, -6270));
    let c = p75.dot(pair(-1730, 11893)).add(p31.dot(pair(-17799, 8697)));
    let d = p75.dot(pair(-4176, -4926)).add(p31.dot(pair(7373, 20995)));
    let (sum, difference) = (a.add(b), a.sub(b));
    [
        sum.add(d).shr::<SHIFT>(),
        difference.add(c).shr::<SHIFT>(),
        difference.sub(c).shr::<SHIFT>(),
        sum.sub(d).shr::<SHIFT>(),
    ]
}

/// 4 by 4 samples: a block at half its size.
#[inline(always)]
pub(crate) fn four(block: &Block, table: &Table, last: usize, mut target: Target<'_>) {
    if last == 0 {
        let value = one(block[0], table);
        for row in 0..4 {
            target.put(row, [value; 4]);
        }
        return;
    }
    let (block, table) = (block.as_chunks::<8>().0, table.as_chunks::<8>().0);
    let row = |y: usize| I16x8::load(&block[y]).mul(I16x8::load(&table[y]));
    if last < 10 {
        // The first four diagonals: four rows of four.
        let (r0, r1, r2, r3) = (row(0), row(1), row(2), row(3));
        let [x0, x1, x2, x3] = short4::<12>(r0.interleave_low(r2), r1.interleave_low(r3));
        let (rows01, rows23) = (x0.narrow(x1), x2.narrow(x3));
        let (even, odd) = (rows01.interleave_low(rows23), rows01.interleave_high(rows23));
        let (c01, c23) = (even.interleave_low(odd), even.interleave_high(odd));
        let columns = short4::<19>(c01.interleave_low(c23), c01.interleave_high(c23));
        store4(columns, &mut target);
        return;
    }
    let (r0, r1, r2, r3, r5, r6, r7) = (row(0), row(1), row(2), row(3), row(5), row(6), row(7));
    let low = pass4::<12>(
        r0.interleave_low(r0),
        r2.interleave_low(r6),
        r7.interleave_low(r5),
        r3.interleave_low(r1),
    );
    let high = pass4::<12>(
        r0.interleave_high(r0),
        r2.interleave_high(r6),
        r7.interleave_high(r5),
        r3.interleave_high(r1),
    );
    let zero = I16x8::splat(0);
    let rows: [I16x8; 4] = core::array::from_fn(|i| low[i].narrow(high[i]));
    let [c0, c1, c2, c3, _, c5, c6, c7] =
        I16x8::transpose([rows[0], rows[1], rows[2], rows[3], zero, zero, zero, zero]);
    let columns = pass4::<19>(
        c0.interleave_low(c0),
        c2.interleave_low(c6),
        c7.interleave_low(c5),
        c3.interleave_low(c1),
    );
    store4(columns, &mut target);
}

/// [`pass4`] where inputs 4 to 7 are zero, from pairs (0, 2) and (1, 3).
#[inline(always)]
fn short4<const SHIFT: i32>(p02: I16x8, p13: I16x8) -> [I32x4; 4] {
    let half = I32x4::splat(1 << (SHIFT - 1));
    let sum = p02.dot(pair(16384, 15137)).add(half);
    let difference = p02.dot(pair(16384, -15137)).add(half);
    let c = p13.dot(pair(8697, -17799));
    let d = p13.dot(pair(20995, 7373));
    [
        sum.add(d).shr::<SHIFT>(),
        difference.add(c).shr::<SHIFT>(),
        difference.sub(c).shr::<SHIFT>(),
        sum.sub(d).shr::<SHIFT>(),
    ]
}

/// Four columns to four rows of bytes.
#[inline(always)]
fn store4([x0, x1, x2, x3]: [I32x4; 4], target: &mut Target<'_>) {
    // Columns 0 2 alternate and 1 3, then all four: rows.
    let (even, odd) = (x0.narrow(x1), x2.narrow(x3));
    let (c02, c13) = (even.interleave_low(odd), even.interleave_high(odd));
    let rows = c02.interleave_low(c13).narrow_biased(c02.interleave_high(c13));
    let [first, second] = rows.halves();
    for (y, pair) in [first, second].into_iter().enumerate() {
        let [a, b, c, d, e, f, g, h] = pair;
        target.put(2 * y, [a, b, c, d]);
        target.put(2 * y + 1, [e, f, g, h]);
    }
}

/// 2 by 2 samples: a block at a quarter of its size.
#[inline(always)]
pub(crate) fn two(block: &Block, table: &Table, last: usize, mut target: Target<'_>) {
    if last == 0 {
        let value = one(block[0], table);
        target.put(0, [value; 2]);
        target.put(1, [value; 2]);
        return;
    }
    let (block, table) = (block.as_chunks::<8>().0, table.as_chunks::<8>().0);
    let row = |y: usize| I16x8::load(&block[y]).mul(I16x8::load(&table[y]));
    let half = I32x4::splat(1 << 12);
    let sample = |sum: i32| ((sum >> 20).clamp(-128, 127) + 128) as u8;
    if last < 10 {
        // Rows and columns 0, 1 and 3.
        let (r0, p13) = (row(0), row(1).interleave_low(row(3)));
        let mean = r0.interleave_low(r0).dot(pair(16384, 16384)).add(half);
        let odd = p13.dot(pair(29692, -10426));
        let rows = mean.add(odd).shr::<13>().narrow(mean.sub(odd).shr::<13>());
        let [a, b, c, d] =
            rows.dot(I16x8::load(&[0, 29692, 0, -10426, 0, 29692, 0, -10426])).to_array();
        let [e, _, f, _] = rows.dot(I16x8::load(&[16384, 0, 0, 0, 16384, 0, 0, 0])).to_array();
        for (y, (mean, odd)) in
            [(e, a.wrapping_add(b)), (f, c.wrapping_add(d))].into_iter().enumerate()
        {
            let mean = mean.wrapping_mul(2).wrapping_add(1 << 19);
            target.put(y, [sample(mean.wrapping_add(odd)), sample(mean.wrapping_sub(odd))]);
        }
        return;
    }
    let (r0, r1, r3, r5, r7) = (row(0), row(1), row(3), row(5), row(7));
    let pass = |p0: I16x8, p75: I16x8, p31: I16x8| {
        let mean = p0.dot(pair(16384, 16384)).add(half);
        let odd = p75.dot(pair(-5906, 6967)).add(p31.dot(pair(-10426, 29692)));
        (mean.add(odd).shr::<13>(), mean.sub(odd).shr::<13>())
    };
    let low = pass(r0.interleave_low(r0), r7.interleave_low(r5), r3.interleave_low(r1));
    let high = pass(r0.interleave_high(r0), r7.interleave_high(r5), r3.interleave_high(r1));
    for (y, row) in [low.0.narrow(high.0), low.1.narrow(high.1)].into_iter().enumerate() {
        let odd = row.dot(I16x8::load(&[0, 29692, 0, -10426, 0, 6967, 0, -5906])).to_array();
        let odd = odd[0].wrapping_add(odd[1]).wrapping_add(odd[2]).wrapping_add(odd[3]);
        let mut lanes = [0; 8];
        row.store(&mut lanes);
        let mean = (i32::from(lanes[0]) << 15).wrapping_add(1 << 19);
        target.put(y, [sample(mean.wrapping_add(odd)), sample(mean.wrapping_sub(odd))]);
    }
}

/// 2 by 2 samples from the four lowest frequencies, the mean and those across, down and both: the transform of that size.
#[inline(always)]
pub(crate) fn lowest(block: [i16; 4], table: &Table, mut target: Target<'_>) {
    let at = |i: usize, place: usize| i32::from(block[i].wrapping_mul(table[place]));
    let (mean, across, down, both) = (at(0, 0) + (128 << 3) + 4, at(1, 1), at(2, 8), at(3, 9));
    let (left, right) = (mean + across, mean - across);
    let (down_left, down_right) = (down + both, down - both);
    let mut samples = [left + down_left, right + down_right, left - down_left, right - down_right]
        .map(|sum| sum >> 3);
    // Hardly ever.
    if samples.iter().fold(0, |all, sample| all | sample) & !0xFF != 0 {
        samples = samples.map(|sample| sample.clamp(0, 255));
    }
    let [a, b, c, d] = samples.map(|sample| sample as u8);
    target.put(0, [a, b]);
    target.put(1, [c, d]);
}

/// The mean of a block: its sample at an eighth of its size.
#[inline(always)]
pub(crate) fn one(mean: i16, table: &Table) -> u8 {
    let mean = i32::from(mean.wrapping_mul(table[0]));
    (((mean + 4) >> 3).clamp(-128, 127) + 128) as u8
}
