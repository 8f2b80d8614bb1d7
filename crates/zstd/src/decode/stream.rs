//! Decompression of input that comes in pieces, with memory for a window.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use xxhash_rust::xxh64::Xxh64;

use super::bits::BEFORE_STREAM;
use super::block::{Blocks, Fault, Room, append, append_run};
use super::copy::SLACK;
use super::sequences::History;
use super::{DecodeLimits, check_dictionary};
use crate::frame::{
    BlockHeader, BlockKind, FrameInfo, MAX_BLOCK, block_header, check_limits, header,
    little_endian, magic,
};
use crate::{DecodeError, Dictionary};

/// How to decompress a stream.
#[derive(Clone, Debug, Default)]
pub struct StreamOptions {
    /// How much to produce at the most. For the ratio, input counts up to the end of the current block, and
    /// 128 KiB of output more are allowed, so that it does not matter how the input is cut.
    pub limits: DecodeLimits,
    /// The dictionary that the frames were compressed with.
    pub dictionary: Option<Arc<Dictionary>>,
    /// Ignore bytes after the last frame that do not begin as another one, instead of refusing them.
    pub allow_trailing: bool,
}

/// What the next bytes are.
#[derive(Clone, Copy, Debug)]
enum Expect {
    /// A frame header, of which some bytes may be there.
    Header,
    /// So many bytes of a skippable frame.
    Skip(u64),
    BlockHeader,
    Body(BlockHeader),
    Checksum,
    /// Nothing that matters.
    Trailing,
}

/// Decompresses frames whose bytes come in pieces.
///
/// Memory is bounded by one and a half times the window, or 256 KiB more than it, and grows with what is
/// really decoded. How the input is cut makes no difference to the output or to errors.
///
/// Unlike [`crate::Decoder`], which has all output at hand, it refuses matches that reach past the window.
pub struct StreamDecoder {
    options: StreamOptions,
    blocks: Box<Blocks>,
    expect: Expect,
    /// [`BEFORE_STREAM`] bytes, and what is there of what is expected.
    partial: Vec<u8>,
    /// How many bytes were taken, without those in `partial`.
    taken: u64,
    /// Whether a frame has ended.
    any: bool,
    /// The frame that is being decoded.
    frame: FrameInfo,
    /// Where in the input it starts.
    frame_at: u64,
    checksum: Option<Xxh64>,
    /// The end of the frame's content: at least a window of it, as far as there is so much.
    history: Vec<u8>,
    /// How many bytes of the frame were decoded.
    frame_output: u64,
    /// How many bytes were decoded of all frames.
    output: u64,
    failure: Option<DecodeError>,
}

impl core::fmt::Debug for StreamDecoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StreamDecoder").field("expect", &self.expect).finish_non_exhaustive()
    }
}

impl StreamDecoder {
    /// A decoder at the start of a stream.
    pub fn new(options: StreamOptions) -> Self {
        Self {
            options,
            blocks: Box::new(Blocks::new()),
            expect: Expect::Header,
            partial: vec![0; BEFORE_STREAM],
            taken: 0,
            any: false,
            frame: FrameInfo {
                skippable: true,
                header_len: 0,
                content_size: None,
                window_size: 0,
                dictionary_id: 0,
                checksum: false,
            },
            frame_at: 0,
            checksum: None,
            history: Vec::new(),
            frame_output: 0,
            output: 0,
            failure: None,
        }
    }

    /// Takes the next bytes of the stream and appends what can be decoded with them.
    ///
    /// # Errors
    ///
    /// Every variant of [`DecodeError`] except [`DecodeError::Truncated`]. The stream ends with an error: later
    /// calls give it again.
    pub fn push(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), DecodeError> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        self.push_some(input, usize::MAX, output).map(drop)
    }

    /// As [`StreamDecoder::push`], but stops at the end of the block with which `enough` bytes were appended, and tells how
    /// much of the input it took: a few bytes may turn into a lot.
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
        if let Some(error) = self.failure {
            return Err(error);
        }
        let mut rest = input;
        self.advance(&mut rest, enough, output).inspect_err(|error| self.failure = Some(*error))?;
        Ok(input.len() - rest.len())
    }

    /// Says that there is no more input.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Truncated`] inside a frame or without any, and the error that the stream has ended with.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        let partial = self.partial.len() - BEFORE_STREAM;
        let complete = match self.expect {
            // Less than a magic number is trailing too.
            Expect::Header => self.any && (partial == 0 || self.trailing() && partial < 4),
            Expect::Trailing => true,
            _ => false,
        };
        if complete {
            return Ok(());
        }
        let at = match self.expect {
            Expect::Body(_) => self.taken - 3,
            Expect::Skip(_) => self.frame_at,
            _ => self.taken,
        };
        let error = DecodeError::Truncated { offset: position(at) };
        self.failure = Some(error);
        Err(error)
    }

    fn trailing(&self) -> bool {
        self.options.allow_trailing && self.any
    }

    fn advance(
        &mut self,
        input: &mut &[u8],
        enough: usize,
        output: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        let begin = output.len();
        while output.len() - begin < enough {
            match self.expect {
                Expect::Trailing => {
                    *input = &[];
                    return Ok(());
                }
                Expect::Header => {
                    if !self.take_header(input)? {
                        return Ok(());
                    }
                }
                Expect::Skip(left) => {
                    let len = input.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                    *input = input.get(len..).unwrap_or_default();
                    self.taken += len as u64;
                    self.expect = Expect::Skip(left - len as u64);
                    if left == len as u64 {
                        self.end_frame();
                    } else {
                        return Ok(());
                    }
                }
                Expect::BlockHeader => {
                    if !self.gather(input, 3)? {
                        return Ok(());
                    }
                    let bytes = self.partial.get(BEFORE_STREAM..).unwrap_or_default();
                    let offset = position(self.taken);
                    let header = block_header(bytes, offset, self.frame.max_block())?;
                    self.release();
                    self.expect = Expect::Body(header);
                }
                Expect::Body(header) => {
                    if !self.take_block(input, header, output)? {
                        return Ok(());
                    }
                }
                Expect::Checksum => {
                    if !self.gather(input, 4)? {
                        return Ok(());
                    }
                    let bytes = self.partial.get(BEFORE_STREAM..).unwrap_or_default();
                    let stored = little_endian(bytes) as u32;
                    let computed = self.checksum.as_ref().map_or(0, Xxh64::digest) as u32;
                    if stored != computed {
                        let offset = position(self.taken);
                        return Err(DecodeError::Checksum { offset, stored, computed });
                    }
                    self.release();
                    self.end_frame();
                }
            }
        }
        Ok(())
    }

    /// Moves bytes to `partial` until `len` are there. Returns whether they are.
    fn gather(&mut self, input: &mut &[u8], len: usize) -> Result<bool, DecodeError> {
        let missing = (BEFORE_STREAM + len).saturating_sub(self.partial.len());
        let (bytes, rest) = input.split_at(missing.min(input.len()));
        self.partial
            .try_reserve(bytes.len())
            .map_err(|_| DecodeError::OutOfMemory { bytes: bytes.len() })?;
        self.partial.extend_from_slice(bytes);
        *input = rest;
        Ok(bytes.len() == missing)
    }

    /// Counts what is in `partial` as taken.
    fn release(&mut self) {
        self.taken += (self.partial.len() - BEFORE_STREAM) as u64;
        self.partial.truncate(BEFORE_STREAM);
    }

    /// Reads a frame header. Returns whether there was one.
    fn take_header(&mut self, input: &mut &[u8]) -> Result<bool, DecodeError> {
        loop {
            let bytes = self.partial.get(BEFORE_STREAM..).unwrap_or_default();
            // The shortest input that is wrong is refused at once, but waiting for a header is no error.
            let found = if bytes.is_empty() {
                Err(DecodeError::Truncated { offset: 0 })
            } else {
                header(bytes, 0)
            };
            match found {
                Ok(info) => {
                    self.begin_frame(info)?;
                    return Ok(true);
                }
                Err(DecodeError::Truncated { .. }) => {
                    let want = bytes.len() + 1;
                    if !self.gather(input, want)? {
                        return Ok(false);
                    }
                }
                Err(DecodeError::Invalid { offset, expected }) => {
                    if self.trailing() && magic(bytes, 0).is_err() {
                        self.expect = Expect::Trailing;
                        return Ok(true);
                    }
                    let offset = position(self.taken + offset as u64);
                    return Err(DecodeError::Invalid { offset, expected });
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn begin_frame(&mut self, info: FrameInfo) -> Result<(), DecodeError> {
        self.frame_at = self.taken;
        self.release();
        if info.skippable {
            self.expect = Expect::Skip(info.content_size.unwrap_or(0));
            return Ok(());
        }
        let limits = &self.options.limits;
        check_limits(&info, limits)?;
        check_dictionary(info.dictionary_id, self.options.dictionary.as_deref())?;
        if info.content_size.is_some_and(|size| size > limits.max_output_bytes - self.output) {
            return Err(DecodeError::OutputTooLarge { limit: limits.max_output_bytes });
        }
        self.frame = info;
        self.checksum = info.checksum.then(|| Xxh64::new(0));
        self.history.clear();
        self.frame_output = 0;
        self.blocks.reset();
        if let Some(dictionary) = &self.options.dictionary {
            self.blocks.use_dictionary(dictionary);
        }
        self.expect = Expect::BlockHeader;
        Ok(())
    }

    fn end_frame(&mut self) {
        self.any = true;
        self.expect = Expect::Header;
    }

    /// Decodes a block if it is all there. Returns whether it was.
    fn take_block(
        &mut self,
        input: &mut &[u8],
        header: BlockHeader,
        output: &mut Vec<u8>,
    ) -> Result<bool, DecodeError> {
        let len = header.body_len();
        if !self.gather(input, len)? {
            return Ok(false);
        }
        let window = usize::try_from(self.frame.window_size).unwrap_or(usize::MAX);
        self.make_room(window)?;
        // How far back matches may go depends on where blocks start, not on what is still there.
        let begin = self.history.len();
        let start = begin.saturating_sub(window);
        let dictionary = match &self.options.dictionary {
            Some(dictionary) if self.frame_output <= window as u64 => dictionary.bytes(),
            _ => &[],
        };
        let (limit, error) = self.limit(len);
        let declared = self.frame.content_size.map(|size| size.saturating_sub(self.frame_output));
        let block = self.frame.max_block();
        let hint = match declared {
            Some(left) => Some(left.min(block as u64) as usize),
            None => (!header.last).then_some(block),
        };
        let room = Room { block, limit: usize::try_from(limit).unwrap_or(usize::MAX), hint };
        let body = self.partial.get(BEFORE_STREAM..).unwrap_or_default();
        let history = &mut self.history;
        let at = position(self.taken.saturating_sub(3));
        match header.kind {
            BlockKind::Raw => append(history, body, room),
            BlockKind::Rle => {
                append_run(history, body.first().copied().unwrap_or(0), header.size, room)
            }
            BlockKind::Compressed => {
                let source = (self.partial.as_slice(), BEFORE_STREAM, self.partial.len());
                self.blocks.decode(source, room, History { start, dictionary }, history)
            }
        }
        .map_err(|fault| match fault {
            Fault::Invalid(expected) => DecodeError::Invalid { offset: at, expected },
            Fault::TooLarge => error,
            Fault::OutOfMemory(bytes) => DecodeError::OutOfMemory { bytes },
            Fault::Other(error) => error,
        })?;

        let new = self.history.get(begin..).unwrap_or_default();
        output.try_reserve(new.len()).map_err(|_| DecodeError::OutOfMemory { bytes: new.len() })?;
        output.extend_from_slice(new);
        if let Some(checksum) = &mut self.checksum {
            checksum.update(new);
        }
        self.output += new.len() as u64;
        self.frame_output += new.len() as u64;
        self.release();
        let actual = self.frame_output;
        if let Some(declared) = self.frame.content_size
            && (actual > declared || header.last && actual != declared)
        {
            let offset = position(self.frame_at);
            return Err(DecodeError::ContentSize { offset, declared, actual });
        }
        match header.last {
            false => self.expect = Expect::BlockHeader,
            true if self.frame.checksum => self.expect = Expect::Checksum,
            true => self.end_frame(),
        }
        Ok(true)
    }

    /// How many bytes a block may give whose body takes `len`, and the error if it gives more.
    fn limit(&self, len: usize) -> (u64, DecodeError) {
        let limits = &self.options.limits;
        let by_size = limits.max_output_bytes.saturating_sub(self.output);
        let too_large = DecodeError::OutputTooLarge { limit: limits.max_output_bytes };
        if limits.max_ratio == 0 {
            return (by_size, too_large);
        }
        let input = self.taken + len as u64;
        let by_ratio = input.saturating_mul(limits.max_ratio).saturating_add(MAX_BLOCK);
        let by_ratio = by_ratio.saturating_sub(self.output);
        if by_ratio < by_size {
            (by_ratio, DecodeError::RatioTooLarge { limit: limits.max_ratio })
        } else {
            (by_size, too_large)
        }
    }

    /// Makes room for a block: forgets what is past the window, seldom enough that moving the rest costs
    /// little, and reserves no more than needed.
    fn make_room(&mut self, window: usize) -> Result<(), DecodeError> {
        let block = self.frame.max_block() + SLACK;
        let most = window.saturating_add((window / 2).max(256 << 10));
        let len = self.history.len();
        if len >= most {
            self.history.copy_within(len - window.., 0);
            self.history.truncate(window);
        }
        let len = self.history.len();
        if self.history.capacity() - len < block {
            let whole = match self.frame.content_size {
                Some(size) => most.min(usize::try_from(size).unwrap_or(usize::MAX)),
                None => most,
            };
            let more = block.max(whole.min(2 * len).saturating_sub(len) + block);
            self.history
                .try_reserve_exact(more)
                .map_err(|_| DecodeError::OutOfMemory { bytes: more })?;
        }
        Ok(())
    }
}

/// A position in the input, as errors give it.
fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
