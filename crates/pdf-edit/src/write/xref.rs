//! Where the objects lie: as a table (ISO 32000-1, 7.5.4) or as a stream (7.5.8), with the trailer.

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Object};

use super::serialise::{Serialiser, push};
use super::writer::{Writer, name};
use crate::EditError;

/// Where an object lies.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// Nowhere: references to it mean null.
    Free,
    /// At so many bytes from the beginning of the document.
    At(usize),
    /// In an object stream, as one of its objects.
    Packed { stream: u32, index: u32 },
}

type Entries = Vec<(Arc<[u8]>, Object)>;

/// Writes table and trailer.
pub(super) fn table(writer: &mut Writer<'_>, mut trailer: Entries) -> Result<(), EditError> {
    let at = writer.output.len() - writer.start;
    let size = writer.places.len();
    trailer.push((b"Size".as_slice().into(), Object::Integer(size as i64)));
    push(writer.output, b"xref\n0")?;
    Serialiser { output: writer.output, cipher: None }.integer(size as i64)?;
    push(writer.output, b"\n")?;
    for number in 0..size {
        let (offset, generation, kind) = match writer.places[number] {
            Place::At(offset) => (offset, 0, b'n'),
            // Free objects are not in a list, but each for itself, as numbers that are not used again.
            _ => (0, 65_535, b'f'),
        };
        let mut entry = *b"0000000000 00000 n \n";
        decimal(&mut entry[..10], offset);
        decimal(&mut entry[11..16], generation);
        entry[17] = kind;
        push(writer.output, &entry)?;
    }
    push(writer.output, b"trailer\n")?;
    let trailer = Dictionary::from_iter(trailer);
    Serialiser { output: writer.output, cipher: None }.dictionary(&trailer)?;
    end(writer, at)
}

/// Writes the stream, which is the trailer too. Rows are compressed as differences from the row above (7.4.4.4): those of
/// neighbours are much alike.
pub(super) fn stream(writer: &mut Writer<'_>, trailer: Entries) -> Result<(), EditError> {
    let at = writer.output.len() - writer.start;
    let number = writer.reserve()?;
    writer.places[number as usize] = Place::At(at);
    // Nothing lies behind this stream, and no number is higher than its own.
    let most = at.max(number as usize).max(1);
    let width = (most.ilog2() / 8 + 1) as usize;
    let row = width + 2;
    let size = writer.places.len();
    let bytes = size * (row + 1);
    let mut rows = Vec::new();
    rows.try_reserve_exact(bytes).map_err(|_| EditError::OutOfMemory { bytes })?;
    let mut above = [0; 10];
    for place in &writer.places {
        let (kind, field, index) = match *place {
            Place::Free => (0, 0, 0),
            Place::At(offset) => (1, offset, 0),
            Place::Packed { stream, index } => (2, stream as usize, index as u8),
        };
        let mut current = [0; 10];
        current[0] = kind;
        current[1..=width].copy_from_slice(&(field as u64).to_be_bytes()[8 - width..]);
        current[row - 1] = index;
        // The filter "up".
        rows.push(2);
        rows.extend((0..row).map(|column| u8::wrapping_sub(current[column], above[column])));
        above = current;
    }
    let packed = writer.deflate(&rows)?;
    let columns = Object::Integer(row as i64);
    let parameters = [(b"Predictor".as_slice(), Object::Integer(12)), (b"Columns", columns)];
    let parameters = parameters.map(|(name, value)| (Arc::from(name), value));
    let widths = [1, width as i64, 1].map(Object::Integer);
    let own = [
        (b"Type".as_slice(), name(b"XRef")),
        (b"Size", Object::Integer(size as i64)),
        (b"W", Object::Array(widths.as_slice().into())),
        (b"Filter", name(b"FlateDecode")),
        (b"DecodeParms", Object::Dictionary(Dictionary::from_iter(parameters))),
    ];
    let own = own.map(|(name, value)| (Arc::from(name), value));
    let dictionary: Dictionary = own.into_iter().chain(trailer).collect();
    writer.sealed(number, &dictionary, &packed)?;
    end(writer, at)
}

fn end(writer: &mut Writer<'_>, at: usize) -> Result<(), EditError> {
    if writer.output.last() != Some(&b'\n') {
        push(writer.output, b"\n")?;
    }
    push(writer.output, b"startxref\n")?;
    Serialiser { output: writer.output, cipher: None }.integer(at as i64)?;
    push(writer.output, b"\n%%EOF\n")
}

fn decimal(field: &mut [u8], mut value: usize) {
    for digit in field.iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
    }
}
