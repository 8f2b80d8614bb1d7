//! Huffman codes (T.81, annex C and F.2.2.3) as tables that answer with a whole coefficient.
//!
//! A look at the next [`LOOK`] bits gives, in most cases, not only a code but the value that follows it too, and
//! whether the block is then over.

use crate::bits::Cursor;
use crate::error::{JpegError, invalid};

/// How many bits the tables look at. 10: 4 KiB a table, so that all of an image stay in the first cache.
pub(crate) const LOOK: u32 = 10;
const SIZE: usize = 1 << LOOK;

/// What the end of a block is worth in coefficients: more than any run of a broken file goes past the last.
pub(crate) const END: usize = 80;

/// A code as its segment defines it.
#[derive(Clone)]
pub(crate) struct Spec {
    /// How many codes there are of each length from 1 to 16.
    counts: [u8; 16],
    symbols: [u8; 256],
}

impl Spec {
    /// From the 16 counts and the symbols after them; returns how many bytes that was.
    pub(crate) fn parse(segment: &[u8]) -> Result<(Self, usize), JpegError> {
        const SHORT: JpegError = invalid("a Huffman table as long as its counts say");
        let (counts, rest) = segment.split_first_chunk::<16>().ok_or(SHORT)?;
        let total: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let listed = rest.get(..total).ok_or(SHORT)?;
        if total > 256 {
            return Err(invalid("a Huffman table of at most 256 codes"));
        }
        let mut code = 0_u32;
        for (count, len) in counts.iter().zip(1..) {
            code = 2 * code + u32::from(*count);
            if code > 1 << len {
                return Err(invalid("a Huffman code that no other begins with"));
            }
        }
        Ok((Self::of(counts, listed), 16 + total))
    }

    /// From counts that are right and at most 256 symbols.
    pub(crate) fn of(counts: &[u8; 16], listed: &[u8]) -> Self {
        let mut symbols = [0; 256];
        for (place, symbol) in symbols.iter_mut().zip(listed) {
            *place = *symbol;
        }
        Self { counts: *counts, symbols }
    }
}

/// Looked-up answer: bits 0 to 4 length of everything, 5 to 8 zeros before the coefficient, 9 to 15 see [`Self::step`], 16
/// to 31 the value; 32 to 36 and 48 to 63 where a second coefficient is, and its value. 0 is no answer.
#[derive(Clone, Copy)]
pub(crate) struct Entry(u64);

impl Entry {
    fn new(len: u32, run: u32, step: u32, value: i32) -> Self {
        Self(u64::from(len | run << 5 | step << 9 | value.cast_unsigned() << 16)).with(run, value)
    }

    /// With a second coefficient.
    fn with(self, offset: u32, value: i32) -> Self {
        let low = self.0 & 0xFFFF_FFFF;
        Self(low | u64::from(offset) << 32 | u64::from(value as u16) << 48)
    }

    /// As many bits and coefficients more.
    fn longer(self, len: u32, step: u32) -> Self {
        Self(self.0 + u64::from(len | step << 9))
    }

    /// How many bits it takes; 0 where the table does not say.
    #[inline(always)]
    pub(crate) fn len(self) -> u32 {
        self.0 as u32 & 31
    }

    /// How many zeros come before the value.
    #[inline(always)]
    pub(crate) fn run(self) -> usize {
        (self.0 >> 5 & 15) as usize
    }

    /// How many coefficients further the next is: [`END`] more where the block ends.
    #[inline(always)]
    pub(crate) fn step(self) -> usize {
        (self.0 >> 9 & 127) as usize
    }

    /// The coefficient or difference; 0 for an end of block or a run of 16 zeros.
    #[inline(always)]
    pub(crate) fn value(self) -> i16 {
        (self.0 >> 16) as i16
    }

    /// How many coefficients further a second one is, and its value. The first once more where there is none.
    #[inline(always)]
    pub(crate) fn second(self) -> (usize, i16) {
        ((self.0 >> 32 & 31) as usize, (self.0 >> 48) as i16)
    }
}

/// A code, ready to decode.
pub(crate) struct Table {
    look: Box<[Entry; SIZE]>,
    codes: Codes,
}

/// Canonical codes.
struct Codes {
    /// For each prefix of [`LOOK`] bits the symbol and, above it, the length, or 0 where the code is longer.
    short: Box<[u16; SIZE]>,
    /// For each length, the first 16 bits above its codes: a window below begins with a code of that length.
    limits: [u32; 17],
    /// For each length, what to add to a code for its place among the symbols.
    offsets: [i32; 17],
    symbols: [u8; 256],
}

impl Codes {
    fn new(spec: &Spec) -> Self {
        let mut short = boxed(0_u16);
        let mut limits = [0; 17];
        let mut offsets = [0; 17];
        let (mut code, mut place) = (0_u32, 0_u32);
        for (len, count) in (1_u32..).zip(spec.counts) {
            let at = len as usize;
            offsets[at] = place.cast_signed() - code.cast_signed();
            for _ in 0..count {
                if len <= LOOK {
                    let symbol = spec.symbols[place as usize & 255];
                    let first = (code << (LOOK - len)) as usize;
                    let answers = short.iter_mut().skip(first).take(1 << (LOOK - len));
                    answers.for_each(|answer| *answer = (len as u16) << 8 | u16::from(symbol));
                }
                code += 1;
                place += 1;
            }
            limits[at] = code << (16 - len);
            code <<= 1;
        }
        Self { short, limits, offsets, symbols: spec.symbols }
    }

    /// The symbol that a window of 16 bits begins with, and its length.
    #[inline(always)]
    fn find(&self, window: u32) -> (u32, u8) {
        let short = self.short[window as usize >> (16 - LOOK) & (SIZE - 1)];
        let found = if short == 0 { self.search(window) } else { u32::from(short) };
        (found >> 8, found as u8)
    }

    /// Of a code longer than [`LOOK`] bits the symbol and, above it, the length. Bits that are no code give 0 and 17, an
    /// end of block, as in libjpeg.
    #[cold]
    #[inline(never)]
    fn search(&self, window: u32) -> u32 {
        for len in LOOK as usize + 1..=16 {
            if window < self.limits[len] {
                let code = (window >> (16 - len)).cast_signed();
                let place = code.wrapping_add(self.offsets[len]).cast_unsigned() as usize;
                return (len as u32) << 8 | u32::from(self.symbols[place & 255]);
            }
        }
        17 << 8
    }
}

pub(crate) fn boxed<T: Copy, const N: usize>(value: T) -> Box<[T; N]> {
    // Through a vector: a boxed array would be built on the stack first.
    let slice = vec![value; N].into_boxed_slice();
    match slice.try_into() {
        Ok(array) => array,
        Err(_) => Box::new([value; N]),
    }
}

/// The value of `size` bits after a code (F.2.2.1, EXTEND).
#[inline(always)]
pub(crate) fn extend(bits: u32, size: u32) -> i32 {
    let value = bits.cast_signed();
    // All ones where the highest bit is clear, which means a negative value.
    let negative = (value - (1 << (size & 31) >> 1)) >> 31;
    value + (negative & ((-1 << (size & 31)) + 1))
}

impl Table {
    /// For the differences of DC coefficients: a symbol is the size of what follows.
    pub(crate) fn dc(spec: &Spec) -> Result<Self, JpegError> {
        let used: usize = spec.counts.iter().map(|count| usize::from(*count)).sum();
        if spec.symbols[..used].iter().any(|size| *size > 15) {
            return Err(invalid("DC codes of at most 15 bits"));
        }
        Ok(Self::new(spec, |size| Some((0, u32::from(size), 1))))
    }

    /// For AC coefficients of a sequential scan: a symbol is a run of zeros and a size.
    pub(crate) fn ac(spec: &Spec) -> Self {
        let mut table = Self::new(spec, |symbol| match (symbol >> 4, symbol & 15) {
            // A run of 16 zeros; every other run without a value ends the block, as in libjpeg.
            (15, 0) => Some((0, 0, 16)),
            (_, 0) => Some((0, 0, END as u32)),
            (run, size) => Some((u32::from(run), u32::from(size), u32::from(run) + 1)),
        });
        table.append();
        table
    }

    /// For AC coefficients of a progressive scan, where runs of blocks may end at once (G.1.2.2).
    pub(crate) fn progressive(spec: &Spec) -> Self {
        Self::new(spec, |symbol| match (symbol >> 4, symbol & 15) {
            (15, 0) => Some((0, 0, 16)),
            (0, 0) => Some((0, 0, END as u32)),
            (_, 0) => None,
            (run, size) => Some((u32::from(run), u32::from(size), u32::from(run) + 1)),
        })
    }

    /// `meaning` of a symbol: zeros before the value, its size, and the step.
    fn new(spec: &Spec, meaning: impl Fn(u8) -> Option<(u32, u32, u32)>) -> Self {
        let codes = Codes::new(spec);
        let mut look = boxed(Entry(0));
        for (prefix, (entry, short)) in (0_u32..).zip(look.iter_mut().zip(codes.short.iter())) {
            let len = u32::from(*short >> 8);
            let (Some((run, size, step)), 1..) = (meaning(*short as u8), len) else { continue };
            if len + size <= LOOK {
                let bits = prefix >> (LOOK - len - size) & ((1 << size) - 1);
                *entry = Entry::new(len + size, run, step, extend(bits, size));
            }
        }
        Self { look, codes }
    }

    /// Where another coefficient and an end of block follow within the same look, says so at once.
    fn append(&mut self) {
        for prefix in 0..SIZE as u32 {
            let mut entry = self.look[prefix as usize];
            if entry.value() == 0 {
                continue;
            }
            // The bits after this answer, with zeros behind them; enough of them must be real.
            let next = |entry: Entry| {
                let rest = prefix << entry.len() & (SIZE as u32 - 1);
                let short = self.codes.short[rest as usize];
                let (len, symbol) = (u32::from(short >> 8), short as u8);
                let whole = len + u32::from(symbol & 15);
                let fits = len > 0 && entry.len() + whole <= LOOK;
                fits.then_some((rest, len, symbol))
            };
            if let Some((rest, len, symbol)) = next(entry)
                && symbol & 15 != 0
            {
                let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
                let bits = rest >> (LOOK - len - size) & ((1 << size) - 1);
                let offset = entry.step() as u32 + run;
                entry = entry.longer(len + size, run + 1).with(offset, extend(bits, size));
            }
            if let Some((_, len, symbol)) = next(entry)
                && ends_block(symbol)
            {
                entry = entry.longer(len, END as u32);
            }
            self.look[prefix as usize] = entry;
        }
    }

    /// The symbol that a window of 16 bits begins with, and the length of its code.
    pub(crate) fn find(&self, window: u32) -> (u32, u8) {
        self.codes.find(window)
    }

    /// What the next bits say, if that is short enough; else [`Entry::len`] is 0.
    #[inline(always)]
    pub(crate) fn look(&self, bits: &Cursor<'_>) -> Entry {
        self.look[bits.peek::<LOOK>() & (SIZE - 1)]
    }

    /// The next symbol alone, and at least 39 bits behind it.
    #[inline(always)]
    pub(crate) fn symbol(&self, bits: &mut Cursor<'_>) -> u8 {
        bits.refill();
        let (len, symbol) = self.codes.find(bits.peek::<16>() as u32);
        bits.skip(len);
        symbol
    }

    /// The next difference of a DC coefficient. Leaves at least 25 bits, which are two looks.
    #[inline(always)]
    pub(crate) fn difference(&self, bits: &mut Cursor<'_>) -> i32 {
        bits.refill();
        let entry = self.look(bits);
        if entry.len() != 0 {
            bits.skip(entry.len());
            return i32::from(entry.value());
        }
        let size = u32::from(self.symbol(bits)) & 15;
        extend(bits.take(size), size)
    }
}

/// Whether a symbol is the end of a block: no value and not a run of 16 zeros.
pub(crate) fn ends_block(symbol: u8) -> bool {
    symbol.is_multiple_of(16) && symbol != 0xF0
}
