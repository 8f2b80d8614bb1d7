//! The file as it grows.

use std::sync::Arc;

use bytemill_gzip::{EncodeError, EncodeOptions, Encoder, Format};
use bytemill_pdf_objects::{Dictionary, Object, Reference};
use sha2::{Digest, Sha256};

use super::pack::Pack;
use super::serialise::{Serialiser, push};
use super::xref::{self, Place};
use crate::crypt::Cipher;
use crate::{EditError, Options};

/// The highest offset that a table's ten digits can say (7.5.4).
const MAX_TABLE: u64 = 9_999_999_999;

/// What the trailer says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ending {
    /// The number of the catalog.
    pub(crate) root: u32,
    /// The number of the document information dictionary.
    pub(crate) info: Option<u32>,
}

/// Appends a document to bytes, object by object, in any order of their numbers.
pub(crate) struct Writer<'o> {
    pub(super) output: &'o mut Vec<u8>,
    /// Where the document begins in `output`.
    pub(super) start: usize,
    /// Where each object lies, by its number.
    pub(super) places: Vec<Place>,
    pack: Option<Pack>,
    compress: bool,
    encoder: Encoder,
    limit: u64,
    cipher: Option<Cipher>,
    first_id: Option<Arc<[u8]>>,
}

impl<'o> Writer<'o> {
    /// Begins a document of at least that version. The identifier is that of the document which the new one is a version
    /// of.
    pub(crate) fn new(
        output: &'o mut Vec<u8>,
        options: &Options<'_>,
        version: (u8, u8),
        first_id: Option<Arc<[u8]>>,
    ) -> Result<Self, EditError> {
        let first_id = first_id.or_else(|| {
            let seed = options.encryption?.seed;
            Some(Sha256::digest([b"identifier", seed.as_slice()].concat())[..16].into())
        });
        let cipher = match &options.encryption {
            Some(encryption) => {
                Some(Cipher::new(encryption, first_id.as_deref().unwrap_or_default())?)
            }
            None => None,
        };
        let mut needed = if options.compact { (1, 5) } else { (1, 3) };
        if let Some(cipher) = &cipher {
            needed = needed.max(cipher.version());
        }
        let (major, minor) = version.max(needed);
        let limit = options.limits.max_output_bytes;
        let limit = if options.compact { limit } else { limit.min(MAX_TABLE) };
        let start = output.len();
        // Four bytes over 127: to tools that move files it is binary (7.5.2).
        let header = [b'%', b'P', b'D', b'F', b'-', b'0' + major % 10, b'.', b'0' + minor % 10];
        push(output, &header)?;
        push(output, b"\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(Self {
            output,
            start,
            places: vec![Place::Free],
            pack: options.compact.then(Pack::default),
            compress: options.compress,
            encoder: Encoder::new(),
            limit,
            cipher,
            first_id,
        })
    }

    /// A number for an object that is written later.
    pub(crate) fn reserve(&mut self) -> Result<u32, EditError> {
        let number = self.places.len();
        self.places.try_reserve(1).map_err(|_| EditError::OutOfMemory { bytes: number })?;
        self.places.push(Place::Free);
        // Each takes more than a byte of output.
        self.check(number)?;
        Ok(number as u32)
    }

    /// Writes an object that is not a stream, and gives its number.
    pub(crate) fn add(&mut self, object: &Object) -> Result<u32, EditError> {
        let number = self.reserve()?;
        self.object(number, object)?;
        Ok(number)
    }

    /// Writes an object that is not a stream.
    pub(crate) fn object(&mut self, number: u32, object: &Object) -> Result<(), EditError> {
        if self.pack.as_ref().is_some_and(Pack::is_empty) {
            let stream = self.reserve()?;
            self.pack = Some(Pack::new(stream));
        }
        let Some(pack) = &mut self.pack else {
            self.begin(number)?;
            let cipher = self.cipher.as_mut().map(|cipher| (cipher, number));
            Serialiser { output: self.output, cipher }.object(object)?;
            return self.end();
        };
        self.places[number as usize] = pack.add(number, object)?;
        let (full, bytes) = (pack.is_full(), pack.len());
        self.check(bytes)?;
        if full { self.flush() } else { Ok(()) }
    }

    /// Writes a stream of bytes encoded as the dictionary says; its length is added.
    pub(crate) fn stream(
        &mut self,
        number: u32,
        dictionary: &Dictionary,
        bytes: &[u8],
    ) -> Result<(), EditError> {
        // Metadata stays text, for tools that look for it in the file's bytes (14.3.2).
        let plain = [b"Filter".as_slice(), b"DecodeParms", b"F"];
        let plain = plain.iter().all(|key| dictionary.get(key).is_none());
        if self.compress && plain && !dictionary.has_type(b"Metadata") {
            self.check(0)?;
            let packed = self.deflate(bytes)?;
            if packed.len() + b"/Filter/FlateDecode".len() < bytes.len() {
                let filter = (b"Filter".as_slice().into(), name(b"FlateDecode"));
                let own = dictionary.iter().map(|(name, value)| (name.clone(), value.clone()));
                return self.sealed(number, &own.chain([filter]).collect(), &packed);
            }
        }
        self.sealed(number, dictionary, bytes)
    }

    /// Writes a stream, encrypted unless the cipher is gone.
    pub(super) fn sealed(
        &mut self,
        number: u32,
        dictionary: &Dictionary,
        bytes: &[u8],
    ) -> Result<(), EditError> {
        self.check(bytes.len())?;
        let length = self.cipher.as_ref().map_or(bytes.len(), |_| Cipher::sealed_len(bytes.len()));
        let length = Object::Integer(length as i64);
        let own = dictionary.iter().map(|(name, value)| (name.clone(), value.clone()));
        let own = own.filter(|(name, _)| **name != *b"Length");
        let dictionary: Dictionary = own.chain([(b"Length".as_slice().into(), length)]).collect();
        self.begin(number)?;
        let cipher = self.cipher.as_mut().map(|cipher| (cipher, number));
        Serialiser { output: self.output, cipher }.dictionary(&dictionary)?;
        push(self.output, b"stream\n")?;
        match &mut self.cipher {
            Some(cipher) => cipher.seal(number, bytes, self.output)?,
            None => push(self.output, bytes)?,
        }
        push(self.output, b"\nendstream")?;
        self.end()
    }

    pub(super) fn deflate(&mut self, bytes: &[u8]) -> Result<Vec<u8>, EditError> {
        let options = EncodeOptions { format: Format::Zlib, ..EncodeOptions::default() };
        let mut packed = Vec::new();
        match self.encoder.compress(bytes, &options, &mut packed) {
            Ok(()) => Ok(packed),
            Err(EncodeError::OutOfMemory { bytes }) => Err(EditError::OutOfMemory { bytes }),
            // The others are about options, which are right.
            Err(_) => Err(EditError::OutOfMemory { bytes: bytes.len() }),
        }
    }

    /// Writes what is packed so far.
    fn flush(&mut self) -> Result<(), EditError> {
        let Some(pack) = self.pack.replace(Pack::default()).filter(|pack| !pack.is_empty()) else {
            return Ok(());
        };
        let (number, dictionary, bytes) = pack.finish()?;
        let packed = self.deflate(&bytes)?;
        self.sealed(number, &dictionary, &packed)
    }

    /// Ends the file, and gives nothing back that could be written to.
    pub(crate) fn finish(mut self, ending: Ending) -> Result<(), EditError> {
        let compact = self.pack.is_some();
        if compact {
            self.flush()?;
        }
        self.pack = None;
        let encrypt = match self.cipher.take() {
            // Its own strings are not encrypted, and it is not in a stream that is.
            Some(cipher) => Some(self.add(&Object::Dictionary(cipher.dictionary()))?),
            None => None,
        };
        let content: Arc<[u8]> = Sha256::digest(&self.output[self.start..])[..16].into();
        let first = self.first_id.clone().unwrap_or_else(|| content.clone());
        let id = [Object::String(first), Object::String(content)];
        let mut trailer: Vec<(Arc<[u8]>, Object)> = vec![
            (b"Root".as_slice().into(), reference(ending.root)),
            (b"ID".as_slice().into(), Object::Array(id.as_slice().into())),
        ];
        if let Some(info) = ending.info {
            trailer.push((b"Info".as_slice().into(), reference(info)));
        }
        if let Some(encrypt) = encrypt {
            trailer.push((b"Encrypt".as_slice().into(), reference(encrypt)));
        }
        if compact {
            xref::stream(&mut self, trailer)?;
        } else {
            xref::table(&mut self, trailer)?;
        }
        self.check(0)
    }

    fn begin(&mut self, number: u32) -> Result<(), EditError> {
        self.places[number as usize] = Place::At(self.output.len() - self.start);
        Serialiser { output: self.output, cipher: None }.integer(i64::from(number))?;
        push(self.output, b" 0 obj\n")
    }

    fn end(&mut self) -> Result<(), EditError> {
        push(self.output, b"\nendobj\n")?;
        self.check(0)
    }

    /// Whether so many bytes more are within the limit.
    fn check(&self, more: usize) -> Result<(), EditError> {
        let bytes = (self.output.len() - self.start) as u64 + more as u64;
        if bytes > self.limit {
            return Err(EditError::OutputTooLarge { limit: self.limit });
        }
        Ok(())
    }
}

/// A reference to an object of the new document.
pub(crate) fn reference(number: u32) -> Object {
    Object::Reference(Reference { number, generation: 0 })
}

/// A name.
pub(crate) fn name(bytes: &[u8]) -> Object {
    Object::Name(bytes.into())
}

/// A dictionary.
pub(crate) fn dictionary<const ENTRIES: usize>(entries: [(&[u8], Object); ENTRIES]) -> Object {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    Object::Dictionary(entries.map(|(key, value)| (key.into(), value)).collect())
}
