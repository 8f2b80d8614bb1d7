//! One flat enum.

use core::fmt;

use bytemill_pdf_objects::PdfError;

/// Why a document could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// A document that is read is not one, or passes its own limits.
    Pdf(PdfError),
    /// No document, no page or no part was asked for.
    Nothing {
        /// What was expected.
        expected: &'static str,
    },
    /// A page was asked for that the document does not have.
    NoPage {
        /// The number, counted from 1.
        page: u32,
        /// How many pages the document has.
        pages: u32,
    },
    /// The angle is not a multiple of 90 degrees.
    Rotation {
        /// The angle in degrees.
        degrees: i32,
    },
    /// A password for 128-bit encryption has a character that `PDFDocEncoding` does not have.
    PasswordCharacter,
    /// The new document would have more pages than the limits allow.
    TooManyPages {
        /// The limit.
        limit: u32,
    },
    /// The new document would be larger than the limits allow.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Pdf(error) => error.fmt(f),
            Self::Nothing { expected } => write!(f, "pdf: expected {expected}, got none"),
            Self::NoPage { page, pages } => {
                write!(f, "pdf: expected a page from 1 to {pages}, got {page}")
            }
            Self::Rotation { degrees } => {
                write!(f, "pdf: expected a rotation by a multiple of 90 degrees, got {degrees}")
            }
            Self::PasswordCharacter => {
                f.write_str("pdf: expected a password in PDFDocEncoding for 128-bit encryption")
            }
            Self::TooManyPages { limit } => {
                write!(f, "pdf: expected at most {limit} pages, got more")
            }
            Self::OutputTooLarge { limit } => write!(f, "pdf output exceeds {limit} bytes"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes"),
        }
    }
}

impl core::error::Error for EditError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Pdf(error) => Some(error),
            _ => None,
        }
    }
}

impl From<PdfError> for EditError {
    fn from(error: PdfError) -> Self {
        Self::Pdf(error)
    }
}
