//! What is measured, as bytes.

use crate::error::Place;
use crate::fonts::Fonts;
use crate::syntax::Output;
use crate::{CreateError, Item, Limits};

/// Measures all texts of a description: how, the module says.
///
/// # Errors
///
/// Those of [`read`](super::read), [`CreateError::Reference`], [`CreateError::Character`], [`CreateError::Font`],
/// [`CreateError::OutputTooLarge`].
pub fn measure(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, CreateError> {
    let document = super::read(bytes, limits)?;
    let fonts = Fonts::new(&document.fonts)?;
    let mut output = Output::new(limits.max_output_bytes);
    for (page, number) in document.pages.iter().zip(0..) {
        for (item, index) in page.items.iter().zip(0..) {
            let Item::Text(text) = item else { continue };
            let place = Place { kind: "text", page: Some(number), number: index };
            let measured = fonts.measure_at(text, place)?;
            for length in
                [measured.width, measured.height, measured.line_height, measured.first_baseline]
            {
                output.put(length.to_le_bytes());
            }
            let mut units = Counter { text: text.text, bytes: 0, units: 0 };
            // Lines come in order, and what fits ends behind them.
            let mut fitting = Counter { ..units };
            output.put(fitting.until(measured.fitting).to_le_bytes());
            output.put((measured.lines.len() as u32).to_le_bytes());
            for line in &measured.lines {
                output.put(units.until(line.start).to_le_bytes());
                output.put(units.until(line.end).to_le_bytes());
                output.put(line.width.to_le_bytes());
            }
            output.check()?;
        }
    }
    output.finish()
}

/// Counts UTF-16 code units up to places that grow.
struct Counter<'a> {
    text: &'a str,
    bytes: usize,
    units: u32,
}

impl Counter<'_> {
    fn until(&mut self, bytes: usize) -> u32 {
        if let Some(more) = self.text.get(self.bytes..bytes) {
            self.units += more.encode_utf16().count() as u32;
            self.bytes = bytes;
        }
        self.units
    }
}
