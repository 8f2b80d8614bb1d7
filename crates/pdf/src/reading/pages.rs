//! Pages by their numbers, numbers by their pages.

use std::cell::OnceCell;

use bytemill_pdf_objects::{Document, Object, PdfError, Reference};

/// Pages, counted from 1, both ends included; a last page of 0 is the document's last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRange {
    /// The first page.
    pub first: u32,
    /// The last page.
    pub last: u32,
}

impl Default for PageRange {
    /// All pages.
    fn default() -> Self {
        Self { first: 1, last: 0 }
    }
}

impl PageRange {
    /// The numbers of those that the document has, counted from 1.
    pub(crate) fn numbers(
        self,
        document: &Document<'_>,
    ) -> Result<core::ops::RangeInclusive<u32>, PdfError> {
        let Self { first, last } = self;
        if first == 0 || last != 0 && last < first {
            return Err(PdfError::PageRange { first, last });
        }
        let count = document.page_count();
        Ok(first..=if last == 0 { count } else { last.min(count) })
    }
}

/// Finds the number of a page, counted from 1. The list of all pages is made when it is first needed.
pub(crate) struct PageNumbers<'d, 'a> {
    document: &'d Document<'a>,
    numbers: OnceCell<Vec<(Reference, u32)>>,
}

impl<'d, 'a> PageNumbers<'d, 'a> {
    pub(crate) fn new(document: &'d Document<'a>) -> Self {
        Self { document, numbers: OnceCell::new() }
    }

    /// The number of the page that a reference leads to.
    pub(crate) fn of(&self, page: &Object) -> Option<u32> {
        let page = page.as_reference()?;
        let numbers = self.numbers.get_or_init(|| {
            let pages = (0..self.document.page_count()).map_while(|index| {
                Some((self.document.page(index)?.reference.unwrap_or_default(), index + 1))
            });
            let mut numbers: Vec<_> = pages.collect();
            numbers.sort_unstable();
            numbers
        });
        // Generations are often wrong, and numbers are unique without them.
        let at = numbers.partition_point(|(reference, _)| reference.number < page.number);
        numbers.get(at).filter(|(found, _)| found.number == page.number).map(|(_, page)| *page)
    }
}
