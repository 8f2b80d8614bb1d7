//! Scans of whole blocks (T.81, annex F): decoded and transformed MCU by MCU.

use crate::bits::{Bits, Restart};
use crate::block::{self, Block};
use crate::error::{JpegError, invalid};
use crate::huffman::Table;
use crate::idct::{self, Target};
use crate::layout::{Component, Layout};
use crate::segments::{Scan, Tables};
use crate::skip::{Lead, Skip};
use crate::strip::{Band, Strip};

/// The Huffman tables of a scan by their numbers: made once however many components they serve, which keeps them in the
/// first cache.
#[derive(Default)]
struct Codes {
    dc: [Option<Table>; 4],
    ac: [Option<Table>; 4],
    /// Where not all AC coefficients are needed, or in rows that are not.
    skip: [Option<Skip>; 4],
    /// Where the first few are.
    lead: [Option<Lead>; 4],
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
    skip: Option<&'a Skip>,
    lead: Option<&'a Lead>,
    mcu: Mcu<'a>,
    /// The same in rows that are not needed.
    pass: Mcu<'a>,
    index: usize,
    prediction: i32,
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
        let codes = self.codes()?;
        let mut strips = Vec::with_capacity(4);
        for (component, wanted) in layout.components.iter().zip(self.wanted) {
            strips.push(Strip::new(layout, component, wanted)?);
        }
        let mut lanes: Vec<Lane<'_>> = Vec::with_capacity(4);
        for (index, dc, ac) in &self.scan.components {
            let (component, skip, lead) = (&layout.components[*index], &codes.skip, &codes.lead);
            lanes.push(Lane {
                component,
                table: quantisation[*index],
                factors: idct::Factors::new(),
                dc: codes.dc[*dc & 3].as_ref().ok_or(MISSING)?,
                ac: codes.ac[*ac & 3].as_ref().ok_or(MISSING)?,
                skip: skip[*ac & 3].as_ref(),
                lead: lead[*ac & 3].as_ref(),
                mcu: match self.depth(*index) {
                    Depth::Mean => Lane::means,
                    Depth::Lowest => Lane::lowest,
                    Depth::All => Lane::whole,
                },
                pass: Lane::means,
                index: *index,
                prediction: 0,
            });
        }
        let mut bits = Bits::new(self.file, self.at);
        let mut restarts = Restarts::new(self.tables.restart_interval, self.strict);
        let mut blocks = [([0; 64], 0); 16];
        let mut nowhere = Strip { samples: Vec::new(), stride: 0, rows: 0 };
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
                    if needed {
                        let strip = &mut strips[lane.index];
                        (lane.mcu)(lane, &mut bits, restarts.empty, &mut blocks, strip, mcu);
                    } else {
                        (lane.pass)(
                            lane,
                            &mut bits,
                            restarts.empty,
                            &mut blocks,
                            &mut nowhere,
                            mcu,
                        );
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

    fn depth(&self, index: usize) -> Depth {
        let component = &self.layout.components[index];
        match (self.wanted[index & 3] && component.size > 1, component.lowest) {
            (false, _) => Depth::Mean,
            (true, true) => Depth::Lowest,
            (true, false) => Depth::All,
        }
    }

    fn codes(&self) -> Result<Codes, JpegError> {
        let mut codes = Codes::default();
        for (index, dc, ac) in &self.scan.components {
            let (dc, ac, depth) = (*dc & 3, *ac & 3, self.depth(*index));
            if codes.dc[dc].is_none() {
                codes.dc[dc] = Some(Table::dc(self.tables.dc[dc].as_deref().ok_or(MISSING)?)?);
            }
            if codes.ac[ac].is_none() {
                codes.ac[ac] = Some(Table::ac(self.tables.ac[ac].as_deref().ok_or(MISSING)?));
            }
            let Some(table) = &codes.ac[ac] else { continue };
            if depth != Depth::All || self.layout.bands.start > 0 {
                codes.skip[ac].get_or_insert_with(|| Skip::new(table));
            }
            if depth == Depth::Lowest {
                codes.lead[ac].get_or_insert_with(|| Lead::new(table));
            }
        }
        Ok(codes)
    }
}

const MISSING: JpegError = invalid("a Huffman table for every component");

/// How many coefficients of a block are needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// One at most.
    Mean,
    Lowest,
    All,
}

/// The blocks of one component in an MCU, and of each the place of its last coefficient.
type Blocks = [(Block, usize); 16];

/// Decodes all blocks of a component in one MCU, grey where the data is `empty`. Blocks are zeros before and after.
///
/// Called through its address: engines keep the state of the bit reader in registers only in a function that does little
/// else, and optimisers would make one of all.
type Mcu<'l> = fn(&mut Lane<'l>, &mut Bits<'_>, bool, &mut Blocks, &mut Strip, usize);

impl Lane<'_> {
    /// Blocks that are needed whole.
    fn whole(
        &mut self,
        bits: &mut Bits<'_>,
        empty: bool,
        blocks: &mut Blocks,
        strip: &mut Strip,
        mcu: usize,
    ) {
        if !empty {
            self.read(bits, blocks);
        }
        self.transform(blocks, strip, mcu);
    }

    /// Reads blocks whole.
    #[inline(always)]
    fn read(&mut self, reader: &mut Bits<'_>, blocks: &mut Blocks) {
        let Component { h, v, .. } = *self.component;
        let mut all = blocks.iter_mut();
        for _ in 0..v {
            let mut bits = reader.blocks(h);
            for (block, last) in all.by_ref().take(h) {
                self.prediction = self.prediction.wrapping_add(self.dc.difference(&mut bits));
                block[0] = self.prediction as i16;
                *last = block::ac(self.ac, &mut bits, block);
            }
            reader.place = bits.place;
        }
    }

    #[inline(always)]
    fn transform(&self, blocks: &mut Blocks, strip: &mut Strip, mcu: usize) {
        let Component { h, v, size, .. } = *self.component;
        let mut all = blocks.iter_mut();
        for y in 0..v {
            let at = (1 + y * size) * strip.stride + mcu * h * size;
            for (x, (block, last)) in all.by_ref().take(h).enumerate() {
                let Some(samples) = strip.samples.get_mut(at + x * size..) else { continue };
                let target = Target { samples, stride: strip.stride };
                transform(size, block, (self.table, self.factors), *last, target);
                if *last == 0 {
                    block[0] = 0;
                } else {
                    *block = [0; 64];
                    *last = 0;
                }
            }
        }
    }

    /// Blocks of which the four lowest frequencies are needed.
    fn lowest(
        &mut self,
        reader: &mut Bits<'_>,
        empty: bool,
        _: &mut Blocks,
        strip: &mut Strip,
        mcu: usize,
    ) {
        let Component { h, v, size, .. } = *self.component;
        let (Some(skip), Some(lead)) = (self.skip, self.lead) else { return };
        for y in 0..v {
            let mut bits = reader.blocks(h);
            let at = (1 + y * size) * strip.stride + mcu * h * size;
            for x in 0..h {
                let mut block = [0; 4];
                if !empty {
                    self.prediction = self.prediction.wrapping_add(self.dc.difference(&mut bits));
                    let [across, down, both] = lead.block(skip, self.ac, &mut bits);
                    block = [self.prediction as i16, across, down, both];
                }
                let Some(samples) = strip.samples.get_mut(at + x * size..) else { continue };
                idct::lowest(block, self.table, Target { samples, stride: strip.stride });
            }
            reader.place = bits.place;
        }
    }

    /// Blocks of which the mean is needed, if anything.
    fn means(
        &mut self,
        reader: &mut Bits<'_>,
        empty: bool,
        _: &mut Blocks,
        strip: &mut Strip,
        mcu: usize,
    ) {
        let Component { h, v, .. } = *self.component;
        let Some(skip) = self.skip else { return };
        for y in 0..v {
            let mut bits = reader.blocks(h);
            for x in 0..h {
                let mut mean = 0;
                if !empty {
                    self.prediction = self.prediction.wrapping_add(self.dc.difference(&mut bits));
                    mean = self.prediction as i16;
                    skip.block(self.ac, &mut bits, 1);
                }
                // None where the component is not wanted.
                if let Some(sample) = strip.samples.get_mut((1 + y) * strip.stride + mcu * h + x) {
                    *sample = idct::one(mean, self.table);
                }
            }
            reader.place = bits.place;
        }
    }
}

/// A block's samples at its size, 8, 4 or 2.
#[inline(never)]
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
