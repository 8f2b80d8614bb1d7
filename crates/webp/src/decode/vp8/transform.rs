//! Inverse transforms (RFC 6386, section 14), added to the prediction.

use bytemill_simd::I16x8;

use super::workspace::{STRIDE, Workspace};

/// The inverse Walsh-Hadamard transform: first coefficients of the 16 blocks of luma (section 14.3).
pub(super) fn inverse_walsh_hadamard(input: &[i16; 16]) -> [i16; 16] {
    let mut columns = [0; 16];
    for i in 0..4 {
        let [a, b, c, d] = [0, 4, 8, 12].map(|row| i32::from(input[row + i]));
        columns[i] = a + d + b + c;
        columns[8 + i] = a + d - b - c;
        columns[4 + i] = a - d + b - c;
        columns[12 + i] = a - d - b + c;
    }
    let mut output = [0; 16];
    for (row, output) in columns.as_chunks::<4>().0.iter().zip(output.as_chunks_mut::<4>().0) {
        let [a, b, c, d] = *row;
        let a = a + 3;
        *output = [a + d + b + c, a - d + b - c, a + d - b - c, a - d - b + c]
            .map(|sum| (sum >> 3) as i16);
    }
    output
}

/// The upper half of the product with sqrt(2) * cos(pi / 8), as a fraction of 65536 over 1.
#[inline(always)]
fn cosine(value: I16x8) -> I16x8 {
    value.mul_high(I16x8::splat(20091)).add(value)
}

/// That with sqrt(2) * sin(pi / 8): the fraction, 35468, is over 32767.
#[inline(always)]
fn sine(value: I16x8) -> I16x8 {
    value.mul_high(I16x8::splat((35468_i32 - 65536) as i16)).add(value)
}

/// One dimension of two blocks beside each other (section 14.4).
#[inline(always)]
fn pass([in0, in1, in2, in3]: [I16x8; 4]) -> [I16x8; 4] {
    let (a, b) = (in0.add(in2), in0.sub(in2));
    let c = sine(in1).sub(cosine(in3));
    let d = cosine(in1).add(sine(in3));
    [a.add(d), b.add(c), b.sub(c), a.sub(d)]
}

/// Rows to columns, in both halves.
#[inline(always)]
fn transpose([r0, r1, r2, r3]: [I16x8; 4]) -> [I16x8; 4] {
    let (a, b) = (r0.interleave_low(r2), r1.interleave_low(r3));
    let (c, d) = (r0.interleave_high(r2), r1.interleave_high(r3));
    let (left01, left23) = (a.interleave_low(b), a.interleave_high(b));
    let (right01, right23) = (c.interleave_low(d), c.interleave_high(d));
    [
        left01.join_low(right01),
        left01.join_high(right01),
        left23.join_low(right23),
        left23.join_high(right23),
    ]
}

/// Rows of a block, two to a vector.
#[inline(always)]
fn load(block: &[i16; 16]) -> [I16x8; 2] {
    let ([low, high], _) = block.as_chunks::<8>() else { return [I16x8::splat(0); 2] };
    [I16x8::load(low), I16x8::load(high)]
}

/// What two blocks beside each other add to the pixels.
#[inline(always)]
fn inverse(left: &[i16; 16], right: &[i16; 16]) -> [I16x8; 4] {
    let ([l0, l1], [r0, r1]) = (load(left), load(right));
    let rows = [l0.join_low(r0), l0.join_high(r0), l1.join_low(r1), l1.join_high(r1)];
    let [c0, c1, c2, c3] = transpose(pass(rows));
    transpose(pass([c0.add(I16x8::splat(4)), c1, c2, c3])).map(I16x8::shr::<3>)
}

/// Adds two blocks, of which any may be zeros, to 8 by 4 pixels.
#[inline(always)]
pub(super) fn add_two(work: &mut Workspace, at: usize, left: &[i16; 16], right: &[i16; 16]) {
    add_rows(work, at, inverse(left, right));
}

/// What a first coefficient alone adds to each pixel.
#[inline(always)]
fn rounded(first: i16) -> i16 {
    ((i32::from(first) + 4) >> 3) as i16
}

/// As [`add_two`], where only the first coefficients are not 0.
#[inline(always)]
pub(super) fn add_two_first(work: &mut Workspace, at: usize, left: i16, right: i16) {
    let [left, right] = [left, right].map(rounded);
    let row = I16x8::load(&[left, left, left, left, right, right, right, right]);
    add_rows(work, at, [row; 4]);
}

#[inline(always)]
fn add_rows(work: &mut Workspace, at: usize, rows: [I16x8; 4]) {
    for (y, row) in rows.into_iter().enumerate() {
        let Some(pixels) = work[at + y * STRIDE..].first_chunk_mut::<8>() else { return };
        let sum = I16x8::load_u8(pixels).add(row);
        *pixels = sum.narrow(sum).halves()[0];
    }
}

/// Adds one block to 4 by 4 pixels.
#[inline(always)]
pub(super) fn add_one(rows: [[u8; 4]; 4], block: &[i16; 16]) -> [[u8; 4]; 4] {
    let [a, b, c, d] = inverse(block, &[0; 16]);
    add_vectors(rows, [a.join_low(b), c.join_low(d)])
}

/// As [`add_one`], where only the first coefficient is not 0.
#[inline(always)]
pub(super) fn add_one_first(rows: [[u8; 4]; 4], first: i16) -> [[u8; 4]; 4] {
    add_vectors(rows, [I16x8::splat(rounded(first)); 2])
}

#[inline(always)]
fn add_vectors([a, b, c, d]: [[u8; 4]; 4], [low, high]: [I16x8; 2]) -> [[u8; 4]; 4] {
    let pair = |a: [u8; 4], b: [u8; 4]| {
        let (a, b) = (u64::from(u32::from_le_bytes(a)), u64::from(u32::from_le_bytes(b)));
        I16x8::load_u8(&(a | b << 32).to_le_bytes())
    };
    let sums = pair(a, b).add(low).narrow(pair(c, d).add(high));
    let [low, high] = sums.halves().map(u64::from_le_bytes);
    [low, low >> 32, high, high >> 32].map(|row| (row as u32).to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formulas as they stand in the specification.
    fn reference(block: &[i16; 16]) -> [i32; 16] {
        let cosine = |value: i32| value + ((value * 20091) >> 16);
        let sine = |value: i32| (value * 35468) >> 16;
        let pass = |[in0, in1, in2, in3]: [i32; 4]| {
            let (a, b) = (in0 + in2, in0 - in2);
            let (c, d) = (sine(in1) - cosine(in3), cosine(in1) + sine(in3));
            [a + d, b + c, b - c, a - d]
        };
        let mut columns = [[0; 4]; 4];
        for (x, column) in columns.iter_mut().enumerate() {
            *column = pass([0, 4, 8, 12].map(|row| i32::from(block[row + x])));
        }
        let mut output = [0; 16];
        for y in 0..4 {
            let row = pass([0, 1, 2, 3].map(|x| columns[x][y] + if x == 0 { 4 } else { 0 }));
            output[4 * y..][..4].copy_from_slice(&row.map(|sum| sum >> 3));
        }
        output
    }

    #[test]
    fn blocks_are_those_of_the_formulas() {
        let mut state = 1_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8).cast_signed() % 1500
        };
        for _ in 0..500 {
            let blocks: [[i16; 16]; 2] = [(); 2].map(|()| [(); 16].map(|()| next() as i16));
            let mut work = [100; super::super::workspace::SIZE];
            add_two(&mut work, 70, &blocks[0], &blocks[1]);
            let one = add_one([[100; 4]; 4], &blocks[0]);
            let expected =
                blocks.map(|block| reference(&block).map(|sum| (100 + sum).clamp(0, 255)));
            for y in 0..4 {
                for x in 0..4 {
                    for half in 0..2 {
                        let pixel = work[70 + y * STRIDE + x + 4 * half];
                        assert_eq!(i32::from(pixel), expected[half][4 * y + x]);
                    }
                    assert_eq!(i32::from(one[y][x]), expected[0][4 * y + x]);
                }
            }
        }
    }

    #[test]
    fn first_coefficients_alone_are_a_special_case() {
        for first in [-2000, -9, -5, -4, -1, 0, 1, 3, 4, 11, 900] {
            let mut block = [0; 16];
            block[0] = first;
            let mut works = [[77; super::super::workspace::SIZE]; 2];
            let [a, b] = &mut works;
            add_two(a, 40, &block, &block);
            add_two_first(b, 40, first, first);
            assert!(a == b);
            assert_eq!(add_one([[77; 4]; 4], &block), add_one_first([[77; 4]; 4], first));
        }
    }
}
