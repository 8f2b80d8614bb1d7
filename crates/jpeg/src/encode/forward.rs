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

/// Two factors for a product of pairs.
const fn pair(a: i32, b: i32) -> [i16; 8] {
    let (a, b) = (a as i16, b as i16);
    [a, b, a, b, a, b, a, b]
}

/// What both passes take.
pub(super) struct Factors {
    /// Of the differences and their sums, for each odd output.
    odd: [[[i16; 8]; 2]; 4],
    /// Of the even part, for outputs 2 and 6.
    even: [[i16; 8]; 2],
    /// Half of what is rounded off by the first pass, and by the second.
    halves: [[i32; 4]; 2],
    /// As `halves`, of sums alone in the second pass.
    two: [i16; 8],
}

const Z3: [i16; 8] = pair(C1_175 - C1_961, C1_175);
const Z4: [i16; 8] = pair(C1_175, C1_175 - C0_390);

static FACTORS: Factors = Factors {
    odd: [
        [pair(C1_501 - C0_899, -C0_899), Z4],
        [pair(C3_072 - C2_562, -C2_562), Z3],
        [pair(C2_053 - C2_562, -C2_562), Z4],
        [pair(C0_298 - C0_899, -C0_899), Z3],
    ],
    even: [pair(C0_541 + C0_765, C0_541), pair(C0_541, C0_541 - C1_847)],
    halves: [[1 << 10; 4], [1 << 14; 4]],
    two: [2; 8],
};

impl Factors {
    pub(super) fn new() -> &'static Self {
        bytemill_simd::unseen(&FACTORS)
    }
}

/// Both halves of two vectors, alternating.
#[inline(always)]
fn halves(a: I16x8, b: I16x8) -> [I16x8; 2] {
    [a.interleave_low(b), a.interleave_high(b)]
}

/// Two products of pairs, added, less `SHIFT` bits.
#[inline(always)]
fn rotate<const SHIFT: i32>(
    a: [I16x8; 2],
    b: [I16x8; 2],
    factors: &[[i16; 8]; 2],
    half: I32x4,
) -> I16x8 {
    let [first, second] = factors.each_ref().map(I16x8::load);
    let sum = |i: usize| a[i].dot(first).add(b[i].dot(second)).add(half).shr::<SHIFT>();
    sum(0).narrow(sum(1))
}

/// As [`rotate`], with one product.
#[inline(always)]
fn turn<const SHIFT: i32>(a: [I16x8; 2], factors: &[i16; 8], half: I32x4) -> I16x8 {
    let factors = I16x8::load(factors);
    let sum = |i: usize| a[i].dot(factors).add(half).shr::<SHIFT>();
    sum(0).narrow(sum(1))
}

/// One dimension. `SHIFT` is what the products lose; sums alone are finished by `whole`.
#[inline(always)]
fn pass<const SHIFT: i32>(
    x: [I16x8; 8],
    factors: &Factors,
    half: &[i32; 4],
    whole: impl Fn(I16x8) -> I16x8,
) -> [I16x8; 8] {
    let sum = |i: usize| x[i].add(x[7 - i]);
    let (s0, s1, s2, s3) = (sum(0), sum(1), sum(2), sum(3));
    let difference = |i: usize| x[i].sub(x[7 - i]);
    let (d7, d6, d5, d4) = (difference(0), difference(1), difference(2), difference(3));

    let (even, odd) = (s0.add(s3), s1.add(s2));
    let rest = halves(s0.sub(s3), s1.sub(s2));
    let z = halves(d4.add(d6), d5.add(d7));
    let half = I32x4::load(half);
    let [f1, f3, f5, f7] = &factors.odd;
    let [f2, f6] = &factors.even;
    [
        whole(even.add(odd)),
        rotate::<SHIFT>(halves(d7, d4), z, f1, half),
        turn::<SHIFT>(rest, f2, half),
        rotate::<SHIFT>(halves(d6, d5), z, f3, half),
        whole(even.sub(odd)),
        rotate::<SHIFT>(halves(d5, d6), z, f5, half),
        turn::<SHIFT>(rest, f6, half),
        rotate::<SHIFT>(halves(d4, d7), z, f7, half),
    ]
}

/// Transforms rows of samples, less 128 each, to rows of coefficients.
#[inline(always)]
pub(super) fn transform(rows: [I16x8; 8], factors: &Factors) -> [I16x8; 8] {
    let [first, second] = &factors.halves;
    let columns = pass::<11>(I16x8::transpose(rows), factors, first, I16x8::shl::<2>);
    let two = I16x8::load(&factors.two);
    pass::<15>(I16x8::transpose(columns), factors, second, |value| value.add(two).shr::<2>())
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "small numbers")]
mod tests {
    use super::*;

    fn transformed(block: &[[i16; 8]; 8]) -> Vec<i16> {
        let mut rows = [[0; 8]; 8];
        let vectors = transform(block.each_ref().map(I16x8::load), Factors::new());
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
