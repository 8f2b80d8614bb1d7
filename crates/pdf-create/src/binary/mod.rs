//! A document as bytes, in which it crosses the boundary to JavaScript at once.
//!
//! The bytes are `42 4D 43 01` ("BMC", version 1) and records up to the end, each a tag of one byte and its fields, without
//! gaps. Numbers are little endian.
//!
//! | type | bytes |
//! | --- | --- |
//! | `u8`, `u16`, `u32` | unsigned, 1, 2 or 4 |
//! | `i16` | signed, 2 |
//! | `f32`, `f64` | IEEE 754, 4 or 8 |
//! | `bool` | `u8`, 0 or 1 |
//! | `text` | `u32` number of bytes, then these, UTF-8 |
//! | `bytes` | `u32` number of bytes, then these |
//! | `T?` | `u8` 0 for nothing, or 1 and then `T` |
//! | `T*` | `u32` number of elements, then each |
//! | `point` | `f32` x, `f32` y |
//! | `colour` | `u8` 0 and `f32` grey; 1 and 3 `f32` red, green, blue; 2 and 4 `f32` cyan, magenta, yellow, black |
//! | `stroke` | `colour`, `f32` width, `u8` cap (0 butt, 1 round, 2 square), `u8` join (0 miter, 1 round, 2 bevel), `f32*` dash, `f32` phase |
//! | `paint` | `colour?` fill, `stroke?`, `f32` opacity |
//! | `segment` | `u8` 0 (M) and `point`; 1 (L) and `point`; 2 (C) and 3 `point`; 3 (Z) |
//! | `date` | `f64` seconds since 1970 UTC, whole; `i16` minutes ahead of UTC |
//!
//! Records of the document may come in any order, also between pages. Fonts, images and pages are numbered from 0 on, in
//! the order of their records. Tags 17 to 25 are items of the page before them.
//!
//! | tag | record | fields |
//! | --- | --- | --- |
//! | 1 | text of [`Info`] | `u8` which (0 title, 1 author, 2 subject, 3 keywords, 4 creator, 5 producer, 6 language, 7 xmp), `text` |
//! | 2 | date of [`Info`] | `u8` which (0 created, 1 modified), `date` |
//! | 3 | [`Info::display_title`] | none: the record says yes |
//! | 4 | [`FontSource::Standard`] | `u8` index in [`StandardFont::ALL`] |
//! | 5 | [`FontSource::Embedded`] | `u32` index, `bytes` data |
//! | 6 | image | `bytes` file |
//! | 7 | [`OutlineEntry`] | `u8` level, `bool` open, `text` title, `u32` page, `f32?` top |
//! | 8 | [`PageLabel`] | `u32` first page, `u8` style (0 none, 1 decimal, 2 and 3 lower and upper roman, 4 and 5 lower and upper letters), `text` prefix, `u32` start |
//! | 9 | [`Attachment`] | `text` name, `text` media type, `text` description, `u8` relationship (0 unspecified, 1 source, 2 data, 3 alternative, 4 supplement), `date?` modified, `bytes` data |
//! | 10 | [`Document::output_profile`] | `bytes` |
//! | 16 | [`Page`] | `f32` width, `f32` height, `u16` rotation |
//! | 17 | [`Text`] | `text`, `u32` font, `f32` size, `point`, `f32?` width, `f32?` height, `u8` align (0 left, 1 centre, 2 right, 3 justify), `f32?` line height, `f32` character spacing, `f32` rotation, `colour`, `f32` opacity, `u8` flags (1 kerning, 2 underline, 4 strike, added), `u32?` replacement (a code point) |
//! | 18 | [`Line`] | `point` from, `point` to, `stroke`, `f32` opacity |
//! | 19 | [`Rectangle`] | `point`, `f32` width, `f32` height, `f32` radius, `paint` |
//! | 20 | [`Ellipse`] | `point` centre, `f32` radius across, `f32` radius upwards, `paint` |
//! | 21 | [`Path`] | `segment*`, `bool` even-odd, `paint` |
//! | 22 | [`Placed`] | `u32` image, `point`, `f32?` width, `f32?` height, `f32` rotation, `f32` opacity |
//! | 23 | [`Link`] | `point`, `f32` width, `f32` height, then `u8` 0 and `text` URI, or 1, `u32` page, `f32?` top |
//! | 24 | [`Item::Begin`] | 6 `f32` matrix, `segment*` clip, `bool` even-odd |
//! | 25 | [`Item::End`] | none |
//!
//! [`measure`] answers in the same types, with lengths in points and places in UTF-16 code units, by which JavaScript
//! counts: for each text of the description, in order,
//!
//! | field | type |
//! | --- | --- |
//! | width, height, line height, first baseline | 4 `f64` |
//! | how much of the text fits its height | `u32` |
//! | lines | `line*` |
//!
//! where `line` is `u32` start, `u32` end, `f64` width.

mod measured;
mod reader;
mod records;

pub use measured::measure;

#[cfg(doc)]
use crate::{
    Attachment, Ellipse, FontSource, Info, Item, Line, Link, OutlineEntry, Page, PageLabel, Path,
    Placed, Rectangle, StandardFont, Text,
};
use crate::{CreateError, Document, Limits};
use reader::Reader;

/// The first bytes.
const MAGIC: [u8; 4] = *b"BMC\x01";

/// Reads a description. Texts, fonts, images and attachments stay where they are.
///
/// # Errors
///
/// [`CreateError::Truncated`], [`CreateError::Invalid`], [`CreateError::TooManyPages`], [`CreateError::TooManyItems`],
/// [`CreateError::OutOfMemory`].
pub fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Document<'a>, CreateError> {
    let mut reader = Reader::new(bytes);
    let magic = [reader.u8()?, reader.u8()?, reader.u8()?, reader.u8()?];
    if magic != MAGIC {
        return Err(reader.invalid("a description that begins with 42 4D 43 01"));
    }
    let mut document = Document::default();
    let mut records = 0;
    while !reader.is_empty() {
        records += 1;
        if records > limits.max_items {
            return Err(CreateError::TooManyItems { limit: limits.max_items });
        }
        records::record(&mut reader, &mut document, limits)?;
    }
    Ok(document)
}
