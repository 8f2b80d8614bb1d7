//! What one document may cost, and how it is opened within that.

use bytemill_pdf_objects::{Document, OpenOptions, PdfError};

/// What one document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that all the streams read from one document may inflate to; a stream that is used on many pages
    /// counts again where it is not in the cache any more.
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

/// Opens a document: reads where its objects are, not the objects.
///
/// # Errors
///
/// A document that cannot be read or decrypted, or that passes a limit.
pub fn open<'a>(
    input: &'a [u8],
    password: Option<&str>,
    limits: &Limits,
) -> Result<Document<'a>, PdfError> {
    let Limits { max_stream_bytes, max_pages, .. } = *limits;
    let limits = bytemill_pdf_objects::Limits { max_stream_bytes, max_pages };
    Document::open(input, &OpenOptions { password, limits })
}
