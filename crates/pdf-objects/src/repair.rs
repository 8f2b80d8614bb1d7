//! Making the cross-reference table anew.

use std::sync::Arc;

use crate::crypt::Security;
use crate::lexer::Lexer;
use crate::parser::Parser;
use crate::scan::{Found, scan};
use crate::xref::{Entry, Place, Table, sorted};
use crate::{Dictionary, Document, Object, PdfError, Reference};

/// Trailers that are looked at, the last ones of the file.
const MAX_TRAILERS: usize = 256;

impl Document<'_> {
    /// Whether the catalog is there, and the root of the pages.
    pub(crate) fn is_sound(&self) -> bool {
        let pages = self.dictionary(&self.catalog(), b"Pages");
        pages.is_some_and(|pages| self.array(&pages, b"Kids").is_some() || pages.has_type(b"Page"))
    }

    /// Makes the table and the trailer anew.
    ///
    /// # Errors
    ///
    /// [`PdfError::Truncated`] and [`PdfError::Invalid`] where nothing is found, and the errors of passwords and limits.
    pub(crate) fn rebuild(&mut self, password: Option<&str>) -> Result<(), PdfError> {
        let (scan, complete) = scan(self.input, self.max_objects());
        if !complete {
            return Err(PdfError::TooManyObjects { limit: self.max_objects() as u64 });
        }
        let mut entries: Vec<(u32, Entry)> = scan.objects.iter().rev().map(plain).collect();
        self.set_table(Table::first_wins(entries.iter().map(|(_, entry)| *entry).collect()));
        self.repaired.set(true);
        self.trailer = self.merged_trailer(&scan.trailers)?;
        self.security = None;
        self.security = Security::open(self, password)?.map(Arc::new);
        self.forget();

        // What object streams hold stands where they stand.
        for index in &scan.object_streams {
            let stream = scan.objects[*index as usize];
            // Only its last definition is found by its number.
            let current = self.entry(stream.number).map(|entry| entry.place);
            if current != Some(Place::Offset(stream.offset)) {
                continue;
            }
            let Some(objects) = self.object_stream(stream.number)? else { continue };
            if entries.len() + objects.len() > self.max_objects() {
                return Err(PdfError::TooManyObjects { limit: self.max_objects() as u64 });
            }
            for (index, number) in (0..).zip(objects.numbers()) {
                let place = Place::Compressed { stream: stream.number, index };
                entries.push((stream.offset, Entry { number, generation: 0, place }));
            }
        }
        if !scan.object_streams.is_empty() {
            // The last one first.
            entries = sorted(&entries, |(offset, _)| u32::MAX - offset);
            self.set_table(Table::first_wins(
                entries.into_iter().map(|(_, entry)| entry).collect(),
            ));
            self.forget();
        }
        self.find_root()
    }

    /// Objects that a file of this size may have: growth follows the file.
    pub(crate) fn max_objects(&self) -> usize {
        (1 << 20) + self.input.len() / 32
    }

    /// What the trailers say together: of each entry the last one that leads to something.
    fn merged_trailer(&self, trailers: &[u32]) -> Result<Dictionary, PdfError> {
        let mut entries: Vec<(Arc<[u8]>, Object)> = Vec::new();
        for at in &trailers[trailers.len().saturating_sub(MAX_TRAILERS)..] {
            let lexer = Lexer::at(self.input, *at as usize);
            let start = lexer.position();
            let object = {
                let mut builder = self.builder.borrow_mut();
                let mut parser = Parser::new(lexer, &mut builder, None);
                let object = parser.object();
                self.budget.parsed(parser.lexer.position() - start)?;
                object?
            };
            let Some(dictionary) = object.as_dictionary() else { continue };
            for (name, value) in dictionary.iter() {
                let wanted = match &**name {
                    b"Root" => self.resolve(value).as_dictionary().is_some_and(is_catalog),
                    b"Encrypt" | b"Info" => self.resolve(value).as_dictionary().is_some(),
                    b"ID" => true,
                    _ => false,
                };
                if wanted {
                    entries.push((Arc::clone(name), value.clone()));
                }
            }
        }
        Ok(entries.into_iter().collect())
    }

    /// Looks for the catalog where the trailer does not lead to one.
    fn find_root(&mut self) -> Result<(), PdfError> {
        if self.is_sound() {
            return Ok(());
        }
        let (mut catalog, mut pages) = (None, false);
        for reference in self.references() {
            let object = self.object(reference);
            let Object::Dictionary(dictionary) = &object else { continue };
            if dictionary.has_type(b"Catalog") && dictionary.get(b"Pages").is_some() {
                catalog = Some(reference);
            }
            pages |= is_page(dictionary);
        }
        self.check()?;
        if let Some(catalog) = catalog {
            let root = (b"Root".as_slice().into(), Object::Reference(catalog));
            let others = self.trailer.iter().map(|(name, value)| (Arc::clone(name), value.clone()));
            self.trailer = others.chain([root]).collect();
        }
        if self.is_sound() || pages {
            return Ok(());
        }
        let has = |word: &[u8]| memchr::memmem::find(self.input, word).is_some();
        let header = has(b"%PDF-");
        if b"%PDF-".starts_with(self.input) || (header && !has(b"startxref")) {
            return Err(PdfError::Truncated);
        }
        let expected = if header { "a page tree" } else { "%PDF- near the start" };
        Err(PdfError::Invalid { expected })
    }

    /// An object that is not where the table has it: found by looking at the whole file, which is done once.
    pub(crate) fn find_object(&self, number: u32) -> Result<Option<Entry>, PdfError> {
        if self.repaired.get() || !self.may_repair.get() {
            return Ok(None);
        }
        let mut found = self.found.borrow_mut();
        if found.is_none() {
            let (scan, complete) = scan(self.input, self.max_objects());
            if !complete {
                return Err(PdfError::TooManyObjects { limit: self.max_objects() as u64 });
            }
            let entries = scan.objects.iter().rev().map(|found| plain(found).1).collect();
            *found = Some(Arc::new(Table::first_wins(entries)));
        }
        Ok(found.as_ref().and_then(|table| table.get(number)))
    }

    /// Dictionaries of pages, for a tree that is lost: by their numbers.
    pub(crate) fn lost_pages(&self) -> Vec<Reference> {
        let leads_to_page = |reference: &Reference| match self.object(*reference) {
            Object::Dictionary(dictionary) => is_page(&dictionary),
            _ => false,
        };
        self.references().into_iter().filter(leads_to_page).collect()
    }
}

fn plain(found: &Found) -> (u32, Entry) {
    let Found { number, generation, offset } = *found;
    (offset, Entry { number, generation, place: Place::Offset(offset) })
}

/// A page by its type, or by what it has if the type is broken.
fn is_page(dictionary: &Dictionary) -> bool {
    let has = |key: &[u8]| dictionary.get(key).is_some();
    dictionary.has_type(b"Page")
        || (!has(b"Type") && has(b"Parent") && has(b"Contents") && has(b"MediaBox"))
}

fn is_catalog(dictionary: &Dictionary) -> bool {
    dictionary.get(b"Pages").is_some()
}
