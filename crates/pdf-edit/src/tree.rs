//! Name trees and number trees (ISO 32000-1, 7.9.6 and 7.9.7).

use std::collections::BTreeSet;
use std::sync::Arc;

use bytemill_pdf_objects::{Document, Object};

use crate::EditError;
use crate::copier::Named;
use crate::write::{Writer, dictionary, reference};

/// Entries of a leaf, and leaves from which on there is a level between them and the root.
const FAN: usize = 64;

/// Keys and values under a tree's root, in the tree's order, values not resolved. Each node counts once.
pub(crate) fn read(document: &Document<'_>, root: &Object, leaf: &[u8]) -> Vec<(Object, Object)> {
    let mut entries = Vec::new();
    let mut seen = BTreeSet::new();
    let mut stack = vec![root.clone()];
    while let Some(node) = stack.pop() {
        if let Object::Reference(node) = &node
            && !seen.insert(*node)
        {
            continue;
        }
        let node = document.resolve(&node);
        let Some(node) = node.as_dictionary() else { continue };
        let list = document.get(node, leaf);
        for pair in list.as_array().unwrap_or_default().as_chunks::<2>().0 {
            entries.push((document.resolve(&pair[0]), pair[1].clone()));
        }
        let kids = document.get(node, b"Kids");
        stack.extend(kids.as_array().unwrap_or_default().iter().rev().cloned());
    }
    entries
}

/// Writes a name tree, and gives a reference to it; null where it has no names.
pub(crate) fn write(writer: &mut Writer<'_>, names: Named) -> Result<Object, EditError> {
    if names.is_empty() {
        return Ok(Object::Null);
    }
    let mut level = Vec::new();
    let single = names.len() <= FAN;
    let mut names = names.into_iter().peekable();
    while names.peek().is_some() {
        let mut list = Vec::new();
        let mut limits: Option<Limits> = None;
        for (name, value) in names.by_ref().take(FAN) {
            limits = Some((limits.map_or_else(|| name.clone(), |limits| limits.0), name.clone()));
            list.extend([Object::String(name), value]);
        }
        level.push(node(writer, b"Names", list.into(), limits.filter(|_| !single))?);
    }
    while level.len() > 1 {
        let single = level.len() <= FAN;
        let mut above = Vec::new();
        for kids in level.chunks(FAN) {
            let ends = kids.first().zip(kids.last());
            let limits = ends.and_then(|(first, last)| {
                Some((first.1.as_ref()?.0.clone(), last.1.as_ref()?.1.clone()))
            });
            let kids: Arc<[Object]> = kids.iter().map(|kid| reference(kid.0)).collect();
            above.push(node(writer, b"Kids", kids, limits.filter(|_| !single))?);
        }
        level = above;
    }
    Ok(level.first().map_or(Object::Null, |root| reference(root.0)))
}

/// The first and the last name below a node.
type Limits = (Arc<[u8]>, Arc<[u8]>);
/// A node's number, and its limits.
type Node = (u32, Option<Limits>);

/// Writes a node; all but the root say which names are below them.
fn node(
    writer: &mut Writer<'_>,
    key: &[u8],
    list: Arc<[Object]>,
    limits: Option<Limits>,
) -> Result<Node, EditError> {
    let ends = limits.as_ref().map_or(Object::Null, |(first, last)| {
        let ends = [Object::String(first.clone()), Object::String(last.clone())];
        Object::Array(ends.as_slice().into())
    });
    let number = writer.add(&dictionary([(b"Limits", ends), (key, Object::Array(list))]))?;
    Ok((number, limits))
}
