//! Streams (ISO 32000-1, 7.3.8): a dictionary, and where the bytes begin.

use std::fmt;
use std::sync::Arc;

use crate::{Dictionary, Reference};

#[derive(PartialEq)]
pub(crate) enum Body {
    /// In the file, from an offset on, as part of an object.
    File { start: usize, reference: Reference },
    /// In memory, neither encrypted nor cut.
    Memory(Arc<[u8]>),
}

#[derive(PartialEq)]
struct Inner {
    dictionary: Dictionary,
    body: Body,
}

/// A stream. A clone shares its dictionary; the bytes stay in the file until [`crate::Document::data`] reads them.
#[derive(Clone, PartialEq)]
pub struct Stream(Arc<Inner>);

impl Stream {
    /// A stream of bytes that are not in the file, encoded as the dictionary's `Filter` says.
    pub fn new(dictionary: Dictionary, bytes: Arc<[u8]>) -> Self {
        Self(Arc::new(Inner { dictionary, body: Body::Memory(bytes) }))
    }

    pub(crate) fn in_file(dictionary: Dictionary, start: usize, reference: Reference) -> Self {
        Self(Arc::new(Inner { dictionary, body: Body::File { start, reference } }))
    }

    /// The stream's dictionary.
    pub fn dictionary(&self) -> &Dictionary {
        &self.0.dictionary
    }

    /// The object that the stream is, if it is in the file.
    pub fn reference(&self) -> Option<Reference> {
        match self.0.body {
            Body::File { reference, .. } => Some(reference),
            Body::Memory(_) => None,
        }
    }

    pub(crate) fn body(&self) -> &Body {
        &self.0.body
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stream").field(self.dictionary()).finish()
    }
}
