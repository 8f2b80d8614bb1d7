//! Formulas of W3C Compositing and Blending Level 1: Porter and Duff's operators (9.1) and separable blend modes (10.1).

use super::Rgba;

/// A formula. Source is what is put on, destination what it is put on; `Dest` is short for the latter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blend {
    /// Nothing stays.
    Clear,
    /// The source alone.
    Source,
    /// The source over the destination.
    #[default]
    Over,
    /// The source where the destination is.
    In,
    /// The source where the destination is not.
    Out,
    /// The source over the destination, where the latter is.
    Atop,
    /// The destination alone.
    Dest,
    /// The destination over the source.
    DestOver,
    /// The destination where the source is.
    DestIn,
    /// The destination where the source is not.
    DestOut,
    /// The destination over the source, where the latter is.
    DestAtop,
    /// Each where the other is not.
    Xor,
    /// The sum of both: plus-lighter of the specification.
    Add,
    /// The product.
    Multiply,
    /// One less the product of what each lacks.
    Screen,
    /// Multiply or screen, by the destination.
    Overlay,
    /// The darker one.
    Darken,
    /// The lighter one.
    Lighten,
    /// The destination, brightened by the source.
    ColorDodge,
    /// The destination, darkened by the source.
    ColorBurn,
    /// Multiply or screen, by the source.
    HardLight,
    /// Darkened or brightened by the source, softly.
    SoftLight,
    /// What one has more than the other.
    Difference,
    /// The same with less contrast.
    Exclusion,
}

/// One, as a product of two samples.
const ONE: u32 = 255 * 255;

impl Blend {
    /// Whether what is opaque stays so whatever is put on it.
    pub const fn keeps_opaque(self) -> bool {
        !matches!(
            self,
            Self::Clear
                | Self::Source
                | Self::In
                | Self::Out
                | Self::DestIn
                | Self::DestOut
                | Self::DestAtop
                | Self::Xor
        )
    }

    /// Whether a clear source takes away from the destination.
    pub(super) const fn clears_outside(self) -> bool {
        matches!(
            self,
            Self::Clear | Self::Source | Self::In | Self::Out | Self::DestIn | Self::DestAtop
        )
    }

    /// One pixel on another. Colours of what is clear are zero.
    pub(super) fn pixel(self, source: Rgba, dest: Rgba) -> Rgba {
        let (a, b) = (u32::from(source[3]), u32::from(dest[3]));
        // Porter and Duff: what is left of each, in parts of 255.
        let (of_source, of_dest) = match self {
            Self::Clear => (0, 0),
            Self::Source => (255, 0),
            Self::Over => (255, 255 - a),
            Self::In => (b, 0),
            Self::Out => (255 - b, 0),
            Self::Atop => (b, 255 - a),
            Self::Dest => (0, 255),
            Self::DestOver => (255 - b, 255),
            Self::DestIn => (0, a),
            Self::DestOut => (0, 255 - a),
            Self::DestAtop => (255 - b, a),
            Self::Xor => (255 - b, 255 - a),
            Self::Add => (255, 255),
            _ => return self.blended(source, dest),
        };
        // In parts of 255 * 255. Only a sum is more than one.
        let alpha = a * of_source + b * of_dest;
        let shown = alpha.min(ONE);
        let mut result = [0; 4];
        if shown == 0 {
            return result;
        }
        for ((to, s), d) in result.iter_mut().zip(source).zip(dest) {
            let sum = u32::from(s) * a * of_source + u32::from(d) * b * of_dest;
            *to = ((sum + shown / 2) / shown).min(255) as u8;
        }
        result[3] = nearest(shown);
        result
    }

    /// A blend mode: the mixed colour where both are, each alone where it is alone.
    fn blended(self, source: Rgba, dest: Rgba) -> Rgba {
        let (a, b) = (u32::from(source[3]), u32::from(dest[3]));
        let alpha = 255 * (a + b) - a * b;
        let mut result = [0; 4];
        if alpha == 0 {
            return result;
        }
        for ((to, s), d) in result.iter_mut().zip(source).zip(dest) {
            let (s, d) = (u32::from(s), u32::from(d));
            // In parts of 255 to the power of 4, which fit 32 bits, and 64 with what is added to round.
            let alone = a * (255 - b) * s + b * (255 - a) * d;
            let sum = u64::from(255 * alone + a * b * self.mixed(s, d));
            let divisor = u64::from(255 * alpha);
            *to = ((sum + divisor / 2) / divisor) as u8;
        }
        result[3] = nearest(alpha);
        result
    }

    /// The mixed colour of two, in parts of 255 * 255: exact, or to the nearest of them.
    fn mixed(self, s: u32, d: u32) -> u32 {
        let screen = |s: u32, d: u32| 255 * (s + d) - s * d;
        let hard = |s: u32, d: u32| {
            if 2 * s <= 255 { 2 * s * d } else { screen(2 * s - 255, d) }
        };
        match self {
            Self::Multiply => s * d,
            Self::Screen => screen(s, d),
            Self::Overlay => hard(d, s),
            Self::HardLight => hard(s, d),
            Self::Darken => 255 * s.min(d),
            Self::Lighten => 255 * s.max(d),
            Self::ColorDodge => dodge(255 - s, d),
            Self::ColorBurn => ONE - dodge(s, 255 - d),
            Self::SoftLight => soft(s, d),
            Self::Difference => 255 * s.abs_diff(d),
            Self::Exclusion => 255 * (s + d) - 2 * s * d,
            // Operators are not blend modes: the source, as for `normal`.
            _ => 255 * s,
        }
    }
}

/// `d / s`, at most one; 0 where `d` is 0.
fn dodge(s: u32, d: u32) -> u32 {
    if d == 0 {
        return 0;
    }
    if d >= s { ONE } else { (ONE * d + s / 2) / s }
}

fn soft(s: u32, d: u32) -> u32 {
    let (source, dest) = (f64::from(s) / 255.0, f64::from(d) / 255.0);
    let mixed = if source <= 0.5 {
        dest - (1.0 - 2.0 * source) * dest * (1.0 - dest)
    } else {
        let light =
            if dest <= 0.25 { ((16.0 * dest - 12.0) * dest + 4.0) * dest } else { dest.sqrt() };
        dest + (2.0 * source - 1.0) * (light - dest)
    };
    (mixed * f64::from(ONE) + 0.5) as u32
}

/// A part of 255 * 255 to the nearest part of 255.
fn nearest(alpha: u32) -> u8 {
    ((alpha + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: [Blend; 24] = [
        Blend::Clear,
        Blend::Source,
        Blend::Over,
        Blend::In,
        Blend::Out,
        Blend::Atop,
        Blend::Dest,
        Blend::DestOver,
        Blend::DestIn,
        Blend::DestOut,
        Blend::DestAtop,
        Blend::Xor,
        Blend::Add,
        Blend::Multiply,
        Blend::Screen,
        Blend::Overlay,
        Blend::Darken,
        Blend::Lighten,
        Blend::ColorDodge,
        Blend::ColorBurn,
        Blend::HardLight,
        Blend::SoftLight,
        Blend::Difference,
        Blend::Exclusion,
    ];

    /// B(cb, cs) of the specification; nothing for operators.
    fn formula(mode: Blend, s: f64, d: f64) -> Option<f64> {
        let screen = |s: f64, d: f64| s + d - s * d;
        let hard = |s: f64, d: f64| if s <= 0.5 { 2.0 * s * d } else { screen(2.0 * s - 1.0, d) };
        Some(match mode {
            Blend::Multiply => s * d,
            Blend::Screen => screen(s, d),
            Blend::Overlay => hard(d, s),
            Blend::HardLight => hard(s, d),
            Blend::Darken => s.min(d),
            Blend::Lighten => s.max(d),
            Blend::ColorDodge if d == 0.0 => 0.0,
            Blend::ColorDodge if s == 1.0 => 1.0,
            Blend::ColorDodge => (d / (1.0 - s)).min(1.0),
            Blend::ColorBurn if d == 1.0 => 1.0,
            Blend::ColorBurn if s == 0.0 => 0.0,
            Blend::ColorBurn => 1.0 - ((1.0 - d) / s).min(1.0),
            Blend::SoftLight if s <= 0.5 => d - (1.0 - 2.0 * s) * d * (1.0 - d),
            Blend::SoftLight => {
                let g = if d <= 0.25 { ((16.0 * d - 12.0) * d + 4.0) * d } else { d.sqrt() };
                d + (2.0 * s - 1.0) * (g - d)
            }
            Blend::Difference => (s - d).abs(),
            Blend::Exclusion => s + d - 2.0 * s * d,
            _ => return None,
        })
    }

    /// Fa and Fb of the specification.
    fn factors(mode: Blend, a: f64, b: f64) -> (f64, f64) {
        match mode {
            Blend::Clear => (0.0, 0.0),
            Blend::Source => (1.0, 0.0),
            Blend::In => (b, 0.0),
            Blend::Out => (1.0 - b, 0.0),
            Blend::Atop => (b, 1.0 - a),
            Blend::Dest => (0.0, 1.0),
            Blend::DestOver => (1.0 - b, 1.0),
            Blend::DestIn => (0.0, a),
            Blend::DestOut => (0.0, 1.0 - a),
            Blend::DestAtop => (1.0 - b, a),
            Blend::Xor => (1.0 - b, 1.0 - a),
            Blend::Add => (1.0, 1.0),
            _ => (1.0, 1.0 - a),
        }
    }

    #[test]
    fn every_mode_is_as_specified() {
        let samples = [0_u8, 1, 2, 63, 64, 100, 127, 128, 129, 191, 200, 254, 255];
        for mode in MODES {
            for a in samples {
                for b in samples {
                    for s in samples {
                        for d in samples {
                            let unit = |v: u8| f64::from(v) / 255.0;
                            let (fa, fb) = factors(mode, unit(a), unit(b));
                            let alpha = (unit(a) * fa + unit(b) * fb).min(1.0);
                            let mixed = formula(mode, unit(s), unit(d))
                                .map_or(unit(s), |blended| {
                                    (1.0 - unit(b)) * unit(s) + unit(b) * blended
                                });
                            let colour = (unit(a) * fa * mixed + unit(b) * fb * unit(d)) / alpha;
                            let result = mode.pixel([s, s, s, a], [d, d, d, b]);
                            assert!((f64::from(result[3]) - 255.0 * alpha).abs() < 0.5001);
                            let expected = if alpha > 1e-9 { colour.min(1.0) } else { 0.0 };
                            let error = (f64::from(result[0]) - 255.0 * expected).abs();
                            assert!(error < 0.503, "{mode:?} {s} {a} on {d} {b}: {result:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_opaque_stays_so_where_said() {
        for mode in MODES {
            let stays =
                [0, 100, 255].iter().all(|a| mode.pixel([9, 9, 9, *a], [7, 7, 7, 255])[3] == 255);
            assert_eq!(stays, mode.keeps_opaque(), "{mode:?}");
            let kept = mode.pixel([0; 4], [7, 7, 7, 255]) == [7, 7, 7, 255];
            assert_eq!(kept, !mode.clears_outside(), "{mode:?}");
        }
    }
}
