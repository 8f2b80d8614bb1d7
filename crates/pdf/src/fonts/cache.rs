//! The fonts of a document, each set up once.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytemill_pdf_fonts::{CMap, CidText, Collection, FontError, PredefinedCMap};
use bytemill_pdf_objects::{Document, Object, Reference};

use crate::fonts::Font;

/// Fonts that are kept from page to page.
const MAX_KEPT: usize = 256;
/// Fonts of one page.
const MAX_FONTS: usize = 4096;
/// Predefined maps and texts of collections that are kept.
const MAX_MAPS: usize = 16;

/// Fonts by number, and what several of them need.
#[derive(Debug, Default)]
pub(crate) struct Fonts {
    list: Vec<Font>,
    known: BTreeMap<Reference, u16>,
    maps: Vec<(PredefinedCMap, Arc<CMap>)>,
    texts: Vec<(Collection, Arc<CidText>)>,
}

impl Fonts {
    /// Forgets fonts where there are many; numbers of before are not valid any more.
    pub(crate) fn start_page(&mut self) {
        if self.list.len() > MAX_KEPT {
            self.list.clear();
            self.known.clear();
        }
    }

    pub(crate) fn get(&mut self, index: u16) -> Option<&mut Font> {
        self.list.get_mut(usize::from(index))
    }

    /// The number of a font that was set up before.
    pub(crate) fn known(&self, font: &Object) -> Option<u16> {
        self.known.get(&font.as_reference()?).copied()
    }

    /// Sets up a font; `font` is its dictionary or refers to it.
    pub(crate) fn load(&mut self, document: &Document<'_>, font: &Object) -> Option<u16> {
        if self.list.len() >= MAX_FONTS {
            return None;
        }
        let resolved = document.resolve(font);
        let made = Font::new(document, resolved.as_dictionary()?, self);
        let index = self.list.len() as u16;
        self.list.push(made);
        if let Some(reference) = font.as_reference() {
            self.known.insert(reference, index);
        }
        Some(index)
    }

    pub(crate) fn predefined(&mut self, known: PredefinedCMap) -> Result<Arc<CMap>, FontError> {
        if let Some((_, map)) = self.maps.iter().find(|(map, _)| *map == known) {
            return Ok(Arc::clone(map));
        }
        let map = Arc::new(known.load()?);
        if self.maps.len() < MAX_MAPS {
            self.maps.push((known, Arc::clone(&map)));
        }
        Ok(map)
    }

    pub(crate) fn cid_text(&mut self, collection: Collection) -> Result<Arc<CidText>, FontError> {
        if let Some((_, text)) = self.texts.iter().find(|(known, _)| *known == collection) {
            return Ok(Arc::clone(text));
        }
        let text = Arc::new(CidText::load(collection)?);
        self.texts.push((collection, Arc::clone(&text)));
        Ok(text)
    }
}
