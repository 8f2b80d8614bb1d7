//! Fonts of a document: what their codes mean as text, and how wide they are (ISO 32000-1, 9.5 to 9.10).

mod cache;
mod classify;
mod composite;
mod descriptor;
mod numbered;
mod simple;
mod vertical;
mod widths;

use bytemill_pdf_objects::{Dictionary, Document};

pub(crate) use cache::Fonts;
pub(crate) use classify::{WHITE, classify};
use composite::Composite;
use simple::Simple;

use crate::page_text::PageFont;

/// What a font knows of one code.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// The advance in units of the font size: to the right, in vertical writing downwards.
    pub(crate) advance: f32,
    text: u32,
    length: u16,
    /// [`classify`]'s.
    pub(crate) flags: u8,
    known: bool,
}

/// A font, ready to show strings.
#[derive(Debug)]
pub(crate) struct Font {
    pub(crate) about: PageFont,
    /// The size of the letters, in units of the font size; not 1 in Type 3 fonts.
    pub(crate) em: f32,
    /// Text or widths come from data that is not built in.
    pub(crate) needs_cmaps: bool,
    /// Texts of the codes that were shown.
    text: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Simple(Box<Simple>),
    Composite(Box<Composite>),
}

/// A code at the start of a string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub(crate) entry: Entry,
    /// Bytes that it takes in the string.
    pub(crate) length: usize,
    /// Whether word spacing applies: the single byte 32 (9.3.3).
    pub(crate) is_space: bool,
}

impl Font {
    pub(crate) fn new(document: &Document<'_>, dictionary: &Dictionary, fonts: &mut Fonts) -> Self {
        let subtype = document.name(dictionary, b"Subtype");
        let descendant = composite::descendant(document, dictionary);
        if let Some(descendant) = descendant.filter(|_| subtype.as_deref() != Some(b"Type3")) {
            return Composite::load(document, dictionary, &descendant, fonts);
        }
        Simple::load(document, dictionary, subtype.as_deref() == Some(b"Type3"))
    }

    pub(crate) fn is_vertical(&self) -> bool {
        match &self.kind {
            Kind::Simple(_) => false,
            Kind::Composite(font) => font.is_vertical(),
        }
    }

    /// The first code of a string, or none at its end.
    #[inline]
    pub(crate) fn next(&mut self, string: &[u8], document: &Document<'_>) -> Option<Shown> {
        match &mut self.kind {
            Kind::Simple(font) => {
                let code = *string.first()?;
                let entry = font.entry(code, document, &mut self.text);
                Some(Shown { entry, length: 1, is_space: code == 32 })
            }
            Kind::Composite(font) => font.next(string, &mut self.text),
        }
    }

    #[inline]
    pub(crate) fn text(&self, entry: &Entry) -> &str {
        let start = entry.text as usize;
        self.text.get(start..start + usize::from(entry.length)).unwrap_or_default()
    }
}

impl Entry {
    /// Whether the code has no text.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Appends the plain form of a text to those of the font, without what is not text.
    fn new(advance: f32, raw: &str, texts: &mut String) -> Self {
        let start = texts.len();
        let flags = classify::append(raw, texts);
        let length = texts.len() - start;
        let Ok(length) = u16::try_from(length) else {
            texts.truncate(start);
            return Self { advance, known: true, ..Self::default() };
        };
        Self { advance, text: start as u32, length, flags, known: true }
    }
}
