//! Blocks: what finders find, through the entropy stage, or raw where that is no gain (RFC 8878, 3.1.1.2).

mod prepared;

pub(super) use prepared::{Cache, size_class};

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::entropy::literals::LiteralsState;
use super::entropy::sequences::SequencesState;
use super::finder::{Finder, Span};
use super::header::{BlockType, block_header};
use super::long::LongMatches;
use super::params::{Params, Strategy};
use super::reserve;
use super::store::{BLOCK, Store};
use crate::codes::FIRST_OFFSETS;
use crate::{Dictionary, EncodeError};

/// What a bit writer may write past its end.
const SLACK: usize = 16;
/// How much of a far-reaching history is entered into the finder's tables.
const NEAR: usize = 2 << 20;
/// How much of a long match is.
const LONG_END: usize = 512;

/// All state of a frame, its tables kept for the next.
pub(crate) struct Blocks {
    finder: Finder,
    /// Beside the finder, where the frame asks for it.
    long: Option<Box<LongMatches>>,
    store: Store,
    literals: LiteralsState,
    sequences: SequencesState,
    scratch: Vec<u8>,
    params: Params,
    /// Index of the first byte of the buffer that `run` is given; it may wrap.
    base: u32,
    /// Lowest index of the frame.
    low: u32,
}

impl Blocks {
    pub(crate) fn new() -> Self {
        Self {
            finder: Finder::new(),
            long: None,
            store: Store::new(),
            literals: LiteralsState::new(),
            sequences: SequencesState::new(),
            scratch: Vec::new(),
            params: Params::new(1, None, 0),
            base: 1,
            low: 1,
        }
    }

    /// Starts a frame.
    pub(crate) fn begin(&mut self, params: &Params) -> Result<(), EncodeError> {
        self.params = *params;
        self.base = self.finder.begin(params)?;
        // Given back before the next one is allocated, and after the last frame that needs it.
        self.long = None;
        if params.long_distance {
            self.long = Some(Box::new(LongMatches::new(params)?));
        }
        self.low = self.base;
        self.store.offsets = FIRST_OFFSETS;
        self.literals.reset();
        self.sequences.reset();
        Ok(())
    }

    /// Continues a frame that another encoder began: nothing is known of its tables and offsets.
    pub(crate) fn continue_frame(&mut self) {
        self.store.offsets = [0; 3];
    }

    /// Starts from the tables and offsets of a dictionary.
    pub(crate) fn start_from(&mut self, dictionary: &Dictionary) {
        self.store.offsets = dictionary.offsets();
        if let Some(entropy) = dictionary.entropy() {
            self.literals.start_from(entropy);
            self.sequences.start_from(entropy);
        }
    }

    /// Enters `buf[start..end]` as history.
    pub(crate) fn load(&mut self, buf: &[u8], start: usize, end: usize) {
        let mut near = start;
        if let Some(long) = &mut self.long {
            long.load(buf, start, end);
            // The finder's tables have no room for all that the long matches look back to.
            near = start.max(end.saturating_sub(NEAR));
        }
        let span = self.span(buf, near, end);
        self.finder.load(&span, &self.params);
    }

    /// The first `bytes` of the buffer are gone; everything else has moved to the front.
    pub(crate) fn shift(&mut self, bytes: usize) {
        let lowest = self.low.wrapping_sub(self.base) as usize;
        self.base = self.base.wrapping_add(bytes as u32);
        if lowest < bytes {
            self.low = self.base;
        }
        if let Some(long) = &mut self.long {
            long.shift(bytes);
        }
    }

    /// Largest distance of a match.
    pub(crate) fn window(&self) -> usize {
        1 << self.params.window_log
    }

    /// Most bytes of a block of this frame.
    pub(crate) fn block_size(&self) -> usize {
        BLOCK.min(1 << self.params.window_log)
    }

    /// Writes `buf[start..]` as blocks; what lies before is history. Without input, `last` makes an empty block.
    pub(crate) fn run(
        &mut self,
        buf: &[u8],
        start: usize,
        last: bool,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        if start == buf.len() && last {
            reserve(output, 3)?;
            output.extend_from_slice(&block_header(true, BlockType::Raw, 0));
        }
        let mut at = start;
        while at < buf.len() {
            let end = buf.len().min(at + self.block_size());
            self.block(buf, at, end, last && end == buf.len(), output)?;
            at = end;
        }
        Ok(())
    }

    fn block(
        &mut self,
        buf: &[u8],
        start: usize,
        end: usize,
        last: bool,
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let span = self.span(buf, start, end);
        let content = &buf[start..end];
        let size = content.len();
        reserve(output, 3 + size)?;
        if size > 3 && content[1..] == content[..size - 1] {
            output.extend_from_slice(&block_header(last, BlockType::Rle, size));
            output.push(content[0]);
            return Ok(());
        }
        let offsets = self.store.offsets;
        if let Some(compressed) = self.compress(&span) {
            self.literals.commit();
            self.sequences.commit();
            output.extend_from_slice(&block_header(last, BlockType::Compressed, compressed));
            output.extend_from_slice(&self.scratch[..compressed]);
        } else {
            self.store.offsets = offsets;
            output.extend_from_slice(&block_header(last, BlockType::Raw, size));
            output.extend_from_slice(content);
        }
        Ok(())
    }

    /// The block with its indices; where they have run out, all tables start anew.
    fn span<'a>(&mut self, buf: &'a [u8], start: usize, end: usize) -> Span<'a> {
        let index = u64::from((start as u32).wrapping_add(self.base)) + (end - start) as u64;
        if index > u64::from(u32::MAX) || !Finder::has_room(index as u32) {
            self.finder.clear();
            self.base = 1_u32.wrapping_sub(start as u32);
            self.low = 1;
        }
        let window = 1 << self.params.window_log;
        Span { buf, start, end, base: self.base, low: self.low, window }
    }

    /// Compresses a block into `scratch`. `None` where that saves too little.
    fn compress(&mut self, span: &Span<'_>) -> Option<usize> {
        let size = span.end - span.start;
        if size < 7 {
            return None;
        }
        self.store.clear(size);
        if self.scratch.len() < size + SLACK + 256 {
            self.scratch.resize(size + SLACK + 256, 0);
        }
        let mut span = *span;
        if self.params.strategy == Strategy::Ultra2
            && self.finder.knows_no_prices()
            && span.index(span.start) == self.low
        {
            // Nothing is known of the content yet: parse it once to learn its prices, then forget all but these.
            let offsets = self.store.offsets;
            self.near(&span);
            self.store.clear(size);
            self.store.offsets = offsets;
            self.base = self.base.wrapping_add(size as u32);
            self.low = self.base;
            span = Span { base: self.base, low: self.low, ..span };
        }
        let tail = self.search(&span);
        self.store.tail(span.buf, tail, span.end - tail);
        let strategy = self.params.strategy;
        let literals = self.store.literals();
        let sequences = &self.store.sequences;
        let accelerated = strategy == Strategy::Fast && self.params.target_length > 0;
        let suspicious = literals.len() >= 20 * sequences.len();
        let out = &mut self.scratch;
        let mut at = self.literals.write(literals, strategy, !accelerated, suspicious, out)?;
        at += self.sequences.write(sequences, out.get_mut(at..)?)?;
        let gain = if strategy >= Strategy::Ultra { strategy as u32 - 1 } else { 6 };
        (at + (size >> gain) + 2 < size).then_some(at)
    }

    /// Finds the matches of a block: the long ones, and what the finder finds between them. Returns where the literals
    /// after the last one start.
    fn search(&mut self, span: &Span<'_>) -> usize {
        let Some(long) = &mut self.long else { return self.near(span) };
        long.block(span);
        let found = core::mem::take(&mut long.found);
        let mut start = span.start;
        for found in &found {
            let tail = self.near(&Span { start, end: found.at, ..*span });
            self.store.push(span.buf, tail, found.at - tail, found.distance, found.length);
            start = found.at + found.length;
            let end = found.at.max(start - LONG_END.min(start));
            self.finder.load(&Span { start: end, end: start, ..*span }, &self.params);
        }
        if let Some(long) = &mut self.long {
            long.found = found;
        }
        self.near(&Span { start, ..*span })
    }

    /// What the finder finds; one copy of it for all who ask.
    #[inline(never)]
    fn near(&mut self, span: &Span<'_>) -> usize {
        self.finder.block(span, &self.params, &mut self.store)
    }
}
