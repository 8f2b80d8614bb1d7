//! Pages as Markdown: headings by the size and weight of their letters, lists by their bullets and numbers, paragraphs
//! without the ends of their lines.

use core::ops::{ControlFlow, Range};

use bytemill_pdf_objects::{Document, PdfError};

use crate::page_text::{Line, PageText, Word};
use crate::text::each_page;
use crate::{Extracted, Limits, TextOptions};

/// How much larger than most of the text headings are.
const HEADING: f32 = 1.15;
/// Lines of a heading, of larger letters and of bold ones.
const MAX_LINES: usize = 4;
const MAX_BOLD_LINES: usize = 2;
/// Bytes of a heading; longer ones are paragraphs in large letters.
const MAX_BYTES: u32 = 240;
/// What leads to the page numbers of a table of contents.
const LEADER: &str = ". .";
/// Sizes that differ by less are one level of headings, in points.
const SAME: f32 = 0.5;
/// Sizes that are looked at; text has a few.
const MAX_SIZES: usize = 256;
/// Levels of headings in Markdown.
const LEVELS: usize = 6;
/// What lists have before their items.
const BULLETS: [char; 7] = ['•', '▪', '●', '◦', '‣', '■', '○'];
/// What they have there if a space follows.
const DASHES: [&str; 3] = ["- ", "– ", "— "];

/// The pages of a document as Markdown. Which blocks are headings is decided over all of the pages that are asked for:
/// those whose letters are larger than most or bold, the largest at the first level. Their places are in memory until then.
///
/// # Errors
///
/// [`PdfError::PageRange`], [`PdfError::OutputTooLarge`], and those of [`crate::TextReader::page`].
pub fn to_markdown(
    document: &Document<'_>,
    options: &TextOptions,
    limits: &Limits,
) -> Result<(String, Extracted), PdfError> {
    let limit = limits.max_output_bytes;
    let within = |bytes: usize| {
        if bytes as u64 > limit { Err(PdfError::OutputTooLarge { limit }) } else { Ok(()) }
    };
    let mut pages = Vec::new();
    let mut bytes = 0;
    let extracted = each_page(document, options, limits, |page| {
        bytes += page.text.len();
        within(bytes)?;
        pages.push(page);
        Ok::<_, PdfError>(ControlFlow::Continue(()))
    })?;
    let markdown = write(&pages);
    within(markdown.len())?;
    Ok((markdown, extracted))
}

fn write(pages: &[PageText]) -> String {
    let body = Body::of(pages);
    let parts = pages.iter().flat_map(|page| parts(page).map(move |lines| (page, lines)));
    let parts: Vec<(&PageText, &[Line], Option<f32>)> =
        parts.map(|(page, lines)| (page, lines, body.heading_size(page, lines))).collect();
    let mut sizes: Vec<f32> = Vec::new();
    for size in parts.iter().filter_map(|(.., size)| *size) {
        if !sizes.iter().any(|known| (known - size).abs() < SAME) && sizes.len() < MAX_SIZES {
            // The largest first.
            sizes.insert(sizes.partition_point(|known| *known > size), size);
        }
    }
    let mut output = String::new();
    for (page, lines, size) in parts {
        if !output.is_empty() {
            output.push('\n');
        }
        let level = size.and_then(|size| sizes.iter().position(|it| (it - size).abs() < SAME));
        if let Some(level) = level {
            output.extend(core::iter::repeat_n('#', (level + 1).min(LEVELS)));
            output.push(' ');
        }
        write_lines(page, lines, level.is_some(), &mut output);
    }
    output
}

/// The lines of each block, those apart that are bold before lines that are not: a heading close to its text.
fn parts(page: &PageText) -> impl Iterator<Item = &[Line]> {
    page.blocks.iter().flat_map(move |block| {
        let range = block.lines.start as usize..block.lines.end as usize;
        let lines = page.lines.get(range).unwrap_or_default();
        let is_bold = |line: &Line| words(page, line).iter().all(|word| is_bold(page, word));
        let bold = lines.iter().take_while(|line| is_bold(line)).count();
        let (heading, rest) = lines.split_at(if bold <= MAX_BOLD_LINES { bold } else { 0 });
        [heading, rest].into_iter().filter(|lines| !lines.is_empty())
    })
}

/// What most of the text looks like.
struct Body {
    size: f32,
    bold: bool,
}

impl Body {
    fn of(pages: &[PageText]) -> Self {
        let (mut sizes, mut all, mut bold) = (Sizes::default(), 0_u64, 0_u64);
        for page in pages {
            for word in &page.words {
                sizes.add(word);
                let length = u64::from(word.text.end - word.text.start);
                all += length;
                bold += if is_bold(page, word) { length } else { 0 };
            }
        }
        Self { size: sizes.most().unwrap_or_default(), bold: 2 * bold > all }
    }

    /// The size of the letters of lines, if they make them a heading: larger than most, or bold where most are not.
    fn heading_size(&self, page: &PageText, lines: &[Line]) -> Option<f32> {
        let text = |line: &Line| part(page, &line.text).trim_end();
        let bytes = lines.iter().map(|line| line.text.end - line.text.start).sum::<u32>();
        if lines.len() > MAX_LINES
            || bytes > MAX_BYTES
            || lines.iter().any(|line| text(line).contains(LEADER))
        {
            return None;
        }
        let words = || lines.iter().flat_map(|line| words(page, line));
        let mut sizes = Sizes::default();
        words().for_each(|word| sizes.add(word));
        let size = sizes.most()?;
        let is_heading = || {
            // A sentence or an amount in bold is none.
            lines.len() <= MAX_BOLD_LINES
                && size > self.size - SAME
                && !self.bold
                && words().all(|word| is_bold(page, word))
                && lines.iter().any(|line| text(line).contains(char::is_alphabetic))
                && lines.last().is_some_and(|line| !text(line).ends_with(['.', ',', ';']))
        };
        (size >= HEADING * self.size || is_heading()).then_some(size)
    }
}

/// How many bytes of text there are in each size.
#[derive(Default)]
struct Sizes(Vec<(f32, u32)>);

impl Sizes {
    fn add(&mut self, word: &Word) {
        let length = word.text.end - word.text.start;
        let known = self.0.iter().position(|(size, _)| (size - word.size).abs() < SAME);
        if let Some((_, count)) = known.and_then(|at| self.0.get_mut(at)) {
            *count = count.saturating_add(length);
        } else if self.0.len() < MAX_SIZES {
            self.0.push((word.size, length));
        }
    }

    fn most(&self) -> Option<f32> {
        self.0.iter().max_by_key(|(_, count)| *count).map(|(size, _)| *size)
    }
}

fn is_bold(page: &PageText, word: &Word) -> bool {
    page.fonts.get(usize::from(word.font)).is_some_and(|font| font.bold)
}

fn part<'p>(page: &'p PageText, range: &Range<u32>) -> &'p str {
    page.text.get(range.start as usize..range.end as usize).unwrap_or_default()
}

fn words<'p>(page: &'p PageText, line: &Line) -> &'p [Word] {
    page.words.get(line.words.start as usize..line.words.end as usize).unwrap_or_default()
}

/// Writes lines as one, and every item of a list as one.
fn write_lines(page: &PageText, lines: &[Line], is_heading: bool, output: &mut String) {
    let mut end = None;
    for line in lines {
        let text = part(page, &line.text);
        let item = if is_heading { None } else { Item::of(text) };
        // Nothing is between the parts of a word that was divided.
        let joined = end == Some(line.text.start);
        if end.is_some() && !joined {
            output.push(if item.is_some() { '\n' } else { ' ' });
        }
        end = Some(line.text.end);
        match item {
            Some(Item::Bullet(item)) => {
                output.push_str("- ");
                escape(item, joined, output);
            }
            Some(Item::Number) | None => escape(text, joined, output),
        }
    }
    output.push('\n');
}

/// The beginning of an item of a list.
enum Item<'t> {
    /// Its text, behind a bullet.
    Bullet(&'t str),
    /// A number, as Markdown has it.
    Number,
}

impl<'t> Item<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let bullet = text.strip_prefix(BULLETS);
        let bullet = bullet.or_else(|| DASHES.into_iter().find_map(|dash| text.strip_prefix(dash)));
        if let Some(item) = bullet.map(str::trim_start).filter(|item| !item.is_empty()) {
            return Some(Self::Bullet(item));
        }
        let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
        // Longer ones are years.
        let is_number = matches!(text.len() - rest.len(), 1 | 2);
        (is_number && (rest.starts_with(". ") || rest.starts_with(") "))).then_some(Self::Number)
    }
}

/// Appends text in which nothing is Markdown.
fn escape(text: &str, within: bool, output: &mut String) {
    for (index, char) in text.char_indices() {
        let first = index == 0 && !within;
        if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<')
            || first && matches!(char, '#' | '>' | '+')
        {
            output.push('\\');
        }
        output.push(char);
    }
}
