//! Results with parts: numbers in their order, and texts one after another, whose lengths are among the numbers. NaN
//! stands for what is not there. npm/src/pdf/cursor.ts reads them.

use bytemill_pdf::{Limits, PdfError};

use crate::{Error, Output};

/// Appends to an output.
pub(super) struct Record<'o, 'v> {
    output: &'o mut Output<'v>,
}

impl<'o, 'v> Record<'o, 'v> {
    pub(super) fn new(output: &'o mut Output<'v>) -> Self {
        Self { output }
    }

    /// Whether the answer is within the limit of output; a number counts as eight bytes.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), Error> {
        let bytes = (self.output.bytes.len() + 8 * self.output.numbers.len()) as u64;
        if bytes > limits.max_output_bytes {
            return Err(PdfError::OutputTooLarge { limit: limits.max_output_bytes }.into());
        }
        Ok(())
    }

    pub(super) fn number(&mut self, number: impl Into<f64>) {
        self.output.numbers.push(number.into());
    }

    pub(super) fn optional(&mut self, number: Option<impl Into<f64>>) {
        self.output.numbers.push(number.map_or(f64::NAN, Into::into));
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.number(u8::from(flag));
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub(super) fn count(&mut self, count: usize) {
        self.output.numbers.push(count as f64);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.output.bytes.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn optional_text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.number(f64::NAN),
        }
    }

    pub(super) fn list<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.count(list.len());
        for one in list {
            each(self, one);
        }
    }
}
