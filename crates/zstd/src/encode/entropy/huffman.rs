//! Huffman codes of literals: lengths, description, streams (RFC 8878, 4.2).

use super::bits::BitWriter;
use super::fse::{FseTable, accuracy};
use crate::codes::MAX_HUFFMAN_BITS;

/// How often each byte occurs.
pub(crate) type Counts = [u32; 256];

/// The codes of a table.
#[derive(Clone)]
pub(crate) struct HuffmanTable {
    /// Code << 4 | length; 0 where a byte has no code.
    codes: [u16; 256],
    max_bits: u32,
    max_symbol: usize,
}

impl HuffmanTable {
    pub(crate) fn empty() -> Self {
        Self { codes: [0; 256], max_bits: 0, max_symbol: 0 }
    }

    /// Makes codes of at most `limit` bits for `counts`, in which two bytes or more occur.
    pub(crate) fn build(&mut self, counts: &Counts, limit: u32) {
        let mut lengths = [0_u8; 256];
        lengths_of(counts, limit.min(MAX_HUFFMAN_BITS), &mut lengths);
        self.set_lengths(&lengths);
    }

    /// Gives out codes for lengths that fill the code space (4.2.1.3): longest first, then by byte.
    pub(crate) fn set_lengths(&mut self, lengths: &[u8; 256]) {
        let mut per_length = [0_u16; 16];
        for &length in lengths {
            per_length[usize::from(length & 15)] += 1;
        }
        per_length[0] = 0;
        let mut next = [0_u16; 16];
        let mut code = 0_u16;
        self.max_bits = 0;
        for length in (1..16).rev() {
            next[length] = code;
            code = (code + per_length[length]) >> 1;
            if per_length[length] > 0 && self.max_bits == 0 {
                self.max_bits = length as u32;
            }
        }
        self.max_symbol = 0;
        for (symbol, &length) in lengths.iter().enumerate() {
            self.codes[symbol] = 0;
            if length > 0 {
                let code = &mut next[usize::from(length & 15)];
                self.codes[symbol] = (*code << 4) | u16::from(length);
                *code += 1;
                self.max_symbol = symbol;
            }
        }
    }

    /// What `counts` take with this table in bytes; `None` where a byte that occurs has no code.
    pub(crate) fn cost(&self, counts: &Counts) -> Option<usize> {
        let mut bits = 0_usize;
        for (&count, &code) in counts.iter().zip(&self.codes) {
            if count > 0 && code == 0 {
                return None;
            }
            bits += count as usize * usize::from(code & 15);
        }
        Some(bits >> 3)
    }

    /// Writes the description (4.2.1): weights by FSE or four bits each, whichever is shorter. `None` where there is
    /// no way to write it.
    pub(crate) fn describe(&self, out: &mut [u8]) -> Option<usize> {
        let mut weights = [0_u8; 256];
        for (weight, &code) in weights.iter_mut().zip(&self.codes[..self.max_symbol]) {
            if code != 0 {
                *weight = self.max_bits as u8 + 1 - (code & 15) as u8;
            }
        }
        let weights = &weights[..self.max_symbol];
        if out.len() < 160 {
            return None;
        }
        if let Some(size) = describe_by_fse(weights, &mut out[1..140])
            && size < weights.len().div_ceil(2).min(128)
        {
            out[0] = size as u8;
            return Some(1 + size);
        }
        if weights.len() > 128 {
            return None;
        }
        out[0] = 127 + weights.len() as u8;
        for (byte, pair) in out[1..].iter_mut().zip(weights.chunks(2)) {
            *byte = pair[0] << 4 | pair.get(1).copied().unwrap_or(0);
        }
        Some(1 + weights.len().div_ceil(2))
    }

    /// Writes one stream; returns its bytes.
    #[inline(never)]
    pub(crate) fn stream(&self, literals: &[u8], out: &mut [u8]) -> Option<usize> {
        let mut writer = BitWriter::new(out);
        let codes = &self.codes;
        let (rest, quads) = literals.as_rchunks::<4>();
        for quad in quads.iter().rev() {
            for &byte in quad.iter().rev() {
                let code = codes[usize::from(byte)];
                writer.add(u64::from(code >> 4), u32::from(code & 15));
            }
            writer.flush();
        }
        for &byte in rest.iter().rev() {
            let code = codes[usize::from(byte)];
            writer.add(u64::from(code >> 4), u32::from(code & 15));
        }
        writer.flush();
        writer.finish()
    }
}

/// Weights by FSE with two states in turn (4.2.1.2).
fn describe_by_fse(weights: &[u8], out: &mut [u8]) -> Option<usize> {
    if weights.len() < 2 {
        return None;
    }
    let mut counts = [0_u32; 16];
    for &weight in weights {
        counts[usize::from(weight & 15)] += 1;
    }
    let total = weights.len() as u32;
    let most = counts.iter().max().copied().unwrap_or(0);
    if most == total || most == 1 {
        return None;
    }
    let max_symbol = counts.iter().rposition(|&count| count > 0).unwrap_or(0) as u32;
    let mut table = FseTable::empty();
    table.normalise(&counts, total, accuracy(6, total, max_symbol), false);
    table.build();
    let head = table.describe(out)?;
    let mut writer = BitWriter::new(&mut out[head..]);
    let mut states = [None; 2];
    for (i, &weight) in weights.iter().enumerate().rev() {
        let state = &mut states[i & 1];
        *state = Some(match *state {
            None => table.start(weight),
            Some(old) => {
                let (new, bits, count) = table.step(old, weight);
                writer.add(bits, count);
                writer.flush();
                new
            }
        });
    }
    for state in states.into_iter().rev().flatten() {
        writer.add(table.rest(state), table.log);
        writer.flush();
    }
    Some(head + writer.finish()?)
}

/// Lengths of an optimal prefix code, then cut to `limit`.
fn lengths_of(counts: &Counts, limit: u32, lengths: &mut [u8; 256]) {
    // Count and byte in one word, ascending.
    let mut nodes = [0_u32; 256];
    let mut symbols = [0_u8; 256];
    let n = sorted(counts, &mut nodes, &mut symbols);
    if n < 2 {
        return;
    }
    let depths = &mut nodes[..n];
    minimum_redundancy(depths);
    // Kraft sum in units of 2^-limit after cutting.
    let mut sum = 0_i32;
    for depth in depths.iter_mut() {
        *depth = (*depth).min(limit);
        sum += 1 << (limit - *depth);
    }
    let full = 1_i32 << limit;
    // Too many short codes: lengthen the longest that is not at the limit, the rarest of its length first.
    let mut at = 0;
    while sum > full {
        while depths[at] >= limit {
            at += 1;
        }
        let depth = depths[at];
        depths[at] += 1;
        sum -= 1 << (limit - depth - 1);
    }
    // What is free now goes to the most frequent that it fits.
    while sum < full {
        let free = full - sum;
        let Some(depth) =
            depths.iter_mut().rev().find(|depth| **depth > 1 && 1 << (limit - **depth) <= free)
        else {
            break;
        };
        sum += 1 << (limit - *depth);
        *depth -= 1;
    }
    for (&depth, &symbol) in depths.iter().zip(&symbols) {
        lengths[usize::from(symbol)] = depth as u8;
    }
}

/// Sorts the bytes that occur by count, ascending: three passes of a radix sort. Returns how many there are.
fn sorted(counts: &Counts, nodes: &mut [u32; 256], symbols: &mut [u8; 256]) -> usize {
    let mut keys = [0_u32; 256];
    let mut n = 0;
    for (symbol, &count) in counts.iter().enumerate() {
        if count > 0 {
            keys[n & 255] = count.min((1 << 24) - 1) << 8 | symbol as u32;
            n += 1;
        }
    }
    let keys = &mut keys[..n];
    let mut other = [0_u32; 256];
    for shift in [8, 14, 20] {
        let mut starts = [0_u32; 65];
        for key in &*keys {
            starts[((key >> shift) & 63) as usize + 1] += 1;
        }
        for i in 1..65 {
            starts[i] += starts[i - 1];
        }
        for key in &*keys {
            let start = &mut starts[((key >> shift) & 63) as usize];
            other[*start as usize & 255] = *key;
            *start += 1;
        }
        keys.copy_from_slice(&other[..n]);
    }
    for (i, key) in keys.iter().enumerate() {
        nodes[i] = key >> 8;
        symbols[i] = *key as u8;
    }
    n
}

/// Turns ascending weights into code lengths in place (Moffat and Katajainen, 1995).
fn minimum_redundancy(a: &mut [u32]) {
    let n = a.len();
    if n < 2 {
        return;
    }
    a[0] += a[1];
    let mut root = 0;
    let mut leaf = 2;
    for next in 1..n - 1 {
        let mut take = |a: &mut [u32]| {
            if leaf >= n || (root < next && a[root] < a[leaf]) {
                let weight = a[root];
                a[root] = next as u32;
                root += 1;
                weight
            } else {
                leaf += 1;
                a[leaf - 1]
            }
        };
        let first = take(a);
        let second = take(a);
        a[next] = first + second;
    }
    a[n - 2] = 0;
    for next in (0..n - 2).rev() {
        a[next] = a[a[next] as usize] + 1;
    }
    // Depths of inner nodes become depths of leaves.
    let mut available = 1;
    let mut used = 0;
    let mut depth = 0;
    // Both count down to 0, one past what they stand for.
    let mut root = n - 1;
    let mut next = n;
    while available > 0 && next > 0 {
        while root > 0 && a[root - 1] == depth {
            used += 1;
            root -= 1;
        }
        while available > used && next > 0 {
            a[next - 1] = depth;
            next -= 1;
            available -= 1;
        }
        available = 2 * used;
        depth += 1;
        used = 0;
    }
}

/// Counts bytes, in four tables so that runs of one byte do not wait for each other.
pub(crate) fn count(bytes: &[u8], counts: &mut Counts) {
    *counts = [0; 256];
    let (quads, rest) = bytes.as_chunks::<4>();
    if quads.len() < 400 {
        for &byte in bytes {
            counts[usize::from(byte)] += 1;
        }
        return;
    }
    let mut more = [[0_u32; 256]; 3];
    for &[a, b, c, d] in quads {
        counts[usize::from(a)] += 1;
        more[0][usize::from(b)] += 1;
        more[1][usize::from(c)] += 1;
        more[2][usize::from(d)] += 1;
    }
    for &byte in rest {
        counts[usize::from(byte)] += 1;
    }
    for other in &more {
        for (count, other) in counts.iter_mut().zip(other) {
            *count += other;
        }
    }
}
