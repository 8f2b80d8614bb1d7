//! What comes after interpolation in a table of colours: curves and a matrix, to the connection space and to light.

use crate::curve::Curve;
use crate::error::{IccError, reserve};
use crate::srgb::{FROM_XYZ, WHITE, times, to_fixed};

/// Stretches that a curve is cut into; the tables of profiles have up to 4096 entries.
const STRETCHES: usize = 4096;

/// Three curves, sampled; none where they change nothing.
#[derive(Default)]
pub(crate) struct Curves(Vec<f32>);

impl Curves {
    pub(crate) fn sample(curves: &[Curve<'_>]) -> Result<Self, IccError> {
        if curves.iter().all(Curve::is_identity) {
            return Ok(Self::default());
        }
        let mut samples = reserve(curves.len() * (STRETCHES + 1))?;
        for curve in curves {
            let sample = |at| curve.at(at as f64 / STRETCHES as f64) as f32;
            samples.extend((0..=STRETCHES).map(sample));
        }
        Ok(Self(samples))
    }

    /// What the curves make of three values, which are cut to 0..=1.
    pub(crate) fn at(&self, values: [f64; 3]) -> [f64; 3] {
        let mut samples = self.0.chunks_exact(STRETCHES + 1);
        values.map(|value| {
            let value = value.clamp(0.0, 1.0);
            let Some(samples) = samples.next() else { return value };
            let place = value * STRETCHES as f64;
            let low = (place as usize).min(STRETCHES - 1);
            let (start, end) = (f64::from(samples[low]), f64::from(samples[low + 1]));
            start + (end - start) * (place - low as f64)
        })
    }
}

/// How three numbers of 0..=1 encode a colour of the connection space (ICC.1:2022, 6.3.4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Encoding {
    /// CIEXYZ, 1 + 32767/32768 at most.
    Xyz,
    /// CIELAB as version 4 has it, 100 and 127 at most.
    Lab,
    /// CIELAB of sixteen bits as version 2 has it, where 100 is FF00 (10.10).
    OldLab,
}

/// The black of the perceptual reference medium, 0.34731 % of its white (ICC.1:2022, 6.3.3): version 4 renders blacks to
/// it, whatever the device.
const REFERENCE_BLACK: [f64; 3] = [0.00336, 0.003_473_1, 0.00287];

/// Linear sRGB of an encoded colour, in fixed point. With `black_scaled`, the reference medium's black becomes black.
pub(crate) fn light(values: [f64; 3], encoding: Encoding, black_scaled: bool) -> [i32; 3] {
    let mut xyz = match encoding {
        Encoding::Xyz => values.map(|value| value * (65535.0 / 32768.0)),
        Encoding::Lab => lab_to_xyz(values),
        Encoding::OldLab => lab_to_xyz(values.map(|value| value * (65535.0 / 65280.0))),
    };
    if black_scaled {
        for (value, (black, white)) in xyz.iter_mut().zip(REFERENCE_BLACK.into_iter().zip(WHITE)) {
            *value = (*value - black) / (white - black) * white;
        }
    }
    times(&FROM_XYZ, xyz).map(to_fixed)
}

/// CIE 15, 8.2.1.1, from numbers of 0..=1.
fn lab_to_xyz([l, a, b]: [f64; 3]) -> [f64; 3] {
    let y = (l * 100.0 + 16.0) / 116.0;
    let x = y + (a * 255.0 - 128.0) / 500.0;
    let z = y - (b * 255.0 - 128.0) / 200.0;
    [cube(x) * WHITE[0], cube(y) * WHITE[1], cube(z) * WHITE[2]]
}

/// Luminance of a CIELAB lightness of 0..=1.
pub(crate) fn lightness_to_y(l: f64) -> f64 {
    cube((l * 100.0 + 16.0) / 116.0)
}

/// The cube, and a line below 6/29.
fn cube(t: f64) -> f64 {
    if t > 6.0 / 29.0 { t * t * t } else { (t - 4.0 / 29.0) * (108.0 / 841.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_sampled_finely() {
        let gamma = Curve::gamma(2.2);
        let curves = Curves::sample(&[gamma, Curve::gamma(1.0), gamma]).unwrap();
        for at in 0..=1000 {
            let value = f64::from(at) / 1000.0;
            let [first, second, third] = curves.at([value, value, 1.0 - value]);
            assert!((first - value.powf(2.2)).abs() < 1e-6);
            assert!((second - value).abs() < 1e-6);
            assert!((third - (1.0 - value).powf(2.2)).abs() < 1e-6);
        }
        let nothing = Curves::sample(&[Curve::gamma(1.0); 3]).unwrap();
        assert_eq!(nothing.at([-1.0, 0.25, 7.0]), [0.0, 0.25, 1.0]);
    }

    #[test]
    fn white_and_black_of_each_encoding() {
        let one = [1 << 20; 3];
        let near = |got: [i32; 3], expected: [i32; 3]| {
            got.into_iter().zip(expected).all(|(got, expected)| (got - expected).abs() < 200)
        };
        let half = 32768.0 / 65535.0;
        assert!(near(light(WHITE.map(|value| value * half), Encoding::Xyz, false), one));
        let neutral = 128.0 / 255.0;
        assert!(near(light([1.0, neutral, neutral], Encoding::Lab, false), one));
        assert!(near(light([0.0, neutral, neutral], Encoding::Lab, false), [0; 3]));
        let old = 65280.0 / 65535.0;
        let neutral = 32768.0 / 65535.0;
        assert!(near(light([old, neutral, neutral], Encoding::OldLab, false), one));
        let black = REFERENCE_BLACK.map(|value| value * half);
        assert!(near(light(black, Encoding::Xyz, true), [0; 3]));
        assert!(near(light(WHITE.map(|value| value * half), Encoding::Xyz, true), one));
    }
}
