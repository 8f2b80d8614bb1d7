//! Functions (ISO 32000-1, 7.10): from the amounts of inks to the components of another colour space.

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object};

use super::postscript::Program;

/// Functions within functions.
const MAX_DEPTH: u32 = 8;
/// Inputs of a table that are interpolated between; more than that are rounded.
const MAX_INTERPOLATED: usize = 4;
/// Inputs and outputs of a function: `DeviceN` has 32 components at most.
pub(crate) const MAX_VALUES: usize = 32;

/// A function, ready to be evaluated.
#[derive(Debug)]
pub(crate) struct Function {
    domain: Vec<[f64; 2]>,
    range: Vec<[f64; 2]>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// Type 0: samples of the outputs over a grid, between 0 and 1.
    Sampled {
        size: Vec<u32>,
        encode: Vec<[f64; 2]>,
        decode: Vec<[f64; 2]>,
        bits: u32,
        data: Arc<[u8]>,
    },
    /// Type 2.
    Exponential { c0: Vec<f64>, c1: Vec<f64>, exponent: f64 },
    /// Type 3.
    Stitching { functions: Vec<Function>, bounds: Vec<f64>, encode: Vec<[f64; 2]> },
    /// Type 4.
    PostScript(Program),
    /// Several functions of one output each.
    Several(Vec<Function>),
}

impl Function {
    /// Reads a function, or an array of functions of one output each; none where it is broken.
    pub(crate) fn read(document: &Document<'_>, object: &Object) -> Option<Self> {
        Self::read_at(document, object, 0)
    }

    fn read_at(document: &Document<'_>, object: &Object, depth: u32) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        let object = document.resolve(object);
        if let Some(array) = object.as_array() {
            if array.len() > MAX_VALUES {
                return None;
            }
            let functions: Option<Vec<Self>> =
                array.iter().map(|function| Self::read_at(document, function, depth + 1)).collect();
            return Some(Self {
                domain: Vec::new(),
                range: Vec::new(),
                kind: Kind::Several(functions?),
            });
        }
        let entries = object.as_dictionary()?;
        let domain = pairs(document, entries, b"Domain");
        let range = pairs(document, entries, b"Range");
        if domain.is_empty() {
            return None;
        }
        let kind = match document.integer(entries, b"FunctionType")? {
            0 => sampled(document, &object, domain.len(), &range)?,
            2 => {
                let c0 = numbers(document, entries, b"C0").unwrap_or_else(|| vec![0.0]);
                let c1 = numbers(document, entries, b"C1").unwrap_or_else(|| vec![1.0]);
                Kind::Exponential { c0, c1, exponent: document.number(entries, b"N")? }
            }
            3 => {
                let list = document.array(entries, b"Functions")?;
                if list.is_empty() || list.len() > 256 {
                    return None;
                }
                let functions: Option<Vec<Self>> = list
                    .iter()
                    .map(|function| Self::read_at(document, function, depth + 1))
                    .collect();
                let bounds = numbers(document, entries, b"Bounds").unwrap_or_default();
                let encode = pairs(document, entries, b"Encode");
                if bounds.len() + 1 < list.len() || encode.len() < list.len() {
                    return None;
                }
                Kind::Stitching { functions: functions?, bounds, encode }
            }
            4 => {
                if range.is_empty() {
                    return None;
                }
                Kind::PostScript(Program::parse(&document.data(object.as_stream()?).ok()?)?)
            }
            _ => return None,
        };
        Some(Self { domain, range, kind })
    }

    /// Steps that one evaluation takes, roughly.
    pub(crate) fn cost(&self) -> u64 {
        match &self.kind {
            Kind::Sampled { decode, size, .. } => {
                (decode.len() as u64) << size.len().min(MAX_INTERPOLATED)
            }
            Kind::Exponential { c0, .. } => c0.len() as u64 + 2,
            Kind::Stitching { functions, bounds, .. } => {
                bounds.len() as u64 + functions.iter().map(Self::cost).max().unwrap_or(0)
            }
            Kind::PostScript(program) => program.cost(),
            Kind::Several(functions) => functions.iter().map(Self::cost).sum(),
        }
    }

    /// The outputs, as many as there are; those that are missing stay as they were.
    pub(crate) fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let mut clipped = [0.0; MAX_VALUES];
        let count = inputs.len().min(MAX_VALUES);
        clipped[..count].copy_from_slice(&inputs[..count]);
        for (input, [low, high]) in clipped.iter_mut().zip(&self.domain) {
            *input = clip(*input, *low, *high);
        }
        self.run(&clipped[..count], outputs);
    }

    fn run(&self, inputs: &[f64], outputs: &mut [f64]) {
        match &self.kind {
            Kind::Sampled { .. } => self.sample(inputs, outputs),
            Kind::Exponential { c0, c1, exponent } => {
                let power = power(inputs.first().copied().unwrap_or(0.0), *exponent);
                for ((output, from), to) in outputs.iter_mut().zip(c0).zip(c1) {
                    *output = from + power * (to - from);
                }
            }
            Kind::Stitching { functions, bounds, encode } => {
                let input = inputs.first().copied().unwrap_or(0.0);
                let used = &bounds[..functions.len() - 1];
                let index = used.iter().filter(|bound| **bound <= input).count();
                let domain = self.domain[0];
                let low = if index == 0 { domain[0] } else { used[index - 1] };
                let high = used.get(index).copied().unwrap_or(domain[1]);
                let [from, to] = encode[index];
                let inner = if high > low {
                    from + (input - low) / (high - low) * (to - from)
                } else {
                    from
                };
                functions[index].evaluate(&[inner], outputs);
            }
            Kind::PostScript(program) => program.run(inputs, &self.range, outputs),
            Kind::Several(functions) => {
                for (function, output) in functions.iter().zip(outputs.iter_mut()) {
                    function.evaluate(inputs, core::slice::from_mut(output));
                }
            }
        }
        for (output, [low, high]) in outputs.iter_mut().zip(&self.range) {
            *output = clip(*output, *low, *high);
        }
    }

    /// 7.10.2: linear between the samples around.
    fn sample(&self, inputs: &[f64], outputs: &mut [f64]) {
        let Kind::Sampled { size, encode, decode, bits, data } = &self.kind else { return };
        // The sample below, and how far it is to the next one, for each input.
        let mut below = [0_u32; MAX_VALUES];
        let mut fraction = [0.0; MAX_VALUES];
        let dimensions = size.len();
        for index in 0..dimensions {
            let [low, high] = self.domain[index];
            let [from, to] = encode[index];
            let input = inputs.get(index).copied().unwrap_or(low);
            let last = size[index] - 1;
            let width = high - low;
            let place = if width > 0.0 { from + (input - low) / width * (to - from) } else { from };
            let place = clip(place, 0.0, f64::from(last));
            below[index] = (place as u32).min(last.saturating_sub(1));
            fraction[index] = place - f64::from(below[index]);
            if index >= MAX_INTERPOLATED {
                below[index] = (place + 0.5) as u32;
                fraction[index] = 0.0;
            }
        }
        let corners = 1_u32 << dimensions.min(MAX_INTERPOLATED);
        let largest =
            if *bits >= 32 { f64::from(u32::MAX) } else { f64::from((1_u32 << bits) - 1) };
        let count = decode.len();
        for (output, range) in outputs.iter_mut().zip(decode) {
            *output = range[0];
        }
        for corner in 0..corners {
            let mut weight = 1.0;
            let mut position = 0_u64;
            let mut stride = 1_u64;
            for index in 0..dimensions {
                let up = index < MAX_INTERPOLATED && corner >> index & 1 == 1;
                if index < MAX_INTERPOLATED {
                    weight *= if up { fraction[index] } else { 1.0 - fraction[index] };
                }
                let at = (below[index] + u32::from(up)).min(size[index] - 1);
                position += u64::from(at) * stride;
                stride = stride.saturating_mul(u64::from(size[index]));
            }
            if weight == 0.0 {
                continue;
            }
            for (index, (output, [from, to])) in outputs.iter_mut().zip(decode).enumerate() {
                let bit = (position.saturating_mul(count as u64) + index as u64)
                    .saturating_mul(u64::from(*bits));
                let value = f64::from(read_bits(data, bit, *bits)) / largest;
                *output += weight * value * (to - from);
            }
        }
    }
}

fn sampled(
    document: &Document<'_>,
    object: &Object,
    inputs: usize,
    range: &[[f64; 2]],
) -> Option<Kind> {
    let stream = object.as_stream()?;
    let entries = stream.dictionary();
    let size: Vec<u32> = numbers(document, entries, b"Size")?.iter().map(|n| *n as u32).collect();
    let bits = u32::try_from(document.integer(entries, b"BitsPerSample")?).ok()?;
    let sound = size.len() == inputs
        && size.iter().all(|size| *size > 0)
        && matches!(bits, 1 | 2 | 4 | 8 | 12 | 16 | 24 | 32)
        && !range.is_empty();
    if !sound {
        return None;
    }
    let mut encode = pairs(document, entries, b"Encode");
    for size in size.iter().skip(encode.len()) {
        encode.push([0.0, f64::from(size - 1)]);
    }
    let mut decode = pairs(document, entries, b"Decode");
    decode.extend_from_slice(range.get(decode.len()..).unwrap_or_default());
    decode.truncate(range.len());
    Some(Kind::Sampled { size, encode, decode, bits, data: document.data(stream).ok()? })
}

/// Bits from the highest of a byte on; zero past the end.
fn read_bits(data: &[u8], start: u64, bits: u32) -> u32 {
    let mut value = 0_u64;
    let first = (start / 8) as usize;
    for index in 0..5 {
        let byte = first.checked_add(index).and_then(|at| data.get(at)).copied().unwrap_or(0);
        value = value << 8 | u64::from(byte);
    }
    let shift = 40 - (start % 8) as u32 - bits;
    (value >> shift & ((1_u64 << bits) - 1)) as u32
}

fn numbers(document: &Document<'_>, entries: &Dictionary, key: &[u8]) -> Option<Vec<f64>> {
    let array = document.array(entries, key)?;
    let number = |object: &Object| document.resolve(object).as_number().unwrap_or(0.0);
    (array.len() <= 256).then(|| array.iter().map(number).collect())
}

fn pairs(document: &Document<'_>, entries: &Dictionary, key: &[u8]) -> Vec<[f64; 2]> {
    let numbers = numbers(document, entries, key).unwrap_or_default();
    numbers.as_chunks::<2>().0.iter().take(MAX_VALUES).copied().collect()
}

/// As `clamp`, without its panic where the bounds are the wrong way round.
pub(crate) fn clip(value: f64, low: f64, high: f64) -> f64 {
    value.min(high).max(low)
}

/// Whole and half exponents exactly, which is what files have.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 1.0 {
        base
    } else if exponent == 0.5 {
        base.max(0.0).sqrt()
    } else if exponent.fract() == 0.0 && (0.0..=16.0).contains(&exponent) {
        (0..exponent as u32).fold(1.0, |power, _| power * base)
    } else {
        base.max(0.0).powf(exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_across_bytes() {
        let data = [0b1010_0101, 0b1100_0011, 0xff, 0x00];
        assert_eq!(read_bits(&data, 0, 1), 1);
        assert_eq!(read_bits(&data, 4, 8), 0b0101_1100);
        assert_eq!(read_bits(&data, 0, 32), 0xa5c3_ff00);
        assert_eq!(read_bits(&data, 100, 8), 0);
    }

    #[test]
    fn exponential_and_stitched() {
        let ramp = |from: f64, to: f64, exponent: f64| Function {
            domain: vec![[0.0, 1.0]],
            range: Vec::new(),
            kind: Kind::Exponential { c0: vec![from], c1: vec![to], exponent },
        };
        let stitched = Function {
            domain: vec![[0.0, 1.0]],
            range: vec![[0.0, 0.9]],
            kind: Kind::Stitching {
                functions: vec![ramp(0.0, 1.0, 1.0), ramp(1.0, 0.0, 2.0)],
                bounds: vec![0.5],
                encode: vec![[0.0, 1.0], [0.0, 1.0]],
            },
        };
        for (input, output) in
            [(0.0, 0.0), (0.25, 0.5), (0.5, 0.9), (0.75, 0.75), (1.0, 0.0), (7.0, 0.0)]
        {
            let mut outputs = [9.0];
            stitched.evaluate(&[input], &mut outputs);
            assert_eq!(outputs, [output], "{input}");
        }
    }

    #[test]
    fn samples_are_interpolated() {
        let table = Function {
            domain: vec![[0.0, 1.0], [0.0, 1.0]],
            range: vec![[0.0, 1.0]],
            kind: Kind::Sampled {
                size: vec![2, 2],
                encode: vec![[0.0, 1.0], [0.0, 1.0]],
                decode: vec![[0.0, 1.0]],
                bits: 8,
                data: Arc::from([0, 255, 255, 0]),
            },
        };
        for (inputs, output) in
            [([0.0, 0.0], 0.0), ([1.0, 0.0], 1.0), ([0.5, 0.5], 0.5), ([1.0, 1.0], 0.0)]
        {
            let mut outputs = [9.0];
            table.evaluate(&inputs, &mut outputs);
            assert_eq!(outputs, [output], "{inputs:?}");
        }
    }
}
