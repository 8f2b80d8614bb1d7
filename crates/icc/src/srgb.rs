//! The destination: IEC 61966-2-1, with its white adapted to that of the connection space.

use crate::error::{IccError, reserve};
use crate::power::power;

/// Fractional bits of linear light: the darkest levels of sRGB are then 318 apart.
pub(crate) const BITS: u32 = 20;
/// Full light.
pub(crate) const ONE: f64 = (1 << BITS) as f64;

/// The white of the connection space, D50 (ICC.1:2022, 7.2.16), without the rounding of its encoding.
pub(crate) const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];

/// From XYZ of the connection space to linear sRGB: the inverse of the primaries of BT.709, adapted from D65 (0.3127,
/// 0.3290) to D50 by the Bradford method (ICC.1:2022, annex E).
pub(crate) const FROM_XYZ: [[f64; 3]; 3] = [
    [3.134_186_364_236_82, -1.617_208_958_998_275_4, -0.490_694_064_006_384],
    [-0.978_748_504_190_693_9, 1.916_130_096_773_586_8, 0.033_433_399_159_995_48],
    [0.071_963_927_802_246_75, -0.228_993_873_453_203_2, 1.405_753_732_896_444_2],
];

/// Linear light of a value of 0..=1.
pub(crate) fn linear(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { power((value + 0.055) / 1.055, 2.4) }
}

/// A matrix times a column.
pub(crate) fn times(matrix: &[[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * x + row[1] * y + row[2] * z)
}

/// Full light is [`ONE`]; what is beyond any display still fits, and three of it too.
pub(crate) fn to_fixed(light: f64) -> i32 {
    (light * ONE + if light < 0.0 { -0.5 } else { 0.5 }).clamp(-5e8, 5e8) as i32
}

/// From fixed-point linear light to the nearest of 256 levels.
pub(crate) struct Encoder {
    /// The level at the start of each stretch of 256. Levels are 318 apart at least, so that the right one is this or
    /// the next.
    coarse: Vec<u8>,
    /// Where each level begins; level 256, which there is not, at infinity.
    starts: [i32; 257],
}

impl Encoder {
    pub(crate) fn new() -> Result<Self, IccError> {
        let mut starts = [i32::MAX; 257];
        starts[0] = 0;
        for (level, start) in starts.iter_mut().enumerate().take(256).skip(1) {
            // The next whole number: exactly between two levels is the higher one.
            *start = (linear((level as f64 - 0.5) / 255.0) * ONE) as i32 + 1;
        }
        let mut coarse = reserve(1 << (BITS - 8))?;
        let mut level = 0;
        for stretch in 0..1 << (BITS - 8) {
            if starts[usize::from(level) + 1] <= stretch << 8 {
                level += 1;
            }
            coarse.push(level);
        }
        Ok(Self { coarse, starts })
    }

    /// The level of an amount of light; what is out of range is cut.
    #[inline]
    pub(crate) fn level(&self, light: i32) -> u8 {
        let light = light.clamp(0, (1 << BITS) - 1);
        let level = self.coarse.get((light >> 8) as usize).copied().unwrap_or_default();
        level + u8::from(light >= self.starts[usize::from(level) + 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(light: f64) -> f64 {
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
    }

    #[test]
    fn every_light_has_its_nearest_level() {
        let encoder = Encoder::new().unwrap();
        for light in 0..=1 << BITS {
            let exact = encoded(f64::from(light) / ONE) * 255.0;
            let got = f64::from(encoder.level(light));
            assert!((got - exact).abs() < 0.5 + 1e-3, "{light}: {got}, not {exact}");
        }
        assert_eq!([-5, i32::MIN].map(|light| encoder.level(light)), [0; 2]);
        assert_eq!([1 << BITS, i32::MAX].map(|light| encoder.level(light)), [255; 2]);
    }

    #[test]
    fn every_level_survives() {
        let encoder = Encoder::new().unwrap();
        for level in 0..=255 {
            assert_eq!(encoder.level(to_fixed(linear(f64::from(level) / 255.0))), level);
        }
    }

    #[test]
    fn white_is_white_and_primaries_are_those_of_srgb() {
        for light in times(&FROM_XYZ, WHITE) {
            assert!((light - 1.0).abs() < 1e-12);
        }
        // The colorants of the profiles that everyone ships, in their rounding.
        let colorants =
            [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.7141]];
        for (index, colorant) in colorants.into_iter().enumerate() {
            for (row, light) in times(&FROM_XYZ, colorant).into_iter().enumerate() {
                assert!((light - f64::from(u8::from(row == index))).abs() < 5e-4, "{light}");
            }
        }
    }
}
