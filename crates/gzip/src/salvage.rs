//! Decompression of what may be damaged: what comes before the damage is given, and checksums are not looked at.

use crate::DecodeError;
use crate::decode::MAX_DISTANCE;
use crate::inflate::{Inflate, Input, Status, Window};

/// Room is made in steps of this size at most.
const STEP: usize = 1 << 20;
/// An output that is this large, and so many times as large as what was read for it, is looked ahead of: whether all
/// of it will be allowed. Bombs then end without the memory that the limit allows.
const SUSPICIOUS_BYTES: usize = 8 << 20;
const SUSPICIOUS_RATIO: usize = 64;

/// How far a [`Salvager`] came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// To the end of the last block.
    Complete,
    /// To where the input ends too early or is none of Deflate.
    Damaged,
    /// To the limit; there is more. The output is some of it.
    Limit,
}

/// Decompresses zlib (RFC 1950) and raw (RFC 1951) streams, as far as they go; its tables are used again.
pub struct Salvager {
    inflate: Inflate,
}

impl Default for Salvager {
    fn default() -> Self {
        Self::new()
    }
}

impl core::fmt::Debug for Salvager {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Salvager").finish_non_exhaustive()
    }
}

impl Salvager {
    /// A decoder; its tables take 20 KiB.
    pub fn new() -> Self {
        Self { inflate: Inflate::new() }
    }

    /// Appends to `output` what the blocks at the start of `input` give, `max_bytes` at most. There is no header:
    /// the caller skips one.
    ///
    /// # Errors
    ///
    /// [`DecodeError::OutOfMemory`]; the output then holds what came before.
    pub fn decompress(
        &mut self,
        input: &[u8],
        max_bytes: u64,
        output: &mut Vec<u8>,
    ) -> Result<Ending, DecodeError> {
        self.start();
        let start = output.len();
        let end = start.saturating_add(usize::try_from(max_bytes).unwrap_or(usize::MAX));
        let mut reader = Input { bytes: input, position: 0 };
        let mut position = start;
        let mut room = input.len().saturating_mul(4).clamp(256, STEP);
        let mut looked_ahead = false;
        let ending = loop {
            let length = position.saturating_add(room).min(end);
            if length > output.capacity() {
                let bytes = length - output.len();
                if output.try_reserve(bytes).is_err() {
                    output.truncate(position);
                    return Err(DecodeError::OutOfMemory { bytes });
                }
            }
            output.resize(length, 0);
            let mut window = Window { bytes: output, position, floor: start };
            let status = self.inflate.run(&mut reader, &mut window);
            position = window.position;
            match status {
                Ok(Status::Done) => break Ending::Complete,
                Ok(Status::NeedInput) | Err(_) => break Ending::Damaged,
                Ok(Status::NeedOutput) if position == end => break Ending::Limit,
                Ok(Status::NeedOutput) => {}
            }
            let given = position - start;
            room = given.min(STEP);
            let suspicious = given > SUSPICIOUS_BYTES && given / SUSPICIOUS_RATIO > reader.position;
            if suspicious && !looked_ahead {
                looked_ahead = true;
                if Self::new().exceeds(input, max_bytes) {
                    break Ending::Limit;
                }
            }
        };
        output.truncate(position);
        Ok(ending)
    }

    fn start(&mut self) {
        self.inflate.bits = crate::bits::Bits::default();
        self.inflate.restart();
    }

    /// Whether more than `max_bytes` come out, found without keeping them.
    fn exceeds(&mut self, input: &[u8], max_bytes: u64) -> bool {
        self.start();
        let mut bytes = vec![0; 4 * MAX_DISTANCE];
        let mut reader = Input { bytes: input, position: 0 };
        let mut given = 0;
        let mut position = 0;
        loop {
            let before = position;
            let mut window = Window { bytes: &mut bytes, position, floor: 0 };
            let status = self.inflate.run(&mut reader, &mut window);
            position = window.position;
            given += (position - before) as u64;
            if given > max_bytes || status != Ok(Status::NeedOutput) {
                return given > max_bytes;
            }
            bytes.copy_within(position - MAX_DISTANCE..position, 0);
            position = MAX_DISTANCE;
        }
    }
}
