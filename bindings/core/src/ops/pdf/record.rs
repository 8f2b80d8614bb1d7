//! Results with parts: numbers in their order, and texts one after another, whose lengths are among the numbers. NaN
//! stands for what is not there. npm/src/pdf/cursor.ts reads them.

use bytemill_pdf::{Limits, PdfError};

use crate::Output;

/// Appends to an output.
pub(in super::super) struct Record<'o, 'v> {
    output: &'o mut Output<'v>,
    /// What the document and the answer are held to; a number counts as eight bytes.
    pub(super) limits: Limits,
}

impl<'o, 'v> Record<'o, 'v> {
    pub(super) fn new(output: &'o mut Output<'v>, limits: &Limits) -> Self {
        Self { output, limits: *limits }
    }

    /// Whether the answer so far is within its limit.
    pub(super) fn check(&self) -> Result<(), PdfError> {
        let bytes = (self.output.bytes.len() + 8 * self.output.numbers.len()) as u64;
        let limit = self.limits.max_output_bytes;
        if bytes > limit { Err(PdfError::OutputTooLarge { limit }) } else { Ok(()) }
    }

    /// The bytes, for an answer that is nothing but text.
    pub(super) fn text_output(&mut self) -> &mut Vec<u8> {
        self.output.bytes
    }

    /// Leaves room for a number that is known later, to be [`set`](Self::set) where this says.
    pub(super) fn reserve(&mut self) -> usize {
        self.output.numbers.push(f64::NAN);
        self.output.numbers.len() - 1
    }

    pub(super) fn set(&mut self, at: usize, number: impl Into<f64>) {
        self.output.numbers[at] = number.into();
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
