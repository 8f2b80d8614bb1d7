//! Huffman codes of literals (RFC 8878, 4.2).

use super::bits::{Bits, load, padding};
use super::fse::{Counts, MAX_SYMBOLS, states};

/// The longest code that libzstd accepts. The format's own limit is 11 bits.
const MAX_BITS: u32 = 12;
/// Codes are looked up by this many bits unless one is longer.
const LOOKUP_BITS: u32 = 11;
/// Highest accuracy of the table of weights (4.2.1.2).
const MAX_WEIGHT_ACCURACY: u32 = 6;
/// So many of them fit into what one refill guarantees, 55 bits.
const BATCH: usize = 5;

/// The weights of all symbols.
#[derive(Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "they are the weights")]
pub(crate) struct Weights {
    /// 0 for symbols that do not occur, else the longest code's length plus 1 minus the symbol's.
    pub(crate) weights: [u8; MAX_SYMBOLS],
    /// How many symbols are described; the last of them occurs.
    pub(crate) symbols: usize,
    /// Length of the longest code.
    pub(crate) bits: u32,
}

/// Reads the description of a code (4.2.1) that starts at `start` of `source` and ends before `end`. Returns it and where it ends.
pub(crate) fn read_weights(
    source: &[u8],
    start: usize,
    end: usize,
) -> Result<(Weights, usize), &'static str> {
    const CUT: &str = "weights of Huffman codes that end within their section";
    const SUM: &str = "weights of Huffman codes that add up";
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

    let mut total = 0_u32;
    for &weight in &weights[..symbols] {
        if u32::from(weight) > MAX_BITS {
            return Err("weights of Huffman codes of at most 12");
        }
        total += (1 << weight) >> 1;
    }
    // The last weight is what makes the sum a power of two.
    let bits = total.checked_ilog2().ok_or(SUM)? + 1;
    let rest = (1 << bits) - total;
    if bits > MAX_BITS || !rest.is_power_of_two() {
        return Err(SUM);
    }
    weights[symbols] = rest.ilog2() as u8 + 1;
    symbols += 1;
    let longest: u32 = weights[..symbols].iter().map(|weight| u32::from(*weight == 1)).sum();
    if longest < 2 || longest % 2 == 1 {
        return Err(SUM);
    }
    Ok((Weights { weights, symbols, bits }, start + 1 + len))
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
    let (counts, len) = Counts::read(section, MAX_SYMBOLS, MAX_WEIGHT_ACCURACY)?;
    let accuracy = counts.accuracy;
    // libzstd's room for the table: no symbols past these.
    if counts.counts().len() > if accuracy == MAX_WEIGHT_ACCURACY { 12 } else { 92 } {
        return Err("a distribution of weights of Huffman codes");
    }
    let mut table = [(0_u8, 0_u32, 0_u8); 1 << MAX_WEIGHT_ACCURACY];
    states(&counts, |state, symbol, width, next| {
        table[state & 63] = (symbol, next, width as u8);
    });
    let stream = start + len;
    let mut bits = Bits::new(source, stream, end).ok_or(STREAM)?;
    bits.refill();
    let mut turns = [bits.read(accuracy as u8), bits.read(accuracy as u8)];
    if bits.is_past(stream) {
        return Err(STREAM);
    }
    // Two states take turns, until a symbol needs more bits than there are; the other has the last word.
    let mut count = 0;
    loop {
        if count > MAX_SYMBOLS - 3 {
            return Err("at most 255 weights of Huffman codes");
        }
        let (symbol, next, width) = table[turns[count % 2] as usize & 63];
        weights[count] = symbol;
        bits.refill();
        turns[count % 2] = next + bits.read(width);
        count += 1;
        if bits.is_past(stream) {
            weights[count] = table[turns[count % 2] as usize & 63].0;
            return Ok(count + 1);
        }
    }
}

/// A table that gives for the next bits of a stream a symbol and its code's length.
#[derive(Clone)]
pub(super) struct Table {
    /// Length in the low byte, symbol in the high byte. By 11 bits, or by 12 where codes are as long.
    entries: [u16; 1 << MAX_BITS],
    bits: u32,
}

impl Table {
    pub(super) fn new() -> Self {
        Self { entries: [0; 1 << MAX_BITS], bits: LOOKUP_BITS }
    }

    /// Makes the table of these weights.
    pub(super) fn build(&mut self, weights: &Weights) {
        self.bits = weights.bits.max(LOOKUP_BITS);
        // The symbols by weight, and by value where weights are equal.
        let symbols = &weights.weights[..weights.symbols.min(MAX_SYMBOLS)];
        let mut starts = [0_u16; 16];
        for &weight in symbols {
            starts[usize::from(weight & 15)] += 1;
        }
        let mut sum = 0;
        let counts = starts;
        for start in &mut starts {
            (*start, sum) = (sum, sum + *start);
        }
        let mut sorted = [0_u8; MAX_SYMBOLS];
        for (symbol, &weight) in symbols.iter().enumerate() {
            let start = &mut starts[usize::from(weight & 15)];
            sorted[usize::from(*start) & 255] = symbol as u8;
            *start += 1;
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

    /// Decodes the stream `source[start..end]` into exactly `output`.
    pub(super) fn decode_one(
        &self,
        source: &[u8],
        start: usize,
        end: usize,
        output: &mut [u8],
    ) -> Option<()> {
        let mut stream = Stream::new(source, start, end)?;
        self.finish(source, &mut stream, output);
        stream.is_at(start).then_some(())
    }

    /// Decodes the four streams that end at `ends` and follow each other from `start` on (4.2.2).
    pub(super) fn decode_four(
        &self,
        source: &[u8],
        start: usize,
        ends: [usize; 4],
        output: &mut [u8],
    ) -> Option<()> {
        let starts = [start, ends[0], ends[1], ends[2]];
        let mut streams = [
            Stream::new(source, starts[0], ends[0])?,
            Stream::new(source, starts[1], ends[1])?,
            Stream::new(source, starts[2], ends[2])?,
            Stream::new(source, starts[3], ends[3])?,
        ];
        let quarter = output.len().div_ceil(4);
        let (a, rest) = output.split_at_mut_checked(quarter)?;
        let (b, rest) = rest.split_at_mut_checked(quarter)?;
        let (c, d) = rest.split_at_mut_checked(quarter)?;
        let mut outputs = [a, b, c, d];
        let mut done = 0;
        if self.bits == LOOKUP_BITS
            && let Some(table) = self.entries.first_chunk()
        {
            done = interleave(table, source, &mut streams, &mut outputs);
        }
        let mut ok = true;
        for (stream, (start, output)) in
            streams.iter_mut().zip(starts.into_iter().zip(&mut outputs))
        {
            self.finish(source, stream, output.get_mut(done..)?);
            ok &= stream.is_at(start);
        }
        ok.then_some(())
    }

    /// Decodes what is left of one stream.
    fn finish(&self, source: &[u8], stream: &mut Stream, output: &mut [u8]) {
        if self.bits == LOOKUP_BITS
            && let Some(table) = self.entries.first_chunk()
        {
            single(table, source, stream, output);
        } else {
            for byte in output {
                stream.refill(source);
                *byte = stream.next(&self.entries);
            }
        }
    }
}

/// Decodes from four streams in turn, so that their tables' latencies overlap. Returns how many symbols each
/// has given. Not inlined, here and below: engines allot registers better in small functions.
#[inline(never)]
fn interleave(
    table: &[u16; 1 << LOOKUP_BITS],
    source: &[u8],
    streams: &mut [Stream; 4],
    outputs: &mut [&mut [u8]; 4],
) -> usize {
    let [mut a, mut b, mut c, mut d] = *streams;
    let [out_a, out_b, out_c, out_d] = outputs;
    let done = out_d.len() / BATCH * BATCH;
    let chunks = out_a
        .as_chunks_mut::<BATCH>()
        .0
        .iter_mut()
        .zip(out_b.as_chunks_mut::<BATCH>().0)
        .zip(out_c.as_chunks_mut::<BATCH>().0.iter_mut().zip(out_d.as_chunks_mut::<BATCH>().0));
    for ((to_a, to_b), (to_c, to_d)) in chunks {
        a.refill(source);
        b.refill(source);
        c.refill(source);
        d.refill(source);
        for i in 0..BATCH {
            to_a[i] = a.next(table);
            to_b[i] = b.next(table);
            to_c[i] = c.next(table);
            to_d[i] = d.next(table);
        }
    }
    *streams = [a, b, c, d];
    done
}

/// Decodes from one stream.
#[inline(never)]
fn single(table: &[u16; 1 << LOOKUP_BITS], source: &[u8], stream: &mut Stream, output: &mut [u8]) {
    let mut local = *stream;
    let (batches, rest) = output.as_chunks_mut::<BATCH>();
    for batch in batches {
        local.refill(source);
        for byte in batch {
            *byte = local.next(table);
        }
    }
    local.refill(source);
    for byte in rest {
        *byte = local.next(table);
    }
    *stream = local;
}

/// Gives each symbol `N` entries, one after the other.
fn fill<const N: usize>(table: &mut [u16], symbols: &[u8], entry: impl Fn(u8) -> u16) {
    for (cells, &symbol) in table.as_chunks_mut::<N>().0.iter_mut().zip(symbols) {
        *cells = [entry(symbol); N];
    }
}

/// One Huffman stream. The lowest bit that is set in `bits` marks where the loaded bits end, so that no
/// count of read bits has to be kept; 63 bits are loaded at most.
#[derive(Clone, Copy)]
struct Stream {
    at: usize,
    bits: u64,
}

impl Stream {
    fn new(source: &[u8], start: usize, end: usize) -> Option<Self> {
        let padding = padding(source, start, end)?;
        let at = end.checked_sub(8)?;
        Some(Self { at, bits: (load(source, at)? | 1) << padding })
    }

    /// Makes at least 56 bits readable; past the start of the source they are 0.
    #[inline(always)]
    fn refill(&mut self, source: &[u8]) {
        let used = self.bits.trailing_zeros();
        let at = self.at.wrapping_sub((used >> 3) as usize);
        if let Some(word) = load(source, at) {
            self.at = at;
            self.bits = (word | 1) << (used & 7);
        } else {
            (self.at, self.bits) = (0, 1);
        }
    }

    /// The symbol whose code comes next.
    #[inline(always)]
    fn next<const N: usize>(&mut self, table: &[u16; N]) -> u8 {
        let index = (self.bits >> (64 - N.ilog2())) as usize;
        let entry = table[index & (N - 1)];
        self.bits = self.bits.wrapping_shl(u32::from(entry));
        (entry >> 8) as u8
    }

    fn is_at(&self, start: usize) -> bool {
        let used = self.bits.trailing_zeros();
        used.is_multiple_of(8) && (self.at + 8).checked_sub((used >> 3) as usize) == Some(start)
    }
}
