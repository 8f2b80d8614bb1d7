//! What a document says of itself as a whole (ISO 32000-1, 7.7.2): all of it, what holds for some pages, or what holds for
//! several documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Object};

use crate::EditError;
use crate::copier::{Copier, Entries, Named, set};
use crate::destinations::Key;
use crate::forms::free;
use crate::tree;
use crate::write::{Writer, name, reference};

/// What holds for any choice of pages: of a document's layers all, of its metadata all.
const LASTING: [&[u8]; 9] = [
    b"Lang",
    b"ViewerPreferences",
    b"OCProperties",
    b"Metadata",
    b"OutputIntents",
    b"PageLayout",
    b"URI",
    b"Extensions",
    b"Requirements",
];

/// The catalog of the new document.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) entries: Entries,
    /// The name trees, by their names.
    names: BTreeMap<Arc<[u8]>, Named>,
    /// Arrays that grow with each document.
    lists: BTreeMap<&'static [u8], Vec<Object>>,
    documents: u32,
}

impl Catalog {
    /// Takes the catalog of a document that is copied whole, without the permissions and proofs that stand on signatures
    /// (12.8.4): those are not valid any more.
    pub(crate) fn take_whole(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        metadata: Option<Object>,
    ) -> Result<(), EditError> {
        let catalog = copier.document.catalog();
        let own = catalog.iter().filter(|(key, _)| match &***key {
            b"Type" | b"Pages" | b"Version" | b"Perms" | b"DSS" => false,
            b"Metadata" => metadata.is_none(),
            _ => true,
        });
        let own = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        self.entries = copier.entries(writer, &own, 0)?.unwrap_or_default();
        if let Some(metadata) = metadata {
            set(&mut self.entries, b"Metadata", metadata);
        }
        copier.drain(writer)
    }

    /// Takes what holds for some pages of a document.
    pub(crate) fn take_pages(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
    ) -> Result<(), EditError> {
        let catalog = copier.document.catalog();
        self.take_lasting(copier, writer, &catalog, &LASTING)
    }

    fn take_lasting(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        catalog: &Dictionary,
        keys: &[&[u8]],
    ) -> Result<(), EditError> {
        let document = copier.document;
        for key in keys {
            if let Some(value) = catalog.get(key) {
                let copy = copier.import(writer, value)?;
                set(&mut self.entries, key, copy);
            }
        }
        // How the document opens: at one of the pages, if with an action at all.
        let open = document.get(catalog, b"OpenAction");
        let jump = open
            .as_dictionary()
            .is_some_and(|action| document.get(action, b"S").as_name() == Some(b"GoTo"));
        let copy = match &open {
            Object::Array(_) => copier.destination(writer, &open)?,
            Object::Dictionary(_) if jump => copier.import(writer, &open)?,
            _ => Object::Null,
        };
        set(&mut self.entries, b"OpenAction", copy);
        if document.get(catalog, b"PageMode").as_name() == Some(b"UseOutlines") {
            set(&mut self.entries, b"PageMode", name(b"UseOutlines"));
        }
        copier.drain(writer)
    }

    /// Takes what a document adds to those before it: of what there can be once, the first document's. Comes after
    /// [`Catalog::rename`].
    pub(crate) fn join(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
    ) -> Result<(), EditError> {
        let document = copier.document;
        let catalog = document.catalog();
        if self.documents == 1 {
            let keys: Vec<&[u8]> =
                LASTING.into_iter().filter(|key| *key != b"OCProperties").collect();
            self.take_lasting(copier, writer, &catalog, &keys)?;
        }
        self.join_layers(copier, writer, &catalog)?;
        let files = document.get(&catalog, b"AF");
        let files = copier.import(writer, &files)?;
        self.extend(b"AF", files.as_array());
        self.join_names(copier, writer, &catalog)?;
        copier.drain(writer)
    }

    fn extend(&mut self, key: &'static [u8], more: Option<&[Object]>) {
        if let Some(more) = more.filter(|more| !more.is_empty()) {
            self.lists.entry(key).or_default().extend_from_slice(more);
        }
    }

    /// Joins the optional content of documents (8.11.4): groups, and the lists of the default configuration.
    fn join_layers(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        catalog: &Dictionary,
    ) -> Result<(), EditError> {
        let document = copier.document;
        let layers = document.get(catalog, b"OCProperties");
        let Some(layers) = layers.as_dictionary() else { return Ok(()) };
        let groups = document.get(layers, b"OCGs");
        let groups = copier.import(writer, &groups)?;
        let standard = document.get(layers, b"D");
        let standard = standard.as_dictionary().cloned().unwrap_or_default();
        // The first document's base state is that of all: what is off here has to be listed.
        let base = document.get(&standard, b"BaseState");
        if base.as_name() == Some(b"OFF") {
            self.extend(b"OFF", groups.as_array());
        }
        self.extend(b"OCGs", groups.as_array());
        for key in [b"ON".as_slice(), b"OFF", b"Order", b"AS", b"RBGroups", b"Locked"] {
            let list = copier.import(writer, &document.get(&standard, key))?;
            self.extend(key, list.as_array());
        }
        Ok(())
    }

    /// Gives the named destinations of the next document names that none before has.
    pub(crate) fn rename(&mut self, copier: &mut Copier<'_, '_>) {
        self.documents += 1;
        let count = self.documents.max(2);
        let names = self.names.entry(b"Dests".as_slice().into()).or_default();
        let keys: Vec<Key> = copier.names.all(copier.document).keys().cloned().collect();
        for key in keys {
            let fresh = free(&key.1, count, false, |name| {
                let fresh = !names.contains_key(name);
                if fresh {
                    names.insert(name.clone(), Object::Null);
                }
                fresh
            });
            copier.names.renamed.insert(key, fresh);
        }
    }

    /// Joins name trees: destinations under their new names, the rest under free ones.
    fn join_names(
        &mut self,
        copier: &mut Copier<'_, '_>,
        writer: &mut Writer<'_>,
        catalog: &Dictionary,
    ) -> Result<(), EditError> {
        let document = copier.document;
        let targets: Vec<(Key, Object)> = {
            let all = copier.names.all(document).iter();
            all.map(|(key, target)| (key.clone(), target.clone())).collect()
        };
        for (key, target) in targets {
            let target = document.resolve(&target);
            let target =
                target.as_dictionary().map(|holder| document.get(holder, b"D")).unwrap_or(target);
            let copy = copier.destination(writer, &target)?;
            let name = copier.names.renamed.get(&key).cloned();
            let names = self.names.entry(b"Dests".as_slice().into()).or_default();
            if let Some(name) = name {
                names.insert(name, copy);
            }
        }
        let trees = document.get(catalog, b"Names");
        let Some(trees) = trees.as_dictionary() else { return Ok(()) };
        for (tree, root) in trees.iter().filter(|(tree, _)| ***tree != *b"Dests") {
            for (key, value) in tree::read(document, root, b"Names") {
                let Object::String(key) = key else { continue };
                let copy = copier.import(writer, &value)?;
                let names = self.names.entry(tree.clone()).or_default();
                let wide = key.starts_with(&[0xFE, 0xFF]);
                let free =
                    free(&key, self.documents.max(2), wide, |name| !names.contains_key(name));
                names.insert(free, copy);
            }
        }
        Ok(())
    }

    /// Writes the catalog, and gives its number.
    pub(crate) fn finish(mut self, writer: &mut Writer<'_>, pages: u32) -> Result<u32, EditError> {
        let mut trees: Entries = Vec::new();
        for (key, mut names) in self.names {
            names.retain(|_, value| !value.is_null());
            let root = tree::write(writer, names)?;
            set(&mut trees, &key, root);
        }
        if !trees.is_empty() {
            set(&mut self.entries, b"Names", Object::Dictionary(trees.into_iter().collect()));
        }
        let mut list = |key: &[u8]| self.lists.remove(key).map(|list| Object::Array(list.into()));
        if let Some(files) = list(b"AF") {
            set(&mut self.entries, b"AF", files);
        }
        if let Some(groups) = list(b"OCGs") {
            let mut standard = Vec::new();
            for key in [b"ON".as_slice(), b"OFF", b"Order", b"AS", b"RBGroups", b"Locked"] {
                set(&mut standard, key, list(key).unwrap_or_default());
            }
            let mut layers = Vec::new();
            set(&mut layers, b"OCGs", groups);
            set(&mut layers, b"D", Object::Dictionary(standard.into_iter().collect()));
            let layers = Object::Dictionary(layers.into_iter().collect());
            set(&mut self.entries, b"OCProperties", layers);
        }
        let mut entries = self.entries;
        set(&mut entries, b"Type", name(b"Catalog"));
        set(&mut entries, b"Pages", reference(pages));
        writer.add(&Object::Dictionary(entries.into_iter().collect()))
    }
}
