//! Where a stream's bytes begin and end (ISO 32000-1, 7.3.8).

use bytemill_gzip::Salvager;

use crate::budget::Budget;
use crate::chars::skip_space;
use crate::filters::{self, Filter, Params};
use crate::lexer::Lexer;
use crate::{Dictionary, Object, PdfError};

/// Where the bytes begin, if the keyword `stream` comes next.
pub(crate) fn start(input: &[u8], lexer: &Lexer<'_>) -> Option<usize> {
    let mut lexer = lexer.clone();
    lexer.skip_space();
    let at = lexer.position();
    if !input[at..].starts_with(b"stream") {
        return None;
    }
    let mut at = at + 6;
    // Some write spaces before the end of the line, or a carriage return alone.
    while matches!(input.get(at), Some(b' ' | b'\t'))
        && matches!(input.get(at + 1), Some(b' ' | b'\t' | b'\r' | b'\n'))
    {
        at += 1;
    }
    match input.get(at..)? {
        [b'\r', b'\n', ..] => at += 2,
        [b'\r' | b'\n', ..] => at += 1,
        _ => {}
    }
    Some(at)
}

/// Where the bytes end as the dictionary has it, if `endstream` follows there.
pub(crate) fn declared_end(input: &[u8], start: usize, length: Option<i64>) -> Option<usize> {
    let end = start.checked_add(usize::try_from(length?).ok()?)?;
    let rest = input.get(skip_space(input, end)..)?;
    (end <= input.len() && (rest.starts_with(b"endstream") || rest.starts_with(b"endobj")))
        .then_some(end)
}

/// The place before the end of line that precedes `at`.
pub(crate) fn before_line_end(input: &[u8], start: usize, at: usize) -> usize {
    let line = match &input[start..at] {
        [.., b'\r', b'\n'] => 2,
        [.., b'\r' | b'\n'] => 1,
        _ => 0,
    };
    at - line
}

/// Where the bytes of a cross-reference stream end; its length is direct.
pub(crate) fn end(input: &[u8], start: usize, length: Option<&Object>) -> usize {
    let length = length.and_then(Object::as_integer);
    if let Some(end) = declared_end(input, start, length) {
        return end;
    }
    match memchr::memmem::find(&input[start..], b"endstream") {
        Some(at) => before_line_end(input, start, start + at),
        None => input.len(),
    }
}

/// Undoes the filters of a stream whose dictionary has no references.
pub(crate) fn decode_plain(
    input: &[u8],
    dictionary: &Dictionary,
    salvager: &mut Salvager,
    budget: &Budget,
) -> Result<Vec<u8>, PdfError> {
    budget.read(input.len())?;
    let one = |object: &Object| object.as_name().and_then(Filter::from_name);
    let filters: Vec<Option<Filter>> = match dictionary.get(b"Filter") {
        Some(Object::Array(names)) => names.iter().take(8).map(one).collect(),
        Some(name) => vec![one(name)],
        None => Vec::new(),
    };
    let mut data = None;
    for (index, filter) in filters.into_iter().enumerate() {
        let params = match dictionary.get(b"DecodeParms") {
            Some(Object::Array(all)) => all.get(index).and_then(Object::as_dictionary),
            Some(object) => object.as_dictionary(),
            None => None,
        };
        let params = params.map_or_else(Params::default, |params| {
            Params::read(|key| params.get(key).and_then(Object::as_integer))
        });
        let filter = filter.ok_or(PdfError::Invalid { expected: "a known filter" })?;
        let bytes = data.as_deref().unwrap_or(input);
        data = Some(filters::decode(filter, bytes, &params, salvager, budget)?);
    }
    Ok(data.unwrap_or_else(|| input.to_vec()))
}
