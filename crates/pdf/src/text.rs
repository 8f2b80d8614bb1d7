//! The text of pages.

use crate::page::{Budget, contents, inherited, pages};
use crate::show::Interpreter;
use crate::{Limits, PdfError, document};

/// Options of [`extract_text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions<'a> {
    /// The user or owner password of an encrypted document.
    pub password: Option<&'a str>,
    /// The first page, counted from 1.
    pub first_page: u32,
    /// The last page, counted from 1; 0 is the last of the document.
    pub last_page: u32,
}

impl Default for TextOptions<'_> {
    /// All pages, no password.
    fn default() -> Self {
        Self { password: None, first_page: 1, last_page: 0 }
    }
}

/// Appends the text of the pages as UTF-8, with a form feed between pages, and to `page_ends` where each page's text
/// ends in the appended bytes. Both are as before after an error.
///
/// Pages that the document does not have are left out. A content stream whose filters fail counts as empty.
///
/// # Errors
///
/// A document that cannot be read or opened, or that passes a limit.
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
    let (first, last) = (options.first_page, options.last_page);
    if first == 0 || (last != 0 && last < first) {
        return Err(PdfError::PageRange { first, last });
    }
    let document = document::open(input, options.password, limits)?;
    let pages = pages(&document, limits)?;
    let end = if last == 0 { pages.len() } else { pages.len().min(last as usize) };
    let pages = pages.get(first as usize - 1..end).unwrap_or_default();
    page_ends
        .try_reserve(pages.len())
        .map_err(|_| PdfError::OutOfMemory { bytes: size_of_val(pages) })?;
    let start = output.len();
    let mut interpreter = Interpreter::new(&document, Budget::new(limits), limits, output);
    let mut content = Vec::new();
    for (i, page) in pages.iter().enumerate() {
        if i > 0 {
            interpreter.raw(b'\x0c')?;
        }
        content.clear();
        for stream in contents(&document, *page) {
            interpreter.budget.inflate(stream, &mut content)?;
        }
        let resources = inherited(&document, *page, b"Resources").and_then(|r| r.as_dict().ok());
        interpreter.page(&content, resources)?;
        page_ends.push(interpreter.output_len() - start);
    }
    Ok(())
}
