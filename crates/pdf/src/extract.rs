//! The text of a range of pages.

use crate::document::{INFLATION, open};
use crate::page::Reader;
use crate::{Limits, PdfError};

/// Which text to extract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions<'a> {
    /// The user or owner password; documents with an empty user password need none.
    pub password: Option<&'a str>,
    /// The first page, counted from 1.
    pub first_page: u32,
    /// The last page; 0, or a number past the end, is the document's last.
    pub last_page: u32,
}

impl Default for TextOptions<'_> {
    /// All pages, no password.
    fn default() -> Self {
        Self { password: None, first_page: 1, last_page: 0 }
    }
}

/// Appends the text of the pages to `output` as UTF-8, separated by form feeds, and to `page_ends` where
/// each page ends, counted from the first appended byte and before the separator.
///
/// A page whose content is broken gives the text up to where it breaks. On an error both are as before.
///
/// # Errors
///
/// Every variant of [`PdfError`].
pub fn extract_text(
    input: &[u8],
    options: &TextOptions<'_>,
    limits: &Limits,
    output: &mut Vec<u8>,
    page_ends: &mut Vec<usize>,
) -> Result<(), PdfError> {
    let (start, ends_start) = (output.len(), page_ends.len());
    let result = append(input, options, limits, output, page_ends);
    if result.is_err() {
        output.truncate(start);
        page_ends.truncate(ends_start);
    }
    result
}

fn append(
    input: &[u8],
    options: &TextOptions<'_>,
    limits: &Limits,
    output: &mut Vec<u8>,
    page_ends: &mut Vec<usize>,
) -> Result<(), PdfError> {
    let opened = open(input, options.password, limits)?;
    let pages = opened.pages.len() as u32;
    let TextOptions { first_page: first, last_page: last, .. } = *options;
    let end = if last == 0 { pages } else { last.min(pages) };
    let backwards = last != 0 && last < first;
    if first == 0 || backwards || first > pages.max(1) {
        return Err(PdfError::PageRange { first, last, pages });
    }
    let start = output.len();
    let budget = (input.len() as u64).saturating_mul(INFLATION);
    let budget = budget.saturating_add(limits.max_stream_bytes);
    let mut reader = Reader::new(&opened.document, limits, budget);
    for (index, page) in opened.pages[..end as usize].iter().enumerate().skip(first as usize - 1) {
        if index + 1 > first as usize {
            push(output, start, "\u{c}", limits)?;
        }
        let room = limits.max_output_bytes - (output.len() - start) as u64;
        let text = reader.text(*page, room)?;
        push(output, start, &text, limits)?;
        page_ends
            .try_reserve(1)
            .map_err(|_| PdfError::OutOfMemory { bytes: size_of::<usize>() })?;
        page_ends.push(output.len() - start);
    }
    Ok(())
}

fn push(output: &mut Vec<u8>, start: usize, text: &str, limits: &Limits) -> Result<(), PdfError> {
    let limit = limits.max_output_bytes;
    if (output.len() - start + text.len()) as u64 > limit {
        return Err(PdfError::OutputTooLarge { limit });
    }
    output.try_reserve(text.len()).map_err(|_| PdfError::OutOfMemory { bytes: text.len() })?;
    output.extend_from_slice(text.as_bytes());
    Ok(())
}
