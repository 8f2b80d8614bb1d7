//! Compression of image rows: runs of a byte and codes of each block's own, no search for matches unless that pays.
//!
//! Filters leave small differences (PNG, third edition, section 9), among which hardly anything comes again but the same
//! byte: what zlib calls `Z_RLE`, at several times its speed. Where nearly nothing is left, text and drawings, the same
//! rows without filters are shorter by matches more often than not.

use crate::decode::MAX_DISTANCE;
use crate::encode::{Engine, Trailer};
use crate::finder::{Bytes, MAX_LENGTH};
use crate::writer::BitWriter;
use crate::{EncodeError, EncodeOptions, Format};

/// Most bytes of a block of runs.
const BLOCK: usize = 64 * 1024;
/// The shortest match.
const MIN_LENGTH: usize = 3;
/// Where more than one byte in so many is in a run, matches are tried: not in photographs.
const FLAT: usize = 3;
/// By the parser of this level.
const LEVEL: u8 = 4;

/// Compresses image rows into a zlib stream (RFC 1950).
pub struct RowEncoder {
    engine: Engine,
    /// Whether the engine has been prepared for matches.
    prepared: bool,
    /// Flat bands that are not tried any more with matches, and how many it will be next: twice as many each time that they
    /// did not pay. Smooth photographs are flat all over.
    pause: u32,
    next_pause: u32,
    trailer: Trailer,
    /// What matches can refer to.
    history: Vec<u8>,
}

impl core::fmt::Debug for RowEncoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("RowEncoder").finish_non_exhaustive()
    }
}

impl RowEncoder {
    /// Appends the header of a stream to `output`.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub fn new(output: &mut Vec<u8>) -> Result<Self, EncodeError> {
        let options = EncodeOptions { format: Format::Zlib, level: 1, ..EncodeOptions::default() };
        options.header(output)?;
        let trailer = Trailer::new(Format::Zlib);
        Ok(Self {
            engine: Engine::new(),
            prepared: false,
            pause: 0,
            next_pause: 1,
            trailer,
            history: Vec::new(),
        })
    }

    /// Appends a band of filtered rows, which are best of 64 KiB and more together; with the last band, the end of the
    /// stream. `plain` appends the same rows in another form of the same length, without filters: it is called, and what it
    /// gives is written, where that is shorter.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub fn push(
        &mut self,
        rows: &[u8],
        last: bool,
        plain: &mut dyn FnMut(&mut Vec<u8>),
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let bytes = rows.len();
        self.history.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })?;
        let from = self.history.len();
        let (start, before) = (output.len(), self.engine.bits);
        let flat = self.runs(rows, last, output)? > bytes / FLAT;
        let taken = output.len() - start;
        let tried = flat && self.pause == 0;
        self.pause -= u32::from(flat && !tried);
        let plain = tried && self.matches(taken, last, before, plain, output)?;
        self.trailer.update(if plain { &self.history[from..] } else { rows });
        self.remember(if plain { &[] } else { rows });
        if last {
            self.engine.end(output)?;
            self.trailer.write(output)?;
        }
        Ok(())
    }

    /// Keeps of the history, and of the rows behind it, what matches can refer to.
    fn remember(&mut self, rows: &[u8]) {
        let gone = (self.history.len() + rows.len()).saturating_sub(MAX_DISTANCE);
        let old = gone.min(self.history.len());
        self.history.copy_within(old.., 0);
        self.history.truncate(self.history.len() - old);
        self.history.extend_from_slice(&rows[gone - old..]);
        self.engine.shift(gone);
    }

    /// Appends blocks of runs; how many bytes are in those.
    fn runs(
        &mut self,
        rows: &[u8],
        last: bool,
        output: &mut Vec<u8>,
    ) -> Result<usize, EncodeError> {
        let Engine { block, bits, .. } = &mut self.engine;
        let (mut rest, mut total) = (rows, 0);
        loop {
            let (bytes, later) = rest.split_at(rest.len().min(BLOCK));
            block.clear(0, bytes.len() / 8 + 1)?;
            runs(Bytes(bytes), |at, length| {
                block.matched(at, length, 1);
                total += length;
            });
            block.literals(bytes);
            block.write(bytes, last && later.is_empty(), bits, output)?;
            if later.is_empty() {
                return Ok(total);
            }
            rest = later;
        }
    }

    /// Replaces the last `taken` bytes of the output, which began with the bits `before`, by matches among plain rows if
    /// that is shorter. Whether it is; then the plain rows have been added to the history.
    fn matches(
        &mut self,
        taken: usize,
        last: bool,
        before: BitWriter,
        plain: &mut dyn FnMut(&mut Vec<u8>),
        output: &mut Vec<u8>,
    ) -> Result<bool, EncodeError> {
        let (from, end, after) = (self.history.len(), output.len(), self.engine.bits);
        plain(&mut self.history);
        if !self.prepared {
            self.prepared = true;
            self.engine.start(LEVEL, BLOCK);
        }
        self.engine.bits = before;
        self.engine.compress(&self.history, from, last, output)?;
        let shorter = output.len() - end < taken;
        if shorter {
            output.drain(end - taken..end);
            self.next_pause = 1;
        } else {
            self.pause = self.next_pause;
            self.next_pause = 16.min(2 * self.next_pause);
            output.truncate(end);
            self.engine.bits = after;
            self.history.truncate(from);
        }
        Ok(shorter)
    }
}

/// Finds runs of a byte, as matches at distance 1: all of twelve and more, and some from eight on. Shorter ones are hardly
/// worth their codes, and took as much time again.
fn runs(bytes: Bytes<'_>, mut matched: impl FnMut(usize, usize)) {
    // In which bytes of eight from `at` on, and of the eight before, differ from the byte before: zero where they do not.
    let (mut at, mut previous) = (1, u64::MAX);
    while let (Some(before), Some(here)) = (bytes.eight(at - 1), bytes.eight(at)) {
        let differences = before ^ here;
        let middle = previous >> 32 | differences << 32;
        if differences != 0 && middle != 0 {
            at += 8;
            previous = differences;
            continue;
        }
        // Where eight such bytes begin, and how many more are in front of them.
        let (from, front) = if middle == 0 { (at - 4, previous << 32) } else { (at, previous) };
        let mut done = from - (front.leading_zeros() / 8).min(7) as usize;
        let end = from + 8;
        let end = end + bytes.extend(end - 1, end, 0, bytes.0.len() - end);
        while end - done >= MIN_LENGTH {
            let length = (end - done).min(MAX_LENGTH);
            matched(done, length);
            done += length;
        }
        (at, previous) = (end, u64::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> Vec<(usize, usize)> {
        let mut list = Vec::new();
        runs(Bytes(bytes), |at, length| list.push((at, length)));
        list
    }

    #[test]
    fn runs_of_twelve_are_found_wherever_they_are() {
        for start in 0..20 {
            for length in 13..600 {
                let mut bytes: Vec<u8> = (1..=start).collect();
                bytes.extend(vec![0; length]);
                bytes.extend(1..=9);
                let list = found(&bytes);
                let start = usize::from(start);
                assert_eq!(list.first().map(|first| first.0), Some(start + 1));
                assert!(list.windows(2).all(|two| two[0].0 + two[0].1 == two[1].0));
                let end = list.last().map(|last| last.0 + last.1).unwrap();
                assert!((start + length - 2..=start + length).contains(&end), "{start} {length}");
                assert!(list.iter().all(|(_, length)| (3..=258).contains(length)));
            }
        }
    }

    #[test]
    fn nothing_to_find() {
        for length in [0_u32, 1, 8, 9, 256] {
            assert_eq!(found(&(0..length).map(|byte| byte as u8).collect::<Vec<_>>()), []);
        }
    }
}
