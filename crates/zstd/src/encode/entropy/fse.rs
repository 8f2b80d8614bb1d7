//! FSE: distributions fitted to a table, their description, and the encoding side of a table (RFC 8878, 4.1).

use super::bits::BitWriter;
use super::log2;

/// Symbols of the largest alphabet (match lengths), rounded up to a power of two.
pub(crate) const MAX_SYMBOLS: usize = 64;
/// Cells of the largest table.
const MAX_CELLS: usize = 512;

/// What happens to a state when a symbol is encoded.
#[derive(Clone, Copy, Default)]
struct Transform {
    /// Added to the state, the upper half is how many bits leave it.
    bits: u32,
    /// Added to what remains of the state: where the next one stands.
    find: i32,
}

/// A table that encodes, and the distribution it was made from.
#[derive(Clone)]
pub(crate) struct FseTable {
    /// Accuracy: 2^`log` cells.
    pub(crate) log: u32,
    /// Cells of each symbol; -1 is "less than one".
    pub(crate) counts: [i16; MAX_SYMBOLS],
    /// Symbols of the alphabet that are described.
    pub(crate) symbols: usize,
    states: [u16; MAX_CELLS],
    transforms: [Transform; MAX_SYMBOLS],
}

impl FseTable {
    pub(crate) fn empty() -> Self {
        Self {
            log: 0,
            counts: [0; MAX_SYMBOLS],
            symbols: 0,
            states: [0; MAX_CELLS],
            transforms: [Transform::default(); MAX_SYMBOLS],
        }
    }

    /// The table of a distribution of the format.
    pub(crate) fn predefined(counts: &[i16], log: u32) -> Self {
        let mut table = Self::empty();
        table.log = log;
        table.symbols = counts.len();
        table.counts[..counts.len()].copy_from_slice(counts);
        table.build();
        table
    }

    /// Makes this the table of a single symbol, which takes no bits.
    pub(crate) fn set_rle(&mut self, symbol: u8) {
        self.log = 0;
        self.symbols = 0;
        self.states[0] = 0;
        self.transforms[usize::from(symbol) & (MAX_SYMBOLS - 1)] = Transform::default();
    }

    /// Fits `counts`, whose sum is `total`, into 2^`log` cells: every symbol that occurs gets one at least, and what
    /// rounding leaves over goes where it saves most. `rare` writes symbols of at most one cell as "less than one".
    pub(crate) fn normalise(&mut self, counts: &[u32], total: u32, log: u32, rare: bool) {
        self.log = log;
        let size = 1_i32 << log;
        let mut left = size;
        self.symbols = 0;
        self.counts = [0; MAX_SYMBOLS];
        for (symbol, (cells, &count)) in self.counts.iter_mut().zip(counts).enumerate() {
            if count > 0 {
                *cells = (((count << log) + total / 2) / total).max(1) as i16;
                left -= i32::from(*cells);
                self.symbols = symbol + 1;
            }
        }
        while left != 0 {
            let up = left > 0;
            let step = if up { 1 } else { -1 };
            let mut best = None;
            for (symbol, (&cells, &count)) in self.counts.iter().zip(counts).enumerate() {
                if cells == 0 || (!up && cells == 1) {
                    continue;
                }
                // The slope of count * log2(cells) half a step away.
                let slope = (count << 9) / (2 * i32::from(cells) + step).unsigned_abs();
                if best.is_none_or(|(_, other)| if up { slope > other } else { slope < other }) {
                    best = Some((symbol, slope));
                }
            }
            let Some((symbol, _)) = best else { break };
            self.counts[symbol] += step as i16;
            left -= step;
        }
        if rare {
            for (cells, &count) in self.counts.iter_mut().zip(counts) {
                if *cells == 1 && count << log <= total {
                    *cells = -1;
                }
            }
        }
    }

    /// Fills the tables from `counts` and `log` (4.1.1).
    pub(crate) fn build(&mut self) {
        let size = 1_usize << self.log;
        let mask = size - 1;
        let mut symbol_of = [0_u8; MAX_CELLS];
        let mut first = [0_u16; MAX_SYMBOLS];
        let mut high = size;
        let mut total = 0_u16;
        for (symbol, &cells) in self.counts[..self.symbols].iter().enumerate() {
            first[symbol] = total;
            total += cells.unsigned_abs();
            if cells == -1 {
                high -= 1;
                symbol_of[high & (MAX_CELLS - 1)] = symbol as u8;
            }
            let find = i32::from(first[symbol]);
            let (bits, taken) = if cells > 1 {
                let cells = u32::from(cells.unsigned_abs());
                let bits = self.log - (cells - 1).ilog2();
                ((bits << 16).wrapping_sub(cells << bits), cells.cast_signed())
            } else {
                ((self.log << 16).wrapping_sub(1 << self.log), 1)
            };
            self.transforms[symbol] = Transform { bits, find: find - taken };
        }
        let step = (size >> 1) + (size >> 3) + 3;
        let mut at = 0;
        for (symbol, &cells) in self.counts[..self.symbols].iter().enumerate() {
            for _ in 0..cells.max(0) {
                symbol_of[at & (MAX_CELLS - 1)] = symbol as u8;
                at = (at + step) & mask;
                while at >= high {
                    at = (at + step) & mask;
                }
            }
        }
        for (cell, &symbol) in symbol_of[..size].iter().enumerate() {
            let slot = &mut first[usize::from(symbol) & (MAX_SYMBOLS - 1)];
            self.states[usize::from(*slot) & (MAX_CELLS - 1)] = (size + cell) as u16;
            *slot += 1;
        }
    }

    /// What `counts` take with this table, in 1/256 bits; `None` where a symbol has no cell.
    pub(crate) fn cost(&self, counts: &[u32]) -> Option<u64> {
        let mut cost = 0;
        for (symbol, &count) in counts.iter().enumerate() {
            if count > 0 {
                let cells = if symbol < self.symbols { self.counts[symbol & 63] } else { 0 };
                if cells == 0 {
                    return None;
                }
                let bits = self.log * 256 - log2(u32::from(cells.unsigned_abs()));
                cost += u64::from(count) * u64::from(bits);
            }
        }
        Some(cost)
    }

    /// Writes the description of the distribution (4.1.1). Returns the bytes written.
    pub(crate) fn describe(&self, out: &mut [u8]) -> Option<usize> {
        let mut writer = BitWriter::new(out);
        writer.add(u64::from(self.log - 5), 4);
        let mut remaining = (1_i32 << self.log) + 1;
        let mut threshold = 1_i32 << self.log;
        let mut bits = self.log + 1;
        let mut symbol = 0;
        let mut after_zero = false;
        while symbol < self.symbols && remaining > 1 {
            if after_zero {
                let mut from = symbol;
                while symbol < self.symbols && self.counts[symbol] == 0 {
                    symbol += 1;
                }
                while symbol >= from + 3 {
                    writer.add(3, 2);
                    writer.flush();
                    from += 3;
                }
                writer.add((symbol - from) as u64, 2);
                if symbol == self.symbols {
                    break;
                }
            }
            let cells = i32::from(self.counts[symbol]);
            symbol += 1;
            let most = 2 * threshold - 1 - remaining;
            remaining -= cells.abs();
            let mut value = cells + 1;
            after_zero = value == 1;
            if value >= threshold {
                value += most;
            }
            writer.add(u64::from(value.cast_unsigned()), bits - u32::from(value < most));
            writer.flush();
            while remaining < threshold && threshold > 1 {
                bits -= 1;
                threshold >>= 1;
            }
        }
        writer.finish_forward()
    }

    /// The state that encodes `symbol` as the last one of a stream.
    #[inline]
    pub(crate) fn start(&self, symbol: u8) -> u32 {
        let transform = self.transforms[usize::from(symbol) & (MAX_SYMBOLS - 1)];
        let bits = transform.bits.wrapping_add(1 << 15) >> 16;
        let value = (bits << 16).wrapping_sub(transform.bits);
        self.cell((value >> (bits & 31)).cast_signed() + transform.find)
    }

    /// The next state, and the bits that the old one gives out.
    #[inline(always)]
    pub(crate) fn step(&self, state: u32, symbol: u8) -> (u32, u64, u32) {
        let transform = self.transforms[usize::from(symbol) & (MAX_SYMBOLS - 1)];
        let bits = state.wrapping_add(transform.bits) >> 16;
        let out = state & ((1 << (bits & 31)) - 1);
        (self.cell((state >> (bits & 31)).cast_signed() + transform.find), u64::from(out), bits)
    }

    #[inline(always)]
    fn cell(&self, at: i32) -> u32 {
        u32::from(self.states[at.cast_unsigned() as usize & (MAX_CELLS - 1)])
    }

    /// What remains of a state when its table's bits are cut off.
    #[inline]
    pub(crate) fn rest(&self, state: u32) -> u64 {
        u64::from(state & ((1 << self.log) - 1))
    }
}

/// The accuracy for `total` symbols up to `max_symbol`: fine enough for what occurs, no finer than pays.
pub(crate) fn accuracy(most: u32, total: u32, max_symbol: u32) -> u32 {
    let high = |value: u32| (value | 1).ilog2();
    let least = (high(total) + 1).min(high(max_symbol) + 2);
    most.min(high(total - 1).saturating_sub(2)).max(least).clamp(5, most)
}
