//! Text: as it is, with its places, and found.

use core::ops::ControlFlow;

use bytemill_pdf::{
    Document, PageText, PdfError, Rect, SearchOptions as Search, TextOptions, Writing, each_page,
    extract_text, search, to_markdown,
};

use super::record::Record;
use super::{
    MAX_OUTPUT_BYTES, MAX_PAGES, MAX_PASSWORD_BYTES, MAX_SAFE_INTEGER, MAX_STREAM_BYTES, Reading,
    reading,
};
use crate::options::{options, text};
use crate::{Code, Error};

options! {
    /// Options of `pdf.extractText`.
    pub struct ExtractTextOptions {
        /// User or owner password of an encrypted document.
        password: text(max = MAX_PASSWORD_BYTES),
        /// First page, counted from 1.
        first_page: integer(default = 1, min = 1, max = 0xffff_ffff, unit = "page"),
        /// Last page; 0 is the last of the document.
        last_page: integer(default = 0, min = 0, max = 0xffff_ffff, unit = "page"),
        /// Whether what annotations and form fields show counts.
        annotations: boolean(default = true),
        /// Whether what is marked as no part of the content counts, such as running heads and page numbers.
        artifacts: boolean(default = true),
        /// Whether words that are divided at the end of a line stay so.
        keep_hyphens: boolean(default = false),
        /// Most bytes that the document's streams may inflate to.
        max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Longest text accepted, as UTF-8.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
    }
}

/// The text of the pages, separated by form feeds. Numbers: whether it lacks predefined character maps.
#[derive(Debug)]
pub struct ExtractText;

reading!(ExtractText, 0x0a01, "extractText", ExtractTextOptions, PARALLEL);

#[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
fn wanted(options: &ExtractTextOptions<'_>) -> TextOptions {
    TextOptions {
        first_page: options.first_page as u32,
        last_page: options.last_page as u32,
        annotations: options.annotations,
        artifacts: options.artifacts,
        keep_hyphens: options.keep_hyphens,
    }
}

impl Reading for ExtractText {
    fn read(
        document: &Document<'_>,
        options: &ExtractTextOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let limits = record.limits;
        let text = record.text_output();
        let extracted = extract_text(document, &wanted(options), &limits, text, &mut Vec::new())?;
        record.flag(extracted.needs_cmaps);
        Ok(())
    }
}

/// The text of the pages with the places of its words.
#[derive(Debug)]
pub struct Layout;

reading!(Layout, 0x0a03, "layout", ExtractTextOptions);

impl Reading for Layout {
    fn read(
        document: &Document<'_>,
        options: &ExtractTextOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let limits = record.limits;
        let [needs_cmaps, count] = [record.reserve(), record.reserve()];
        let mut pages = 0_u32;
        let extracted = each_page(document, &wanted(options), &limits, |page| {
            pages += 1;
            write_page(&page, record);
            record.check()?;
            Ok::<_, PdfError>(ControlFlow::Continue(()))
        })?;
        record.set(needs_cmaps, u8::from(extracted.needs_cmaps));
        record.set(count, pages);
        Ok(())
    }
}

/// The text of the pages as Markdown. Numbers: whether it lacks predefined character maps.
#[derive(Debug)]
pub struct ToMarkdown;

reading!(ToMarkdown, 0x0a0e, "toMarkdown", ExtractTextOptions);

impl Reading for ToMarkdown {
    fn read(
        document: &Document<'_>,
        options: &ExtractTextOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let (markdown, extracted) = to_markdown(document, &wanted(options), &record.limits)?;
        record.text_output().extend_from_slice(markdown.as_bytes());
        record.flag(extracted.needs_cmaps);
        Ok(())
    }
}

fn write_page(page: &PageText, record: &mut Record<'_, '_>) {
    record.number(page.page);
    write_rect(&page.bounds, record);
    record.number(page.rotation);
    record.text(&page.text);
    record.list(&page.fonts, |record, font| {
        record.text(&font.name);
        record.flag(font.bold);
        record.flag(font.italic);
    });
    let mut units = Units::new(&page.text);
    record.list(&page.words, |record, word| {
        write_rect(&word.rect, record);
        units.write(&word.text, record);
        record.number(word.font);
        record.number(word.size);
    });
    let mut units = Units::new(&page.text);
    record.list(&page.lines, |record, line| {
        write_rect(&line.rect, record);
        units.write(&line.text, record);
        record.number(line.words.start);
        record.number(line.words.end);
        record.number(match line.writing {
            Writing::LeftToRight => 0_u8,
            Writing::RightToLeft => 1,
            Writing::Vertical => 2,
        });
        record.number(line.angle());
    });
    let mut units = Units::new(&page.text);
    record.list(&page.blocks, |record, block| {
        write_rect(&block.rect, record);
        units.write(&block.text, record);
        record.number(block.lines.start);
        record.number(block.lines.end);
    });
}

pub(super) fn write_rect(rect: &Rect, record: &mut Record<'_, '_>) {
    for side in [rect.left, rect.bottom, rect.right, rect.top] {
        record.number(side);
    }
}

/// JavaScript's places in a text, of bytes that are asked for in about ascending order.
struct Units<'t> {
    text: &'t str,
    byte: usize,
    unit: usize,
}

impl<'t> Units<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, byte: 0, unit: 0 }
    }

    fn write(&mut self, range: &core::ops::Range<u32>, record: &mut Record<'_, '_>) {
        for byte in [range.start, range.end] {
            let unit = self.at(byte as usize);
            record.count(unit);
        }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.unit) = (0, 0);
        }
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        self.unit += between.chars().map(char::len_utf16).sum::<usize>();
        self.byte = byte;
        self.unit
    }
}

options! {
    /// Options of `pdf.search`.
    pub struct SearchOptions {
        /// What is looked for; white space in it is any white space, the end of a line too.
        query: text(max = MAX_PASSWORD_BYTES),
        /// Whether capitals and small letters differ.
        case_sensitive: boolean(default = false),
        /// Whether letters and digits next to it make it no match.
        whole_words: boolean(default = false),
        /// Most hits.
        max_hits: integer(default = 1000, min = 1, max = 0xffff_ffff, unit = "hits"),
        /// User or owner password of an encrypted document.
        password: text(max = MAX_PASSWORD_BYTES),
        /// First page, counted from 1.
        first_page: integer(default = 1, min = 1, max = 0xffff_ffff, unit = "page"),
        /// Last page; 0 is the last of the document.
        last_page: integer(default = 0, min = 0, max = 0xffff_ffff, unit = "page"),
        /// Most bytes that the document's streams may inflate to.
        max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Longest answer accepted.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
    }
}

/// Where a text stands.
#[derive(Debug)]
pub struct Find;

reading!(Find, 0x0a04, "search", SearchOptions);

impl Reading for Find {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn read(
        document: &Document<'_>,
        options: &SearchOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let query = text("query", options.query)?.unwrap_or_default();
        if query.trim().is_empty() {
            return Err(Error::new(Code::InvalidArgument, "query: expected text to look for"));
        }
        let wanted = Search {
            case_sensitive: options.case_sensitive,
            whole_words: options.whole_words,
            max_hits: options.max_hits as u32,
            text: TextOptions {
                first_page: options.first_page as u32,
                last_page: options.last_page as u32,
                ..TextOptions::default()
            },
        };
        let found = search(document, query, &wanted, &record.limits)?;
        record.flag(found.extracted.needs_cmaps);
        record.list(&found.hits, |record, hit| {
            record.number(hit.page);
            record.text(&hit.text);
            write_rect(&hit.rect(), record);
            record.list(&hit.quads, |record, quad| {
                for (x, y) in quad {
                    record.number(*x);
                    record.number(*y);
                }
            });
        });
        Ok(())
    }
}
