//! Frames of a GIF to pixels.

use core::iter;

use super::blocks::{Frame, SubBlocks};
use super::{Blocks, blocks};
use crate::bytes::zeroed;
use crate::canvas::Canvas;
use crate::decoder::Each;
use crate::error::invalid;
use crate::lzw::{Decoder, Order};
use crate::{FormatError, Header, Options, frames};

/// In which order an interlaced image's rows come (appendix E): first rows, and steps from row to row.
const PASSES: [(usize, usize); 4] = [(0, 8), (4, 8), (2, 4), (1, 2)];

/// Number of the stored row that holds each row of the image.
fn stored_rows(height: usize, interlaced: bool) -> impl Fn(usize) -> usize {
    move |y| {
        if !interlaced {
            return y;
        }
        let mut before = 0;
        for (first, step) in PASSES {
            if y % step == first {
                return before + y / step;
            }
            before += height.saturating_sub(first).div_ceil(step);
        }
        y
    }
}

/// The indices of a frame as they are stored; after an error those before it.
fn indices(
    file: &[u8],
    frame: &Frame,
    options: &Options,
    indices: &mut Vec<u8>,
) -> Result<(), FormatError> {
    indices.clear();
    let pixels = u64::from(frame.area.width) * u64::from(frame.area.height);
    options.limits.pixels(frame.area.width, frame.area.height)?;
    options.limits.memory(pixels)?;
    if pixels == 0 {
        return Err(invalid("a frame of at least one pixel"));
    }
    if frame.palette.is_empty() {
        return Err(invalid("a table of colours"));
    }
    let end = pixels as usize;
    let literal = *file.get(frame.data).ok_or(FormatError::Truncated)?;
    let mut decoder = Decoder::new(Order::Gif, literal)?;
    let mut blocks = SubBlocks { file, at: frame.data + 1 };
    while indices.len() < end {
        let block = blocks.next()?;
        if block.is_empty() {
            return Err(FormatError::Truncated);
        }
        decoder.push(block, indices, end)?;
    }
    Ok(())
}

/// A frame's colours: RGBA by index, transparent where there is none.
fn palette(file: &[u8], frame: &Frame) -> [[u8; 4]; 256] {
    let mut palette = [[0; 4]; 256];
    let colours = file.get(frame.palette.clone()).unwrap_or_default();
    for (entry, [r, g, b]) in palette.iter_mut().zip(colours.as_chunks().0) {
        *entry = [*r, *g, *b, 255];
    }
    if let Some(index) = frame.control.transparent {
        palette[usize::from(index)] = [0; 4];
    }
    palette
}

/// The first frame on its canvas.
pub(crate) fn rows(
    file: &[u8],
    header: &Header,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), FormatError> {
    let (width, channels) = (header.width as usize, usize::from(header.channels));
    options.limits.memory(width as u64 * channels as u64)?;
    let first = Blocks::new(file)?.next();
    let frame = match first.and_then(|frame| frame.ok_or(invalid("a GIF with a frame"))) {
        Err(_) if options.lenient => Frame::default(),
        other => other?,
    };
    let mut stored = Vec::new();
    options.forgive(indices(file, &frame, options, &mut stored))?;
    let palette = palette(file, &frame);
    let area = frame.area;
    let stored_row = stored_rows(area.height as usize, frame.interlaced);
    let mut row = zeroed(width as u64 * channels as u64)?;
    for y in 0..header.height as usize {
        row.fill(0);
        if let Some(y) = y.checked_sub(area.top as usize).filter(|y| *y < area.height as usize) {
            let at = stored_row(y) * area.width as usize;
            let target = row.get_mut(area.left as usize * channels..).unwrap_or_default();
            let indices = stored.get(at..).unwrap_or_default().iter().take(area.width as usize);
            if channels == 4 {
                for (pixel, index) in iter::zip(target.as_chunks_mut().0, indices) {
                    *pixel = palette[usize::from(*index)];
                }
            } else {
                for (pixel, index) in iter::zip(target.as_chunks_mut().0, indices) {
                    let [r, g, b, _] = palette[usize::from(*index)];
                    *pixel = [r, g, b];
                }
            }
        }
        each(y, &row)?;
    }
    Ok(())
}

/// All frames, one after another.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    file: &'a [u8],
    blocks: blocks::Blocks<'a>,
    canvas: Canvas,
    indices: Vec<u8>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: &'a [u8]) -> Result<Self, FormatError> {
        Ok(Self {
            file,
            blocks: Blocks::new(file)?,
            canvas: Canvas::default(),
            indices: Vec::new(),
        })
    }

    pub(crate) fn next(
        &mut self,
        options: &Options,
    ) -> Result<Option<frames::Frame<'_>>, FormatError> {
        let Some(frame) = self.blocks.next()? else { return Ok(None) };
        let data = indices(self.file, &frame, options, &mut self.indices);
        let end = self.blocks.skip();
        let damaged = data.is_err() || end.is_err();
        // Before anything is drawn: a frame is drawn whole, or, if lenient, as far as it goes.
        options.forgive(data.and(end))?;
        if damaged {
            // It is the last one: areas without data would be work for nothing.
            self.blocks.stop();
        }
        if self.canvas.pixels.is_empty() {
            self.canvas = Canvas::new(self.blocks.width, self.blocks.height)?;
        }
        let palette = palette(self.file, &frame);
        let (area, disposal) = (frame.area, frame.control.disposal);
        self.canvas.next(area, disposal)?;
        let stored_row = stored_rows(area.height as usize, frame.interlaced);
        for (y, row) in self.canvas.rows(area).enumerate() {
            let at = stored_row(y) * area.width as usize;
            let indices = self.indices.get(at..).unwrap_or_default().iter();
            for (pixel, index) in iter::zip(row.as_chunks_mut().0, indices) {
                let colour: [u8; 4] = palette[usize::from(*index)];
                if colour[3] != 0 {
                    *pixel = colour;
                }
            }
        }
        let delay_ms = 10 * u32::from(frame.control.delay);
        Ok(Some(frames::Frame { pixels: &self.canvas.pixels, delay_ms, area, disposal }))
    }
}
