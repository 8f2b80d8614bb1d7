//! Lists of byte strings, which CFF calls INDEX (section 5).

use crate::face::read::{u8_at, u16_at};
use crate::syntax::Output;

/// A list that is in a font.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Index<'a> {
    count: usize,
    /// Bytes of an offset.
    size: usize,
    offsets: &'a [u8],
    /// What offsets count from 1 on.
    data: &'a [u8],
}

impl<'a> Index<'a> {
    /// The list at an offset, and where it ends.
    pub(super) fn parse(cff: &'a [u8], at: usize) -> Option<(Self, usize)> {
        let count = usize::from(u16_at(cff, at)?);
        if count == 0 {
            return Some((Self::default(), at + 2));
        }
        let size = usize::from(u8_at(cff, at + 2)?);
        if !(1..=4).contains(&size) {
            return None;
        }
        let (start, end) = (at + 3, at + 3 + (count + 1) * size);
        let offsets = cff.get(start..end)?;
        let index = Self { count, size, offsets, data: cff.get(end..)? };
        let len = index.offset(count)?;
        index.data.get(..len)?;
        Some((index, end + len))
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn get(&self, number: usize) -> Option<&'a [u8]> {
        if number >= self.count {
            return None;
        }
        self.data.get(self.offset(number)?..self.offset(number + 1)?)
    }

    fn offset(&self, number: usize) -> Option<usize> {
        let bytes = self.offsets.get(number * self.size..(number + 1) * self.size)?;
        let offset = bytes.iter().fold(0, |offset, byte| offset << 8 | u32::from(*byte));
        (offset as usize).checked_sub(1)
    }
}

/// Writes a list.
pub(super) fn write<'s>(
    output: &mut Output,
    strings: impl ExactSizeIterator<Item = &'s [u8]> + Clone,
) {
    let count = strings.len() as u16;
    output.put(count.to_be_bytes());
    if count == 0 {
        return;
    }
    let total = strings.clone().fold(1, |total, string| total + string.len() as u64);
    let size = match total {
        0..0x100 => 1,
        0x100..0x1_0000 => 2,
        0x1_0000..0x100_0000 => 3,
        _ => 4,
    };
    output.put([size as u8]);
    let mut offset = 1_u32;
    let put = |output: &mut Output, offset: u32| _ = output.put(&offset.to_be_bytes()[4 - size..]);
    put(output, offset);
    for string in strings.clone() {
        offset = offset.wrapping_add(string.len() as u32);
        put(output, offset);
    }
    for string in strings {
        output.put(string);
    }
}
