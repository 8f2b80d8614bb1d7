//! From samples to pixels (ISO 32000-1, 8.9.5 and 8.9.6).

use bytemill_pdf_objects::PdfError;

use super::colour::{ColourSpace, cmyk};
use super::function::MAX_VALUES;

/// Steps that the colours of one image may take: half a second or so.
const MAX_STEPS: u64 = 200_000_000;
/// Colours that are remembered, where they are costly.
const REMEMBERED: usize = 1 << 12;

/// Samples of an image as its filters leave them.
pub(crate) struct Samples<'s> {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Bits to a component: 1, 2, 4, 8 or 16.
    pub(crate) bits: u32,
    pub(crate) data: &'s [u8],
}

/// Rows of 8-bit samples without gaps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha.
    pub(crate) channels: usize,
    pub(crate) pixels: Vec<u8>,
}

/// Why there are no pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It concerns this image alone.
    Image(&'static str),
    /// It ends everything.
    Document(PdfError),
}

impl From<PdfError> for Refusal {
    fn from(error: PdfError) -> Self {
        match error {
            PdfError::Unsupported { feature } => Self::Image(feature),
            error => Self::Document(error),
        }
    }
}

pub(crate) fn reserve(bytes: usize) -> Result<Vec<u8>, Refusal> {
    let mut pixels = Vec::new();
    pixels
        .try_reserve_exact(bytes)
        .map_err(|_| Refusal::Document(PdfError::OutOfMemory { bytes }))?;
    Ok(pixels)
}

impl Samples<'_> {
    /// The pixels, with what `decode` makes of the samples; an empty one is that of the space. Where `key` has a range for
    /// each component, pixels within all of them are transparent. Rows that the data does not have are left out if they are most of it.
    pub(crate) fn picture(
        &self,
        space: &ColourSpace,
        decode: &[[f64; 2]],
        key: &[[u32; 2]],
    ) -> Result<Picture, Refusal> {
        let components = space.components();
        let row_bits =
            self.width.checked_mul(components).and_then(|n| n.checked_mul(self.bits as usize));
        let row_bytes = row_bits.ok_or(Refusal::Image("too wide an image"))?.div_ceil(8);
        if row_bytes == 0 {
            return Err(Refusal::Image("an image without pixels"));
        }
        // What is missing at the end is 0, if it is less than half: memory follows the data. Of a row that is cut short the
        // beginning counts, if it is most of it.
        let rows = (self.data.len() + row_bytes / 2) / row_bytes;
        let height = if rows >= self.height / 2 { self.height } else { rows };
        let height = if rows == 0 { 0 } else { height };
        if height == 0 {
            return Err(Refusal::Image("an image without data"));
        }
        let tables: Vec<Vec<f64>> = (0..components)
            .map(|component| {
                let standard = space.default_decode(component, self.bits.min(8));
                let [low, high] = decode.get(component).copied().unwrap_or(standard);
                let largest = f64::from((1_u32 << self.bits.min(8)) - 1);
                (0..=largest as u32)
                    .map(|sample| low + f64::from(sample) * (high - low) / largest)
                    .collect()
            })
            .collect();
        let convert = Convert::new(space, &tables, self.bits, decode.is_empty());
        let shape = usize::from(!key.is_empty());
        let channels = convert.channels() + shape;
        let total = self.width.checked_mul(height).and_then(|n| n.checked_mul(channels));
        let mut pixels = reserve(total.ok_or(Refusal::Image("too large an image"))?)?;
        let mut row = reserve(self.width.saturating_mul(components))?;
        let mut cache = Cache::default();
        // Ranges are of samples as they are; of 16 bits the higher half is compared.
        let shift = self.bits.saturating_sub(8);
        let key: Vec<[u32; 2]> =
            key.iter().map(|range| range.map(|bound| bound >> shift)).collect();
        let rows = self.data.chunks(row_bytes).chain(core::iter::repeat(&[][..]));
        for data in rows.take(height) {
            row.clear();
            unpack(data, self.bits, self.width * components, &mut row);
            for pixel in row.chunks_exact(components) {
                convert.pixel(pixel, &mut cache, &mut pixels);
                if !key.is_empty() {
                    let within = |(sample, [low, high]): (&u8, &[u32; 2])| {
                        (*low..=*high).contains(&u32::from(*sample))
                    };
                    let masked = key.len() == components && pixel.iter().zip(&key).all(within);
                    pixels.push(if masked { 0 } else { 255 });
                }
            }
        }
        Ok(Picture { width: self.width, height, channels, pixels })
    }
}

/// Samples as bytes, as large as they are; of 16 bits the higher half. What is missing is 0.
fn unpack(data: &[u8], bits: u32, count: usize, row: &mut Vec<u8>) {
    match bits {
        8 => row.extend_from_slice(&data[..data.len().min(count)]),
        16 => row.extend(data.chunks(2).map(|pair| pair[0]).take(count)),
        bits => {
            let per_byte = (8 / bits) as usize;
            let mask = (1_u32 << bits) as u8 - 1;
            for byte in data.iter().take(count.div_ceil(per_byte)) {
                let places = (1..=per_byte as u32).map(|place| byte >> (8 - place * bits) & mask);
                row.extend(places);
            }
            row.truncate(count);
        }
    }
    row.resize(count, 0);
}

/// How a pixel's samples become its colour.
enum Convert<'t> {
    /// One component: a colour for each of its values.
    Grey(Vec<u8>),
    Palette(Vec<[u8; 3]>),
    /// 8-bit samples that are what is wanted.
    Rgb,
    Cmyk,
    Any {
        space: &'t ColourSpace,
        tables: &'t [Vec<f64>],
    },
}

impl<'t> Convert<'t> {
    fn new(space: &'t ColourSpace, tables: &'t [Vec<f64>], bits: u32, standard: bool) -> Self {
        if let [table] = tables {
            let colours: Vec<[u8; 3]> = table.iter().map(|value| space.rgb(&[*value])).collect();
            let grey = space.is_grey() || colours.iter().all(|[r, g, b]| r == g && g == b);
            return if grey {
                Self::Grey(colours.iter().map(|colour| colour[0]).collect())
            } else {
                Self::Palette(colours)
            };
        }
        match space {
            ColourSpace::Rgb if standard && bits >= 8 => Self::Rgb,
            ColourSpace::Cmyk if standard && bits >= 8 => Self::Cmyk,
            space => Self::Any { space, tables },
        }
    }

    fn channels(&self) -> usize {
        if matches!(self, Self::Grey(_)) { 1 } else { 3 }
    }

    fn pixel(&self, samples: &[u8], cache: &mut Cache, pixels: &mut Vec<u8>) {
        match (self, samples) {
            (Self::Grey(table), [sample, ..]) => pixels.push(table[usize::from(*sample)]),
            (Self::Palette(table), [sample, ..]) => {
                pixels.extend_from_slice(&table[usize::from(*sample)]);
            }
            (Self::Cmyk, [c, m, y, k, ..]) => pixels.extend_from_slice(&cmyk([*c, *m, *y, *k])),
            (Self::Any { space, tables }, samples) => {
                let colour = cache.get(samples, |samples| {
                    let mut values = [0.0; MAX_VALUES];
                    for ((value, table), sample) in values.iter_mut().zip(*tables).zip(samples) {
                        *value = table[usize::from(*sample)];
                    }
                    space.rgb(&values[..tables.len()])
                });
                pixels.extend_from_slice(&colour);
            }
            (_, samples) => pixels.extend_from_slice(&samples[..3.min(samples.len())]),
        }
    }
}

/// Colours of samples that were seen.
#[derive(Default)]
struct Cache {
    entries: Vec<Option<([u8; MAX_VALUES], [u8; 3])>>,
}

impl Cache {
    fn get(&mut self, samples: &[u8], colour: impl FnOnce(&[u8]) -> [u8; 3]) -> [u8; 3] {
        self.entries.resize(REMEMBERED, None);
        let hash = samples.iter().fold(0_u32, |hash, sample| {
            (hash ^ u32::from(*sample)).wrapping_mul(0x9E37_79B1).rotate_left(5)
        });
        let mut key = [0; MAX_VALUES];
        key[..samples.len()].copy_from_slice(samples);
        let entry = &mut self.entries[hash as usize % REMEMBERED];
        match entry {
            Some((known, colour)) if *known == key => *colour,
            _ => entry.insert((key, colour(samples))).1,
        }
    }
}

/// Refuses images whose colours would take too long.
pub(crate) fn check_cost(space: &ColourSpace, pixels: u64) -> Result<(), Refusal> {
    // One component has 256 colours at most.
    let colours = if space.components() == 1 { 256 } else { pixels };
    if colours.saturating_mul(space.cost()) > MAX_STEPS {
        return Err(Refusal::Image("a function that is costly for so many pixels"));
    }
    Ok(())
}

impl Picture {
    /// The picture with another one's first channel as its alpha; both as large as the one with more pixels.
    pub(crate) fn with_alpha(self, alpha: &Self) -> Result<Self, Refusal> {
        let larger = alpha.width * alpha.height > self.width * self.height;
        let (width, height) =
            if larger { (alpha.width, alpha.height) } else { (self.width, self.height) };
        let channels = if self.channels <= 2 { 2 } else { 4 };
        let total = width.checked_mul(height).and_then(|n| n.checked_mul(channels));
        let mut pixels = reserve(total.ok_or(Refusal::Image("too large a mask"))?)?;
        for y in 0..height {
            let (own, other) = (y * self.height / height, y * alpha.height / height);
            for x in 0..width {
                let at = (own * self.width + x * self.width / width) * self.channels;
                pixels.extend_from_slice(&self.pixels[at..at + channels - 1]);
                let at = (other * alpha.width + x * alpha.width / width) * alpha.channels;
                pixels.push(alpha.pixels[at]);
            }
        }
        Ok(Self { width, height, channels, pixels })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(width: usize, height: usize, bits: u32, data: &[u8]) -> Samples<'_> {
        Samples { width, height, bits, data }
    }

    #[test]
    fn bits_are_spread() {
        let grey = |bits, data: &[u8]| {
            samples(3, 1, bits, data)
                .picture(&ColourSpace::Gray, &[], &[])
                .map(|picture| picture.pixels)
        };
        assert_eq!(grey(1, &[0b0100_0000]), Ok(vec![0, 255, 0]));
        assert_eq!(grey(2, &[0b0001_1000]), Ok(vec![0, 85, 170]));
        assert_eq!(grey(4, &[0x0f, 0x80]), Ok(vec![0, 255, 136]));
        assert_eq!(grey(8, &[1, 2, 3]), Ok(vec![1, 2, 3]));
        assert_eq!(grey(16, &[1, 0xff, 2, 0, 3, 0]), Ok(vec![1, 2, 3]));
        assert_eq!(grey(8, &[1, 2]), Ok(vec![1, 2, 0]), "cut short");
        assert_eq!(grey(8, &[]), Err(Refusal::Image("an image without data")));
    }

    #[test]
    fn rows_that_are_missing() {
        let picture = samples(2, 3, 8, &[1, 2, 3, 4]).picture(&ColourSpace::Gray, &[], &[]);
        assert_eq!(
            picture.map(|picture| (picture.height, picture.pixels)),
            Ok((3, vec![1, 2, 3, 4, 0, 0]))
        );
        let picture = samples(2, 1000, 8, &[1, 2, 3, 4, 5]).picture(&ColourSpace::Gray, &[], &[]);
        assert_eq!(
            picture.map(|picture| (picture.height, picture.pixels)),
            Ok((3, vec![1, 2, 3, 4, 5, 0]))
        );
    }

    #[test]
    fn decode_and_colour_key() {
        let picture =
            samples(2, 1, 8, &[0, 255]).picture(&ColourSpace::Gray, &[[1.0, 0.0]], &[[0, 9]]);
        assert_eq!(picture.map(|picture| picture.pixels), Ok(vec![255, 0, 0, 255]));
        let picture =
            samples(1, 1, 8, &[10, 20, 30]).picture(&ColourSpace::Rgb, &[[1.0, 0.0]; 3], &[]);
        assert_eq!(picture.map(|picture| picture.pixels), Ok(vec![245, 235, 225]));
    }

    #[test]
    fn the_larger_one_counts() {
        let picture = Picture { width: 1, height: 1, channels: 1, pixels: vec![7] };
        let alpha = Picture { width: 2, height: 1, channels: 1, pixels: vec![0, 255] };
        let both = Picture { width: 2, height: 1, channels: 2, pixels: vec![7, 0, 7, 255] };
        assert_eq!(picture.with_alpha(&alpha), Ok(both));
    }
}
