//! A page and what it inherits (ISO 32000-1, 7.7.3.3 and 7.7.3.4).

use std::sync::Arc;

use crate::pages::Above;
use crate::{Dictionary, Document, Object, Reference};

/// Nodes above a page of a tree that is lost.
const MAX_PARENTS: usize = 64;

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The page's object, unless it stands in the tree itself.
    pub reference: Option<Reference>,
    /// The page's dictionary; empty where the page is broken.
    pub dictionary: Dictionary,
    pub(crate) above: Option<Arc<Above>>,
}

impl Page {
    /// A value of the page, or else of the nearest node above that has it; resolved. Only `Resources`, `MediaBox`,
    /// `CropBox` and `Rotate` are to be inherited.
    pub fn attribute(&self, document: &Document<'_>, key: &[u8]) -> Object {
        let own = document.get(&self.dictionary, key);
        if !own.is_null() {
            return own;
        }
        let mut above = self.above.as_deref();
        if above.is_none() {
            return self.of_parents(document, key);
        }
        while let Some(node) = above {
            let value = document.get(&node.dictionary, key);
            if !value.is_null() {
                return value;
            }
            above = node.above.as_deref();
        }
        Object::Null
    }

    /// The same by the entries `Parent`, where the page was not found through the tree.
    fn of_parents(&self, document: &Document<'_>, key: &[u8]) -> Object {
        let mut node = self.dictionary.clone();
        for _ in 0..MAX_PARENTS {
            let Some(parent) = document.dictionary(&node, b"Parent") else { break };
            let value = document.get(&parent, key);
            if !value.is_null() {
                return value;
            }
            node = parent;
        }
        Object::Null
    }

    /// The media box in points: left, bottom, right, top. US Letter where it is missing or empty.
    pub fn media_box(&self, document: &Document<'_>) -> [f64; 4] {
        self.rectangle(document, b"MediaBox").unwrap_or([0.0, 0.0, 612.0, 792.0])
    }

    /// The crop box in points, within the media box: left, bottom, right, top. The media box where there is none.
    pub fn crop_box(&self, document: &Document<'_>) -> [f64; 4] {
        let media = self.media_box(document);
        let Some(crop) = self.rectangle(document, b"CropBox") else { return media };
        let cut = [
            crop[0].max(media[0]),
            crop[1].max(media[1]),
            crop[2].min(media[2]),
            crop[3].min(media[3]),
        ];
        if cut[0] < cut[2] && cut[1] < cut[3] { cut } else { media }
    }

    /// Degrees by which the page is turned clockwise: 0, 90, 180 or 270.
    pub fn rotation(&self, document: &Document<'_>) -> u16 {
        let degrees = self.attribute(document, b"Rotate").as_integer().unwrap_or(0);
        if degrees % 90 == 0 { degrees.rem_euclid(360) as u16 } else { 0 }
    }

    fn rectangle(&self, document: &Document<'_>, key: &[u8]) -> Option<[f64; 4]> {
        let corners = self.attribute(document, key);
        let mut numbers = corners.as_array()?.iter().map(|n| document.resolve(n).as_number());
        let mut next = || numbers.next().flatten();
        let (a, b, c, d) = (next()?, next()?, next()?, next()?);
        let rectangle = [a.min(c), b.min(d), a.max(c), b.max(d)];
        (rectangle[0] < rectangle[2] && rectangle[1] < rectangle[3]).then_some(rectangle)
    }
}
