//! Decompression whose output is read where it is decoded, for formats that cut it into rows.

use crate::container::Machine;
use crate::decode::MAX_DISTANCE;
use crate::inflate::{Input, Status, Window};
use crate::{DecodeError, Format};

/// What matches can refer to, and as much again three times before it has to be moved.
const WINDOW: usize = 4 * MAX_DISTANCE;

/// Decompresses a zlib stream (RFC 1950) as its output is asked for, in 150 KiB of memory. The checksum and what follows
/// are ignored, as decoders of PNG do.
pub struct PullDecoder {
    machine: Machine,
    window: Box<[u8]>,
    /// Where the bytes begin that have not been taken, and where they end.
    from: usize,
    position: usize,
    floor: usize,
    done: bool,
}

impl core::fmt::Debug for PullDecoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("PullDecoder").finish_non_exhaustive()
    }
}

impl Default for PullDecoder {
    fn default() -> Self {
        Self::new()
    }
}

impl PullDecoder {
    /// A decoder at the start of a stream.
    pub fn new() -> Self {
        let window = vec![0; WINDOW].into_boxed_slice();
        let machine = Machine::new();
        let mut new = Self { machine, window, from: 0, position: 0, floor: 0, done: false };
        new.restart();
        new
    }

    /// Starts another stream; what has not been taken is gone.
    pub fn restart(&mut self) {
        self.machine.start(Format::Zlib, true, None);
        self.machine.ignore_checksum();
        (self.from, self.floor) = (self.position, self.position);
        self.done = false;
    }

    /// Decodes until there is no more input, or no more room; how many bytes of the input were used. Call it when
    /// everything has been taken: what has not is gone.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Invalid`], [`DecodeError::DictionaryRequired`]. What was decoded before can be taken.
    pub fn fill(&mut self, input: &[u8]) -> Result<usize, DecodeError> {
        if self.position == self.window.len() {
            let gone = self.position - MAX_DISTANCE;
            self.window.copy_within(gone.., 0);
            self.position = MAX_DISTANCE;
            self.floor = self.floor.saturating_sub(gone);
        }
        self.from = self.position;
        let mut input = Input { bytes: input, position: 0 };
        let (position, floor) = (self.position, self.floor);
        let mut window = Window { bytes: &mut self.window, position, floor };
        let result = self.machine.run(&mut input, &mut window);
        self.position = window.position;
        self.machine.advance(input.position);
        self.done = result? == Status::Done;
        Ok(input.position)
    }

    /// What has been decoded and not taken.
    pub fn fresh(&self) -> &[u8] {
        &self.window[self.from..self.position]
    }

    /// Takes that many of the fresh bytes, or all if they are fewer.
    pub fn take(&mut self, bytes: usize) {
        self.from = self.position.min(self.from.saturating_add(bytes));
    }

    /// Whether the stream has ended. There may be fresh bytes.
    pub fn is_done(&self) -> bool {
        self.done
    }
}
