//! Colour spaces (ISO 32000-1, 8.6), as far as sRGB shows them: profiles by their number of components, calibrated
//! spaces as the device's, inks by their alternate.

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object};

use super::function::{Function, MAX_VALUES};
use crate::reading::strings::name_text;

/// Spaces within spaces.
const MAX_DEPTH: u32 = 8;

/// A colour space.
#[derive(Debug)]
pub(crate) enum ColourSpace {
    Gray,
    Rgb,
    Cmyk,
    /// CIE L*a*b*, and the range of a* and b*. Its white becomes that of sRGB, whatever it is.
    Lab {
        range: [f64; 4],
    },
    /// Colours of another space, one byte for each of its components.
    Indexed {
        base: Box<ColourSpace>,
        high: u8,
        table: Arc<[u8]>,
    },
    /// Inks (`Separation` and `DeviceN`), and what they look like.
    Inks {
        count: usize,
        alternate: Box<ColourSpace>,
        tint: Function,
    },
}

impl ColourSpace {
    /// Reads a colour space; names are looked up in the resources. None where it is unknown or broken.
    pub(crate) fn read(
        document: &Document<'_>,
        resources: &Dictionary,
        object: &Object,
    ) -> Option<Self> {
        Self::read_at(document, resources, object, 0)
    }

    fn read_at(
        document: &Document<'_>,
        resources: &Dictionary,
        object: &Object,
        depth: u32,
    ) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        let object = document.resolve(object);
        let inner = |object: &Object| Self::read_at(document, resources, object, depth + 1);
        if let Some(name) = object.as_name() {
            return match name {
                b"DeviceGray" | b"G" | b"CalGray" => Some(Self::Gray),
                b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Self::Rgb),
                b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
                name => {
                    let spaces = document.dictionary(resources, b"ColorSpace")?;
                    inner(spaces.get(name)?)
                }
            };
        }
        let array = object.as_array()?;
        let kind = document.resolve(array.first()?);
        match kind.as_name()? {
            b"ICCBased" => {
                let stream = document.resolve(array.get(1)?);
                let entries = stream.as_dictionary()?;
                match document.integer(entries, b"N") {
                    Some(1) => Some(Self::Gray),
                    // Three components may be L*a*b*, which only the alternate says.
                    Some(3) => match entries.get(b"Alternate").and_then(inner) {
                        Some(lab @ Self::Lab { .. }) => Some(lab),
                        _ => Some(Self::Rgb),
                    },
                    Some(4) => Some(Self::Cmyk),
                    _ => inner(entries.get(b"Alternate")?),
                }
            }
            b"Lab" => {
                let entries = document.resolve(array.get(1)?);
                let entries = entries.as_dictionary()?;
                let mut range = [-100.0, 100.0, -100.0, 100.0];
                let list = document.array(entries, b"Range").unwrap_or_default();
                for (number, object) in range.iter_mut().zip(list.iter()) {
                    *number = document.resolve(object).as_number().unwrap_or(*number);
                }
                Some(Self::Lab { range })
            }
            b"Indexed" | b"I" => {
                let base = inner(array.get(1)?)?;
                if let Self::Indexed { .. } = base {
                    return None;
                }
                let high = document.resolve(array.get(2)?).as_integer()?.clamp(0, 255) as u8;
                let table = match document.resolve(array.get(3)?) {
                    Object::String(table) => table,
                    Object::Stream(stream) => document.data(&stream).ok()?,
                    _ => return None,
                };
                Some(Self::Indexed { base: Box::new(base), high, table })
            }
            b"Separation" | b"DeviceN" => {
                let count = match document.resolve(array.get(1)?) {
                    Object::Array(names) => names.len(),
                    _ => 1,
                };
                let alternate = inner(array.get(2)?)?;
                if count == 0 || count > MAX_VALUES || alternate.components() > MAX_VALUES {
                    return None;
                }
                let tint = Function::read(document, array.get(3)?)?;
                Some(Self::Inks { count, alternate: Box::new(alternate), tint })
            }
            // `[/DeviceRGB]` and the like; the parameters of calibrated spaces are not applied.
            _ => inner(&kind),
        }
    }

    /// How many numbers a colour has.
    pub(crate) fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed { .. } => 1,
            Self::Rgb | Self::Lab { .. } => 3,
            Self::Cmyk => 4,
            Self::Inks { count, .. } => *count,
        }
    }

    /// Whether all of its colours are grey.
    pub(crate) fn is_grey(&self) -> bool {
        match self {
            Self::Gray => true,
            Self::Indexed { base, .. } => base.is_grey(),
            _ => false,
        }
    }

    /// What a component ranges over where an image has no `Decode` array (table 90).
    pub(crate) fn default_decode(&self, component: usize, bits: u32) -> [f64; 2] {
        match self {
            Self::Indexed { .. } => [0.0, f64::from((1_u32 << bits) - 1)],
            Self::Lab { .. } if component == 0 => [0.0, 100.0],
            Self::Lab { range } if component == 1 => [range[0], range[1]],
            Self::Lab { range } => [range[2], range[3]],
            _ => [0.0, 1.0],
        }
    }

    /// Steps that one colour takes, roughly.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Gray | Self::Rgb => 1,
            Self::Cmyk => 2,
            Self::Lab { .. } => 60,
            Self::Indexed { base, .. } => base.cost(),
            Self::Inks { alternate, tint, .. } => tint.cost() * 2 + alternate.cost(),
        }
    }

    /// A colour in sRGB.
    pub(crate) fn rgb(&self, colour: &[f64]) -> [u8; 3] {
        let get = |index: usize| colour.get(index).copied().unwrap_or(0.0);
        match self {
            Self::Gray => [byte(get(0)); 3],
            Self::Rgb => [byte(get(0)), byte(get(1)), byte(get(2))],
            Self::Cmyk => cmyk([0, 1, 2, 3].map(|index| byte(get(index)))),
            Self::Lab { range } => {
                let a = get(1).max(range[0]).min(range[1]);
                let b = get(2).max(range[2]).min(range[3]);
                lab([get(0), a, b])
            }
            Self::Indexed { base, high, table } => {
                let index = get(0).max(0.0).min(f64::from(*high)) as usize;
                let count = base.components();
                let mut colour = [0.0; MAX_VALUES];
                for (component, value) in colour.iter_mut().enumerate().take(count) {
                    let byte = table.get(index * count + component).copied().unwrap_or(0);
                    let [low, high] = base.default_decode(component, 8);
                    *value = low + f64::from(byte) / 255.0 * (high - low);
                }
                base.rgb(&colour[..count])
            }
            Self::Inks { alternate, tint, .. } => {
                let mut outputs = [0.0; MAX_VALUES];
                let count = alternate.components();
                tint.evaluate(colour, &mut outputs[..count]);
                alternate.rgb(&outputs[..count])
            }
        }
    }
}

/// The name of a colour space for people: `DeviceRGB`, `ICCBased 3`, `Indexed DeviceRGB`.
pub(crate) fn space_name(
    document: &Document<'_>,
    resources: &Dictionary,
    object: &Object,
) -> String {
    let mut name = String::new();
    let mut object = document.resolve(object);
    for _ in 0..MAX_DEPTH {
        if !name.is_empty() {
            name.push(' ');
        }
        if let Some(plain) = object.as_name() {
            let spaces = document.dictionary(resources, b"ColorSpace").unwrap_or_default();
            match spaces.get(plain) {
                Some(found) if !plain.starts_with(b"Device") => object = document.resolve(found),
                _ => {
                    name.push_str(&match plain {
                        b"G" => "DeviceGray".to_owned(),
                        b"RGB" => "DeviceRGB".to_owned(),
                        b"CMYK" => "DeviceCMYK".to_owned(),
                        plain => name_text(plain),
                    });
                    break;
                }
            }
        }
        let Some(array) = object.as_array() else { break };
        let kind = array.first().map(|kind| document.resolve(kind)).unwrap_or_default();
        let Some(kind) = kind.as_name() else { break };
        name.push_str(if kind == b"I" { "Indexed".into() } else { name_text(kind) }.as_str());
        let next = array.get(1).map(|next| document.resolve(next)).unwrap_or_default();
        match kind {
            b"ICCBased" => {
                let count =
                    next.as_dictionary().and_then(|profile| document.integer(profile, b"N"));
                if let Some(count) = count {
                    name.push(' ');
                    name.push_str(&count.to_string());
                }
                break;
            }
            b"Indexed" | b"I" => object = next,
            _ => break,
        }
    }
    name.trim_end().to_owned()
}

/// 0 to 1 as a byte.
fn byte(value: f64) -> u8 {
    // Saturates, and is 0 for what is no number.
    (value * 255.0 + 0.5) as u8
}

/// The simple conversion (10.3.5), with black by multiplication, as most viewers without profiles have it.
pub(crate) fn cmyk([c, m, y, k]: [u8; 4]) -> [u8; 3] {
    let white = 255 - u32::from(k);
    [c, m, y].map(|ink| ((255 - u32::from(ink)) * white).div_ceil(255) as u8)
}

/// L*a*b* (8.6.5.4) of any white to sRGB, whose white is D65: the white points are scaled onto each other.
fn lab([l, a, b]: [f64; 3]) -> [u8; 3] {
    let m = (l + 16.0) / 116.0;
    let curve = |x: f64| if x >= 6.0 / 29.0 { x * x * x } else { 108.0 / 841.0 * (x - 4.0 / 29.0) };
    let d65 = [0.9505, 1.0, 1.089];
    let [x, y, z] = [curve(m + a / 500.0), curve(m), curve(m - b / 200.0)];
    let [x, y, z] = [x * d65[0], y * d65[1], z * d65[2]];
    [
        3.2406 * x - 1.5372 * y - 0.4986 * z,
        -0.9689 * x + 1.8758 * y + 0.0415 * z,
        0.0557 * x - 0.2040 * y + 1.0570 * z,
    ]
    .map(|linear| byte(srgb(linear)))
}

/// sRGB's curve. The power is made of roots and products, which are the same on every machine.
fn srgb(linear: f64) -> f64 {
    if linear <= 0.003_130_8 {
        return 12.92 * linear.max(0.0);
    }
    let linear = linear.min(1.0);
    // x^(5/12) = cbrt(sqrt(sqrt(x^5)))
    let power = (linear * linear * linear * linear * linear).sqrt().sqrt();
    let mut root = 0.5 + power / 2.0;
    for _ in 0..12 {
        root -= (root * root * root - power) / (3.0 * root * root);
    }
    1.055 * root - 0.055
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_lab() {
        for (colour, rgb) in [
            ([0.0, 0.0, 0.0], [0, 0, 0]),
            ([100.0, 0.0, 0.0], [255, 255, 255]),
            ([53.59, 0.0, 0.0], [128, 128, 128]),
            // sRGB's red, green and blue, by the formulas of CIE 15.
            ([53.24, 80.09, 67.20], [255, 0, 0]),
            ([87.73, -86.18, 83.18], [0, 255, 0]),
            ([32.30, 79.19, -107.86], [0, 0, 255]),
        ] {
            let found = lab(colour);
            let near = found.iter().zip(rgb).all(|(a, b)| a.abs_diff(b) <= 3);
            assert!(near, "{colour:?}: {found:?}");
        }
    }

    #[test]
    fn the_curve_is_srgbs() {
        for step in 0..=1000 {
            let linear = f64::from(step) / 1000.0;
            let expected = if linear <= 0.003_130_8 {
                12.92 * linear
            } else {
                1.055 * linear.powf(1.0 / 2.4) - 0.055
            };
            assert!((srgb(linear) - expected).abs() < 1e-9, "{linear}");
        }
    }

    #[test]
    fn inks_of_four_colours() {
        assert_eq!(cmyk([0, 0, 0, 0]), [255, 255, 255]);
        assert_eq!(cmyk([0, 0, 0, 255]), [0, 0, 0]);
        assert_eq!(cmyk([255, 0, 0, 0]), [0, 255, 255]);
        assert_eq!(cmyk([0, 128, 0, 128]), [127, 64, 127]);
    }
}
