//! Interactive forms (ISO 32000-1, 12.7): the fields of some pages, and those of several documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object, Reference};

use crate::EditError;
use crate::copier::{Copier, Entries, Named, set};
use crate::write::{Writer, reference};

/// Fields above each other.
const MAX_DEPTH: usize = 64;

/// What a field has from the fields above it where it has none itself (tables 220, 222, 228 and 229).
const INHERITED: [&[u8]; 8] = [b"FT", b"Ff", b"V", b"DV", b"DA", b"Q", b"MaxLen", b"Opt"];

/// The form of the new document.
#[derive(Debug, Default)]
pub(crate) struct Form {
    fields: Vec<Object>,
    order: Vec<Object>,
    /// Names of the fields at the top.
    names: BTreeSet<Arc<[u8]>>,
    entries: Entries,
    /// Resources by category, the first document's first.
    resources: BTreeMap<Arc<[u8]>, Named>,
    documents: u32,
    /// Pages have widgets, be they of fields or not.
    is_needed: bool,
}

/// The fields of the chosen pages.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// Fields above widgets, with those of their kids that are needed.
    parents: BTreeMap<Reference, BTreeSet<Reference>>,
    roots: BTreeSet<Reference>,
    /// Widgets of pages that are there a second time, as fields of their own.
    copies: Vec<(u32, Entries)>,
}

impl Fields {
    /// Notes a widget and the fields above it, and gives those their numbers.
    pub(crate) fn note(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        widget: Reference,
        dictionary: &Dictionary,
    ) -> Result<(), EditError> {
        let (mut kid, mut dictionary) = (widget, dictionary.clone());
        for _ in 0..MAX_DEPTH {
            let Some(parent) = dictionary.get(b"Parent").and_then(Object::as_reference) else {
                self.roots.insert(kid);
                break;
            };
            let object = copier.document.object(parent);
            let Some(above) = object.as_dictionary().filter(|above| !above.has_type(b"Page"))
            else {
                self.roots.insert(kid);
                break;
            };
            copier.register(writer, parent)?;
            let known = self.parents.contains_key(&parent);
            self.parents.entry(parent).or_default().insert(kid);
            if known {
                break;
            }
            (kid, dictionary) = (parent, above.clone());
        }
        Ok(())
    }

    /// Takes a widget of a page that is there a second time: as a field of its own, with what it inherits.
    pub(crate) fn copy_widget(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        number: u32,
        widget: &Dictionary,
    ) -> Result<(), EditError> {
        let document = copier.document;
        let own = widget.iter().filter(|(key, _)| ***key != *b"Parent");
        let own = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        let mut entries = copier.entries(writer, &own, 0)?.unwrap_or_default();
        let mut name = document.get(widget, b"T").as_string().unwrap_or_default().to_vec();
        let mut above = document.get(widget, b"Parent");
        for _ in 0..MAX_DEPTH {
            let Some(field) = above.as_dictionary().cloned() else { break };
            for key in INHERITED {
                if let Some(value) = field.get(key)
                    && !entries.iter().any(|(own, _)| **own == *key)
                {
                    let copy = copier.import(writer, value)?;
                    set(&mut entries, key, copy);
                }
            }
            if name.is_empty() {
                name = document.get(&field, b"T").as_string().unwrap_or_default().to_vec();
            }
            above = document.get(&field, b"Parent");
        }
        set(&mut entries, b"T", Object::String(name.into()));
        self.copies.push((number, entries));
        Ok(())
    }

    /// Writes the fields into the form of the new document.
    pub(crate) fn finish(
        mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        form: &mut Form,
    ) -> Result<(), EditError> {
        let document = copier.document;
        for (from, needed) in &self.parents {
            let Some(number) = copier.number(*from) else { continue };
            let object = document.object(*from);
            let Some(field) = object.as_dictionary() else { continue };
            let listed = document.get(field, b"Kids");
            let listed = listed.as_array().unwrap_or_default();
            let kids = in_order(listed, needed).filter_map(|kid| copier.number(kid));
            let kids: Arc<[Object]> = kids.map(reference).collect();
            let own = field.iter().filter(|(key, _)| ***key != *b"Kids");
            let own = own.map(|(key, value)| (key.clone(), value.clone())).collect();
            let mut entries = copier.entries(writer, &own, 0)?.unwrap_or_default();
            set(&mut entries, b"Kids", Object::Array(kids));
            writer.object(number, &Object::Dictionary(entries.into_iter().collect()))?;
        }
        let Some(source) = acro_form(document) else {
            // Widgets without a form: they stay what they were.
            for (number, entries) in self.copies {
                writer.object(number, &Object::Dictionary(entries.into_iter().collect()))?;
            }
            return copier.drain(writer);
        };
        let listed = document.get(&source, b"Fields");
        form.is_needed = !self.roots.is_empty();
        for root in listed.as_array().unwrap_or_default().iter().filter_map(Object::as_reference) {
            // A widget that the form did not list is not a field of this one either.
            if !self.roots.remove(&root) {
                continue;
            }
            let field = document.object(root);
            let field = field.as_dictionary().map(|field| document.get(field, b"T"));
            form.names.extend(field.as_ref().and_then(Object::as_string).map(Arc::from));
            form.fields.extend(copier.number(root).map(reference));
        }
        for (number, mut entries) in self.copies {
            let name = entries.iter().find(|(key, _)| **key == *b"T");
            let name = name.and_then(|(_, name)| name.as_string()).unwrap_or_default();
            let name = form.free_name(name, 2);
            set(&mut entries, b"T", Object::String(name));
            writer.object(number, &Object::Dictionary(entries.into_iter().collect()))?;
            form.fields.push(reference(number));
        }
        form.take(copier, writer, &source)?;
        copier.drain(writer)
    }
}

impl Form {
    /// Takes in a document's fields, all of them; those whose names are taken get others. Comes before its pages are copied.
    pub(crate) fn join(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
    ) -> Result<(), EditError> {
        let document = copier.document;
        let Some(source) = acro_form(document) else { return Ok(()) };
        self.documents += 1;
        self.is_needed = true;
        let listed = document.get(&source, b"Fields");
        let mut seen = BTreeSet::new();
        let mut roots = Vec::new();
        for from in listed.as_array().unwrap_or_default().iter().filter_map(Object::as_reference) {
            let object = document.object(from);
            if let Some(field) = object.as_dictionary()
                && seen.insert(from)
            {
                roots.push((copier.register(writer, from)?, field.clone()));
            }
        }
        for (number, field) in roots {
            let mut entries = copier.entries(writer, &field, 0)?.unwrap_or_default();
            let name = document.get(&field, b"T");
            if let Some(name) = name.as_string() {
                let free = self.free_name(name, self.documents);
                set(&mut entries, b"T", Object::String(free));
            }
            if self.documents > 1 {
                // The first document's are those of the form now.
                for key in [b"DA".as_slice(), b"Q"] {
                    if let Some(value) = source.get(key)
                        && field.get(key).is_none()
                    {
                        let copy = copier.import(writer, value)?;
                        set(&mut entries, key, copy);
                    }
                }
            }
            writer.object(number, &Object::Dictionary(entries.into_iter().collect()))?;
            self.fields.push(reference(number));
        }
        self.take(copier, writer, &source)
    }

    /// Takes in what a form says of all its fields.
    fn take(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        source: &Dictionary,
    ) -> Result<(), EditError> {
        let document = copier.document;
        let order = document.get(source, b"CO");
        let order = copier.import(writer, &order)?;
        let order = order.as_array().unwrap_or_default().iter();
        self.order.extend(order.filter(|field| !field.is_null()).cloned());
        for key in [b"DA".as_slice(), b"Q", b"NeedAppearances"] {
            let copy = copier.import(writer, &document.get(source, key))?;
            let known = self.entries.iter().any(|(own, _)| **own == *key);
            if !known || copy.as_bool() == Some(true) {
                set(&mut self.entries, key, copy);
            }
        }
        let resources = document.get(source, b"DR");
        for (category, value) in resources.as_dictionary().iter().flat_map(|all| all.iter()) {
            let value = document.resolve(value);
            for (name, value) in value.as_dictionary().iter().flat_map(|all| all.iter()) {
                let known = self.resources.entry(category.clone()).or_default();
                if !known.contains_key(name) {
                    known.insert(name.clone(), copier.import(writer, value)?);
                }
            }
        }
        Ok(())
    }

    /// A name that no field at the top has, and has from now on: the one given, or with a number behind it.
    fn free_name(&mut self, name: &[u8], from: u32) -> Arc<[u8]> {
        let wide = name.starts_with(&[0xFE, 0xFF]);
        free(name, from.max(2), wide, |name| self.names.insert(name.clone()))
    }

    /// The form's dictionary; null where there is no use for one.
    pub(crate) fn finish(self) -> Object {
        if !self.is_needed {
            return Object::Null;
        }
        let mut entries = self.entries;
        set(&mut entries, b"Fields", Object::Array(self.fields.into()));
        if !self.order.is_empty() {
            set(&mut entries, b"CO", Object::Array(self.order.into()));
        }
        if !self.resources.is_empty() {
            let category = |(name, all): (Arc<[u8]>, Named)| {
                (name, Object::Dictionary(all.into_iter().collect()))
            };
            let all = self.resources.into_iter().map(category).collect();
            set(&mut entries, b"DR", Object::Dictionary(all));
        }
        Object::Dictionary(entries.into_iter().collect())
    }
}

/// The first of a name and that name with `_2`, `_3`… that can be taken.
pub(crate) fn free(
    name: &[u8],
    from: u32,
    wide: bool,
    mut take: impl FnMut(&Arc<[u8]>) -> bool,
) -> Arc<[u8]> {
    let mut candidate = Arc::from(name);
    let mut count = from;
    while !take(&candidate) {
        let mut next = name.to_vec();
        for digit in format!("_{count}").bytes() {
            // UTF-16, big-endian (7.9.2.2).
            next.extend_from_slice(if wide { &[0] } else { &[] });
            next.push(digit);
        }
        candidate = next.into();
        count += 1;
    }
    candidate
}

fn acro_form(document: &Document<'_>) -> Option<Dictionary> {
    document.get(&document.catalog(), b"AcroForm").as_dictionary().cloned()
}

/// Those of a list that are needed, each once, and behind them those that are not in the list.
fn in_order<'a>(
    listed: &[Object],
    needed: &'a BTreeSet<Reference>,
) -> impl Iterator<Item = Reference> + use<'a> {
    let mut seen = BTreeSet::new();
    let listed = listed.iter().filter_map(Object::as_reference);
    let first: Vec<Reference> =
        listed.filter(|one| needed.contains(one) && seen.insert(*one)).collect();
    let rest = needed.iter().copied().filter(move |one| !seen.contains(one));
    first.into_iter().chain(rest)
}
