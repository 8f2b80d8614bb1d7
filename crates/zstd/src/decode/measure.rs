//! How much a frame will give, without decoding it: the lengths of its literals are in headers, and those of its matches
//! are read from the sequences, which are few where little input gives much.
//!
//! Output that grows out of proportion to its input is measured before memory is reserved for it: a frame that gives too
//! much ends before it takes any, and one that does not gets what it needs, instead of up to twice as much.

use alloc::boxed::Box;

use super::bits::{Bits, field};
use super::literals;
use super::sequences::Header;
use super::tables::Tables;
use crate::Dictionary;
use crate::frame::{BlockKind, Frame, block_header, take};

/// How many bytes a frame gives. `None` where it cannot be decoded. Stops counting once there are more than `most`.
pub(super) fn content(
    input: &[u8],
    frame: &Frame,
    dictionary: Option<&Dictionary>,
    most: u64,
) -> Option<u64> {
    let mut tables = Box::new(Tables::new());
    if let Some(prepared) = dictionary.and_then(Dictionary::prepared) {
        prepared.copy_tables_to(&mut tables);
    }
    let max_block = frame.info.max_block();
    let mut total = 0;
    let mut at = frame.start + frame.info.header_len;
    while total <= most {
        let header = block_header(take(input, at, at, 3).ok()?, at, max_block).ok()?;
        let body = at + 3;
        at = body + header.body_len();
        total += match header.kind {
            BlockKind::Compressed => block(input, body, at, &mut tables, max_block)?,
            BlockKind::Raw | BlockKind::Rle => header.size as u64,
        };
        if header.last {
            break;
        }
    }
    Some(total)
}

/// How many bytes the compressed block `source[start..end]` gives.
fn block(
    source: &[u8],
    start: usize,
    end: usize,
    tables: &mut Tables,
    max_block: usize,
) -> Option<u64> {
    let head = literals::Head::read(source.get(start..end)?).ok()?;
    let after = start + head.header_len + head.body_len();
    let section = source.get(after..end)?;
    let header = Header::read(section)?;
    let mut total = head.len as u64;
    if header.count > 0 {
        let len = tables.read(header.modes, section.get(header.len..)?).ok()?;
        let stream = after + header.len + len;
        total += matches(source, (stream, end), header.count, tables)?;
    }
    (total <= max_block as u64).then_some(total)
}

/// The lengths of all matches in the bit stream `source[start..end]` (RFC 8878, 3.1.1.3.2.1.2).
fn matches(
    source: &[u8],
    (start, end): (usize, usize),
    count: u32,
    tables: &Tables,
) -> Option<u64> {
    let mut bits = Bits::new(source, start, end)?;
    let mut literals_state = bits.read(tables.literals_length.accuracy);
    let mut offset_state = bits.read(tables.offset.accuracy);
    let mut match_state = bits.read(tables.match_length.accuracy);
    let mut total = 0;
    for left in (0..count).rev() {
        let literals = tables.literals_length.get(literals_state);
        let offset = tables.offset.get(offset_state);
        let matched = tables.match_length.get(match_state);
        if !bits.try_refill(source) {
            return None;
        }
        // At most 31 of the 56 bits, then twice 16.
        let extra = field(bits.word(), u32::from(offset.extra), matched.extra);
        total += u64::from(matched.base + extra);
        let used = u32::from(offset.extra) + u32::from(matched.extra);
        if used + u32::from(literals.extra) > 30 {
            bits.skip(used);
            if !bits.try_refill(source) {
                return None;
            }
            bits.skip(u32::from(literals.extra));
        } else {
            bits.skip(used + u32::from(literals.extra));
        }
        if left > 0 {
            literals_state = u32::from(literals.next) + bits.read(literals.bits);
            match_state = u32::from(matched.next) + bits.read(matched.bits);
            offset_state = u32::from(offset.next) + bits.read(offset.bits);
        }
    }
    bits.is_at(start).then_some(total)
}
