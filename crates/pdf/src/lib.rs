//! Text and document information of PDF files, as specified in ISO 32000-1: text showing (9.4), `ToUnicode` maps
//! (9.10), simple encodings (annex D), the page tree (7.7.3), the information dictionary (14.3.3), and the standard
//! security handler (7.6.3).
//!
//! The engine for objects, cross-reference repair, stream filters and decryption is lopdf; content streams are read
//! here, token by token, so that the memory needed does not grow with the number of operators.
#![forbid(unsafe_code)]

mod cmap;
mod document;
mod encodings;
mod error;
mod font;
mod glyphs;
mod guard;
mod info;
mod lexer;
mod page;
mod pen;
mod show;
mod text;
mod widths;
mod xrefs;

pub use error::PdfError;
pub use info::{Info, info};
pub use text::{TextOptions, extract_text};

/// What one document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that all the streams read from one document may inflate to; a stream that is used on many pages
    /// counts for each of them.
    pub max_stream_bytes: u64,
    /// Bytes of extracted text.
    pub max_output_bytes: u64,
    /// Pages of a document.
    pub max_pages: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_stream_bytes: 32 << 20, max_output_bytes: 256 << 20, max_pages: 100_000 }
    }
}
