//! Frames in pieces, as they come and go.

use alloc::vec::Vec;

use crate::compress::{Table, WINDOW};
use crate::decode::cut_short;
use crate::encode::{Frame, append};
use crate::frame::Machine;
use crate::{DecodeError, DecodeOptions, EncodeError, EncodeOptions};

/// Decompresses frames whose bytes come in pieces. The pieces' sizes do not change what comes out.
///
/// Keeps the last 64 KiB of content, and what there is of a block that is not complete: 4 MiB at most.
#[derive(Debug)]
pub struct StreamDecoder {
    options: DecodeOptions,
    machine: Machine,
    /// The start of a field that is not complete.
    pending: Vec<u8>,
    /// What matches may refer to, and behind it what the last field gave.
    window: Vec<u8>,
    pushed: u64,
    ended: bool,
}

impl StreamDecoder {
    /// A decoder at the start of its input.
    pub const fn new(options: &DecodeOptions) -> Self {
        Self {
            options: *options,
            machine: Machine::new(),
            pending: Vec::new(),
            window: Vec::new(),
            pushed: 0,
            ended: false,
        }
    }

    /// Takes more input and appends to `output` what comes out of it.
    ///
    /// # Errors
    ///
    /// Every variant of [`DecodeError`] but [`DecodeError::Truncated`]; the stream is then over, and what was appended
    /// to `output` stays there.
    pub fn push(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), DecodeError> {
        if self.ended {
            return Err(DecodeError::Ended);
        }
        self.pushed += input.len() as u64;
        self.fields(input, output).map_err(|error| {
            self.ended = true;
            self.options.named(error, self.pushed)
        })
    }

    fn fields(&mut self, mut input: &[u8], output: &mut Vec<u8>) -> Result<(), DecodeError> {
        while !input.is_empty() && !self.machine.over() {
            let wants = self.machine.wants();
            if self.machine.skips() {
                let (skipped, rest) = input.split_at(wants.min(input.len()));
                self.take(skipped, output)?;
                input = rest;
            } else if self.pending.is_empty() && input.len() >= wants {
                let (field, rest) = input.split_at(wants);
                self.take(field, output)?;
                input = rest;
            } else {
                let (more, rest) = input.split_at(input.len().min(wants - self.pending.len()));
                self.pending
                    .try_reserve(more.len())
                    .map_err(|_| DecodeError::OutOfMemory { bytes: more.len() })?;
                self.pending.extend_from_slice(more);
                input = rest;
                if self.pending.len() == wants {
                    let field = core::mem::take(&mut self.pending);
                    self.take(&field, output)?;
                    self.pending = field;
                    self.pending.clear();
                }
            }
        }
        Ok(())
    }

    /// Takes one field.
    fn take(&mut self, field: &[u8], output: &mut Vec<u8>) -> Result<(), DecodeError> {
        let keep = self.window.len().min(WINDOW + 1);
        let room = self.options.room(self.pushed).saturating_sub(self.machine.total);
        // The window is cut only where as much again has gathered.
        if self.window.len() > 4 * keep {
            drop_front(&mut self.window, keep);
        }
        let before = self.window.len();
        let most = before.saturating_add(room as usize);
        self.machine.take(field, &mut self.window, most, self.options.allow_trailing)?;
        let fresh = &self.window[before..];
        output
            .try_reserve(fresh.len())
            .map_err(|_| DecodeError::OutOfMemory { bytes: fresh.len() })?;
        output.extend_from_slice(fresh);
        Ok(())
    }

    /// Says that the input has ended.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Truncated`] inside a frame, [`DecodeError::Trailing`] for less than a magic number behind the last
    /// frame, [`DecodeError::Ended`] after an error.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        if core::mem::replace(&mut self.ended, true) {
            return Err(DecodeError::Ended);
        }
        if self.machine.at_end() && self.pending.is_empty() {
            return Ok(());
        }
        cut_short(&self.machine, &self.options)
    }
}

/// Forgets all but the last `keep` bytes, and says how many that were. (`drain` is four times the code.)
fn drop_front(bytes: &mut Vec<u8>, keep: usize) -> usize {
    let gone = bytes.len().saturating_sub(keep);
    bytes.copy_within(gone.., 0);
    bytes.truncate(bytes.len() - gone);
    gone
}

/// Compresses bytes that come in pieces into one frame. Without flushes, the pieces' sizes do not change what comes out.
///
/// Keeps one block and the 64 KiB before it.
#[derive(Clone, Debug)]
pub struct StreamEncoder {
    options: EncodeOptions,
    table: Table,
    frame: Frame,
    /// What the next block may refer to, and behind `start` the block's beginning.
    view: Vec<u8>,
    start: usize,
    begun: bool,
    ended: bool,
}

impl StreamEncoder {
    /// An encoder of a frame with no content so far.
    pub fn new(options: &EncodeOptions) -> Self {
        Self {
            options: *options,
            table: Table::new(),
            frame: Frame::new(*options),
            view: Vec::new(),
            start: 0,
            begun: false,
            ended: false,
        }
    }

    /// Takes more content and appends the blocks that it completes to `output`.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`], after which the stream is over, and [`EncodeError::Ended`].
    pub fn push(&mut self, mut input: &[u8], output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.begin(output)?;
        let size = self.options.block_size.bytes();
        while !input.is_empty() {
            let room = size - (self.view.len() - self.start);
            let (more, rest) = input.split_at(room.min(input.len()));
            append(&mut self.view, more).inspect_err(|_| self.ended = true)?;
            input = rest;
            if more.len() == room {
                self.block(output)?;
            }
        }
        Ok(())
    }

    /// Appends what was pushed so far as a block of its own, so that a decoder can read all of it.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`], after which the stream is over, and [`EncodeError::Ended`].
    pub fn flush(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.begin(output)?;
        if self.view.len() > self.start {
            self.block(output)?;
        }
        Ok(())
    }

    /// Appends the rest of the frame.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`] and [`EncodeError::Ended`].
    pub fn finish(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.flush(output)?;
        self.ended = true;
        self.frame.end(output)
    }

    fn begin(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        if self.ended {
            return Err(EncodeError::Ended);
        }
        if !core::mem::replace(&mut self.begun, true) {
            self.frame.header(None, output).inspect_err(|_| self.ended = true)?;
        }
        Ok(())
    }

    fn block(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        let written = self.frame.block(&mut self.table, &self.view, self.start, output);
        written.inspect_err(|_| self.ended = true)?;
        let keep = if self.options.independent_blocks { 0 } else { WINDOW + 1 };
        let gone = drop_front(&mut self.view, keep);
        self.table.shift(gone);
        self.start = self.view.len();
        Ok(())
    }
}
