//! How often symbols occur.

use super::logarithm::{entropy, log, weighted};

/// Symbols of literal bytes and of lengths, before those of the cache.
pub(super) const BASE: usize = 256 + 24;
/// Symbols of distances.
const DISTANCES: usize = 40;

/// Counts of the five alphabets; RFC 9649, section 3.7.2.
#[derive(Clone)]
pub(super) struct Histogram {
    /// Green and lengths and the cache; red, blue, alpha; distances.
    counts: Vec<u32>,
    green: usize,
    /// What the symbols cost.
    pub(super) cost: u64,
}

/// The alphabets, in the order of the file.
pub(super) const ALPHABETS: usize = 5;

impl Histogram {
    /// With a cache of so many pixels.
    pub(super) fn new(cache: usize) -> Self {
        let green = BASE + cache;
        Self { counts: vec![0; green + 3 * 256 + DISTANCES], green, cost: 0 }
    }

    #[inline(always)]
    pub(super) fn literal(&mut self, [blue, green, red, alpha]: [u8; 4]) {
        let base = self.green;
        self.counts[usize::from(green)] += 1;
        self.counts[base + usize::from(red)] += 1;
        self.counts[base + 256 + usize::from(blue)] += 1;
        self.counts[base + 512 + usize::from(alpha)] += 1;
    }

    #[inline(always)]
    pub(super) fn cached(&mut self, index: usize) {
        self.counts[BASE + index] += 1;
    }

    #[inline(always)]
    pub(super) fn copy(&mut self, length: usize, distance: usize) {
        self.counts[256 + length] += 1;
        self.counts[self.green + 768 + distance] += 1;
    }

    pub(super) fn alphabet(&self, i: usize) -> &[u32] {
        let at = self.green;
        match i {
            0 => &self.counts[..at],
            4 => &self.counts[at + 768..],
            _ => &self.counts[at + 256 * (i - 1)..][..256],
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counts.iter().all(|&count| count == 0)
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (sum, count) in self.counts.iter_mut().zip(&other.counts) {
            *sum += count;
        }
    }

    /// Computes what the symbols cost, and their codes.
    pub(super) fn measure(&mut self) {
        self.cost = (0..ALPHABETS).map(|i| cost(self.alphabet(i), &[])).sum();
    }

    /// What the symbols of both cost together.
    pub(super) fn together(&self, other: &Self) -> u64 {
        (0..ALPHABETS).map(|i| cost(self.alphabet(i), other.alphabet(i))).sum()
    }

    /// What each symbol costs with codes for these counts, in 256ths of a bit. One that does not occur costs as much
    /// as one that occurs once, and its part of the code.
    pub(super) fn prices(&self) -> Vec<u16> {
        let mut prices = Vec::with_capacity(self.counts.len());
        for i in 0..ALPHABETS {
            let counts = self.alphabet(i);
            let total = log(counts.iter().sum());
            prices.extend(counts.iter().map(|&count| {
                (if count > 0 { total - log(count).min(total) } else { total + 6 * 256 }) as u16
            }));
        }
        prices
    }

    /// What the symbols cost at such prices.
    pub(super) fn cost_at(&self, prices: &[u16]) -> u64 {
        let costs = self.counts.iter().zip(prices);
        costs.map(|(&count, &price)| u64::from(count) * u64::from(price)).sum()
    }
}

/// The entropy of two counts added, and about what their code takes: a few bits a symbol, less where neighbours are in
/// use too.
fn cost(a: &[u32], b: &[u32]) -> u64 {
    let (mut total, mut sum, mut used, mut starts) = (0, 0, 0_u64, 0_u64);
    let mut before = false;
    let mut visit = |count: u32| {
        if count > 0 {
            total += count;
            sum += weighted(count);
            used += 1;
            starts += u64::from(!before);
        }
        before = count > 0;
    };
    if b.is_empty() {
        for &count in a {
            visit(count);
        }
    } else {
        for (&a, &b) in a.iter().zip(b) {
            visit(a + b);
        }
    }
    if used < 3 {
        return u64::from(total) * used.saturating_sub(1) * 256 + used * 8 * 256;
    }
    weighted(total).saturating_sub(sum) + used * 3 * 256 + starts * 5 * 256 + 30 * 256
}

/// The entropy of each channel, in 256ths of a bit.
pub(super) fn channels(counts: &[[u32; 256]; 4]) -> u64 {
    counts.iter().map(|counts| entropy(counts)).sum()
}
