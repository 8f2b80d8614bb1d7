//! What the fonts of a PDF mean as text: from the bytes of a shown string to codes, glyphs, characters and widths
//! (ISO 32000-1, 9.6 to 9.10). The crate knows fonts and their tables, and nothing of PDF objects.
//!
//! | what | where |
//! | --- | --- |
//! | glyph names as text | [`glyph_text`] |
//! | one-byte encodings | [`Encoding`], [`pdf_doc_char`] |
//! | the 14 standard fonts | [`StandardFont`], [`FontStyle`] |
//! | embedded programs | [`FontProgram`]: [`Type1Font`], [`CffFont`], [`TrueTypeFont`] |
//! | embedded `CMaps`, `ToUnicode` too | [`CMap`] |
//! | predefined `CMaps`, characters of CIDs | [`PredefinedCMap`], [`Collection`], [`CidText`] |
//! | ligatures and presentation forms | [`decompose`] |
//!
//! Everything borrows the bytes that it reads or owns sorted ranges made of them. Nothing panics, whatever the bytes
//! are, and work and memory follow the bytes that are there, not the counts that they claim.
#![forbid(unsafe_code)]

mod cff;
mod cmap;
mod decompose;
mod encodings;
mod error;
mod glyph_names;
mod predefined;
mod program;
mod reader;
mod standard_fonts;
mod style;
mod table;
mod truetype;
mod type1;

pub use cff::CffFont;
pub use cmap::{CMap, Code};
pub use decompose::decompose;
pub use encodings::{Encoding, pdf_doc_char, pdf_doc_code};
pub use error::FontError;
pub use glyph_names::{GlyphList, glyph_text};
pub use predefined::{CidText, Collection, PredefinedCMap, UnicodeForm};
pub use program::FontProgram;
pub use standard_fonts::StandardFont;
pub use style::{FontStyle, without_subset_tag};
pub use truetype::{GlyphUnicodes, TrueTypeFont};
pub use type1::Type1Font;
