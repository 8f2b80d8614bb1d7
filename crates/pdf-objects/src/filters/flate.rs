//! `FlateDecode` (ISO 32000-1, 7.4.4), as leniently as readers have it: headers may be wrong, and checksums are not
//! looked at.

use bytemill_gzip::{Ending, Salvager};

use super::Sink;
use crate::PdfError;
use crate::chars::skip_space;

/// False where the output is over the limit.
pub(super) fn decode(
    input: &[u8],
    salvager: &mut Salvager,
    sink: &mut Sink<'_>,
) -> Result<bool, PdfError> {
    if let Some(blocks) =
        after_header(input).or_else(|| after_header(&input[skip_space(input, 0)..]))
    {
        return run(blocks, salvager, sink);
    }
    // A header that is none: with it and without it, whichever gives more.
    if !run(input.get(2..).unwrap_or_default(), salvager, sink)? {
        return Ok(false);
    }
    let mut other = Vec::new();
    let fits = run(input, salvager, &mut Sink { output: &mut other, limit: sink.limit })?;
    if other.len() > sink.output.len() {
        *sink.output = other;
    }
    Ok(fits)
}

fn run(input: &[u8], salvager: &mut Salvager, sink: &mut Sink<'_>) -> Result<bool, PdfError> {
    match salvager.decompress(input, sink.limit, sink.output) {
        Ok(ending) => Ok(ending != Ending::Limit),
        // It has no other error.
        Err(_) => Err(PdfError::OutOfMemory { bytes: sink.output.len() }),
    }
}

/// What comes after the header of RFC 1950, section 2.2. Its check may be wrong where its method is right.
fn after_header(input: &[u8]) -> Option<&[u8]> {
    let [method, flags, ..] = *input else { return None };
    let checked = (u32::from(method) << 8 | u32::from(flags)) % 31 == 0;
    let known = method & 15 == 8 && method >> 4 <= 7;
    // A dictionary, which PDF does not have, would be named here.
    let length = if checked && flags & 32 != 0 { 6 } else { 2 };
    known.then(|| input.get(length..)).flatten()
}
