//! Pages with what they inherit (ISO 32000-1, 7.7.3.3 and 7.7.3.4), and their annotations.

use std::collections::{BTreeMap, BTreeSet};

use bytemill_pdf_objects::{Dictionary, Document, Object, Page, Reference};

use crate::EditError;
use crate::copier::{Copier, Entries, Scope, set, set_type};
use crate::destinations;
use crate::forms::Fields;
use crate::write::{Writer, reference};

/// Steps from a page up to the root of its tree.
const MAX_HEIGHT: usize = 64;

/// How pages are turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// Clockwise by so many degrees more than they are.
    By(i32),
    /// To so many degrees clockwise.
    To(i32),
}

impl Rotation {
    pub(crate) fn check(self) -> Result<(), EditError> {
        let (Self::By(degrees) | Self::To(degrees)) = self;
        if degrees % 90 == 0 { Ok(()) } else { Err(EditError::Rotation { degrees }) }
    }

    fn of(self, current: i32) -> i32 {
        match self {
            Self::By(degrees) => (current + degrees.rem_euclid(360)).rem_euclid(360),
            Self::To(degrees) => degrees.rem_euclid(360),
        }
    }
}

/// A page of the new document.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// The page's place in its old document, counted from 0.
    pub(crate) index: u32,
    pub(crate) page: Page,
    pub(crate) number: u32,
    /// The page is in the new document already.
    pub(crate) again: bool,
}

/// Copies a document's pages.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) leaves: Vec<Leaf>,
    /// Resources that several pages inherit, by the node that has them in itself.
    shared: BTreeMap<Reference, Object>,
    /// Annotations that are written.
    written: BTreeSet<u32>,
}

impl Pages {
    /// Gives pages their numbers. Places are counted from 0, and exist.
    pub(crate) fn register(
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        indices: impl ExactSizeIterator<Item = u32>,
    ) -> Result<Self, EditError> {
        let mut leaves = Vec::new();
        crate::copier::reserve(&mut leaves, indices.len())?;
        for index in indices {
            let page = copier.document.page(index);
            let missing = EditError::NoPage {
                page: index.saturating_add(1),
                pages: copier.document.page_count(),
            };
            let page = page.ok_or(missing)?;
            let again = page.reference.is_some_and(|page| copier.number(page).is_some());
            let number = match page.reference {
                Some(page) if !again => copier.register(writer, page)?,
                _ => writer.reserve()?,
            };
            leaves.push(Leaf { index, page, number, again });
        }
        Ok(Self { leaves, ..Self::default() })
    }

    /// Gives the annotations of the pages their numbers, and finds the fields they belong to.
    pub(crate) fn register_annotations(
        &self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        fields: &mut Fields,
    ) -> Result<(), EditError> {
        for leaf in self.leaves.iter().filter(|leaf| !leaf.again) {
            let list = copier.document.get(&leaf.page.dictionary, b"Annots");
            for annotation in list.as_array().unwrap_or_default() {
                let Object::Reference(from) = annotation else { continue };
                let object = copier.document.object(*from);
                let Some(dictionary) = object.as_dictionary() else { continue };
                if copier.number(*from).is_none() && !is_dead(copier, dictionary) {
                    copier.register(writer, *from)?;
                    if is_widget(copier.document, dictionary) {
                        fields.note(copier, writer, *from, dictionary)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes a page and its annotations.
    pub(crate) fn write(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        leaf: &Leaf,
        parent: Object,
        rotation: Option<Rotation>,
        fields: &mut Fields,
    ) -> Result<(), EditError> {
        let Leaf { page, number, .. } = leaf;
        let annotations = match copier.scope {
            Scope::Pages => self.annotations(copier, writer, leaf, fields)?,
            _ => page.dictionary.get(b"Annots").cloned().unwrap_or_default(),
        };
        let own = page.dictionary.iter().filter(|(key, _)| match &***key {
            b"Parent" | b"Annots" | b"Resources" | b"MediaBox" | b"CropBox" | b"Rotate" => false,
            // Article beads and document parts lead to other pages.
            b"B" | b"DPart" => copier.scope == Scope::Whole,
            _ => true,
        });
        let own = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        let mut entries = copier.entries(writer, &own, 0)?.unwrap_or_default();
        set_type(&mut entries, b"Page");
        set(&mut entries, b"Parent", parent);
        let annotations = match copier.scope {
            Scope::Pages => annotations,
            _ => copier.import(writer, &annotations)?,
        };
        set(&mut entries, b"Annots", annotations);
        let resources = self.resources(copier, writer, page)?;
        set(&mut entries, b"Resources", resources);
        boxes(copier.document, page, &mut entries);
        let current = page.attribute(copier.document, b"Rotate").as_integer().unwrap_or(0);
        let current = (current % 360 / 90 * 90) as i32;
        let degrees = rotation.map_or(current, |rotation| rotation.of(current)).rem_euclid(360);
        if degrees != 0 {
            set(&mut entries, b"Rotate", Object::Integer(i64::from(degrees)));
        }
        writer.object(*number, &Object::Dictionary(entries.into_iter().collect()))?;
        copier.overlay.clear();
        copier.drain(writer)
    }

    /// Writes a page's annotations, and gives references to them.
    fn annotations(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        leaf: &Leaf,
        fields: &mut Fields,
    ) -> Result<Object, EditError> {
        let list = copier.document.get(&leaf.page.dictionary, b"Annots");
        let list = list.as_array().unwrap_or_default();
        if leaf.again {
            // A second page has annotations of its own, which lead to each other.
            copier.overlay.extend(leaf.page.reference.map(|page| (page.number, leaf.number)));
            for from in list.iter().filter_map(Object::as_reference) {
                if copier.number(from).is_some() {
                    copier.overlay.insert(from.number, writer.reserve()?);
                }
            }
        }
        let mut found = Vec::new();
        crate::copier::reserve(&mut found, list.len())?;
        for annotation in list {
            let object = copier.document.resolve(annotation);
            let Some(dictionary) = object.as_dictionary() else { continue };
            let Some(from) = annotation.as_reference() else {
                if !is_dead(copier, dictionary) {
                    found.push(copier.import(writer, &object)?);
                }
                continue;
            };
            let Some(number) = copier.number(from) else { continue };
            if leaf.again && is_widget(copier.document, dictionary) {
                fields.copy_widget(copier, writer, number, dictionary)?;
            } else if leaf.again || self.written.insert(from.number) {
                let copy = copier.import(writer, &Object::Dictionary(dictionary.clone()))?;
                writer.object(number, &copy)?;
            }
            found.push(reference(number));
        }
        Ok(if found.is_empty() { Object::Null } else { Object::Array(found.into()) })
    }

    /// The page's resources. Those in a node of the tree become an object of their own, once for all its pages.
    fn resources(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        page: &Page,
    ) -> Result<Object, EditError> {
        if let Some(own) = page.dictionary.get(b"Resources") {
            return copier.import(writer, own);
        }
        let mut holder = page.dictionary.get(b"Parent").and_then(Object::as_reference);
        for _ in 0..MAX_HEIGHT {
            let Some(node) = holder else { break };
            let object = copier.document.object(node);
            let Some(dictionary) = object.as_dictionary() else { break };
            match dictionary.get(b"Resources") {
                Some(found @ Object::Reference(_)) => return copier.import(writer, found),
                Some(found) => {
                    if let Some(shared) = self.shared.get(&node) {
                        return Ok(shared.clone());
                    }
                    let copy = copier.import(writer, found)?;
                    let shared = reference(writer.add(&copy)?);
                    self.shared.insert(node, shared.clone());
                    return Ok(shared);
                }
                None => holder = dictionary.get(b"Parent").and_then(Object::as_reference),
            }
        }
        // The page may have been found in another way than its `Parent` says.
        let found = page.attribute(copier.document, b"Resources");
        copier.import(writer, &found)
    }
}

/// The boxes that are inherited, as four numbers each.
fn boxes(document: &Document<'_>, page: &Page, entries: &mut Entries) {
    for key in [b"MediaBox".as_slice(), b"CropBox"] {
        let found = page.attribute(document, key);
        let array = found.as_array().unwrap_or_default();
        let numbers: Vec<Object> =
            array.iter().take(4).map(|side| document.resolve(side)).collect();
        let whole = numbers.len() == 4 && numbers.iter().all(|side| side.as_number().is_some());
        if whole {
            set(entries, key, Object::Array(numbers.into()));
        } else if key == b"MediaBox" {
            // US letter, which readers take where there is none.
            let letter = [0, 0, 612, 792].map(Object::Integer);
            set(entries, key, Object::Array(letter.as_slice().into()));
        }
    }
}

fn is_widget(document: &Document<'_>, annotation: &Dictionary) -> bool {
    document.get(annotation, b"Subtype").as_name() == Some(b"Widget")
}

/// Whether an annotation is a link to a page that is not in the new document.
fn is_dead(copier: &Copier<'_, '_>, annotation: &Dictionary) -> bool {
    let link = copier.document.get(annotation, b"Subtype").as_name() == Some(b"Link");
    let target = link.then(|| destinations::of(copier.document, annotation)).flatten();
    target.is_some_and(|target| copier.is_lost(&target))
}
