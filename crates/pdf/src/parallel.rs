//! Pages over rayon's threads.

use core::ops::Range;
use std::sync::Arc;

use bytemill_pdf_objects::{Document, PdfError};
use rayon::prelude::*;

use crate::content::budget::Steps;
use crate::text::append as append_serially;
use crate::{Extracted, Limits, TextOptions};

/// Parts of a document for each thread: pages differ in what they take.
const PARTS: usize = 4;
/// Pages from which on threads are worth it, for each part.
const LEAST_PAGES: usize = 2;

/// Reads parts of the range of pages on all threads, and appends them in order.
pub(crate) fn append(
    document: &Document<'_>,
    pages: Range<u32>,
    options: &TextOptions,
    limits: &Limits,
    output: &mut Vec<u8>,
    page_ends: &mut Vec<usize>,
) -> Result<Extracted, PdfError> {
    let steps = Arc::new(Steps::new(limits));
    let threads = rayon::current_num_threads();
    let size = pages.len().div_ceil(threads * PARTS).max(LEAST_PAGES) as u32;
    if threads == 1 || pages.len() as u32 <= size {
        return append_serially(document, pages, options, limits, &steps, output, page_ends);
    }
    let parts: Vec<(Document<'_>, Range<u32>)> = pages
        .clone()
        .step_by(size as usize)
        .map(|first| (document.fork(), first..pages.end.min(first.saturating_add(size))))
        .collect();
    let results: Vec<_> = parts
        .into_par_iter()
        .map(|(document, pages)| {
            let (mut text, mut ends) = (Vec::new(), Vec::new());
            append_serially(&document, pages, options, limits, &steps, &mut text, &mut ends)
                .map(|extracted| (text, ends, extracted))
        })
        .collect();
    let start = output.len();
    let mut all = Extracted::default();
    for (index, result) in results.into_iter().enumerate() {
        let (text, ends, extracted) = result?;
        all.needs_cmaps |= extracted.needs_cmaps;
        if index > 0 {
            output.push(b'\x0c');
        }
        let shift = output.len() - start;
        if (shift + text.len()) as u64 > limits.max_output_bytes {
            return Err(PdfError::OutputTooLarge { limit: limits.max_output_bytes });
        }
        let bytes = text.len();
        output.try_reserve(bytes + 1).map_err(|_| PdfError::OutOfMemory { bytes })?;
        output.extend_from_slice(&text);
        page_ends.extend(ends.into_iter().map(|end| end + shift));
    }
    Ok(all)
}
