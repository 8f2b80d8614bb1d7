//! Cross-reference entries that lead to one object many times over (ISO 32000-1, 7.5.4, 7.5.8).
//!
//! The engine reads an object once for every entry, so that a few kilobytes of entries for one large object would
//! take minutes. They are counted before it sees the file.

use lopdf::content::Content;
use lopdf::xref::{XrefEntry, decode_xref_stream_with_limit};
use lopdf::{Object, Stream};

use crate::guard::find;
use crate::lexer::is_space;

/// Bytes that are read again and again, and bytes of cross-reference streams, beside the size of the file.
const MAX_BYTES: u64 = 16 << 20;

/// The entries found so far.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// Offset and number of each.
    entries: Vec<(u32, u32)>,
    /// Bytes that streams inflated to.
    inflated: u64,
}

impl Entries {
    /// Reads the table after the keyword `xref` as the engine does: as long as there are pairs of numbers.
    pub(crate) fn table(&mut self, input: &[u8]) {
        let mut rest = input;
        let mut number = 0u32;
        while let Some((first, after)) = integer(rest) {
            let Some((_, after)) = integer(after) else { break };
            let after = trim(after);
            match after.first() {
                Some(b'n') => self.entries.push((first, number)),
                Some(b'f') => {}
                _ => {
                    number = first;
                    rest = after;
                    continue;
                }
            }
            number = number.wrapping_add(1);
            rest = &after[1..];
        }
    }

    /// Reads a stream if it is one of cross-references; false when there are too many bytes of them.
    pub(crate) fn stream(&mut self, dictionary: &[u8], payload: &[u8], size: usize) -> bool {
        // Names may be written with escapes.
        if find(dictionary, b"/W").is_none() && !dictionary.contains(&b'#') {
            return true;
        }
        let Some(start) = find(dictionary, b"<<") else { return true };
        let operation = [&dictionary[start..], b" x"].concat();
        let operand = Content::decode_iter(&operation).next().and_then(Result::ok);
        let Some(Object::Dictionary(dictionary)) = operand.and_then(|mut o| o.operands.pop())
        else {
            return true;
        };
        if !dictionary.has(b"W") || !dictionary.has(b"Size") {
            return true;
        }
        let left = (MAX_BYTES + size as u64).saturating_sub(self.inflated);
        let left = usize::try_from(left).unwrap_or(usize::MAX).min(crate::guard::MAX_LOAD_BYTES);
        let content = match Stream::new(dictionary.clone(), payload.to_vec())
            .get_plain_content_with_limit(left)
        {
            Ok(content) => content,
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded {
                ..
            })) => return false,
            Err(_) => return true,
        };
        self.inflated += content.len() as u64;
        let mut plain = dictionary;
        plain.remove(b"Filter");
        plain.remove(b"DecodeParms");
        if let Ok((xref, _)) =
            decode_xref_stream_with_limit(Stream::new(plain, content), Some(left))
        {
            self.entries.extend(xref.entries.iter().filter_map(|(number, entry)| match entry {
                XrefEntry::Normal { offset, .. } => Some((*offset, *number)),
                _ => None,
            }));
        }
        true
    }

    /// Whether reading every entry's object reads little more than the file.
    pub(crate) fn fit(mut self, input: &[u8]) -> bool {
        // Tables of later revisions repeat those of earlier ones.
        self.entries.sort_unstable();
        self.entries.dedup();
        let start = find(input, b"%PDF-").unwrap_or(0);
        let mut left = Some(MAX_BYTES + 4 * input.len() as u64);
        for same in self.entries.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            let object = input.get(start.saturating_add(same[0].0 as usize)..).unwrap_or_default();
            let extent = find(object, b"endobj").unwrap_or(object.len());
            left = left.and_then(|left| left.checked_sub((same.len() as u64 - 1) * extent as u64));
            if left.is_none() {
                return false;
            }
        }
        true
    }
}

fn trim(input: &[u8]) -> &[u8] {
    let start = input.iter().position(|byte| !is_space(*byte)).unwrap_or(input.len());
    &input[start..]
}

/// A number after white space, and what follows it.
fn integer(input: &[u8]) -> Option<(u32, &[u8])> {
    let input = trim(input);
    let digits = input.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(input.len());
    let (digits, rest) = input.split_at(digits);
    let value = digits.iter().fold(0u32, |value, digit| {
        value.saturating_mul(10).saturating_add(u32::from(digit - b'0'))
    });
    (!digits.is_empty()).then_some((value, rest))
}
