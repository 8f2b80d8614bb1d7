//! Decompression: the limits, the loop over frames and blocks, and what is compared at the end of each frame.

#![expect(
    clippy::inline_always,
    reason = "hot loops whose state has to stay in registers; see the file's callers"
)]

mod bits;
mod fse;
mod huffman;
mod literals;
mod sequences;
mod stream;

use bytemill_lz::Output;
use xxhash_rust::xxh64::xxh64;

pub(crate) use fse::Counts;
pub(crate) use huffman::{Weights, read_weights};
pub use stream::StreamDecoder;

use crate::frame::{Block, Frame, Frames, Header, MAX_BLOCK, block};
use crate::{DecodeError, Dictionary};
use sequences::{Failure, Sequences, Source};

/// How much a decoder may produce and keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeLimits {
    /// Most bytes that one call may append, over all frames. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
    /// Largest window a frame may declare, in bytes.
    pub max_window_bytes: u64,
    /// Most bytes of output per byte of input, over the whole of both; 0 allows any.
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
    /// How much may come out.
    pub limits: DecodeLimits,
    /// What frames may refer to. It serves frames that name its id, and those that name none.
    pub dictionary: Option<&'a Dictionary>,
    /// Whether bytes after the last frame are passed over; else they are an error.
    pub allow_trailing: bool,
}

/// Memory for this much output is taken at once where a header declares it, before any of it is there.
const TRUSTED_BYTES: usize = 1 << 20;
/// And this much for each byte of input, which few contents exceed.
const TRUSTED_RATIO: usize = 16;

/// A decompressor whose tables serve one input after the other.
pub struct Decoder {
    blocks: Box<Blocks>,
    /// A dictionary's content, with the content of a frame after it while that is decoded.
    history: Vec<u8>,
    /// Which dictionary's content that is.
    serial: u64,
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

/// Decompresses all frames of `input`, appending to `output`, with a [`Decoder`] for this call alone.
///
/// # Errors
///
/// Those of [`Decoder::decompress`].
pub fn decompress(
    input: &[u8],
    limits: &DecodeLimits,
    output: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    let options = DecodeOptions { limits: *limits, ..DecodeOptions::default() };
    Decoder::new().decompress(input, &options, output)
}

impl Decoder {
    /// A decoder; it takes 160 KB of memory.
    pub fn new() -> Self {
        Self { blocks: Box::new(Blocks::new()), history: Vec::new(), serial: 0 }
    }

    /// Decompresses all frames of `input`, appending to `output`.
    ///
    /// All frame and block headers are read before anything is decoded. Memory grows with what comes out. On an error
    /// `output` is as before.
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
        let limit = Limit::of(&options.limits, input.len());
        let limits = DecodeLimits { max_output_bytes: limit.bytes, ..options.limits };
        let mut min_output = 0_u64;
        let mut frames = Frames::new(input, &limits, options.allow_trailing);
        let too_much = |error| limit.name(error);
        while let Some(frame) = frames.next().map_err(too_much)? {
            min_output = min_output.saturating_add(frame.min_output);
            if min_output > limit.bytes {
                return Err(limit.error());
            }
        }
        let before = output.len();
        let result = self.frames(input, &limits, options, output).map_err(too_much);
        if result.is_err() {
            output.truncate(before);
        }
        result
    }

    fn frames(
        &mut self,
        input: &[u8],
        limits: &DecodeLimits,
        options: &DecodeOptions<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        let before = output.len();
        let mut frames = Frames::new(input, limits, options.allow_trailing);
        while let Some(frame) = frames.next()? {
            let left = limits.max_output_bytes - (output.len() - before) as u64;
            match self.blocks.begin(&frame.header, options.dictionary)? {
                None => self.blocks.frame(input, &frame, left, output.len(), output)?,
                Some(dictionary) => {
                    if self.serial != dictionary.serial() {
                        self.history.clear();
                        self.history.extend_from_slice(dictionary.content());
                        self.serial = dictionary.serial();
                    }
                    let start = self.history.len();
                    let result = self.blocks.frame(input, &frame, left, 0, &mut self.history);
                    let content = &self.history[start..];
                    let bytes = content.len();
                    let copied = result.and_then(|()| {
                        output.try_reserve(bytes).map_err(|_| DecodeError::OutOfMemory { bytes })
                    });
                    if copied.is_ok() {
                        output.extend_from_slice(content);
                    }
                    self.history.truncate(start);
                    copied?;
                }
            }
        }
        Ok(())
    }
}

/// What bounds the output of one input.
#[derive(Clone, Copy)]
struct Limit {
    bytes: u64,
    /// Whether the ratio is what bounds it.
    ratio: Option<u64>,
}

impl Limit {
    fn of(limits: &DecodeLimits, input: usize) -> Self {
        // What does not fit the address space is over any limit.
        let bytes = limits.max_output_bytes.min(isize::MAX as u64 / 2);
        let by_ratio = limits.max_ratio.saturating_mul(input as u64);
        if limits.max_ratio > 0 && by_ratio < bytes {
            Self { bytes: by_ratio, ratio: Some(limits.max_ratio) }
        } else {
            Self { bytes, ratio: None }
        }
    }

    fn error(self) -> DecodeError {
        self.name(DecodeError::OutputTooLarge { limit: self.bytes })
    }

    /// Names the limit that was really exceeded.
    fn name(self, error: DecodeError) -> DecodeError {
        match (error, self.ratio) {
            (DecodeError::OutputTooLarge { .. }, Some(limit)) => {
                DecodeError::RatioTooLarge { limit }
            }
            (error, _) => error,
        }
    }
}

/// What lasts from block to block.
struct Blocks {
    literals: literals::Decoder,
    sequences: Sequences,
}

impl Blocks {
    fn new() -> Self {
        Self { literals: literals::Decoder::new(), sequences: Sequences::new() }
    }

    /// Starts a frame; gives back the dictionary that it uses.
    fn begin<'a>(
        &mut self,
        header: &Header,
        dictionary: Option<&'a Dictionary>,
    ) -> Result<Option<&'a Dictionary>, DecodeError> {
        let id = header.dictionary_id;
        self.sequences.begin();
        self.literals.known = false;
        let Some(dictionary) = dictionary else {
            return if id == 0 { Ok(None) } else { Err(DecodeError::DictionaryRequired { id }) };
        };
        if id != 0 && id != dictionary.id() {
            return Err(DecodeError::DictionaryRequired { id });
        }
        if let Some(entropy) = dictionary.entropy() {
            self.literals.table.build(&entropy.literals);
            self.literals.known = true;
            let counts = [&entropy.literals_length, &entropy.offset, &entropy.match_length];
            self.sequences.begin_with(counts, entropy.repeats);
        }
        Ok(Some(dictionary))
    }

    /// Decodes a frame whose blocks are all there; its matches may reach back to `start` of `output`.
    fn frame(
        &mut self,
        input: &[u8],
        frame: &Frame<'_>,
        left: u64,
        start: usize,
        output: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        let begin = output.len();
        let max_block = frame.header.window.min(MAX_BLOCK) as usize;
        let expected = usize::try_from(frame.max_output).unwrap_or(usize::MAX);
        let trusted = TRUSTED_BYTES + TRUSTED_RATIO * frame.blocks.len();
        let mut out = Output::new(output, start);
        let mut at = frame.blocks_at;
        loop {
            let block = block(input, at)?;
            let done = out.len() - begin;
            let room = usize::try_from(left).unwrap_or(usize::MAX) - done;
            let room = room.min(max_block);
            // As much as is sure to come, or doubling what is there.
            let spare = expected.saturating_sub(done + room).min(trusted.max(done));
            if !out.reserve(room, spare) {
                return Err(DecodeError::OutOfMemory { bytes: room });
            }
            self.block(input, at + 3, &block, max_block, &mut out).map_err(
                |failure| match failure {
                    Failure::Full if room < max_block => {
                        DecodeError::OutputTooLarge { limit: left }
                    }
                    Failure::Full => DecodeError::Invalid { offset: at, expected: TOO_LARGE },
                    Failure::Invalid(expected) => DecodeError::Invalid { offset: at, expected },
                },
            )?;
            at += 3 + block.body.len();
            if block.last {
                break;
            }
        }
        let content = out.since(begin);
        let actual = content.len() as u64;
        if let Some(declared) = frame.header.content_size
            && declared != actual
        {
            return Err(DecodeError::ContentSize { offset: frame.start, declared, actual });
        }
        if frame.header.checksum {
            check(input, at, xxh64(content, 0))?;
        }
        Ok(())
    }

    /// Decodes one block, whose body is at `at` of `input`.
    fn block(
        &mut self,
        input: &[u8],
        at: usize,
        block: &Block<'_>,
        max_block: usize,
        out: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let written = match block.kind {
            0 => out.literals(block.body, 0, block.body.len()),
            1 => out.fill(block.body[0], block.size as usize),
            _ => {
                let end = at + block.body.len();
                let found = self.literals.decode(input, at, end, max_block)?;
                // Where they are in the input, with what follows, so that copies may read past their end.
                let (bytes, from) = match found.in_source {
                    Some(from) => (input, from),
                    None => (&*self.literals.buffer, 0),
                };
                let literals = Source { bytes, at: from, end: from + found.len };
                return self.sequences.run((input, found.end, end), literals, out);
            }
        };
        if written { Ok(()) } else { Err(Failure::Full) }
    }
}

const TOO_LARGE: &str = "content no larger than the window and 128 KiB in a block";

/// Compares the checksum at `at` with the content's.
fn check(input: &[u8], at: usize, hash: u64) -> Result<(), DecodeError> {
    let computed = hash as u32;
    let stored =
        input.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    match stored {
        None => Err(DecodeError::Truncated { offset: at }),
        Some(stored) if stored != computed => {
            Err(DecodeError::Checksum { offset: at, stored, computed })
        }
        Some(_) => Ok(()),
    }
}
