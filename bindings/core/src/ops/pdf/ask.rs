//! A document that stays open: a session. Its bytes are pushed, a flush opens it and tells the number of pages, and every
//! push after that is a question: the numbers of the operation and of its cells (32 bits each), the cells, the blob.

use alloc::boxed::Box;

use bytemill_pdf::{Document, Limits, Suspended};

use super::{
    Access, MAX_OUTPUT_BYTES, MAX_PAGES, MAX_PASSWORD_BYTES, MAX_SAFE_INTEGER, Reading, info,
    parts, places, text,
};
use crate::ops::operation;
use crate::options::options;
use crate::{Cells, Code, Error, Operation, Output, Row, Session};

options! {
    /// Options of `pdf.open`.
    pub struct OpenOptions {
        /// User or owner password of an encrypted document.
        password: text(max = MAX_PASSWORD_BYTES),
        /// Most bytes that the document's streams may inflate to, for all questions together.
        max_stream_bytes: integer(default = 1 << 30, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
        /// Size of the document, where it comes in pieces.
        input_bytes: integer(default = 0, min = 0, max = 0xffff_ffff, unit = "bytes"),
    }
}

/// Opens a document. As a call by itself it does no more than that, and tells the number of pages.
#[derive(Debug)]
pub struct Open;

impl Operation for Open {
    operation!(0x0a00, "open", OpenOptions);

    fn run(input: &[u8], options: &OpenOptions<'_>, output: &mut Output<'_>) -> Result<(), Error> {
        let document = access(options).open(input)?;
        output.numbers.push(pages(&document)?);
        Ok(())
    }

    #[expect(clippy::cast_sign_loss, reason = "the range starts at 0")]
    fn open(options: &OpenOptions<'_>) -> Result<Box<dyn Session>, Error> {
        let mut input = Vec::new();
        input.try_reserve_exact(options.input_bytes as usize).map_err(|_| no_memory())?;
        let password = crate::options::text("password", options.password)?.map(str::to_owned);
        Ok(Box::new(OpenDocument {
            input,
            password,
            limits: access(options).limits(),
            state: None,
        }))
    }
}

fn access<'a>(options: &OpenOptions<'a>) -> Access<'a> {
    Access {
        password: options.password,
        max_stream_bytes: options.max_stream_bytes,
        max_output_bytes: MAX_OUTPUT_BYTES,
        max_pages: options.max_pages,
    }
}

fn pages(document: &Document<'_>) -> Result<f64, Error> {
    let count = document.page_count();
    document.check()?;
    Ok(f64::from(count))
}

fn no_memory() -> Error {
    Error::new(Code::OutOfMemory, "no memory for the document")
}

/// A document on its way in, and then open.
struct OpenDocument {
    input: Vec<u8>,
    password: Option<String>,
    limits: Limits,
    state: Option<Suspended>,
}

impl Session for OpenDocument {
    fn push(&mut self, input: &[u8], output: &mut Output<'_>) -> Result<usize, Error> {
        let Some(state) = self.state.take() else {
            self.input.try_reserve(input.len()).map_err(|_| no_memory())?;
            self.input.extend_from_slice(input);
            return Ok(input.len());
        };
        let document = state.resume(&self.input);
        let result = answer(&document, input, &self.limits, output);
        self.state = Some(document.suspend());
        result.map(|()| input.len())
    }

    fn flush(&mut self, output: &mut Output<'_>) -> Result<(), Error> {
        let document = bytemill_pdf::open(&self.input, self.password.as_deref(), &self.limits)?;
        output.numbers.push(pages(&document)?);
        self.state = Some(document.suspend());
        Ok(())
    }

    fn finish(self: Box<Self>, _: &mut Output<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn survives(&self) -> bool {
        self.state.is_some()
    }
}

/// Answers a question.
fn answer(
    document: &Document<'_>,
    question: &[u8],
    limits: &Limits,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let malformed = || Error::new(Code::Internal, "a question to a document is too short");
    let word = |at: usize| {
        let bytes = question.get(at..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    };
    let (op, count) = word(0).zip(word(4)).ok_or_else(malformed)?;
    let cells = question.get(8..).and_then(|rest| rest.split_at_checked(8 * count as usize));
    let (cells, blob) = cells.ok_or_else(malformed)?;
    let row = Row { cells: Cells::Bytes(cells), blob };
    let ask = match op {
        text::ExtractText::ID => ask::<text::ExtractText>,
        text::ToMarkdown::ID => ask::<text::ToMarkdown>,
        text::Layout::ID => ask::<text::Layout>,
        text::Find::ID => ask::<text::Find>,
        info::ReadInfo::ID => ask::<info::ReadInfo>,
        info::PageSizes::ID => ask::<info::PageSizes>,
        info::PageLabels::ID => ask::<info::PageLabels>,
        info::Fonts::ID => ask::<info::Fonts>,
        places::ReadOutline::ID => ask::<places::ReadOutline>,
        places::Links::ID => ask::<places::Links>,
        places::Destinations::ID => ask::<places::Destinations>,
        parts::Attachments::ID => ask::<parts::Attachments>,
        parts::FormFields::ID => ask::<parts::FormFields>,
        _ => return Err(Error::new(Code::Internal, "a document does not answer this")),
    };
    ask(document, row, limits, output)
}

fn ask<R: Reading>(
    document: &Document<'_>,
    row: Row<'_>,
    limits: &Limits,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    R::answer(document, &R::options(row)?, limits, output)
}
