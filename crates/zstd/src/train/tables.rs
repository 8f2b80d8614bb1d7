//! The tables of a dictionary (RFC 8878, 5), made for what samples become with its content.

use alloc::vec::Vec;

use super::trial::Trial;
use crate::codes::{MAX_HUFFMAN_BITS, MAX_LENGTH_ACCURACY, MAX_OFFSET_ACCURACY};
use crate::encode::entropy::fse::FseTable;
use crate::encode::entropy::huffman::HuffmanTable;
use crate::encode::entropy::sequences::{literals_code, match_code, offset_code};
use crate::encode::store::BLOCK;

/// Most bytes that all tables take: at most 129 for literals, then one byte per symbol and three for each other.
pub(super) const MAX_BYTES: usize = 160 + 3 + 3 * 64;
/// Counts are scaled to about this sum.
const SUM: u64 = 1 << 20;

/// How often everything occurred. Whatever could occur counts once, so that every table can say everything.
pub(super) struct Statistics {
    literals: [u64; 256],
    literal_lengths: [u64; 36],
    match_lengths: [u64; 53],
    offsets: [u64; 32],
}

impl Statistics {
    /// For a dictionary with `content` bytes.
    fn new(content: usize) -> Self {
        let mut offsets = [0; 32];
        // libzstd repeats the table without a look at the codes if it has all that a block after the content can use.
        let furthest = (content + BLOCK).min(1 << 30).ilog2() as usize;
        offsets[..=furthest].fill(1);
        Self { literals: [1; 256], literal_lengths: [1; 36], match_lengths: [1; 53], offsets }
    }

    /// Of samples, each after the content that `trial` has.
    pub(super) fn of<'s>(
        trial: &mut Trial,
        content: usize,
        samples: impl Iterator<Item = &'s [u8]>,
    ) -> Self {
        let mut statistics = Self::new(content);
        for sample in samples {
            trial.parse(sample);
            statistics.add(trial);
        }
        statistics
    }

    fn add(&mut self, trial: &Trial) {
        for &byte in trial.store.literals() {
            self.literals[usize::from(byte)] += 1;
        }
        for sequence in &trial.store.sequences {
            self.literal_lengths[usize::from(literals_code(sequence.literals)).min(35)] += 1;
            self.match_lengths[usize::from(match_code(sequence.length)).min(52)] += 1;
            self.offsets[usize::from(offset_code(sequence.offset)) & 31] += 1;
        }
    }

    /// Appends the tables: literals, offsets, match lengths, literals lengths.
    pub(super) fn describe(&self, out: &mut Vec<u8>) -> Option<()> {
        let at = out.len();
        out.resize(at + MAX_BYTES + 64, 0);
        let mut end = at + describe_literals(&scaled(&self.literals), &mut out[at..])?;
        for (counts, log) in [
            (&self.offsets[..], MAX_OFFSET_ACCURACY),
            (&self.match_lengths, MAX_LENGTH_ACCURACY),
            (&self.literal_lengths, MAX_LENGTH_ACCURACY),
        ] {
            let counts = scaled(counts);
            let mut table = FseTable::empty();
            table.normalise(&counts, counts.iter().sum(), log, false);
            end += table.describe(&mut out[end..])?;
        }
        out.truncate(end);
        Some(())
    }
}

/// Writes the code of literals. Most bytes are rare, and their codes would be longer than a code can be; what cutting them
/// costs the others is least where the rare ones count as much as so short a code says. Where all bytes are about equally
/// frequent no description is short enough: then a code that hardly differs from none stands for it.
fn describe_literals(counts: &[u32], out: &mut [u8]) -> Option<usize> {
    let mut exact = [0; 256];
    exact.copy_from_slice(counts);
    let total = exact.iter().sum::<u32>();
    let raised = |shift: u32| exact.map(|count| count.max(total >> shift));
    let mut flat = [2; 256];
    (flat[0], flat[253], flat[254]) = (4, 1, 1);
    let choices = (MAX_HUFFMAN_BITS - 1..MAX_HUFFMAN_BITS + 4).map(raised).chain([exact, flat]);
    let mut table = HuffmanTable::empty();
    let best = choices
        .filter_map(|counts| {
            table.build(&counts, MAX_HUFFMAN_BITS);
            table.describe(out)?;
            Some((table.cost(&exact)?, counts))
        })
        .min_by_key(|(cost, _)| *cost)?;
    table.build(&best.1, MAX_HUFFMAN_BITS);
    table.describe(out)
}

/// Counts of a sum that does not overflow what tables are made with; what occurs still does.
fn scaled(counts: &[u64]) -> Vec<u32> {
    let divisor = counts.iter().sum::<u64>().div_ceil(SUM).max(1);
    counts.iter().map(|&count| count.div_ceil(divisor) as u32).collect()
}
