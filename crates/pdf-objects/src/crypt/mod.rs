//! Encryption (ISO 32000-1, 7.6; ISO 32000-2 for revision 6).

mod aes;
mod hash;
mod password;
mod rc4;
mod standard;

use std::sync::Arc;

use md5::{Digest, Md5};

pub use aes::Aes;
pub use hash::hash_r6;
pub use password::{password_r4, password_r6};
pub use rc4::rc4;

use crate::{Dictionary, Document, Object, PdfError, Reference};
use standard::Handler;

/// How a document is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encryption {
    /// How streams are encrypted.
    pub method: Method,
    /// Revision of the standard security handler, 2 to 6.
    pub revision: u8,
    /// What a user may do: the entry `P`, table 22.
    pub permissions: i32,
    /// Whether the password given is the owner's.
    pub is_owner: bool,
}

/// A cipher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// None.
    Identity,
    /// RC4 with a key of 40 to 128 bits.
    Rc4,
    /// AES with a key of 128 bits.
    Aes128,
    /// AES with a key of 256 bits.
    Aes256,
}

impl Method {
    /// The cipher's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "Identity",
            Self::Rc4 => "RC4",
            Self::Aes128 => "AES-128",
            Self::Aes256 => "AES-256",
        }
    }
}

/// The keys of an open document.
#[derive(Debug)]
pub(crate) struct Security {
    /// The key of the file; none where only attachments are encrypted, and the password is missing.
    key: Option<Vec<u8>>,
    /// The key expanded, for the cipher whose key is the same for all objects.
    aes: Option<Arc<Aes>>,
    pub(crate) info: Encryption,
    strings: Method,
    embedded_files: Option<Method>,
    encrypt_metadata: bool,
    /// Crypt filters, for streams that name one.
    filters: Vec<(Vec<u8>, Method)>,
    /// The encryption dictionary, whose strings are not encrypted.
    dictionary: Option<u32>,
}

impl Security {
    /// Reads the encryption dictionary and finds the key; none where there is no such dictionary to read.
    pub(crate) fn open(
        document: &Document<'_>,
        password: Option<&str>,
    ) -> Result<Option<Self>, PdfError> {
        let Some(entry) = document.trailer().get(b"Encrypt") else { return Ok(None) };
        let object = document.resolve(entry);
        let Some(dictionary) = object.as_dictionary() else { return Ok(None) };
        if document.name(dictionary, b"Filter").is_some_and(|name| *name != *b"Standard") {
            return Err(PdfError::Unsupported {
                feature: "another security handler than the standard one",
            });
        }
        let integer = |key: &[u8]| document.integer(dictionary, key);
        let string = |key: &[u8]| document.string(dictionary, key).unwrap_or_default();
        let number =
            |key: &[u8]| integer(key).and_then(|value| u8::try_from(value).ok()).unwrap_or(0);
        let (version, revision) = (number(b"V"), number(b"R"));
        if !matches!(version, 1 | 2 | 4 | 5) || !(2..=6).contains(&revision) {
            return Err(PdfError::Unsupported { feature: "an unknown version of encryption" });
        }
        let encrypt_metadata =
            document.get(dictionary, b"EncryptMetadata").as_bool().unwrap_or(true);
        let filters = if version >= 4 { crypt_filters(document, dictionary) } else { Vec::new() };
        let method = |key: &[u8]| match document.name(dictionary, key) {
            Some(name) if version >= 4 => named(&filters, &name),
            None if version >= 4 => Method::Identity,
            _ => Method::Rc4,
        };
        let declared = match number(b"Length") {
            0 => 5,
            bits @ 40..=128 => usize::from(bits) / 8,
            // Some write bytes.
            bytes @ 5..=16 => usize::from(bytes),
            _ => 16,
        };
        let lengths = match version {
            1 => [5, declared, 16],
            2 => [declared, 16, 5],
            _ => [16, declared, 5],
        };
        let id = document.array(document.trailer(), b"ID");
        let id = id.and_then(|id| id.first().map(|id| document.resolve(id)));
        // Some write the unsigned number.
        let permissions = integer(b"P").unwrap_or(0) as i32;
        let (owner, user) = (string(b"O"), string(b"U"));
        let (owner_key, user_key) = (string(b"OE"), string(b"UE"));
        let handler = Handler {
            revision,
            lengths: &lengths,
            owner: &owner,
            user: &user,
            owner_key: &owner_key,
            user_key: &user_key,
            permissions,
            id: id.as_ref().and_then(Object::as_string).unwrap_or_default(),
            encrypt_metadata,
        };
        let (streams, strings) = (method(b"StmF"), method(b"StrF"));
        let (key, is_owner) = match handler.unlock(password) {
            Some((key, is_owner)) => (Some(key), is_owner),
            // All but attachments can be read.
            None if streams == Method::Identity && strings == Method::Identity => (None, false),
            None => return Err(PdfError::Password),
        };
        let embedded_files = document.name(dictionary, b"EFF").map(|name| named(&filters, &name));
        Ok(Some(Self {
            aes: key.as_deref().map(|key| Arc::new(Aes::new(key))),
            key,
            info: Encryption { method: streams, revision, permissions, is_owner },
            strings,
            embedded_files,
            encrypt_metadata,
            filters,
            dictionary: entry.as_reference().map(|reference| reference.number),
        }))
    }

    /// The key for the strings of an object; none where they are not encrypted.
    pub(crate) fn strings(&self, reference: Reference) -> Option<ObjectKey> {
        let plain = self.dictionary == Some(reference.number);
        if plain { None } else { self.object_key(reference, self.strings).ok()? }
    }

    /// The key for a stream, none where it is not encrypted; `filter` is the name that its own crypt filter has, if it
    /// has one.
    ///
    /// # Errors
    ///
    /// [`PdfError::Password`] where there is no key.
    pub(crate) fn stream(
        &self,
        reference: Reference,
        dictionary: &Dictionary,
        filter: Option<&[u8]>,
    ) -> Result<Option<ObjectKey>, PdfError> {
        let method = match filter {
            Some(name) => named(&self.filters, name),
            // Cross-reference streams are never encrypted (7.5.8.2).
            None if dictionary.has_type(b"XRef") => Method::Identity,
            None if !self.encrypt_metadata && dictionary.has_type(b"Metadata") => Method::Identity,
            None if dictionary.has_type(b"EmbeddedFile") => {
                self.embedded_files.unwrap_or(self.info.method)
            }
            None => self.info.method,
        };
        self.object_key(reference, method)
    }

    /// Algorithms 1 and 1.A.
    fn object_key(
        &self,
        reference: Reference,
        method: Method,
    ) -> Result<Option<ObjectKey>, PdfError> {
        if method == Method::Identity {
            return Ok(None);
        }
        let (Some(key), Some(aes)) = (&self.key, &self.aes) else { return Err(PdfError::Password) };
        if method == Method::Aes256 {
            return Ok(Some(ObjectKey::Aes(Arc::clone(aes))));
        }
        let mut hash = Md5::new();
        hash.update(key);
        hash.update(&reference.number.to_le_bytes()[..3]);
        hash.update(reference.generation.to_le_bytes());
        if method == Method::Aes128 {
            hash.update(b"sAlT");
        }
        let hash = hash.finalize();
        let key = &hash[..(key.len() + 5).min(16)];
        Ok(Some(match method {
            Method::Aes128 => ObjectKey::Aes(Arc::new(Aes::new(key))),
            _ => ObjectKey::Rc4(key.to_vec()),
        }))
    }
}

/// The crypt filters (7.6.5) and their methods.
fn crypt_filters(document: &Document<'_>, dictionary: &Dictionary) -> Vec<(Vec<u8>, Method)> {
    let filters = document.dictionary(dictionary, b"CF").unwrap_or_default();
    let method = |filter: &Object| {
        let filter = document.resolve(filter).as_dictionary().cloned().unwrap_or_default();
        match document.name(&filter, b"CFM").as_deref() {
            Some(b"V2") => Method::Rc4,
            Some(b"AESV2") => Method::Aes128,
            Some(b"AESV3") => Method::Aes256,
            _ => Method::Identity,
        }
    };
    filters.iter().take(64).map(|(name, filter)| (name.to_vec(), method(filter))).collect()
}

fn named(filters: &[(Vec<u8>, Method)], name: &[u8]) -> Method {
    let found = filters.iter().find(|(other, _)| other == name);
    found.map_or(Method::Identity, |(_, method)| *method)
}

/// The key of one object.
#[derive(Debug)]
pub(crate) enum ObjectKey {
    Rc4(Vec<u8>),
    Aes(Arc<Aes>),
}

impl ObjectKey {
    /// Decrypts in place. Of AES's blocks the first is the initialization vector, and the last is padded; what does not fill
    /// a block is dropped.
    pub(crate) fn decrypt(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Rc4(key) => rc4(key, bytes),
            Self::Aes(aes) => {
                let Some(vector) = bytes.first_chunk::<16>().copied() else {
                    bytes.clear();
                    return;
                };
                bytes.drain(..16);
                bytes.truncate(bytes.len() / 16 * 16);
                aes.decrypt_cbc(&vector, bytes);
                let padding = bytes.last().copied().unwrap_or(0);
                if (1..=16).contains(&padding) {
                    bytes.truncate(bytes.len() - padding as usize);
                }
            }
        }
    }
}
