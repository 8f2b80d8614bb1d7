//! One-dimensional curves: `curv` (ICC.1:2022, 10.6), `para` (10.18) and the tables of `mft1` and `mft2`.

use crate::error::{IccError, invalid, unsupported};
use crate::power::power;
use crate::profile::{field, fixed_at, slice, u16_at, u32_at};

/// From 0..=1 to 0..=1; tables are read where they lie in the profile.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Curve<'a> {
    /// One byte per entry.
    Bytes(&'a [u8]),
    /// Two bytes per entry, the high one first.
    Words(&'a [u8]),
    /// The seven parameters of function type 4, of which the other types are special cases: `(ax + b)^g + e` from d
    /// on, `cx + f` below.
    Function { g: f64, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64 },
}

impl<'a> Curve<'a> {
    /// A `curv` or `para`, and how many bytes it takes.
    pub(crate) fn read(tag: &'a [u8]) -> Result<(Self, usize), IccError> {
        match &field(tag, 0)? {
            b"curv" => {
                let count = u32_at(tag, 8)? as usize;
                let curve = match count {
                    0 => Self::gamma(1.0),
                    1 => Self::gamma(f64::from(u16_at(tag, 12)?) / 256.0),
                    _ => Self::Words(slice(tag, 12, count.saturating_mul(2))?),
                };
                Ok((curve, 12 + 2 * count))
            }
            b"para" => {
                let kind = usize::from(u16_at(tag, 8)?);
                let Some(count) = [1, 3, 4, 5, 7].get(kind).copied() else {
                    return Err(unsupported("a parametric curve of unknown type"));
                };
                let mut p = [0.0; 7];
                for (index, value) in p.iter_mut().take(count).enumerate() {
                    *value = fixed_at(tag, 12 + 4 * index)?;
                }
                let [g, a, b, c, d, e, f] = p;
                // Types 1 and 2 begin where the base of their power does, at -b/a.
                let start = if a == 0.0 { 0.0 } else { -b / a };
                let curve = match kind {
                    0 => Self::gamma(g),
                    1 => Self::Function { g, a, b, c: 0.0, d: start, e: 0.0, f: 0.0 },
                    2 => Self::Function { g, a, b, c: 0.0, d: start, e: c, f: c },
                    _ => Self::Function { g, a, b, c, d, e, f },
                };
                Ok((curve, 12 + 4 * count))
            }
            _ => Err(invalid("a curve of the type curv or para")),
        }
    }

    pub(crate) fn gamma(g: f64) -> Self {
        Self::Function { g, a: 1.0, b: 0.0, c: 0.0, d: 0.0, e: 0.0, f: 0.0 }
    }

    /// Whether the curve changes nothing.
    pub(crate) fn is_identity(&self) -> bool {
        matches!(*self, Self::Function { g: 1.0, a: 1.0, b: 0.0, d: 0.0, e: 0.0, .. })
    }

    /// The curve at `x`, which is cut to 0..=1, as is what comes out.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let x = x.clamp(0.0, 1.0);
        let y = match *self {
            Self::Bytes(table) => {
                let entry = |at: usize| table.get(at).map(|byte| f64::from(*byte) / 255.0);
                interpolate(table.len(), entry, x)
            }
            Self::Words(table) => {
                let (words, _) = table.as_chunks::<2>();
                let entry = |at: usize| {
                    words.get(at).map(|word| f64::from(u16::from_be_bytes(*word)) / 65535.0)
                };
                interpolate(words.len(), entry, x)
            }
            Self::Function { g, a, b, c, d, e, f } => {
                if x >= d {
                    power(a * x + b, g) + e
                } else {
                    c * x + f
                }
            }
        };
        y.clamp(0.0, 1.0)
    }
}

/// Between the two nearest entries of a table that spans 0..=1.
fn interpolate(len: usize, entry: impl Fn(usize) -> Option<f64>, x: f64) -> f64 {
    let last = len.saturating_sub(1);
    let place = x * last as f64;
    let low = place as usize;
    let Some(start) = entry(low) else { return 0.0 };
    let end = entry(low + 1).unwrap_or(start);
    start + (end - start) * (place - low as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn para(kind: u16, parameters: &[f64]) -> Vec<u8> {
        let mut tag = b"para\0\0\0\0".to_vec();
        tag.extend(kind.to_be_bytes());
        tag.extend([0; 2]);
        for value in parameters {
            tag.extend(((value * 65536.0).round() as i32).to_be_bytes());
        }
        tag
    }

    fn curv(entries: &[u16]) -> Vec<u8> {
        let mut tag = b"curv\0\0\0\0".to_vec();
        tag.extend((entries.len() as u32).to_be_bytes());
        tag.extend(entries.iter().flat_map(|entry| entry.to_be_bytes()));
        tag
    }

    fn near(tag: &[u8], x: f64, expected: f64) {
        let (curve, len) = Curve::read(tag).unwrap();
        assert_eq!(len, tag.len());
        let got = curve.at(x);
        assert!((got - expected).abs() < 1e-9, "{curve:?} at {x}: {got}, not {expected}");
    }

    #[test]
    fn functions_of_every_type() {
        near(&para(0, &[2.0]), 0.5, 0.25);
        for (x, expected) in [(0.1, 0.0), (0.25, 0.0), (0.5, 0.25), (0.75, 1.0)] {
            near(&para(1, &[2.0, 2.0, -0.5]), x, expected);
        }
        for (x, expected) in [(0.125, 0.25), (0.25, 0.25), (0.5, 0.5), (0.9, 1.0)] {
            near(&para(2, &[2.0, 2.0, -0.5, 0.25]), x, expected);
        }
        for (x, expected) in [(0.25, 0.125), (0.5, 0.5625), (1.0, 1.0)] {
            near(&para(3, &[2.0, 0.5, 0.5, 0.5, 0.5]), x, expected);
        }
        for (x, expected) in [(0.25, 0.25), (0.5, 0.6875)] {
            near(&para(4, &[2.0, 0.5, 0.5, 0.5, 0.5, 0.125, 0.125]), x, expected);
        }
    }

    #[test]
    fn tables_gammas_and_nothing() {
        near(&curv(&[]), 0.3, 0.3);
        near(&curv(&[0x200]), 0.5, 0.25);
        near(&curv(&[0, 65535]), 0.3, 0.3);
        near(&curv(&[65535, 0]), 0.3, 0.7);
        near(&curv(&[0, 0, 65535]), 0.75, 0.5);
        assert!((Curve::Bytes(&[0, 255]).at(0.2) - 0.2).abs() < 1e-12);
        assert!(Curve::read(&curv(&[])).unwrap().0.is_identity());
        assert!(Curve::read(&para(0, &[1.0])).unwrap().0.is_identity());
        assert!(!Curve::read(&para(0, &[1.5])).unwrap().0.is_identity());
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        for tag in [curv(&[1]), curv(&[1, 2, 3]), para(0, &[1.0]), para(4, &[1.0; 7])] {
            for len in 0..tag.len() {
                assert_eq!(Curve::read(&tag[..len]).err(), Some(IccError::Truncated));
            }
        }
        let mut lying = curv(&[1, 2]);
        lying[8..12].fill(255);
        assert_eq!(Curve::read(&lying).err(), Some(IccError::Truncated));
        assert!(matches!(Curve::read(b"text\0\0\0\0"), Err(IccError::Invalid { .. })));
        assert!(matches!(Curve::read(&para(5, &[1.0])), Err(IccError::Unsupported { .. })));
    }

    #[test]
    fn no_parameters_leave_the_range() {
        let ends = [-32768.0, -1.0, 0.0, 0.5, 1.0, 32767.0];
        for g in ends {
            for a in ends {
                for b in ends {
                    let tag = para(1, &[g, a, b]);
                    let (curve, _) = Curve::read(&tag).unwrap();
                    for x in [0.0, 0.3, 1.0] {
                        assert!((0.0..=1.0).contains(&curve.at(x)));
                    }
                }
            }
        }
    }
}
