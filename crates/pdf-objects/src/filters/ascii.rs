//! `ASCIIHexDecode` and `ASCII85Decode` (ISO 32000-1, 7.4.2 and 7.4.3).

use super::Sink;
use crate::PdfError;
use crate::strings::decode_hexadecimal;

/// Up to `>`; what is no digit is skipped.
pub(super) fn decode_hex(input: &[u8], sink: &mut Sink<'_>) -> Result<bool, PdfError> {
    let end = memchr::memchr(b'>', input).unwrap_or(input.len());
    if !sink.reserve(end.div_ceil(2))? {
        return Ok(false);
    }
    decode_hexadecimal(&input[..end], sink.output);
    Ok(true)
}

/// Up to `~`; what is no digit is skipped, so is `<~` before the first.
pub(super) fn decode_85(input: &[u8], sink: &mut Sink<'_>) -> Result<bool, PdfError> {
    let input = &input[crate::chars::skip_space(input, 0)..];
    let input = input.strip_prefix(b"<~").unwrap_or(input);
    let end = memchr::memchr(b'~', input).unwrap_or(input.len());
    let (mut group, mut count) = (0u32, 0u32);
    for byte in &input[..end] {
        match byte {
            b'z' if count == 0 => {
                if !sink.reserve(4)? {
                    return Ok(false);
                }
                sink.output.extend_from_slice(&[0; 4]);
            }
            b'!'..=b'u' => {
                // A group over 2^32 - 1 is an error; it wraps.
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    if !sink.reserve(4)? {
                        return Ok(false);
                    }
                    sink.output.extend_from_slice(&group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            _ => {}
        }
    }
    if count > 1 {
        if !sink.reserve(3)? {
            return Ok(false);
        }
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        sink.output.extend_from_slice(&group.to_be_bytes()[..count as usize - 1]);
    }
    Ok(true)
}
