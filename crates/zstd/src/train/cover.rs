//! The content of a dictionary: the segments of the samples that cover the most of what samples have in common.
//!
//! COVER (Liao, Petri, Moffat, Wirth: "Effective Construction of Relative Lempel-Ziv Dictionaries", WWW 2016), with
//! hashes in the place of strings: a segment is worth the sum, over the different strings of [`STRING`] bytes in it, of
//! the number of other samples that have the string too. The samples are cut into epochs; each in turn gives its best
//! segment, and what a chosen segment has is worth nothing from then on.

use alloc::vec::Vec;
use core::ops::Range;

use super::{Samples, TrainError};
use crate::encode::finder::{Hash, read64};

/// Length of the strings that are counted.
pub(super) const STRING: usize = 8;
/// An epoch has at least so many times the length of a segment.
const EPOCH_SEGMENTS: usize = 10;
/// After so many rounds over all epochs what is still missing stays so.
const MAX_ROUNDS: usize = 64;

/// What is known of the strings with one hash.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// Samples that have one, besides the first; 0 once a segment with it is chosen.
    value: u32,
    /// How often they occur in the window, or while counting, the last sample that had one.
    inside: u32,
}

/// How much the strings of a set of samples are worth.
pub(super) struct Cover<'a> {
    content: &'a [u8],
    hash: Hash,
    /// By hash.
    entries: Vec<Entry>,
    /// The values before any segment was chosen.
    values: Vec<u32>,
}

/// A choice: where it lies, and what it was worth when it was chosen.
#[derive(Clone, Debug)]
struct Segment {
    range: Range<usize>,
    value: u64,
}

impl<'a> Cover<'a> {
    /// Counts the strings of the samples.
    pub(super) fn new(samples: &Samples<'a>) -> Result<Self, TrainError> {
        let content = samples.content;
        // Tables that are larger than the content has positions would only be slow.
        let bits = (usize::BITS - content.len().leading_zeros() + 1).clamp(12, 20);
        let refused = |_| TrainError::OutOfMemory { bytes: 12 << bits };
        let (mut entries, mut values) = (Vec::new(), Vec::new());
        entries.try_reserve_exact(1 << bits).map_err(refused)?;
        entries.resize(1 << bits, Entry::default());
        values.try_reserve_exact(1 << bits).map_err(refused)?;
        let hash = Hash::new(STRING as u32, bits);
        for (sample, range) in (1..).zip(samples.ranges()) {
            let end = (range.end + 1).saturating_sub(STRING);
            for at in range.start..end {
                let entry = &mut entries[hash.of(read64(content, at))];
                if entry.inside != sample {
                    entry.value += u32::from(entry.inside != 0);
                    entry.inside = sample;
                }
            }
        }
        for entry in &mut entries {
            entry.inside = 0;
            values.push(entry.value);
        }
        Ok(Self { content, hash, entries, values })
    }

    /// Content of at most `size` bytes, from segments of at most `segment` bytes; what is worth most stands at the end.
    pub(super) fn choose(&mut self, size: usize, segment: usize) -> Result<Vec<u8>, TrainError> {
        for (entry, &value) in self.entries.iter_mut().zip(&self.values) {
            entry.value = value;
        }
        let mut segments = self.segments(size, segment);
        segments.sort_by_key(|segment| segment.value);
        let total = segments.iter().map(|segment| segment.range.len()).sum();
        let mut chosen = Vec::new();
        chosen.try_reserve_exact(total).map_err(|_| TrainError::OutOfMemory { bytes: total })?;
        for segment in segments {
            chosen.extend_from_slice(&self.content[segment.range]);
        }
        Ok(chosen)
    }

    fn segments(&mut self, size: usize, segment: usize) -> Vec<Segment> {
        let positions = (self.content.len() + 1).saturating_sub(STRING);
        let mut epochs = (size / segment).max(1);
        let least = (EPOCH_SEGMENTS * segment).min(positions).max(1);
        if positions / epochs < least {
            epochs = positions / least;
        }
        let mut segments = Vec::new();
        let mut left = size;
        for _ in 0..MAX_ROUNDS {
            let before = left;
            for epoch in 0..epochs {
                let epoch = positions * epoch / epochs..positions * (epoch + 1) / epochs;
                let Some(mut best) = self.best(epoch, segment) else { continue };
                best.range.end = best.range.end.min(best.range.start + left);
                left -= best.range.len();
                segments.push(best);
                if left < STRING {
                    return segments;
                }
            }
            if left == before {
                break;
            }
        }
        segments
    }

    /// The segment of at most `length` bytes that is worth most among those that start in `epoch`. Its strings are worth
    /// nothing afterwards.
    fn best(&mut self, epoch: Range<usize>, length: usize) -> Option<Segment> {
        let width = (length + 1).saturating_sub(STRING).max(1);
        let (content, hash) = (self.content, self.hash);
        let of = |at| hash.of(read64(content, at));
        let mut value = 0_u64;
        let mut start = epoch.start;
        let mut best = Segment { range: 0..0, value: 0 };
        for at in epoch.clone() {
            if at - start == width {
                let entry = &mut self.entries[of(start)];
                entry.inside -= 1;
                if entry.inside == 0 {
                    value -= u64::from(entry.value);
                }
                start += 1;
            }
            let entry = &mut self.entries[of(at)];
            if entry.inside == 0 {
                value += u64::from(entry.value);
            }
            entry.inside += 1;
            if value > best.value {
                best = Segment { range: start..at + 1, value };
            }
        }
        for at in start..epoch.end {
            self.entries[of(at)].inside = 0;
        }
        // Without what is worth nothing at its ends.
        let worth = |at: &usize| self.entries[of(*at)].value > 0;
        let first = best.range.clone().find(worth)?;
        let last = best.range.rev().find(worth)?;
        for at in first..=last {
            self.entries[of(at)].value = 0;
        }
        Some(Segment { range: first..last + STRING, value: best.value })
    }
}
