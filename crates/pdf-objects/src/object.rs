//! What a document consists of (ISO 32000-1, 7.3).

use std::sync::Arc;

use crate::{Dictionary, Stream};

/// An indirect reference, or the name of the object that it leads to (7.3.10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The object's number.
    pub number: u32,
    /// Its generation, 0 for nearly all.
    pub generation: u16,
}

/// An object. A clone shares what it holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Object {
    /// The null object, and what is missing or broken.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number without a decimal point.
    Integer(i64),
    /// A number with a decimal point, or too large for 64 bits.
    Real(f64),
    /// A name without its solidus, escapes undone.
    Name(Arc<[u8]>),
    /// A string, escapes and encryption undone.
    String(Arc<[u8]>),
    /// An array.
    Array(Arc<[Object]>),
    /// A dictionary.
    Dictionary(Dictionary),
    /// A stream: a dictionary, and bytes of which only the place is known.
    Stream(Stream),
    /// A reference to an object.
    Reference(Reference),
}

impl Object {
    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match *self {
            Self::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a number, without its fraction.
    pub fn as_integer(&self) -> Option<i64> {
        match *self {
            Self::Integer(value) => Some(value),
            // Saturates.
            Self::Real(value) => Some(value as i64),
            _ => None,
        }
    }

    /// The value of a number. It is finite.
    pub fn as_number(&self) -> Option<f64> {
        match *self {
            #[expect(clippy::cast_precision_loss, reason = "coordinates are far smaller")]
            Self::Integer(value) => Some(value as f64),
            Self::Real(value) => Some(value),
            _ => None,
        }
    }

    /// The bytes of a name, without the solidus.
    pub fn as_name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The bytes of a string.
    pub fn as_string(&self) -> Option<&[u8]> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    /// The elements of an array, references not followed.
    pub fn as_array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(array) => Some(array),
            _ => None,
        }
    }

    /// A dictionary, or that of a stream.
    pub fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            Self::Stream(stream) => Some(stream.dictionary()),
            _ => None,
        }
    }

    /// A stream.
    pub fn as_stream(&self) -> Option<&Stream> {
        match self {
            Self::Stream(stream) => Some(stream),
            _ => None,
        }
    }

    /// A reference.
    pub fn as_reference(&self) -> Option<Reference> {
        match *self {
            Self::Reference(reference) => Some(reference),
            _ => None,
        }
    }

    /// Whether this is the null object.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Bytes that the object takes in memory, about; parsing bounds the depth.
    pub(crate) fn cost(&self) -> usize {
        /// Counters of an `Arc` and what an allocator puts beside them.
        const SHARED: usize = 32;
        size_of::<Self>()
            + match self {
                Self::Name(bytes) | Self::String(bytes) => SHARED + bytes.len(),
                Self::Array(array) => SHARED + array.iter().map(Self::cost).sum::<usize>(),
                Self::Dictionary(dictionary) => SHARED + dictionary.cost(),
                Self::Stream(stream) => 2 * SHARED + stream.dictionary().cost(),
                _ => 0,
            }
    }
}
