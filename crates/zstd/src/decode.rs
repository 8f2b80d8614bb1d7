//! Decompression: the limits, the loop over frames and what is compared at the end of each.

use std::io::{self, Read, Write};

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::DecodeError;
use crate::frame::{Block, Frame, Frames, MAGIC, MAX_BLOCK, block};

/// How much a decoder may produce and keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeLimits {
    /// Most bytes that one call may append, over all frames. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
    /// Largest window a frame may declare, in bytes.
    pub max_window_bytes: u64,
}

impl Default for DecodeLimits {
    /// 256 MiB of output and libzstd's own limit for windows, 128 MiB.
    fn default() -> Self {
        Self { max_output_bytes: 256 << 20, max_window_bytes: 128 << 20 }
    }
}

/// Output is collected whenever this many bytes have been decoded.
const STEP: usize = 256 * 1024;
/// A decoder is used again for the next frame only below this: `ruzstd` reserves a whole window on reuse.
const REUSE_WINDOW: u64 = 1 << 20;

/// Decompresses all frames of `input`, appending to `output`.
///
/// All frame and block headers are read before anything is decoded. Memory beyond the output is at most
/// about twice the window or twice the content, whichever is smaller. On an error `output` is as before.
///
/// # Errors
///
/// Every variant of [`DecodeError`].
pub fn decompress(
    input: &[u8],
    limits: &DecodeLimits,
    output: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    // What does not fit the address space is over any limit.
    let limits = DecodeLimits {
        max_output_bytes: limits.max_output_bytes.min(isize::MAX as u64),
        max_window_bytes: limits.max_window_bytes.min(isize::MAX as u64 / 4),
    };
    let mut min_output = 0_u64;
    let mut frames = Frames::new(input, &limits);
    while let Some(frame) = frames.next()? {
        min_output = min_output.saturating_add(frame.min_output);
        if min_output > limits.max_output_bytes {
            return Err(DecodeError::OutputTooLarge { limit: limits.max_output_bytes });
        }
    }
    let before = output.len();
    let result = decode_frames(input, &limits, output);
    if result.is_err() {
        output.truncate(before);
    }
    result
}

fn decode_frames(
    input: &[u8],
    limits: &DecodeLimits,
    output: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    let mut sink = Sink { output, left: limits.max_output_bytes, failure: None, limits };
    let mut decoder: Option<FrameDecoder> = None;
    let mut frames = Frames::new(input, limits);
    while let Some(frame) = frames.next()? {
        let mut current = decoder.take().unwrap_or_else(|| {
            let mut decoder = FrameDecoder::new();
            decoder.set_max_window_size(u64::MAX);
            decoder
        });
        decode_frame(&mut current, &frame, &mut sink)?;
        if frame.window <= REUSE_WINDOW {
            decoder = Some(current);
        }
    }
    Ok(())
}

fn decode_frame(
    decoder: &mut FrameDecoder,
    frame: &Frame<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), DecodeError> {
    // A header of our own, in place of the frame's: a single segment of exactly the size that has to be
    // kept. `ruzstd` keeps back a window's worth before it hands bytes out, so a window past the output
    // limit would only delay the moment at which the limit is noticed.
    let window = frame.window.min(sink.left.max(MAX_BLOCK));
    let mut header = [0; 13];
    header[..4].copy_from_slice(&MAGIC);
    header[4] = 0xE0 | if frame.checksum { 0x04 } else { 0 };
    header[5..].copy_from_slice(&window.to_le_bytes());
    decoder.reset(header.as_slice()).map_err(|_| DecodeError::Invalid {
        offset: frame.start,
        expected: "a frame header that decodes",
    })?;

    let left_before = sink.left;
    let max_block = frame.window.min(MAX_BLOCK) as usize;
    let mut at = 0;
    loop {
        let block = block(frame.blocks, at)?;
        decode_block(decoder, &block, max_block)
            .map_err(|expected| DecodeError::Invalid { offset: frame.blocks_at + at, expected })?;
        at += 3 + block.body.len();
        if decoder.can_collect() >= STEP {
            sink.collect(decoder)?;
        }
        if block.last {
            break;
        }
    }
    // The end that `decode_block` withheld: an empty last block, then the checksum.
    let end = [1, 0, 0].as_slice().chain(&frame.blocks[at..]);
    decoder.decode_blocks(end, BlockDecodingStrategy::All).map_err(|_| DecodeError::Invalid {
        offset: frame.blocks_at + at,
        expected: "the end of a frame",
    })?;
    sink.collect(decoder)?;

    let actual = left_before - sink.left;
    if let Some(declared) = frame.content_size
        && declared != actual
    {
        return Err(DecodeError::ContentSize { offset: frame.start, declared, actual });
    }
    if let (Some(stored), Some(computed)) =
        (decoder.get_checksum_from_data(), decoder.get_calculated_checksum())
        && stored != computed
    {
        return Err(DecodeError::Checksum { offset: frame.blocks_at + at, stored, computed });
    }
    Ok(())
}

/// Decodes one block, or says what was expected of it.
///
/// `ruzstd` does not count the literals after the last sequence against `Block_Maximum_Size`, and does not
/// tell how much a block gave. But it can be asked to go on until more than the maximum is there: given a
/// single block that is not marked as the last, it then misses the next header, unless the block was
/// too large.
fn decode_block(
    decoder: &mut FrameDecoder,
    block: &Block<'_>,
    max_block: usize,
) -> Result<(), &'static str> {
    let mut header = block.header;
    header[0] &= !1;
    let source = header.as_slice().chain(block.body);
    match decoder.decode_blocks(source, BlockDecodingStrategy::UptoBytes(max_block + 1)) {
        Err(FrameDecoderError::FailedToReadBlockHeader(_)) => Ok(()),
        Err(_) => Err("a block that decodes"),
        Ok(_) => Err("content no larger than the window and 128 KiB in a block"),
    }
}

/// Appends decoded bytes as long as the limit and the allocator allow.
struct Sink<'a> {
    output: &'a mut Vec<u8>,
    left: u64,
    failure: Option<DecodeError>,
    limits: &'a DecodeLimits,
}

impl Sink<'_> {
    /// Takes what the decoder need not keep.
    fn collect(&mut self, decoder: &mut FrameDecoder) -> Result<(), DecodeError> {
        let result = decoder.collect_to_writer(&mut *self);
        result.map(drop).map_err(|_| {
            self.failure
                .unwrap_or(DecodeError::OutputTooLarge { limit: self.limits.max_output_bytes })
        })
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let failure = if bytes.len() as u64 > self.left {
            DecodeError::OutputTooLarge { limit: self.limits.max_output_bytes }
        } else if self.output.try_reserve(bytes.len()).is_err() {
            DecodeError::OutOfMemory { bytes: bytes.len() }
        } else {
            self.output.extend_from_slice(bytes);
            self.left -= bytes.len() as u64;
            return Ok(bytes.len());
        };
        self.failure = Some(failure);
        Err(io::ErrorKind::OutOfMemory.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
