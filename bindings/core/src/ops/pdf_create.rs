//! New PDF documents: a module of its own.

use bytemill_pdf_create::{CreateError, Created, Limits, binary, create};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Code, Error, Operation, Output};

options! {
    /// Options of `pdf.create`.
    pub struct CreateOptions {
        /// Most pages accepted.
        max_pages: integer(default = 10_000, min = 1, max = 0xffff_ffff, unit = "pages"),
        /// Most items accepted, on all pages together.
        max_items: integer(default = 1_000_000, min = 1, max = 0xffff_ffff, unit = "items"),
        /// Largest image accepted that has to be decoded.
        max_pixels: integer(default = 100_000_000, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
        /// Largest output accepted.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
    }
}

#[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
fn limits(options: &CreateOptions<'_>) -> Limits {
    Limits {
        max_pages: options.max_pages as u32,
        max_items: options.max_items as u32,
        max_output_bytes: options.max_output_bytes as u64,
        max_image_pixels: options.max_pixels as u64,
    }
}

/// A document of its description. Numbers: of each text that did not fit its height page, item, and where what is left of
/// it begins, in JavaScript's units.
#[derive(Debug)]
pub struct Create;

impl Operation for Create {
    operation!(0x0a30, "create", CreateOptions);

    #[expect(clippy::cast_precision_loss, reason = "places stay far below 2^53")]
    fn run(
        input: &[u8],
        options: &CreateOptions<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let limits = limits(options);
        let document = binary::read(input, &limits)?;
        let Created { bytes, rests } = create(&document, &limits)?;
        for rest in rests {
            let page = document.pages.get(rest.page as usize);
            let item = page.and_then(|page| page.items.get(rest.item as usize));
            let text = match item {
                Some(bytemill_pdf_create::Item::Text(text)) => text.text,
                _ => "",
            };
            let fitting = text.get(..rest.start).unwrap_or(text);
            let units: usize = fitting.chars().map(char::len_utf16).sum();
            output.numbers.extend([f64::from(rest.page), f64::from(rest.item), units as f64]);
        }
        if output.bytes.is_empty() {
            *output.bytes = bytes;
        } else {
            output.bytes.extend_from_slice(&bytes);
        }
        Ok(())
    }
}

/// The sizes of the texts of a description.
#[derive(Debug)]
pub struct Measure;

impl Operation for Measure {
    operation!(0x0a31, "measure", CreateOptions);

    fn run(
        input: &[u8],
        options: &CreateOptions<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        output.bytes.extend_from_slice(&binary::measure(input, &limits(options))?);
        Ok(())
    }
}

impl From<CreateError> for Error {
    fn from(error: CreateError) -> Self {
        let message = error.to_string();
        match error {
            CreateError::Truncated { .. }
            | CreateError::Invalid { .. }
            | CreateError::Reference { .. }
            | CreateError::Character { .. } => Self::new(Code::InvalidArgument, message),
            CreateError::Font { .. } | CreateError::Image { .. } => {
                Self::new(Code::InvalidData, message)
            }
            CreateError::TooManyPixels { .. } => Self::limit("maxPixels", message),
            CreateError::TooManyPages { .. } => Self::limit("maxPages", message),
            CreateError::TooManyItems { .. } => Self::limit("maxItems", message),
            CreateError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            CreateError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
        }
    }
}
