//! Huffman codes (T.81, annexes C and K.2).

use crate::standard::Lengths;

/// The longest code there may be.
const LONGEST: usize = 16;

/// A code for some of 256 symbols.
pub(super) struct Code {
    /// How many codes there are of each length from 1 to 16.
    pub(super) counts: [u8; LONGEST],
    /// The symbols in the order of their codes.
    pub(super) symbols: Vec<u8>,
    /// For each symbol its code, and above 16 bits of it the code's length.
    entries: [u32; 256],
}

impl Code {
    /// A code and its length, 0 where the symbol has none.
    #[inline(always)]
    pub(super) fn of(&self, symbol: u8) -> (u64, u32) {
        let entry = self.entries[usize::from(symbol)];
        (u64::from(entry & 0xFFFF), entry >> 16)
    }

    pub(super) fn standard((counts, symbols): &Lengths) -> Self {
        Self::new(*counts, symbols.to_vec())
    }

    fn new(counts: [u8; LONGEST], symbols: Vec<u8>) -> Self {
        let mut entries = [0; 256];
        let mut code = 0_u32;
        let mut left = symbols.iter();
        for (length, count) in (1_u32..).zip(counts) {
            for symbol in left.by_ref().take(usize::from(count)) {
                entries[usize::from(*symbol)] = length << 16 | code;
                code += 1;
            }
            code <<= 1;
        }
        Self { counts, symbols, entries }
    }

    /// The code that takes the fewest bits for symbols of these frequencies, none longer than 16 and none all ones.
    pub(super) fn optimal(frequencies: &[u32; 256]) -> Self {
        // The rarest first. The first of all stands for the code of ones, and is given to no symbol.
        let mut leaves: Vec<(u64, u8)> = vec![(0, 0)];
        let used = (0..=255_u8).zip(frequencies).filter(|(_, frequency)| **frequency > 0);
        leaves.extend(used.map(|(symbol, frequency)| (u64::from(*frequency), symbol)));
        if leaves.len() == 1 {
            // A table has to have a code.
            leaves.push((1, 0));
        }
        leaves[1..].sort_unstable_by_key(|(frequency, symbol)| (*frequency, u8::MAX - *symbol));
        let mut counts = limit(depths(&leaves));
        // The code of ones is the last of the longest.
        if let Some(count) = counts.iter_mut().rev().find(|count| **count > 0) {
            *count -= 1;
        }
        let symbols = leaves[1..].iter().rev().map(|(_, symbol)| *symbol).collect();
        Self::new(counts.map(|count| count as u8), symbols)
    }
}

/// Huffman's algorithm on leaves in ascending order: how many end at each depth. Sums come in ascending order too, so
/// that two queues take the place of a heap.
fn depths(leaves: &[(u64, u8)]) -> Vec<u32> {
    let count = leaves.len();
    // Leaves, then sums; the last is the root.
    let mut weights: Vec<u64> = leaves.iter().map(|leaf| leaf.0).collect();
    let mut parents = vec![0; 2 * count - 1];
    let (mut leaf, mut sum) = (0, count);
    while weights.len() < 2 * count - 1 {
        let made = weights.len();
        let mut weight = 0;
        for _ in 0..2 {
            let from_leaves = leaf < count && (sum == made || weights[leaf] <= weights[sum]);
            let next = if from_leaves { &mut leaf } else { &mut sum };
            weight += weights[*next];
            parents[*next] = made;
            *next += 1;
        }
        weights.push(weight);
    }
    let mut depths = vec![0_usize; parents.len()];
    let mut counts = vec![0; count.max(LONGEST + 1)];
    for node in (0..parents.len() - 1).rev() {
        depths[node] = depths[parents[node]] + 1;
        if node < count {
            counts[depths[node] - 1] += 1;
        }
    }
    counts
}

/// Shortens the longest codes to 16 bits (T.81, figure K.3): of two siblings one takes the place of their parent, and
/// the other shares that of a shorter code.
fn limit(mut counts: Vec<u32>) -> [u32; LONGEST] {
    for long in (LONGEST..counts.len()).rev() {
        while counts[long] > 0 {
            let Some(short) = (0..long - 1).rev().find(|short| counts[*short] > 0) else { break };
            counts[long] -= 2;
            counts[long - 1] += 1;
            counts[short + 1] += 2;
            counts[short] -= 1;
        }
    }
    core::array::from_fn(|i| counts.get(i).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::CODES;

    fn check(code: &Code, frequencies: &[u32; 256]) {
        let space: u32 =
            (1..).zip(code.counts).map(|(length, count)| u32::from(count) << (16 - length)).sum();
        assert!(space < 1 << 16, "the code of ones is in use");
        for (symbol, frequency) in (0..=255).zip(frequencies) {
            let (value, length) = code.of(symbol);
            assert!(*frequency == 0 || (1..=16).contains(&length), "{symbol}");
            assert!(value < 1 << length);
        }
    }

    #[test]
    fn frequent_symbols_have_short_codes() {
        let mut frequencies = [0; 256];
        for (i, frequency) in [(3, 100), (77, 50), (200, 25), (255, 25)] {
            frequencies[i] = frequency;
        }
        let code = Code::optimal(&frequencies);
        check(&code, &frequencies);
        assert_eq!([3, 77, 200, 255].map(|symbol| code.of(symbol).1), [1, 2, 3, 4]);
    }

    #[test]
    fn skewed_frequencies_stay_within_sixteen_bits() {
        let mut frequencies = [0; 256];
        let (mut a, mut b) = (1_u32, 1_u32);
        for frequency in frequencies.iter_mut().take(40) {
            *frequency = a;
            (a, b) = (b, a + b);
        }
        check(&Code::optimal(&frequencies), &frequencies);
        check(&Code::optimal(&[1; 256]), &[1; 256]);
        let mut one = [0; 256];
        check(&Code::optimal(&one), &one);
        one[9] = 1;
        check(&Code::optimal(&one), &one);
        assert_eq!(Code::optimal(&one).of(9), (0, 1));
    }

    #[test]
    fn standard_codes_are_complete() {
        for lengths in &CODES {
            let code = Code::standard(lengths);
            let count: u32 = code.counts.iter().map(|count| u32::from(*count)).sum();
            assert_eq!(count as usize, code.symbols.len());
            let mut frequencies = [0; 256];
            code.symbols.iter().for_each(|symbol| frequencies[usize::from(*symbol)] += 1);
            assert!(frequencies.iter().all(|frequency| *frequency < 2));
            check(&code, &frequencies);
        }
        // T.81, table K.5.
        assert_eq!(Code::standard(&CODES[1]).of(0x00), (0b1010, 4));
        assert_eq!(Code::standard(&CODES[1]).of(0xF0), (0b111_1111_1001, 11));
    }
}
