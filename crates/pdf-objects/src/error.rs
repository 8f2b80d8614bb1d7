//! One flat enum for everything that stands on these objects.

use core::fmt;

/// Why a document was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// The input is not a document, or too damaged to find its pages.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The input is empty or ends before its cross-reference data, and no page can be found without it.
    Truncated,
    /// The document is encrypted and the password is missing or wrong.
    Password,
    /// The document uses something that is not read here.
    Unsupported {
        /// What it uses.
        feature: &'static str,
    },
    /// The page range starts at 0 or after its end.
    PageRange {
        /// The first page asked for, counted from 1.
        first: u32,
        /// The last page asked for; 0 is the last of the document.
        last: u32,
    },
    /// The document has more pages than the limits allow.
    TooManyPages {
        /// The limit.
        limit: u32,
    },
    /// The document's streams inflate to more than the limits allow.
    StreamTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// One object, or the objects read one after another, consist of more than fits in memory and time.
    TooManyObjects {
        /// The limit in tokens: numbers, names, strings and brackets.
        limit: u64,
    },
    /// The output would be larger than the limits allow.
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

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Invalid { expected } => write!(f, "pdf: expected {expected}"),
            Self::Truncated => f.write_str("pdf ends before its cross-reference data"),
            Self::Password => f.write_str("pdf is encrypted: the password is missing or wrong"),
            Self::Unsupported { feature } => {
                write!(f, "pdf uses {feature}, which is not supported")
            }
            Self::PageRange { first, last } => {
                write!(
                    f,
                    "pdf page range: expected 1 or more up to the last, got {first} to {last}"
                )
            }
            Self::TooManyPages { limit } => write!(f, "pdf has more than {limit} pages"),
            Self::StreamTooLarge { limit } => {
                write!(f, "pdf streams inflate to more than {limit} bytes")
            }
            Self::TooManyObjects { limit } => {
                write!(f, "pdf objects consist of more than {limit} tokens")
            }
            Self::OutputTooLarge { limit } => write!(f, "pdf output exceeds {limit} bytes"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes"),
        }
    }
}

impl core::error::Error for PdfError {}
