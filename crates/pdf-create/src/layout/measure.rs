//! How large a text is.

use super::lines::Block;
use crate::error::{Place, push, reserve};
use crate::fonts::Fonts;
use crate::{CreateError, Text, check};

/// How large a text is. Lengths are points.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The width of its widest line.
    pub width: f64,
    /// From baseline to baseline, as often as there are lines.
    pub height: f64,
    /// From baseline to baseline.
    pub line_height: f64,
    /// From the upper edge of the first line to its baseline.
    pub first_baseline: f64,
    /// Its lines, as many as fit the height.
    pub lines: Vec<MeasuredLine>,
    /// Bytes of the text that are in these lines, with line feeds and spaces between them: its length where all fits.
    pub fitting: usize,
}

/// A line of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasuredLine {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends, without the spaces at which it is broken.
    pub end: usize,
    /// Its width.
    pub width: f64,
}

impl Fonts<'_> {
    /// Measures a text as it would be drawn; its place, colour and opacity do not matter.
    ///
    /// # Errors
    ///
    /// [`CreateError::Invalid`], [`CreateError::Reference`], [`CreateError::Character`], [`CreateError::OutOfMemory`].
    pub fn measure(&self, text: &Text<'_>) -> Result<Measured, CreateError> {
        self.measure_at(text, Place { kind: "text", page: None, number: 0 })
    }

    pub(crate) fn measure_at(
        &self,
        text: &Text<'_>,
        place: Place,
    ) -> Result<Measured, CreateError> {
        check::text(text, place)?;
        let font = self.get(text.font).ok_or(CreateError::Reference {
            place,
            to: "font",
            number: text.font,
            count: self.len() as u32,
        })?;
        let block = Block::new(text, font, place)?;
        let mut lines = Vec::new();
        reserve(&mut lines, block.lines.len())?;
        for line in &block.lines {
            let start = block.run.offset(line.first, text.text);
            let end = block.run.offset(line.end, text.text);
            push(&mut lines, MeasuredLine { start, end, width: line.width })?;
        }
        Ok(Measured {
            width: lines.iter().fold(0.0, |width, line| line.width.max(width)),
            height: lines.len() as f64 * block.line_height,
            line_height: block.line_height,
            first_baseline: block.first_baseline,
            lines,
            fitting: block.fitting(text),
        })
    }
}

impl Block {
    /// Bytes of the text before what did not fit.
    pub(crate) fn fitting(&self, text: &Text<'_>) -> usize {
        self.run.offset(self.rest, text.text)
    }
}
