//! The forward transform: the factorisation of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) with the roundings of
//! libjpeg's accurate integer method, its rotations gathered into products of pairs. Results are 8 times the DCT's.

use bytemill_simd::{I16x8, I32x4};

// Cosines times 8192, named by the value.
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

/// Both halves of a product of pairs, two pairs of vectors added, rounded off by `SHIFT` bits.
#[inline(always)]
fn rotate<const SHIFT: i32>(vectors: [(I16x8, I16x8); 2], factors: [(i32, i32); 2]) -> I16x8 {
    let half = I32x4::splat(1 << (SHIFT - 1));
    let [(a, b), (c, d)] = vectors;
    let [first, second] = factors.map(|(x, y)| I16x8::pair([x as i16, y as i16]));
    let low = a.interleave_low(b).dot(first).add(c.interleave_low(d).dot(second));
    let high = a.interleave_high(b).dot(first).add(c.interleave_high(d).dot(second));
    low.add(half).shr::<SHIFT>().narrow(high.add(half).shr::<SHIFT>())
}

/// As [`rotate`], for one pair of vectors.
#[inline(always)]
fn turn<const SHIFT: i32>(a: I16x8, b: I16x8, factors: (i32, i32)) -> I16x8 {
    let half = I32x4::splat(1 << (SHIFT - 1));
    let factors = I16x8::pair([factors.0 as i16, factors.1 as i16]);
    let low = a.interleave_low(b).dot(factors).add(half).shr::<SHIFT>();
    low.narrow(a.interleave_high(b).dot(factors).add(half).shr::<SHIFT>())
}

/// One dimension. `SHIFT` is what the products lose; sums alone are finished by `whole`.
#[inline(always)]
fn pass<const SHIFT: i32>(x: [I16x8; 8], whole: impl Fn(I16x8) -> I16x8) -> [I16x8; 8] {
    let sum = |i: usize| x[i].add(x[7 - i]);
    let (s0, s1, s2, s3) = (sum(0), sum(1), sum(2), sum(3));
    let difference = |i: usize| x[i].sub(x[7 - i]);
    let (d7, d6, d5, d4) = (difference(0), difference(1), difference(2), difference(3));

    let (even, far) = (s0.add(s3), s0.sub(s3));
    let (odd, near) = (s1.add(s2), s1.sub(s2));
    let z = (d4.add(d6), d5.add(d7));
    let z3 = (C1_175 - C1_961, C1_175);
    let z4 = (C1_175, C1_175 - C0_390);
    [
        whole(even.add(odd)),
        rotate::<SHIFT>([(d7, d4), z], [(C1_501 - C0_899, -C0_899), z4]),
        turn::<SHIFT>(far, near, (C0_541 + C0_765, C0_541)),
        rotate::<SHIFT>([(d6, d5), z], [(C3_072 - C2_562, -C2_562), z3]),
        whole(even.sub(odd)),
        rotate::<SHIFT>([(d5, d6), z], [(C2_053 - C2_562, -C2_562), z4]),
        turn::<SHIFT>(far, near, (C0_541, C0_541 - C1_847)),
        rotate::<SHIFT>([(d4, d7), z], [(C0_298 - C0_899, -C0_899), z3]),
    ]
}

/// Transforms rows of samples, less 128 each, to rows of coefficients.
#[inline(always)]
pub(super) fn transform(rows: [I16x8; 8]) -> [I16x8; 8] {
    let columns = pass::<11>(I16x8::transpose(rows), I16x8::shl::<2>);
    let two = I16x8::splat(2);
    pass::<15>(I16x8::transpose(columns), |value| value.add(two).shr::<2>())
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "small numbers")]
mod tests {
    use super::*;

    fn transformed(block: &[[i16; 8]; 8]) -> Vec<i16> {
        let mut rows = [[0; 8]; 8];
        let vectors = transform(block.each_ref().map(I16x8::load));
        for (row, vector) in rows.iter_mut().zip(vectors) {
            vector.store(row);
        }
        rows.concat()
    }

    /// The definition (T.81, A.3.3), times 8.
    fn exact(block: &[[i16; 8]; 8]) -> Vec<f64> {
        let cosine = |x: usize, u: usize| {
            ((2 * x + 1) as f64 * u as f64 * std::f64::consts::PI / 16.0).cos()
        };
        let scale = |u: usize| if u == 0 { 0.5_f64.sqrt() } else { 1.0 };
        (0..64)
            .map(|at| {
                let (u, v) = (at % 8, at / 8);
                let terms = (0..64)
                    .map(|i| f64::from(block[i / 8][i % 8]) * cosine(i % 8, u) * cosine(i / 8, v));
                2.0 * scale(u) * scale(v) * terms.sum::<f64>()
            })
            .collect()
    }

    #[test]
    fn near_the_definition() {
        let mut state = 7_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 24) as i16) - 128
        };
        let mut blocks = vec![[[-128; 8]; 8], [[127; 8]; 8], [[0; 8]; 8]];
        blocks.push(core::array::from_fn(|y| {
            core::array::from_fn(|x| if (x + y) % 2 == 0 { 127 } else { -128 })
        }));
        blocks.extend((0..500).map(|_| core::array::from_fn(|_| core::array::from_fn(|_| next()))));
        for block in &blocks {
            for (ours, exact) in transformed(block).iter().zip(exact(block)) {
                // Of 8 times a coefficient: a quarter of one.
                assert!((f64::from(*ours) - exact).abs() < 2.0, "{ours} instead of {exact}");
            }
        }
    }
}
