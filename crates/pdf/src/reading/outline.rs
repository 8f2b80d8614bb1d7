//! The outline, which readers show as bookmarks (ISO 32000-1, 12.3.3).

use bytemill_pdf_objects::{Document, Object, PdfError};

use super::destination::{Resolver, Target};
use super::tree::{MAX_ITEMS, Visited};
use crate::text_string::text_string;

/// Levels of an outline; what is deeper is left out.
const MAX_DEPTH: u32 = 64;

/// An entry of the outline. Entries come in the order in which they are read, each before those below it.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineItem {
    /// What readers show.
    pub title: String,
    /// Entries above: 0 for those of the first level.
    pub depth: u32,
    /// Where it leads, if anywhere.
    pub target: Option<Target>,
    /// Whether it is shown in bold.
    pub bold: bool,
    /// Whether it is shown in italics.
    pub italic: bool,
    /// Red, green and blue from 0 to 1.
    pub colour: [f32; 3],
    /// Whether the entries below are shown when the document is opened.
    pub open: bool,
}

/// The outline's entries; none where there is no outline.
///
/// # Errors
///
/// A limit that was passed.
pub fn outline(document: &Document<'_>) -> Result<Vec<OutlineItem>, PdfError> {
    let resolver = Resolver::new(document);
    let mut items = Vec::new();
    let mut visited = Visited::default();
    // What comes next on each level.
    let mut levels: Vec<Object> = Vec::new();
    let first = |node: &bytemill_pdf_objects::Dictionary| node.get(b"First").cloned();
    levels.extend(
        document.dictionary(&document.catalog(), b"Outlines").and_then(|root| first(&root)),
    );
    while let Some(item) = levels.pop() {
        if !visited.enter(&item) {
            continue;
        }
        let item = document.resolve(&item);
        let Some(item) = item.as_dictionary() else { continue };
        if items.len() >= MAX_ITEMS {
            return Err(PdfError::TooManyObjects { limit: MAX_ITEMS as u64 });
        }
        let flags = document.integer(item, b"F").unwrap_or(0);
        let mut colour = [0.0; 3];
        if let Some(array) = document.array(item, b"C") {
            for (channel, number) in colour.iter_mut().zip(array.iter()) {
                *channel =
                    document.resolve(number).as_number().unwrap_or(0.0).clamp(0.0, 1.0) as f32;
            }
        }
        let title = document.string(item, b"Title").unwrap_or_default();
        items.push(OutlineItem {
            title: text_string(&title),
            depth: levels.len() as u32,
            target: resolver.target(item),
            bold: flags & 2 != 0,
            italic: flags & 1 != 0,
            colour,
            open: document.integer(item, b"Count").is_some_and(|count| count > 0),
        });
        // The level stays, even if this was its last: the depth is the number of levels.
        levels.push(item.get(b"Next").cloned().unwrap_or_default());
        if let Some(below) = first(item).filter(|_| levels.len() < MAX_DEPTH as usize) {
            levels.push(below);
        }
    }
    document.check()?;
    Ok(items)
}
