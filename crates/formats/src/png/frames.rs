//! Frames of an animated PNG (section 13.3, and APNG before it).

use core::iter;

use super::control::Control;
use super::read::{Reader, wide_row_bytes};
use crate::bytes::zeroed;
use crate::canvas::{Canvas, over};
use crate::sink::rgba;
use crate::{FormatError, Header, Options, frames};

pub(crate) struct Frames<'a> {
    reader: Reader<'a>,
    canvas: Canvas,
    buffer: Vec<u8>,
    width: u32,
    height: u32,
    /// Frames that are still to come.
    left: u32,
    /// Whether the image whose data come next is no frame, and whether data come next at all.
    skip: bool,
    begun: bool,
}

impl core::fmt::Debug for Frames<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Frames").field("left", &self.left).finish_non_exhaustive()
    }
}

impl<'a> Frames<'a> {
    pub(crate) fn new(
        file: &'a [u8],
        header: &Header,
        options: &Options,
    ) -> Result<Self, FormatError> {
        let reader = Reader::open(file, header, options)?;
        let (width, height) = (header.width, header.height);
        let bytes = wide_row_bytes(header) * u64::from(height);
        options.limits.memory(bytes + 12 * u64::from(width) * u64::from(height))?;
        let skip = header.loops.is_some() && reader.stream.control.is_none();
        let (canvas, buffer) = (Canvas::default(), Vec::new());
        Ok(Self { reader, canvas, buffer, width, height, left: header.pages, skip, begun: true })
    }

    pub(crate) fn next(&mut self, _: &Options) -> Result<Option<frames::Frame<'_>>, FormatError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let (width, height) = (self.width, self.height);
        let channels = self.reader.channels;
        if self.canvas.pixels.is_empty() {
            self.buffer = zeroed(u64::from(width) * u64::from(height) * channels as u64)?;
            self.canvas = Canvas::new(width, height)?;
        }
        if core::mem::take(&mut self.skip) {
            self.reader.stream.finish()?;
            self.begun = false;
        }
        if !core::mem::take(&mut self.begun) {
            self.reader.stream.next_image()?;
        }
        // A file without animation has no control: it is one frame of its own size.
        let control = self.reader.stream.control.unwrap_or(Control::still(width, height));
        let area = control.area;
        let (columns, rows) = (area.width as usize, area.height as usize);
        self.reader.image(columns, rows, &mut self.buffer)?;
        self.canvas.next(area, control.disposal)?;
        let stored = self.buffer.chunks_exact(columns * channels);
        for (target, row) in iter::zip(self.canvas.rows(area), stored) {
            for (target, pixel) in iter::zip(target.as_chunks_mut().0, row.chunks_exact(channels)) {
                let pixel = rgba(pixel);
                if control.over { over(target, pixel) } else { *target = pixel }
            }
        }
        let (delay_ms, disposal) = (control.delay_ms(), control.disposal);
        Ok(Some(frames::Frame { pixels: &self.canvas.pixels, delay_ms, area, disposal }))
    }
}
