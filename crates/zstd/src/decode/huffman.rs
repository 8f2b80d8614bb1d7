//! Huffman-coded literals (RFC 8878, 4.2).

use super::bits::{Bits, load};
use super::fse::{Counts, states};

/// Longest code that is accepted. The RFC says 11, libzstd's decoder takes one more.
const MAX_BITS: u32 = 12;
/// Codes up to this length are decoded five at a time.
const FAST_BITS: u32 = 11;
/// Symbols that one filling of 64 bits is good for: 57 of them are sure, and a sentinel.
const PER_FILL: usize = 5;
const MAX_WEIGHTS_ACCURACY: u32 = 6;

/// A decoding table: by the next bits, the symbol in the low byte and the length of its code above.
pub(crate) struct HuffmanTable {
    entries: Box<[u16; 1 << MAX_BITS]>,
    bits: u32,
}

impl HuffmanTable {
    pub(crate) fn new() -> Self {
        Self { entries: Box::new([0; 1 << MAX_BITS]), bits: 0 }
    }

    /// Whether there is a table.
    pub(crate) fn is_set(&self) -> bool {
        self.bits != 0
    }

    pub(crate) fn clear(&mut self) {
        self.bits = 0;
    }

    /// Reads the description of a tree and builds its table; gives back the description's length in bytes.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<usize, &'static str> {
        let (weights, count, used) = read_weights(bytes)?;
        self.build(&weights, count)?;
        Ok(used)
    }

    /// Builds the table for these weights and the one that they imply.
    pub(super) fn build(&mut self, weights: &[u8; 256], count: usize) -> Result<(), &'static str> {
        const WRONG: &str = "Huffman weights that fill a tree";
        let mut ranks = [0_u32; MAX_BITS as usize + 2];
        let mut total = 0_u32;
        for &weight in &weights[..count] {
            if u32::from(weight) > MAX_BITS {
                return Err(WRONG);
            }
            ranks[usize::from(weight)] += 1;
            total += (1 << weight) >> 1;
        }
        if total == 0 {
            return Err(WRONG);
        }
        let bits = 32 - total.leading_zeros();
        let rest = (1 << bits) - total;
        if bits > MAX_BITS || !rest.is_power_of_two() {
            return Err(WRONG);
        }
        let last = rest.trailing_zeros() + 1;
        ranks[last as usize] += 1;
        // A leaf at the deepest level has a sibling.
        if ranks[1] < 2 || ranks[1] % 2 == 1 {
            return Err(WRONG);
        }
        let mut starts = [0_usize; MAX_BITS as usize + 2];
        for weight in 1..=MAX_BITS as usize {
            starts[weight + 1] = starts[weight] + ((ranks[weight] as usize) << (weight - 1));
        }
        self.bits = bits;
        for (symbol, weight) in weights[..count].iter().copied().chain([last as u8]).enumerate() {
            if weight == 0 {
                continue;
            }
            let entry = symbol as u16 | ((bits as u16 + 1 - u16::from(weight)) << 8);
            let start = &mut starts[usize::from(weight)];
            let end = *start + (1 << (weight - 1));
            if let Some(entries) = self.entries.get_mut(*start..end) {
                entries.fill(entry);
            }
            *start = end;
        }
        Ok(())
    }

    /// The entry for 64 bits whose first are the next.
    #[inline(always)]
    fn entry(&self, bits: u64, shift: u32) -> u16 {
        self.entries[(bits >> shift) as usize & ((1 << MAX_BITS) - 1)]
    }

    /// Decodes one stream, all of it.
    pub(crate) fn decode(&self, stream: &[u8], output: &mut [u8]) -> Result<(), &'static str> {
        let bits = Bits::new(stream).ok_or(END)?;
        self.finish(bits, output)
    }

    /// Decodes four streams beside each other: none has to wait for what the one before it is looking up.
    pub(crate) fn decode_four(
        &self,
        streams: [&[u8]; 4],
        outputs: [&mut [u8]; 4],
    ) -> Result<(), &'static str> {
        let mut lanes = [const { Lane::EMPTY }; 4];
        for (lane, stream) in lanes.iter_mut().zip(streams) {
            *lane = Lane::new(stream).ok_or(END)?;
        }
        let [a, b, c, d] = outputs;
        let done = if self.bits <= FAST_BITS && streams.iter().all(|stream| stream.len() >= 8) {
            self.fast(streams, &mut lanes, [&mut *a, &mut *b, &mut *c, &mut *d])
        } else {
            0
        };
        for ((lane, stream), output) in lanes.iter().zip(streams).zip([a, b, c, d]) {
            let bits = if done == 0 { Bits::new(stream) } else { lane.rest(stream) };
            self.finish(bits.ok_or(END)?, output.get_mut(done..).unwrap_or_default())?;
        }
        Ok(())
    }

    /// The loop that most literals come from; gives back how many symbols of each output are done.
    fn fast(&self, streams: [&[u8]; 4], lanes: &mut [Lane; 4], outputs: [&mut [u8]; 4]) -> usize {
        let shift = 64 - self.bits;
        let symbols = outputs.iter().map(|output| output.len()).min().unwrap_or(0);
        let mut done = 0;
        let [mut l0, mut l1, mut l2, mut l3] = *lanes;
        let [s0, s1, s2, s3] = streams;
        let [a, b, c, d] = outputs;
        loop {
            // A round takes at most seven bytes of a stream.
            let input = l0.at.min(l1.at).min(l2.at).min(l3.at) / 7;
            let rounds = input.min((symbols - done) / PER_FILL);
            if rounds == 0 {
                break;
            }
            let span = done..done + rounds * PER_FILL;
            let (Some(a), Some(b), Some(c), Some(d)) = (
                a.get_mut(span.clone()),
                b.get_mut(span.clone()),
                c.get_mut(span.clone()),
                d.get_mut(span),
            ) else {
                break;
            };
            let (a, b) = (a.chunks_exact_mut(PER_FILL), b.chunks_exact_mut(PER_FILL));
            let (c, d) = (c.chunks_exact_mut(PER_FILL), d.chunks_exact_mut(PER_FILL));
            for (((a, b), c), d) in a.zip(b).zip(c).zip(d) {
                for symbol in 0..PER_FILL {
                    a[symbol] = l0.symbol(self.entry(l0.bits, shift));
                    b[symbol] = l1.symbol(self.entry(l1.bits, shift));
                    c[symbol] = l2.symbol(self.entry(l2.bits, shift));
                    d[symbol] = l3.symbol(self.entry(l3.bits, shift));
                }
                l0.fill(s0);
                l1.fill(s1);
                l2.fill(s2);
                l3.fill(s3);
            }
            done += rounds * PER_FILL;
        }
        *lanes = [l0, l1, l2, l3];
        done
    }

    /// The careful loop, which ends where the stream does.
    fn finish(&self, mut bits: Bits<'_>, output: &mut [u8]) -> Result<(), &'static str> {
        let width = self.bits;
        for chunk in output.chunks_mut(4) {
            bits.refill();
            for symbol in chunk {
                let entry = self.entries[bits.peek(width) as usize & ((1 << MAX_BITS) - 1)];
                bits.skip(u32::from(entry >> 8));
                *symbol = entry as u8;
            }
            if bits.overrun() {
                return Err(END);
            }
        }
        bits.refill();
        if bits.ended() { Ok(()) } else { Err(END) }
    }
}

const END: &str = "a Huffman stream that ends with its last literal";

/// A stream in the fast loop. The lowest set bit of `bits` is a sentinel: what has been shifted out below it says how
/// many bits were read, so that no other count is kept.
#[derive(Clone, Copy)]
struct Lane {
    at: usize,
    bits: u64,
}

impl Lane {
    const EMPTY: Self = Self { at: 0, bits: 1 };

    fn new(stream: &[u8]) -> Option<Self> {
        let last = *stream.last()?;
        if last == 0 {
            return None;
        }
        let Some(at) = stream.len().checked_sub(8) else { return Some(Self::EMPTY) };
        let bits = load(stream, at)? | 1;
        Some(Self { at, bits: bits << (last.leading_zeros() + 1) })
    }

    /// Takes the entry's bits and gives its symbol.
    #[inline(always)]
    fn symbol(&mut self, entry: u16) -> u8 {
        self.bits <<= entry >> 8;
        entry as u8
    }

    #[inline(always)]
    fn fill(&mut self, stream: &[u8]) {
        let used = self.bits.trailing_zeros();
        self.at = self.at.wrapping_sub((used >> 3) as usize);
        self.bits = (load(stream, self.at).unwrap_or(0) | 1) << (used & 7);
    }

    /// What is left, for the careful loop.
    fn rest<'a>(&self, stream: &'a [u8]) -> Option<Bits<'a>> {
        Bits::resume(stream, self.at, self.bits.trailing_zeros())
    }
}

/// The weights of a tree but for the last, their count, and the length of their description in bytes.
pub(crate) fn read_weights(bytes: &[u8]) -> Result<([u8; 256], usize, usize), &'static str> {
    const WRONG: &str = "Huffman weights that are all there";
    let &[head, ref rest @ ..] = bytes else { return Err(WRONG) };
    let mut weights = [0; 256];
    if head >= 128 {
        // Four bits each.
        let count = usize::from(head) - 127;
        let used = count.div_ceil(2);
        let packed = rest.get(..used).ok_or(WRONG)?;
        for (index, weight) in weights[..count].iter_mut().enumerate() {
            let byte = packed[index / 2];
            *weight = if index % 2 == 0 { byte >> 4 } else { byte & 15 };
        }
        return Ok((weights, count, 1 + used));
    }
    let coded = rest.get(..usize::from(head)).ok_or(WRONG)?;
    let (counts, used) = Counts::read(coded, 256, MAX_WEIGHTS_ACCURACY)?;
    let count = decode_weights(&counts, &coded[used..], &mut weights).ok_or(WRONG)?;
    Ok((weights, count, 1 + coded.len()))
}

/// Two states that take turns, until the bits are used up; then the other one's symbol is the last (4.2.1.2).
fn decode_weights(counts: &Counts, stream: &[u8], weights: &mut [u8; 256]) -> Option<usize> {
    let mut table = [(0_u8, 0_u8, 0_u8); 1 << MAX_WEIGHTS_ACCURACY];
    states(counts, |state, symbol, bits, base| {
        if let Some(entry) = table.get_mut(state) {
            *entry = (symbol, bits as u8, base as u8);
        }
    });
    let mask = table.len() - 1;
    let mut bits = Bits::new(stream)?;
    let mut turns = [bits.take(counts.accuracy) as usize, bits.take(counts.accuracy) as usize];
    bits.refill();
    if bits.overrun() {
        return None;
    }
    let mut count = 0;
    loop {
        // One more may follow, and the last weight is not written.
        if count > 253 {
            return None;
        }
        let (symbol, width, base) = table[turns[count % 2] & mask];
        weights[count] = symbol;
        count += 1;
        turns[(count - 1) % 2] = usize::from(base) + bits.take(u32::from(width)) as usize;
        bits.refill();
        if bits.overrun() {
            weights[count] = table[turns[count % 2] & mask].0;
            return Some(count + 1);
        }
    }
}
