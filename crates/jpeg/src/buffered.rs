//! Images whose scans have to be read all before the first sample is known: progressive ones (T.81, annex G), and
//! sequential ones of several scans.

use crate::Options;
use crate::bits::{Bits, Cursor};
use crate::block::{self, Block, ZIGZAG};
use crate::error::{JpegError, invalid};
use crate::header::Start;
use crate::huffman::{Table, extend};
use crate::idct::{self, Target};
use crate::layout::{Component, Layout};
use crate::segments::{Scan, Segment, Segments, Tables};
use crate::sequential::{Restarts, transform};
use crate::skip::Skip;
use crate::strip::{Band, Strip, zeroed};

/// The coefficients of one component, quantised.
struct Plane {
    /// Of each block, row by row of blocks: all 64, or the first where no more is needed.
    dc: Vec<i16>,
    blocks: Vec<Block>,
    /// The place of each block's last coefficient that is not zero, in zigzag order.
    last: Vec<u8>,
    /// Blocks in a row.
    stride: usize,
    wanted: bool,
    table: Option<Box<idct::Table>>,
}

/// The coefficients of an image.
pub(crate) struct Coefficients {
    planes: Vec<Plane>,
}

/// Reads all scans that matter.
pub(crate) fn read(
    file: &[u8],
    start: &Start,
    first: &Scan,
    layout: &Layout,
    wanted: [bool; 4],
    options: &Options,
) -> Result<Coefficients, JpegError> {
    let mut planes = Vec::with_capacity(4);
    for (component, wanted) in layout.components.iter().zip(wanted) {
        let stride = layout.mcus_wide * component.h;
        let blocks = stride * layout.mcus_high * component.v;
        let all = if wanted && component.size > 1 { blocks } else { 0 };
        let mut whole = Vec::new();
        let bytes = size_of::<Block>().saturating_mul(all);
        whole.try_reserve_exact(all).map_err(|_| JpegError::OutOfMemory { bytes })?;
        whole.resize(all, [0; 64]);
        planes.push(Plane {
            dc: zeroed(if wanted && all == 0 { blocks } else { 0 })?,
            blocks: whole,
            last: zeroed(all)?,
            stride,
            wanted,
            table: None,
        });
    }
    let mut tables = start.tables.clone();
    let mut at = start.scan.end;
    let mut next = None;
    for number in 0.. {
        if number == options.limits.max_scans {
            return Err(JpegError::TooManyScans { limit: options.limits.max_scans });
        }
        let scan = next.as_ref().unwrap_or(first);
        let reader = Reader { layout, scan, tables: &tables, strict: options.strict };
        at = reader.read(file, at, start.frame.progressive, &mut planes)?;
        let mut segments = Segments::new(file, at);
        let contents = loop {
            match segments.next() {
                Ok(Segment::Scan(contents)) => break Some(contents),
                Ok(Segment::Other(marker, contents)) => {
                    tables.define(marker, &file[contents])?;
                }
                Ok(Segment::Frame(..)) => return Err(invalid("one frame")),
                Ok(Segment::End) => break None,
                Err(JpegError::Truncated) if !options.strict => break None,
                Err(error) => return Err(error),
            }
        };
        let Some(contents) = contents else { break };
        at = contents.end;
        next = Some(Scan::parse(&start.frame, &file[contents])?);
    }
    Ok(Coefficients { planes })
}

/// One scan.
struct Reader<'a> {
    layout: &'a Layout,
    scan: &'a Scan,
    tables: &'a Tables,
    strict: bool,
}

/// What a scan does to a block.
struct Codes {
    dc: Option<Table>,
    ac: Option<Table>,
    skip: Option<Skip>,
}

impl Reader<'_> {
    /// Returns where the scan ends.
    fn read(
        &self,
        file: &[u8],
        at: usize,
        progressive: bool,
        planes: &mut [Plane],
    ) -> Result<usize, JpegError> {
        const MISSING: JpegError = invalid("a Huffman table for every component");
        let scan = self.scan;
        let needed = scan.components.iter().any(|(index, _, _)| {
            let plane = &planes[*index];
            plane.wanted && (scan.band.0 == 0 || !plane.blocks.is_empty())
        });
        // Every component's table is the one in force at its first scan.
        for (index, _, _) in &scan.components {
            let place = self.layout.components[*index].quantisation;
            if planes[*index].table.is_none() {
                let table = self.tables.quantisation[place & 3].clone();
                let table = table.ok_or(invalid("a quantisation table for every component"))?;
                planes[*index].table = Some(table);
            }
        }
        if !needed {
            return Ok(at);
        }
        let mut codes = Vec::with_capacity(4);
        for (index, dc, ac) in &scan.components {
            let (dc, ac) = (&self.tables.dc[*dc & 3], &self.tables.ac[*ac & 3]);
            let with_dc = scan.band.0 == 0 && scan.high == 0;
            let dc = if with_dc { Some(Table::dc(dc.as_deref().ok_or(MISSING)?)?) } else { None };
            let with_ac = scan.band.1 > 0;
            let spec = if with_ac { Some(ac.as_deref().ok_or(MISSING)?) } else { None };
            let ac = spec.map(if progressive { Table::progressive } else { Table::ac });
            let reduced = planes[*index].blocks.is_empty() && !progressive;
            let skip = ac.as_ref().filter(|_| reduced).map(Skip::new);
            codes.push(Codes { dc, ac, skip });
        }
        let mut bits = Bits::new(file, at);
        let mut restarts = Restarts::new(self.tables.restart_interval, self.strict);
        let mut state = State { predictions: [0; 4], ends: 0, scan, progressive };
        if let [(index, _, _)] = scan.components[..] {
            let component = &self.layout.components[index];
            let plane = &mut planes[index];
            let total = component.blocks_wide * component.blocks_high;
            let (mut x, mut y) = (0, 0);
            let mut done = 0;
            while done < total {
                state.step(&mut bits, &mut restarts)?;
                if restarts.empty {
                    done = done.saturating_add(restarts.skip().saturating_add(1));
                    (x, y) = (done % component.blocks_wide, done / component.blocks_wide);
                    continue;
                }
                let at = y * plane.stride + x;
                state.block(&mut bits, plane, at, 0, &codes[0]);
                done += 1;
                x += 1;
                if x == component.blocks_wide {
                    (x, y) = (0, y + 1);
                }
            }
        } else {
            self.interleaved(&mut bits, &mut state, &mut restarts, planes, &codes)?;
        }
        restarts.finish(&bits)?;
        Ok(bits.position())
    }

    fn interleaved(
        &self,
        bits: &mut Bits<'_>,
        state: &mut State<'_>,
        restarts: &mut Restarts,
        planes: &mut [Plane],
        codes: &[Codes],
    ) -> Result<(), JpegError> {
        let total = self.layout.mcus_wide * self.layout.mcus_high;
        let mut mcu = 0;
        while mcu < total {
            state.step(bits, restarts)?;
            if restarts.empty {
                mcu = mcu.saturating_add(restarts.skip().saturating_add(1));
                continue;
            }
            let (x, y) = (mcu % self.layout.mcus_wide, mcu / self.layout.mcus_wide);
            for (lane, (index, _, _)) in self.scan.components.iter().enumerate() {
                let Component { h, v, .. } = self.layout.components[*index];
                let plane = &mut planes[*index];
                for row in 0..v {
                    for column in 0..h {
                        let at = (y * v + row) * plane.stride + x * h + column;
                        state.block(bits, plane, at, lane, &codes[lane]);
                    }
                }
            }
            mcu += 1;
        }
        Ok(())
    }
}

/// Where a scan is.
struct State<'a> {
    predictions: [i32; 4],
    /// How many blocks from here on have no new coefficients (EOBRUN).
    ends: u32,
    scan: &'a Scan,
    progressive: bool,
}

impl State<'_> {
    fn step(&mut self, bits: &mut Bits<'_>, restarts: &mut Restarts) -> Result<(), JpegError> {
        if restarts.step(bits)? {
            self.predictions = [0; 4];
            self.ends = 0;
        }
        Ok(())
    }

    #[inline(always)]
    fn block(
        &mut self,
        reader: &mut Bits<'_>,
        plane: &mut Plane,
        at: usize,
        lane: usize,
        codes: &Codes,
    ) {
        let mut bits = reader.blocks(1);
        if self.scan.band.0 == 0 {
            self.mean(&mut bits, plane, at, lane, codes);
        }
        if self.scan.band.0 > 0 || !self.progressive {
            self.others(&mut bits, plane, at, codes);
        }
        reader.place = bits.place;
    }

    /// The DC coefficient, or a bit more of it.
    #[inline(always)]
    fn mean(
        &mut self,
        bits: &mut Cursor<'_>,
        plane: &mut Plane,
        at: usize,
        lane: usize,
        codes: &Codes,
    ) {
        let low = self.scan.low;
        let mut scratch = 0;
        let place = match plane.blocks.get_mut(at) {
            Some(block) => &mut block[0],
            None => plane.dc.get_mut(at).unwrap_or(&mut scratch),
        };
        if let Some(table) = &codes.dc {
            let difference = table.difference(bits);
            let prediction = &mut self.predictions[lane & 3];
            *prediction = prediction.wrapping_add(difference);
            *place = (*prediction << low) as i16;
        } else if bits.bit() {
            *place |= 1 << low;
        }
    }

    /// AC coefficients.
    #[inline(always)]
    fn others(&mut self, bits: &mut Cursor<'_>, plane: &mut Plane, at: usize, codes: &Codes) {
        let Some(table) = &codes.ac else { return };
        let Some((block, last)) = plane.blocks.get_mut(at).zip(plane.last.get_mut(at)) else {
            if let Some(skip) = &codes.skip {
                skip.block(table, bits, 1);
            }
            return;
        };
        if !self.progressive {
            bits.refill();
            *last = block::ac(table, bits, block) as u8;
        } else if self.scan.high == 0 {
            self.first_pass(bits, table, block, last);
        } else {
            self.refine(bits, table, block, last);
        }
    }

    /// G.1.2.2.
    #[inline(always)]
    fn first_pass(
        &mut self,
        bits: &mut Cursor<'_>,
        table: &Table,
        block: &mut Block,
        last: &mut u8,
    ) {
        if self.ends > 0 {
            self.ends -= 1;
            return;
        }
        let ((mut k, end), low) = (self.scan.band, self.scan.low);
        let mut place = 0;
        while k <= end {
            bits.refill();
            let entry = table.look(bits);
            let value = if entry.len() == 0 {
                let symbol = table.symbol(bits);
                let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
                if size == 0 {
                    if run == 15 {
                        k += 16;
                        continue;
                    }
                    self.ends = (1 << run) - 1 + bits.take(run as u32);
                    break;
                }
                place = k + run;
                k = place + 1;
                extend(bits.take(size), size)
            } else {
                bits.skip(entry.len());
                let value = i32::from(entry.value());
                if value != 0 {
                    place = k + entry.run();
                }
                k += entry.step();
                value
            };
            if value != 0 {
                block[usize::from(ZIGZAG[place & 127] & 63)] = (value << low) as i16;
            }
        }
        *last = (*last).max(place.min(63) as u8);
    }

    /// G.1.2.3.
    fn refine(&mut self, reader: &mut Cursor<'_>, table: &Table, block: &mut Block, last: &mut u8) {
        let ((mut k, end), low) = (self.scan.band, self.scan.low);
        if self.ends > 0 && usize::from(*last) < k {
            // Nothing to correct.
            self.ends -= 1;
            return;
        }
        // A copy that nothing points to stays in registers.
        let mut bits = *reader;
        let bit = 1_i16 << low;
        if self.ends == 0 {
            while k <= end {
                let symbol = table.symbol(&mut bits);
                let (mut run, size) = (usize::from(symbol >> 4), symbol & 15);
                let mut value = 0;
                if size != 0 {
                    value = if bits.bit() { bit } else { -bit };
                } else if run != 15 {
                    self.ends = (1 << run) + bits.take(run as u32);
                    break;
                }
                while k <= end {
                    let place = &mut block[usize::from(ZIGZAG[k & 127] & 63)];
                    if *place != 0 {
                        correct(place, bit, &mut bits);
                    } else if run == 0 {
                        break;
                    } else {
                        run -= 1;
                    }
                    k += 1;
                }
                if value != 0 {
                    // One past the band if that has too few zeros, as in libjpeg.
                    block[usize::from(ZIGZAG[k & 127] & 63)] = value;
                    *last = (*last).max(k.min(63) as u8);
                }
                k += 1;
            }
        }
        if self.ends > 0 {
            for k in k..=end.min(usize::from(*last)) {
                let place = &mut block[usize::from(ZIGZAG[k & 127] & 63)];
                if *place != 0 {
                    correct(place, bit, &mut bits);
                }
            }
            self.ends -= 1;
        }
        *reader = bits;
    }
}

/// One more bit of a coefficient that is not zero.
#[inline(always)]
fn correct(place: &mut i16, bit: i16, bits: &mut Cursor<'_>) {
    if bits.bit() && *place & bit == 0 {
        *place = place.wrapping_add(if *place >= 0 { bit } else { bit.wrapping_neg() });
    }
}

impl Coefficients {
    /// Transforms all blocks, one row of MCUs after another, until `each` says that it wants no more.
    pub(crate) fn run(
        &self,
        layout: &Layout,
        wanted: [bool; 4],
        each: &mut dyn FnMut(&Band<'_>) -> bool,
    ) -> Result<(), JpegError> {
        let mut strips = Vec::with_capacity(4);
        for (component, wanted) in layout.components.iter().zip(wanted) {
            strips.push(Strip::new(layout, component, wanted)?);
        }
        for number in layout.bands.clone() {
            for ((strip, plane), component) in
                strips.iter_mut().zip(&self.planes).zip(&layout.components)
            {
                strip.advance();
                plane.transform(component, number, strip);
            }
            if !each(&Band { layout, strips: &strips, number }) {
                break;
            }
        }
        Ok(())
    }
}

impl Plane {
    /// The samples of one row of MCUs.
    fn transform(&self, component: &Component, number: usize, strip: &mut Strip) {
        // A component without a scan is grey whatever its table.
        let none = [1; 64];
        let table = (self.table.as_deref().unwrap_or(&none), idct::Factors::new());
        let size = component.size;
        for y in 0..component.v {
            let first = (number * component.v + y) * self.stride;
            for x in 0..self.stride {
                let at = (1 + y * size) * strip.stride + x * size;
                let Some(samples) = strip.samples.get_mut(at..) else { return };
                let target = Target { samples, stride: strip.stride };
                if let Some(dc) = self.dc.get(first + x) {
                    if let Some(sample) = target.samples.first_mut() {
                        *sample = idct::one(*dc, table.0);
                    }
                } else if let Some(block) = self.blocks.get(first + x) {
                    if component.lowest {
                        let lowest = [block[0], block[1], block[8], block[9]];
                        idct::lowest(lowest, table.0, target);
                        continue;
                    }
                    let last = self.last.get(first + x).copied().unwrap_or(63);
                    transform(size, block, table, usize::from(last), target);
                }
            }
        }
    }
}
