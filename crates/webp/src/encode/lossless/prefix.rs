//! Prefix codes: lengths by Huffman's algorithm, and how they are written; RFC 9649, section 3.7.2.

use super::bits::BitWriter;

/// The longest code.
const MAX_LENGTH: u8 = 15;

/// The order in which lengths of the code of lengths are written.
const LENGTH_ORDER: [usize; 19] =
    [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Codes of an alphabet, the first bit lowest, with their lengths.
pub(super) struct Code {
    codes: Vec<(u16, u8)>,
}

/// Lengths of codes, at most `limit`, by how often symbols occur. Where a single one occurs, it has length 1.
fn lengths(counts: &[u32], limit: u8) -> Vec<u8> {
    let mut lengths = vec![0; counts.len()];
    let used: Vec<usize> = (0..counts.len()).filter(|&symbol| counts[symbol] > 0).collect();
    if let [one] = used[..] {
        lengths[one] = 1;
    }
    if used.len() < 2 {
        return lengths;
    }
    // The less counts differ, the shorter the longest code.
    for shift in 0..32 {
        let floor = if shift == 0 { 1 } else { 1 << (shift - 1) };
        let weight = |&symbol: &usize| (u64::from(counts[symbol].max(floor)), symbol);
        let mut sorted: Vec<(u64, usize)> = used.iter().map(weight).collect();
        sorted.sort_unstable();
        // Leaves, then inner nodes as they arise: both are sorted, so that the least are at the front of either.
        let mut weights: Vec<u64> = sorted.iter().map(|leaf| leaf.0).collect();
        let leaves = sorted.len();
        let mut parents = vec![0; 2 * leaves - 1];
        let (mut leaf, mut inner) = (0, leaves);
        while weights.len() < 2 * leaves - 1 {
            let mut sum = 0;
            for _ in 0..2 {
                let from_leaves =
                    leaf < leaves && (inner == weights.len() || weights[leaf] <= weights[inner]);
                let least = if from_leaves { &mut leaf } else { &mut inner };
                sum += weights[*least];
                parents[*least] = weights.len();
                *least += 1;
            }
            weights.push(sum);
        }
        let mut depths = vec![0_u8; 2 * leaves - 1];
        for node in (0..2 * leaves - 2).rev() {
            depths[node] = depths[parents[node]].saturating_add(1);
        }
        if depths.iter().all(|&depth| depth <= limit) {
            for (leaf, &depth) in sorted.iter().zip(&depths) {
                lengths[leaf.1] = depth;
            }
            break;
        }
    }
    lengths
}

/// Canonical codes of lengths.
fn canonical(lengths: &[u8]) -> Vec<(u16, u8)> {
    let mut next = [0_u16; 17];
    for &length in lengths {
        next[usize::from(length) + 1] += u16::from(length > 0);
    }
    let mut code = 0;
    for start in &mut next[1..16] {
        code = (code + *start) << 1;
        *start = code;
    }
    let codes = lengths.iter().map(|&length| {
        if length == 0 {
            return (0, 0);
        }
        let code = &mut next[usize::from(length)];
        *code += 1;
        ((*code - 1).reverse_bits() >> (16 - length), length)
    });
    codes.collect()
}

/// Lengths in runs, section 3.7.2.1.2: the symbol, the value of its extra bits and how many these are.
fn runs(lengths: &[u8]) -> Vec<(u8, u32, u32)> {
    let mut runs = Vec::new();
    let mut before = 8;
    for group in lengths.chunk_by(|a, b| a == b) {
        let length = group[0];
        let mut left = group.len() as u32;
        if length == 0 {
            while left >= 3 {
                let run = left.min(138);
                let symbol = if run < 11 { (17, run - 3, 3) } else { (18, run - 11, 7) };
                runs.push(symbol);
                left -= run;
            }
        } else {
            if length != before {
                runs.push((length, 0, 0));
                left -= 1;
            }
            before = length;
            while left >= 3 {
                let run = left.min(6);
                runs.push((16, run - 3, 2));
                left -= run;
            }
        }
        runs.extend((0..left).map(|_| (length, 0, 0)));
    }
    runs
}

impl Code {
    /// Writes the code that suits the counts of an alphabet best.
    pub(super) fn write(counts: &[u32], to: &mut BitWriter) -> Self {
        let used: Vec<usize> =
            (0..counts.len()).filter(|&symbol| counts[symbol] > 0).take(3).collect();
        if used.len() < 3 && used.iter().all(|&symbol| symbol < 256) {
            return Self::write_simple(counts.len(), &used, to);
        }
        let lengths = lengths(counts, MAX_LENGTH);
        let runs = runs(&lengths);
        // Zeros at the end need not be written.
        let mut needed = runs.len();
        while needed > 0 && matches!(runs[needed - 1].0, 0 | 17 | 18) {
            needed -= 1;
        }
        let mut counts = [0; 19];
        let saved: u32 = runs[needed..].iter().map(|run| 4 + run.2).sum();
        let trimmed = needed > 1 && saved > 12;
        let runs = if trimmed { &runs[..needed] } else { &runs[..] };
        for run in runs {
            counts[usize::from(run.0)] += 1;
        }
        let of_lengths = self::lengths(&counts, 7);
        let written =
            LENGTH_ORDER.iter().rposition(|&symbol| of_lengths[symbol] > 0).unwrap_or(0).max(3) + 1;
        to.put(0, 1);
        to.put(written as u32 - 4, 4);
        for &symbol in &LENGTH_ORDER[..written] {
            to.put(u32::from(of_lengths[symbol]), 3);
        }
        to.put(u32::from(trimmed), 1);
        if trimmed {
            let bits = (u32::BITS - (runs.len() as u32 - 2).leading_zeros()).max(1).div_ceil(2);
            to.put(bits - 1, 3);
            to.put(runs.len() as u32 - 2, 2 * bits);
        }
        let codes = drop_single(canonical(&of_lengths));
        for &(symbol, extra, bits) in runs {
            let (code, length) = codes[usize::from(symbol)];
            to.put(u32::from(code), u32::from(length));
            to.put(extra, bits);
        }
        Self { codes: drop_single(canonical(&lengths)) }
    }

    /// At most two symbols below 256; section 3.7.2.1.1.
    fn write_simple(size: usize, used: &[usize], to: &mut BitWriter) -> Self {
        let mut codes = vec![(0, 0); size];
        let first = used.first().copied().unwrap_or(0);
        to.put(1, 1);
        to.put(u32::from(used.len() == 2), 1);
        to.put(u32::from(first > 1), 1);
        to.put(first as u32, if first > 1 { 8 } else { 1 });
        if let [first, second] = *used {
            to.put(second as u32, 8);
            codes[first] = (0, 1);
            codes[second] = (1, 1);
        }
        Self { codes }
    }

    #[inline(always)]
    pub(super) fn put(&self, symbol: usize, to: &mut BitWriter) {
        let (code, length) = self.codes[symbol];
        to.put_inline(u32::from(code), u32::from(length));
    }
}

/// The only symbol of an alphabet takes no bits.
fn drop_single(mut codes: Vec<(u16, u8)>) -> Vec<(u16, u8)> {
    if codes.iter().filter(|code| code.1 > 0).count() == 1 {
        codes.fill((0, 0));
    }
    codes
}
