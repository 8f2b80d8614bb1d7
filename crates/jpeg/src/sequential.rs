//! Scans of whole blocks (T.81, annex F): decoded and transformed MCU by MCU.

use crate::bits::{Bits, Cursor, Restart};
use crate::block::{self, Block};
use crate::error::{JpegError, invalid};
use crate::huffman::Table;
use crate::idct::{self, Target};
use crate::layout::{Component, Layout};
use crate::segments::{Scan, Tables};
use crate::skip::{Lead, Skip};
use crate::strip::{Band, Strip};

/// The Huffman tables of a scan.
pub(crate) struct Codes {
    pub(crate) dc: Vec<Table>,
    pub(crate) ac: Vec<Table>,
}

/// Counts MCUs up to the next restart marker.
pub(crate) struct Restarts {
    interval: usize,
    left: usize,
    next: u8,
    strict: bool,
    /// The rest of the segment is missing.
    pub(crate) empty: bool,
}

impl Restarts {
    pub(crate) fn new(interval: u16, strict: bool) -> Self {
        let interval = usize::from(interval);
        Self { interval, left: interval, next: 0, strict, empty: false }
    }

    /// Before each MCU. Whether predictions begin anew.
    #[inline(always)]
    pub(crate) fn step(&mut self, bits: &mut Bits<'_>) -> Result<bool, JpegError> {
        if self.interval != 0 {
            if self.left == 0 {
                self.restart(bits)?;
                return Ok(true);
            }
            self.left -= 1;
        }
        if bits.exhausted() && !self.empty {
            self.end(bits)?;
        }
        Ok(false)
    }

    #[cold]
    fn restart(&mut self, bits: &mut Bits<'_>) -> Result<(), JpegError> {
        self.finish(bits)?;
        let restart = bits.restart(self.next);
        if self.strict && restart != Restart::Right {
            return Err(missing(bits, "restart markers in their order"));
        }
        self.empty = restart == Restart::Empty;
        self.next = (self.next + 1) & 7;
        self.left = self.interval - 1;
        Ok(())
    }

    /// Not an error, unless it is to be one: what is missing is grey.
    #[cold]
    fn end(&mut self, bits: &Bits<'_>) -> Result<(), JpegError> {
        self.empty = true;
        self.finish(bits)
    }

    /// At the end of a segment.
    pub(crate) fn finish(&self, bits: &Bits<'_>) -> Result<(), JpegError> {
        if self.strict && bits.exhausted() {
            return Err(missing(bits, "entropy-coded data for every MCU"));
        }
        Ok(())
    }

    /// How many MCUs from here on belong to a segment that is over.
    pub(crate) fn skip(&mut self) -> usize {
        if self.interval == 0 { usize::MAX } else { core::mem::take(&mut self.left) }
    }
}

fn missing(bits: &Bits<'_>, expected: &'static str) -> JpegError {
    if bits.at_end() { JpegError::Truncated } else { invalid(expected) }
}

/// A component on its way through a scan.
struct Lane<'a> {
    component: &'a Component,
    table: &'a idct::Table,
    factors: &'a idct::Factors,
    dc: &'a Table,
    ac: &'a Table,
    /// Where not all AC coefficients are needed, or in rows that are not.
    skip: Option<Skip>,
    depth: Depth,
    index: usize,
    prediction: i32,
}

/// How many coefficients of a block are needed.
enum Depth {
    /// One at most.
    Mean,
    Lowest(Lead),
    All,
}

/// One scan of all components, as it comes.
pub(crate) struct Sequential<'a> {
    pub(crate) file: &'a [u8],
    /// Where the entropy-coded data begins.
    pub(crate) at: usize,
    pub(crate) layout: &'a Layout,
    pub(crate) tables: &'a Tables,
    pub(crate) scan: &'a Scan,
    pub(crate) strict: bool,
    pub(crate) wanted: [bool; 4],
}

impl Sequential<'_> {
    /// Hands out each row of MCUs when it is complete, until `each` says that it wants no more.
    pub(crate) fn run(&self, each: &mut dyn FnMut(&Band<'_>) -> bool) -> Result<(), JpegError> {
        let layout = self.layout;
        let quantisation = self.tables.quantisation.each_ref().map(Option::as_deref);
        let quantisation = layout.quantisation(&quantisation)?;
        let codes = codes(self.scan, self.tables)?;
        let mut strips = Vec::with_capacity(4);
        for (component, wanted) in layout.components.iter().zip(self.wanted) {
            strips.push(Strip::new(layout, component, wanted)?);
        }
        let mut lanes: Vec<Lane<'_>> = Vec::with_capacity(4);
        for (place, (index, _, _)) in self.scan.components.iter().enumerate() {
            let (component, wanted) = (&layout.components[*index], self.wanted[*index & 3]);
            let (dc, ac) = (&codes.dc[place], &codes.ac[place]);
            let above = layout.bands.start > 0;
            let skip = !wanted || component.size == 1 || component.lowest || above;
            let skip = skip.then(|| Skip::new(ac));
            let depth = match (wanted && component.size > 1, component.lowest) {
                (false, _) => Depth::Mean,
                (true, true) => Depth::Lowest(Lead::new(ac)),
                (true, false) => Depth::All,
            };
            let table = quantisation[*index];
            let (index, factors, prediction) = (*index, idct::Factors::new(), 0);
            lanes.push(Lane {
                component,
                table,
                factors,
                dc,
                ac,
                skip,
                depth,
                index,
                prediction,
            });
        }
        let mut bits = Bits::new(self.file, self.at);
        let mut restarts = Restarts::new(self.tables.restart_interval, self.strict);
        let mut block = [0; 64];
        for number in 0..layout.bands.end {
            let needed = number >= layout.bands.start;
            if needed {
                strips.iter_mut().for_each(Strip::advance);
            }
            for mcu in 0..layout.mcus_wide {
                if restarts.step(&mut bits)? {
                    for lane in &mut lanes {
                        lane.prediction = 0;
                    }
                }
                for lane in &mut lanes {
                    let strip = &mut strips[lane.index];
                    if needed {
                        lane.mcu(&mut bits, restarts.empty, &mut block, strip, mcu);
                    } else if !restarts.empty {
                        lane.pass(&mut bits);
                    }
                }
            }
            if needed && !each(&Band { layout, strips: &strips, number }) {
                return Ok(());
            }
        }
        if layout.bands.end == layout.mcus_high {
            restarts.finish(&bits)?;
        }
        Ok(())
    }
}

impl Lane<'_> {
    /// All blocks of the component in one MCU.
    #[inline(always)]
    fn mcu(
        &mut self,
        reader: &mut Bits<'_>,
        empty: bool,
        block: &mut Block,
        strip: &mut Strip,
        mcu: usize,
    ) {
        let Component { h, v, size, .. } = *self.component;
        for y in 0..v {
            let mut bits = reader.blocks(h);
            let at = (1 + y * size) * strip.stride + mcu * h * size;
            for x in 0..h {
                // Nothing where the component is not wanted.
                let samples = strip.samples.get_mut(at + x * size..).unwrap_or_default();
                let target = Target { samples, stride: strip.stride };
                self.block(&mut bits, empty, block, target);
            }
            reader.place = bits.place;
        }
    }

    /// Decodes a block, grey where the data is `empty`. `block` is zeros before and after.
    #[inline(always)]
    fn block(&mut self, bits: &mut Cursor<'_>, empty: bool, block: &mut Block, target: Target<'_>) {
        let mut mean = 0;
        if !empty {
            let difference = self.dc.difference(bits);
            self.prediction = self.prediction.wrapping_add(difference);
            mean = self.prediction as i16;
        }
        match (&self.depth, &self.skip) {
            (Depth::Lowest(lead), Some(skip)) => {
                let others = if empty { [0; 3] } else { lead.block(skip, self.ac, bits) };
                let [across, down, both] = others;
                idct::lowest([mean, across, down, both], self.table, target);
            }
            (Depth::Mean, Some(skip)) => {
                if !empty {
                    skip.block(self.ac, bits, 1);
                }
                if let Some(sample) = target.samples.first_mut() {
                    *sample = idct::one(mean, self.table);
                }
            }
            _ => {
                let last = if empty { 0 } else { block::ac(self.ac, bits, block) };
                block[0] = mean;
                transform(self.component.size, block, (self.table, self.factors), last, target);
                if last == 0 {
                    block[0] = 0;
                } else {
                    *block = [0; 64];
                }
            }
        }
    }

    /// Goes past all blocks of the component in one MCU.
    #[inline(never)]
    fn pass(&mut self, reader: &mut Bits<'_>) {
        let Some(skip) = &self.skip else { return };
        for _ in 0..self.component.h * self.component.v {
            let mut bits = reader.blocks(1);
            let difference = self.dc.difference(&mut bits);
            self.prediction = self.prediction.wrapping_add(difference);
            skip.block(self.ac, &mut bits, 1);
            reader.place = bits.place;
        }
    }
}

/// A block's samples at its size, 8, 4 or 2.
#[inline(always)]
pub(crate) fn transform(
    size: usize,
    block: &Block,
    (table, factors): (&idct::Table, &idct::Factors),
    last: usize,
    target: Target<'_>,
) {
    match size {
        8 => idct::full(block, table, factors, last, target),
        4 => idct::four(block, table, last, target),
        _ => idct::two(block, table, last, target),
    }
}

/// The tables that a sequential scan names, component by component.
pub(crate) fn codes(scan: &Scan, tables: &Tables) -> Result<Codes, JpegError> {
    const MISSING: JpegError = invalid("a Huffman table for every component");
    let mut codes = Codes { dc: Vec::with_capacity(4), ac: Vec::with_capacity(4) };
    for (_, dc, ac) in &scan.components {
        codes.dc.push(Table::dc(tables.dc[*dc & 3].as_deref().ok_or(MISSING)?)?);
        codes.ac.push(Table::ac(tables.ac[*ac & 3].as_deref().ok_or(MISSING)?));
    }
    Ok(codes)
}
