//! Training: a dictionary (RFC 8878, 5) out of samples of the messages that it is for.
//!
//! [`cover`] chooses the content, [`tables`] what stands before it, and [`trial`] measures which length of segments
//! makes samples smallest that had no part in the choice.

mod cover;
mod error;
mod tables;
mod trial;

use alloc::vec::Vec;
use core::ops::Range;

use xxhash_rust::xxh64::xxh64;

use crate::codes::FIRST_OFFSETS;
use crate::dictionary::{Entropy, HEADER, MAGIC};
use crate::encode::params::{DEFAULT_LEVEL, MAX_LEVEL, MIN_LEVEL};
use cover::{Cover, STRING};
pub use error::TrainError;
use tables::Statistics;
use trial::Trial;

/// Smallest dictionary that can be asked for, in bytes.
pub const MIN_DICTIONARY: usize = 512;
/// Largest dictionary that can be asked for, in bytes.
pub const MAX_DICTIONARY: usize = 64 << 20;
/// What the command line of zstd makes unless told, in bytes.
pub const DEFAULT_DICTIONARY: usize = 112_640;
/// Fewest samples that can be learned from; shorter ones than [`STRING`] do not count.
const MIN_SAMPLES: usize = 8;
/// Lengths of segments that are tried.
const SEGMENTS: [usize; 4] = [50, 200, 1000, 2000];
/// One sample of so many is kept out of the content while lengths are tried.
const HELD_OUT: usize = 4;
/// Most content that lengths are tried with.
const TRIED_BYTES: usize = 16 << 20;
/// Most samples, and bytes of them, that a length is judged by.
const JUDGED: (usize, usize) = (600, 1 << 20);
/// Most samples, and bytes of them, that tables are made from.
const COUNTED: (usize, usize) = (600, 4 << 20);
/// Ids below and from 2^31 are kept for registered dictionaries (RFC 8878, 5).
const FIRST_ID: u64 = 32_768;
const PAST_IDS: u64 = 1 << 31;

/// What dictionary to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainOptions {
    /// Most bytes of the dictionary, from [`MIN_DICTIONARY`] to [`MAX_DICTIONARY`]; about a hundredth of the samples is
    /// good.
    pub max_bytes: usize,
    /// The level that messages will be compressed at, -7 to 19.
    pub level: i32,
    /// The id that frames name; 0 takes one from the content, 32768 to 2^31 - 1.
    pub id: u32,
}

impl Default for TrainOptions {
    /// 110 KiB, level 3, id from the content.
    fn default() -> Self {
        Self { max_bytes: DEFAULT_DICTIONARY, level: DEFAULT_LEVEL, id: 0 }
    }
}

/// Samples, one after another.
#[derive(Clone, Copy)]
struct Samples<'a> {
    content: &'a [u8],
    lengths: &'a [u32],
}

impl<'a> Samples<'a> {
    fn ranges(self) -> impl Iterator<Item = Range<usize>> + use<'a> {
        self.lengths.iter().scan(0, |at, &length| {
            let start = *at;
            *at += length as usize;
            Some(start..*at)
        })
    }

    fn iter(self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.ranges().map(move |range| &self.content[range])
    }

    /// At most so many samples and bytes, out of all parts.
    fn some(self, (samples, bytes): (usize, usize)) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let step = self.lengths.len().div_ceil(samples).max(self.content.len().div_ceil(bytes));
        self.iter().step_by(step.max(1))
    }

    fn typical(self) -> usize {
        self.content.len() / self.lengths.len().max(1)
    }
}

/// Makes a dictionary from samples, which lie one after another in `content` and have these `lengths` in bytes. The same
/// samples and options give the same dictionary everywhere.
///
/// # Errors
///
/// [`TrainError::Samples`] where there are fewer than 8 of 8 bytes or more, [`TrainError::MaxBytes`] and
/// [`TrainError::Level`] for options that are out of range, [`TrainError::Lengths`] where the lengths are not those of
/// the content, and [`TrainError::OutOfMemory`].
pub fn train(
    content: &[u8],
    lengths: &[u32],
    options: &TrainOptions,
) -> Result<Vec<u8>, TrainError> {
    let samples = checked(content, lengths, options)?;
    let segment = best_segment(samples, options)?;
    let content = Cover::new(&samples)?.choose(options.max_bytes - HEADER - 12, segment)?;
    let candidate = Candidate::new(content, samples, options)?;
    candidate.dictionary(options)
}

fn checked<'a>(
    content: &'a [u8],
    lengths: &'a [u32],
    options: &TrainOptions,
) -> Result<Samples<'a>, TrainError> {
    if !(MIN_DICTIONARY..=MAX_DICTIONARY).contains(&options.max_bytes) {
        return Err(TrainError::MaxBytes { max_bytes: options.max_bytes });
    }
    if !(MIN_LEVEL..=MAX_LEVEL).contains(&options.level) {
        return Err(TrainError::Level { level: options.level });
    }
    let total = lengths.iter().map(|&length| u64::from(length)).sum();
    if total != content.len() as u64 {
        return Err(TrainError::Lengths { total, content: content.len() as u64 });
    }
    let of_use = lengths.iter().filter(|&&length| length as usize >= STRING).count();
    if of_use < MIN_SAMPLES {
        return Err(TrainError::Samples { of_use, all: lengths.len() });
    }
    Ok(Samples { content, lengths })
}

/// The length of segments that makes samples smallest which had no part in the content.
fn best_segment(samples: Samples<'_>, options: &TrainOptions) -> Result<usize, TrainError> {
    let step = samples.content.len().div_ceil(TRIED_BYTES).max(1);
    let (mut seen, mut unseen) = (Copied::default(), Copied::default());
    for (index, sample) in samples.iter().step_by(step).enumerate() {
        let part = if index % HELD_OUT == HELD_OUT - 1 { &mut unseen } else { &mut seen };
        part.push(sample)?;
    }
    let mut cover = Cover::new(&seen.samples())?;
    let mut best = (usize::MAX, SEGMENTS[0]);
    for segment in SEGMENTS {
        let content = cover.choose(options.max_bytes - HEADER - 12, segment)?;
        let mut candidate = Candidate::new(content, seen.samples(), options)?;
        let size = candidate.size(unseen.samples());
        best = best.min((size, segment));
    }
    Ok(best.1)
}

/// Samples that are copied out of others.
#[derive(Default)]
struct Copied {
    content: Vec<u8>,
    lengths: Vec<u32>,
}

impl Copied {
    fn push(&mut self, sample: &[u8]) -> Result<(), TrainError> {
        let refused = |_| TrainError::OutOfMemory { bytes: sample.len() };
        self.content.try_reserve(sample.len()).map_err(refused)?;
        self.lengths.try_reserve(1).map_err(refused)?;
        self.content.extend_from_slice(sample);
        self.lengths.push(sample.len() as u32);
        Ok(())
    }

    fn samples(&self) -> Samples<'_> {
        Samples { content: &self.content, lengths: &self.lengths }
    }
}

/// Content, and tables made for it.
struct Candidate {
    content: Vec<u8>,
    trial: Trial,
    /// Magic number and id, not yet known, then the tables.
    head: Vec<u8>,
    entropy: Entropy,
}

impl Candidate {
    fn new(
        mut content: Vec<u8>,
        samples: Samples<'_>,
        options: &TrainOptions,
    ) -> Result<Self, TrainError> {
        // Offsets have to lie within the content, even where samples have nothing in common.
        let least = FIRST_OFFSETS.iter().max().map_or(0, |&offset| offset as usize);
        if content.len() < least {
            content.splice(..0, samples.content.iter().copied().take(least));
        }
        let mut trial = Trial::new(&content, FIRST_OFFSETS, options.level, samples.typical())?;
        let statistics = Statistics::of(&mut trial, content.len(), samples.some(COUNTED));
        let mut head = [MAGIC, [0; 4]].concat();
        statistics.describe(&mut head).ok_or(TrainError::Internal)?;
        let (entropy, _) = Entropy::read(&head).map_err(|_| TrainError::Internal)?;
        Ok(Self { content, trial, head, entropy })
    }

    /// What samples take with this as their dictionary.
    fn size(&mut self, samples: Samples<'_>) -> usize {
        samples.some(JUDGED).map(|sample| self.trial.size(sample, &self.entropy)).sum()
    }

    fn dictionary(self, options: &TrainOptions) -> Result<Vec<u8>, TrainError> {
        let mut dictionary = self.head;
        for offset in FIRST_OFFSETS {
            dictionary.extend_from_slice(&offset.to_le_bytes());
        }
        // What is worth least stands first.
        let spare = (dictionary.len() + self.content.len()).saturating_sub(options.max_bytes);
        let content = &self.content[spare..];
        let bytes = content.len();
        dictionary.try_reserve_exact(bytes).map_err(|_| TrainError::OutOfMemory { bytes })?;
        dictionary.extend_from_slice(content);
        let id = match options.id {
            0 => (FIRST_ID + xxh64(content, 0) % (PAST_IDS - FIRST_ID)) as u32,
            id => id,
        };
        dictionary[4..HEADER].copy_from_slice(&id.to_le_bytes());
        Ok(dictionary)
    }
}
