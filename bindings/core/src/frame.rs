//! The batch frame: how a call lies in the arena that JavaScript wrote.
//!
//! ```text
//! u32 op | u32 count | u32 cells | u32 blob bytes | f64 cells… | u32 length of each item… | blob | items, one after another
//! ```
//! All numbers are little-endian. The header is 16 bytes, so the cells stay aligned for JavaScript's typed arrays.
//! Parsing allocates nothing: on a call with 64 bytes of input, two allocations cost as much as the rest of the way.

use crate::{Code, Error};

const HEADER_BYTES: usize = 16;

/// The cells of a row: one number per option, NaN where it was not given.
#[derive(Clone, Copy, Debug)]
pub enum Cells<'a> {
    /// As numbers.
    Values(&'a [f64]),
    /// As they lie in an arena, eight little-endian bytes each.
    Bytes(&'a [u8]),
}

impl Cells<'_> {
    /// Whether there is none: every option has its default.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Values(values) => values.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
        }
    }

    /// The cell at `index`; none where the row is shorter.
    pub fn get(&self, index: usize) -> Option<f64> {
        match self {
            Self::Values(values) => values.get(index).copied(),
            Self::Bytes(bytes) => {
                let (start, end) = (index.checked_mul(8)?, index.checked_mul(8)?.checked_add(8)?);
                f64_le(bytes.get(start..end)?)
            }
        }
    }
}

/// The items of a batch.
#[derive(Clone, Copy, Debug)]
pub enum Items<'a> {
    /// Each on its own.
    List(&'a [&'a [u8]]),
    /// One after another, after a little-endian u32 for the length of each.
    Packed {
        /// Four bytes per item.
        lengths: &'a [u8],
        /// Exactly as long as the lengths say.
        bytes: &'a [u8],
    },
}

impl<'a> Items<'a> {
    /// How many they are.
    pub fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Packed { lengths, .. } => lengths.len() / 4,
        }
    }

    /// Whether the batch is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items, in order.
    pub fn iter(&self) -> ItemsIter<'a> {
        match *self {
            Self::List(list) => ItemsIter { list, lengths: &[], rest: &[] },
            Self::Packed { lengths, bytes } => {
                ItemsIter { list: &[], lengths: lengths.as_chunks().0, rest: bytes }
            }
        }
    }
}

impl<'a> IntoIterator for &Items<'a> {
    type Item = &'a [u8];
    type IntoIter = ItemsIter<'a>;

    fn into_iter(self) -> ItemsIter<'a> {
        self.iter()
    }
}

/// Goes over the items of a batch.
#[derive(Clone, Debug)]
pub struct ItemsIter<'a> {
    list: &'a [&'a [u8]],
    lengths: &'a [[u8; 4]],
    rest: &'a [u8],
}

impl<'a> Iterator for ItemsIter<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        if let Some((length, lengths)) = self.lengths.split_first() {
            self.lengths = lengths;
            let length = u32::from_le_bytes(*length) as usize;
            let (item, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
            self.rest = rest;
            return Some(item);
        }
        let (item, list) = self.list.split_first()?;
        self.list = list;
        Some(item)
    }
}

/// A parsed frame; it borrows blob and items from the arena.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The operation's number.
    pub op: u32,
    /// The options.
    pub cells: Cells<'a>,
    /// Contents of the options that are bytes or text.
    pub blob: &'a [u8],
    /// The items of the batch.
    pub items: Items<'a>,
}

impl<'a> Frame<'a> {
    /// Splits an arena into its parts.
    ///
    /// # Errors
    /// `ERR_INTERNAL` where the lengths do not add up, which only a bug of the wrapper can cause.
    pub fn parse(arena: &'a [u8]) -> Result<Self, Error> {
        Self::split(arena).ok_or_else(Self::broken)
    }

    #[cold]
    pub(crate) fn broken() -> Error {
        Error::new(Code::Internal, "the lengths of a batch frame do not add up")
    }

    fn split(arena: &'a [u8]) -> Option<Self> {
        let (header, rest) = arena.split_at_checked(HEADER_BYTES)?;
        let field = |index: usize| header.get(index * 4..index * 4 + 4).and_then(u32_le);
        let (op, count) = (field(0)?, field(1)? as usize);
        let (cells, blob) = (field(2)? as usize, field(3)? as usize);
        let (cells, rest) = rest.split_at_checked(cells.checked_mul(8)?)?;
        let (lengths, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (blob, bytes) = rest.split_at_checked(blob)?;
        let mut total = 0_usize;
        for length in lengths.chunks_exact(4) {
            total = total.checked_add(u32_le(length)? as usize)?;
        }
        let cells = Cells::Bytes(cells);
        let items = Items::Packed { lengths, bytes };
        (total == bytes.len()).then_some(Self { op, cells, blob, items })
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
        assert!(frame.cells.get(0).is_some_and(f64::is_nan) && frame.cells.get(1).is_none());
        assert_eq!(frame.items.iter().collect::<Vec<_>>(), [&b"hello"[..], b""]);
        assert_eq!(frame.items.len(), 2);
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
    fn a_list_gives_its_items_in_order() {
        let list = [&b"a"[..], b"", b"bc"];
        assert_eq!(Items::List(&list).iter().collect::<Vec<_>>(), list);
        assert!(Items::List(&[]).is_empty());
    }

    #[test]
    fn counts_that_overflow_are_refused() {
        let mut arena = sample();
        arena[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(Frame::parse(&arena).is_err());
    }
}
