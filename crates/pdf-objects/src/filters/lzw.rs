//! `LZWDecode` (ISO 32000-1, 7.4.4): codes of 9 to 12 bits, the most significant bit first.

use super::Sink;
use crate::PdfError;

const CLEAR: usize = 256;
const END: usize = 257;
const CODES: usize = 4096;

/// False where the output is over the limit. A code that is none ends the data.
pub(super) fn decode(input: &[u8], early: bool, sink: &mut Sink<'_>) -> Result<bool, PdfError> {
    // Each code's string is one of the output: that of the code before it, and the byte that follows there.
    let mut strings = vec![(0u32, 0u16); CODES];
    let (mut next, mut width) = (END + 1, 9);
    let mut previous: Option<(usize, usize)> = None;
    let (mut buffer, mut count) = (0u32, 0);
    for byte in input {
        buffer = buffer << 8 | u32::from(*byte);
        count += 8;
        if count < width {
            continue;
        }
        count -= width;
        let code = (buffer >> count) as usize & ((1 << width) - 1);
        match code {
            CLEAR => {
                (next, width, previous) = (END + 1, 9, None);
                continue;
            }
            END => return Ok(true),
            _ => {}
        }
        let start = sink.output.len();
        if u32::try_from(start).is_err() {
            return Ok(false);
        }
        let length = if code < CLEAR {
            1
        } else if code < next {
            usize::from(strings[code].1)
        } else {
            // The code that this one makes: the string before, and its first byte.
            match previous {
                Some((_, length)) if code == next => length + 1,
                _ => return Ok(true),
            }
        };
        if !sink.reserve(length)? {
            return Ok(false);
        }
        if code < CLEAR {
            sink.output.push(code as u8);
        } else {
            let from = if code < next {
                strings[code].0 as usize
            } else {
                previous.map_or(start, |(from, _)| from)
            };
            // The last byte may be one that is written here.
            let whole = length.min(start - from);
            sink.output.extend_from_within(from..from + whole);
            for at in from + whole..from + length {
                sink.output.push(sink.output[at]);
            }
        }
        if let Some((from, length)) = previous
            && next < CODES
        {
            strings[next] = (from as u32, (length + 1) as u16);
            next += 1;
        }
        previous = Some((start, length));
        width = match next + usize::from(early) {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    Ok(true)
}
