//! What one document's content may cost.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::{Limits, PdfError};

/// Operators of one page; maps have a million.
const PAGE_STEPS: u64 = 5_000_000;
/// Glyphs of one page; large maps have some ten thousand.
const PAGE_GLYPHS: usize = 1 << 18;
/// Operators of a document, beside one for each byte that its streams may inflate to: forms may be used many times.
const DOCUMENT_STEPS: u64 = 10_000_000;
/// What running a form, setting up a font and showing a glyph count as.
pub(crate) const FORM: u64 = 64;
pub(crate) const FONT: u64 = 1000;
pub(crate) const GLYPH: u64 = 2;

/// Steps of all pages of a document, counted by all threads. It does not matter which page is counted first: what
/// passes the limit is an error for all of them.
#[derive(Debug)]
pub(crate) struct Steps {
    taken: AtomicU64,
    limit: u64,
}

impl Steps {
    pub(crate) fn new(limits: &Limits) -> Self {
        let limit = limits.max_stream_bytes.saturating_add(DOCUMENT_STEPS);
        Self { taken: AtomicU64::new(0), limit }
    }

    /// Counts a page's.
    pub(crate) fn add(&self, steps: u64) -> Result<(), PdfError> {
        let taken = self.taken.fetch_add(steps, Ordering::Relaxed).saturating_add(steps);
        if taken > self.limit {
            return Err(PdfError::TooManyObjects { limit: self.limit });
        }
        Ok(())
    }
}

/// What is left for a page. A page that uses it up ends there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { left: PAGE_STEPS }
    }

    /// Whether there was enough left.
    #[inline]
    pub(crate) fn spend(&mut self, steps: u64) -> bool {
        let enough = self.left >= steps;
        self.left = self.left.saturating_sub(steps);
        enough
    }

    pub(crate) fn spent(self) -> u64 {
        PAGE_STEPS - self.left
    }

    pub(crate) fn has_room(glyphs: usize) -> bool {
        glyphs < PAGE_GLYPHS
    }
}
