//! PDF: `bytemill/pdf`.

use bytemill_pdf::{Info, Limits, PdfError, TextOptions, extract_text, info};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::{options, text};
use crate::{Code, Error, Operation, Output};

/// Bytes that the streams of one document may inflate to; a buffer that grows to this takes four times as much.
const MAX_STREAM_BYTES: i64 = 32 << 20;
const MAX_PAGES: i64 = 100_000;

options! {
    /// Options of `pdf.extractText`.
    pub struct ExtractTextOptions {
        /// User or owner password of an encrypted document.
        password: text(max = 4096),
        /// First page, counted from 1.
        first_page: integer(default = 1, min = 1, max = 0xffff_ffff, unit = "page"),
        /// Last page; 0 is the last of the document.
        last_page: integer(default = 0, min = 0, max = 0xffff_ffff, unit = "page"),
        /// Most bytes that the document's streams may inflate to.
        max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Longest text accepted, as UTF-8.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
    }
}

/// The text of the pages, separated by form feeds.
#[derive(Debug)]
pub struct ExtractText;

impl Operation for ExtractText {
    operation!(0x0a01, "extractText", ExtractTextOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    #[expect(clippy::cast_precision_loss, reason = "offsets stay far below 2^53")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let limits = Limits {
            max_stream_bytes: options.max_stream_bytes as u64,
            max_output_bytes: options.max_output_bytes as u64,
            max_pages: options.max_pages as u32,
        };
        let wanted = TextOptions {
            password: text("password", options.password)?,
            first_page: options.first_page as u32,
            last_page: options.last_page as u32,
        };
        let mut page_ends = Vec::new();
        extract_text(input, &wanted, &limits, output.bytes, &mut page_ends)?;
        output.numbers.extend(page_ends.iter().map(|end| *end as f64));
        Ok(())
    }
}

options! {
    /// Options of `pdf.info`.
    pub struct InfoOptions {
        /// User or owner password of an encrypted document.
        password: text(max = 4096),
        /// Most bytes that the document's streams may inflate to.
        max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
    }
}

/// What the document says of itself.
#[derive(Debug)]
pub struct ReadInfo;

impl Operation for ReadInfo {
    operation!(0x0a02, "info", InfoOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let limits = Limits {
            max_stream_bytes: options.max_stream_bytes as u64,
            max_output_bytes: MAX_OUTPUT_BYTES as u64,
            max_pages: options.max_pages as u32,
        };
        let password = text("password", options.password)?;
        write_info(&info(input, password, &limits)?, output);
        Ok(())
    }
}

/// Numbers: version (major, minor), pages, encrypted, linearized, first page's width and height (NaN: unknown), then
/// the length of each text (NaN: absent); bytes: the texts, one after another.
fn write_info(info: &Info, output: &mut Output<'_>) {
    let (width, height) = info.first_page_size.unwrap_or((f32::NAN, f32::NAN));
    output.numbers.extend([
        f64::from(info.version.0),
        f64::from(info.version.1),
        f64::from(info.page_count),
        f64::from(u8::from(info.encrypted)),
        f64::from(u8::from(info.linearized)),
        f64::from(width),
        f64::from(height),
    ]);
    for text in [
        &info.title,
        &info.author,
        &info.subject,
        &info.keywords,
        &info.creator,
        &info.producer,
        &info.creation_date,
        &info.modification_date,
    ] {
        output.numbers.push(text.as_ref().map_or(f64::NAN, |text| f64::from(text.len() as u32)));
        output.bytes.extend_from_slice(text.as_deref().unwrap_or_default().as_bytes());
    }
}

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
