//! New PDF documents (ISO 32000-1): text, shapes, images, links, an outline, metadata and attachments, as invoices and
//! reports need them.
//!
//! [`create`] writes a [`Document`] as PDF 1.7. Texts are in the 14 standard fonts or in TrueType and OpenType fonts, of
//! which the glyphs that are used are embedded, with what it takes to search for text and copy it. JPEG files are taken as
//! they are, and so are the compressed rows of PNG without alpha; other images are decoded and compressed anew. The same
//! document gives the same bytes everywhere.
//!
//! [`Fonts::measure`] says how large a text is and where its lines are broken, so that tables and flowing text can be laid
//! out before. [`binary`] is a document as bytes.
//!
//! ```
//! use bytemill_pdf_create::{
//!     Align, Document, FontSource, Item, Limits, Page, StandardFont, Text, create,
//! };
//!
//! let title = Text::new("Invoice 42", 0, 18.0, 50.0, 780.0);
//! let total = Text { align: Align::Right, ..Text::new("12.50 €", 0, 11.0, 545.0, 700.0) };
//! let items = vec![Item::Text(title), Item::Text(total)];
//! let document = Document {
//!     fonts: vec![FontSource::Standard(StandardFont::Helvetica)],
//!     pages: vec![Page { width: 595.0, height: 842.0, rotation: 0, items }],
//!     ..Document::default()
//! };
//! let created = create(&document, &Limits::default())?;
//! assert!(created.bytes.starts_with(b"%PDF-1.7"));
//! # Ok::<(), bytemill_pdf_create::CreateError>(())
//! ```
//!
//! Not supported: shaping, which Arabic, Indic scripts and ligatures need, and text from right to left; fonts that are
//! variable, in their other forms, or have bitmaps or colours alone; structure for assistive technology.
#![forbid(unsafe_code)]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of lines and pages are far below 2^52, lengths are checked"
)]
#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the names of the formulas: a, b, c, d, e, f, x, y, rx, ry"
)]

pub mod binary;
mod check;
mod document;
mod draw;
mod error;
mod face;
mod fonts;
mod image;
mod item;
mod layout;
mod limits;
mod metrics;
mod standard;
mod syntax;
mod write;

pub use document::{
    Attachment, Date, Document, FontSource, Info, LabelStyle, OutlineEntry, Page, PageLabel,
    Relationship,
};
pub use error::{CreateError, Place};
pub use fonts::Fonts;
pub use item::{
    Align, Cap, Colour, Ellipse, Group, Item, Join, Line, Link, Paint, Path, Placed, Rectangle,
    Segment, Stroke, Target, Text,
};
pub use layout::{Measured, MeasuredLine};
pub use limits::Limits;
pub use standard::StandardFont;
pub use write::{Created, Rest, create};
