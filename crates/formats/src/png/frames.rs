//! Frames of an animated PNG (section 13.3, and APNG before it).

use core::iter;
use std::io::Cursor;

use png::{BlendOp, DisposeOp, FrameControl, Reader};

use super::read::{failed, open, row_bytes, to_eight_bits};
use crate::bytes::zeroed;
use crate::canvas::{Area, Canvas, Disposal, over};
use crate::sink::rgba;
use crate::{FormatError, Header, Options, frames};

pub(crate) struct Frames<'a> {
    reader: Reader<Cursor<&'a [u8]>>,
    canvas: Canvas,
    buffer: Vec<u8>,
    /// Frames that are still to come.
    left: u32,
    /// Whether an image comes first that is no frame.
    skip: bool,
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
        let reader = open(file, header, options)?;
        let bytes = row_bytes(header) * u64::from(header.height);
        options.limits.memory(bytes + 12 * u64::from(header.width) * u64::from(header.height))?;
        let skip = header.loops.is_some() && reader.info().frame_control.is_none();
        Ok(Self { reader, canvas: Canvas::default(), buffer: Vec::new(), left: header.pages, skip })
    }

    pub(crate) fn next(&mut self, _: &Options) -> Result<Option<frames::Frame<'_>>, FormatError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let (width, height) = self.reader.info().size();
        if self.canvas.pixels.is_empty() {
            let bytes = self.reader.output_buffer_size().unwrap_or(usize::MAX);
            self.buffer = zeroed(bytes as u64)?;
            self.canvas = Canvas::new(width, height)?;
        }
        if core::mem::take(&mut self.skip) {
            self.reader.next_frame_info().map_err(|error| failed(&error))?;
        }
        let info = self.reader.next_frame(&mut self.buffer).map_err(|error| failed(&error))?;
        // A file without animation has no control: it is one frame of its own size.
        let still =
            FrameControl { width, height, blend_op: BlendOp::Source, ..FrameControl::default() };
        let control = self.reader.info().frame_control.unwrap_or(still);
        let area = Area {
            left: control.x_offset,
            top: control.y_offset,
            width: info.width,
            height: info.height,
        };
        let disposal = match control.dispose_op {
            DisposeOp::None => Disposal::Keep,
            DisposeOp::Background => Disposal::Background,
            DisposeOp::Previous => Disposal::Previous,
        };
        self.canvas.next(area, disposal)?;
        let samples = info.color_type.samples();
        let stored = self.buffer.chunks_exact_mut(info.line_size.max(1));
        for (target, row) in iter::zip(self.canvas.rows(area), stored) {
            let len = to_eight_bits(row, info.bit_depth);
            let targets = target.as_chunks_mut().0;
            for (target, pixel) in iter::zip(targets, row[..len].chunks_exact(samples)) {
                let pixel = rgba(pixel);
                match control.blend_op {
                    BlendOp::Source => *target = pixel,
                    BlendOp::Over => over(target, pixel),
                }
            }
        }
        // The specification reads a denominator of 0 as hundredths.
        let per_second = if control.delay_den == 0 { 100 } else { u32::from(control.delay_den) };
        let delay_ms = (1000 * u32::from(control.delay_num) + per_second / 2) / per_second;
        Ok(Some(frames::Frame { pixels: &self.canvas.pixels, delay_ms, area, disposal }))
    }
}
