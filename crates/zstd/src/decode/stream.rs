//! Decompression of an input that comes in pieces, with memory that its window bounds.

use std::sync::Arc;

use bytemill_lz::Output;
use xxhash_rust::xxh64::Xxh64;

use super::bits::BEFORE_STREAM;
use super::sequences::Failure;
use super::{Blocks, DecodeLimits, TOO_LARGE};
use crate::frame::{Block, Header, MAGIC, MAX_BLOCK, header, magic};
use crate::{DecodeError, Dictionary};

/// What the next bytes are.
#[derive(Clone, Copy)]
enum Next {
    /// A magic number, and the header after it.
    Frame,
    /// What is left of a skippable frame.
    Skip(u64),
    Block,
    Checksum,
    /// Bytes that nobody asked for.
    Trailing,
}

/// A decompressor that takes its input in pieces.
pub struct StreamDecoder {
    limits: DecodeLimits,
    dictionary: Option<Arc<Dictionary>>,
    trailing: bool,
    blocks: Box<Blocks>,
    next: Next,
    /// The beginning of what comes next, behind as many bytes as readers of streams count on.
    pending: Vec<u8>,
    /// What matches may refer to: the dictionary's content and the frame's, of which the oldest is dropped now and then.
    history: Vec<u8>,
    header: Option<Header>,
    hash: Xxh64,
    /// Content of the present frame so far.
    content: u64,
    /// Input and output so far, for errors and limits.
    taken: u64,
    given: u64,
    frames: u64,
}

impl core::fmt::Debug for StreamDecoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StreamDecoder").field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl StreamDecoder {
    /// A decoder for one input. `trailing` says whether bytes after the last frame are passed over.
    pub fn new(limits: DecodeLimits, dictionary: Option<Arc<Dictionary>>, trailing: bool) -> Self {
        Self {
            limits,
            dictionary,
            trailing,
            blocks: Box::new(Blocks::new()),
            next: Next::Frame,
            pending: vec![0; BEFORE_STREAM],
            history: Vec::new(),
            header: None,
            hash: Xxh64::new(0),
            content: 0,
            taken: 0,
            given: 0,
            frames: 0,
        }
    }

    /// Takes the beginning of `input` and appends what it gives, until `enough` bytes were appended; tells how much of
    /// the input it took. Offsets in errors count from the start of the first piece.
    ///
    /// # Errors
    ///
    /// Every variant of [`DecodeError`] but `OutOfMemory` for the window is about the input; the stream is over then.
    pub fn push(
        &mut self,
        input: &[u8],
        enough: usize,
        output: &mut Vec<u8>,
    ) -> Result<usize, DecodeError> {
        let before = output.len();
        let mut at = 0;
        while at < input.len() && output.len() - before < enough {
            at += self.step(&input[at..], output)?;
        }
        Ok(at)
    }

    /// Ends the input.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Truncated`] unless it ended with a frame.
    pub fn finish(&self) -> Result<(), DecodeError> {
        let whole = match self.next {
            Next::Frame => {
                self.frames > 0 && (self.pending.len() == BEFORE_STREAM || self.trailing)
            }
            Next::Trailing => true,
            Next::Skip(_) | Next::Block | Next::Checksum => false,
        };
        if whole { Ok(()) } else { Err(DecodeError::Truncated { offset: self.offset() }) }
    }

    fn offset(&self) -> usize {
        usize::try_from(self.taken).unwrap_or(usize::MAX)
    }

    /// Does the next thing, or a part of it; else keeps what is there of it. Tells how much of the piece it took.
    fn step(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<usize, DecodeError> {
        match &mut self.next {
            Next::Trailing => return Ok(input.len()),
            Next::Skip(left) => {
                let some = usize::try_from(*left).unwrap_or(usize::MAX).min(input.len());
                *left -= some as u64;
                self.taken += some as u64;
                if *left == 0 {
                    self.next = Next::Frame;
                }
                return Ok(some);
            }
            Next::Frame | Next::Block | Next::Checksum => {}
        }
        let before = self.pending.len() - BEFORE_STREAM;
        let wanted = self.wanted().saturating_sub(before).clamp(1, input.len());
        let bytes = input.get(..wanted).unwrap_or_default();
        self.pending.try_reserve(wanted).map_err(|_| DecodeError::OutOfMemory { bytes: wanted })?;
        self.pending.extend_from_slice(bytes);
        let pending = std::mem::take(&mut self.pending);
        let result = self.take(&pending, output);
        self.pending = pending;
        // All that is pending is one thing, which is all there now or is not.
        if result? > 0 {
            self.pending.truncate(BEFORE_STREAM);
        }
        Ok(wanted)
    }

    /// How many bytes the next thing has, as far as what is pending tells.
    fn wanted(&self) -> usize {
        let byte = |at: usize| self.pending.get(BEFORE_STREAM + at).map(|byte| usize::from(*byte));
        match self.next {
            // One at a time: a header tells its length as it goes.
            Next::Frame => self.pending.len() - BEFORE_STREAM + 1,
            Next::Block => match (byte(0), byte(1), byte(2)) {
                (Some(low), Some(middle), Some(high)) => {
                    let value = low | middle << 8 | high << 16;
                    3 + if (value >> 1) & 3 == 1 { 1 } else { value >> 3 }
                }
                _ => 3,
            },
            Next::Checksum => 4,
            Next::Skip(_) | Next::Trailing => 0,
        }
    }

    /// Takes the one thing that is pending; 0 where it is not all there.
    fn take(&mut self, pending: &[u8], output: &mut Vec<u8>) -> Result<usize, DecodeError> {
        let bytes = pending.get(BEFORE_STREAM..).unwrap_or_default();
        let taken = match self.next {
            Next::Frame => self.begin(bytes),
            Next::Block => self.block(pending, bytes, output),
            Next::Checksum => self.checksum(bytes),
            Next::Skip(_) | Next::Trailing => Ok(0),
        };
        match taken {
            Ok(taken) => {
                self.taken += taken as u64;
                Ok(taken)
            }
            Err(error) => Err(error.moved(self.offset())),
        }
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<usize, DecodeError> {
        let found = match magic(bytes, 0) {
            Err(DecodeError::Truncated { .. }) => return Ok(0),
            Err(_) if self.trailing && self.frames > 0 => {
                self.next = Next::Trailing;
                return Ok(bytes.len());
            }
            found => found?,
        };
        if found != MAGIC {
            let Some(size) = bytes.get(4..8).and_then(|size| size.try_into().ok()) else {
                return Ok(0);
            };
            self.frames += 1;
            self.next = match u64::from(u32::from_le_bytes(size)) {
                0 => Next::Frame,
                size => Next::Skip(size),
            };
            return Ok(8);
        }
        let header = match header(bytes, 0) {
            Err(DecodeError::Truncated { .. }) => return Ok(0),
            header => header?,
        };
        header.check(&self.limits)?;
        self.start(&header)?;
        Ok(header.len)
    }

    fn start(&mut self, header: &Header) -> Result<(), DecodeError> {
        let dictionary = self.blocks.begin(header, self.dictionary.as_deref())?;
        self.history.clear();
        if let Some(dictionary) = dictionary {
            let content = dictionary.content();
            let error = DecodeError::OutOfMemory { bytes: content.len() };
            self.history.try_reserve(content.len()).map_err(|_| error)?;
            self.history.extend_from_slice(content);
        }
        self.header = Some(*header);
        self.hash = Xxh64::new(0);
        self.content = 0;
        self.frames += 1;
        self.next = Next::Block;
        Ok(())
    }

    fn block(
        &mut self,
        pending: &[u8],
        bytes: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<usize, DecodeError> {
        let Some(header) = self.header else { return Ok(0) };
        let invalid = |expected| DecodeError::Invalid { offset: 0, expected };
        let max_block = header.window.min(MAX_BLOCK);
        if let Some(&[low, middle, high]) = bytes.first_chunk::<3>() {
            // A block that is too large is refused before it is waited for.
            let value = u64::from(low) | u64::from(middle) << 8 | u64::from(high) << 16;
            Block::check((value >> 1) & 3, value >> 3, max_block).map_err(invalid)?;
        }
        let block = match crate::frame::block(bytes, 0) {
            Err(DecodeError::Truncated { .. }) => return Ok(0),
            block => block?,
        };
        let max_block = max_block as usize;
        let (left, exceeded) = self.left();
        let room = usize::try_from(left).unwrap_or(usize::MAX).min(max_block);
        self.slide(header.window);
        let begin = self.history.len();
        let mut out = Output::new(&mut self.history, 0);
        if !out.reserve(room, begin.max(max_block)) {
            return Err(DecodeError::OutOfMemory { bytes: room });
        }
        self.blocks.block(pending, BEFORE_STREAM + 3, &block, max_block, &mut out).map_err(
            |failure| match failure {
                Failure::Full if room < max_block => exceeded,
                Failure::Full => invalid(TOO_LARGE),
                Failure::Invalid(expected) => invalid(expected),
            },
        )?;
        drop(out);
        let content = &self.history[begin..];
        let error = DecodeError::OutOfMemory { bytes: content.len() };
        output.try_reserve(content.len()).map_err(|_| error)?;
        output.extend_from_slice(content);
        if header.checksum {
            self.hash.update(content);
        }
        self.content += content.len() as u64;
        self.given += content.len() as u64;
        if block.last {
            self.end(&header)?;
        }
        Ok(3 + block.body.len())
    }

    /// Output that is still allowed, judged by the input so far where a ratio is given, and the error beyond it.
    fn left(&self) -> (u64, DecodeError) {
        let DecodeLimits { max_output_bytes: limit, max_ratio, .. } = self.limits;
        let by_size = limit.saturating_sub(self.given);
        // The block that is being read counts as if it were as large as it can be.
        let input = self.taken.saturating_add(MAX_BLOCK);
        let by_ratio = max_ratio.saturating_mul(input).saturating_sub(self.given);
        if max_ratio > 0 && by_ratio < by_size {
            (by_ratio, DecodeError::RatioTooLarge { limit: max_ratio })
        } else {
            (by_size, DecodeError::OutputTooLarge { limit })
        }
    }

    /// Drops what is too old for the window, when there is as much of it as of what has to stay.
    fn slide(&mut self, window: u64) {
        let window = usize::try_from(window).unwrap_or(usize::MAX);
        let len = self.history.len();
        if len >= window.saturating_mul(2).max(4 * MAX_BLOCK as usize) {
            self.history.copy_within(len - window.., 0);
            self.history.truncate(window);
        }
    }

    fn end(&mut self, header: &Header) -> Result<(), DecodeError> {
        let actual = self.content;
        if let Some(declared) = header.content_size
            && declared != actual
        {
            return Err(DecodeError::ContentSize { offset: 0, declared, actual });
        }
        self.next = if header.checksum { Next::Checksum } else { Next::Frame };
        Ok(())
    }

    fn checksum(&mut self, bytes: &[u8]) -> Result<usize, DecodeError> {
        if bytes.len() < 4 {
            return Ok(0);
        }
        super::check(bytes, 0, self.hash.digest())?;
        self.next = Next::Frame;
        Ok(4)
    }
}
