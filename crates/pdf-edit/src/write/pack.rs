//! Object streams (ISO 32000-1, 7.5.7): many small objects compressed together.

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Object};

use super::serialise::{Serialiser, push};
use super::writer::name;
use super::xref::Place;
use crate::EditError;

/// Objects in a stream: for one of them a reader inflates all.
const MOST: u32 = 128;

/// An object stream as it grows.
#[derive(Debug, Default)]
pub(super) struct Pack {
    number: u32,
    count: u32,
    /// Number and place of each object.
    heads: Vec<u8>,
    bodies: Vec<u8>,
}

impl Pack {
    pub(super) fn new(number: u32) -> Self {
        Self { number, ..Self::default() }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) const fn is_full(&self) -> bool {
        self.count >= MOST
    }

    pub(super) fn len(&self) -> usize {
        self.heads.len() + self.bodies.len()
    }

    /// Takes an object in; strings are encrypted with the stream, not by themselves.
    pub(super) fn add(&mut self, number: u32, object: &Object) -> Result<Place, EditError> {
        let mut heads = Serialiser { output: &mut self.heads, cipher: None };
        heads.integer(i64::from(number))?;
        heads.integer(self.bodies.len() as i64)?;
        Serialiser { output: &mut self.bodies, cipher: None }.object(object)?;
        push(&mut self.bodies, b"\n")?;
        self.count += 1;
        Ok(Place::Packed { stream: self.number, index: self.count - 1 })
    }

    /// The stream's number, its dictionary and its bytes, not compressed yet.
    pub(super) fn finish(mut self) -> Result<(u32, Dictionary, Vec<u8>), EditError> {
        push(&mut self.heads, b"\n")?;
        let first = self.heads.len() as i64;
        let dictionary = [
            (b"Type".as_slice(), name(b"ObjStm")),
            (b"N", Object::Integer(i64::from(self.count))),
            (b"First", Object::Integer(first)),
            (b"Filter", name(b"FlateDecode")),
        ];
        push(&mut self.heads, &self.bodies)?;
        let dictionary = dictionary.map(|(name, value)| (Arc::from(name), value));
        Ok((self.number, Dictionary::from_iter(dictionary), self.heads))
    }
}
