//! Destinations (ISO 32000-1, 12.3.2): those with a page, and those with a name that stands for one.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object, Reference};

use crate::EditError;
use crate::copier::{Copier, Scope, reserve};
use crate::tree;
use crate::write::{Writer, reference};

/// A destination's name: as a string in the name tree, or as a name in the catalog's dictionary `Dests`, which PDF 1.1 had.
pub(crate) type Key = (Kind, Arc<[u8]>);

/// Where a name is looked up first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    String,
    Name,
}

/// The names of a document's destinations, read when the first is met. A clone shares what is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    targets: Rc<OnceCell<BTreeMap<Key, Object>>>,
    /// What names are in the new document, where documents are joined.
    pub(crate) renamed: BTreeMap<Key, Arc<[u8]>>,
}

impl Names {
    /// All names, with what they stand for.
    pub(crate) fn all(&self, document: &Document<'_>) -> &BTreeMap<Key, Object> {
        self.targets.get_or_init(|| read(document))
    }

    /// What a name stands for, and the key it was found under.
    fn find(&self, document: &Document<'_>, key: &Key) -> Option<(Key, Object)> {
        let all = self.all(document);
        let other = match key.0 {
            Kind::String => Kind::Name,
            Kind::Name => Kind::String,
        };
        // Readers look in both places.
        [key.clone(), (other, key.1.clone())]
            .into_iter()
            .find_map(|key| all.get(&key).map(|target| (key.clone(), target.clone())))
    }
}

fn read(document: &Document<'_>) -> BTreeMap<Key, Object> {
    let catalog = document.catalog();
    let mut all = BTreeMap::new();
    if let Some(old) = document.get(&catalog, b"Dests").as_dictionary() {
        let entries = old.iter().map(|(name, target)| ((Kind::Name, name.clone()), target.clone()));
        all.extend(entries);
    }
    let names = document.get(&catalog, b"Names");
    let root = names.as_dictionary().map(|names| document.get(names, b"Dests"));
    for (key, target) in tree::read(document, &root.unwrap_or_default(), b"Names") {
        if let Object::String(key) = key {
            all.entry((Kind::String, key)).or_insert(target);
        }
    }
    all
}

/// What a destination leads to.
enum Target {
    /// A page of the new document, with the array that names it.
    Page(u32, Arc<[Object]>),
    /// Nothing.
    Lost,
}

impl Copier<'_, '_> {
    /// A destination in the new document; null where its page is not there.
    pub(crate) fn destination(
        &mut self,
        writer: &mut Writer<'_>,
        value: &Object,
    ) -> Result<Object, EditError> {
        if self.scope == Scope::Whole {
            return self.import(writer, value);
        }
        if self.scope == Scope::Joined
            && let Some(key) = key(&self.document.resolve(value))
        {
            let Some((key, _)) = self.names.find(self.document, &key) else {
                return Ok(Object::Null);
            };
            return Ok(self.names.renamed.get(&key).cloned().map_or(Object::Null, Object::String));
        }
        let Target::Page(number, array) = self.target(value) else { return Ok(Object::Null) };
        let mut copy = Vec::new();
        reserve(&mut copy, array.len())?;
        copy.push(reference(number));
        for element in &array[1..] {
            // The rest are names and numbers.
            let element = self.document.resolve(element);
            copy.push(self.import(writer, &element)?);
        }
        Ok(Object::Array(copy.into()))
    }

    /// Whether a destination, or an action that jumps to one, has lost its page.
    pub(crate) fn is_lost(&self, value: &Object) -> bool {
        matches!(self.target(value), Target::Lost)
    }

    fn target(&self, value: &Object) -> Target {
        let mut value = self.document.resolve(value);
        // A name, the dictionary it may stand for, and its array.
        for _ in 0..4 {
            if let Some(key) = key(&value) {
                let Some((_, target)) = self.names.find(self.document, &key) else { break };
                value = self.document.resolve(&target);
                continue;
            }
            match &value {
                Object::Dictionary(dictionary) => value = self.document.get(dictionary, b"D"),
                Object::Array(array) => {
                    let page = match array.first() {
                        Some(Object::Reference(page)) => Some(*page),
                        // A page's number, which only destinations in other documents should have.
                        Some(Object::Integer(index)) => self.page_reference(*index),
                        _ => None,
                    };
                    let number = page.and_then(|page| self.number(page));
                    return number
                        .map_or(Target::Lost, |number| Target::Page(number, array.clone()));
                }
                _ => break,
            }
        }
        Target::Lost
    }

    fn page_reference(&self, index: i64) -> Option<Reference> {
        self.document.page(u32::try_from(index).ok()?)?.reference
    }
}

fn key(value: &Object) -> Option<Key> {
    match value {
        Object::String(key) => Some((Kind::String, key.clone())),
        Object::Name(key) => Some((Kind::Name, key.clone())),
        _ => None,
    }
}

/// The destination of an annotation or an outline item, if it has one in its own document.
pub(crate) fn of(document: &Document<'_>, holder: &Dictionary) -> Option<Object> {
    if let Some(destination) = holder.get(b"Dest") {
        return Some(destination.clone());
    }
    let action = document.get(holder, b"A");
    let action = action.as_dictionary()?;
    let jump = document.get(action, b"S").as_name() == Some(b"GoTo");
    jump.then(|| action.get(b"D").cloned().unwrap_or_default())
}
