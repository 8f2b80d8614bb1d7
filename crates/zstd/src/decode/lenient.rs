//! Huffman streams that do not end where they should, as libzstd takes them.
//!
//! RFC 8878 (4.2.2) calls such a stream corrupt. libzstd on 64-bit hosts does not look: it decodes four streams side by
//! side until output or input gets scarce, then each to the end of its output, and never asks whether that was the end of
//! its input. Where it decodes two symbols at once, the last code may be cut off besides. What comes out is damaged, but the
//! same from every tool that uses libzstd, so that a frame without a checksum is as good here as it is there. Only
//! streams that failed come here: this is written to do what libzstd 1.5.7 does, not to be fast.

use super::bits::load;
use super::huffman::Table;

/// Bits of libzstd's lookups, and what its fast loops ask for.
const FAST_BITS: u32 = 11;
/// Lookups between two refills of those loops, which 7 bytes are always enough for.
const BATCH: usize = 5;

/// Where a code came from decides how libzstd looks it up.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// A dictionary.
    Dictionary,
    /// A block with a single stream.
    SingleStream,
    /// A block with four streams, of so many literals and so many bytes with the code.
    FourStreams { literals: usize, compressed: usize },
}

impl Origin {
    /// Whether libzstd expects looking up two symbols at once to be faster (`HUF_selectDecoder`).
    fn in_pairs(self) -> bool {
        // By the ratio in sixteenths: what a table costs and then 256 literals, with one symbol and with two.
        const COSTS: [[usize; 4]; 16] = [
            [0, 0, 1, 1],
            [0, 0, 1, 1],
            [150, 216, 381, 119],
            [170, 205, 514, 112],
            [177, 199, 539, 110],
            [197, 194, 644, 107],
            [221, 192, 735, 107],
            [256, 189, 881, 106],
            [359, 188, 1167, 109],
            [582, 187, 1570, 114],
            [688, 187, 1712, 122],
            [825, 186, 1965, 136],
            [976, 185, 2131, 150],
            [1180, 186, 2070, 175],
            [1377, 185, 1731, 202],
            [1412, 185, 1695, 202],
        ];
        match self {
            Self::Dictionary => true,
            Self::SingleStream => false,
            Self::FourStreams { literals, compressed } => {
                let ratio = (compressed * 16).checked_div(literals).unwrap_or(15).min(15);
                let [table, decode, pair_table, pair_decode] = COSTS[ratio];
                let pairs = pair_table + pair_decode * (literals >> 8);
                pairs + (pairs >> 5) < table + decode * (literals >> 8)
            }
        }
    }
}

/// What a lookup gives.
struct Found {
    bytes: [u8; 2],
    len: usize,
    bits: u32,
}

/// A code, looked up as libzstd does.
struct Code<'a> {
    table: &'a Table,
    bits: u32,
    in_pairs: bool,
}

impl Code<'_> {
    /// What the upper bits of `word` stand for: a symbol, or two where both codes are within the bits of a lookup.
    fn look_up(&self, word: u64) -> Found {
        let index = (word >> (64 - self.bits)) as u32;
        let (first, bits) = self.table.symbol(index, self.bits);
        let mut found = Found { bytes: [first, 0], len: 1, bits };
        if self.in_pairs {
            let rest = (index << bits) & ((1 << self.bits) - 1);
            let (second, more) = self.table.symbol(rest, self.bits);
            if bits + more <= self.bits {
                found = Found { bytes: [first, second], len: 2, bits: bits + more };
            }
        }
        found
    }
}

/// A stream as libzstd's bit reader has it: eight bytes, of which so many bits from the top are used. Past 64, what is
/// read wraps around.
struct Reader {
    lowest: usize,
    at: usize,
    word: u64,
    used: u32,
}

impl Reader {
    /// Starts at the end of the stream `source[start..end]`.
    fn new(source: &[u8], start: usize, end: usize) -> Option<Self> {
        let stream = source.get(start..end)?;
        let &last = stream.last()?;
        let at = end.saturating_sub(8).max(start);
        let missing = 8 - stream.len().min(8) as u32;
        let used = last.leading_zeros() + 1 + 8 * missing;
        // Of a stream shorter than eight bytes, what lies before it is pushed out.
        let word = load(source, end.checked_sub(8)?)?.wrapping_shr(8 * missing);
        (last != 0).then_some(Self { lowest: start, at, word, used })
    }

    /// Loads what comes next. Whether a lookup or two after it are certainly within the stream.
    fn refill(&mut self, source: &[u8]) -> bool {
        if self.used > 64 || self.at == self.lowest {
            return false;
        }
        let wanted = (self.used >> 3) as usize;
        let bytes = wanted.min(self.at - self.lowest);
        self.at -= bytes;
        self.used -= 8 * bytes as u32;
        self.word = load(source, self.at).unwrap_or_default();
        bytes == wanted
    }

    fn word(&self) -> u64 {
        self.word.wrapping_shl(self.used)
    }

    /// Decodes to the end of `output`, with garbage where the stream is too short.
    fn finish(&mut self, source: &[u8], code: &Code<'_>, output: &mut [u8]) {
        let (most, batch) = match (code.in_pairs, code.bits) {
            (false, _) => (4, 4),
            (true, ..=FAST_BITS) => (10, 5),
            (true, _) => (8, 4),
        };
        let mut to = 0;
        let mut left = output.len();
        if left >= most.min(8) {
            while self.refill(source) && left >= most {
                for _ in 0..batch {
                    to += self.put(code, output, to);
                }
                left = output.len() - to;
            }
        } else {
            self.refill(source);
        }
        let step = if code.in_pairs { 2 } else { 1 };
        if code.in_pairs && left >= step {
            while self.refill(source) && left >= step {
                to += self.put(code, output, to);
                left = output.len() - to;
            }
        }
        while left >= step {
            to += self.put(code, output, to);
            left = output.len() - to;
        }
        if left > 0 {
            self.put_last(code, output, to);
        }
    }

    /// Decodes what a lookup gives to `output[to..]`, and returns how many bytes it was.
    fn put(&mut self, code: &Code<'_>, output: &mut [u8], to: usize) -> usize {
        let found = code.look_up(self.word());
        self.used += found.bits;
        put(&found, output, to)
    }

    /// Decodes the last byte, even where a lookup gives two: their bits count, as far as there are any.
    fn put_last(&mut self, code: &Code<'_>, output: &mut [u8], to: usize) {
        let found = code.look_up(self.word());
        if found.len == 1 {
            self.used += found.bits;
        } else if self.used < 64 {
            self.used = (self.used + found.bits).min(64);
        }
        put(&found, output, to);
    }

    fn is_at_end(&self) -> bool {
        self.at == self.lowest && self.used == 64
    }
}

fn put(found: &Found, output: &mut [u8], to: usize) -> usize {
    let found = found.bytes.get(..found.len).unwrap_or_default();
    for (byte, found) in output.get_mut(to..).unwrap_or_default().iter_mut().zip(found) {
        *byte = *found;
    }
    found.len()
}

/// Where one of four streams has got to in the loop over all.
struct Lane {
    start: usize,
    at: usize,
    bits: u64,
    to: usize,
    end: usize,
}

impl Lane {
    fn round(&mut self, source: &[u8], code: &Code<'_>, output: &mut [u8]) {
        for _ in 0..BATCH {
            let found = code.look_up(self.bits);
            self.bits <<= found.bits;
            self.to += put(&found, output, self.to);
        }
        let used = self.bits.trailing_zeros();
        self.at -= (used >> 3) as usize;
        self.bits = (load(source, self.at).unwrap_or_default() | 1) << (used & 7);
    }
}

/// Decodes a single stream.
pub(super) fn decode_one(
    table: &Table,
    origin: Origin,
    source: &[u8],
    (start, end): (usize, usize),
    output: &mut [u8],
) -> Option<()> {
    let code = Code { table, bits: table.libzstd_bits(), in_pairs: origin.in_pairs() };
    let mut reader = Reader::new(source, start, end)?;
    reader.finish(source, &code, output);
    reader.is_at_end().then_some(())
}

/// Decodes the four streams that end at `ends`, the first of them after the jump table at `jumps`.
pub(super) fn decode_four(
    table: &Table,
    origin: Origin,
    source: &[u8],
    (jumps, first, ends): (usize, usize, [usize; 4]),
    output: &mut [u8],
) -> Option<()> {
    let code = Code { table, bits: table.libzstd_bits(), in_pairs: origin.in_pairs() };
    let starts = [first, ends[0], ends[1], ends[2]];
    let len = output.len();
    let quarter = len.div_ceil(4);
    let fast = code.bits == FAST_BITS
        && 3 * quarter < len
        && starts.iter().zip(ends).all(|(start, end)| end - start >= 8);
    let mut from = 0;
    if !fast {
        for (&start, end) in starts.iter().zip(ends) {
            let segment = output.get_mut(from..len.min(from + quarter))?;
            let mut reader = Reader::new(source, start, end)?;
            reader.finish(source, &code, segment);
            if !reader.is_at_end() {
                return None;
            }
            from += quarter;
        }
        return Some(());
    }

    let mut lanes = [0, 1, 2, 3].map(|i| {
        let at = ends[i] - 8;
        let word = load(source, at).unwrap_or_default();
        let padding = if word >> 56 == 0 { 0 } else { word.leading_zeros() + 1 };
        let to = i * quarter;
        Lane { start: starts[i], at, bits: (word | 1) << padding, to, end: len.min(to + quarter) }
    });
    loop {
        // As many rounds as are certain to stay within input and output.
        let room = lanes.iter().map(|lane| lane.end - lane.to).min()?;
        let most = if code.in_pairs { 2 * BATCH } else { BATCH };
        let rounds = (room / most).min((lanes[0].at - jumps) / 7);
        if rounds == 0 || !lanes.is_sorted_by_key(|lane| lane.at) {
            break;
        }
        let stop = lanes[3].to + rounds * BATCH;
        while lanes[3].to < stop {
            for lane in &mut lanes {
                lane.round(source, &code, output);
            }
        }
    }
    for lane in lanes {
        if lane.at + 8 < lane.start {
            return None;
        }
        let used = lane.bits.trailing_zeros();
        let word = load(source, lane.at)?;
        let mut reader = Reader { lowest: jumps, at: lane.at, word, used };
        reader.finish(source, &code, output.get_mut(lane.to..lane.end)?);
    }
    Some(())
}
