//! The transfer function of sRGB (IEC 61966-2-1), by tables.

use crate::math::{between, pow, whole};

/// Entries of the table from linear light, over the square root of it: the function is nearly a line there.
const STEPS: usize = 512;

/// Light of a sample, 0 to 1.
pub(crate) fn linear(sample: u8) -> f64 {
    let v = f64::from(sample) / 255.0;
    if v <= 0.04045 { v / 12.92 } else { pow((v + 0.055) / 1.055, 2.4) }
}

/// The value, 0 to 1, of linear light.
pub(crate) fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * pow(light, 1.0 / 2.4) - 0.055 }
}

/// Both directions; some 30 microseconds to make.
pub(crate) struct Srgb {
    /// Light of every sample, 0 to 1.
    pub(crate) light: [f32; 256],
    encoded: [f32; STEPS + 3],
}

impl Srgb {
    #[inline(never)]
    pub(crate) fn new() -> Self {
        let light = core::array::from_fn(|sample| linear(sample as u8) as f32);
        let encoded = core::array::from_fn(|i| {
            let root = i.saturating_sub(1) as f64 / STEPS as f64;
            (255.0 * encoded(root * root)) as f32
        });
        Self { light, encoded }
    }

    /// The nearest sample, within 0.51, of light, which is clamped to 0 to 1.
    #[inline]
    pub(crate) fn sample(&self, light: f32) -> u8 {
        // Not a number becomes zero.
        let place = if light > 0.0 { light.min(1.0).sqrt() * STEPS as f32 } else { 0.0 };
        whole(between(&self.encoded, place)).0 as u8
    }

    /// Luminance of linear light as libvips and sharp's `greyscale` take it (ITU-R BT.709), encoded again.
    #[inline]
    pub(crate) fn luminance(&self, [red, green, blue]: [u8; 3]) -> u8 {
        let light = |sample: u8| self.light[usize::from(sample)];
        self.sample(0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_come_back() {
        let table = Srgb::new();
        for sample in 0..=255_u8 {
            assert_eq!(table.sample(table.light[usize::from(sample)]), sample);
            assert_eq!(table.luminance([sample; 3]), sample);
        }
        for i in 0..=100_000 {
            let light = f64::from(i) / 100_000.0;
            let exact = 255.0 * encoded(light);
            assert!((f64::from(table.sample(light as f32)) - exact).abs() < 0.51, "{light}");
        }
        assert_eq!((table.sample(-1.0), table.sample(9.0), table.sample(f32::NAN)), (0, 255, 0));
    }
}
