//! The objects of a PDF file, ISO 32000-1 and 32000-2, read when they are asked for.
//!
//! [`Document::open`] reads the cross-reference table and the trailer, whichever of their forms a file has, and makes
//! them anew where they are broken. [`Document::object`] parses one object, [`Document::data`] undoes the encryption
//! and the filters of one stream, [`Document::page`] finds one page. Nothing else of the file is looked at, and caches
//! are bounded, so that memory does not grow with the file.
//!
//! Files are read as leniently as other readers have it: what is broken is null, what decodes before a damage counts.
//! What a hostile file may cost is bounded by [`Limits`].
#![forbid(unsafe_code)]

mod budget;
mod cache;
mod chain;
mod chars;
mod crypt;
mod data;
mod dictionary;
mod document;
mod error;
mod filters;
mod lexer;
mod number;
mod object;
mod object_streams;
mod page;
mod pages;
mod parser;
mod repair;
mod scan;
mod stream;
mod stream_data;
mod strings;
mod xref;

pub use budget::Limits;
pub use crypt::{Aes, Encryption, Method, hash_r6, password_r4, password_r6, rc4};
pub use dictionary::Dictionary;
pub use document::{Document, OpenOptions, Suspended};
pub use error::PdfError;
pub use filters::ImageFilter;
pub use lexer::{Lexer, Token};
pub use object::{Object, Reference};
pub use page::Page;
pub use stream::Stream;
pub use strings::StringToken;
