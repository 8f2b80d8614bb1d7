//! Image file directories (section 2). EXIF data are such a structure too.

use core::ops::Range;

use crate::FormatError;
use crate::bytes::array;
use crate::error::invalid;

/// A TIFF structure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tiff<'a> {
    bytes: &'a [u8],
    /// Whether numbers have their low byte first.
    pub(crate) little: bool,
}

/// A directory of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Directory<'a> {
    tiff: Tiff<'a>,
    /// Where its first entry lies, and how many there are.
    at: usize,
    entries: usize,
}

/// An entry of that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) tiff: Tiff<'a>,
    /// Number of its type.
    pub(crate) kind: u16,
    pub(crate) count: u32,
    /// Where its values lie.
    pub(crate) values: usize,
}

impl<'a> Tiff<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let little = match &array::<4>(bytes, 0)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return Err(invalid("a TIFF header")),
        };
        Ok(Self { bytes, little })
    }

    fn short(self, at: usize) -> Result<u16, FormatError> {
        let bytes = array(self.bytes, at)?;
        Ok(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(self, at: usize) -> Result<u32, FormatError> {
        let bytes = array(self.bytes, at)?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// Where the first directory lies.
    pub(crate) fn first(self) -> Result<usize, FormatError> {
        self.long(4).map(|at| at as usize)
    }

    pub(crate) fn directory(self, at: usize) -> Result<Directory<'a>, FormatError> {
        let entries = usize::from(self.short(at)?);
        let at = at.checked_add(2).ok_or(FormatError::Truncated)?;
        Ok(Directory { tiff: self, at, entries })
    }

    /// Where each directory lies. A chain that bites its tail ends there.
    pub(crate) fn directories(self) -> impl Iterator<Item = usize> {
        let (mut next, mut count, mut seen) = (self.first().unwrap_or(0), 0_u32, 0);
        core::iter::from_fn(move || {
            if next == 0 || next == seen {
                return None;
            }
            let here = next;
            count += 1;
            // Brent's method: what is compared with moves on after 1, 2, 4, 8... steps.
            if count.is_power_of_two() {
                seen = here;
            }
            let directory = self.directory(here).ok()?;
            let behind = directory.at.checked_add(12 * directory.entries)?;
            next = self.long(behind).unwrap_or(0) as usize;
            Some(here)
        })
    }
}

impl<'a> Directory<'a> {
    /// The first entry of a tag.
    pub(crate) fn find(&self, tag: u16) -> Option<Entry<'a>> {
        let tiff = self.tiff;
        for number in 0..self.entries {
            let at = self.at.checked_add(12 * number)?;
            if tiff.short(at).ok()? != tag {
                continue;
            }
            let (kind, count) = (tiff.short(at + 2).ok()?, tiff.long(at + 4).ok()?);
            let bytes = u64::from(count) * size(kind)?;
            // What has at most four bytes is where the place of others is.
            let values = if bytes <= 4 { at + 8 } else { tiff.long(at + 8).ok()? as usize };
            return Some(Entry { tiff, kind, count, values });
        }
        None
    }
}

/// Bytes to a value of a type.
fn size(kind: u16) -> Option<u64> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 => Some(8),
        _ => None,
    }
}

impl Entry<'_> {
    /// A value that is a whole number without sign.
    pub(crate) fn number(&self, index: u32) -> Option<u32> {
        if index >= self.count {
            return None;
        }
        let at = |size: usize| self.values.checked_add((index as usize).checked_mul(size)?);
        match self.kind {
            1 | 7 => self.tiff.bytes.get(at(1)?).map(|byte| u32::from(*byte)),
            3 => self.tiff.short(at(2)?).ok().map(u32::from),
            4 | 13 => self.tiff.long(at(4)?).ok(),
            _ => None,
        }
    }

    /// A fraction without sign.
    pub(crate) fn rational(&self, index: u32) -> Option<(u32, u32)> {
        if index >= self.count || self.kind != 5 {
            return None;
        }
        let at = self.values.checked_add((index as usize).checked_mul(8)?)?;
        Some((self.tiff.long(at).ok()?, self.tiff.long(at.checked_add(4)?).ok()?))
    }

    /// Where its values lie, all of them in the file.
    pub(crate) fn range(&self) -> Option<Range<usize>> {
        let bytes = usize::try_from(u64::from(self.count) * size(self.kind)?).ok()?;
        let end = self.values.checked_add(bytes)?;
        (end <= self.tiff.bytes.len()).then_some(self.values..end)
    }
}
