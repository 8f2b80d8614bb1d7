//! Copies the objects that others lead to, each once, under new numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object, PdfError, Reference, Stream};

use crate::EditError;
use crate::destinations::Names;
use crate::write::{Writer, name, reference};

/// Arrays and dictionaries in each other, beyond which there is null.
const MAX_DEPTH: u32 = 96;
/// How many streams a byte of a file may be part of, on average: in a sound file it is one.
const MAX_OVERLAP: usize = 4;

/// How much of a document is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All of it.
    Whole,
    /// All pages, beside those of other documents: without the structure tree, and with names of its own.
    Joined,
    /// Some pages, and what they lead to, without the way to other pages.
    Pages,
}

/// Copies objects of one document.
pub(crate) struct Copier<'c, 'd> {
    pub(crate) document: &'c Document<'d>,
    pub(crate) scope: Scope,
    /// The new numbers by the old, whose generations readers do not compare; none for what is left out.
    numbers: BTreeMap<u32, Option<u32>>,
    /// New numbers for a while: those of a page's second copy.
    pub(crate) overlay: BTreeMap<u32, u32>,
    /// What has a number and is not written yet.
    queue: Vec<(u32, Reference)>,
    /// Bytes of streams that were copied.
    copied: usize,
    /// The named destinations.
    pub(crate) names: Names,
}

/// Entries of a dictionary that is being made.
pub(crate) type Entries = Vec<(Arc<[u8]>, Object)>;
/// Objects by name, in the order of names.
pub(crate) type Named = BTreeMap<Arc<[u8]>, Object>;

impl<'c, 'd> Copier<'c, 'd> {
    pub(crate) fn new(document: &'c Document<'d>, scope: Scope) -> Self {
        Self {
            document,
            scope,
            numbers: BTreeMap::new(),
            overlay: BTreeMap::new(),
            queue: Vec::new(),
            copied: 0,
            names: Names::default(),
        }
    }

    /// Gives an object a number; the caller writes it.
    pub(crate) fn register(
        &mut self,
        writer: &mut Writer<'_>,
        from: Reference,
    ) -> Result<u32, EditError> {
        if let Some(number) = self.number(from) {
            return Ok(number);
        }
        let number = writer.reserve()?;
        self.numbers.insert(from.number, Some(number));
        Ok(number)
    }

    /// The number of an object that has one.
    pub(crate) fn number(&self, from: Reference) -> Option<u32> {
        let own = self.numbers.get(&from.number).copied().flatten();
        self.overlay.get(&from.number).copied().or(own)
    }

    /// An object with references to copies, which [`Copier::drain`] writes.
    pub(crate) fn import(
        &mut self,
        writer: &mut Writer<'_>,
        object: &Object,
    ) -> Result<Object, EditError> {
        self.import_at(writer, object, 0)
    }

    fn import_at(
        &mut self,
        writer: &mut Writer<'_>,
        object: &Object,
        depth: u32,
    ) -> Result<Object, EditError> {
        Ok(match object {
            Object::Reference(from) => self.import_reference(writer, *from)?,
            Object::Array(_) | Object::Dictionary(_) if depth >= MAX_DEPTH => Object::Null,
            Object::Array(elements) => {
                if elements.iter().all(is_plain) {
                    return Ok(object.clone());
                }
                let mut copies = Vec::new();
                reserve(&mut copies, elements.len())?;
                for element in elements.iter() {
                    copies.push(self.import_at(writer, element, depth + 1)?);
                }
                Object::Array(copies.into())
            }
            Object::Dictionary(dictionary) => self
                .entries(writer, dictionary, depth)?
                .map_or(Object::Null, |entries| Object::Dictionary(entries.into_iter().collect())),
            // Only an object of its own can be one.
            Object::Stream(_) => Object::Null,
            _ => object.clone(),
        })
    }

    fn import_reference(
        &mut self,
        writer: &mut Writer<'_>,
        from: Reference,
    ) -> Result<Object, EditError> {
        if let Some(number) = self.overlay.get(&from.number) {
            return Ok(reference(*number));
        }
        if let Some(number) = self.numbers.get(&from.number) {
            return Ok(number.map_or(Object::Null, reference));
        }
        let object = self.document.object(from);
        if object.is_null() || self.leaves_out(&object) {
            self.numbers.insert(from.number, None);
            return Ok(Object::Null);
        }
        let number = self.register(writer, from)?;
        reserve(&mut self.queue, 1)?;
        self.queue.push((number, from));
        Ok(reference(number))
    }

    /// A dictionary's entries, with references to copies; none where it has no meaning in the new document.
    pub(crate) fn entries(
        &mut self,
        writer: &mut Writer<'_>,
        dictionary: &Dictionary,
        depth: u32,
    ) -> Result<Option<Entries>, EditError> {
        let jump = dictionary.get(b"S").and_then(Object::as_name) == Some(b"GoTo");
        let mut entries = Vec::new();
        reserve(&mut entries, dictionary.len())?;
        for (key, value) in dictionary.iter() {
            let copy = match &**key {
                b"StructParent" | b"StructParents" | b"SD" if self.scope != Scope::Whole => {
                    continue;
                }
                b"Dest" => self.destination(writer, value)?,
                b"D" if jump => match self.destination(writer, value)? {
                    Object::Null => return Ok(None),
                    copy => copy,
                },
                _ => self.import_at(writer, value, depth + 1)?,
            };
            if !copy.is_null() {
                entries.push((key.clone(), copy));
            }
        }
        Ok(Some(entries))
    }

    /// Writes all that was imported, and what that leads to. No recursion: each object is in the queue once.
    pub(crate) fn drain(&mut self, writer: &mut Writer<'_>) -> Result<(), EditError> {
        while let Some((number, from)) = self.queue.pop() {
            match self.document.object(from) {
                Object::Stream(stream) => self.stream(writer, number, &stream)?,
                object => {
                    let copy = self.import(writer, &object)?;
                    writer.object(number, &copy)?;
                }
            }
        }
        Ok(())
    }

    /// Copies a stream's bytes as they are, but decrypted.
    fn stream(
        &mut self,
        writer: &mut Writer<'_>,
        number: u32,
        stream: &Stream,
    ) -> Result<(), EditError> {
        let dictionary = self.without_crypt(stream.dictionary());
        let entries = self.entries(writer, &dictionary, 0)?.unwrap_or_default();
        let bytes = self.document.raw_uncounted(stream)?;
        self.copied = self.copied.saturating_add(bytes.len());
        if self.copied / MAX_OVERLAP > self.document.size() {
            return Err(PdfError::Invalid { expected: "streams that do not overlap" }.into());
        }
        writer.stream(number, &entries.into_iter().collect(), &bytes)
    }

    /// A stream's dictionary without its length, which is another now, and the filter `Crypt` (ISO 32000-1, 7.4.10),
    /// which names a cipher of the old document.
    fn without_crypt(&self, dictionary: &Dictionary) -> Dictionary {
        let filters = self.document.get(dictionary, b"Filter");
        let crypt = |filter: &Object| self.document.resolve(filter).as_name() == Some(b"Crypt");
        let single = crypt(&filters);
        let at = filters.as_array().and_then(|filters| filters.iter().position(crypt));
        let entry = |(key, value): (&Arc<[u8]>, &Object)| {
            let of_filters = matches!(&**key, b"Filter" | b"DecodeParms");
            if **key == *b"Length" || (single && of_filters) {
                return None;
            }
            let (Some(at), true) = (at, of_filters) else {
                return Some((key.clone(), value.clone()));
            };
            let list = self.document.resolve(value);
            let list = list.as_array().unwrap_or_default().iter().enumerate();
            let rest = list.filter(|(index, _)| *index != at);
            let rest = Object::Array(rest.map(|(_, filter)| filter.clone()).collect());
            Some((key.clone(), rest))
        };
        dictionary.iter().filter_map(entry).collect()
    }

    /// Whether a reference to this object means null in the new document.
    fn leaves_out(&self, object: &Object) -> bool {
        let Object::Dictionary(dictionary) = object else { return false };
        let has = |key: &[u8]| dictionary.get(key).is_some();
        let kind = dictionary.get(b"Type").and_then(Object::as_name);
        // The pages of the new document have their numbers already, and a tree of their own.
        if matches!(kind, Some(b"Pages" | b"Page" | b"Catalog")) {
            return true;
        }
        let untyped = kind.is_none();
        let page = has(b"MediaBox") && (has(b"Contents") || has(b"Resources"));
        if untyped && page && has(b"Parent") && !has(b"Subtype") {
            return true;
        }
        let element = has(b"S") && has(b"P") && (has(b"K") || has(b"Pg"));
        match self.scope {
            Scope::Whole => false,
            Scope::Joined => {
                matches!(kind, Some(b"StructElem" | b"StructTreeRoot")) || (untyped && element)
            }
            Scope::Pages => {
                // Annotations and fields of the pages have their numbers already.
                let field = has(b"FT") || (has(b"T") && (has(b"Kids") || has(b"Parent")));
                let outline = has(b"Title") && has(b"Parent");
                matches!(kind, Some(b"StructElem" | b"StructTreeRoot" | b"Annot" | b"Bead"))
                    || (untyped
                        && (element || field || outline || (has(b"Subtype") && has(b"Rect"))))
            }
        }
    }
}

/// Whether an object is its own copy.
const fn is_plain(object: &Object) -> bool {
    !matches!(
        object,
        Object::Reference(_) | Object::Array(_) | Object::Dictionary(_) | Object::Stream(_)
    )
}

/// Makes room for more elements.
pub(crate) fn reserve<T>(list: &mut Vec<T>, more: usize) -> Result<(), EditError> {
    let bytes = more.saturating_mul(size_of::<T>());
    list.try_reserve(more).map_err(|_| EditError::OutOfMemory { bytes })
}

/// Sets an entry, or adds it; null takes it away.
pub(crate) fn set(entries: &mut Entries, key: &[u8], value: Object) {
    entries.retain(|(name, _)| **name != *key);
    if !value.is_null() {
        entries.push((key.into(), value));
    }
}

/// Adds `Type`, where it is missing or another.
pub(crate) fn set_type(entries: &mut Entries, kind: &[u8]) {
    if !entries.iter().any(|(key, value)| **key == *b"Type" && value.as_name() == Some(kind)) {
        set(entries, b"Type", name(kind));
    }
}
