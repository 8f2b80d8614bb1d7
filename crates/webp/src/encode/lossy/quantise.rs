//! Quantisation; RFC 6386, section 14.1.

use bytemill_simd::I16x8;

use super::tables::SCAN;
use super::transform::Vectors;
use crate::vp8::{AC_STEPS, DC_STEPS};

/// Steps of a kind of block, and how they are divided by.
pub(super) struct Quantiser {
    steps: [i16; 16],
    /// 2^17 by the step.
    inverse: [i16; 16],
    /// What is added before the division. The closer to half a step, the more is rounded up.
    bias: [i16; 16],
    /// Half a step, for levels that are the nearest.
    half: [i16; 16],
}

/// What is added to the coefficients of luma before they are rounded, in 2048ths of a step, so that detail stays;
/// column by column. By and large what the eye sees less of is rounded down more often than it should be.
const SHARPENING: [i32; 16] = [0, 30, 60, 90, 30, 60, 90, 90, 60, 90, 90, 90, 90, 90, 90, 90];

/// Splits vectors into numbers.
#[inline(always)]
pub(super) fn to_array(vectors: Vectors) -> [i16; 16] {
    let mut array = [0; 16];
    let (halves, _) = array.as_chunks_mut::<8>();
    vectors[0].store(&mut halves[0]);
    vectors[1].store(&mut halves[1]);
    array
}

/// The inverse of [`to_array`].
#[inline(always)]
pub(super) fn to_vectors(array: &[i16; 16]) -> Vectors {
    let (halves, _) = array.as_chunks::<8>();
    [I16x8::load(&halves[0]), I16x8::load(&halves[1])]
}

impl Quantiser {
    /// `bias` in 256ths of a step, of the DC coefficient and the others.
    fn new(dc: u16, ac: u16, bias: [i32; 2], sharpen: bool) -> Self {
        let step = |i: usize| i32::from(if i == 0 { dc } else { ac });
        let fill = |value: &dyn Fn(usize) -> i32| core::array::from_fn(|i| value(i) as i16);
        Self {
            steps: fill(&step),
            inverse: fill(&|i| (1 << 17) / step(i)),
            bias: fill(&|i| {
                let sharpening = if sharpen { (SHARPENING[i] * step(i)) >> 11 } else { 0 };
                sharpening + ((bias[usize::from(i > 0)] * step(i)) >> 8)
            }),
            half: fill(&|i| step(i) / 2),
        }
    }

    /// Of luma.
    pub(super) fn luma(index: i32) -> Self {
        Self::new(dc_step(index), ac_step(index), [96, 110], true)
    }

    /// Of the DC coefficients of luma.
    pub(super) fn dc(index: i32) -> Self {
        let ac = (u32::from(ac_step(index)) * 155 / 100).max(8) as u16;
        Self::new(2 * dc_step(index), ac, [96, 108], false)
    }

    /// Of chroma, with what is added to the index for the DC coefficient and the others.
    pub(super) fn chroma(index: i32, dc_delta: i32, ac_delta: i32) -> Self {
        Self::new(
            dc_step((index + dc_delta).min(117)),
            ac_step(index + ac_delta),
            [110, 115],
            false,
        )
    }

    /// The mean step.
    pub(super) fn mean(&self) -> i32 {
        (self.steps.iter().map(|&step| i32::from(step)).sum::<i32>() + 8) >> 4
    }

    pub(super) fn step(&self, i: usize) -> i32 {
        i32::from(self.steps[i])
    }

    /// Levels, and the coefficients that they stand for.
    #[inline(always)]
    pub(super) fn quantise(&self, coefficients: Vectors) -> (Vectors, Vectors) {
        self.divide(coefficients, &self.bias)
    }

    /// As [`Self::quantise`], but each level is the nearest.
    #[inline(always)]
    pub(super) fn nearest(&self, coefficients: Vectors) -> Vectors {
        self.divide(coefficients, &self.half).0
    }

    #[inline(always)]
    fn divide(&self, coefficients: Vectors, bias: &[i16; 16]) -> (Vectors, Vectors) {
        let (steps, inverse) = (to_vectors(&self.steps), to_vectors(&self.inverse));
        let bias = to_vectors(bias);
        let zero = I16x8::splat(0);
        let mut levels = [zero; 2];
        let mut values = [zero; 2];
        for i in 0..2 {
            let sign = coefficients[i].shr::<15>();
            let level = coefficients[i].abs().add(bias[i]).mul_high_unsigned(inverse[i]);
            levels[i] = level.shr_unsigned::<1>().xor(sign).sub(sign);
            values[i] = levels[i].mul(steps[i]);
        }
        (levels, values)
    }

    /// The coefficients that levels stand for.
    #[inline(always)]
    pub(super) fn values(&self, levels: Vectors) -> Vectors {
        let steps = to_vectors(&self.steps);
        [levels[0].mul(steps[0]), levels[1].mul(steps[1])]
    }
}

/// Levels in the order of the file, and where they end.
#[inline(always)]
pub(super) fn scan(levels: Vectors) -> ([i16; 16], usize) {
    let levels_by_column = to_array(levels);
    if levels[0].or(levels[1]).is_zero() {
        return ([0; 16], 0);
    }
    let scanned: [i16; 16] = core::array::from_fn(|n| levels_by_column[usize::from(SCAN[n])]);
    (scanned, scanned.iter().rposition(|&level| level != 0).map_or(0, |last| last + 1))
}

/// The step of a quantiser's index for DC coefficients.
pub(super) fn dc_step(index: i32) -> u16 {
    DC_STEPS[index.clamp(0, 127) as usize]
}

/// The step of a quantiser's index for the other coefficients.
pub(super) fn ac_step(index: i32) -> u16 {
    AC_STEPS[index.clamp(0, 127) as usize]
}
