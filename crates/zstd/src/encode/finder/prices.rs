//! What literals, lengths and offsets are estimated to cost, learned from what was chosen before.

use crate::codes::{LITERALS_LENGTH_BITS, MATCH_LENGTH_BITS};
use crate::encode::entropy::log2;
use crate::encode::entropy::sequences::{literals_code, match_code, offset_code};

/// One bit.
pub(super) const BIT: u32 = 256;
/// Prices are computed anew after so many sequences.
const REFRESH: u32 = 32;

/// How often symbols occurred, and what they cost therefore, in 1/256 bits.
struct Symbols<const N: usize> {
    counts: [u32; N],
    prices: [u32; N],
}

impl<const N: usize> Symbols<N> {
    fn new() -> Self {
        Self { counts: [1; N], prices: [0; N] }
    }

    fn refresh(&mut self) {
        let sum = log2(self.counts.iter().sum::<u32>());
        for (price, &count) in self.prices.iter_mut().zip(&self.counts) {
            *price = sum - log2(count.max(1)).min(sum);
        }
    }

    /// Lets what was seen so far weigh no more than `limit`.
    fn fade(&mut self, limit: u32) {
        let sum = self.counts.iter().sum::<u32>();
        let shift = (sum / limit.max(1)).checked_ilog2().map_or(0, |log| log + 1);
        for count in &mut self.counts {
            *count = 1 + (*count >> shift);
        }
    }
}

pub(super) struct Prices {
    literals: Symbols<256>,
    literal_lengths: Symbols<36>,
    match_lengths: Symbols<53>,
    offsets: Symbols<32>,
    waiting: u32,
    /// Whether there are statistics of an earlier block.
    started: bool,
    /// `Opt` shuns far offsets, whose content is slow to fetch for a decoder.
    pub(super) near: bool,
}

impl Prices {
    pub(super) fn new() -> Self {
        Self {
            literals: Symbols::new(),
            literal_lengths: Symbols::new(),
            match_lengths: Symbols::new(),
            offsets: Symbols::new(),
            waiting: 0,
            started: false,
            near: false,
        }
    }

    /// A new frame: nothing is known.
    pub(super) fn reset(&mut self) {
        self.started = false;
    }

    pub(super) fn is_new(&self) -> bool {
        !self.started
    }

    /// A new block.
    pub(super) fn begin(&mut self, content: &[u8]) {
        if self.started {
            self.literals.fade(1 << 12);
            self.literal_lengths.fade(1 << 11);
            self.match_lengths.fade(1 << 11);
            self.offsets.fade(1 << 11);
        } else {
            self.started = true;
            self.literals.counts = [0; 256];
            for &byte in content {
                self.literals.counts[usize::from(byte)] += 1;
            }
            self.literals.fade(1 << 9);
            // First guesses: few literals, offsets of medium size.
            self.literal_lengths.counts = [1; 36];
            self.literal_lengths.counts[0] = 4;
            self.literal_lengths.counts[1] = 2;
            self.match_lengths.counts = [1; 53];
            self.offsets.counts = [1; 32];
            let likely = [6, 2, 1, 1, 2, 3, 4, 4, 4, 3, 2];
            self.offsets.counts[..likely.len()].copy_from_slice(&likely);
        }
        self.refresh();
    }

    fn refresh(&mut self) {
        self.waiting = 0;
        self.literals.refresh();
        for price in &mut self.literals.prices {
            // No Huffman code is shorter than a bit.
            *price = (*price).max(BIT);
        }
        self.literal_lengths.refresh();
        self.match_lengths.refresh();
        self.offsets.refresh();
    }

    /// Learns from a sequence that was chosen.
    pub(super) fn learn(&mut self, literals: &[u8], offset: u32, length: usize) {
        for &byte in literals {
            self.literals.counts[usize::from(byte)] += 2;
        }
        self.literal_lengths.counts[usize::from(literals_code(literals.len() as u32)).min(35)] += 1;
        self.match_lengths.counts[usize::from(match_code(length as u32)).min(52)] += 1;
        self.offsets.counts[usize::from(offset_code(offset)) & 31] += 1;
        self.waiting += 1;
        if self.waiting >= REFRESH {
            self.refresh();
        }
    }

    #[inline(always)]
    pub(super) fn literal(&self, byte: u8) -> u32 {
        self.literals.prices[usize::from(byte)]
    }

    #[inline(always)]
    pub(super) fn literals_length(&self, length: u32) -> u32 {
        let code = usize::from(literals_code(length)).min(35);
        self.literal_lengths.prices[code] + u32::from(LITERALS_LENGTH_BITS[code]) * BIT
    }

    #[inline(always)]
    pub(super) fn match_length(&self, length: u32) -> u32 {
        let code = usize::from(match_code(length)).min(52);
        self.match_lengths.prices[code] + u32::from(MATCH_LENGTH_BITS[code]) * BIT
    }

    /// Each sequence costs a little more than its bits: a decoder's time.
    #[inline(always)]
    pub(super) fn offset(&self, value: u32) -> u32 {
        let code = u32::from(offset_code(value));
        let far = if self.near { code.saturating_sub(19) * 2 * BIT } else { 0 };
        self.offsets.prices[code as usize & 31] + code * BIT + far + BIT / 5
    }
}

/// The value that means `distance` (RFC 8878, 3.1.1.5), and the history after it.
pub(super) fn offset_value(history: [u32; 3], distance: u32, after_match: bool) -> (u32, [u32; 3]) {
    let [first, second, third] = history;
    let after = u32::from(after_match);
    if distance == first && !after_match {
        return (1, history);
    }
    if distance == second {
        return (2 - after, [second, first, third]);
    }
    let next = [distance, first, second];
    if distance == third {
        return (3 - after, next);
    }
    if after_match && distance == first.wrapping_sub(1) {
        return (3, next);
    }
    (distance + 3, next)
}
