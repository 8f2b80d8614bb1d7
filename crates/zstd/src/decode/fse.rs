//! Finite state entropy: distributions as they are written, and the tables that decode them (RFC 8878, 4.1.1).

/// Most symbols that a distribution of weights or codes can have.
pub(crate) const MAX_SYMBOLS: usize = 256;

/// A distribution of symbols over the states of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    /// The table has two to the power of this many states.
    pub(crate) accuracy: u32,
    /// States per symbol; -1 is "less than one".
    states: [i16; MAX_SYMBOLS],
    symbols: usize,
}

impl Counts {
    pub(crate) fn of(accuracy: u32, counts: &[i16]) -> Self {
        let mut all = [0; MAX_SYMBOLS];
        all[..counts.len()].copy_from_slice(counts);
        Self { accuracy, states: all, symbols: counts.len() }
    }

    /// States per symbol, up to the last symbol that has any.
    pub(crate) fn counts(&self) -> &[i16] {
        &self.states[..self.symbols.min(MAX_SYMBOLS)]
    }

    /// Reads a distribution of at most `max_symbols` symbols; gives back its length in bytes too.
    pub(crate) fn read(
        bytes: &[u8],
        max_symbols: usize,
        max_accuracy: u32,
    ) -> Result<(Self, usize), &'static str> {
        let mut bits = Forward { bytes, at: 0 };
        let accuracy = bits.take(4) + 5;
        if accuracy > max_accuracy {
            return Err("an entropy table of no more states than its kind may have");
        }
        let mut all = Self { accuracy, states: [0; MAX_SYMBOLS], symbols: 0 };
        // States that are left, and one: as the format counts.
        let mut remaining = (1_u32 << accuracy) + 1;
        while remaining > 1 && all.symbols < max_symbols {
            let width = 32 - remaining.leading_zeros();
            let threshold = 1 << (width - 1);
            // Values below this are written with a bit less.
            let short = 2 * threshold - 1 - remaining;
            let low = bits.peek(width - 1);
            let value = if low < short {
                bits.at += width as usize - 1;
                low
            } else {
                let value = bits.take(width);
                if value >= threshold { value - short } else { value }
            };
            let count = value.cast_signed() - 1;
            remaining = remaining.wrapping_sub(count.unsigned_abs());
            all.states[all.symbols] = count as i16;
            all.symbols += 1;
            if count == 0 {
                // Two bits say how many zeros follow, and 3 that two more bits do.
                loop {
                    let zeros = bits.take(2) as usize;
                    all.symbols += zeros;
                    if zeros < 3 || all.symbols > max_symbols {
                        break;
                    }
                }
            }
        }
        if remaining != 1 || all.symbols > max_symbols {
            return Err("the counts of an entropy table to fill it");
        }
        let used = bits.at.div_ceil(8);
        if used > bytes.len() { Err("an entropy table that is all there") } else { Ok((all, used)) }
    }
}

/// Bits from the first byte on, low ones first; zeros past the end.
struct Forward<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Forward<'_> {
    /// Up to 25 bits.
    fn peek(&self, count: u32) -> u32 {
        let byte = |index| u32::from(self.bytes.get(self.at / 8 + index).copied().unwrap_or(0));
        let word = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
        (word >> (self.at % 8)) & ((1 << count) - 1)
    }

    fn take(&mut self, count: u32) -> u32 {
        let bits = self.peek(count);
        self.at += count as usize;
        bits
    }
}

/// Calls `set` for every state with its symbol, the bits that lead on from it and the lowest state they lead to.
pub(crate) fn states(counts: &Counts, mut set: impl FnMut(usize, u8, u32, u32)) {
    let size = 1_usize << counts.accuracy;
    let mask = size - 1;
    // Symbols by state; on the stack, because a table has at most 512.
    let mut symbols = [0_u8; 512];
    let mut next = [0_u16; MAX_SYMBOLS];
    let mut high = size;
    for (symbol, &count) in counts.counts().iter().enumerate() {
        if count == -1 {
            high -= 1;
            symbols[high & 511] = symbol as u8;
            next[symbol] = 1;
        } else {
            next[symbol] = count.unsigned_abs();
        }
    }
    let step = (size >> 1) + (size >> 3) + 3;
    let mut at = 0;
    for (symbol, &count) in counts.counts().iter().enumerate() {
        for _ in 0..count {
            symbols[at & 511] = symbol as u8;
            at = (at + step) & mask;
            while at >= high {
                at = (at + step) & mask;
            }
        }
    }
    for (state, &symbol) in symbols[..size.min(512)].iter().enumerate() {
        let from = &mut next[usize::from(symbol)];
        let bits = counts.accuracy.saturating_sub(15 - from.leading_zeros());
        set(state, symbol, bits, (u32::from(*from) << bits) - size as u32);
        *from += 1;
    }
}
