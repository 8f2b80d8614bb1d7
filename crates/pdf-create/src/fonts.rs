//! The fonts of a document, made ready to measure text.

use crate::error::{push, reserve};
use crate::face::Face;
use crate::metrics::Metrics;
use crate::{CreateError, FontSource, StandardFont};

/// The fonts of a document, by which text is measured. Reading an embedded font copies nothing of it.
#[derive(Debug)]
pub struct Fonts<'a> {
    fonts: Vec<Font<'a>>,
}

/// A font.
#[derive(Debug)]
pub(crate) enum Font<'a> {
    Standard(StandardFont),
    Embedded(Box<Face<'a>>),
}

impl<'a> Fonts<'a> {
    /// Reads the fonts of a document.
    ///
    /// # Errors
    ///
    /// [`CreateError::Font`], [`CreateError::OutOfMemory`].
    pub fn new(sources: &[FontSource<'a>]) -> Result<Self, CreateError> {
        let mut fonts = Vec::new();
        reserve(&mut fonts, sources.len())?;
        for (number, source) in (0..).zip(sources) {
            let font = match *source {
                FontSource::Standard(font) => Font::Standard(font),
                FontSource::Embedded { data, index } => {
                    Font::Embedded(Box::new(Face::parse(data, index, number)?))
                }
            };
            push(&mut fonts, font)?;
        }
        Ok(Self { fonts })
    }

    pub(crate) fn get(&self, number: u32) -> Option<&Font<'a>> {
        self.fonts.get(number as usize)
    }

    pub(crate) fn len(&self) -> usize {
        self.fonts.len()
    }
}

impl Font<'_> {
    /// The glyph of a character: a code of a standard font, a number of an embedded one.
    pub(crate) fn glyph(&self, character: char) -> Option<u16> {
        match self {
            Self::Standard(font) => font.code(character).map(u16::from),
            Self::Embedded(face) => face.glyph(character),
        }
    }

    /// The width of a glyph, in ems.
    pub(crate) fn width(&self, glyph: u16) -> f64 {
        match self {
            Self::Standard(font) => f64::from(font.width(glyph as u8)) / 1000.0,
            Self::Embedded(face) => f64::from(face.width(glyph)) / f64::from(face.units),
        }
    }

    /// By how much the second of two glyphs moves away from the first, in ems.
    pub(crate) fn kerning(&self, first: u16, second: u16) -> f64 {
        match self {
            Self::Standard(_) => 0.0,
            Self::Embedded(face) => f64::from(face.kerning(first, second)) / f64::from(face.units),
        }
    }

    pub(crate) fn metrics(&self) -> Metrics {
        match self {
            Self::Standard(font) => font.metrics(),
            Self::Embedded(face) => face.metrics,
        }
    }
}
