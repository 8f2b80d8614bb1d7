//! The one normalization of text that this kernel does itself.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::chunks::OutOfMemory;

/// Every CR LF, and every CR that no LF follows, as LF; other bytes as they are. Nothing is copied where there is no CR.
///
/// Takes time linear in the length of the input.
///
/// # Errors
///
/// [`OutOfMemory`].
pub(crate) fn normalized(input: &[u8]) -> Result<Cow<'_, [u8]>, OutOfMemory> {
    let next = |from: &[u8]| from.iter().position(|byte| *byte == b'\r');
    let Some(mut at) = next(input) else { return Ok(Cow::Borrowed(input)) };
    let mut output = Vec::new();
    output.try_reserve_exact(input.len()).map_err(|_| OutOfMemory)?;
    let mut rest = input;
    loop {
        let (line, end) = rest.split_at(at);
        output.extend_from_slice(line);
        output.push(b'\n');
        rest = match end {
            [_, b'\n', rest @ ..] | [_, rest @ ..] => rest,
            [] => end,
        };
        match next(rest) {
            Some(found) => at = found,
            None => break,
        }
    }
    output.extend_from_slice(rest);
    Ok(Cow::Owned(output))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_end_becomes_one() {
        for (input, expected) in [
            ("", ""),
            ("a\nb", "a\nb"),
            ("a\r\nb\r\n", "a\nb\n"),
            ("a\rb\r", "a\nb\n"),
            ("\r\r\n\r", "\n\n\n"),
            ("\n\r\n\n", "\n\n\n"),
        ] {
            assert_eq!(normalized(input.as_bytes()).unwrap(), expected.as_bytes(), "{input:?}");
        }
    }
}
