//! A document: its objects, read when they are asked for.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use bytemill_gzip::Salvager;

use crate::budget::{Budget, Limits};
use crate::cache::Cache;
use crate::chain::{self, Reader};
use crate::chars::object_header;
use crate::crypt::{Encryption, Security};
use crate::lexer::Lexer;
use crate::object_streams::ObjectStream;
use crate::pages::Tree;
use crate::parser::{Builder, Parser};
use crate::xref::{Entry, Place, Table};
use crate::{Dictionary, Object, PdfError, Reference, Stream, stream_data};

/// Bytes of parsed objects that are kept.
const OBJECT_CACHE: usize = 24 << 20;
/// Bytes of inflated object streams that are kept.
const OBJECT_STREAM_CACHE: usize = 24 << 20;
/// Bytes of other streams' data that are kept.
pub(crate) const DATA_CACHE: usize = 16 << 20;
/// References that lead to references.
const MAX_CHAIN: usize = 32;

/// How to open a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenOptions<'a> {
    /// The user's or the owner's password, where the empty one does not open the document.
    pub password: Option<&'a str>,
    /// What the document may cost.
    pub limits: Limits,
}

/// A document. Objects are parsed when they are asked for, and kept as long as the cache has room.
pub struct Document<'a> {
    pub(crate) input: &'a [u8],
    base: usize,
    version: (u8, u8),
    table: Arc<Table>,
    pub(crate) trailer: Dictionary,
    pub(crate) security: Option<Arc<Security>>,
    /// The table was made anew when the document was opened.
    pub(crate) repaired: Cell<bool>,
    /// The document is open: objects are looked for in the whole file.
    pub(crate) may_repair: Cell<bool>,
    /// What was found there.
    pub(crate) found: RefCell<Option<Arc<Table>>>,
    pub(crate) budget: Budget,
    pub(crate) builder: RefCell<Builder>,
    pub(crate) salvager: RefCell<Salvager>,
    objects: RefCell<Cache<Object>>,
    pub(crate) object_streams: RefCell<Cache<Arc<ObjectStream>>>,
    /// Numbers of the object streams that are being read.
    pub(crate) loading: RefCell<Vec<u32>>,
    pub(crate) data: RefCell<Cache<Arc<[u8]>>>,
    /// Stretches of the file without `endstream`.
    pub(crate) endless: RefCell<BTreeMap<usize, usize>>,
    pub(crate) pages: RefCell<Tree>,
}

/// A [`Document`] without its bytes: what was read of it, and what it may still cost.
#[derive(Debug)]
pub struct Suspended(Document<'static>);

impl Suspended {
    /// Goes on. With other bytes than before, objects are not what they should be.
    pub fn resume(self, input: &[u8]) -> Document<'_> {
        self.0.on(input)
    }
}

impl<'a> Document<'a> {
    /// Opens a document: reads its cross-reference table and its trailer, and repairs them if they are broken.
    ///
    /// # Errors
    ///
    /// [`PdfError::Invalid`] and [`PdfError::Truncated`] where there is no document, [`PdfError::Password`] and
    /// [`PdfError::Unsupported`] where it cannot be decrypted, and the errors of limits.
    pub fn open(input: &'a [u8], options: &OpenOptions<'_>) -> Result<Self, PdfError> {
        if u32::try_from(input.len()).is_err() {
            return Err(PdfError::Unsupported { feature: "files of 4 GiB and more" });
        }
        let mut document = Self::new(input, Budget::new(options.limits, input.len()));
        let chain = {
            let mut builder = document.builder.borrow_mut();
            let mut salvager = document.salvager.borrow_mut();
            let budget = &document.budget;
            Reader::new(input, document.base, &mut builder, &mut salvager, budget).chain()?
        };
        let mut sound = false;
        if let Some(chain) = chain {
            document.set_table(Table::first_wins(chain.entries));
            document.trailer = chain.trailer;
            document.security = Security::open(&document, options.password)?.map(Arc::new);
            document.forget();
            // An encryption dictionary that is not there leaves nothing to read.
            let readable =
                document.security.is_some() || document.trailer.get(b"Encrypt").is_none();
            sound = readable && document.is_sound();
        }
        if !sound {
            document.rebuild(options.password)?;
        }
        document.budget.check()?;
        document.may_repair.set(true);
        Ok(document)
    }

    /// A document without objects.
    fn new(input: &'a [u8], budget: Budget) -> Self {
        let header = chain::header(input);
        Self {
            input,
            base: header.unwrap_or(0),
            version: header.and_then(|at| chain::version(input, at)).unwrap_or((1, 4)),
            table: Arc::default(),
            trailer: Dictionary::default(),
            security: None,
            repaired: Cell::new(false),
            may_repair: Cell::new(false),
            found: RefCell::default(),
            budget,
            builder: RefCell::new(Builder::new()),
            salvager: RefCell::new(Salvager::new()),
            objects: RefCell::new(Cache::new(OBJECT_CACHE)),
            object_streams: RefCell::new(Cache::new(OBJECT_STREAM_CACHE)),
            loading: RefCell::default(),
            data: RefCell::new(Cache::new(DATA_CACHE)),
            endless: RefCell::default(),
            pages: RefCell::default(),
        }
    }

    pub(crate) fn set_table(&mut self, table: Table) {
        self.table = Arc::new(table);
    }

    /// Forgets objects that were read before the table, or the keys, were known.
    pub(crate) fn forget(&self) {
        self.objects.borrow_mut().clear();
        self.object_streams.borrow_mut().clear();
    }

    /// The same document for another thread: what was read at its start is shared, caches are not. Budgets count
    /// together.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            table: Arc::clone(&self.table),
            trailer: self.trailer.clone(),
            security: self.security.clone(),
            repaired: self.repaired.clone(),
            may_repair: self.may_repair.clone(),
            found: self.found.clone(),
            pages: self.pages.clone(),
            ..Self::new(self.input, self.budget.fork())
        }
    }

    /// The document without its bytes, to be gone on with later: for who owns both.
    #[must_use]
    pub fn suspend(self) -> Suspended {
        Suspended(self.on(&[]))
    }

    /// The same over other bytes.
    fn on(self, input: &[u8]) -> Document<'_> {
        Document {
            input,
            base: self.base,
            version: self.version,
            table: self.table,
            trailer: self.trailer,
            security: self.security,
            repaired: self.repaired,
            may_repair: self.may_repair,
            found: self.found,
            budget: self.budget,
            builder: self.builder,
            salvager: self.salvager,
            objects: self.objects,
            object_streams: self.object_streams,
            loading: self.loading,
            data: self.data,
            endless: self.endless,
            pages: self.pages,
        }
    }

    /// Major and minor version: that of the catalog if it is newer than that of the header.
    pub fn version(&self) -> (u8, u8) {
        let name = self.name(&self.catalog(), b"Version");
        let catalog = name.and_then(|name| chain::version(&[b"%PDF-", &*name].concat(), 0));
        catalog.unwrap_or_default().max(self.version)
    }

    /// The newest trailer.
    pub fn trailer(&self) -> &Dictionary {
        &self.trailer
    }

    /// The document's catalog; empty where it is lost.
    pub fn catalog(&self) -> Dictionary {
        self.dictionary(&self.trailer, b"Root").unwrap_or_default()
    }

    /// How the document is encrypted, if it is.
    pub fn encryption(&self) -> Option<Encryption> {
        self.security.as_ref().map(|security| security.info)
    }

    /// Whether the file begins with a linearization dictionary that is about its length (Annex F): one that was appended
    /// to is no longer linearized.
    pub fn is_linearized(&self) -> bool {
        let start = memchr::memmem::find(&self.input[..self.input.len().min(2048)], b" obj");
        let Some(start) = start else { return false };
        let lexer = Lexer::at(self.input, start + 4);
        let object = Parser::new(lexer, &mut self.builder.borrow_mut(), None).object();
        let Ok(object) = object else { return false };
        let Some(dictionary) = object.as_dictionary() else { return false };
        let length = dictionary.get(b"L").and_then(Object::as_integer);
        dictionary.get(b"Linearized").is_some() && length == i64::try_from(self.input.len()).ok()
    }

    /// Whether the cross-reference table was broken and has been made anew, or objects were found elsewhere than it
    /// says.
    pub fn is_repaired(&self) -> bool {
        self.repaired.get() || self.found.borrow().is_some()
    }

    /// The first limit that was passed where an object or a page was asked for, and null was given instead.
    ///
    /// # Errors
    ///
    /// That limit.
    pub fn check(&self) -> Result<(), PdfError> {
        self.budget.check()
    }

    /// Everything that the cross-reference table has in use, in the order of numbers.
    pub fn references(&self) -> Vec<Reference> {
        let used = self.table.entries().iter().filter(|entry| entry.place != Place::Free);
        used.map(|entry| Reference { number: entry.number, generation: entry.generation }).collect()
    }

    /// An object; null where it is missing or broken. The generation is not compared: files that have it wrong are
    /// more common than those that use it.
    pub fn object(&self, reference: Reference) -> Object {
        let key = reference.number as usize;
        if let Some(object) = self.objects.borrow_mut().get(key) {
            return object;
        }
        let object = match self.table.get(reference.number) {
            Some(entry) => self.read(entry),
            None => Ok(Object::Null),
        };
        let object = object.unwrap_or_else(|error| {
            self.budget.fail(error);
            Object::Null
        });
        let cost = object.cost();
        self.objects.borrow_mut().insert(key, object.clone(), cost);
        object
    }

    pub(crate) fn entry(&self, number: u32) -> Option<Entry> {
        self.table.get(number)
    }

    fn read(&self, entry: Entry) -> Result<Object, PdfError> {
        let found = match entry.place {
            Place::Free => return Ok(Object::Null),
            Place::Offset(offset) => self.read_at(entry.number, offset)?,
            Place::Compressed { stream, index } => self.compressed(entry.number, stream, index)?,
        };
        if let Some(object) = found {
            return Ok(object);
        }
        match self.find_object(entry.number)? {
            Some(Entry { number, place: Place::Offset(offset), .. }) => {
                Ok(self.read_at(number, offset)?.unwrap_or_default())
            }
            _ => Ok(Object::Null),
        }
    }

    fn read_at(&self, number: u32, offset: u32) -> Result<Option<Object>, PdfError> {
        let Some((generation, body)) = self.locate(number, offset) else { return Ok(None) };
        self.parse(Reference { number, generation }, body).map(Some)
    }

    /// The generation and body of an object, if it is at an offset.
    fn locate(&self, number: u32, offset: u32) -> Option<(u16, usize)> {
        // A table made anew counts from the start of the file.
        let bases = if self.repaired.get() { [0, self.base] } else { [self.base, 0] };
        bases.into_iter().find_map(|base| {
            let (found, generation, body) = object_header(self.input, base + offset as usize)?;
            (found == number).then_some((generation, body))
        })
    }

    /// The object after its header.
    fn parse(&self, reference: Reference, body: usize) -> Result<Object, PdfError> {
        let key = self.security.as_ref().and_then(|security| security.strings(reference));
        let mut builder = self.builder.borrow_mut();
        let mut parser = Parser::new(Lexer::at(self.input, body), &mut builder, key.as_ref());
        let object = parser.object();
        self.budget.parsed(parser.lexer.position() - body)?;
        let object = object?;
        if let Object::Dictionary(dictionary) = &object
            && let Some(start) = stream_data::start(self.input, &parser.lexer)
        {
            return Ok(Object::Stream(Stream::in_file(dictionary.clone(), start, reference)));
        }
        Ok(object)
    }

    /// What an object refers to, or the object itself.
    pub fn resolve(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..MAX_CHAIN {
            let Object::Reference(reference) = object else { return object };
            object = self.object(reference);
        }
        Object::Null
    }

    /// The value under a name, references followed; null where there is none.
    pub fn get(&self, dictionary: &Dictionary, key: &[u8]) -> Object {
        dictionary.get(key).map_or(Object::Null, |value| self.resolve(value))
    }

    /// The dictionary under a name, or that of the stream.
    pub fn dictionary(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Dictionary> {
        self.get(dictionary, key).as_dictionary().cloned()
    }

    /// The array under a name; its elements are not resolved.
    pub fn array(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Arc<[Object]>> {
        match self.get(dictionary, key) {
            Object::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The number under a name.
    pub fn number(&self, dictionary: &Dictionary, key: &[u8]) -> Option<f64> {
        self.get(dictionary, key).as_number()
    }

    /// The number under a name, without its fraction.
    pub fn integer(&self, dictionary: &Dictionary, key: &[u8]) -> Option<i64> {
        self.get(dictionary, key).as_integer()
    }

    /// The name under a name.
    pub fn name(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Arc<[u8]>> {
        match self.get(dictionary, key) {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The string under a name.
    pub fn string(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Arc<[u8]>> {
        match self.get(dictionary, key) {
            Object::String(string) => Some(string),
            _ => None,
        }
    }

    /// The stream under a name.
    pub fn stream(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Stream> {
        match self.get(dictionary, key) {
            Object::Stream(stream) => Some(stream),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("trailer", &self.trailer).finish_non_exhaustive()
    }
}
