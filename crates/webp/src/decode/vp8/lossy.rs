//! The rows of a key frame.

use core::ops::Range;

use super::band::{Band, KEPT_CHROMA, KEPT_LUMA};
use super::colour::{Chroma, convert};
use super::edges::{Filtering, filter_band};
use super::frame_header::{Filter, FrameHeader};
use super::macroblock::{Above, Place, reconstruct, start_row};
use super::modes::{self, Luma, Mode4};
use super::residual::{Edge, Residual};
use super::workspace::{SIZE, Workspace};
use crate::WebpError;
use crate::image::Image;
use crate::options::{Options, filled};

/// Decodes a key frame, one row of macroblocks at a time.
pub(in crate::decode) struct Lossy<'a> {
    header: FrameHeader<'a>,
    width: usize,
    height: usize,
    channels: usize,
    strict: bool,
    band: Band,
    above: Vec<Above>,
    filtering: Vec<Filtering>,
    residual: Box<Residual>,
    work: Box<Workspace>,
    /// The next row of macroblocks.
    next: usize,
    /// The first row of pixels that was not handed out.
    row: usize,
    /// Lines of chroma, the even ones and the odd ones.
    chroma: [Chroma; 2],
    /// The next of them to take over.
    line: usize,
    output: Vec<u8>,
    /// Whether data was lacking: what follows is grey.
    lost: bool,
}

impl<'a> Lossy<'a> {
    /// Reads the header and takes memory for some rows. `channels` is 3 or 4.
    pub(in crate::decode) fn new(
        image: &Image<'a>,
        channels: usize,
        options: &Options,
    ) -> Result<Self, WebpError> {
        let (width, height) = (image.width as usize, image.height as usize);
        let columns = width.div_ceil(16);
        options.limits.check_memory(Band::bytes(columns) + 8 * width as u64)?;
        let header = FrameHeader::read(image.data, options.strict)?;
        let line = || Chroma::new(width.div_ceil(2));
        Ok(Self {
            header,
            width,
            height,
            channels,
            strict: options.strict,
            band: Band::new(columns)?,
            above: filled(Above::default(), columns)?,
            filtering: filled(Filtering::default(), columns)?,
            residual: Box::new(Residual::ZERO),
            work: Box::new([0; SIZE]),
            next: 0,
            row: 0,
            chroma: [line()?, line()?],
            line: 0,
            output: filled(0, (width + 16).next_multiple_of(16) * channels)?,
            lost: false,
        })
    }

    /// Decodes a row of macroblocks; the rows of pixels that are complete by that. None at the end.
    pub(in crate::decode) fn advance(&mut self) -> Result<Option<Range<usize>>, WebpError> {
        let rows = self.height.div_ceil(16);
        if self.next == rows {
            return Ok(None);
        }
        let first = self.next == 0;
        if !first {
            self.band.advance();
        }
        self.read_row(first)?;
        if self.header.filter != Filter::None {
            filter_band(&mut self.band, self.header.filter, &self.filtering, first);
        }
        self.next += 1;
        let end = if self.next == rows { self.height } else { 16 * self.next - KEPT_LUMA };
        let complete = self.row..end;
        self.row = end;
        Ok(Some(complete))
    }

    fn read_row(&mut self, first: bool) -> Result<(), WebpError> {
        let columns = self.above.len();
        let partition = self.next & (self.header.partitions.len() - 1);
        let mut left_modes = [Mode4::Dc; 4];
        let mut left_edge = Edge::default();
        start_row(&mut self.work, first);
        for column in 0..columns {
            if self.lost {
                *self.work = [128; SIZE];
                self.filtering[column] = Filtering::default();
                self.band.put(column, &self.work);
                continue;
            }
            let header = &mut self.header;
            let above = &mut self.above[column];
            let modes = &mut header.reader;
            let macroblock = modes::read(modes, &header.modes, &mut above.modes, &mut left_modes);
            let whole = matches!(macroblock.luma, Luma::Whole(_));
            let reader = &mut header.partitions[partition];
            let any = if macroblock.skip {
                above.edge.clear(whole);
                left_edge.clear(whole);
                false
            } else {
                let quantizer = &header.quantizers[usize::from(macroblock.segment)];
                let edges = (&mut above.edge, &mut left_edge);
                self.residual.read(reader, &header.contexts, quantizer, whole, edges)
            };
            if modes.is_exhausted() || reader.is_exhausted() {
                if self.strict {
                    return Err(WebpError::Truncated);
                }
                self.lost = true;
                *self.work = [128; SIZE];
                self.filtering[column] = Filtering::default();
                self.band.put(column, &self.work);
                continue;
            }
            self.filtering[column] = Filtering {
                strength: header.strengths[usize::from(macroblock.segment)][usize::from(!whole)],
                within: any || !whole,
            };
            let place = Place { first_row: first, first_column: column == 0 };
            let residual = any.then_some(&*self.residual);
            reconstruct(&mut self.work, &mut self.above, column, place, &macroblock, residual);
            self.band.put(column, &self.work);
        }
        Ok(())
    }

    /// A row of pixels that is complete; to be asked for once, and in their order.
    pub(in crate::decode) fn row(&mut self, y: usize) -> &mut [u8] {
        let last = (self.height - 1) / 2;
        let near = y / 2;
        let far = if y.is_multiple_of(2) { near.saturating_sub(1) } else { last.min(near + 1) };
        while self.line <= near.max(far) {
            let (u, v) = (&self.band.u, &self.band.v);
            let at = u.at(self.line + KEPT_CHROMA - 8 * (self.next - 1));
            self.chroma[self.line % 2].set(&u.samples[at..], &v.samples[at..]);
            self.line += 1;
        }
        let at = self.band.luma.at(y + KEPT_LUMA - 16 * (self.next - 1));
        let luma = &self.band.luma.samples[at - 1..];
        let pixels = (self.width + 16) / 16 * 16;
        let luma = luma.get(..pixels).unwrap_or(luma);
        let [near, far] = [near, far].map(|line| &self.chroma[line % 2]);
        if self.channels == 3 {
            convert::<3>(luma, near, far, &mut self.output);
        } else {
            convert::<4>(luma, near, far, &mut self.output);
        }
        &mut self.output[self.channels..][..self.width * self.channels]
    }
}
