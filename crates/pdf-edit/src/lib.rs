//! PDF documents made of others, written as ISO 32000-1 and 32000-2 have it.
//!
//! [`extract_pages`] and [`split`] copy some pages, [`merge`] joins documents, [`rotate`] turns pages, [`set_info`]
//! changes what a document says of itself, [`encrypt`] and [`decrypt`] do that, [`rewrite`] cleans and packs. Each
//! appends a complete new file to the output.
//!
//! Only what is reachable is copied, each object once; streams are copied as they are, filters and all, so that memory
//! is that of the output. The same input and options give the same bytes anywhere: there is neither a clock nor a
//! source of randomness, and the file's identifier is a digest of its content.
#![forbid(unsafe_code)]
#![allow(clippy::cast_possible_wrap, reason = "what is in memory has fewer than 2^63 bytes")]

mod catalog;
mod copier;
mod crypt;
mod destinations;
mod error;
mod forms;
mod info;
mod labels;
mod operations;
mod options;
mod outline;
mod page_tree;
mod pages;
mod tree;
mod write;
mod xmp;

pub use error::EditError;
pub use info::{Change, Date, InfoChanges};
pub use operations::{
    Selection, Split, decrypt, encrypt, extract_pages, merge, rewrite, rotate, set_info, split,
};
pub use options::{Encryption, Limits, Method, Options, Permissions};
pub use pages::Rotation;
