//! Scans of growing precision (T.81, annex G), in the order of libjpeg's `jpeg_simple_progression`.

use super::code::Code;
use super::options::EncodeError;
use super::scan::{AC, Tokens};
use super::write::Bits;
use crate::block::{Block, ZIGZAG};

/// A component's coefficients.
pub(super) struct Part<'a> {
    /// One MCU after another, those behind the image included.
    pub(super) blocks: &'a [Block],
    /// Blocks to an MCU, across and down.
    pub(super) factor: usize,
    /// Blocks that belong to the image.
    pub(super) wide: usize,
    pub(super) high: usize,
}

/// What a scan holds.
struct Scan {
    /// Number of its component; none for all of them.
    component: Option<usize>,
    /// First and last coefficient in zigzag order.
    band: (usize, usize),
    /// How many of the lower bits were left out before, 0 for all of them, and are now.
    high: u8,
    low: u8,
}

const fn scan(component: Option<usize>, band: (usize, usize), high: u8, low: u8) -> Scan {
    Scan { component, band, high, low }
}

const COLOUR: [Scan; 10] = [
    scan(None, (0, 0), 0, 1),
    scan(Some(0), (1, 5), 0, 2),
    scan(Some(2), (1, 63), 0, 1),
    scan(Some(1), (1, 63), 0, 1),
    scan(Some(0), (6, 63), 0, 2),
    scan(Some(0), (1, 63), 2, 1),
    scan(None, (0, 0), 1, 0),
    scan(Some(2), (1, 63), 1, 0),
    scan(Some(1), (1, 63), 1, 0),
    scan(Some(0), (1, 63), 1, 0),
];

const GREY: [Scan; 6] = [
    scan(None, (0, 0), 0, 1),
    scan(Some(0), (1, 5), 0, 2),
    scan(Some(0), (6, 63), 0, 2),
    scan(Some(0), (1, 63), 2, 1),
    scan(None, (0, 0), 1, 0),
    scan(Some(0), (1, 63), 1, 0),
];

/// Writes all scans of an image whose rows of MCUs have `mcus_wide` each.
pub(super) fn write(
    parts: &[Part<'_>],
    mcus_wide: usize,
    tokens: &mut Tokens,
    bits: &mut Bits,
) -> Result<(), EncodeError> {
    let scans: &[Scan] = if parts.len() == 1 { &GREY } else { &COLOUR };
    for scan in scans {
        let component = scan.component.and_then(|index| Some((index, parts.get(index)?)));
        if let Some((index, part)) = component {
            let ac = Ac::new(scan, index, tokens);
            ac.run(part, mcus_wide)?;
        } else {
            dc(parts, scan, mcus_wide, tokens)?;
        }
        let codes = tokens.frequencies().each_ref().map(Code::optimal);
        let chroma = |index: usize| u8::from(index > 0);
        let (numbers, listed): (&[usize], Vec<u8>) = match component {
            Some((0, _)) => (&[1], vec![1, 1, 0]),
            Some((index, _)) => (&[3], vec![1, index as u8 + 1, 1]),
            None => {
                let mut listed = vec![parts.len() as u8];
                for index in 0..parts.len() {
                    // Refined without a code.
                    let table = if scan.high == 0 { chroma(index) << 4 } else { 0 };
                    listed.extend([index as u8 + 1, table]);
                }
                let numbers: &[usize] = match (scan.high, parts.len()) {
                    (0, 1) => &[0],
                    (0, _) => &[0, 2],
                    _ => &[],
                };
                (numbers, listed)
            }
        };
        bits.codes(&codes, numbers);
        let (first, last) = scan.band;
        bits.segment(0xDA, &[&listed, &[first as u8, last as u8, scan.high << 4 | scan.low]]);
        tokens.write(&codes, bits)?;
        bits.align();
        bits.check()?;
    }
    Ok(())
}

/// G.1.2.1: all components, MCU by MCU.
fn dc(
    parts: &[Part<'_>],
    scan: &Scan,
    mcus_wide: usize,
    tokens: &mut Tokens,
) -> Result<(), EncodeError> {
    let per = |part: &Part<'_>| part.factor * part.factor;
    let mcus = parts.first().map_or(0, |part| part.blocks.len() / per(part));
    let mut predictions = [0; 3];
    for mcu in 0..mcus {
        if mcu % mcus_wide == 0 {
            tokens.reserve(mcus_wide * parts.iter().map(per).sum::<usize>())?;
        }
        for (index, (part, prediction)) in parts.iter().zip(&mut predictions).enumerate() {
            let blocks = part.blocks.iter().skip(mcu * per(part)).take(per(part));
            for block in blocks {
                let value = i32::from(block[0] >> scan.low);
                if scan.high == 0 {
                    tokens.value(if index == 0 { 0 } else { 2 }, 0, value - *prediction);
                    *prediction = value;
                } else {
                    tokens.raw(value.cast_unsigned() & 1, 1);
                }
            }
        }
    }
    Ok(())
}

/// Most blocks that may end at once.
const MOST_ENDS: u32 = 0x7FFF;
/// Most bits that may wait for the end of their blocks, as in libjpeg.
const MOST_BITS: usize = 937;

/// A scan of one component's AC coefficients.
struct Ac<'a> {
    scan: &'a Scan,
    code: u32,
    tokens: &'a mut Tokens,
    /// How many blocks have ended that no symbol says so of.
    ends: u32,
    /// Bits that correct coefficients in these.
    waiting: Vec<u8>,
}

impl<'a> Ac<'a> {
    fn new(scan: &'a Scan, index: usize, tokens: &'a mut Tokens) -> Self {
        let code = if index == 0 { AC } else { 2 | AC };
        Self { scan, code, tokens, ends: 0, waiting: Vec::with_capacity(MOST_BITS + 64) }
    }

    fn run(mut self, part: &Part<'_>, mcus_wide: usize) -> Result<(), EncodeError> {
        let factor = part.factor;
        for y in 0..part.high {
            // A block may have 64 symbols, as many corrections, and set off what waits.
            self.tokens.reserve(3 * part.wide)?;
            for x in 0..part.wide {
                let mcu = y / factor * mcus_wide + x / factor;
                let place = y % factor * factor + x % factor;
                let Some(block) = part.blocks.get(mcu * factor * factor + place) else { continue };
                if self.scan.high == 0 { self.first(block) } else { self.refine(block) }
            }
        }
        self.tokens.reserve(2)?;
        self.end();
        Ok(())
    }

    /// The coefficient at a place in zigzag order, its lower bits left out, and whether it is negative.
    fn at(&self, block: &Block, k: usize) -> (i32, bool) {
        let value = i32::from(block[usize::from(ZIGZAG[k & 63] & 63)]);
        (value.abs() >> self.scan.low, value < 0)
    }

    /// G.1.2.2.
    fn first(&mut self, block: &Block) {
        let (first, last) = self.scan.band;
        let mut run = 0;
        for k in first..=last {
            let (size, negative) = self.at(block, k);
            if size == 0 {
                run += 1;
                continue;
            }
            self.end();
            while run > 15 {
                self.tokens.symbol(self.code, 0xF0);
                run -= 16;
            }
            self.tokens.value(self.code, run, if negative { -size } else { size });
            run = 0;
        }
        if run > 0 {
            self.ended();
        }
    }

    /// G.1.2.3.
    fn refine(&mut self, block: &Block) {
        let (first, last) = self.scan.band;
        // Behind the last coefficient that is new, runs of zeros need no symbol.
        let news = (first..=last).rev().find(|k| self.at(block, *k).0 == 1).unwrap_or(0);
        let (mut bits, mut count, mut run) = ([0; 64], 0, 0);
        for k in first..=last {
            let (size, negative) = self.at(block, k);
            if size == 0 {
                run += 1;
                continue;
            }
            while run > 15 && k <= news {
                self.end();
                self.tokens.symbol(self.code, 0xF0);
                self.tokens.raws(&bits[..count]);
                (run, count) = (run - 16, 0);
            }
            if size > 1 {
                bits[count & 63] = (size & 1) as u8;
                count += 1;
                continue;
            }
            self.end();
            self.tokens.value(self.code, run, if negative { -1 } else { 1 });
            self.tokens.raws(&bits[..count]);
            (run, count) = (0, 0);
        }
        if run > 0 || count > 0 {
            self.waiting.extend_from_slice(&bits[..count]);
            self.ended();
        }
    }

    /// One more block has no further symbol.
    fn ended(&mut self) {
        self.ends += 1;
        if self.ends == MOST_ENDS || self.waiting.len() > MOST_BITS {
            self.end();
        }
    }

    /// Says how many blocks have ended.
    fn end(&mut self) {
        if self.ends > 0 {
            let size = self.ends.ilog2();
            self.tokens.symbol(self.code, (size << 4) as u8);
            self.tokens.raw(self.ends & ((1 << size) - 1), size);
            self.tokens.raws(&self.waiting);
            self.waiting.clear();
            self.ends = 0;
        }
    }
}
