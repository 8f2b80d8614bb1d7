//! Codes of what is wrong with a PDF document, for all modules that read one.

use bytemill_pdf_objects::PdfError;

use crate::{Code, Error};

impl From<PdfError> for Error {
    fn from(error: PdfError) -> Self {
        let message = error.to_string();
        match error {
            PdfError::Truncated => Self::new(Code::Truncated, message),
            PdfError::Invalid { .. } => Self::new(Code::InvalidData, message),
            PdfError::Password => Self::new(Code::Password, message),
            PdfError::Unsupported { .. } => Self::new(Code::Unsupported, message),
            PdfError::StreamTooLarge { .. } => Self::limit("maxStreamBytes", message),
            PdfError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            PdfError::TooManyPages { .. } => Self::limit("maxPages", message),
            // A fixed bound rather than an option: nothing that people read comes near it.
            PdfError::TooManyObjects { .. } => Self::new(Code::LimitExceeded, message),
            PdfError::PageRange { .. } => Self::new(Code::InvalidArgument, message),
            PdfError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
        }
    }
}
