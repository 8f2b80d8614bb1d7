//! Which glyphs of a font a document uses.

use crate::CreateError;
use crate::error::{push, reserve};

/// The glyphs of a font that are used, with the numbers that they get in the file.
#[derive(Debug)]
pub(crate) struct Usage {
    /// Numbers by glyph; 0 for those that are not used.
    numbers: Vec<u16>,
    /// Glyphs by number; the first is 0.
    pub(crate) glyphs: Vec<u16>,
    /// What the glyphs mean: the character that first used each.
    pub(crate) characters: Vec<char>,
}

impl Usage {
    /// Of a font with that many glyphs.
    pub(crate) fn new(glyphs: u16) -> Result<Self, CreateError> {
        let mut usage = Self { numbers: Vec::new(), glyphs: Vec::new(), characters: Vec::new() };
        reserve(&mut usage.numbers, glyphs.into())?;
        usage.numbers.resize(glyphs.into(), 0);
        push(&mut usage.glyphs, 0)?;
        push(&mut usage.characters, '\u{FFFD}')?;
        Ok(usage)
    }

    /// The number of a glyph.
    pub(crate) fn number(&mut self, glyph: u16, character: char) -> Result<u16, CreateError> {
        let Some(number) = self.numbers.get_mut(usize::from(glyph)) else { return Ok(0) };
        if *number == 0 && glyph != 0 {
            *number = self.glyphs.len() as u16;
            push(&mut self.glyphs, glyph)?;
            push(&mut self.characters, character)?;
        }
        Ok(*number)
    }
}
