//! Metrics of vertical writing (ISO 32000-1, 9.7.4.3).

use bytemill_pdf_objects::{Dictionary, Document};

use crate::fonts::widths::CidMetrics;

/// The arrays `DW2` and `W2`.
#[derive(Debug)]
pub(crate) struct Vertical {
    default: f32,
    metrics: CidMetrics,
}

impl Vertical {
    pub(crate) fn of(document: &Document<'_>, font: &Dictionary) -> Self {
        let default = document
            .array(font, b"DW2")
            .and_then(|array| document.resolve(array.get(1)?).as_number())
            .map_or(-1.0, |advance| advance as f32 / 1000.0);
        Self { default, metrics: CidMetrics::of(document, font, b"W2", 3) }
    }

    /// How far a glyph goes down, in units of the font size.
    pub(crate) fn advance(&self, cid: u32) -> f32 {
        -self.metrics.get(cid).and_then(|numbers| numbers.first()).copied().unwrap_or(self.default)
    }
}
