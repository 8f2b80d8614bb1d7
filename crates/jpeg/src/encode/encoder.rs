//! Rows of samples or pixels to a file.

use bytemill_simd::I16x8;

use super::code::Code;
use super::colour;
use super::forward::{self, Factors};
use super::options::{EncodeError, EncodeOptions};
use super::progressive::{self, Part};
use super::quantise::Table;
use super::scan::Tokens;
use super::write::Bits;
use crate::block::Block;
use crate::standard;

/// Encodes one image. Rows go in one after another; of each component they may come before those of the others.
pub struct Encoder {
    options: EncodeOptions,
    width: usize,
    height: usize,
    mcus_wide: usize,
    mcus_high: usize,
    /// Rows of MCUs that are encoded.
    done: usize,
    components: Vec<Component>,
    tables: Vec<Table>,
    tokens: Tokens,
    bits: Bits,
    codes: Option<[Code; 4]>,
    /// Chroma of the pixel row above, where two become one.
    above: Option<[Vec<u8>; 2]>,
}

impl core::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Encoder").field("options", &self.options).finish_non_exhaustive()
    }
}

/// A component on its way.
struct Component {
    /// Blocks to an MCU, across and down.
    factor: usize,
    width: usize,
    height: usize,
    /// Samples of all MCUs in a row.
    stride: usize,
    /// Rows that are not encoded yet, from a row of MCUs on.
    rows: Vec<u8>,
    /// Rows taken in all.
    taken: usize,
    prediction: i32,
    /// Coefficients of all blocks so far, MCU by MCU, if they are kept.
    blocks: Vec<Block>,
}

impl Component {
    /// Rows to a row of MCUs.
    fn unit(&self) -> usize {
        8 * self.factor
    }

    /// Makes room for the blocks of a row of MCUs.
    fn reserve(&mut self, mcus: usize) -> Result<(), EncodeError> {
        let count = mcus * self.factor * self.factor;
        let bytes = count * size_of::<Block>();
        self.blocks.try_reserve(count).map_err(|_| EncodeError::OutOfMemory { bytes })
    }

    /// Adds a row, its last sample repeated up to whole MCUs.
    fn push(&mut self, row: &[u8]) -> Result<(), EncodeError> {
        let bytes = self.stride;
        self.rows.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })?;
        let row = &row[..row.len().min(bytes)];
        let end = self.rows.len() + bytes;
        self.rows.extend_from_slice(row);
        self.rows.resize(end, row.last().copied().unwrap_or_default());
        self.taken += 1;
        Ok(())
    }
}

impl Encoder {
    /// Takes memory for a row of MCUs.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Quality`], [`EncodeError::Size`], [`EncodeError::OutOfMemory`].
    pub fn new(width: usize, height: usize, options: &EncodeOptions) -> Result<Self, EncodeError> {
        let quality = options.quality;
        if !(1..=100).contains(&quality) {
            return Err(EncodeError::Quality { quality });
        }
        for size in [width, height] {
            if !(1..=65_535).contains(&size) {
                return Err(EncodeError::Size { size });
            }
        }
        let factor = if options.grey { 1 } else { options.subsampling.factor() };
        let (mcus_wide, mcus_high) = (width.div_ceil(8 * factor), height.div_ceil(8 * factor));
        let component = |own: usize| Component {
            factor: own,
            width: (width * own).div_ceil(factor),
            height: (height * own).div_ceil(factor),
            stride: mcus_wide * 8 * own,
            rows: Vec::new(),
            taken: 0,
            prediction: 0,
            blocks: Vec::new(),
        };
        let mut components = vec![component(factor)];
        let mut tables = vec![Table::new(&standard::LUMINANCE, quality)];
        if !options.grey {
            components.extend([component(1), component(1)]);
            tables.push(Table::new(&standard::CHROMINANCE, quality));
        }
        let mut encoder = Self {
            options: *options,
            width,
            height,
            mcus_wide,
            mcus_high,
            done: 0,
            components,
            tables,
            tokens: Tokens::default(),
            bits: Bits::new(options.max_bytes),
            codes: None,
            above: None,
        };
        encoder.bits.reserve(1024)?;
        encoder.begin();
        if !options.optimise && !options.progressive {
            encoder.scan(standard::CODES.each_ref().map(Code::standard));
        }
        Ok(encoder)
    }

    /// Width and height of a component: 0 for luminance, 1 and 2 for chrominance.
    pub fn size(&self, component: usize) -> (usize, usize) {
        self.components.get(component).map_or((0, 0), |it| (it.width, it.height))
    }

    /// Takes the next row of a component. What is more than its size is left out.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`], [`EncodeError::TooLarge`].
    pub fn push(&mut self, component: usize, row: &[u8]) -> Result<(), EncodeError> {
        let Some(it) = self.components.get_mut(component) else { return Ok(()) };
        if it.taken == it.height {
            return Ok(());
        }
        it.push(&row[..row.len().min(it.width)])?;
        self.run()
    }

    /// As [`Encoder::push`], with what fills the last MCU.
    fn push_whole(&mut self, component: usize, row: &[u8]) -> Result<(), EncodeError> {
        let Some(it) = self.components.get_mut(component) else { return Ok(()) };
        if it.taken == it.height {
            return Ok(());
        }
        it.push(row)?;
        self.run()
    }

    /// Takes the next row of pixels of red, green and blue.
    ///
    /// # Errors
    ///
    /// Those of [`Encoder::push`].
    pub fn push_rgb(&mut self, rgb: &[u8]) -> Result<(), EncodeError> {
        // Up to whole MCUs, as libjpeg has it: the means of the last pixel are not always the last mean.
        let bytes = self.components[0].stride;
        let row = || {
            let mut row = Vec::new();
            row.try_reserve_exact(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })?;
            row.resize(bytes, 0);
            Ok(row)
        };
        let mut rows = [row()?, row()?, row()?];
        let pixels = (rgb.len() / 3).min(self.width);
        colour::row(&rgb[..3 * pixels], rows.each_mut().map(Vec::as_mut_slice));
        for row in &mut rows {
            let last = row[pixels.saturating_sub(1)];
            row[pixels..].fill(last);
        }
        let [mut y, cb, cr] = rows;
        self.push_whole(0, &y)?;
        if self.options.grey {
            return Ok(());
        }
        if self.options.subsampling.factor() == 1 {
            self.push_whole(1, &cb)?;
            return self.push_whole(2, &cr);
        }
        let above = match self.above.take() {
            Some(above) => above,
            // The last row, if it has none below.
            None if self.components[0].taken == self.height => [cb.clone(), cr.clone()],
            None => {
                self.above = Some([cb, cr]);
                return Ok(());
            }
        };
        let half = bytes / 2;
        for (component, (above, below)) in (1..).zip(above.iter().zip([cb, cr])) {
            colour::halve(above, &below, &mut y[..half]);
            self.push_whole(component, &y[..half])?;
        }
        Ok(())
    }

    /// Ends the file and returns it. Rows that are missing are made up.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`], [`EncodeError::TooLarge`].
    pub fn finish(mut self) -> Result<Vec<u8>, EncodeError> {
        let mcus_high = self.mcus_high;
        for component in &mut self.components {
            while component.taken < mcus_high * component.unit() {
                let start = component.rows.len().saturating_sub(component.stride);
                let last = component.rows[start..].to_vec();
                component.push(&last)?;
            }
        }
        self.run()?;
        if self.options.progressive {
            return self.finish_progressive();
        }
        let codes = self.tokens.frequencies().each_ref().map(Code::optimal);
        self.scan(codes);
        self.flush()?;
        self.bits.align();
        self.bits.marker(0xD9);
        self.bits.check()?;
        Ok(self.bits.bytes)
    }

    fn finish_progressive(mut self) -> Result<Vec<u8>, EncodeError> {
        let parts: Vec<Part<'_>> = self
            .components
            .iter()
            .map(|it| Part {
                blocks: &it.blocks,
                factor: it.factor,
                wide: it.width.div_ceil(8),
                high: it.height.div_ceil(8),
            })
            .collect();
        progressive::write(&parts, self.mcus_wide, &mut self.tokens, &mut self.bits)?;
        self.bits.marker(0xD9);
        self.bits.check()?;
        Ok(self.bits.bytes)
    }

    /// Encodes the rows of MCUs that are complete.
    fn run(&mut self) -> Result<(), EncodeError> {
        let complete = |it: &Component| it.rows.len() >= it.unit() * it.stride;
        while self.done < self.mcus_high && self.components.iter().all(complete) {
            let blocks: usize = self.components.iter().map(|it| it.factor * it.factor).sum();
            if self.options.progressive {
                let wide = self.mcus_wide;
                self.components.iter_mut().try_for_each(|it| it.reserve(wide))?;
            } else {
                self.tokens.reserve(blocks * self.mcus_wide)?;
            }
            let factors = Factors::new();
            for x in 0..self.mcus_wide {
                for (index, component) in self.components.iter_mut().enumerate() {
                    let chroma = usize::from(index > 0);
                    let (table, code) = ((&self.tables[chroma], factors), 2 * chroma as u32);
                    let (at, mut last) = ((x, self.done), component.prediction);
                    let mut blocks = core::mem::take(&mut component.blocks);
                    mcu(component, at, table, |block| {
                        if self.options.progressive {
                            let mut kept = block.map_or([0; 64], |(block, _)| *block);
                            if block.is_none() {
                                kept[0] = last as i16;
                            }
                            last = i32::from(kept[0]);
                            blocks.push(kept);
                        } else if let Some((block, nonzero)) = block {
                            self.tokens.add(code, block, nonzero, &mut last);
                        } else {
                            self.tokens.skip(code);
                        }
                    });
                    component.blocks = blocks;
                    component.prediction = last;
                }
            }
            for component in &mut self.components {
                component.rows.drain(..component.unit() * component.stride);
            }
            self.done += 1;
            if self.codes.is_some() {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), EncodeError> {
        let Some(codes) = &self.codes else { return Ok(()) };
        self.tokens.write(codes, &mut self.bits)
    }

    /// Everything up to the Huffman tables.
    fn begin(&mut self) {
        self.bits.marker(0xD8);
        // JFIF 1.1, square pixels, no thumbnail.
        self.bits.segment(0xE0, &[b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"]);
        self.bits.tables(&self.tables);
        let [width, height] = [self.width, self.height].map(|side| (side as u16).to_be_bytes());
        let mut frame =
            vec![8, height[0], height[1], width[0], width[1], self.components.len() as u8];
        for (number, component) in (0..).zip(&self.components) {
            let factor = component.factor as u8;
            frame.extend([number + 1, factor << 4 | factor, u8::from(number > 0)]);
        }
        let kind = if self.options.progressive { 0xC2 } else { 0xC0 };
        self.bits.segment(kind, &[&frame]);
    }

    /// The Huffman tables and the header of the scan, once.
    fn scan(&mut self, codes: [Code; 4]) {
        if self.codes.is_some() {
            return;
        }
        let count = self.components.len() as u8;
        self.bits.codes(&codes, &[0, 1, 2, 3][..2 * self.tables.len()]);
        let mut scan = vec![count];
        for number in 0..count {
            scan.extend([number + 1, if number > 0 { 0x11 } else { 0x00 }]);
        }
        scan.extend([0, 63, 0]);
        self.bits.segment(0xDA, &[&scan]);
        self.codes = Some(codes);
    }
}

/// All blocks of a component in one MCU: coefficients, and which are not zero; none for a block behind the image, which is
/// to take as few bits as possible.
#[inline(always)]
fn mcu(
    component: &Component,
    at: (usize, usize),
    (table, factors): (&Table, &Factors),
    mut each: impl FnMut(Option<(&Block, u64)>),
) {
    let Component { factor, stride, width, height, .. } = *component;
    let middle = I16x8::splat(128);
    let mut block = [0; 64];
    for y in 0..factor {
        for x in 0..factor {
            let (column, row) = (at.0 * factor + x, at.1 * factor + y);
            if 8 * column >= width || 8 * row >= height {
                each(None);
                continue;
            }
            let at = 8 * y * stride + 8 * column;
            let Some(samples) = component.rows.get(at..) else { continue };
            let mut rows = [middle; 8];
            for (row, samples) in rows.iter_mut().zip(samples.chunks(stride)) {
                if let Some(eight) = samples.first_chunk() {
                    *row = I16x8::load_u8(eight).sub(middle);
                }
            }
            let nonzero = table.divide(forward::transform(rows, factors), &mut block);
            each(Some((&block, nonzero)));
        }
    }
}
