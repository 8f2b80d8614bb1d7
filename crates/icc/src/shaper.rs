//! RGB by curves and colorants (ICC.1:2022, 8.3.3 and annex F.3), and what tells that they are those of sRGB.

use crate::curve::Curve;
use crate::error::{IccError, invalid, reserve};
use crate::profile::Profile;
use crate::srgb::{FROM_XYZ, linear, times, to_fixed};

/// How far the primaries of sRGB may be off, in linear light: the rounding of their sixteen bits, by white points of
/// four digits, is up to 0.0005.
const MATRIX_TOLERANCE: f64 = 0.001;

/// Three curves and the matrix from what they give to linear sRGB.
pub(crate) struct Shaper<'a> {
    curves: [Curve<'a>; 3],
    /// Columns: what a full red, green and blue are in sRGB.
    columns: [[f64; 3]; 3],
}

/// For each channel and value, its share of linear red, green and blue, and nothing: four numbers are added at once.
pub(crate) struct Shares(Vec<[[i32; 4]; 256]>);

impl<'a> Shaper<'a> {
    pub(crate) fn read(profile: &Profile<'a>) -> Result<Self, IccError> {
        if profile.lab {
            return Err(invalid("colorants in XYZ"));
        }
        let curve = |name| {
            let tag = profile.required(name, "the curves rTRC, gTRC and bTRC")?;
            Curve::read(tag).map(|(curve, _)| curve)
        };
        let curves = [curve(*b"rTRC")?, curve(*b"gTRC")?, curve(*b"bTRC")?];
        let colorants = [profile.xyz(*b"rXYZ")?, profile.xyz(*b"gXYZ")?, profile.xyz(*b"bXYZ")?];
        Ok(Self { curves, columns: colorants.map(|colorant| times(&FROM_XYZ, colorant)) })
    }

    /// Whether the profile is one of the many writings of sRGB.
    pub(crate) fn is_srgb(&self) -> bool {
        let primaries = self.columns.iter().enumerate().all(|(at, column)| {
            column.iter().enumerate().all(|(row, light)| {
                let expected = if row == at { 1.0 } else { 0.0 };
                (light - expected).abs() <= MATRIX_TOLERANCE
            })
        });
        primaries && self.curves.iter().all(|curve| is_srgb_curve(|value| curve.at(value)))
    }

    pub(crate) fn shares(&self) -> Result<Shares, IccError> {
        let mut shares = reserve(3)?;
        for (curve, column) in self.curves.iter().zip(self.columns) {
            shares.push(core::array::from_fn(|value| {
                let light = curve.at(value as f64 / 255.0);
                let [red, green, blue] = column.map(|share| to_fixed(light * share));
                [red, green, blue, 0]
            }));
        }
        Ok(Shares(shares))
    }
}

impl Shares {
    /// Linear light of one pixel, in fixed point.
    #[inline]
    pub(crate) fn light(&self, [red, green, blue]: [u8; 3]) -> [i32; 3] {
        let [reds, greens, blues] = &self.0[..] else { return [0; 3] };
        let (r, g, b) =
            (reds[usize::from(red)], greens[usize::from(green)], blues[usize::from(blue)]);
        [r[0] + g[0] + b[0], r[1] + g[1] + b[1], r[2] + g[2] + b[2]]
    }
}

/// Whether a curve is less than one level of 256 away from that of sRGB, everywhere.
pub(crate) fn is_srgb_curve(light: impl Fn(f64) -> f64) -> bool {
    (0..=255).all(|level| {
        let (level, light) = (f64::from(level), light(f64::from(level) / 255.0));
        linear((level - 1.0) / 255.0) < light && light < linear((level + 1.0) / 255.0)
    })
}
