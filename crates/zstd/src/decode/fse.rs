//! Finite state entropy: the description of a distribution and the decoding table made of it (RFC 8878, 4.1).

/// A state of a table of sequence codes: what its code means, and how to get to the next state.
#[derive(Clone, Copy, Default)]
pub(super) struct Entry {
    /// Where the values of the code begin.
    pub(super) base: u32,
    /// The next state, before the bits that are read for it.
    pub(super) next: u16,
    /// How many bits are read for the next state.
    pub(super) bits: u8,
    /// How many bits are read for the value.
    pub(super) extra: u8,
}

/// More symbols than any distribution has.
pub(crate) const MAX_SYMBOLS: usize = 256;

/// How probable each symbol is, in parts of `1 << accuracy`; -1 is "less than one".
#[derive(Clone, Debug)]
pub(crate) struct Distribution<const N: usize> {
    /// The counts, 0 past the last symbol that is described.
    pub(crate) counts: [i16; N],
    /// The logarithm of their sum.
    pub(crate) accuracy: u32,
    /// How many symbols are described.
    pub(crate) symbols: usize,
}

/// Reads the description of a distribution (4.1.1) of at most `N` symbols. Returns it and how many bytes it
/// takes.
pub(crate) fn read_distribution<const N: usize>(
    source: &[u8],
    max_accuracy: u32,
) -> Result<(Distribution<N>, usize), &'static str> {
    const EXPECTED: &str = "a distribution of symbols that adds up";
    let mut at = 4_usize;
    // 32 bits from bit `at` on, 0 past the end.
    let peek = |at: usize| {
        let rest = source.get(at / 8..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)),
        };
        (word >> (at % 8)) as u32
    };
    let accuracy = (peek(0) & 15) + 5;
    if accuracy > max_accuracy {
        return Err("a distribution of no higher accuracy than its kind may have");
    }
    let mut counts = [0_i16; N];
    let mut symbol = 0;
    // What is left to give away, plus one.
    let mut remaining = (1_i32 << accuracy) + 1;
    while remaining > 1 {
        let Some(count) = counts.get_mut(symbol) else { return Err(EXPECTED) };
        // A value from 0 to `remaining`, in one bit less where that is unambiguous.
        let width = remaining.ilog2() + 1;
        let half = 1_i32 << (width - 1);
        let short = 2 * half - 1 - remaining;
        let word = peek(at).cast_signed();
        let mut value = word & (half - 1);
        if value < short {
            at += width as usize - 1;
        } else {
            value = word & (2 * half - 1);
            if value >= half {
                value -= short;
            }
            at += width as usize;
        }
        *count = (value - 1) as i16;
        remaining -= (value - 1).abs();
        symbol += 1;
        if value == 1 {
            // How many more symbols have none, in steps of up to three.
            loop {
                let repeat = (peek(at) & 3) as usize;
                at += 2;
                symbol += repeat;
                if repeat < 3 || symbol > N {
                    break;
                }
            }
        }
    }
    let len = at.div_ceil(8);
    if remaining != 1 || symbol > N || len > source.len() {
        return Err(EXPECTED);
    }
    Ok((Distribution { counts, accuracy, symbols: symbol }, len))
}

/// More states than any table has.
const MAX_STATES: usize = 512;

/// Spreads the symbols over the states (4.1.1): calls `set` for each state with its symbol, the base of the
/// next state and how many bits to add to it. `counts` add up to `1 << accuracy`, at most [`MAX_STATES`].
#[inline]
fn spread(counts: &[i16], accuracy: u32, mut set: impl FnMut(usize, usize, u16, u8)) {
    let size = (1_usize << accuracy).min(MAX_STATES);
    let mask = size - 1;
    let mut cells = [0_u8; MAX_STATES];
    // The symbols in order, each as often as it counts; written eight at a time, so that most take one store.
    let mut line = [0_u8; MAX_STATES + 8];
    let mut next = [0_u16; MAX_SYMBOLS];
    let mut last = mask;
    let mut end = 0;
    for (symbol, (&count, next)) in counts.iter().zip(&mut next).enumerate() {
        *next = count.unsigned_abs();
        if count == -1 {
            cells[last & (MAX_STATES - 1)] = symbol as u8;
            last = last.wrapping_sub(1);
            continue;
        }
        let after = end + usize::from(*next);
        while end < after {
            if let Some(eight) = line.get_mut(end..end + 8) {
                eight.copy_from_slice(&[symbol as u8; 8]);
            }
            end += 8;
        }
        end = after;
    }
    let step = (size >> 1) + (size >> 3) + 3;
    let mut position = 0;
    for &symbol in line.iter().take(end) {
        cells[position & (MAX_STATES - 1)] = symbol;
        position = (position + step) & mask;
        while position > last {
            position = (position + step) & mask;
        }
    }
    for (state, &symbol) in cells.iter().enumerate().take(size) {
        let symbol = usize::from(symbol);
        let value = next[symbol];
        next[symbol] = value.wrapping_add(1);
        // At least 1: the count of a symbol that has a state.
        let bits = accuracy - value.max(1).ilog2();
        set(state, symbol, (u32::from(value) << bits).wrapping_sub(size as u32) as u16, bits as u8);
    }
}

/// Makes the table of a kind of sequence codes. The counts add up to `1 << accuracy`, at most `table.len()`.
pub(super) fn build(
    table: &mut [Entry],
    counts: &[i16],
    accuracy: u32,
    value: impl Fn(usize) -> (u32, u8),
) {
    spread(counts, accuracy, |state, symbol, next, bits| {
        let (base, extra) = value(symbol);
        if let Some(entry) = table.get_mut(state) {
            *entry = Entry { base, next, bits, extra };
        }
    });
}

/// Highest accuracy of the table of Huffman weights (4.2.1.2).
pub(super) const MAX_WEIGHT_ACCURACY: u32 = 6;

/// A state of the table of Huffman weights.
#[derive(Clone, Copy, Default)]
pub(super) struct WeightEntry {
    pub(super) weight: u8,
    /// How many bits are read for the next state.
    pub(super) bits: u8,
    /// The next state, before them.
    pub(super) next: u16,
}

/// Makes the table of Huffman weights.
pub(super) fn build_weights(counts: &[i16], accuracy: u32) -> [WeightEntry; 64] {
    let mut table = [WeightEntry::default(); 64];
    spread(counts, accuracy, |state, symbol, next, bits| {
        table[state & 63] = WeightEntry { weight: symbol as u8, bits, next };
    });
    table
}
