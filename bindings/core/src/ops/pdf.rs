//! PDF: `bytemill/pdf`. What reads a document can be asked of its bytes, or of a document that is open: a session.

#[cfg(feature = "pdf")]
mod ask;
#[cfg(feature = "pdf_images")]
pub mod images;
#[cfg(feature = "pdf")]
pub mod info;
#[cfg(feature = "pdf")]
pub mod parts;
#[cfg(feature = "pdf")]
pub mod places;
mod record;
mod shared;
#[cfg(feature = "pdf")]
pub mod text;

use bytemill_pdf::{Document, Limits, open};

use self::record::Record;
use super::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER};
use crate::options::text;
use crate::{Error, Operation, Output};

#[cfg(feature = "pdf")]
pub use ask::Open;

/// Bytes that the streams of one document may inflate to.
const MAX_STREAM_BYTES: i64 = 64 << 20;
const MAX_PAGES: i64 = 100_000;
/// Longest password.
const MAX_PASSWORD_BYTES: usize = 4096;

/// What is asked of a document.
pub(super) trait Reading: Operation {
    /// Answers, appending to the record.
    fn read(
        document: &Document<'_>,
        options: &Self::Options<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error>;

    /// Answers within the limits.
    fn answer(
        document: &Document<'_>,
        options: &Self::Options<'_>,
        limits: &Limits,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let mut record = Record::new(output, limits);
        Self::read(document, options, &mut record)?;
        Ok(record.check()?)
    }
}

/// What all readings have among their options.
#[derive(Clone, Copy, Debug)]
struct Access<'a> {
    password: Option<&'a [u8]>,
    max_stream_bytes: i64,
    max_output_bytes: i64,
    max_pages: i64,
}

impl Access<'_> {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn limits(&self) -> Limits {
        Limits {
            max_stream_bytes: self.max_stream_bytes as u64,
            max_output_bytes: self.max_output_bytes as u64,
            max_pages: self.max_pages as u32,
        }
    }

    fn open<'i>(&self, input: &'i [u8]) -> Result<Document<'i>, Error> {
        Ok(open(input, text("password", self.password)?, &self.limits())?)
    }
}

/// Implements an operation that reads a document, for options that have what [`Access`] has.
macro_rules! reading {
    ($type:ident, $id:literal, $name:literal, $options:ident $(, $const:ident)*) => {
        impl $crate::Operation for $type {
            $crate::ops::operation!($id, $name, $options);
            $(const $const: bool = true;)*

            fn run(
                input: &[u8],
                options: &Self::Options<'_>,
                output: &mut $crate::Output<'_>,
            ) -> Result<(), $crate::Error> {
                let access = super::Access {
                    password: options.password,
                    max_stream_bytes: options.max_stream_bytes,
                    max_output_bytes: options.max_output_bytes,
                    max_pages: options.max_pages,
                };
                let document = access.open(input)?;
                <Self as super::Reading>::answer(&document, options, &access.limits(), output)
            }
        }
    };
}
use reading;
