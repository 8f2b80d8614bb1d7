//! Text to lines.

mod breaks;
mod glyphs;
mod lines;
mod measure;

pub(crate) use glyphs::Glyph;
pub(crate) use lines::Block;
pub use measure::{Measured, MeasuredLine};
