//! Rows of a PNG: inflated, filters undone, brought to 8 bits.

use super::expand::Samples;
use super::header::is_cut_short;
use super::pack::row_bytes;
use super::stream::Stream;
use super::unfilter::Rows;
use crate::bytes::zeroed;
use crate::decoder::Each;
use crate::error::invalid;
use crate::{FormatError, Header, Options};

/// The passes of Adam7 (section 8.1): first column and row, and how far it is to the next.
const PASSES: [[usize; 4]; 7] = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
];

/// Reads the rows of one image after another.
pub(super) struct Reader<'a> {
    pub(super) stream: Stream<'a>,
    samples: Samples,
    /// Bits of a pixel as it is stored.
    bits: u8,
    /// Of a pixel as it is handed out.
    pub(super) channels: usize,
    interlaced: bool,
    rows: Rows,
    row: Vec<u8>,
}

impl<'a> Reader<'a> {
    /// One that stands before the first image's data.
    pub(super) fn open(
        file: &'a [u8],
        header: &Header,
        options: &Options,
    ) -> Result<Self, FormatError> {
        options.limits.memory(6 * wide_row_bytes(header))?;
        let mut stream = Stream::new(file, header)?;
        stream.next_image()?;
        let (colour, depth) = stream.samples();
        if header.has_alpha != (stream.transparency.is_some() || colour >= 4) {
            return Err(invalid("transparency that fits the PNG's colour type"));
        }
        let samples = Samples::of(&stream)?;
        let bits = depth * [1, 0, 3, 1, 2, 0, 4][usize::from(colour)];
        let channels = usize::from(header.channels);
        let width = header.width as usize;
        let rows = Rows::new(usize::from(bits.div_ceil(8)), row_bytes(width, bits))?;
        let row = zeroed(width as u64 * channels as u64)?;
        let interlaced = header.interlaced;
        Ok(Self { stream, samples, bits, channels, interlaced, rows, row })
    }

    /// Begins an image, or a pass of one, that is so wide.
    fn begin(&mut self, width: usize) {
        self.rows.begin(row_bytes(width, self.bits));
    }

    /// The next row of so many pixels.
    fn next_row(&mut self, width: usize) -> Result<&[u8], FormatError> {
        let mut filter = [0];
        self.stream.read(&mut filter)?;
        self.stream.read(self.rows.next())?;
        let stored = self.rows.undo(filter[0])?;
        if let Samples::Plain = self.samples {
            return Ok(stored);
        }
        let row = &mut self.row[..width * self.channels];
        self.samples.expand(stored, self.channels, row);
        Ok(row)
    }

    /// A whole image into `output`, which has room for it; after an error, what comes before it is there.
    pub(super) fn image(
        &mut self,
        width: usize,
        height: usize,
        output: &mut [u8],
    ) -> Result<(), FormatError> {
        let channels = self.channels;
        let stride = width * channels;
        let whole = [[0, 0, 1, 1]];
        for &[left, top, across, down] in if self.interlaced { &PASSES[..] } else { &whole } {
            let columns = width.saturating_sub(left).div_ceil(across);
            if columns == 0 {
                continue;
            }
            self.begin(columns);
            for target in output.chunks_exact_mut(stride).take(height).skip(top).step_by(down) {
                let row = self.next_row(columns)?;
                if across == 1 {
                    target.copy_from_slice(row);
                    continue;
                }
                let targets = target.chunks_mut(channels).skip(left).step_by(across);
                targets.zip(row.chunks_exact(channels)).for_each(|(to, from)| {
                    to.copy_from_slice(from);
                });
            }
        }
        self.stream.finish()
    }
}

/// Bytes of an expanded row, before samples are brought to 8 bits.
pub(super) fn wide_row_bytes(header: &Header) -> u64 {
    let sample = if header.depth == 16 { 2 } else { 1 };
    u64::from(header.width) * u64::from(header.channels) * sample
}

pub(crate) fn rows(
    file: &[u8],
    header: &Header,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), FormatError> {
    if !options.lenient && is_cut_short(file, header) {
        return Err(FormatError::Truncated);
    }
    let mut reader = match Reader::open(file, header, options) {
        Ok(reader) => Some(reader),
        Err(error) => options.forgive(Err(error)).map(|()| None)?,
    };
    let (width, height) = (header.width as usize, header.height as usize);
    let stride = width * usize::from(header.channels);
    if header.interlaced {
        let bytes = stride as u64 * u64::from(header.height);
        options.limits.memory(bytes)?;
        let mut image = zeroed(bytes)?;
        if let Some(reader) = &mut reader {
            options.forgive(reader.image(width, height, &mut image))?;
        }
        return image.chunks_exact(stride).enumerate().try_for_each(|(y, row)| each(y, row));
    }
    if let Some(reader) = &mut reader {
        reader.begin(width);
    }
    let mut missing = Vec::new();
    for y in 0..height {
        if let Some(intact) = &mut reader {
            match intact.next_row(width) {
                Ok(row) => {
                    each(y, row)?;
                    continue;
                }
                Err(error) => options.forgive(Err(error))?,
            }
            reader = None;
        }
        if missing.is_empty() {
            missing = zeroed(stride as u64)?;
        }
        each(y, &missing)?;
    }
    match &mut reader {
        Some(reader) => options.forgive(reader.stream.finish()),
        None => Ok(()),
    }
}
