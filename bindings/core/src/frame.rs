//! The batch frame: how a call lies in the arena that JavaScript wrote.
//!
//! ```text
//! u32 op | u32 count | u32 cells | u32 blob bytes | f64 cells… | u32 length of each item… | blob | items, one after another
//! ```
//! All numbers are little-endian. The header is 16 bytes, so the cells stay aligned for JavaScript's typed arrays.

use crate::{Code, Error};

/// Most options that an operation may declare.
const MAX_CELLS: usize = 32;
const HEADER_BYTES: usize = 16;

/// A parsed frame; it borrows blob and items from the arena.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The operation's number.
    pub op: u32,
    /// One cell per option, NaN where it was not given.
    pub cells: Vec<f64>,
    /// Contents of the options that are bytes or text.
    pub blob: &'a [u8],
    /// The items of the batch.
    pub items: Vec<&'a [u8]>,
}

impl<'a> Frame<'a> {
    /// Splits an arena into its parts.
    ///
    /// # Errors
    /// `ERR_INTERNAL` where the lengths do not add up, which only a bug of the wrapper can cause.
    pub fn parse(arena: &'a [u8]) -> Result<Self, Error> {
        Self::split(arena)
            .ok_or_else(|| Error::new(Code::Internal, "the lengths of a batch frame do not add up"))
    }

    fn split(arena: &'a [u8]) -> Option<Self> {
        let (header, rest) = arena.split_at_checked(HEADER_BYTES)?;
        let field = |index: usize| header.get(index * 4..index * 4 + 4).and_then(u32_le);
        let (op, count) = (field(0)?, field(1)? as usize);
        let (cells, blob) = (field(2)? as usize, field(3)? as usize);
        if cells > MAX_CELLS {
            return None;
        }
        let (row, rest) = rest.split_at_checked(cells * 8)?;
        let (lengths, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (blob, mut rest) = rest.split_at_checked(blob)?;
        let mut items = Vec::new();
        items.try_reserve_exact(count).ok()?;
        for length in lengths.chunks_exact(4) {
            let (item, tail) = rest.split_at_checked(u32_le(length)? as usize)?;
            items.push(item);
            rest = tail;
        }
        let cells = row.chunks_exact(8).filter_map(f64_le).collect();
        rest.is_empty().then_some(Self { op, cells, blob, items })
    }
}

fn u32_le(bytes: &[u8]) -> Option<u32> {
    bytes.try_into().ok().map(u32::from_le_bytes)
}

fn f64_le(bytes: &[u8]) -> Option<f64> {
    bytes.try_into().ok().map(f64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut arena = Vec::new();
        for field in [7_u32, 2, 1, 3] {
            arena.extend(field.to_le_bytes());
        }
        arena.extend(f64::NAN.to_le_bytes());
        arena.extend(5_u32.to_le_bytes());
        arena.extend(0_u32.to_le_bytes());
        arena.extend(b"key");
        arena.extend(b"hello");
        arena
    }

    #[test]
    fn splits_into_its_parts() {
        let arena = sample();
        let frame = Frame::parse(&arena).unwrap();
        assert_eq!((frame.op, frame.blob), (7, &b"key"[..]));
        assert!(frame.cells.len() == 1 && frame.cells[0].is_nan());
        assert_eq!(frame.items, [&b"hello"[..], b""]);
    }

    #[test]
    fn refuses_every_length_but_the_right_one() {
        let arena = sample();
        for length in 0..arena.len() {
            assert_eq!(Frame::parse(&arena[..length]).unwrap_err().code, Code::Internal);
        }
        let longer = [arena.as_slice(), b"x"].concat();
        assert_eq!(Frame::parse(&longer).unwrap_err().code, Code::Internal);
    }

    #[test]
    fn counts_that_overflow_are_refused() {
        let mut arena = sample();
        arena[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(Frame::parse(&arena).is_err());
    }
}
