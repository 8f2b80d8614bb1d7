//! Decompression: the limits, the loop over frames and what is compared at the end of each.
#![expect(
    clippy::inline_always,
    reason = "hot loops are functions without calls, which keeps their variables in registers"
)]

mod bits;
mod block;
mod copy;
pub(crate) mod fse;
pub(crate) mod huffman;
mod lenient;
mod literals;
mod measure;
mod sequences;
mod stream;
mod tables;

use alloc::boxed::Box;
use alloc::vec::Vec;
pub(crate) use block::Prepared;

pub use stream::{StreamDecoder, StreamOptions};

use xxhash_rust::xxh64::Xxh64;

use crate::frame::{BlockKind, Frame, Frames, block_header, little_endian, take};
use crate::{DecodeError, Dictionary};
use block::{Blocks, Fault, Room, append, append_run};
use copy::SLACK;
use sequences::History;

/// How much a decoder may produce and keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeLimits {
    /// Most bytes that one call may append, over all frames. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
    /// Largest window a frame may declare, in bytes.
    pub max_window_bytes: u64,
    /// Most bytes of output for each byte of input; 0 for no such limit. Reaching it exactly is allowed.
    pub max_ratio: u64,
}

impl Default for DecodeLimits {
    /// 256 MiB of output, libzstd's own limit for windows, 128 MiB, and any ratio.
    fn default() -> Self {
        Self { max_output_bytes: 256 << 20, max_window_bytes: 128 << 20, max_ratio: 0 }
    }
}

/// How to decompress.
#[derive(Clone, Copy, Debug, Default)]
pub struct DecodeOptions<'a> {
    /// How much to produce at the most.
    pub limits: DecodeLimits,
    /// The dictionary that the frames were compressed with.
    pub dictionary: Option<&'a Dictionary>,
    /// Ignore bytes after the last frame that do not begin as another one, instead of refusing them.
    pub allow_trailing: bool,
}

/// Frames are given memory in advance for at most this many times their size.
const RESERVE_RATIO: u64 = 32;
/// Where that may not be enough for more than this, they are measured.
const MEASURE_BYTES: u64 = 1 << 20;

/// A decoding context: 20 KiB, and room for the literals of a block, at most 128 KiB. Calls that use it again
/// pay for neither.
pub struct Decoder {
    blocks: Box<Blocks>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl core::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Decoder").finish_non_exhaustive()
    }
}

impl Decoder {
    /// A context for any number of calls.
    pub fn new() -> Self {
        Self { blocks: Box::new(Blocks::new()) }
    }

    /// Decompresses all frames of `input`, appending to `output`.
    ///
    /// All frame and block headers are read before anything is decoded. On an error `output` is as before,
    /// except that it may have more capacity.
    ///
    /// # Errors
    ///
    /// Every variant of [`DecodeError`] except [`DecodeError::InvalidDictionary`].
    pub fn decompress(
        &mut self,
        input: &[u8],
        options: &DecodeOptions<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        let budget = Budget::new(&options.limits, input.len());
        let (mut min_output, mut room) = (0_u64, 0_u64);
        let mut frames = Frames::new(input, &options.limits, options.allow_trailing);
        while let Some(frame) = frames.next()? {
            check_dictionary(frame.info.dictionary_id, options.dictionary)?;
            min_output = min_output.saturating_add(frame.min_output);
            if min_output > budget.most {
                return Err(budget.error());
            }
            room += room_for(input, &frame, options.dictionary, budget.most.saturating_sub(room))
                .ok_or_else(|| budget.error())?;
        }
        let before = output.len();
        reserve(output, room)?;
        let result = self.decode_frames(input, options, budget, output);
        if result.is_err() {
            output.truncate(before);
        }
        result
    }

    fn decode_frames(
        &mut self,
        input: &[u8],
        options: &DecodeOptions<'_>,
        budget: Budget,
        output: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        let before = output.len();
        let mut frames = Frames::new(input, &options.limits, options.allow_trailing);
        while let Some(frame) = frames.next()? {
            let left = budget.most - (output.len() - before) as u64;
            self.decode_frame(input, &frame, options.dictionary, left, output).map_err(
                |(offset, fault)| match fault {
                    Fault::Invalid(expected) => DecodeError::Invalid { offset, expected },
                    Fault::TooLarge => budget.error(),
                    Fault::OutOfMemory(bytes) => DecodeError::OutOfMemory { bytes },
                    Fault::Other(error) => error,
                },
            )?;
        }
        Ok(())
    }

    fn decode_frame(
        &mut self,
        input: &[u8],
        frame: &Frame,
        dictionary: Option<&Dictionary>,
        left: u64,
        output: &mut Vec<u8>,
    ) -> Result<(), (usize, Fault)> {
        let info = &frame.info;
        self.blocks.reset();
        let mut history = History { start: output.len(), dictionary: &[] };
        if let Some(dictionary) = dictionary {
            self.blocks.use_dictionary(dictionary);
            history.dictionary = dictionary.bytes();
        }

        let mut checksum = info.checksum.then(|| Xxh64::new(0));
        let max_block = info.max_block();
        let mut at = frame.start + info.header_len;
        loop {
            let other = |error| (at, Fault::Other(error));
            let header = take(input, at, at, 3).map_err(other)?;
            let header = block_header(header, at, max_block).map_err(other)?;
            let body = at + 3;
            let bytes = take(input, at, body, header.body_len()).map_err(other)?;
            let begin = output.len();
            let done = (begin - history.start) as u64;
            let hint = match info.content_size {
                Some(size) => Some(size.saturating_sub(done).min(max_block as u64) as usize),
                // Only the last block of a frame is usually smaller than it may be.
                None => (!header.last).then_some(max_block),
            };
            let limit = usize::try_from(left - done).unwrap_or(usize::MAX);
            let room = Room { block: max_block, limit, hint };
            match header.kind {
                BlockKind::Raw => append(output, bytes, room),
                BlockKind::Rle => append_run(output, bytes[0], header.size, room),
                BlockKind::Compressed => {
                    let block = (input, body, body + bytes.len());
                    self.blocks.decode(block, room, history, output)
                }
            }
            .map_err(|fault| (at, fault))?;
            if let Some(checksum) = &mut checksum {
                checksum.update(output.get(begin..).unwrap_or_default());
            }
            at = body + bytes.len();
            if header.last {
                break;
            }
        }

        let actual = (output.len() - history.start) as u64;
        if let Some(declared) = info.content_size
            && declared != actual
        {
            let error = DecodeError::ContentSize { offset: frame.start, declared, actual };
            return Err((at, Fault::Other(error)));
        }
        if let Some(checksum) = checksum {
            let stored = little_endian(input.get(at..frame.end).unwrap_or_default()) as u32;
            let computed = checksum.digest() as u32;
            if stored != computed {
                let error = DecodeError::Checksum { offset: at, stored, computed };
                return Err((at, Fault::Other(error)));
            }
        }
        Ok(())
    }
}

/// How much to reserve for a frame that may give `left` bytes; `None` where it gives more.
fn room_for(
    input: &[u8],
    frame: &Frame,
    dictionary: Option<&Dictionary>,
    left: u64,
) -> Option<u64> {
    let likely = frame.max_output.min(frame.info.content_size.unwrap_or(u64::MAX));
    let by_size = (frame.end - frame.start) as u64 * RESERVE_RATIO;
    if likely.min(left) > by_size.max(MEASURE_BYTES) {
        match measure::content(input, frame, dictionary, left) {
            Some(measured) => return (measured <= left).then_some(measured),
            // What is wrong shows when it is decoded.
            None => return Some(by_size),
        }
    }
    Some(likely.min(by_size).min(left))
}

/// Reserves `room` bytes, no more unless the output grows by little: many small contents may come after each other.
fn reserve(output: &mut Vec<u8>, room: u64) -> Result<(), DecodeError> {
    let bytes = usize::try_from(room).unwrap_or(usize::MAX).saturating_add(SLACK);
    let reserved = if bytes / 2 < output.len() {
        output.try_reserve(bytes)
    } else {
        output.try_reserve_exact(bytes)
    };
    reserved.map_err(|_| DecodeError::OutOfMemory { bytes })
}

/// Decompresses all frames of `input` with a context of its own and without a dictionary.
///
/// # Errors
///
/// As [`Decoder::decompress`].
pub fn decompress(
    input: &[u8],
    limits: &DecodeLimits,
    output: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    let options = DecodeOptions { limits: *limits, ..DecodeOptions::default() };
    Decoder::new().decompress(input, &options, output)
}

/// How many bytes a call may give, and which limit says so.
#[derive(Clone, Copy)]
pub(crate) struct Budget {
    pub(crate) most: u64,
    ratio: Option<u64>,
    limit: u64,
}

impl Budget {
    pub(crate) fn new(limits: &DecodeLimits, input: usize) -> Self {
        // What does not fit the address space is over any limit.
        let limit = limits.max_output_bytes.min(isize::MAX as u64);
        let by_ratio = match limits.max_ratio {
            0 => u64::MAX,
            ratio => (input as u64).saturating_mul(ratio),
        };
        let ratio = (by_ratio < limit).then_some(limits.max_ratio);
        Self { most: limit.min(by_ratio), ratio, limit }
    }

    pub(crate) fn error(&self) -> DecodeError {
        match self.ratio {
            Some(limit) => DecodeError::RatioTooLarge { limit },
            None => DecodeError::OutputTooLarge { limit: self.limit },
        }
    }
}

/// Whether a frame that names this dictionary can be decoded with the one that is given.
pub(crate) fn check_dictionary(id: u32, given: Option<&Dictionary>) -> Result<(), DecodeError> {
    match given {
        None if id != 0 => Err(DecodeError::DictionaryRequired { id }),
        Some(given) if id != 0 && given.id() != id => {
            Err(DecodeError::DictionaryMismatch { id, given: given.id() })
        }
        _ => Ok(()),
    }
}
