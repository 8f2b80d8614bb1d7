//! Decompression of a whole input at once.

use crate::container::Machine;
use crate::inflate::{Input, Status, Window};
use crate::{DecodeError, Format, StreamDecoder};

/// How much a decoder may produce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeLimits {
    /// Most bytes that one call, or one stream, may produce. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
    /// Most bytes of output per byte of input; 0 for no limit. Deflate's own is 1032.
    pub max_ratio: u64,
}

impl Default for DecodeLimits {
    /// 256 MiB of output, in any ratio.
    fn default() -> Self {
        Self { max_output_bytes: 256 << 20, max_ratio: 0 }
    }
}

/// How to decompress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions<'a> {
    /// What is around the blocks.
    pub format: Format,
    /// How much may come out.
    pub limits: DecodeLimits,
    /// What zlib streams with the flag FDICT, and raw ones, were compressed with. gzip has none.
    pub dictionary: Option<&'a [u8]>,
    /// Whether bytes may follow after the end. They are ignored.
    pub allow_trailing: bool,
}

/// A match reaches no further back than this (RFC 1951, section 2).
pub(crate) const MAX_DISTANCE: usize = 32 * 1024;
/// Room is made in steps of this size, which the checksum finds in the cache.
const STEP: usize = 128 * 1024;

/// An output that is this large, and so many times as large as what was read for it, is looked ahead of: whether all of it
/// will be allowed. Bombs then end without the memory that the limit allows; hardly anything else is so compressible.
const SUSPICIOUS_BYTES: usize = 32 << 20;
const SUSPICIOUS_RATIO: usize = 64;

/// Decompresses inputs one after another; its tables are used again.
pub struct Decoder {
    machine: Machine,
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
    /// A decoder; its tables take 20 KiB.
    pub fn new() -> Self {
        Self { machine: Machine::new() }
    }

    /// Decompresses `input`, appending to `output`: all members of a gzip file, or one zlib or raw stream.
    /// Memory grows with the bytes that really come out. On an error `output` is as before.
    ///
    /// # Errors
    ///
    /// Every variant of [`DecodeError`].
    pub fn decompress(
        &mut self,
        input: &[u8],
        options: &DecodeOptions<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        let start = output.len();
        let dictionary = options.dictionary.filter(|_| options.format != Format::Gzip);
        // Matches find the dictionary where they would find earlier output.
        let tail =
            dictionary.map_or(&[][..], |bytes| &bytes[bytes.len().saturating_sub(MAX_DISTANCE)..]);
        output.try_reserve(tail.len()).map_err(|_| no_memory(tail.len()))?;
        output.extend_from_slice(tail);
        self.machine.start(options.format, options.allow_trailing, dictionary);
        let result = self.run(input, options, start, output);
        if result.is_err() {
            output.truncate(start);
        } else if !tail.is_empty() {
            output.drain(start..start + tail.len());
        }
        result
    }

    fn run(
        &mut self,
        input: &[u8],
        options: &DecodeOptions<'_>,
        floor: usize,
        output: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        let limits = &options.limits;
        let mut looked_ahead = false;
        let start = output.len();
        let by_ratio = match limits.max_ratio {
            0 => u64::MAX,
            ratio => ratio.saturating_mul(input.len() as u64),
        };
        let limit = limits.max_output_bytes.min(by_ratio);
        // What does not fit the address space is over any limit.
        let end = start.saturating_add(usize::try_from(limit).unwrap_or(usize::MAX));
        let mut input = Input { bytes: input, position: 0 };
        let mut position = start;
        let mut floor = floor;
        // Text gives three to five times its compressed size.
        let mut room = input.bytes.len().saturating_mul(4).min(STEP);
        loop {
            let length = position.saturating_add(room.max(64)).min(end);
            if length > output.capacity() {
                let more = length - output.len();
                output.try_reserve(more).map_err(|_| no_memory(more))?;
            }
            output.resize(length, 0);
            let mut window = Window { bytes: output, position, floor };
            let status = self.machine.run(&mut input, &mut window)?;
            (position, floor) = (window.position, window.floor);
            match status {
                Status::NeedInput => {
                    self.machine.advance(input.bytes.len());
                    self.machine.finish()?;
                    break;
                }
                Status::Done => break,
                Status::NeedOutput if position == end => {
                    return Err(if by_ratio < limits.max_output_bytes {
                        DecodeError::RatioTooLarge { limit: limits.max_ratio }
                    } else {
                        DecodeError::OutputTooLarge { limit: limits.max_output_bytes }
                    });
                }
                Status::NeedOutput => {
                    room = (position - start).min(STEP);
                    let given = position - start;
                    if given > SUSPICIOUS_BYTES
                        && given / SUSPICIOUS_RATIO > input.position
                        && !looked_ahead
                    {
                        looked_ahead = true;
                        look_ahead(input.bytes, options)?;
                    }
                }
            }
        }
        output.truncate(position);
        Ok(())
    }
}

/// Whether the output of an input will exceed its limit. What else may be wrong with it shows when it is decompressed.
fn look_ahead(input: &[u8], options: &DecodeOptions<'_>) -> Result<(), DecodeError> {
    let mut stream = StreamDecoder::new(options);
    let mut piece = Vec::new();
    for slice in input.chunks(4096) {
        piece.clear();
        match stream.push(slice, &mut piece) {
            Ok(()) => {}
            Err(error @ DecodeError::OutputTooLarge { .. }) => return Err(error),
            Err(_) => break,
        }
    }
    Ok(())
}

fn no_memory(bytes: usize) -> DecodeError {
    DecodeError::OutOfMemory { bytes }
}
