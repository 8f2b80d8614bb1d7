//! What a document may cost: bytes that streams inflate to, and bytes that are read for objects.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::PdfError;
use crate::parser::MAX_TOKENS;

/// What one document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that all the streams read from one document may inflate to; a stream that is read again counts again,
    /// unless it is still in the cache.
    pub max_stream_bytes: u64,
    /// Pages of a document.
    pub max_pages: u32,
}

impl Default for Limits {
    /// 128 MiB and 100,000 pages: a stream takes twice its size for a moment.
    fn default() -> Self {
        Self { max_stream_bytes: 128 << 20, max_pages: 100_000 }
    }
}

/// Bytes read for objects, beside so many times the size of the file: what overlaps is read again and again.
const PARSED_BYTES: u64 = 64 << 20;
const PARSED_TIMES: u64 = 8;
/// The same for what streams are made from.
const TIMES: u64 = 4;

/// What is left. Forks share it.
#[derive(Debug)]
pub(crate) struct Budget {
    pub(crate) limits: Limits,
    size: u64,
    used: Arc<[AtomicU64; 3]>,
    error: Cell<Option<PdfError>>,
}

const INFLATED: usize = 0;
const READ: usize = 1;
const PARSED: usize = 2;

impl Budget {
    pub(crate) fn new(limits: Limits, size: usize) -> Self {
        Self { limits, size: size as u64, used: Arc::default(), error: Cell::new(None) }
    }

    pub(crate) fn fork(&self) -> Self {
        Self {
            limits: self.limits,
            size: self.size,
            used: Arc::clone(&self.used),
            error: self.error.clone(),
        }
    }

    fn add(&self, what: usize, bytes: usize, limit: u64) -> bool {
        let before = self.used[what].fetch_add(bytes as u64, Ordering::Relaxed);
        before.saturating_add(bytes as u64) <= limit
    }

    /// Bytes that streams may still inflate to.
    pub(crate) fn left(&self) -> u64 {
        self.limits.max_stream_bytes.saturating_sub(self.used[INFLATED].load(Ordering::Relaxed))
    }

    fn stream_too_large(&self) -> PdfError {
        PdfError::StreamTooLarge { limit: self.limits.max_stream_bytes }
    }

    /// Counts what a filter gave.
    pub(crate) fn inflated(&self, bytes: usize) -> Result<(), PdfError> {
        let fits = self.add(INFLATED, bytes, self.limits.max_stream_bytes);
        if fits { Ok(()) } else { Err(self.stream_too_large()) }
    }

    /// More than [`Self::left`] came out of a filter.
    pub(crate) fn exceeded(&self) -> PdfError {
        self.used[INFLATED].fetch_max(self.limits.max_stream_bytes, Ordering::Relaxed);
        self.stream_too_large()
    }

    /// Counts what is read of the file for a stream, before anything comes of it.
    pub(crate) fn read(&self, bytes: usize) -> Result<(), PdfError> {
        let limit = self.limits.max_stream_bytes.saturating_add(TIMES * self.size);
        if self.add(READ, bytes, limit) { Ok(()) } else { Err(self.stream_too_large()) }
    }

    /// Counts what was read for an object.
    pub(crate) fn parsed(&self, bytes: usize) -> Result<(), PdfError> {
        let limit = PARSED_BYTES + PARSED_TIMES * self.size;
        if self.add(PARSED, bytes, limit) {
            Ok(())
        } else {
            Err(PdfError::TooManyObjects { limit: u64::from(MAX_TOKENS) })
        }
    }

    /// Keeps the first error where it cannot be returned.
    pub(crate) fn fail(&self, error: PdfError) {
        if self.error.get().is_none() {
            self.error.set(Some(error));
        }
    }

    pub(crate) fn check(&self) -> Result<(), PdfError> {
        self.error.get().map_or(Ok(()), Err)
    }
}
