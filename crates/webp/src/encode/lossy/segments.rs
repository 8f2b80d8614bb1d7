//! From a quality to quantisers, filter strengths and the price of a bit, by segment.

use super::quantise::{Quantiser, ac_step};

/// What the macroblocks of a segment have in common.
pub(super) struct Segment {
    pub(super) luma: Quantiser,
    pub(super) dc: Quantiser,
    pub(super) chroma: Quantiser,
    /// The index of the quantisers, 0 to 127.
    pub(super) index: i32,
    /// The loop filter's strength, 0 to 63.
    pub(super) strength: i32,
    /// Distortion, times 256, that is worth a 256th of a bit.
    pub(super) lambda: Lambdas,
    /// The largest step between blocks that quantisation left, in steps of the DC quantiser.
    pub(super) edge: i32,
}

/// Prices in the choices of an encoder.
#[derive(Clone, Copy)]
pub(super) struct Lambdas {
    /// Of 4x4 modes.
    pub(super) block: u64,
    /// Of 16x16 modes.
    pub(super) luma: u64,
    /// Of chroma modes.
    pub(super) chroma: u64,
    /// Between the two sizes.
    pub(super) size: u64,
    /// Of levels, by the scale of the trellis.
    pub(super) levels: u64,
    /// As `levels`, for chroma.
    pub(super) chroma_levels: u64,
    /// Of a change of texture, in 256ths.
    pub(super) texture: u64,
}

/// What an analysis found out about a segment.
#[derive(Clone, Copy, Default)]
pub(super) struct Character {
    /// How much easier than the mean, -127 to 127.
    pub(super) alpha: i32,
    /// How much easier than the hardest segment, 0 to 255.
    pub(super) beta: i32,
}

/// What is added to the quantiser's index for chroma: of DC coefficients and of the others.
#[derive(Clone, Copy, Default)]
pub(super) struct ChromaDeltas {
    pub(super) dc: i32,
    pub(super) ac: i32,
}

impl ChromaDeltas {
    /// The harder the chroma, `alpha` of 0 to 255, the coarser its AC coefficients.
    pub(super) fn new(alpha: i32) -> Self {
        Self { dc: -2, ac: ((alpha - 64) * 10 / 70 / 2).clamp(-4, 6) }
    }
}

/// `x` to the power of `exponent`, both 0 to 1, in operations that round alike everywhere.
fn power(x: f64, exponent: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    // The logarithm, digit by digit.
    let (mut fraction, mut log) = (x, 0.0);
    while fraction < 1.0 {
        fraction *= 2.0;
        log -= 1.0;
    }
    let mut digit = 0.5;
    for _ in 0..40 {
        fraction *= fraction;
        if fraction >= 2.0 {
            fraction *= 0.5;
            log += digit;
        }
        digit *= 0.5;
    }
    // And back, root by root.
    let mut rest = -log * exponent;
    let (mut result, mut root) = (1.0, 0.5_f64);
    while rest >= 1.0 {
        result *= 0.5;
        rest -= 1.0;
    }
    for _ in 0..40 {
        root = root.sqrt();
        rest *= 2.0;
        if rest >= 1.0 {
            rest -= 1.0;
            result *= root;
        }
    }
    result
}

/// The index of a quality of 0 to 100, 127 to 0, as libwebp has it: the size of the file falls about evenly with the
/// quality, and easy segments get finer steps.
fn index(quality: u8, alpha: i32) -> i32 {
    let quality = f64::from(quality) / 100.0;
    let linear = if quality < 0.75 { quality * 2.0 / 3.0 } else { 2.0 * quality - 1.0 };
    let exponent = (1.0 - f64::from(alpha) * 0.9 / 256.0) / 3.0;
    (127.0 * (1.0 - power(linear, exponent))) as i32
}

impl Segment {
    pub(super) fn new(quality: u8, character: Character, chroma: ChromaDeltas) -> Self {
        let index = index(quality, character.alpha).clamp(0, 127);
        let luma = Quantiser::luma(index);
        let dc = Quantiser::dc(index);
        let chroma = Quantiser::chroma(index, chroma.dc, chroma.ac);
        let squared = |quantiser: &Quantiser| {
            let mean = quantiser.mean().cast_unsigned();
            u64::from(mean * mean)
        };
        let lambda = Lambdas {
            block: ((3 * squared(&luma)) >> 7).max(1),
            luma: ((3 * squared(&luma)) >> 7).max(1),
            chroma: ((3 * squared(&chroma)) >> 6).max(1),
            size: (squared(&luma) >> 7).max(1),
            levels: ((7 * squared(&luma)) >> 3).max(1),
            chroma_levels: (squared(&chroma) << 1).max(1),
            texture: u64::from((50 * luma.mean().cast_unsigned()) >> 5),
        };
        // Hard segments hide what their edges lose.
        let strength = i32::from(ac_step(index) >> 2) * 300 / (256 + character.beta);
        let strength = if strength < 2 { 0 } else { strength.min(63) };
        Self { luma, dc, chroma, index, strength, lambda, edge: 0 }
    }

    /// Makes the filter strong enough for blocks that differ by nothing but their DC coefficients.
    pub(super) fn strengthen(&mut self) {
        let needed = ((self.edge * self.dc.step(1)) >> 3).min(63);
        self.strength = self.strength.max(needed);
    }
}

#[cfg(test)]
mod tests {
    use super::super::quantise::dc_step;
    use super::*;

    #[test]
    fn powers_are_those_of_the_platform() {
        for x in 1..=50 {
            for exponent in 0..=10 {
                let (x, exponent) = (f64::from(x) / 50.0, f64::from(exponent) / 10.0);
                assert!((power(x, exponent) - x.powf(exponent)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn steps_shrink_with_quality() {
        let indices: Vec<i32> = (0..=100).map(|quality| index(quality, 0)).collect();
        assert!(indices.is_sorted_by(|a, b| a >= b));
        assert_eq!((indices[0], indices[75], indices[100]), (127, 26, 0));
        assert!(dc_step(indices[50]) > dc_step(indices[90]));
    }
}
