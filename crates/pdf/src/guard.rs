//! What a document may cost in memory while it is loaded.
//!
//! The engine keeps every object, at about a hundred bytes for each number, so that a few megabytes of `[1 1 1 ...`
//! would take gigabytes. The tokens of the file are counted before it sees the file, and what it reads is counted
//! in its object filter.

use std::cell::Cell;

use lopdf::{Dictionary, Object, ObjectId};

use crate::PdfError;
use crate::lexer::is_space;
use crate::xrefs::Entries;

/// Tokens of a file beside one for every 16 bytes.
const MAX_TOKENS: u64 = 1_250_000;
/// Bytes that the objects of a document may take beside its size.
const MAX_OBJECT_BYTES: u64 = 160 << 20;
/// Bytes that an object stream or a cross-reference stream may inflate to.
pub(crate) const MAX_LOAD_BYTES: usize = 8 << 20;
/// The same where what they hold cannot be counted before it is loaded.
pub(crate) const MAX_ENCRYPTED_LOAD_BYTES: usize = 4 << 20;

const OBJECT: u64 = size_of::<Object>() as u64;
/// A dictionary's key, hash and place in the index beside its value.
const ENTRY: u64 = OBJECT + 80;

thread_local! {
    /// A filter is a plain function: this is its state for the load at hand on this thread.
    static LEFT: Cell<Option<u64>> = const { Cell::new(None) };
}

pub(crate) fn max_tokens(input: &[u8]) -> u64 {
    MAX_TOKENS + input.len() as u64 / 16
}

/// Refuses a file with more tokens than fit in memory; the payloads of streams do not count.
pub(crate) fn check(input: &[u8]) -> Result<(), PdfError> {
    let limit = max_tokens(input);
    let (mut tokens, mut headers, mut copied) = (0u64, 0u64, 0u64);
    let (mut at, mut object, mut header, mut endless) = (0, 0, 0, false);
    let mut entries = Entries::default();
    let mut boundary = true;
    while let Some(byte) = input.get(at) {
        let rest = &input[at..];
        match byte {
            b's' if boundary && !endless && is_stream(input, at) => {
                let end = find(rest, b"endstream");
                endless = end.is_none();
                let end = end.unwrap_or(rest.len());
                let data = if rest.get(6) == Some(&b'\r') { 8 } else { 7 };
                let payload = rest.get(data..end).unwrap_or_default();
                if !entries.stream(&input[header..at], payload, input.len()) {
                    return Err(PdfError::TooManyObjects { limit });
                }
                if !endless {
                    at += end;
                    header = at;
                }
            }
            b'x' if boundary && rest.starts_with(b"xref") => entries.table(&rest[4..]),
            b'e' if rest.starts_with(b"endobj") => {
                copied += headers.saturating_sub(1) * (at - object) as u64;
                (headers, object) = (0, at);
            }
            b'o' if boundary && rest.starts_with(b"obj") => {
                headers += 1;
                header = at;
            }
            _ => {}
        }
        let delimiter = matches!(byte, b'(' | b'<' | b'[' | b'/');
        let space = is_space(input.get(at).copied().unwrap_or(b' '));
        if delimiter || (boundary && !space) {
            tokens += 1;
        }
        boundary = space || delimiter || matches!(byte, b')' | b'>' | b']');
        at += 1;
    }
    // An object without an end is read, or copied, once for each header in it.
    copied += headers.saturating_sub(1) * (input.len() - object) as u64;
    let copied_too_often = copied > MAX_OBJECT_BYTES + 2 * input.len() as u64;
    if tokens > limit || copied_too_often || !entries.fit(input) {
        return Err(PdfError::TooManyObjects { limit });
    }
    Ok(())
}

/// Whether the keyword after a dictionary is at `at`.
fn is_stream(input: &[u8], at: usize) -> bool {
    let before = input[..at].iter().rev().find(|byte| !is_space(**byte));
    before == Some(&b'>')
        && input[at..].starts_with(b"stream")
        && matches!(input.get(at + 6), Some(b'\r' | b'\n'))
}

pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = haystack.get(from..)?.iter().position(|byte| *byte == first) {
        from += at + 1;
        if haystack[from - 1..].starts_with(needle) {
            return Some(from - 1);
        }
    }
    None
}

/// Runs a load with [`filter`] counting; the second value tells whether everything fitted.
pub(crate) fn counted<T>(input: &[u8], load: impl FnOnce() -> T) -> (T, bool) {
    LEFT.set(Some(MAX_OBJECT_BYTES + input.len() as u64));
    let result = load();
    (result, LEFT.take().is_some())
}

/// Leaves out what text and information do not need, and everything once memory is used up.
pub(crate) fn filter(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let left = LEFT.get()?;
    if let Object::Stream(stream) = object {
        if is_dead_weight(&stream.dict) {
            return None;
        }
        if stream.dict.has_type(b"ObjStm")
            && let Ok(content) = stream.get_plain_content_with_limit(MAX_LOAD_BYTES)
        {
            LEFT.set(left.checked_sub(dense(&content) * OBJECT));
            LEFT.get()?;
            // What it holds is counted again, object by object.
            LEFT.set(Some(left));
        }
    }
    if let Object::Integer(length) = object {
        // Lengths past 2 GiB, of streams that are not there, overflow offsets of 32 bits.
        *length = (*length).clamp(-i64::from(i32::MAX), i64::from(i32::MAX));
    }
    if let Object::Stream(stream) = object
        && let Ok(Object::Integer(length)) = stream.dict.get_mut(b"Length")
    {
        *length = (*length).min(i64::from(i32::MAX));
    }
    LEFT.set(LEFT.get()?.checked_sub(cost(object)));
    LEFT.get()?;
    // The engine keeps the object that was passed where it comes from the file, and the one that is returned where
    // it comes from an object stream, which has no streams.
    let kept = if matches!(object, Object::Stream(_)) { Object::Null } else { object.clone() };
    Some((id, kept))
}

/// Images and embedded font programs.
fn is_dead_weight(dictionary: &Dictionary) -> bool {
    let subtype = dictionary.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    matches!(subtype, b"Image" | b"Type1C" | b"CIDFontType0C" | b"OpenType")
        || dictionary.has(b"Length1")
}

/// Tokens of an object stream.
fn dense(content: &[u8]) -> u64 {
    let mut boundary = true;
    let mut tokens = 0;
    for byte in content {
        let space = is_space(*byte);
        let delimiter = matches!(byte, b'(' | b'<' | b'[' | b'/');
        tokens += u64::from(delimiter || (boundary && !space));
        boundary = space || delimiter || matches!(byte, b')' | b'>' | b']');
    }
    tokens
}

/// Bytes that an object takes; parsing bounds its depth.
fn cost(object: &Object) -> u64 {
    OBJECT
        + match object {
            Object::Name(bytes) | Object::String(bytes, _) => bytes.len() as u64,
            Object::Array(array) => array.iter().map(cost).sum(),
            Object::Dictionary(dictionary) => entries(dictionary),
            Object::Stream(stream) => stream.content.len() as u64 + entries(&stream.dict),
            _ => 0,
        }
}

fn entries(dictionary: &Dictionary) -> u64 {
    dictionary.iter().map(|(key, value)| ENTRY + key.len() as u64 + cost(value)).sum()
}
