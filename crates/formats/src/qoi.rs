//! QOI, "The Quite OK Image Format", specification of 2022-01-05, both ways.

use crate::bytes::{array, be32, zeroed};
use crate::decoder::Each;
use crate::error::invalid;
use crate::sink::{Sink, rgba};
use crate::{Format, FormatError, Header, Image, Options};

const MAGIC: &[u8; 4] = b"qoif";
const HEADER_BYTES: usize = 14;
const END: [u8; 8] = [0, 0, 0, 0, 0, 0, 0, 1];

pub(crate) fn header(input: &[u8]) -> Result<Header, FormatError> {
    let (width, height) = (be32(input, 4)?, be32(input, 8)?);
    let [channels, colour_space] = array(input, 12)?;
    if !matches!(channels, 3 | 4) {
        return Err(invalid("a QOI image of 3 or 4 channels"));
    }
    if colour_space > 1 {
        return Err(invalid("a QOI colour space of 0 or 1"));
    }
    Ok(Header::plain(Format::Qoi, width, height, channels))
}

fn hash(pixel: [u8; 4]) -> usize {
    let [r, g, b, a] = pixel.map(usize::from);
    (r * 3 + g * 5 + b * 7 + a * 11) % 64
}

/// What has been seen: the state of both directions.
struct Seen {
    index: [[u8; 4]; 64],
    pixel: [u8; 4],
}

impl Seen {
    fn new() -> Self {
        Self { index: [[0; 4]; 64], pixel: [0, 0, 0, 255] }
    }

    /// Decodes one chunk: how often the pixel follows, and how long the chunk is.
    fn chunk(&mut self, data: &[u8]) -> Option<(usize, usize)> {
        let [r, g, b, a] = self.pixel;
        let tag = *data.first()?;
        let low = tag & 63;
        let (pixel, bytes) = match tag {
            0xFE => ([*data.get(1)?, *data.get(2)?, *data.get(3)?, a], 4),
            0xFF => (*data.get(1..)?.first_chunk()?, 5),
            _ => match tag >> 6 {
                0 => (self.index[usize::from(low)], 1),
                1 => {
                    let step = |sample: u8, shift: u8| {
                        sample.wrapping_add(low >> shift & 3).wrapping_sub(2)
                    };
                    ([step(r, 4), step(g, 2), step(b, 0), a], 1)
                }
                2 => {
                    let second = *data.get(1)?;
                    let green = low.wrapping_sub(32);
                    let step = |sample: u8, difference: u8| {
                        sample.wrapping_add(green).wrapping_add(difference).wrapping_sub(8)
                    };
                    ([step(r, second >> 4), g.wrapping_add(green), step(b, second & 15), a], 2)
                }
                _ => {
                    self.index[hash(self.pixel)] = self.pixel;
                    return Some((usize::from(low) + 1, 1));
                }
            },
        };
        self.index[hash(pixel)] = pixel;
        self.pixel = pixel;
        Some((1, bytes))
    }
}

pub(crate) fn rows(
    file: &[u8],
    header: &Header,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), FormatError> {
    let channels = usize::from(header.channels);
    options.limits.memory(u64::from(header.width) * channels as u64)?;
    let mut data = file.get(HEADER_BYTES..).unwrap_or_default();
    // A chunk of one byte is at most 62 pixels.
    let most = data.len() as u64 * 62;
    if !options.lenient && most < u64::from(header.width) * u64::from(header.height) {
        return Err(FormatError::Truncated);
    }
    let mut row = zeroed(u64::from(header.width) * channels as u64)?;
    let (mut seen, mut run) = (Seen::new(), 0);
    for y in 0..header.height as usize {
        // Runs go on in the next row.
        if channels == 4 {
            let pixels = row.as_chunks_mut().0;
            seen.row(pixels, |pixel| pixel, &mut data, &mut run, options)?;
        } else {
            let pixels = row.as_chunks_mut().0;
            seen.row(pixels, |[r, g, b, _]| [r, g, b], &mut data, &mut run, options)?;
        }
        each(y, &row)?;
    }
    Ok(())
}

impl Seen {
    /// Decodes the pixels of a row.
    fn row<const N: usize>(
        &mut self,
        row: &mut [[u8; N]],
        convert: impl Fn([u8; 4]) -> [u8; N],
        data: &mut &[u8],
        run: &mut usize,
        options: &Options,
    ) -> Result<(), FormatError> {
        let mut at = 0;
        while let Some(rest) = row.get_mut(at..).filter(|rest| !rest.is_empty()) {
            if *run == 0 {
                match self.chunk(data) {
                    Some((count, bytes)) => {
                        *run = count;
                        *data = &data[bytes..];
                    }
                    None if options.lenient => {
                        self.pixel = [0; 4];
                        *run = usize::MAX;
                    }
                    None => return Err(FormatError::Truncated),
                }
            }
            let count = rest.len().min(*run);
            rest[..count].fill(convert(self.pixel));
            *run -= count;
            at += count;
        }
        Ok(())
    }
}

/// Appends the image as a QOI file to `output`, which is as before after an error. Grey becomes colour.
///
/// # Errors
///
/// [`FormatError::Dimension`], [`FormatError::OutputTooLarge`], [`FormatError::OutOfMemory`].
pub fn encode_qoi(
    image: &Image<'_>,
    max_bytes: u64,
    output: &mut Vec<u8>,
) -> Result<(), FormatError> {
    image.check(u32::MAX.into())?;
    Sink::run(output, max_bytes, |sink| {
        let channels = if image.has_alpha() { 4 } else { 3 };
        sink.put(MAGIC)?;
        sink.put(&(image.width as u32).to_be_bytes())?;
        sink.put(&(image.height as u32).to_be_bytes())?;
        sink.put(&[channels, 0])?;
        let (mut seen, mut run) = (Seen::new(), 0);
        for row in image.rows() {
            sink.reserve(row.len())?;
            for pixel in row.chunks_exact(image.channels) {
                let pixel = rgba(pixel);
                if pixel == seen.pixel {
                    run += 1;
                    if run == 62 {
                        sink.put(&[0xC0 | (run - 1)])?;
                        run = 0;
                    }
                    continue;
                }
                if run > 0 {
                    sink.put(&[0xC0 | (run - 1)])?;
                    run = 0;
                }
                write(&mut seen, pixel, sink)?;
            }
        }
        if run > 0 {
            sink.put(&[0xC0 | (run - 1)])?;
        }
        sink.put(&END)
    })
}

/// The shortest chunk for a pixel that differs from the one before.
fn write(seen: &mut Seen, pixel: [u8; 4], sink: &mut Sink<'_>) -> Result<(), FormatError> {
    let before = core::mem::replace(&mut seen.pixel, pixel);
    let place = hash(pixel);
    if seen.index[place] == pixel {
        return sink.put(&[place as u8]);
    }
    seen.index[place] = pixel;
    let [r, g, b, a] = pixel;
    if a != before[3] {
        return sink.put(&[0xFF, r, g, b, a]);
    }
    let (dr, dg, db) =
        (r.wrapping_sub(before[0]), g.wrapping_sub(before[1]), b.wrapping_sub(before[2]));
    let small = [dr, dg, db].map(|step| step.wrapping_add(2));
    if small.iter().all(|step| *step < 4) {
        return sink.put(&[0x40 | small[0] << 4 | small[1] << 2 | small[2]]);
    }
    let green = dg.wrapping_add(32);
    let (red, blue) = (dr.wrapping_sub(dg).wrapping_add(8), db.wrapping_sub(dg).wrapping_add(8));
    if green < 64 && red < 16 && blue < 16 {
        return sink.put(&[0x80 | green, red << 4 | blue]);
    }
    sink.put(&[0xFE, r, g, b])
}
