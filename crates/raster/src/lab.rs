//! CIE 1976 L\*a\*b\* of sRGB colours under D65 (CIE 15; IEC 61966-2-1 for the primaries).

use crate::math::{between, cbrt};
use crate::srgb::Srgb;

/// The white point, for Y of 1.
const WHITE: [f32; 3] = [0.9505, 1.0, 1.089];

/// L\*, 0 to 100, a\* and b\*, about -100 to 100.
pub(crate) type Lab = [f32; 3];

/// Entries of the table of cube roots, over 0 to 1 and a bit: the sums of rows of the matrix.
const STEPS: usize = 1024;

fn forward(t: f32) -> f32 {
    if t > 0.008_856_452 { cbrt(t) } else { 7.787_037 * t + 16.0 / 116.0 }
}

#[inline]
fn backward(f: f32) -> f32 {
    if f > 6.0 / 29.0 { f * f * f } else { (f - 16.0 / 116.0) / 7.787_037 }
}

/// Colours to L\*a\*b\* and back.
pub(crate) struct Converter {
    /// Samples and light.
    pub(crate) srgb: Srgb,
    /// [`forward`]: lines between two entries are within 0.0001 of it, 0.01 of L\*.
    roots: [f32; STEPS + 8],
}

impl Converter {
    #[inline(never)]
    pub(crate) fn new() -> Self {
        let roots = core::array::from_fn(|i| forward(i.saturating_sub(1) as f32 / STEPS as f32));
        Self { srgb: Srgb::new(), roots }
    }

    #[inline]
    fn root(&self, t: f32) -> f32 {
        between(&self.roots, t * STEPS as f32)
    }

    /// L\* alone.
    #[inline]
    pub(crate) fn lightness(&self, rgb: [u8; 3]) -> f32 {
        let [r, g, b] = rgb.map(|sample| self.srgb.light[usize::from(sample)]);
        116.0 * self.root(0.2126 * r + 0.7152 * g + 0.0722 * b) - 16.0
    }

    /// From red, green and blue samples. Not inlined, as its inverse: a call is little of it, and there are many.
    #[inline(never)]
    pub(crate) fn lab(&self, rgb: [u8; 3]) -> Lab {
        let [r, g, b] = rgb.map(|sample| self.srgb.light[usize::from(sample)]);
        let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / WHITE[0];
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / WHITE[2];
        let (fx, fy, fz) = (self.root(x), self.root(y), self.root(z));
        [116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)]
    }

    /// To the nearest samples; colours outside of sRGB are clamped.
    #[inline(never)]
    pub(crate) fn rgb(&self, [l, a, b]: Lab) -> [u8; 3] {
        let fy = (l + 16.0) / 116.0;
        let x = WHITE[0] * backward(fy + a / 500.0);
        let y = backward(fy);
        let z = WHITE[2] * backward(fy - b / 200.0);
        [
            3.240_625_5 * x - 1.537_208 * y - 0.498_628_6 * z,
            -0.968_930_7 * x + 1.875_756 * y + 0.041_517_5 * z,
            0.055_710_1 * x - 0.204_021_1 * y + 1.056_995_9 * z,
        ]
        .map(|light| self.srgb.sample(light))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_back() {
        let converter = Converter::new();
        for i in 0..1_u32 << 12 {
            let rgb = [i >> 8, i >> 4 & 15, i & 15].map(|v| (17 * v) as u8);
            let back = converter.rgb(converter.lab(rgb));
            for (a, b) in rgb.into_iter().zip(back) {
                assert!(a.abs_diff(b) <= 1, "{rgb:?} {back:?}");
            }
        }
    }

    /// Values of libvips 8.18.
    #[test]
    fn known_colours_have_known_places() {
        let converter = Converter::new();
        for (rgb, lab) in [
            ([255, 255, 255], [100.0, 0.0, 0.0]),
            ([0, 0, 0], [0.0, 0.0, 0.0]),
            ([255, 0, 0], [53.24, 80.09, 67.2]),
            ([0, 0, 255], [32.3, 79.19, -107.86]),
        ] {
            for (a, b) in converter.lab(rgb).into_iter().zip(lab) {
                assert!((a - b).abs() < 0.05, "{rgb:?}: {a} {b}");
            }
        }
    }
}
