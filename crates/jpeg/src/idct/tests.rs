//! Against plain scalar forms of the same transforms, and against the definition (T.81, A.3.3).

#![expect(clippy::cast_precision_loss, reason = "places in a block are small")]

use super::{Factors, Target, four, full, one, two};
use crate::block::{Block, ZIGZAG};

/// Numbers that look random; most of them small.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % limit
    }

    /// With `count` coefficients, in zigzag order, of a size that shrinks with the frequency.
    fn block(&mut self, count: usize, size: u32) -> Block {
        let mut block = [0; 64];
        for (k, at) in ZIGZAG.iter().take(count).enumerate() {
            let size = (size / (k as u32 + 1)).max(1);
            block[usize::from(*at)] = (self.below(2 * size + 1) as i16) - (size as i16);
        }
        block
    }
}

/// Samples of the definition at `size` by `size`: means of the exact 8 by 8 samples.
fn exact(block: &Block, quantisation: &[i16; 64], size: usize) -> Vec<f64> {
    use core::f64::consts::{FRAC_1_SQRT_2, PI};
    let scale = |u: usize| if u == 0 { FRAC_1_SQRT_2 } else { 1.0 };
    let cosine = |x: usize, u: usize| (PI * ((2 * x + 1) * u) as f64 / 16.0).cos();
    let at = |x: usize, y: usize| {
        let mut sum = 0.0;
        for v in 0..8 {
            for u in 0..8 {
                let value = f64::from(block[8 * v + u]) * f64::from(quantisation[8 * v + u]);
                sum += scale(u) * scale(v) * value * cosine(x, u) * cosine(y, v);
            }
        }
        sum / 4.0 + 128.0
    };
    let side = 8 / size;
    let mean = |x: usize, y: usize| {
        let places = (0..side * side).map(|i| at(side * x + i % side, side * y + i / side));
        places.sum::<f64>() / (side * side) as f64
    };
    (0..size * size).map(|i| mean(i % size, i / size)).collect()
}

fn samples(block: &Block, table: &[i16; 64], last: usize, size: usize) -> Vec<u8> {
    let mut samples = vec![0; 8 * size];
    let target = Target { samples: &mut samples, stride: 8 };
    match size {
        8 => full(block, table, Factors::new(), last, target),
        4 => four(block, table, last, target),
        2 => two(block, table, last, target),
        _ => samples[0] = one(block[0], table),
    }
    samples.chunks(8).flat_map(|row| row[..size].to_vec()).collect()
}

#[test]
fn samples_are_near_the_definition() {
    let mut random = Random(1);
    for round in 0..400 {
        let quantisation = core::array::from_fn(|i| 1 + (random.below(4) + i as u32 / 16) as i16);
        let count = 1 + round % 64;
        let block = random.block(count, 200);
        for size in [8, 4, 2, 1] {
            let ours = samples(&block, &quantisation, count - 1, size);
            for (ours, exact) in ours.iter().zip(exact(&block, &quantisation, size)) {
                // The reduced transforms leave out what hardly matters (column 4).
                let off = (f64::from(*ours) - exact.clamp(0.0, 255.0)).abs();
                assert!(off < 1.1, "{ours} for {exact}, size {size}, {count} coefficients");
            }
        }
    }
}

/// The path for few coefficients is the long one with zeros.
#[test]
fn short_cuts_change_nothing() {
    let mut random = Random(2);
    for round in 0..2000 {
        let block = random.block(1 + round % 10, if round % 3 == 0 { 2000 } else { 300 });
        let table = core::array::from_fn(|_| 1 + random.below(3) as i16);
        for size in [8, 4, 2] {
            assert_eq!(samples(&block, &table, 9, size), samples(&block, &table, 63, size));
        }
        let mut block = [0; 64];
        block[0] = random.below(3000) as i16 - 1500;
        for size in [8, 4, 2] {
            assert_eq!(samples(&block, &table, 0, size), samples(&block, &table, 63, size));
        }
    }
}
