//! The literals section of a compressed block (RFC 8878, 3.1.1.3.1).

use super::huffman::{Counts, HuffmanTable, count};
use crate::codes::MAX_HUFFMAN_BITS;
use crate::dictionary::Entropy;
use crate::encode::params::Strategy;

/// Huffman tables: the one that a decoder holds, and one to build the next in.
pub(crate) struct LiteralsState {
    tables: [HuffmanTable; 2],
    current: usize,
    valid: bool,
    /// Whether the block that was written last brought a new table.
    replaced: bool,
    pub(crate) counts: Counts,
}

impl LiteralsState {
    pub(crate) fn new() -> Self {
        Self {
            tables: [HuffmanTable::empty(), HuffmanTable::empty()],
            current: 0,
            valid: false,
            replaced: false,
            counts: [0; 256],
        }
    }

    /// A new frame: no table yet.
    pub(crate) fn reset(&mut self) {
        self.valid = false;
        self.replaced = false;
    }

    /// What the first block may repeat is a dictionary's table.
    pub(crate) fn start_from(&mut self, entropy: &Entropy) {
        let mut lengths = [0; 256];
        for (length, &weight) in lengths.iter_mut().zip(&entropy.literals.by_symbol) {
            if weight > 0 {
                *length = entropy.literals.bits as u8 + 1 - weight;
            }
        }
        self.tables[self.current].set_lengths(&lengths);
        self.valid = true;
    }

    /// A new frame, which may repeat what one that starts like `other` may.
    pub(crate) fn start_as(&mut self, other: &Self) {
        self.reset();
        if other.valid {
            self.tables[self.current].clone_from(&other.tables[other.current]);
            self.valid = true;
        }
    }

    /// The block that was written last is part of the frame.
    pub(crate) fn commit(&mut self) {
        if self.replaced {
            self.current ^= 1;
            self.valid = true;
            self.replaced = false;
        }
    }

    /// Writes the section to `out`; `None` where it does not fit. `compress` false stores.
    pub(crate) fn write(
        &mut self,
        literals: &[u8],
        strategy: Strategy,
        compress: bool,
        suspicious: bool,
        out: &mut [u8],
    ) -> Option<usize> {
        self.replaced = false;
        let size = literals.len();
        // Below this the table costs more than it saves.
        let least = if self.valid { 6 } else { 8 << (9 - strategy as u32).min(3) };
        if !compress || size < least {
            return plain(literals, 0, literals, out);
        }
        if suspicious && size >= 40_960 && looks_random(literals, &mut self.counts) {
            return plain(literals, 0, literals, out);
        }
        count(literals, &mut self.counts);
        let most = self.counts.iter().max().copied().unwrap_or(0) as usize;
        if most == size {
            return plain(literals, 1, &literals[..1], out);
        }
        if most <= (size >> 7) + 4 {
            return plain(literals, 0, literals, out);
        }
        let head = 3 + usize::from(size >= 1 << 10) + usize::from(size >= 16 << 10);
        if out.len() < head + 160 {
            return None;
        }
        let Some((kind, description)) = self.choose(size, strategy, &mut out[head..]) else {
            return plain(literals, 0, literals, out);
        };
        let table = &self.tables[self.current ^ usize::from(kind == 2)];
        let single = size < 256;
        let body = &mut out[head + description..];
        let streams =
            if single { table.stream(literals, body) } else { four_streams(table, literals, body) };
        let gain = if strategy >= Strategy::Ultra { strategy as u32 - 1 } else { 6 };
        let Some(compressed) = streams
            .map(|streams| description + streams)
            .filter(|compressed| head + compressed + (size >> gain) + 2 < size + head)
        else {
            self.replaced = false;
            return plain(literals, 0, literals, out);
        };
        let (format, bits) = match head {
            3 => (u64::from(!single), 10),
            4 => (2, 14),
            _ => (3, 18),
        };
        let value = kind | format << 2 | (size as u64) << 4 | (compressed as u64) << (4 + bits);
        out[..head].copy_from_slice(&value.to_le_bytes()[..head]);
        Some(head + compressed)
    }

    /// A new table (2), its description written to `out`, or the one there is (3), whichever is shorter in all. `None`
    /// where neither is possible: bytes that are about equally frequent.
    fn choose(&mut self, size: usize, strategy: Strategy, out: &mut [u8]) -> Option<(u64, usize)> {
        let repeated = if self.valid { self.tables[self.current].cost(&self.counts) } else { None };
        // For little data and speed, what is there will do.
        if repeated.is_some() && strategy < Strategy::Lazy && size <= 1024 {
            return Some((3, 0));
        }
        let max_symbol = self.counts.iter().rposition(|&count| count > 0).unwrap_or(0) as u32;
        let limit = depth_limit(size as u32, max_symbol);
        let new = &mut self.tables[self.current ^ 1];
        new.build(&self.counts, limit);
        let mut described = new.describe(out);
        let cost = |table: &HuffmanTable, described: usize, counts: &Counts| {
            described + table.cost(counts).unwrap_or(usize::MAX / 2)
        };
        if strategy >= Strategy::Ultra
            && let Some(first) = described
        {
            // Shorter codes have a shorter description: keep the depth that is best in all.
            let mut best = (cost(new, first, &self.counts), limit);
            let symbols = self.counts.iter().filter(|&&count| count > 0).count() as u32;
            let least = 32 - (symbols.max(2) - 1).leading_zeros();
            for depth in least..limit {
                new.build(&self.counts, depth);
                if let Some(described) = new.describe(out) {
                    best = best.min((cost(new, described, &self.counts), depth));
                }
            }
            new.build(&self.counts, best.1);
            described = new.describe(out);
        }
        match (repeated, described) {
            (Some(old), Some(described)) => {
                let new = cost(new, described, &self.counts);
                if old <= new || described + 12 >= size {
                    return Some((3, 0));
                }
            }
            (Some(_), None) => return Some((3, 0)),
            (None, _) => {}
        }
        let described = described?;
        self.replaced = true;
        Some((2, described))
    }
}

/// The longest code that pays for `size` literals.
fn depth_limit(size: u32, max_symbol: u32) -> u32 {
    let high = |value: u32| (value | 1).ilog2();
    let least = (high(size) + 1).min(high(max_symbol) + 2);
    MAX_HUFFMAN_BITS.min(high(size - 1).saturating_sub(1)).max(least).clamp(5, MAX_HUFFMAN_BITS)
}

/// Whether both ends look as if no byte were more frequent than others.
fn looks_random(literals: &[u8], counts: &mut Counts) -> bool {
    const SAMPLE: usize = 4096;
    let mut most = 0;
    for sample in [&literals[..SAMPLE], &literals[literals.len() - SAMPLE..]] {
        count(sample, counts);
        most += counts.iter().max().copied().unwrap_or(0) as usize;
    }
    most <= ((2 * SAMPLE) >> 7) + 4
}

/// A section of raw (0) or repeated (1) literals.
fn plain(literals: &[u8], kind: u32, body: &[u8], out: &mut [u8]) -> Option<usize> {
    let size = literals.len() as u32;
    let (head, value) = match size {
        0..=31 => (1, kind | size << 3),
        32..=4095 => (2, kind | 1 << 2 | size << 4),
        _ => (3, kind | 3 << 2 | size << 4),
    };
    let end = head + body.len();
    let out = out.get_mut(..end)?;
    out[..head].copy_from_slice(&value.to_le_bytes()[..head]);
    out[head..].copy_from_slice(body);
    Some(end)
}

/// Four streams behind the table of the sizes of the first three.
fn four_streams(table: &HuffmanTable, literals: &[u8], out: &mut [u8]) -> Option<usize> {
    let quarter = literals.len().div_ceil(4);
    let mut at = 6;
    for (i, part) in literals.chunks(quarter).enumerate() {
        let size = table.stream(part, out.get_mut(at..)?)?;
        if i < 3 {
            let size = u16::try_from(size).ok()?;
            out[2 * i..2 * i + 2].copy_from_slice(&size.to_le_bytes());
        }
        at += size;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_in_range() {
        for size in [6, 7, 64, 1000, 131_072] {
            for max_symbol in [1, 2, 127, 255] {
                assert!((5..=11).contains(&depth_limit(size, max_symbol)));
            }
        }
    }
}
