//! PDF documents made of others: a module of its own.

use bytemill_pdf_edit::{
    Change, Date, EditError, Encryption, InfoChanges, Limits, Method, Options, Permissions,
    Rotation, Selection, Split, extract_pages, merge, rewrite, rotate, set_info, split,
};
use bytemill_pdf_objects::{Document, OpenOptions};

use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::{options, text};
use crate::{Code, Error, Operation, Output};

const MAX_PASSWORD_BYTES: usize = 4096;
const MAX_STREAM_BYTES: i64 = 1 << 30;
const MAX_PAGES: i64 = 100_000;
/// Longest text of a description.
const MAX_TEXT_BYTES: usize = 1 << 20;
/// Most pages that can be named, and most documents.
const MAX_NUMBERS: usize = 1 << 20;
/// Smallest and largest date: about 285,000 years from 1970.
const MAX_DATE: i64 = 8_640_000_000_000;
/// A date that is not given.
const NO_DATE: i64 = MAX_DATE + 1;

/// Declares the options of an operation with those that all of this module have.
macro_rules! edit_options {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        options! {
            $(#[$meta])*
            pub struct $name {
                $($own)*
                /// Objects in compressed streams: smaller, for readers of PDF 1.5 and newer.
                compact: boolean(default = true),
                /// User or owner password of an encrypted document.
                password: text(max = MAX_PASSWORD_BYTES),
                /// Most bytes that the document's streams may inflate to.
                max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
                /// Most pages accepted.
                max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
                /// Largest output accepted.
                max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
            }
        }

        impl $name<'_> {
            #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
            fn open<'i>(&self, input: &'i [u8]) -> Result<Document<'i>, Error> {
                let limits = bytemill_pdf_objects::Limits {
                    max_stream_bytes: self.max_stream_bytes as u64,
                    max_pages: self.max_pages as u32,
                };
                let password = text("password", self.password)?;
                Ok(Document::open(input, &OpenOptions { password, limits })?)
            }

            #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
            fn writing(&self) -> Options<'static> {
                let limits = Limits {
                    max_output_bytes: self.max_output_bytes as u64,
                    max_pages: self.max_pages as u32,
                };
                Options { compact: self.compact, compress: true, encryption: None, limits }
            }
        }
    };
}

fn numbers(list: &[[u8; 4]]) -> Vec<u32> {
    list.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

edit_options! {
    /// Options of `pdf.extractPages`.
    ExtractPagesOptions {
        /// The pages, counted from 1, in the order wanted; one may be there several times.
        pages: integers(min = 1, max = 0xffff_ffff, count = MAX_NUMBERS, unit = "page"),
    }
}

/// A document of some pages of another.
#[derive(Debug)]
pub struct ExtractPages;

impl Operation for ExtractPages {
    operation!(0x0a20, "extractPages", ExtractPagesOptions);

    fn run(
        input: &[u8],
        options: &ExtractPagesOptions<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let pages = numbers(options.pages);
        Ok(extract_pages(&options.open(input)?, &pages, &options.writing(), output.bytes)?)
    }
}

edit_options! {
    /// Options of `pdf.split`.
    SplitOptions {
        /// Pages in each part; the last one has what is left.
        every: integer(default = 1, min = 1, max = 0xffff_ffff, unit = "pages"),
        /// Pages, counted from 1, that begin a part; instead of `every`.
        before: integers(min = 1, max = 0xffff_ffff, count = MAX_NUMBERS, unit = "page"),
    }
}

/// The parts of a document, whose lengths are the numbers.
#[derive(Debug)]
pub struct SplitDocument;

impl Operation for SplitDocument {
    operation!(0x0a21, "split", SplitOptions);

    #[expect(clippy::cast_sign_loss, reason = "the range starts at 1")]
    #[expect(clippy::cast_precision_loss, reason = "lengths stay far below 2^53")]
    fn run(input: &[u8], options: &SplitOptions<'_>, output: &mut Output<'_>) -> Result<(), Error> {
        let before = numbers(options.before);
        let at = if before.is_empty() {
            Split::Every(options.every as u32)
        } else {
            Split::Before(&before)
        };
        let mut parts = Vec::new();
        split(&options.open(input)?, at, &options.writing(), &mut parts)?;
        for part in parts {
            output
                .bytes
                .try_reserve(part.len())
                .map_err(|_| Error::from(EditError::OutOfMemory { bytes: part.len() }))?;
            output.bytes.extend_from_slice(&part);
            output.numbers.push(part.len() as f64);
        }
        Ok(())
    }
}

edit_options! {
    /// Options of `pdf.merge`.
    MergeOptions {
        /// Lengths of the documents in the input, one after another.
        lengths: integers(min = 0, max = 0xffff_ffff, count = MAX_NUMBERS, unit = "bytes"),
    }
}

/// A document of all pages of several.
#[derive(Debug)]
pub struct Merge;

impl Operation for Merge {
    operation!(0x0a22, "merge", MergeOptions);

    fn run(input: &[u8], options: &MergeOptions<'_>, output: &mut Output<'_>) -> Result<(), Error> {
        let mut documents = Vec::new();
        let mut rest = input;
        for length in numbers(options.lengths) {
            let (document, after) = rest.split_at_checked(length as usize).ok_or_else(|| {
                Error::new(Code::InvalidArgument, "lengths: expected no more than the input has")
            })?;
            rest = after;
            let number = documents.len() + 1;
            // Which of them is at fault is not to be guessed.
            let document = options.open(document).map_err(|error| Error {
                message: format!("document {number}: {}", error.message).into(),
                ..error
            })?;
            documents.push(document);
        }
        let documents: Vec<&Document<'_>> = documents.iter().collect();
        Ok(merge(&documents, &options.writing(), output.bytes)?)
    }
}

edit_options! {
    /// Options of `pdf.rotate`.
    RotateOptions {
        /// Degrees clockwise, a multiple of 90.
        degrees: integer(default = 90, min = -36_000, max = 36_000, unit = "degrees"),
        /// Whether pages are turned to that, rather than by that more than they are.
        absolute: boolean(default = false),
        /// The pages, counted from 1; all where none is named.
        pages: integers(min = 1, max = 0xffff_ffff, count = MAX_NUMBERS, unit = "page"),
    }
}

/// A document with pages turned.
#[derive(Debug)]
pub struct Rotate;

impl Operation for Rotate {
    operation!(0x0a23, "rotate", RotateOptions);

    fn run(
        input: &[u8],
        options: &RotateOptions<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let degrees = options.degrees as i32;
        let rotation = if options.absolute { Rotation::To(degrees) } else { Rotation::By(degrees) };
        let pages = numbers(options.pages);
        let selection = if pages.is_empty() { Selection::All } else { Selection::Pages(&pages) };
        let document = options.open(input)?;
        Ok(rotate(&document, selection, rotation, &options.writing(), output.bytes)?)
    }
}

edit_options! {
    /// Options of `pdf.setInfo`. What is not given stays, an empty text is taken away.
    SetInfoOptions {
        /// Title of the document.
        title: text(max = MAX_TEXT_BYTES),
        /// Who wrote it.
        author: text(max = MAX_TEXT_BYTES),
        /// What it is about.
        subject: text(max = MAX_TEXT_BYTES),
        /// Words to find it by.
        keywords: text(max = MAX_TEXT_BYTES),
        /// The program that the document was written with.
        creator: text(max = MAX_TEXT_BYTES),
        /// The program that made the PDF.
        producer: text(max = MAX_TEXT_BYTES),
        /// When it was made, in seconds since 1970 UTC.
        creation_date: integer(default = NO_DATE, min = -MAX_DATE, max = NO_DATE, unit = "seconds"),
        /// When it was changed last.
        modification_date: integer(default = NO_DATE, min = -MAX_DATE, max = NO_DATE, unit = "seconds"),
    }
}

/// A document with another description.
#[derive(Debug)]
pub struct SetInfo;

fn changed<'a>(name: &str, value: Option<&'a [u8]>) -> Result<Change<&'a str>, Error> {
    Ok(match text(name, value)? {
        None => Change::Keep,
        Some("") => Change::Remove,
        Some(value) => Change::Set(value),
    })
}

fn dated(seconds: i64) -> Change<Date> {
    if seconds == NO_DATE { Change::Keep } else { Change::Set(Date(seconds)) }
}

impl Operation for SetInfo {
    operation!(0x0a24, "setInfo", SetInfoOptions);

    fn run(
        input: &[u8],
        options: &SetInfoOptions<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let changes = InfoChanges {
            title: changed("title", options.title)?,
            author: changed("author", options.author)?,
            subject: changed("subject", options.subject)?,
            keywords: changed("keywords", options.keywords)?,
            creator: changed("creator", options.creator)?,
            producer: changed("producer", options.producer)?,
            creation_date: dated(options.creation_date),
            modification_date: dated(options.modification_date),
        };
        Ok(set_info(&options.open(input)?, &changes, &options.writing(), output.bytes)?)
    }
}

edit_options! {
    /// Options of `pdf.rewrite` and `pdf.encrypt`.
    RewriteOptions {
        /// How the result is encrypted.
        encryption: choice(default = 0, names = ["none", "aes-256", "aes-128"]),
        /// What opens it, within the permissions.
        user_password: text(max = MAX_PASSWORD_BYTES),
        /// What opens it with all permissions.
        owner_password: text(max = MAX_PASSWORD_BYTES),
        /// What is allowed with the user's password: a bit each, from print on.
        permissions: integer(default = 0xff, min = 0, max = 0xff, unit = "bits"),
        /// Random bytes that keys are made of.
        seed: bytes(min = 32, max = 32),
    }
}

/// The same document in a new file: without what nothing leads to, encrypted or not.
#[derive(Debug)]
pub struct Rewrite;

impl Operation for Rewrite {
    operation!(0x0a25, "rewrite", RewriteOptions);

    fn run(
        input: &[u8],
        options: &RewriteOptions<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let method = match options.encryption {
            0 => None,
            1 => Some(Method::Aes256),
            _ => Some(Method::Aes128),
        };
        let allows = |bit: u8| options.permissions >> bit & 1 == 1;
        let encryption = match method {
            None => None,
            Some(method) => Some(Encryption {
                method,
                user_password: text("userPassword", options.user_password)?.unwrap_or_default(),
                owner_password: text("ownerPassword", options.owner_password)?,
                permissions: Permissions {
                    print: allows(0),
                    print_high_quality: allows(1),
                    modify: allows(2),
                    copy: allows(3),
                    annotate: allows(4),
                    fill_forms: allows(5),
                    accessibility: allows(6),
                    assemble: allows(7),
                },
                seed: options.seed.and_then(|seed| seed.try_into().ok()).ok_or_else(|| {
                    Error::new(Code::InvalidArgument, "seed: expected 32 random bytes")
                })?,
            }),
        };
        let writing = Options { encryption, ..options.writing() };
        Ok(rewrite(&options.open(input)?, &writing, output.bytes)?)
    }
}

impl From<EditError> for Error {
    fn from(error: EditError) -> Self {
        let message = error.to_string();
        match error {
            EditError::Pdf(error) => error.into(),
            EditError::Nothing { .. }
            | EditError::NoPage { .. }
            | EditError::Rotation { .. }
            | EditError::PasswordCharacter => Self::new(Code::InvalidArgument, message),
            EditError::TooManyPages { .. } => Self::limit("maxPages", message),
            EditError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            EditError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
        }
    }
}
