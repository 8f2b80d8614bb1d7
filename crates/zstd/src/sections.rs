//! Headers of the sections of a compressed block (RFC 8878, 3.1.1.3), as far as the engine does not check
//! what they must not say.

/// Fewer literals than this cannot be in four streams (format specification, `Jump_Table`).
const MIN_FOUR_STREAMS: u64 = 6;

/// Says what was expected of a compressed block that breaks a rule visible in its headers. A block too
/// short for its headers passes: the engine says so.
pub(crate) fn check(block: &[u8]) -> Result<(), &'static str> {
    let Some(after) = literals(block)? else { return Ok(()) };
    let Some(sequences) = block.get(after..) else { return Ok(()) };
    // Number_of_Sequences takes one to three bytes (3.1.1.3.2.1).
    let modes = match *sequences {
        [1..=127, modes, ..] | [128..=254, _, modes, ..] | [255, _, _, modes, ..] => modes,
        _ => 0,
    };
    if modes.trailing_zeros() >= 2 {
        Ok(())
    } else {
        Err("reserved bits of a sequences section to be 0")
    }
}

/// Length of the literals section (3.1.1.3.1), `None` where the block ends inside its header.
fn literals(block: &[u8]) -> Result<Option<usize>, &'static str> {
    let Some(first) = block.first() else { return Ok(None) };
    let (kind, format) = (first & 3, (first >> 2) & 3);
    let header_len = match (kind, format) {
        (0 | 1, 0 | 2) => 1,
        (0 | 1, 1) => 2,
        (0 | 1, _) | (_, 0 | 1) => 3,
        (_, 2) => 4,
        _ => 5,
    };
    let Some(header) = block.get(..header_len) else { return Ok(None) };
    let bits = header.iter().rev().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let section = if kind < 2 {
        let regenerated = if header_len == 1 { bits >> 3 } else { bits >> 4 };
        // Raw literals are all there; RLE literals are one byte.
        if kind == 0 { regenerated } else { 1 }
    } else {
        // Regenerated size and compressed size, both of this many bits.
        let width = [10, 10, 14, 18][usize::from(format)];
        let regenerated = (bits >> 4) & ((1 << width) - 1);
        if format != 0 && regenerated < MIN_FOUR_STREAMS {
            return Err("at least 6 literals in four streams");
        }
        bits >> (4 + width)
    };
    Ok(Some(header_len + section as usize))
}
