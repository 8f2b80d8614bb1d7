//! The outline (ISO 32000-1, 12.3.3): that of some pages, or those of several documents one behind another.

use std::collections::BTreeSet;

use bytemill_pdf_objects::{Dictionary, Document, Object};

use crate::EditError;
use crate::copier::{Copier, Entries, Scope, reserve, set};
use crate::destinations;
use crate::write::{Writer, name, reference};

/// Items below each other.
const MAX_DEPTH: usize = 64;

/// An item of a document's outline.
#[derive(Debug)]
struct Item {
    dictionary: Dictionary,
    parent: Option<usize>,
    depth: usize,
}

/// The items of a document's outline, each before those below it.
#[derive(Debug)]
pub(crate) struct Items(Vec<Item>);

impl Items {
    /// Reads the outline. Each item counts once, whatever leads to it.
    pub(crate) fn read(document: &Document<'_>) -> Self {
        let root = document.get(&document.catalog(), b"Outlines");
        let first = root.as_dictionary().and_then(|root| root.get(b"First")).cloned();
        let mut items = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<(Object, Option<usize>)> =
            first.map(|first| (first, None)).into_iter().collect();
        while let Some((object, parent)) = stack.pop() {
            let fresh = object.as_reference().is_some_and(|item| seen.insert(item.number));
            let item = document.resolve(&object);
            let Some(dictionary) = item.as_dictionary().filter(|_| fresh) else { continue };
            let depth = parent.map_or(0, |parent: usize| {
                items.get(parent).map_or(0, |parent: &Item| parent.depth + 1)
            });
            if let Some(next) = dictionary.get(b"Next") {
                stack.push((next.clone(), parent));
            }
            if let Some(first) = dictionary.get(b"First")
                && depth < MAX_DEPTH
            {
                stack.push((first.clone(), Some(items.len())));
            }
            items.push(Item { dictionary: dictionary.clone(), parent, depth });
        }
        Self(items)
    }
}

/// An item of the new outline.
#[derive(Debug)]
struct Node {
    entries: Entries,
    parent: Option<usize>,
    kids: Vec<usize>,
    open: bool,
}

/// The new outline.
#[derive(Debug, Default)]
pub(crate) struct Outline(Vec<Node>);

impl Outline {
    /// Takes in a document's items; where only some pages are copied, those that lead to one of them, and those above.
    pub(crate) fn take(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        items: &Items,
    ) -> Result<(), EditError> {
        let items = &items.0;
        let mut kept = vec![copier.scope != Scope::Pages; items.len()];
        for (index, item) in items.iter().enumerate().rev() {
            if !kept[index] {
                let target = destinations::of(copier.document, &item.dictionary);
                kept[index] = target.is_some_and(|target| !copier.is_lost(&target));
            }
            if let Some(parent) = item.parent.filter(|_| kept[index]) {
                kept[parent] = true;
            }
        }
        let mut places = vec![None; items.len()];
        for (index, item) in items.iter().enumerate().filter(|(index, _)| kept[*index]) {
            let own = item.dictionary.iter().filter(|(key, _)| {
                !matches!(
                    &***key,
                    b"Parent" | b"Prev" | b"Next" | b"First" | b"Last" | b"Count" | b"SE"
                )
            });
            let own = own.map(|(key, value)| (key.clone(), value.clone())).collect();
            let entries = copier.entries(writer, &own, 0)?.unwrap_or_default();
            let count = copier.document.get(&item.dictionary, b"Count").as_integer();
            let parent = item.parent.and_then(|parent| places[parent]);
            let place = self.0.len();
            places[index] = Some(place);
            reserve(&mut self.0, 1)?;
            self.0.push(Node { entries, parent, kids: Vec::new(), open: count > Some(0) });
            if let Some(parent) = parent.and_then(|parent| self.0.get_mut(parent)) {
                parent.kids.push(place);
            }
        }
        Ok(())
    }

    /// Writes the outline, and gives a reference to it; null where it has no items.
    pub(crate) fn finish(self, writer: &mut Writer<'_>) -> Result<Object, EditError> {
        let nodes = self.0;
        if nodes.is_empty() {
            return Ok(Object::Null);
        }
        let root = writer.reserve()?;
        let mut numbers = Vec::new();
        reserve(&mut numbers, nodes.len())?;
        for _ in &nodes {
            numbers.push(writer.reserve()?);
        }
        let top: Vec<usize> =
            (0..nodes.len()).filter(|node| nodes[*node].parent.is_none()).collect();
        // How many items show below each, if it is open.
        let mut shown = vec![0i64; nodes.len()];
        for (index, node) in nodes.iter().enumerate().rev() {
            let below =
                node.kids.iter().map(|kid| 1 + if nodes[*kid].open { shown[*kid] } else { 0 });
            shown[index] = below.sum();
        }
        let all = top.iter().map(|item| 1 + if nodes[*item].open { shown[*item] } else { 0 }).sum();
        let mut ends = vec![(b"Type".as_slice().into(), name(b"Outlines"))];
        link(&mut ends, &top, &numbers);
        set(&mut ends, b"Count", Object::Integer(all));
        writer.object(root, &Object::Dictionary(ends.into_iter().collect()))?;

        let mut neighbours = vec![(None, None); nodes.len()];
        for kids in nodes.iter().map(|node| &node.kids).chain([&top]) {
            for pair in kids.windows(2) {
                neighbours[pair[0]].1 = Some(numbers[pair[1]]);
                neighbours[pair[1]].0 = Some(numbers[pair[0]]);
            }
        }
        for (index, node) in nodes.into_iter().enumerate() {
            let mut entries = node.entries;
            let (previous, next) = neighbours[index];
            let parent = node.parent.map_or(root, |parent| numbers[parent]);
            set(&mut entries, b"Parent", reference(parent));
            set(&mut entries, b"Prev", previous.map_or(Object::Null, reference));
            set(&mut entries, b"Next", next.map_or(Object::Null, reference));
            link(&mut entries, &node.kids, &numbers);
            if !node.kids.is_empty() {
                let count = if node.open { shown[index] } else { -shown[index] };
                set(&mut entries, b"Count", Object::Integer(count));
            }
            writer.object(numbers[index], &Object::Dictionary(entries.into_iter().collect()))?;
        }
        Ok(reference(root))
    }
}

/// Sets the first and the last of some items.
fn link(entries: &mut Entries, kids: &[usize], numbers: &[u32]) {
    if let (Some(first), Some(last)) = (kids.first(), kids.last()) {
        set(entries, b"First", reference(numbers[*first]));
        set(entries, b"Last", reference(numbers[*last]));
    }
}
