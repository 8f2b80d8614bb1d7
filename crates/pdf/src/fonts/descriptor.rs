//! What a font is called and how it looks (ISO 32000-1, 9.8).

use std::sync::Arc;

use bytemill_pdf_fonts::{FontStyle, StandardFont, without_subset_tag};
use bytemill_pdf_objects::{Dictionary, Document, Stream};

use crate::page_text::PageFont;

/// Ascent and descent where the font says nothing that can be.
const ASCENT: f32 = 0.75;
const DESCENT: f32 = -0.25;
/// Bytes of a name.
const MAX_NAME: usize = 128;

/// A font's name and descriptor.
pub(crate) struct Descriptor {
    pub(crate) name: Arc<[u8]>,
    /// Empty where there is none.
    pub(crate) dictionary: Dictionary,
    pub(crate) standard: Option<StandardFont>,
    pub(crate) style: FontStyle,
    pub(crate) symbolic: bool,
}

impl Descriptor {
    pub(crate) fn of(document: &Document<'_>, font: &Dictionary) -> Self {
        let descriptor = document.dictionary(font, b"FontDescriptor");
        let has_descriptor = descriptor.is_some();
        let dictionary = descriptor.unwrap_or_else(|| Dictionary::from_iter([]));
        let name = document
            .name(font, b"BaseFont")
            .or_else(|| document.name(&dictionary, b"FontName"))
            .or_else(|| document.name(font, b"Name"))
            .unwrap_or_default();
        let flags = document.integer(&dictionary, b"Flags").unwrap_or_default() as u32;
        let mut style = FontStyle::from_name(&name).or(FontStyle::from_flags(flags));
        style.bold |= document.number(&dictionary, b"FontWeight").is_some_and(|it| it >= 600.0);
        let standard = StandardFont::from_name(&name);
        Self { name, dictionary, standard, style, symbolic: has_descriptor && flags & 4 != 0 }
    }

    /// The embedded program.
    pub(crate) fn program_stream(&self, document: &Document<'_>) -> Option<Stream> {
        [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
            .iter()
            .find_map(|key| document.stream(&self.dictionary, key))
    }

    /// Its bytes.
    pub(crate) fn program(&self, document: &Document<'_>) -> Option<Arc<[u8]>> {
        document.data(&self.program_stream(document)?).ok()
    }

    pub(crate) fn is_embedded(&self) -> bool {
        [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
            .iter()
            .any(|key| self.dictionary.get(key).is_some())
    }

    pub(crate) fn about(&self, document: &Document<'_>) -> PageFont {
        let number =
            |key: &[u8]| document.number(&self.dictionary, key).map(|it| it as f32 / 1000.0);
        let ascent = number(b"Ascent").filter(|ascent| (0.4..1.3).contains(ascent));
        let descent = number(b"Descent").map(|descent| -descent.abs());
        let descent = descent.filter(|descent| (-0.6..-0.05).contains(descent));
        let name = without_subset_tag(&self.name);
        let name = &name[..name.len().min(MAX_NAME)];
        PageFont {
            name: String::from_utf8_lossy(name).into_owned(),
            bold: self.style.bold,
            italic: self.style.italic,
            ascent: ascent.unwrap_or(ASCENT),
            descent: descent.unwrap_or(DESCENT),
        }
    }
}
