//! Decompression in one call: the limits, and the loop over fields.

use alloc::vec::Vec;

use crate::DecodeError;
use crate::block::{self, Fault};
use crate::frame::{Format, Machine};

/// What to expect, and how much to produce at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeOptions {
    /// How the input is laid out. Streams are of frames, whatever this says.
    pub format: Format,
    /// Most bytes that one call or stream may append. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
    /// Most bytes of output for each byte of input. A block expands by 255 at most.
    pub max_ratio: u64,
    /// Whether bytes after the last frame that do not start another one are ignored instead of refused.
    pub allow_trailing: bool,
}

impl Default for DecodeOptions {
    /// Frames, 256 MiB of output, any ratio, and nothing behind the last frame.
    fn default() -> Self {
        Self {
            format: Format::Frame,
            max_output_bytes: 256 << 20,
            max_ratio: u64::MAX,
            allow_trailing: false,
        }
    }
}

impl DecodeOptions {
    /// How many bytes may come out of `input` bytes.
    pub(crate) fn room(&self, input: u64) -> u64 {
        // What does not fit the address space is over any limit.
        let ratio = self.max_ratio.saturating_mul(input);
        self.max_output_bytes.min(ratio).min(isize::MAX as u64)
    }

    /// The limit that stood in the way.
    pub(crate) fn full(&self, input: u64) -> DecodeError {
        if self.max_ratio.saturating_mul(input) < self.max_output_bytes {
            return DecodeError::RatioTooLarge { limit: self.max_ratio };
        }
        DecodeError::OutputTooLarge { limit: self.max_output_bytes }
    }

    /// The same error with the limit that it means.
    pub(crate) fn named(&self, error: DecodeError, input: u64) -> DecodeError {
        if matches!(error, DecodeError::OutputTooLarge { .. }) { self.full(input) } else { error }
    }
}

/// Up to this size, four times the input is reserved before anything is known.
const GUESS_BYTES: usize = 16 << 20;

/// Decompresses all frames of `input`, or the block that it is, appending to `output`. On an error `output` is as
/// before.
///
/// # Errors
///
/// Every variant of [`DecodeError`] but [`DecodeError::Ended`].
pub fn decompress(
    input: &[u8],
    options: &DecodeOptions,
    output: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    let before = output.len();
    let size = input.len() as u64;
    let most = before.saturating_add(options.room(size) as usize);
    // A guess, whatever headers say: growing by and by copies everything once more.
    let guess = input.len().saturating_mul(4).min(input.len().max(GUESS_BYTES));
    output.try_reserve(guess.min(most - before)).ok();
    let result = match options.format {
        Format::Frame => frames(input, options, output, most),
        Format::Block => block::decode(input, output, before, most).map_err(fault),
    };
    result.map_err(|error| {
        output.truncate(before);
        options.named(error, size)
    })
}

fn frames(
    input: &[u8],
    options: &DecodeOptions,
    output: &mut Vec<u8>,
    most: usize,
) -> Result<(), DecodeError> {
    let mut machine = Machine::new();
    let mut left = input;
    while !left.is_empty() && !machine.over() {
        let Some((field, rest)) = left.split_at_checked(machine.wants()) else {
            return cut_short(&machine, options);
        };
        machine.take(field, output, most, options.allow_trailing)?;
        left = rest;
    }
    if machine.at_end() { Ok(()) } else { cut_short(&machine, options) }
}

/// What an input means that ends before the field that comes next does.
pub(crate) fn cut_short(machine: &Machine, options: &DecodeOptions) -> Result<(), DecodeError> {
    let offset = machine.offset();
    match machine.at_end() {
        false => Err(DecodeError::Truncated { offset }),
        true if options.allow_trailing => Ok(()),
        true => Err(DecodeError::Trailing { offset }),
    }
}

fn fault(fault: Fault) -> DecodeError {
    match fault {
        Fault::Truncated => DecodeError::Truncated { offset: 0 },
        Fault::Distance { at } => DecodeError::Invalid {
            offset: at as u64,
            expected: "a match that reaches back to content of the block",
        },
        Fault::Full => DecodeError::OutputTooLarge { limit: 0 },
        Fault::Memory { bytes } => DecodeError::OutOfMemory { bytes },
    }
}
