//! Dictionaries for zstd out of samples, a module of its own: few programs train, and those that do train rarely.

use alloc::vec::Vec;

use bytemill_zstd::{DEFAULT_DICTIONARY, MIN_DICTIONARY, TrainError, TrainOptions, train};

use super::{MAX_DICTIONARY_BYTES, operation};
use crate::options::options;
use crate::{Code, Error, Operation, Output};

#[expect(clippy::cast_possible_wrap, reason = "constants of a few digits")]
const MIN_BYTES: i64 = MIN_DICTIONARY as i64;
#[expect(clippy::cast_possible_wrap, reason = "constants of a few digits")]
const DEFAULT_BYTES: i64 = DEFAULT_DICTIONARY as i64;
#[expect(clippy::cast_possible_wrap, reason = "constants of a few digits")]
const MAX_BYTES: i64 = MAX_DICTIONARY_BYTES as i64;
const MAX_ID: i64 = u32::MAX as i64;

options! {
    /// Options of `zstd.trainDictionary`.
    pub struct TrainDictionaryOptions {
        /// Largest dictionary wanted; a hundredth of the samples is enough.
        max_bytes: integer(default = DEFAULT_BYTES, min = MIN_BYTES, max = MAX_BYTES, unit = "bytes"),
        /// Level that the messages will be compressed at.
        level: integer(default = 3, min = -7, max = 19, unit = "level"),
        /// Id that frames name; 0 takes one from the dictionary's content, 32768 to 2147483647. Numbers below 32768 and
        /// from 2147483648 may be used in private only.
        dictionary_id: integer(default = 0, min = 0, max = MAX_ID, unit = "id"),
    }
}

/// Samples in, a dictionary out. The input is their count, the length of each, both as little-endian u32, and then the
/// samples, one after another.
#[derive(Debug)]
pub struct TrainDictionary;

impl Operation for TrainDictionary {
    operation!(0x0105, "trainDictionary", TrainDictionaryOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0 or are small")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let (lengths, content) = split(input)?;
        let kernel = TrainOptions {
            max_bytes: options.max_bytes as usize,
            level: options.level as i32,
            id: options.dictionary_id as u32,
        };
        let dictionary = train(content, &lengths, &kernel)?;
        output.bytes.extend_from_slice(&dictionary);
        Ok(())
    }
}

/// The lengths of the samples, and the samples.
fn split(input: &[u8]) -> Result<(Vec<u32>, &[u8]), Error> {
    let cut = || {
        let message = "samples: expected their count, the length of each, and as many bytes";
        Error::new(Code::InvalidArgument, message)
    };
    let (count, rest) = input.split_first_chunk::<4>().ok_or_else(cut)?;
    let bytes = (u32::from_le_bytes(*count) as usize).checked_mul(4).ok_or_else(cut)?;
    let (words, content) = rest.split_at_checked(bytes).ok_or_else(cut)?;
    let mut lengths = Vec::new();
    if lengths.try_reserve_exact(bytes / 4).is_err() {
        return Err(TrainError::OutOfMemory { bytes }.into());
    }
    lengths.extend(words.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)));
    Ok((lengths, content))
}

impl From<TrainError> for Error {
    fn from(error: TrainError) -> Self {
        let message = error.message().to_text();
        let about =
            |option: &str| Self::new(Code::InvalidArgument, [option, ": ", &message].concat());
        match error {
            TrainError::Samples { .. } | TrainError::Lengths { .. } => about("samples"),
            TrainError::MaxBytes { .. } => about("maxBytes"),
            TrainError::Level { .. } => about("level"),
            TrainError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
            TrainError::Internal => Self::new(Code::Internal, message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_samples_come_apart() {
        let input = [&[2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0], &b"abcd"[..]].concat();
        assert_eq!(split(&input).unwrap(), (vec![1, 3], &b"abcd"[..]));
        assert_eq!(split(&[0; 4]).unwrap(), (vec![], &[][..]));
        for length in 0..12 {
            assert_eq!(split(&input[..length]).unwrap_err().code, Code::InvalidArgument);
        }
        assert!(split(&[0xFF; 8]).is_err());
    }
}
