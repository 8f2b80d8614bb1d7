//! A new file: objects under numbers of its own, streams, cross-reference table and trailer.

mod pack;
mod serialise;
mod writer;
mod xref;

pub(crate) use serialise::push;
pub(crate) use writer::{Ending, Writer, dictionary, name, reference};
