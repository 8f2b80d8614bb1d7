//! `RunLengthDecode` (ISO 32000-1, 7.4.5).

use super::Sink;
use crate::PdfError;

/// False where the output is over the limit.
pub(super) fn decode(input: &[u8], sink: &mut Sink<'_>) -> Result<bool, PdfError> {
    let mut at = 0;
    while let Some(&length) = input.get(at) {
        at += 1;
        if length == 128 {
            break;
        }
        let count = if length < 128 { usize::from(length) + 1 } else { 257 - usize::from(length) };
        if !sink.reserve(count)? {
            return Ok(false);
        }
        if length < 128 {
            let end = (at + count).min(input.len());
            sink.output.extend_from_slice(&input[at..end]);
            at = end;
        } else {
            let Some(&byte) = input.get(at) else { break };
            sink.output.resize(sink.output.len() + count, byte);
            at += 1;
        }
    }
    Ok(true)
}
