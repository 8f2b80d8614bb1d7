//! Text and document information of PDF files, as specified in ISO 32000-1: text showing (9.4), `ToUnicode` maps
//! (9.10), form `XObjects` (8.10), marked content (14.6), optional content (8.11), and the order of reading.
//!
//! [`open`] gives a document; objects, filters and encryption are those of `bytemill-pdf-objects`. [`extract_text`]
//! writes the text of pages, [`layout`], [`each_page`] and [`TextReader`] give it with the places of words, lines and
//! blocks, [`to_markdown`] with headings and lists, and [`search`] finds text with its places. Beside the text there are [`info`], [`page_sizes`], [`outline`], [`links`],
//! [`destinations`], [`attachments`], [`form_fields`], [`page_labels`], [`fonts`] and `images`. A page is read for itself,
//! token by token, so that neither other pages nor the number of operators take memory.
#![forbid(unsafe_code)]
#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the names of the specification's formulas"
)]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts and codes are far below 2^24; saturating is right where a file has more"
)]

mod content;
mod fonts;
mod geometry;
mod glyphs;
mod layout;
mod limits;
mod markdown;
mod page_text;
#[cfg(feature = "parallel")]
mod parallel;
mod reading;
mod search;
mod text;
mod text_string;

pub use bytemill_pdf_objects::{
    Document, Encryption, Method as EncryptionMethod, PdfError, Reference, Suspended,
};
pub use geometry::Rect;
pub use limits::{Limits, open};
pub use markdown::to_markdown;
pub use page_text::{Block, Line, PageFont, PageText, Word, Writing};
pub use reading::{
    Attachment, Destination, FieldKind, FieldOption, FontInfo, FontKind, FormField, FormKind, Info,
    Link, NamedDestination, OutlineItem, PageRange, PageSize, Target, View, Widget, attachments,
    destinations, fonts, form_fields, form_kind, info, links, outline, page_labels, page_sizes,
};
#[cfg(feature = "images")]
pub use reading::{ImageFile, ImageFormat, ImageOptions, PageImage, images};
pub use search::{Found, Hit, Quad, SearchOptions, search};
pub use text::{Extracted, TextOptions, TextReader, each_page, extract_text, layout};
