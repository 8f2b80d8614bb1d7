//! `CMaps`: from bytes of a string to codes, from codes to CIDs, and from codes to text (ISO 32000-1, 9.7.5 and 9.10.3).

mod lexer;
mod parse;
mod ranges;
mod spaces;

use std::sync::Arc;

pub(crate) use ranges::Ranges;
use ranges::{INDIRECT, Range};
pub(crate) use spaces::CodeSpaces;

use crate::UnicodeForm;

/// `CMaps` that one may stand on; Adobe's own chains have three.
const MAX_CHAIN: usize = 8;
/// UTF-16 units that one code may stand for: the longest ligature in Unicode has 18, and `ActualText`-like uses more.
const MAX_TARGET: usize = 255;

/// A code as it stands in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its bytes as one number, the first the most significant.
    pub value: u32,
    /// How many bytes it took: 1 to 4.
    pub length: u8,
}

/// A parsed or predefined `CMap`. Cloning is cheap where it stands on others.
#[derive(Clone, Debug, Default)]
pub struct CMap {
    pub(crate) vertical: bool,
    pub(crate) spaces: CodeSpaces,
    pub(crate) cids: Ranges,
    /// Codes without a glyph, each range with the CID of its replacement.
    pub(crate) undefined: Ranges,
    pub(crate) texts: Ranges,
    /// UTF-16 of the texts that are not one character: those with [`INDIRECT`].
    pub(crate) units: Vec<u16>,
    pub(crate) base: Option<Arc<CMap>>,
}

impl CMap {
    /// The `CMap` in a stream, `ToUnicode` or not. What is not understood is passed over, so that a stream without any
    /// mapping gives an empty one.
    ///
    /// `base` is asked for the `CMap` of a name behind `usecmap`; a stream's `UseCMap` entry, which may be a stream, is for
    /// [`with_base`](Self::with_base).
    pub fn parse(data: &[u8], base: &mut dyn FnMut(&[u8]) -> Option<Arc<CMap>>) -> Self {
        parse::parse(data, base)
    }

    /// `Identity-H` or `Identity-V`: codes of two bytes, which are the CIDs.
    pub fn identity(vertical: bool) -> Self {
        let mut map = Self { vertical, ..Self::default() };
        map.spaces.push(2, 0, 0xffff);
        map.spaces.finish(0);
        map.cids.push(2, 0, 0xffff, 0);
        map
    }

    /// Codes that are Unicode, without CIDs.
    pub(crate) fn unicode(form: UnicodeForm, vertical: bool) -> Self {
        let mut map = Self { vertical, ..Self::default() };
        let spaces: &[(usize, u32, u32)] = match form {
            UnicodeForm::Ucs2 => &[(2, 0, 0xffff)],
            UnicodeForm::Utf16 => {
                &[(2, 0, 0xd7ff), (4, 0xd800_dc00, 0xdbff_dfff), (2, 0xe000, 0xffff)]
            }
            UnicodeForm::Utf8 => &[
                (1, 0, 0x7f),
                (2, 0xc280, 0xdfbf),
                (3, 0xe0_8080, 0xef_bfbf),
                (4, 0xf080_8080, 0xf7bf_bfbf),
            ],
            UnicodeForm::Utf32 => &[(4, 0, 0x0010_ffff)],
        };
        for (length, low, high) in spaces {
            map.spaces.push(*length, *low, *high);
        }
        map.spaces.finish(0);
        map
    }

    /// The same, with what another one has where this has nothing. Ignored where the chain would pass eight, or where there
    /// is a base already.
    #[must_use]
    pub fn with_base(mut self, base: Arc<CMap>) -> Self {
        if self.base.is_none() && base.depth() < MAX_CHAIN {
            self.spaces.inherit(&base.spaces);
            self.base = Some(base);
        }
        self
    }

    fn depth(&self) -> usize {
        1 + self.base.as_ref().map_or(0, |base| base.depth())
    }

    /// Whether it writes from top to bottom (`WMode` 1).
    pub fn is_vertical(&self) -> bool {
        self.vertical
    }

    /// Whether no code has a CID.
    pub fn has_no_cids(&self) -> bool {
        self.cids.is_empty() && self.base.as_ref().is_none_or(|base| base.has_no_cids())
    }

    /// Whether no code has a text.
    pub fn has_no_texts(&self) -> bool {
        self.texts.is_empty() && self.base.as_ref().is_none_or(|base| base.has_no_texts())
    }

    /// How many ranges it has, those below it not counted: what it costs in memory is some 16 bytes for each.
    pub fn range_count(&self) -> usize {
        self.cids.len() + self.undefined.len() + self.texts.len()
    }

    /// The code at the start of a string, by the code space ranges (9.7.6.2). What matches none takes as many bytes as the
    /// ranges that match it best (9.7.6.3), and what is left when the string ends within a code is a code.
    /// Nothing for an empty string.
    #[inline]
    pub fn next_code(&self, string: &[u8]) -> Option<Code> {
        let length = self.spaces.length(string).min(string.len());
        let bytes = string.get(..length.max(1))?;
        let value = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        Some(Code { value, length: bytes.len() as u8 })
    }

    /// The CID of a code; without one, that of the `notdef` range around it (9.7.6.3), or else nothing, which stands for 0.
    pub fn cid(&self, code: Code) -> Option<u32> {
        let length = usize::from(code.length);
        self.chain()
            .find_map(|map| {
                map.cids.find(length, code.value).map(|range| counted(range, code.value))
            })
            .or_else(|| {
                self.chain()
                    .find_map(|map| map.undefined.find(length, code.value))
                    .map(|range| range.value)
            })
    }

    /// Appends the text of a code, and tells whether there was one; the text may be empty. Codes of the same length come
    /// first; those of other lengths follow, because producers do not keep to the length that the font has.
    pub fn text(&self, code: Code, text: &mut String) -> bool {
        let length = usize::from(code.length);
        let lengths = core::iter::once(length).chain((1..=4).filter(|other| *other != length));
        for length in lengths {
            for map in self.chain() {
                if let Some(range) = map.texts.find(length, code.value) {
                    map.append(range, code.value, text);
                    return true;
                }
            }
        }
        false
    }

    fn chain(&self) -> impl Iterator<Item = &CMap> {
        core::iter::successors(Some(self), |map| map.base.as_deref())
    }

    fn append(&self, range: Range, code: u32, text: &mut String) {
        let step = code - range.origin;
        if range.value & INDIRECT == 0 {
            text.push(
                char::from_u32(range.value.saturating_add(step))
                    .unwrap_or(char::REPLACEMENT_CHARACTER),
            );
            return;
        }
        let place = range.value & !INDIRECT;
        let (start, count) = ((place >> 8) as usize, (place & 0xff) as usize);
        let Some(units) = self.units.get(start..start + count) else { return };
        let last = count.wrapping_sub(1);
        let counted = units
            .iter()
            .enumerate()
            .map(|(i, unit)| if i == last { unit.wrapping_add(step as u16) } else { *unit });
        text.extend(char::decode_utf16(counted).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }

    /// Adds what the codes from `first` on stand for, in UTF-16; the last unit counts up with the code.
    fn push_text(&mut self, length: usize, first: u32, last: u32, target: &[u8]) {
        // A byte order mark, as some write, is no text.
        let target =
            target.strip_prefix(b"\xfe\xff").filter(|rest| !rest.is_empty()).unwrap_or(target);
        let mut units = [0u16; MAX_TARGET];
        // An odd number of bytes: one alone is a character of Latin-1, and so is the last of more.
        for (unit, pair) in units.iter_mut().zip(target.chunks(2)) {
            *unit = pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte));
        }
        let count = target.len().div_ceil(2).min(MAX_TARGET);
        let units = &units[..count];
        let mut chars = char::decode_utf16(units.iter().copied());
        if let (Some(Ok(char)), None) = (chars.next(), chars.next()) {
            self.texts.push(length, first, last, u32::from(char));
        } else if let Ok(start) = u32::try_from(self.units.len())
            && start < INDIRECT >> 8
        {
            self.units.extend_from_slice(units);
            self.texts.push(length, first, last, INDIRECT | start << 8 | count as u32);
        }
    }
}

fn counted(range: Range, code: u32) -> u32 {
    range.value.saturating_add(code - range.origin)
}

#[cfg(test)]
mod tests;
