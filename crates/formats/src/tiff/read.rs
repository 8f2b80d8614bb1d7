//! Strips and tiles to rows (sections 7 and 15).

use super::colour::Converter;
use super::page::Page;
use super::unpack::Unpacker;
use crate::bytes::{narrow, zeroed};
use crate::decoder::Each;
use crate::{FormatError, Header, Options};

pub(crate) fn rows(
    file: &[u8],
    header: &Header,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), FormatError> {
    let (page, _) = Page::read(file, options.page)?;
    let converter = Converter::new(&page, header)?;
    let (width, height) = (page.width, page.height);
    let band_row = u64::from(width) * u64::from(page.samples);
    let row_bytes = u64::from(width) * u64::from(header.channels);
    // Rows of strips or tiles as samples, and one strip or tile as it is stored.
    let band_rows = u64::from(page.chunk.1.min(height));
    let chunk_bytes = page.chunk_row().saturating_mul(band_rows);
    options.limits.memory(
        band_row.saturating_mul(band_rows).saturating_add(chunk_bytes).saturating_add(row_bytes),
    )?;
    let mut row = zeroed(row_bytes)?;
    let (mut band, mut chunk) = (Vec::new(), Vec::new());
    let mut unpacker = Unpacker::new(page.compression);
    let down = height.div_ceil(page.chunk.1);
    for number in 0..down {
        let top = number * page.chunk.1;
        let rows = page.chunk.1.min(height - top);
        band.fill(0);
        for part in page.parts(number) {
            chunk.clear();
            let bytes = page.chunk_row() * u64::from(rows);
            let data = page.data(file, part.index);
            let result = data.and_then(|data| unpacker.unpack(data, bytes, &mut chunk));
            options.forgive(result)?;
            // Memory for the band once there is something for it.
            if band.is_empty() {
                band = zeroed(band_row * band_rows)?;
            }
            page.place(&mut chunk, &part, &mut band);
        }
        for (y, samples) in (top..top + rows).zip(band.chunks_exact(band_row as usize)) {
            converter.convert(samples, &mut row);
            each(y as usize, &row)?;
        }
    }
    Ok(())
}

/// A strip or tile of a band.
struct Part {
    /// Its number in the page.
    index: u32,
    /// Columns to the left of it.
    left: u32,
    /// Which sample it has, if it has only one.
    plane: usize,
}

impl Page<'_> {
    /// Samples to a pixel in a strip or tile.
    fn chunk_samples(&self) -> u32 {
        if self.planar { 1 } else { self.samples }
    }

    /// Bytes to a row of a strip or tile.
    fn chunk_row(&self) -> u64 {
        let samples = u64::from(self.chunk.0) * u64::from(self.chunk_samples());
        (samples * u64::from(self.bits)).div_ceil(8)
    }

    /// The strips or tiles of a band.
    fn parts(&self, band: u32) -> impl Iterator<Item = Part> + use<> {
        let across = self.width.div_ceil(self.chunk.0);
        let down = self.height.div_ceil(self.chunk.1);
        let planes = if self.planar { self.samples } else { 1 };
        let step = self.chunk.0;
        (0..planes).flat_map(move |plane| {
            (0..across).map(move |column| Part {
                index: plane
                    .saturating_mul(down)
                    .saturating_add(band)
                    .saturating_mul(across)
                    .saturating_add(column),
                left: column * step,
                plane: plane as usize,
            })
        })
    }

    /// The data of a strip or tile, as many as there are.
    fn data<'f>(&self, file: &'f [u8], index: u32) -> Result<&'f [u8], FormatError> {
        let start = self.offsets.number(index).ok_or(FormatError::Truncated)?;
        let rest = file.get(start as usize..).ok_or(FormatError::Truncated)?;
        // Without a count, the data go as far as they do.
        let count = self.counts.and_then(|counts| counts.number(index));
        let count = count.map_or(usize::MAX, |count| count as usize);
        Ok(&rest[..rest.len().min(count)])
    }

    /// Brings the samples of a strip or tile to 8 bits and to their places.
    fn place(&self, chunk: &mut [u8], part: &Part, band: &mut [u8]) {
        let (samples, own) = (self.samples as usize, self.chunk_samples() as usize);
        let columns = self.chunk.0.min(self.width - part.left) as usize;
        let rows = band.chunks_exact_mut(self.width as usize * samples);
        // The last row may be there in part.
        let stored = chunk.chunks_mut(self.chunk_row() as usize);
        for (row, stored) in rows.zip(stored) {
            let row = &mut row[part.left as usize * samples..];
            if self.differences {
                self.undo(stored, own);
            }
            if own == samples {
                let row = &mut row[..columns * samples];
                self.expand(stored, row.iter_mut());
            } else {
                let row = row.iter_mut().skip(part.plane).step_by(samples);
                self.expand(stored, row.take(columns));
            }
        }
    }

    /// Section 14: samples are the differences to those of the pixel before.
    fn undo(&self, row: &mut [u8], samples: usize) {
        if self.bits == 8 {
            for i in samples..row.len() {
                row[i] = row[i].wrapping_add(row[i - samples]);
            }
            return;
        }
        let words = row.as_chunks_mut::<2>().0;
        for i in samples..words.len() {
            let sum = self.word(words[i]).wrapping_add(self.word(words[i - samples]));
            words[i] = if self.tiff.little { sum.to_le_bytes() } else { sum.to_be_bytes() };
        }
    }

    fn word(&self, bytes: [u8; 2]) -> u16 {
        if self.tiff.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }
    }

    /// Samples of a row, those of fewer bits as they are.
    fn expand<'t>(&self, row: &[u8], target: impl Iterator<Item = &'t mut u8>) {
        match self.bits {
            8 => target.zip(row).for_each(|(target, sample)| *target = *sample),
            16 => target
                .zip(row.as_chunks().0)
                .for_each(|(target, sample)| *target = narrow(self.word(*sample))),
            bits => {
                let per_byte = 8 / bits as usize;
                let mask = (1_u8 << bits) - 1;
                for (i, target) in target.enumerate() {
                    let Some(byte) = row.get(i / per_byte) else { break };
                    let byte = if self.low_first { byte.reverse_bits() } else { *byte };
                    let shift = 8 - bits as usize * (i % per_byte + 1);
                    *target = byte >> shift & mask;
                }
            }
        }
    }
}
