//! Decompression: the limits around the engine, and what its codes mean.

use core::fmt;

use brotli_decompressor::{
    BrotliDecoderErrorCode as Engine, BrotliDecoderHasMoreOutput, BrotliDecoderTakeOutput,
    BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc,
};

use crate::DecodeError;

/// How much to produce at most, and what may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeOptions {
    /// Most bytes that one call or stream may append. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
    /// Most bytes of output for each byte of input.
    pub max_ratio: u64,
    /// Whether bytes after the stream are ignored instead of refused.
    pub allow_trailing: bool,
}

impl Default for DecodeOptions {
    /// 256 MiB of output, any ratio, and nothing behind the stream.
    fn default() -> Self {
        Self { max_output_bytes: 256 << 20, max_ratio: u64::MAX, allow_trailing: false }
    }
}

/// An output that is this large, and so many times as large as what was read for it, is counted to its end before more
/// memory is reserved: a bomb then ends without the memory that the limit allows, and what is no bomb gets what it needs
/// instead of up to twice as much. Hardly anything else is so compressible.
const SUSPICIOUS_BYTES: usize = 8 << 20;
const SUSPICIOUS_RATIO: u64 = 64;

/// Decompresses the stream that `input` is, appending to `output`. On an error `output` is as before.
///
/// Memory beyond the output is at most twice the window, 32 MiB, and not more than a few times what came out.
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
    let mut decoder = StreamDecoder::new(options);
    let mut rest = input;
    let mut enough = SUSPICIOUS_BYTES;
    let result = loop {
        let taken = match decoder.push_some(rest, enough, output) {
            Ok(taken) => taken,
            Err(error) => break Err(error),
        };
        rest = rest.get(taken..).unwrap_or_default();
        if rest.is_empty() {
            break decoder.finish();
        }
        // Looked at again whenever there is twice as much, until it has room for all.
        enough = output.len() - before;
        if enough >= SUSPICIOUS_BYTES && decoder.written / SUSPICIOUS_RATIO > decoder.read {
            if let Err(error) = make_room(input, options, before, output) {
                break Err(error);
            }
            enough = usize::MAX;
        }
    };
    result.inspect_err(|_| output.truncate(before))
}

/// Reserves what an input turns into, which has to be found out by decompressing it, or says that it is too much.
fn make_room(
    input: &[u8],
    options: &DecodeOptions,
    before: usize,
    output: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    let mut decoder = StreamDecoder::new(options);
    let mut piece = Vec::new();
    let mut rest = input;
    let mut total = 0;
    while !rest.is_empty() {
        piece.clear();
        match decoder.push_some(rest, 1 << 20, &mut piece) {
            Ok(taken) => rest = rest.get(taken..).unwrap_or_default(),
            Err(
                error @ (DecodeError::OutputTooLarge { .. } | DecodeError::RatioTooLarge { .. }),
            ) => return Err(error),
            // What else is wrong shows again, after as many bytes.
            Err(_) => break,
        }
        total += piece.len();
    }
    let more = (before + total).saturating_sub(output.len());
    output.try_reserve_exact(more).map_err(|_| DecodeError::OutOfMemory { bytes: more })
}

type State = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

/// Decompresses a stream whose bytes come in pieces. The pieces' sizes do not change what comes out.
pub struct StreamDecoder {
    options: DecodeOptions,
    state: Box<State>,
    /// How much was pushed, how much of it the engine has read, and how much came out.
    pushed: u64,
    read: u64,
    written: u64,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    /// The engine has seen the end of the stream.
    Complete,
    /// After an error or `finish`.
    Ended,
}

impl fmt::Debug for StreamDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamDecoder").finish_non_exhaustive()
    }
}

impl StreamDecoder {
    /// A decoder at the start of its input.
    pub fn new(options: &DecodeOptions) -> Self {
        let alloc = StandardAlloc::default;
        Self {
            options: *options,
            // Strict: no large windows, for which a header could ask 1 GiB.
            state: Box::new(BrotliState::new_strict(alloc(), alloc(), alloc())),
            pushed: 0,
            read: 0,
            written: 0,
            phase: Phase::Open,
        }
    }

    /// Takes more input and appends to `output` what comes out of it.
    ///
    /// # Errors
    ///
    /// Every variant of [`DecodeError`] but [`DecodeError::Truncated`]; the stream is then over, and what was appended
    /// to `output` stays there.
    pub fn push(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), DecodeError> {
        let mut rest = input;
        loop {
            let taken = self.push_some(rest, usize::MAX, output)?;
            rest = rest.get(taken..).unwrap_or_default();
            if rest.is_empty() {
                return Ok(());
            }
        }
    }

    /// As [`StreamDecoder::push`], but stops when about `enough` bytes were appended and more are to come, and tells how
    /// much of the input it took: a few bytes may turn into a lot. What was not taken, at least a byte, has to come again.
    ///
    /// # Errors
    ///
    /// As [`StreamDecoder::push`].
    pub fn push_some(
        &mut self,
        input: &[u8],
        enough: usize,
        output: &mut Vec<u8>,
    ) -> Result<usize, DecodeError> {
        self.pushed += input.len() as u64;
        let result = match self.phase {
            Phase::Open => self.run(input, enough, output),
            Phase::Complete if input.is_empty() || self.options.allow_trailing => Ok(input.len()),
            Phase::Complete => Err(DecodeError::Trailing { offset: self.read }),
            Phase::Ended => Err(DecodeError::Ended),
        };
        let taken = result.inspect_err(|_| self.phase = Phase::Ended)?;
        self.pushed -= (input.len() - taken) as u64;
        Ok(taken)
    }

    fn run(
        &mut self,
        input: &[u8],
        enough: usize,
        output: &mut Vec<u8>,
    ) -> Result<usize, DecodeError> {
        let begin = output.len();
        // The last byte is withheld until the engine has nothing more to give, so that something is left to come again.
        let (mut at, mut left) = (0, input.len().saturating_sub(1));
        let mut withheld = input.len() - left;
        loop {
            // Without room of its own: what there is is taken out of the engine's ring buffer, uncopied until then.
            let before = at;
            let result = BrotliDecompressStream(
                &mut left,
                &mut at,
                input,
                &mut 0,
                &mut 0,
                &mut [],
                &mut 0,
                &mut self.state,
            );
            self.read += (at - before) as u64;
            if !matches!(result, BrotliResult::ResultFailure) {
                self.drain(output)?;
            }
            match result {
                BrotliResult::NeedsMoreOutput if output.len() - begin >= enough && withheld > 0 => {
                    return Ok(at);
                }
                BrotliResult::NeedsMoreOutput => {}
                BrotliResult::NeedsMoreInput if withheld > 0 => {
                    left += withheld;
                    withheld = 0;
                }
                BrotliResult::NeedsMoreInput => return Ok(input.len()),
                BrotliResult::ResultFailure => return Err(self.failure()),
                BrotliResult::ResultSuccess => {
                    self.phase = Phase::Complete;
                    if left + withheld > 0 && !self.options.allow_trailing {
                        return Err(DecodeError::Trailing { offset: self.read });
                    }
                    return Ok(input.len());
                }
            }
        }
    }

    /// Takes what the engine has.
    fn drain(&mut self, output: &mut Vec<u8>) -> Result<(), DecodeError> {
        while BrotliDecoderHasMoreOutput(&self.state) {
            let mut len = 0;
            let fresh = BrotliDecoderTakeOutput(&mut self.state, &mut len);
            let fresh = fresh.get(..len).unwrap_or(fresh);
            if fresh.is_empty() {
                break;
            }
            self.written += fresh.len() as u64;
            let DecodeOptions { max_output_bytes, max_ratio, .. } = self.options;
            if self.written > max_output_bytes {
                return Err(DecodeError::OutputTooLarge { limit: max_output_bytes });
            }
            if self.written > max_ratio.saturating_mul(self.pushed) {
                return Err(DecodeError::RatioTooLarge { limit: max_ratio });
            }
            output
                .try_reserve(fresh.len())
                .map_err(|_| DecodeError::OutOfMemory { bytes: fresh.len() })?;
            output.extend_from_slice(fresh);
        }
        Ok(())
    }

    /// Says that the input has ended.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Truncated`] before the end of the stream, [`DecodeError::Ended`] after an error.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match std::mem::replace(&mut self.phase, Phase::Ended) {
            Phase::Complete => Ok(()),
            Phase::Open => Err(DecodeError::Truncated { offset: self.pushed }),
            Phase::Ended => Err(DecodeError::Ended),
        }
    }

    /// What the engine's code means, after the sections of RFC 7932.
    fn failure(&self) -> DecodeError {
        use Engine as E;
        let expected = match self.state.error_code {
            E::BROTLI_DECODER_ERROR_FORMAT_WINDOW_BITS => "a window of at most 16 MiB",
            E::BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_NIBBLE
            | E::BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_META_NIBBLE
            | E::BROTLI_DECODER_ERROR_FORMAT_RESERVED => "the header of a meta-block",
            E::BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_ALPHABET
            | E::BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_SAME
            | E::BROTLI_DECODER_ERROR_FORMAT_CL_SPACE
            | E::BROTLI_DECODER_ERROR_FORMAT_HUFFMAN_SPACE => "a complete prefix code",
            E::BROTLI_DECODER_ERROR_FORMAT_CONTEXT_MAP_REPEAT => "a context map of its size",
            E::BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_1
            | E::BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_2 => "no more content than declared",
            E::BROTLI_DECODER_ERROR_FORMAT_TRANSFORM
            | E::BROTLI_DECODER_ERROR_FORMAT_DICTIONARY => "a word of the dictionary",
            E::BROTLI_DECODER_ERROR_FORMAT_PADDING_1 | E::BROTLI_DECODER_ERROR_FORMAT_PADDING_2 => {
                "padding of zeros"
            }
            E::BROTLI_DECODER_ERROR_FORMAT_DISTANCE => "a distance within the content",
            E::BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES
            | E::BROTLI_DECODER_ERROR_ALLOC_TREE_GROUPS
            | E::BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MAP
            | E::BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_1
            | E::BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_2
            | E::BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES => {
                return DecodeError::OutOfMemory {
                    bytes: usize::try_from(self.state.ringbuffer_size).unwrap_or(0),
                };
            }
            _ => "a brotli stream",
        };
        DecodeError::Invalid { offset: self.read, expected }
    }
}
