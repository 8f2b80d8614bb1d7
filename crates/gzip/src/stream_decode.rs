//! Decompression of an input that comes in pieces.

use crate::container::Machine;
use crate::decode::MAX_DISTANCE;
use crate::inflate::{Input, Status, Window};
use crate::{DecodeError, DecodeLimits, DecodeOptions, Format};

/// What matches can refer to, and as much again twice before it has to be moved.
const WINDOW: usize = 3 * MAX_DISTANCE;
/// The ratio is not looked at before so many bytes are out: beginnings may well be repetitive.
const RATIO_FROM: u64 = 64 * 1024;

/// Decompresses an input that is pushed piece by piece, in 120 KiB of memory. Any cut of the input into
/// pieces gives the same result.
pub struct StreamDecoder {
    machine: Machine,
    window: Box<[u8]>,
    position: usize,
    floor: usize,
    limits: DecodeLimits,
    produced: u64,
    done: bool,
    failure: Option<DecodeError>,
}

impl core::fmt::Debug for StreamDecoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StreamDecoder").finish_non_exhaustive()
    }
}

impl StreamDecoder {
    /// A decoder for one stream. The limits hold for the whole of it; `max_ratio` is looked at from 64 KiB
    /// of output on.
    pub fn new(options: &DecodeOptions<'_>) -> Self {
        let dictionary = options.dictionary.filter(|_| options.format != Format::Gzip);
        let tail =
            dictionary.map_or(&[][..], |bytes| &bytes[bytes.len().saturating_sub(MAX_DISTANCE)..]);
        let mut window = vec![0; WINDOW].into_boxed_slice();
        window[..tail.len()].copy_from_slice(tail);
        let mut machine = Machine::new();
        machine.start(options.format, options.allow_trailing, dictionary);
        Self {
            machine,
            window,
            position: tail.len(),
            floor: 0,
            limits: options.limits,
            produced: 0,
            done: false,
            failure: None,
        }
    }

    /// Takes the next piece and appends what it gives to `output`.
    ///
    /// # Errors
    ///
    /// Every variant of [`DecodeError`]; once there was one, every later call gives it again. What was
    /// appended before it is right.
    pub fn push(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), DecodeError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let result = self.run(input, output);
        self.failure = result.err();
        result
    }

    /// Says that the input has ended.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Truncated`] if more was expected, and what an earlier call gave.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let result = self.machine.finish();
        self.failure = result.err();
        result
    }

    fn run(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), DecodeError> {
        if self.done && self.machine.ignores_trailing() {
            return Ok(());
        }
        let mut input = Input { bytes: input, position: 0 };
        loop {
            if self.position == self.window.len() {
                self.slide();
            }
            // One byte more than the limit would be a byte too many: room ends where the limit does.
            let left = self.limits.max_output_bytes - self.produced;
            let room = usize::try_from(left).unwrap_or(usize::MAX);
            let end = self.position.saturating_add(room).min(self.window.len());
            let start = self.position;
            let mut window =
                Window { bytes: &mut self.window[..end], position: start, floor: self.floor };
            let result = self.machine.run(&mut input, &mut window);
            (self.position, self.floor) = (window.position, window.floor);
            let fresh = &self.window[start..self.position];
            output
                .try_reserve(fresh.len())
                .map_err(|_| DecodeError::OutOfMemory { bytes: fresh.len() })?;
            output.extend_from_slice(fresh);
            self.produced += fresh.len() as u64;
            match result? {
                Status::NeedInput => {
                    self.machine.advance(input.bytes.len());
                    return Ok(());
                }
                Status::Done => {
                    self.check_ratio(&input)?;
                    self.done = true;
                    self.machine.advance(input.bytes.len());
                    return Ok(());
                }
                Status::NeedOutput if end < self.window.len() || left == 0 => {
                    let limit = self.limits.max_output_bytes;
                    return Err(DecodeError::OutputTooLarge { limit });
                }
                Status::NeedOutput => self.check_ratio(&input)?,
            }
        }
    }

    /// Looked at only where the window is full or the stream ends, which no cut of the input changes.
    fn check_ratio(&self, input: &Input<'_>) -> Result<(), DecodeError> {
        let limit = self.limits.max_ratio;
        let used = self.machine.used(input);
        if limit != 0 && self.produced > RATIO_FROM.max(used.saturating_mul(limit)) {
            return Err(DecodeError::RatioTooLarge { limit });
        }
        Ok(())
    }

    /// Moves what matches can refer to to the front.
    fn slide(&mut self) {
        let from = self.position - MAX_DISTANCE;
        self.window.copy_within(from.., 0);
        self.position = MAX_DISTANCE;
        self.floor = self.floor.saturating_sub(from);
    }
}
