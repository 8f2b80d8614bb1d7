//! Name trees and number trees (ISO 32000-1, 7.9.6 and 7.9.7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object, PdfError, Reference};

/// Nodes above a leaf.
const MAX_DEPTH: u32 = 64;
/// Entries and nodes of one tree, and items of anything else that is listed.
pub(crate) const MAX_ITEMS: usize = 1 << 20;

/// References that were followed: each is followed once.
#[derive(Debug, Default)]
pub(crate) struct Visited(BTreeSet<Reference>);

impl Visited {
    /// Whether an object may be looked at: for the first time, or because it is not shared.
    pub(crate) fn enter(&mut self, object: &Object) -> bool {
        object.as_reference().is_none_or(|reference| self.0.insert(reference))
    }

    /// Whether an object was looked at.
    pub(crate) fn has(&self, object: &Object) -> bool {
        object.as_reference().is_some_and(|reference| self.0.contains(&reference))
    }
}

/// Calls `found` with each key, resolved, and its value, until that returns false. `list` is `Names` or `Nums`.
///
/// # Errors
///
/// [`PdfError::TooManyObjects`], and what `found` ends in.
pub(crate) fn walk(
    document: &Document<'_>,
    root: &Object,
    list: &[u8],
    mut found: impl FnMut(Object, &Object) -> Result<bool, PdfError>,
) -> Result<(), PdfError> {
    let mut visited = Visited::default();
    let mut nodes = vec![(root.clone(), 0)];
    let mut count = 0_usize;
    while let Some((node, depth)) = nodes.pop() {
        if depth > MAX_DEPTH || !visited.enter(&node) {
            continue;
        }
        let node = document.resolve(&node);
        let Some(node) = node.as_dictionary() else { continue };
        let entries = document.array(node, list).unwrap_or_default();
        let kids = document.array(node, b"Kids").unwrap_or_default();
        count = count.saturating_add(1 + entries.len() + kids.len());
        if count > MAX_ITEMS {
            return Err(PdfError::TooManyObjects { limit: MAX_ITEMS as u64 });
        }
        for pair in entries.chunks_exact(2) {
            if !found(document.resolve(&pair[0]), &pair[1])? {
                return Ok(());
            }
        }
        nodes.extend(kids.iter().rev().map(|kid| (kid.clone(), depth + 1)));
    }
    Ok(())
}

/// All names of a name tree and their values. Of a name that is there twice the first counts.
pub(crate) fn index(document: &Document<'_>, root: &Object) -> BTreeMap<Arc<[u8]>, Object> {
    let mut names = BTreeMap::new();
    // Of a tree that is too large its beginning is known.
    let _ = walk(document, root, b"Names", |key, value| {
        if let Object::String(name) = key {
            names.entry(name).or_insert_with(|| value.clone());
        }
        Ok(true)
    });
    names
}

/// A value below the catalog's `Names` (7.7.4), or null.
pub(crate) fn root(document: &Document<'_>, key: &[u8]) -> Object {
    let names = document.dictionary(&document.catalog(), b"Names").unwrap_or_default();
    names.get(key).cloned().unwrap_or_default()
}

/// The elements of an array under a key, or the value alone where it is none.
pub(crate) fn list(document: &Document<'_>, dictionary: &Dictionary, key: &[u8]) -> Arc<[Object]> {
    match document.get(dictionary, key) {
        Object::Array(array) => array,
        Object::Null => Arc::default(),
        other => Arc::from([other]),
    }
}
