//! Compression of an input that comes in pieces.

use crate::decode::MAX_DISTANCE;
use crate::encode::{Engine, Trailer};
use crate::{EncodeError, EncodeOptions};

/// So much input is compressed at once, however it comes.
const CHUNK: usize = 256 * 1024;

/// Compresses an input that is pushed piece by piece, in about 1.5 MiB of memory. Any cut of the input into
/// pieces gives the same bytes; flushes are part of the output.
pub struct StreamEncoder {
    engine: Engine,
    trailer: Trailer,
    /// What matches can refer to, then what waits.
    bytes: Vec<u8>,
    history: usize,
    /// What comes before the blocks, until the first call takes it.
    header: Vec<u8>,
    finished: bool,
}

impl core::fmt::Debug for StreamEncoder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StreamEncoder").finish_non_exhaustive()
    }
}

impl StreamEncoder {
    /// An encoder for one stream.
    ///
    /// # Errors
    ///
    /// Every variant of [`EncodeError`] but `Finished`.
    pub fn new(options: &EncodeOptions<'_>) -> Result<Self, EncodeError> {
        options.check()?;
        let mut bytes = Vec::new();
        let most = MAX_DISTANCE + CHUNK;
        bytes.try_reserve_exact(most).map_err(|_| EncodeError::OutOfMemory { bytes: most })?;
        bytes.extend_from_slice(options.history());
        let mut header = Vec::new();
        options.header(&mut header)?;
        let mut engine = Engine::new();
        engine.start(options.level, CHUNK);
        engine.learn(&bytes, bytes.len());
        let history = bytes.len();
        let trailer = Trailer::new(options.format);
        Ok(Self { engine, trailer, bytes, history, header, finished: false })
    }

    /// Takes the next piece; appends to `output` what has become ready.
    ///
    /// # Errors
    ///
    /// `Finished` after [`finish`](Self::finish), or `OutOfMemory`.
    pub fn push(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.begin(output)?;
        self.trailer.update(input);
        let mut rest = input;
        loop {
            let room = CHUNK - (self.bytes.len() - self.history);
            let (now, later) = rest.split_at(room.min(rest.len()));
            self.bytes.extend_from_slice(now);
            rest = later;
            if rest.is_empty() {
                // A full chunk waits too: it may be the last.
                return Ok(());
            }
            self.compress(false, output)?;
        }
    }

    /// Appends all that was pushed, up to a byte's end: a decoder can then give all of it back (what zlib
    /// calls a sync flush).
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    pub fn flush(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.begin(output)?;
        if self.bytes.len() > self.history {
            self.compress(false, output)?;
        }
        self.engine.store(&[], false, output)
    }

    /// Appends the rest and the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    pub fn finish(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.begin(output)?;
        self.compress(true, output)?;
        self.finished = true;
        self.engine.end(output)?;
        self.trailer.write(output)
    }

    fn begin(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        if self.finished {
            return Err(EncodeError::Finished);
        }
        let header = core::mem::take(&mut self.header);
        let bytes = header.len();
        output.try_reserve(bytes).map_err(|_| EncodeError::OutOfMemory { bytes })?;
        output.extend_from_slice(&header);
        Ok(())
    }

    fn compress(&mut self, last: bool, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.engine.compress(&self.bytes, self.history, last, output)?;
        let gone = self.bytes.len().saturating_sub(MAX_DISTANCE);
        self.bytes.copy_within(gone.., 0);
        self.bytes.truncate(self.bytes.len() - gone);
        self.engine.shift(gone);
        self.history = self.bytes.len();
        Ok(())
    }
}
