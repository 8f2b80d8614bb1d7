//! Prefix codes of limited length from the frequencies of symbols.

/// The longest of the deflate alphabets.
const MAX_SYMBOLS: usize = 288;

/// Sets the length of each symbol's code, 0 where the frequency is 0, none over `limit`. There are always
/// two codes at least: some decoders refuse fewer.
///
/// Huffman's merging over sorted frequencies, in one array (Moffat and Katajainen, 1995), then codes are
/// moved down until none is too long.
pub(crate) fn code_lengths(frequencies: &[u32], limit: usize, lengths: &mut [u8]) {
    // The frequency, and below it the symbol: one block has fewer than 2^22 of each.
    let mut nodes = [0_u32; MAX_SYMBOLS];
    let mut used = 0;
    for (symbol, &frequency) in frequencies.iter().enumerate() {
        lengths[symbol] = 0;
        if frequency > 0 {
            nodes[used] = frequency << 9 | symbol as u32;
            used += 1;
        }
    }
    if used < 2 {
        lengths[0] = 1;
        let other = if used == 1 { (nodes[0] & 511) as usize } else { 0 };
        lengths[other.max(1)] = 1;
        return;
    }
    let nodes = &mut nodes[..used];
    nodes.sort_unstable();
    let mut symbols = [0_u16; MAX_SYMBOLS];
    for (symbol, node) in symbols.iter_mut().zip(&mut *nodes) {
        *symbol = (*node & 511) as u16;
        *node >>= 9;
    }
    let mut counts = count_lengths(nodes, limit);
    // Over the limit by so many codes of the longest kind. Each step takes a shorter code, makes it one bit
    // longer and puts one of the longest beside it: exactly one less.
    let sum: usize = (1..=limit).map(|length| counts[length] << (limit - length)).sum();
    for _ in 1 << limit..sum {
        let mut length = limit - 1;
        while length > 1 && counts[length] == 0 {
            length -= 1;
        }
        counts[length] -= 1;
        counts[length + 1] += 2;
        counts[limit] -= 1;
    }
    // The rarest symbols take the longest codes.
    let mut symbols = symbols[..used].iter();
    for length in (1..=limit).rev() {
        for &symbol in symbols.by_ref().take(counts[length]) {
            lengths[usize::from(symbol)] = length as u8;
        }
    }
}

/// How many codes of each length Huffman's tree has, those over the limit counted as of the limit.
fn count_lengths(nodes: &mut [u32], limit: usize) -> [usize; 16] {
    let used = nodes.len();
    // Merge: `nodes` holds leaves from `leaf` on, weights of trees from `tree` to `next`, and before
    // `tree` the index of each tree's parent.
    let (mut leaf, mut tree) = (0, 0);
    for next in 0..used - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            if leaf < used && (tree == next || nodes[leaf] <= nodes[tree]) {
                weight += nodes[leaf];
                leaf += 1;
            } else {
                weight += nodes[tree];
                nodes[tree] = next as u32;
                tree += 1;
            }
        }
        nodes[next] = weight;
    }
    // From the root down: the depth of each tree in place of its parent, and the leaves that a depth has
    // room for beside its trees.
    let mut counts = [0; 16];
    let last = used - 2;
    nodes[last] = 0;
    for node in (0..last).rev() {
        nodes[node] = nodes[nodes[node] as usize] + 1;
    }
    let (mut depth, mut room, mut node, mut left) = (0, 1_usize, used - 1, used);
    while left > 0 {
        let mut trees = 0;
        while node > 0 && nodes[node - 1] == depth {
            node -= 1;
            trees += 1;
        }
        let leaves = room - trees;
        counts[(depth as usize).min(limit)] += leaves;
        left -= leaves;
        room = trees * 2;
        depth += 1;
    }
    counts
}

/// The canonical codes (RFC 1951, section 3.2.2), first bit lowest.
pub(crate) fn codewords(lengths: &[u8], codes: &mut [u16]) {
    let mut counts = [0_u16; 16];
    for &length in lengths {
        counts[usize::from(length & 15)] += 1;
    }
    counts[0] = 0;
    let mut next = [0_u16; 17];
    for length in 1..16 {
        next[length + 1] = (next[length] + counts[length]) << 1;
    }
    for (&length, code) in lengths.iter().zip(codes) {
        let place = &mut next[usize::from(length & 15)];
        *code = (place.reverse_bits()).wrapping_shr(16 - u32::from(length));
        *place = place.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(frequencies: &[u32], limit: usize) {
        let mut lengths = [0; MAX_SYMBOLS];
        code_lengths(frequencies, limit, &mut lengths[..frequencies.len()]);
        let sum: usize = (1..=limit)
            .map(|bits| {
                lengths.iter().filter(|&&length| usize::from(length) == bits).count()
                    << (limit - bits)
            })
            .sum();
        assert_eq!(sum, 1 << limit, "{frequencies:?} {lengths:?}");
        for (frequency, length) in frequencies.iter().zip(lengths) {
            assert!(*frequency == 0 || length > 0);
        }
    }

    #[test]
    fn fibonacci_frequencies_stay_within_the_limit() {
        let mut frequencies = vec![1, 1];
        for i in 2..26 {
            frequencies.push(frequencies[i - 1] + frequencies[i - 2]);
        }
        check(&frequencies, 15);
        check(&frequencies, 7);
    }

    #[test]
    fn few_symbols() {
        check(&[0; 30], 15);
        for symbol in 0..19 {
            let mut frequencies = [0; 19];
            frequencies[symbol] = 9;
            check(&frequencies, 7);
        }
        check(&[7, 9], 7);
    }

    proptest! {
        #[test]
        fn codes_are_complete(frequencies in prop::collection::vec(0_u32..100_000, 2..288)) {
            check(&frequencies, 14);
        }

        #[test]
        fn short_codes_are_complete(frequencies in prop::collection::vec(0_u32..2_000, 19)) {
            check(&frequencies, 7);
        }
    }
}
