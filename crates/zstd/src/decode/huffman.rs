//! Huffman codes of literals (RFC 8878, 4.2).

use super::bits::Bits;
use super::fse::{self, MAX_SYMBOLS, MAX_WEIGHT_ACCURACY};

/// The longest code that libzstd accepts. The format's own limit is 11 bits.
const MAX_BITS: u32 = 12;
/// Codes are looked up by this many bits unless one is longer.
const LOOKUP_BITS: u32 = 11;
/// The same where no code is longer than this: those of a message of a kilobyte, whose tables would else take longer to
/// fill than it takes to decode.
const SHORT_BITS: u32 = 8;
/// How many lookups one refill is good for, which guarantees 55 bits.
const BATCH: usize = 5;
const SHORT_BATCH: usize = 6;

/// The weights of all symbols.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// 0 for symbols that do not occur, else the longest code's length plus 1 minus the symbol's.
    pub(crate) by_symbol: [u8; MAX_SYMBOLS],
    /// How many symbols are described; the last of them occurs.
    pub(crate) symbols: usize,
    /// Length of the longest code.
    pub(crate) bits: u32,
}

const CUT: &str = "weights of Huffman codes that end within their section";
const SUM: &str = "weights of Huffman codes that add up";

/// Reads the description of a code (4.2.1) that starts at `start` of `source` and ends before `end`. Returns it and where it ends.
pub(crate) fn read_weights(
    source: &[u8],
    start: usize,
    end: usize,
) -> Result<(Weights, usize), &'static str> {
    let section = source.get(start..end).unwrap_or_default();
    let (&header, rest) = section.split_first().ok_or(CUT)?;
    let mut weights = [0_u8; MAX_SYMBOLS];
    let header = usize::from(header);
    let (mut symbols, len) = if header >= 128 {
        let symbols = header - 127;
        let len = symbols.div_ceil(2);
        let pairs = rest.get(..len).ok_or(CUT)?;
        for (pair, byte) in weights.chunks_exact_mut(2).zip(pairs) {
            pair.copy_from_slice(&[byte >> 4, byte & 15]);
        }
        // A half byte that is not used is no weight.
        weights[symbols] = 0;
        (symbols, len)
    } else {
        if rest.len() < header {
            return Err(CUT);
        }
        (read_coded_weights(source, start + 1, start + 1 + header, &mut weights)?, header)
    };

    let (mut total, mut longest) = (0_u32, 0);
    for &weight in &weights[..symbols] {
        if u32::from(weight) > MAX_BITS {
            return Err("weights of Huffman codes of at most 12");
        }
        total += (1 << weight) >> 1;
        longest += u32::from(weight == 1);
    }
    // The last weight is what makes the sum a power of two.
    let bits = total.checked_ilog2().ok_or(SUM)? + 1;
    let rest = (1 << bits) - total;
    if bits > MAX_BITS || !rest.is_power_of_two() {
        return Err(SUM);
    }
    weights[symbols] = rest.ilog2() as u8 + 1;
    longest += u32::from(weights[symbols] == 1);
    symbols += 1;
    if longest < 2 || longest % 2 == 1 {
        return Err(SUM);
    }
    Ok((Weights { by_symbol: weights, symbols, bits }, start + 1 + len))
}

/// Reads weights that are themselves coded (4.2.1.2), in `source[start..end]`. Returns how many there are.
fn read_coded_weights(
    source: &[u8],
    start: usize,
    end: usize,
    weights: &mut [u8; MAX_SYMBOLS],
) -> Result<usize, &'static str> {
    const STREAM: &str = "a stream of weights of Huffman codes";
    let section = source.get(start..end).unwrap_or_default();
    let (distribution, len) = fse::read_distribution::<MAX_SYMBOLS>(section, MAX_WEIGHT_ACCURACY)?;
    let accuracy = distribution.accuracy;
    // libzstd's room for the table: no symbols past these.
    if distribution.symbols > if accuracy == MAX_WEIGHT_ACCURACY { 12 } else { 92 } {
        return Err("a distribution of weights of Huffman codes");
    }
    let table = fse::build_weights(&distribution.counts[..distribution.symbols], accuracy);
    let stream = start + len;
    let mut bits = Bits::new(source, stream, end).ok_or(STREAM)?;
    let mut left = bits.left(stream);
    let mut states = [bits.read(accuracy as u8), bits.read(accuracy as u8)];
    left -= 2 * accuracy.cast_signed();
    if left < 0 {
        return Err(STREAM);
    }
    // Two states take turns, until a symbol needs more bits than there are; the other has the last word.
    let mut count = 0;
    loop {
        bits.refill(source);
        for turn in 0..2 {
            if count > MAX_SYMBOLS - 3 {
                return Err("at most 255 weights of Huffman codes");
            }
            let entry = table[states[turn] as usize & 63];
            weights[count] = entry.weight;
            states[turn] = u32::from(entry.next) + bits.read(entry.bits);
            left -= i32::from(entry.bits);
            count += 1;
            if left < 0 {
                weights[count] = table[states[1 - turn] as usize & 63].weight;
                return Ok(count + 1);
            }
        }
    }
}

/// A table that gives for the next bits of a stream a symbol and its code's length.
#[derive(Clone)]
pub(super) struct Table {
    /// Length in the low byte, symbol in the high byte.
    entries: [u16; 1 << MAX_BITS],
    /// How many bits they are looked up by: no less than the longest code has.
    bits: u32,
    /// The number of the dictionary whose table this is; 0 for none.
    dictionary: u64,
}

impl Table {
    pub(super) fn new() -> Self {
        Self { entries: [0; 1 << MAX_BITS], bits: LOOKUP_BITS, dictionary: 0 }
    }

    /// Takes over the table of the dictionary of this number, unless it is there still.
    pub(super) fn copy_from(&mut self, other: &Self, dictionary: u64) {
        if self.dictionary == dictionary {
            return;
        }
        self.dictionary = dictionary;
        let len = 1 << other.bits;
        if let (Some(to), Some(from)) = (self.entries.get_mut(..len), other.entries.get(..len)) {
            to.copy_from_slice(from);
        }
        self.bits = other.bits;
    }

    /// Makes the table of these weights, as small as it can be.
    pub(super) fn build(&mut self, weights: &Weights) {
        (self.bits, self.dictionary) = (weights.bits, 0);
        // The symbols by weight, and by value where weights are equal. Two halves are counted and sorted side
        // by side, because each count of one has to wait for that before.
        let symbols = weights.symbols.min(MAX_SYMBOLS);
        let (low, high) = weights.by_symbol.split_at(symbols / 2);
        let high = high.get(..symbols - symbols / 2).unwrap_or_default();
        let (mut counts, mut counts_high) = ([0_u16; 16], [0_u16; 16]);
        for (low, high) in low.iter().zip(high) {
            counts[usize::from(low & 15)] += 1;
            counts_high[usize::from(high & 15)] += 1;
        }
        if let Some(odd) = high.get(low.len()) {
            counts_high[usize::from(odd & 15)] += 1;
        }
        let (mut starts, mut starts_high) = ([0_u16; 16], [0_u16; 16]);
        let mut sum = 0;
        for weight in 0..16 {
            starts[weight] = sum;
            starts_high[weight] = sum + counts[weight];
            counts[weight] += counts_high[weight];
            sum += counts[weight];
        }
        let mut sorted = [0_u8; MAX_SYMBOLS];
        let mut put = |starts: &mut [u16; 16], weight: u8, symbol: usize| {
            let start = &mut starts[usize::from(weight & 15)];
            sorted[usize::from(*start) & (MAX_SYMBOLS - 1)] = symbol as u8;
            *start += 1;
        };
        for (symbol, (&weight, &weight_high)) in low.iter().zip(high).enumerate() {
            put(&mut starts, weight, symbol);
            put(&mut starts_high, weight_high, symbol + low.len());
        }
        if let Some(&odd) = high.get(low.len()) {
            put(&mut starts_high, odd, symbols - 1);
        }
        let mut at = 0;
        let mut first = usize::from(counts[0]);
        for weight in 1..=weights.bits {
            let last = first + usize::from(counts[weight as usize & 15]);
            let symbols = sorted.get(first..last).unwrap_or_default();
            first = last;
            let length = weights.bits + 1 - weight;
            let cells = 1_usize << (self.bits - length);
            let entry = |symbol: u8| (u16::from(symbol) << 8) | length as u16;
            let table = self.entries.get_mut(at..).unwrap_or_default();
            match cells {
                1 => fill::<1>(table, symbols, entry),
                2 => fill::<2>(table, symbols, entry),
                4 => fill::<4>(table, symbols, entry),
                8 => fill::<8>(table, symbols, entry),
                _ => {
                    for (cells, &symbol) in table.chunks_exact_mut(cells).zip(symbols) {
                        for eight in cells.chunks_exact_mut(8) {
                            eight.copy_from_slice(&[entry(symbol); 8]);
                        }
                    }
                }
            }
            at += cells * symbols.len();
        }
    }

    /// Makes the table one of [`SHORT_BITS`] or of [`LOOKUP_BITS`] if it is smaller: a constant is faster.
    fn widen(&mut self) {
        let bits = if self.bits <= SHORT_BITS { SHORT_BITS } else { LOOKUP_BITS };
        let more = bits.saturating_sub(self.bits);
        if more > 0 {
            for i in (0..1 << self.bits).rev() {
                let entry = self.entries[i];
                let cells = i << more..(i + 1) << more;
                self.entries.get_mut(cells).unwrap_or_default().fill(entry);
            }
            self.bits = bits;
        }
    }

    /// The symbol whose code is at the start of these `bits` bits, at least as many as the longest code has, and its length.
    pub(super) fn symbol(&self, index: u32, bits: u32) -> (u8, u32) {
        let entry = self.entries[((index << (MAX_BITS - bits)) >> (MAX_BITS - self.bits)) as usize];
        ((entry >> 8) as u8, u32::from(entry & 255))
    }

    /// By how many bits libzstd looks these codes up.
    pub(super) fn libzstd_bits(&self) -> u32 {
        self.bits.max(LOOKUP_BITS)
    }

    /// Decodes the stream `source[start..end]` into exactly `output`.
    pub(super) fn decode_one(
        &self,
        source: &[u8],
        start: usize,
        end: usize,
        output: &mut [u8],
    ) -> Option<()> {
        let mut stream = Bits::new(source, start, end)?;
        self.finish(source, &mut stream, output);
        stream.is_at(start).then_some(())
    }

    /// Decodes the four streams that end at `ends` and follow each other from `start` on (4.2.2).
    pub(super) fn decode_four(
        &mut self,
        source: &[u8],
        start: usize,
        ends: [usize; 4],
        output: &mut [u8],
    ) -> Option<()> {
        let starts = [start, ends[0], ends[1], ends[2]];
        let mut streams = [
            Bits::new(source, starts[0], ends[0])?,
            Bits::new(source, starts[1], ends[1])?,
            Bits::new(source, starts[2], ends[2])?,
            Bits::new(source, starts[3], ends[3])?,
        ];
        let quarter = output.len().div_ceil(4);
        let (a, rest) = output.split_at_mut_checked(quarter)?;
        let (b, rest) = rest.split_at_mut_checked(quarter)?;
        let (c, d) = rest.split_at_mut_checked(quarter)?;
        let mut outputs = [a, b, c, d];
        self.widen();
        let done = match self.bits {
            SHORT_BITS => self.interleave::<{ 1 << SHORT_BITS }, SHORT_BATCH>(
                source,
                &mut streams,
                &mut outputs,
            ),
            LOOKUP_BITS => {
                self.interleave::<{ 1 << LOOKUP_BITS }, BATCH>(source, &mut streams, &mut outputs)
            }
            _ => 0,
        };
        let mut ok = true;
        for (stream, (start, output)) in
            streams.iter_mut().zip(starts.into_iter().zip(&mut outputs))
        {
            self.finish(source, stream, output.get_mut(done..)?);
            ok &= stream.is_at(start);
        }
        ok.then_some(())
    }

    /// Decodes from four streams in turn by the first `N` entries, so that their tables' latencies overlap. Returns how
    /// many symbols each has given. Not inlined, here and below: engines allot registers better in small functions.
    #[inline(never)]
    fn interleave<const N: usize, const BATCH: usize>(
        &self,
        source: &[u8],
        streams: &mut [Bits; 4],
        outputs: &mut [&mut [u8]; 4],
    ) -> usize {
        let Some(table) = self.entries.first_chunk::<N>() else { return 0 };
        let [mut a, mut b, mut c, mut d] = *streams;
        let [out_a, out_b, out_c, out_d] = outputs;
        let done = out_d.len() / BATCH * BATCH;
        let chunks =
            out_a.as_chunks_mut::<BATCH>().0.iter_mut().zip(out_b.as_chunks_mut::<BATCH>().0).zip(
                out_c.as_chunks_mut::<BATCH>().0.iter_mut().zip(out_d.as_chunks_mut::<BATCH>().0),
            );
        for ((to_a, to_b), (to_c, to_d)) in chunks {
            a.refill(source);
            b.refill(source);
            c.refill(source);
            d.refill(source);
            for i in 0..BATCH {
                to_a[i] = next(&mut a, table);
                to_b[i] = next(&mut b, table);
                to_c[i] = next(&mut c, table);
                to_d[i] = next(&mut d, table);
            }
        }
        *streams = [a, b, c, d];
        done
    }

    /// Decodes what is left of one stream.
    #[inline(never)]
    fn finish(&self, source: &[u8], stream: &mut Bits, output: &mut [u8]) {
        let mut bits = *stream;
        let shift = 64 - self.bits;
        let next = |bits: &mut Bits| {
            let index = bits.word().wrapping_shr(shift) as usize;
            let entry = self.entries[index & (self.entries.len() - 1)];
            bits.skip(u32::from(entry));
            (entry >> 8) as u8
        };
        // Four codes of 12 bits are within a refill too, five are not.
        let (batches, rest) = output.as_chunks_mut::<4>();
        for batch in batches {
            bits.refill(source);
            for byte in batch {
                *byte = next(&mut bits);
            }
        }
        bits.refill(source);
        for byte in rest {
            *byte = next(&mut bits);
        }
        *stream = bits;
    }
}

/// Gives each symbol `N` entries, one after the other.
fn fill<const N: usize>(table: &mut [u16], symbols: &[u8], entry: impl Fn(u8) -> u16) {
    for (cells, &symbol) in table.as_chunks_mut::<N>().0.iter_mut().zip(symbols) {
        *cells = [entry(symbol); N];
    }
}

/// The symbol whose code comes next.
#[inline(always)]
fn next<const N: usize>(bits: &mut Bits, table: &[u16; N]) -> u8 {
    let entry = table[bits.top::<N>()];
    // Modulo 64 as shifts are, which drops the symbol.
    bits.skip(u32::from(entry));
    (entry >> 8) as u8
}
