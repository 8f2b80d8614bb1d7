//! Huffman streams that do not end where they should, as libzstd takes them.
//!
//! RFC 8878 (4.2.2) calls such a stream corrupt. libzstd on 64-bit hosts does not look: it decodes four streams side by
//! side until output or input gets scarce, then each to the end of its output, and never asks whether that was the end of
//! its input. Where it decodes two symbols at once, the last code may be cut off besides. What comes out is damaged, but the
//! same from every tool that uses libzstd, so that a frame without a checksum is as good here as it is there. Only
//! streams that failed come here: this is written to do what libzstd 1.5.7 does, not to be fast.

use alloc::vec::Vec;

use super::bits::load;
use super::huffman::Table;

/// Bits of libzstd's lookups in its loop over four streams.
const FAST_BITS: u32 = 11;
/// Lookups between two refills in that loop, which 7 bytes are always enough for.
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
        const COSTS: [[u16; 4]; 16] = [
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
                let [table, decode, pair_table, pair_decode] = COSTS[ratio].map(usize::from);
                let pairs = pair_table + pair_decode * (literals >> 8);
                pairs + (pairs >> 5) < table + decode * (literals >> 8)
            }
        }
    }
}

/// A code, looked up as libzstd does.
struct Code<'a> {
    table: &'a Table,
    bits: u32,
    in_pairs: bool,
}

impl Code<'_> {
    /// What `word` begins with: a symbol, or two where both codes are within the bits of a lookup. Returns them, how many
    /// they are and how long their codes.
    fn look_up(&self, word: u64) -> ([u8; 2], usize, u32) {
        let index = (word >> (64 - self.bits)) as u32;
        let (first, bits) = self.table.symbol(index, self.bits);
        if self.in_pairs {
            let rest = (index << bits) & ((1 << self.bits) - 1);
            let (second, more) = self.table.symbol(rest, self.bits);
            if bits + more <= self.bits {
                return ([first, second], 2, bits + more);
            }
        }
        ([first, 0], 1, bits)
    }
}

/// A stream as libzstd's bit reader has it, and where its symbols go.
struct Reader {
    /// Eight bytes from here on are loaded,
    at: usize,
    word: u64,
    /// of which so many bits from the top are used. Past 64, what is read wraps around.
    used: u32,
    /// Where loading stops.
    lowest: usize,
    to: usize,
    end: usize,
}

impl Reader {
    /// Starts at the end of the stream `source[start..end]`, which is not empty.
    fn new(source: &[u8], start: usize, end: usize) -> Option<Self> {
        let len = source.get(start..end)?.len();
        let word = load(source, end.checked_sub(8)?)?;
        // The highest bit that is set and all above it are padding.
        let padding = if word >> 56 == 0 { 0 } else { word.leading_zeros() + 1 };
        // Of a stream shorter than eight bytes, what lies before it is pushed out.
        let missing = 8 * (8 - len.min(8)) as u32;
        let at = end - len.min(8);
        let word = word.checked_shr(missing)?;
        Some(Self { at, word, used: padding + missing, lowest: start, to: 0, end: 0 })
    }

    /// Loads what comes next. Whether a few lookups after it are certainly within the stream.
    #[inline(never)]
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

    /// How many bytes are to come.
    fn left(&self) -> usize {
        self.end - self.to
    }

    /// Decodes what so many lookups give.
    #[inline(never)]
    fn take(&mut self, code: &Code<'_>, output: &mut [u8], lookups: usize) {
        for _ in 0..lookups {
            let (bytes, len, bits) = code.look_up(self.word.wrapping_shl(self.used));
            for (place, byte) in (self.to..self.to + len).zip(bytes) {
                if let Some(place) = output.get_mut(place) {
                    *place = byte;
                }
            }
            self.used += bits;
            self.to += len;
        }
    }

    /// Decodes to the end, with garbage where the stream is too short.
    fn finish(&mut self, source: &[u8], code: &Code<'_>, output: &mut [u8]) {
        let (lookups, most, step) = match (code.in_pairs, code.bits) {
            (false, _) => (4, 4, 1),
            (true, ..=FAST_BITS) => (5, 10, 2),
            (true, _) => (4, 8, 2),
        };
        if self.left() < most.min(8) {
            self.refill(source);
        } else {
            while self.refill(source) && self.left() >= most {
                self.take(code, output, lookups);
            }
        }
        if code.in_pairs && self.left() >= step {
            while self.refill(source) && self.left() >= step {
                self.take(code, output, 1);
            }
        }
        self.repeat(code, output, step);
        if self.left() > 0 {
            // Half a pair, whose bits count as far as there are any.
            let ([byte, _], len, bits) = code.look_up(self.word.wrapping_shl(self.used));
            if let Some(place) = output.get_mut(self.to) {
                *place = byte;
            }
            if len == 1 {
                self.used += bits;
            } else if self.used < 64 {
                self.used = (self.used + bits).min(64);
            }
        }
    }

    /// Decodes what is loaded, over and over: after 64 lookups at most everything comes again, and is copied. A block of 50
    /// bytes can ask for 128 KiB of that.
    fn repeat(&mut self, code: &Code<'_>, output: &mut [u8], step: usize) {
        let mut seen = [None; 64];
        while self.left() >= step {
            let place = &mut seen[(self.used & 63) as usize];
            if let Some(before) = place.replace(self.to) {
                let period: usize = self.to - before;
                let end = self.end - self.left() % period;
                let mut len = period;
                while self.to < end {
                    let now = len.min(end - self.to);
                    output.copy_within(before..before + now, self.to);
                    (self.to, len) = (self.to + now, len + now);
                }
                self.used += 64;
                break;
            }
            self.take(code, output, 1);
        }
        while self.left() >= step {
            self.take(code, output, 1);
        }
    }

    /// Decodes to the end of the output, which has to be that of the stream.
    fn finish_exactly(&mut self, source: &[u8], code: &Code<'_>, output: &mut [u8]) -> Option<()> {
        self.finish(source, code, output);
        (self.at == self.lowest && self.used == 64).then_some(())
    }
}

/// Where streams are.
#[derive(Clone, Copy)]
pub(super) struct Streams {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Of four, where the first starts after the jump table, and where each ends.
    pub(super) four: Option<(usize, [usize; 4])>,
}

/// Decodes one stream or four into exactly `output`.
#[cold]
#[inline(never)]
pub(super) fn decode(
    table: &Table,
    origin: Origin,
    source: &[u8],
    Streams { start, end, four }: Streams,
    output: &mut [u8],
) -> Option<()> {
    let code = Code { table, bits: table.libzstd_bits(), in_pairs: origin.in_pairs() };
    if let Some((first, ends)) = four {
        return decode_four(&code, source, (start, first, ends), output);
    }
    if source.get(end.wrapping_sub(1)) == Some(&0) {
        return None;
    }
    let mut reader = Reader::new(source, start, end)?;
    reader.end = output.len();
    reader.finish_exactly(source, &code, output)
}

/// Decodes the four streams that end at `ends`, the first of them after the jump table at `jumps`.
fn decode_four(
    code: &Code<'_>,
    source: &[u8],
    (jumps, first, ends): (usize, usize, [usize; 4]),
    output: &mut [u8],
) -> Option<()> {
    let quarter = output.len().div_ceil(4);
    let mut fast = code.bits == FAST_BITS && 3 * quarter < output.len();
    let mut padded = true;
    let (mut start, mut to) = (first, 0);
    let mut readers = Vec::new();
    for end in ends {
        fast &= end - start >= 8;
        padded &= source.get(end.wrapping_sub(1)) != Some(&0);
        let mut reader = Reader::new(source, start, end)?;
        reader.to = to;
        to = output.len().min(to + quarter);
        reader.end = to;
        readers.push(reader);
        start = end;
    }
    if !fast {
        padded.then_some(())?;
        return readers
            .iter_mut()
            .try_for_each(|reader| reader.finish_exactly(source, code, output));
    }

    let starts = [first, ends[0], ends[1], ends[2]];
    for reader in &mut readers {
        reader.lowest = jumps;
    }
    // As many rounds as are certain to stay within input and output.
    let most = if code.in_pairs { 2 * BATCH } else { BATCH };
    loop {
        let room = readers.iter().map(Reader::left).min()? / most;
        let rounds = room.min((readers.first()?.at - jumps) / 7);
        if rounds == 0 || !readers.is_sorted_by_key(|reader| reader.at) {
            break;
        }
        let stop = readers.last()?.to + rounds * BATCH;
        while readers.last()?.to < stop {
            for reader in &mut readers {
                reader.take(code, output, BATCH);
                reader.refill(source);
            }
        }
    }
    for (reader, start) in readers.iter_mut().zip(starts) {
        if reader.at + 8 < start {
            return None;
        }
        reader.finish(source, code, output);
    }
    Some(())
}
