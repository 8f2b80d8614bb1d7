//! Text in pages, with its places.

use core::ops::{ControlFlow, Range};

use bytemill_pdf_objects::{Document, PdfError};

use crate::page_text::PageText;
use crate::text::each_page;
use crate::{Extracted, Limits, Rect, TextOptions};

/// How to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// Capitals and small letters differ.
    pub case_sensitive: bool,
    /// Letters and digits next to the text are no match.
    pub whole_words: bool,
    /// Most hits.
    pub max_hits: u32,
    /// Pages and what counts as text.
    pub text: TextOptions,
}

impl Default for SearchOptions {
    /// Any case, parts of words, a thousand hits.
    fn default() -> Self {
        Self {
            case_sensitive: false,
            whole_words: false,
            max_hits: 1000,
            text: TextOptions::default(),
        }
    }
}

/// Four corners in points: those at the start of the text below and above it, then those at its end above and below.
pub type Quad = [(f32, f32); 4];

/// A place where the text was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Number of the page, counted from 1.
    pub page: u32,
    /// The text as it stands there, white space as single spaces.
    pub text: String,
    /// Where it is in [`PageText::text`].
    pub range: Range<u32>,
    /// Around its parts, one for each line: for links and highlights.
    pub quads: Vec<Quad>,
}

impl Hit {
    /// The rectangle around everything.
    pub fn rect(&self) -> Rect {
        let mut rect = Rect::EMPTY;
        for quad in &self.quads {
            rect.unite(Rect::around(*quad));
        }
        rect
    }
}

/// What a search has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// In the order of pages, and of reading on them.
    pub hits: Vec<Hit>,
    /// Whether text could have been overlooked.
    pub extracted: Extracted,
}

/// Finds a text on the pages of a document.
///
/// White space in the text matches any white space, the end of a line too; ligatures match their letters. An empty
/// text is nowhere.
///
/// # Errors
///
/// [`PdfError::PageRange`], and those of [`crate::TextReader::page`].
pub fn search(
    document: &Document<'_>,
    query: &str,
    options: &SearchOptions,
    limits: &Limits,
) -> Result<Found, PdfError> {
    let mut hits = Vec::new();
    let extracted = each_page(document, &options.text, limits, |page| {
        search_page(&page, query, options, &mut hits);
        let is_enough = hits.len() as u64 >= u64::from(options.max_hits);
        Ok::<_, PdfError>(if is_enough {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    })?;
    Ok(Found { hits, extracted })
}

/// Finds a text on one page, up to as many hits in all as the options allow.
fn search_page(page: &PageText, query: &str, options: &SearchOptions, hits: &mut Vec<Hit>) {
    let wanted: Vec<char> = fold(query, options).map(|(_, char)| char).collect();
    let wanted = trim(&wanted);
    let Some(first) = wanted.first() else { return };
    let text: Vec<(u32, char)> = fold(&page.text, options).collect();
    let mut at = 0;
    while let Some(window) = text.get(at..at + wanted.len()) {
        let found = window[0].1 == *first
            && window.iter().zip(wanted).all(|((_, a), b)| a == b)
            && !(options.whole_words
                && (is_word(&text, at.wrapping_sub(1)) || is_word(&text, at + wanted.len())));
        if !found {
            at += 1;
            continue;
        }
        if hits.len() as u64 >= u64::from(options.max_hits) {
            return;
        }
        let end = text.get(at + wanted.len()).map_or(page.text.len() as u32, |(place, _)| *place);
        let last = window.last().map_or(0, |(place, _)| *place);
        // Not what follows where characters were left out, as at the end of a line.
        let length = page.text.get(last as usize..).and_then(|rest| rest.chars().next());
        let end = end.min(last + length.map_or(0, |char| char.len_utf8() as u32));
        hits.push(hit(page, window[0].0..end));
        at += wanted.len();
    }
}

/// Characters as they are compared, each with the place of the one that it comes from: white space as one space.
fn fold<'t>(text: &'t str, options: &SearchOptions) -> impl Iterator<Item = (u32, char)> + use<'t> {
    let sensitive = options.case_sensitive;
    let mut space = false;
    let plain = text.char_indices().flat_map(move |(place, char)| {
        let forms = bytemill_pdf_fonts::decompose(char);
        let own = forms.is_none().then_some(char);
        forms.unwrap_or_default().chars().chain(own).map(move |char| (place as u32, char))
    });
    let lower = plain.flat_map(move |(place, char)| {
        let kept = sensitive.then_some(char);
        let lowered = (!sensitive).then(|| char.to_lowercase());
        kept.into_iter().chain(lowered.into_iter().flatten()).map(move |char| (place, char))
    });
    lower.filter_map(move |(place, char)| {
        let white = char.is_whitespace();
        let again = white && space;
        space = white;
        (!again).then_some((place, if white { ' ' } else { char }))
    })
}

fn trim(mut chars: &[char]) -> &[char] {
    while let [' ', rest @ ..] | [rest @ .., ' '] = chars {
        chars = rest;
    }
    chars
}

fn is_word(text: &[(u32, char)], at: usize) -> bool {
    text.get(at).is_some_and(|(_, char)| char.is_alphanumeric())
}

fn hit(page: &PageText, range: Range<u32>) -> Hit {
    let shown = page.text.get(range.start as usize..range.end as usize).unwrap_or_default();
    let mut text = String::with_capacity(shown.len());
    for word in shown.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    let first = page.lines.partition_point(|line| line.text.end <= range.start);
    let mut quads: Vec<Quad> = Vec::new();
    for line in page.lines[first..].iter().take_while(|line| line.text.start < range.end) {
        let words = page.words.get(line.words.start as usize..line.words.end as usize);
        let mut whole: Option<Quad> = None;
        for word in words.unwrap_or_default() {
            let Some(quad) = page.quad(word, line, &range) else { continue };
            whole = Some(whole.map_or(quad, |whole| join(whole, quad, line.direction)));
        }
        quads.extend(whole);
    }
    Hit { page: page.page, text, range, quads }
}

/// The smallest quadrilateral along a line around two of them.
fn join(a: Quad, b: Quad, direction: crate::glyphs::Direction) -> Quad {
    let mut rect = Rect::EMPTY;
    for (x, y) in a.into_iter().chain(b) {
        let (x, y) = direction.to_frame(x, y);
        rect.unite(Rect { left: x, bottom: y, right: x, top: y });
    }
    direction.corners(rect)
}
