//! Page labels (ISO 32000-1, 12.4.2), which go with their pages.

use bytemill_pdf_objects::{Document, Object};

use crate::tree;
use crate::write::dictionary;

/// How pages from one on are numbered.
#[derive(Clone, Debug, PartialEq)]
struct Range {
    /// The first page, counted from 0.
    page: u32,
    style: Object,
    prefix: Object,
    /// The first page's number.
    start: i64,
}

/// The labels of a document.
#[derive(Debug)]
pub(crate) struct Labels(Vec<Range>);

impl Labels {
    pub(crate) fn read(document: &Document<'_>) -> Self {
        let root = document.get(&document.catalog(), b"PageLabels");
        let mut ranges = Vec::new();
        for (page, label) in tree::read(document, &root, b"Nums") {
            let page = page.as_integer().and_then(|page| u32::try_from(page).ok());
            let label = document.resolve(&label);
            if let (Some(page), Some(label)) = (page, label.as_dictionary()) {
                let name =
                    |object: Object| object.as_name().map_or(Object::Null, |_| object.clone());
                let text =
                    |object: Object| object.as_string().map_or(Object::Null, |_| object.clone());
                ranges.push(Range {
                    page,
                    style: name(document.get(label, b"S")),
                    prefix: text(document.get(label, b"P")),
                    start: document.get(label, b"St").as_integer().unwrap_or(1),
                });
            }
        }
        ranges.sort_by_key(|range| range.page);
        Self(ranges)
    }

    /// The label of a page as a range of its own. Pages before the first range are numbered from 1.
    fn of(&self, page: u32) -> Range {
        let before = self.0.partition_point(|range| range.page <= page);
        let range = before.checked_sub(1).map(|index| self.0[index].clone());
        let decimal = Object::Name(b"D".as_slice().into());
        let mut range =
            range.unwrap_or(Range { page: 0, style: decimal, prefix: Object::Null, start: 1 });
        range.start = range.start.saturating_add(i64::from(page - range.page));
        range
    }
}

/// The labels of the new document.
#[derive(Debug, Default)]
pub(crate) struct NewLabels {
    ranges: Vec<Range>,
    pages: u32,
    any: bool,
}

impl NewLabels {
    /// Labels the next page as a page is in its document.
    pub(crate) fn add(&mut self, labels: &Labels, page: u32) {
        self.any |= !labels.0.is_empty();
        let mut label = labels.of(page);
        label.page = self.pages;
        self.pages += 1;
        let goes_on = self.ranges.last().is_some_and(|last| {
            let next = last.start.saturating_add(i64::from(label.page - last.page));
            // Without a style all pages of the range have the same label.
            (last.style.is_null() || next == label.start)
                && last.style == label.style
                && last.prefix == label.prefix
        });
        if !goes_on {
            self.ranges.push(label);
        }
    }

    /// The number tree; null where no document has labels.
    pub(crate) fn finish(self) -> Object {
        if !self.any {
            return Object::Null;
        }
        let mut nums = Vec::new();
        for range in self.ranges {
            let start = if range.start == 1 || range.style.is_null() {
                Object::Null
            } else {
                Object::Integer(range.start)
            };
            let label = [(b"S".as_slice(), range.style), (b"P", range.prefix), (b"St", start)];
            nums.extend([Object::Integer(i64::from(range.page)), dictionary(label)]);
        }
        dictionary([(b"Nums", Object::Array(nums.into()))])
    }
}
