//! The text of pages: as one string, or page by page with places.

use core::ops::ControlFlow;
use std::sync::Arc;

use bytemill_pdf_objects::{Document, PdfError};

use crate::content::budget::Steps;
use crate::content::{Interpreter, Wanted};
use crate::layout::lay_out;
use crate::page_text::PageText;
use crate::{Limits, Rect};

/// What counts as text, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// The first page, counted from 1.
    pub first_page: u32,
    /// The last page, counted from 1; 0 is the last of the document.
    pub last_page: u32,
    /// What annotations show counts: stamps, free text, values of form fields.
    pub annotations: bool,
    /// What is marked as no part of the content counts: running heads, page numbers.
    pub artifacts: bool,
    /// Words that are divided at the end of a line stay so. Otherwise the hyphen and the line's end go where a letter
    /// stands before and a small one after them.
    pub keep_hyphens: bool,
}

impl Default for TextOptions {
    /// All pages, all text, words made whole.
    fn default() -> Self {
        Self {
            first_page: 1,
            last_page: 0,
            annotations: true,
            artifacts: true,
            keep_hyphens: false,
        }
    }
}

impl TextOptions {
    /// Indices of the pages that are asked for and there.
    fn pages(&self, document: &Document<'_>) -> Result<core::ops::Range<u32>, PdfError> {
        let (first, last) = (self.first_page, self.last_page);
        if first == 0 || (last != 0 && last < first) {
            return Err(PdfError::PageRange { first, last });
        }
        let count = document.page_count();
        document.check()?;
        let end = if last == 0 { count } else { count.min(last) };
        Ok((first - 1).min(end)..end)
    }
}

/// Reads the text of pages, one after another. Fonts are set up once for all of them.
pub struct TextReader<'d, 'a> {
    document: &'d Document<'a>,
    interpreter: Interpreter<'d, 'a>,
    steps: Arc<Steps>,
    keep_hyphens: bool,
}

impl core::fmt::Debug for TextReader<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("TextReader").finish_non_exhaustive()
    }
}

impl<'d, 'a> TextReader<'d, 'a> {
    /// A reader of a document. The range of pages in the options does not matter.
    pub fn new(document: &'d Document<'a>, options: &TextOptions, limits: &Limits) -> Self {
        Self::counting(document, options, Arc::new(Steps::new(limits)))
    }

    pub(crate) fn counting(
        document: &'d Document<'a>,
        options: &TextOptions,
        steps: Arc<Steps>,
    ) -> Self {
        let wanted = Wanted { annotations: options.annotations, artifacts: options.artifacts };
        let interpreter = Interpreter::new(document, wanted);
        Self { document, interpreter, steps, keep_hyphens: options.keep_hyphens }
    }

    /// The text of a page, counted from 1, with the places of its words; nothing past the last page.
    ///
    /// A content stream whose filters fail counts as far as it can be read, and so does a page that is longer than
    /// five million operators or 262,144 glyphs.
    ///
    /// # Errors
    ///
    /// [`PdfError::StreamTooLarge`], [`PdfError::TooManyObjects`] and [`PdfError::OutOfMemory`]: limits of the
    /// document, which count for all its pages together.
    pub fn page(&mut self, number: u32) -> Result<Option<PageText>, PdfError> {
        let page = number.checked_sub(1).and_then(|index| self.document.page(index));
        self.document.check()?;
        let Some(page) = page else { return Ok(None) };
        let [left, bottom, right, top] = page.crop_box(self.document).map(|it| it as f32);
        let steps = self.interpreter.page(&page)?;
        self.document.check()?;
        self.steps.add(steps)?;
        let mut text = PageText {
            page: number,
            bounds: Rect { left, bottom, right, top },
            rotation: page.rotation(self.document),
            text: String::new(),
            blocks: Vec::new(),
            lines: Vec::new(),
            words: Vec::new(),
            fonts: core::mem::take(&mut self.interpreter.page_fonts),
            needs_cmaps: self.interpreter.needs_cmaps,
            places: Vec::new(),
        };
        lay_out(&mut self.interpreter.glyphs, self.keep_hyphens, &mut text);
        Ok(Some(text))
    }
}

/// The text of one page, counted from 1, with the places of its words; nothing past the last page. [`TextReader`] is
/// faster for several pages.
///
/// # Errors
///
/// Those of [`TextReader::page`].
pub fn layout(
    document: &Document<'_>,
    page: u32,
    options: &TextOptions,
    limits: &Limits,
) -> Result<Option<PageText>, PdfError> {
    TextReader::new(document, options, limits).page(page)
}

/// What there is to tell beside the text of several pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// Text is missing or in doubt because a predefined character map is not built in.
    pub needs_cmaps: bool,
}

/// Hands out the pages that are asked for and there, one after another, until `each` breaks.
///
/// # Errors
///
/// [`PdfError::PageRange`], those of [`TextReader::page`], and those of `each`.
pub fn each_page<E: From<PdfError>>(
    document: &Document<'_>,
    options: &TextOptions,
    limits: &Limits,
    mut each: impl FnMut(PageText) -> Result<ControlFlow<()>, E>,
) -> Result<Extracted, E> {
    let pages = options.pages(document)?;
    let mut reader = TextReader::new(document, options, limits);
    let mut extracted = Extracted::default();
    for index in pages {
        let Some(page) = reader.page(index + 1)? else { continue };
        extracted.needs_cmaps |= page.needs_cmaps;
        if each(page)?.is_break() {
            break;
        }
    }
    Ok(extracted)
}

/// Appends the text of the pages as UTF-8, with a form feed between pages, and to `page_ends` where each page's text
/// ends in the appended bytes. Both are as before after an error.
///
/// Pages that the document does not have are left out. With the feature `parallel` pages are read on all threads of
/// rayon's pool; the result is the same.
///
/// # Errors
///
/// [`PdfError::PageRange`], [`PdfError::OutputTooLarge`], and those of [`TextReader::page`].
pub fn extract_text(
    document: &Document<'_>,
    options: &TextOptions,
    limits: &Limits,
    output: &mut Vec<u8>,
    page_ends: &mut Vec<usize>,
) -> Result<Extracted, PdfError> {
    let (start, ends_start) = (output.len(), page_ends.len());
    let pages = options.pages(document)?;
    #[cfg(feature = "parallel")]
    let result = crate::parallel::append(document, pages, options, limits, output, page_ends);
    #[cfg(not(feature = "parallel"))]
    let result = {
        let steps = Arc::new(Steps::new(limits));
        append(document, pages, options, limits, &steps, output, page_ends)
    };
    if result.is_err() {
        output.truncate(start);
        page_ends.truncate(ends_start);
    }
    result
}

/// Appends pages one after another; counts the form feed between them.
pub(crate) fn append(
    document: &Document<'_>,
    pages: core::ops::Range<u32>,
    options: &TextOptions,
    limits: &Limits,
    steps: &Arc<Steps>,
    output: &mut Vec<u8>,
    page_ends: &mut Vec<usize>,
) -> Result<Extracted, PdfError> {
    let start = output.len();
    let mut reader = TextReader::counting(document, options, Arc::clone(steps));
    let mut extracted = Extracted::default();
    let first = pages.start;
    for index in pages {
        let page = reader.page(index + 1)?;
        let text = page.as_ref().map_or("", |page| &page.text);
        extracted.needs_cmaps |= page.as_ref().is_some_and(|page| page.needs_cmaps);
        let size = (output.len() - start + text.len() + usize::from(index > first)) as u64;
        if size > limits.max_output_bytes {
            return Err(PdfError::OutputTooLarge { limit: limits.max_output_bytes });
        }
        let bytes = text.len() + 1;
        output.try_reserve(bytes).map_err(|_| PdfError::OutOfMemory { bytes })?;
        if index > first {
            output.push(b'\x0c');
        }
        output.extend_from_slice(text.as_bytes());
        page_ends.push(output.len() - start);
    }
    Ok(extracted)
}
