//! One block: its symbols counted while it is parsed, then written in the shortest of three ways.

use crate::EncodeError;
use crate::huffman::{code_lengths, codewords};
use crate::inflate::{PRECODE_ORDER, fixed_lengths};
use crate::table::{DISTANCES, LENGTHS};
use crate::writer::{BitWriter, Sink};

/// Longest code of literals and lengths that is made. One less than the format allows, so that four
/// literals fit between two flushes.
const LITLEN_LIMIT: usize = 14;
const DISTANCE_LIMIT: usize = 15;
const PRECODE_LIMIT: usize = 7;
/// Symbols of literals and lengths, the two included that are never used.
const LITLENS: usize = 288;
const DISTANCE_SYMBOLS: usize = 30;
const END: usize = 256;
/// Longest content of a stored block.
const STORED_MAX: usize = 65_535;

/// Literals and the match behind them; length 0 for none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sequence {
    pub(crate) literals: u32,
    pub(crate) length: u16,
    pub(crate) distance: u16,
}

/// What has been parsed of a block.
pub(crate) struct Block {
    sequences: Vec<Sequence>,
    /// Where the literals begin that no sequence has yet.
    literals_from: usize,
    litlens: [u32; LITLENS],
    distances: [u32; DISTANCE_SYMBOLS],
    /// Which of [`LENGTHS`] a length is, by length - 3.
    length_symbols: [u8; 256],
    fixed: Codes,
}

impl Block {
    pub(crate) fn new() -> Self {
        let mut length_symbols = [0; 256];
        for (symbol, &(base, extra)) in LENGTHS.iter().enumerate() {
            let from = usize::from(base) - 3;
            let to = (from + (1 << extra)).min(256);
            length_symbols[from..to].fill(symbol as u8);
        }
        Self {
            sequences: Vec::new(),
            literals_from: 0,
            litlens: [0; LITLENS],
            distances: [0; DISTANCE_SYMBOLS],
            length_symbols,
            fixed: Codes::with(&fixed_lengths()),
        }
    }

    /// Forgets the block before, and makes room for the sequences of the next, which begins at `from`.
    pub(crate) fn clear(&mut self, from: usize, most: usize) -> Result<(), EncodeError> {
        self.sequences.clear();
        let bytes = most * size_of::<Sequence>();
        self.sequences.try_reserve(most).map_err(|_| EncodeError::OutOfMemory { bytes })?;
        self.literals_from = from;
        self.litlens.fill(0);
        self.distances.fill(0);
        Ok(())
    }

    /// How many matches there are.
    pub(crate) fn matches(&self) -> usize {
        self.sequences.len()
    }

    #[inline]
    pub(crate) fn literal(&mut self, byte: u8) {
        self.litlens[usize::from(byte)] += 1;
    }

    /// Counts all literals, once the matches are known: those of a block whose content is `bytes`.
    pub(crate) fn literals(&mut self, bytes: &[u8]) {
        // Four tables, because adding to a number that has just been written waits for it: rows of zeros.
        let mut counts = [[0_u32; 256]; 4];
        let mut count = |literals: &[u8]| {
            let (fours, rest) = literals.as_chunks::<4>();
            for four in fours {
                for (table, &byte) in counts.iter_mut().zip(four) {
                    table[usize::from(byte)] += 1;
                }
            }
            for &byte in rest {
                counts[0][usize::from(byte)] += 1;
            }
        };
        let mut rest = bytes;
        for sequence in &self.sequences {
            let (literals, behind) = rest.split_at((sequence.literals as usize).min(rest.len()));
            count(literals);
            rest = &behind[usize::from(sequence.length).min(behind.len())..];
        }
        count(rest);
        for (byte, total) in self.litlens[..END].iter_mut().enumerate() {
            *total = counts.iter().map(|table| table[byte]).sum();
        }
    }

    /// A match of 3 to 258 bytes at `at`, from 1 to 32768 back.
    #[inline]
    pub(crate) fn matched(&mut self, at: usize, length: usize, distance: usize) {
        let symbol = self.length_symbols[(length - 3) & 255];
        self.litlens[(END + 1 + usize::from(symbol)) % LITLENS] += 1;
        self.distances[distance_symbol(distance).0 % DISTANCE_SYMBOLS] += 1;
        self.sequences.push(Sequence {
            literals: at.wrapping_sub(self.literals_from) as u32,
            length: length as u16,
            distance: distance as u16,
        });
        self.literals_from = at + length;
    }

    /// Writes the block, whose content is `bytes`, in the way that takes the fewest bits.
    pub(crate) fn write(
        &mut self,
        bytes: &[u8],
        last: bool,
        bits: &mut BitWriter,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        // The literals at the end are all that is left then.
        self.sequences.push(Sequence { literals: u32::MAX, length: 0, distance: 0 });
        self.litlens[END] += 1;
        let codes = Codes::new(&self.litlens, &self.distances);
        let fixed = &self.fixed;
        let extra = self.extra_bits();
        let header = Header::new(&codes);
        let dynamic_cost = header.cost() + extra + codes.cost(&self.litlens, &self.distances);
        let fixed_cost = 3 + extra + fixed.cost(&self.litlens, &self.distances);
        let stored_cost = stored_cost(bytes.len(), *bits);
        let cost = dynamic_cost.min(fixed_cost).min(stored_cost);
        reserve(output, cost)?;
        bits.write(cost, output, |mut sink| {
            if cost == stored_cost {
                write_stored(bytes, last, &mut sink);
                return sink.finish();
            }
            let last = u64::from(last);
            if cost == fixed_cost {
                sink.put(last | 1 << 1, 3);
                return self.symbols(bytes, fixed, sink).finish();
            }
            sink.put(last | 2 << 1, 3);
            header.write(&mut sink);
            self.symbols(bytes, &codes, sink).finish()
        });
        Ok(())
    }

    /// The bits behind the codes, which are the same in any code.
    fn extra_bits(&self) -> usize {
        let lengths = self.litlens[END + 1..].iter().zip(LENGTHS);
        let distances = self.distances.iter().zip(DISTANCES);
        let cost = |(&count, (_, extra)): (&u32, (u16, u8))| count as usize * usize::from(extra);
        lengths.map(cost).sum::<usize>() + distances.map(cost).sum::<usize>()
    }

    fn symbols<'a>(&self, bytes: &[u8], codes: &Codes, mut sink: Sink<'a>) -> Sink<'a> {
        // A length's code and extra bits together: value below, number of bits from bit 24 on.
        let mut lengths = [0_u32; 256];
        for (length, (slot, &symbol)) in lengths.iter_mut().zip(&self.length_symbols).enumerate() {
            let (base, extra) = LENGTHS[usize::from(symbol) % 29];
            let (code, bits) = codes.litlen(END + 1 + usize::from(symbol));
            let value = (length as u32 + 3 - u32::from(base)) << bits | code as u32;
            *slot = (bits + u32::from(extra)) << 24 | value;
        }
        let mut rest = bytes;
        for sequence in &self.sequences {
            let (literals, behind) = rest.split_at((sequence.literals as usize).min(rest.len()));
            let (fours, last) = literals.as_chunks::<4>();
            for four in fours {
                // In pairs, so that the sink waits for one addition instead of four.
                let [a, b, c, d] = four.map(|byte| codes.litlen(usize::from(byte)));
                let (low, high) = (a.0 | b.0 << a.1, c.0 | d.0 << c.1);
                sink.put(low | high << (a.1 + b.1), a.1 + b.1 + c.1 + d.1);
                sink.flush();
            }
            if !last.is_empty() {
                for &byte in last {
                    let (code, bits) = codes.litlen(usize::from(byte));
                    sink.put(code, bits);
                }
                sink.flush();
            }
            if sequence.length == 0 {
                break;
            }
            let length = usize::from(sequence.length);
            let entry = lengths[(length - 3) & 255];
            sink.put(u64::from(entry & 0xFF_FFFF), entry >> 24);
            let (symbol, extra, value) = distance_symbol(usize::from(sequence.distance));
            let (code, bits) = codes.distance(symbol);
            sink.put(code | u64::from(value) << bits, bits + extra);
            sink.flush();
            rest = &behind[length.min(behind.len())..];
        }
        let (code, bits) = codes.litlen(END);
        sink.put(code, bits);
        sink.flush();
        sink
    }
}

/// Symbol, number of extra bits and their value (section 3.2.5).
#[inline]
fn distance_symbol(distance: usize) -> (usize, u32, u32) {
    let from_zero = (distance as u32).wrapping_sub(1);
    if from_zero < 4 {
        return (from_zero as usize, 0, 0);
    }
    let extra = from_zero.ilog2() - 1;
    let symbol = extra * 2 + (from_zero >> extra);
    (symbol as usize, extra, from_zero & ((1 << extra) - 1))
}

/// Room for that many bits and what a writer may write past them.
pub(crate) fn reserve(output: &mut Vec<u8>, bits: usize) -> Result<(), EncodeError> {
    let bytes = bits / 8 + 32;
    output.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })
}

/// Bits of stored blocks with that many bytes.
pub(crate) fn stored_cost(bytes: usize, bits: BitWriter) -> usize {
    let blocks = bytes.div_ceil(STORED_MAX).max(1);
    // Only the first begins within a byte: after its three bits to the next boundary.
    let first = 3 + (bits.to_boundary() as usize + 5) % 8;
    first + 32 + (blocks - 1) * 40 + bytes * 8
}

/// Stored blocks, one at least. The sink has room for them.
pub(crate) fn write_stored(bytes: &[u8], last: bool, sink: &mut Sink<'_>) {
    let mut rest = bytes;
    loop {
        let (piece, behind) = rest.split_at(rest.len().min(STORED_MAX));
        sink.put(u64::from(last && behind.is_empty()), 3);
        sink.align();
        let length = piece.len() as u64;
        sink.put(length | (length ^ 0xFFFF) << 16, 32);
        sink.flush();
        sink.bytes(piece);
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
}

/// Codes of both alphabets.
struct Codes {
    lengths: [u8; LITLENS + 32],
    /// Each code, and its length from bit 16 on.
    codes: [u32; LITLENS + 32],
}

impl Codes {
    fn new(litlens: &[u32; LITLENS], distances: &[u32; DISTANCE_SYMBOLS]) -> Self {
        let mut lengths = [0; LITLENS + 32];
        code_lengths(litlens, LITLEN_LIMIT, &mut lengths[..LITLENS]);
        code_lengths(distances, DISTANCE_LIMIT, &mut lengths[LITLENS..]);
        Self::with(&lengths)
    }

    fn with(lengths: &[u8; LITLENS + 32]) -> Self {
        let mut codes = [0; LITLENS + 32];
        codewords(&lengths[..LITLENS], &mut codes[..LITLENS]);
        codewords(&lengths[LITLENS..], &mut codes[LITLENS..]);
        let mut code =
            codes.iter().zip(lengths).map(|(&code, &bits)| u32::from(code) | u32::from(bits) << 16);
        Self { lengths: *lengths, codes: core::array::from_fn(|_| code.next().unwrap_or_default()) }
    }

    #[inline]
    fn litlen(&self, symbol: usize) -> (u64, u32) {
        let code = self.codes[symbol % (LITLENS + 32)];
        (u64::from(code & 0xFFFF), code >> 16)
    }

    #[inline]
    fn distance(&self, symbol: usize) -> (u64, u32) {
        self.litlen(LITLENS + (symbol & 31))
    }

    fn cost(&self, litlens: &[u32], distances: &[u32]) -> usize {
        let cost = |counts: &[u32], lengths: &[u8]| -> usize {
            counts
                .iter()
                .zip(lengths)
                .map(|(&count, &bits)| count as usize * usize::from(bits))
                .sum()
        };
        cost(litlens, &self.lengths) + cost(distances, &self.lengths[LITLENS..])
    }
}

/// The header of a block with codes of its own (section 3.2.7).
struct Header {
    litlens: usize,
    distances: usize,
    precodes: usize,
    /// Symbol, and the value of its extra bits from bit 8 on.
    items: [u16; LITLENS + 32],
    count: usize,
    lengths: [u8; 19],
    frequencies: [u32; 19],
}

/// Extra bits of the symbols 16, 17 and 18.
const REPEATS: [u32; 3] = [2, 3, 7];

impl Header {
    fn new(codes: &Codes) -> Self {
        let used = |lengths: &[u8], least: usize| {
            lengths
                .iter()
                .rposition(|&length| length != 0)
                .map_or(least, |last| least.max(last + 1))
        };
        let litlens = used(&codes.lengths[..LITLENS], 257);
        let distances = used(&codes.lengths[LITLENS..], 1);
        let mut all = [0; LITLENS + 32];
        all[..litlens].copy_from_slice(&codes.lengths[..litlens]);
        all[litlens..][..distances].copy_from_slice(&codes.lengths[LITLENS..][..distances]);
        let mut header = Self {
            litlens,
            distances,
            precodes: 0,
            items: [0; LITLENS + 32],
            count: 0,
            lengths: [0; 19],
            frequencies: [0; 19],
        };
        for run in all[..litlens + distances].chunk_by(|a, b| a == b) {
            header.run(run[0], run.len());
        }
        code_lengths(&header.frequencies, PRECODE_LIMIT, &mut header.lengths);
        header.precodes = PRECODE_ORDER
            .iter()
            .rposition(|&symbol| header.lengths[usize::from(symbol)] != 0)
            .map_or(4, |last| (last + 1).max(4));
        header
    }

    /// A code length that comes several times.
    fn run(&mut self, length: u8, mut times: usize) {
        if length == 0 {
            while times >= 11 {
                let now = times.min(138);
                self.item(18, now - 11);
                times -= now;
            }
            if times >= 3 {
                self.item(17, times - 3);
                times = 0;
            }
        } else {
            self.item(length, 0);
            times -= 1;
            while times >= 3 {
                let now = times.min(6);
                self.item(16, now - 3);
                times -= now;
            }
        }
        for _ in 0..times {
            self.item(length, 0);
        }
    }

    fn item(&mut self, symbol: u8, extra: usize) {
        self.frequencies[usize::from(symbol)] += 1;
        self.items[self.count] = u16::from(symbol) | (extra as u16) << 8;
        self.count += 1;
    }

    /// Bits of the header, the block's first three included.
    fn cost(&self) -> usize {
        let codes: usize = (self.frequencies.iter().zip(self.lengths))
            .map(|(&count, bits)| count as usize * usize::from(bits))
            .sum();
        let extra: usize = (self.frequencies[16..].iter().zip(REPEATS))
            .map(|(&count, bits)| count as usize * bits as usize)
            .sum();
        3 + 14 + 3 * self.precodes + codes + extra
    }

    fn write(&self, sink: &mut Sink<'_>) {
        let mut codes = [0; 19];
        codewords(&self.lengths, &mut codes);
        sink.put(self.litlens as u64 - 257, 5);
        sink.put(self.distances as u64 - 1, 5);
        sink.put(self.precodes as u64 - 4, 4);
        sink.flush();
        for &symbol in &PRECODE_ORDER[..self.precodes] {
            sink.put(u64::from(self.lengths[usize::from(symbol)]), 3);
            sink.flush();
        }
        for &item in &self.items[..self.count] {
            let symbol = usize::from(item & 0xFF);
            sink.put(u64::from(codes[symbol]), u32::from(self.lengths[symbol]));
            if symbol >= 16 {
                sink.put(u64::from(item >> 8), REPEATS[symbol - 16]);
            }
            sink.flush();
        }
    }
}
