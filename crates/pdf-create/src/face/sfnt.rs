//! The table directory (chapter 4) and the name table.

use super::read::{u16_at, u32_at};

/// Names of tables that a directory may have; real ones have about twenty.
const MAX_TABLES: u16 = 256;
/// Names that are looked at.
const MAX_NAMES: u16 = 1024;

/// A font among those of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sfnt<'a> {
    data: &'a [u8],
    records: &'a [u8],
}

impl<'a> Sfnt<'a> {
    /// The font of that index; the error is what was expected.
    pub(super) fn parse(data: &'a [u8], index: u32) -> Result<Self, &'static str> {
        const CUT: &str = "a font that does not end in its directory";
        let mut start = 0;
        let mut tag = data.get(..4).ok_or(CUT)?;
        if tag == b"ttcf" {
            if u32_at(data, 8).ok_or(CUT)? <= index {
                return Err("an index below the number of the collection's fonts");
            }
            let at = (index as usize).checked_mul(4).and_then(|at| at.checked_add(12));
            start = at.and_then(|at| u32_at(data, at)).ok_or(CUT)? as usize;
            let end = start.checked_add(4).ok_or(CUT)?;
            tag = data.get(start..end).ok_or(CUT)?;
        } else if index > 0 {
            return Err("index 0, because the file is no collection");
        }
        if !matches!(tag, [0, 1, 0, 0] | b"OTTO" | b"true") {
            return Err("a TrueType or OpenType font");
        }
        let count = u16_at(data, start + 4).ok_or(CUT)?;
        if count > MAX_TABLES {
            return Err("at most 256 tables");
        }
        let start = start + 12;
        let records = data.get(start..start + 16 * usize::from(count)).ok_or(CUT)?;
        Ok(Self { data, records })
    }

    /// A table; nothing where there is none, or not all of it is in the file.
    pub(super) fn table(&self, tag: [u8; 4]) -> Option<&'a [u8]> {
        let record = self.records.chunks_exact(16).find(|record| record.starts_with(&tag))?;
        let (start, len) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
        self.data.get(start..start.checked_add(len)?)
    }

    /// The name of number 6, without what a name in PDF would have to escape.
    pub(super) fn post_script_name(&self) -> Vec<u8> {
        let Some(table) = self.table(*b"name") else { return Vec::new() };
        let (Some(count), Some(strings)) = (u16_at(table, 2), u16_at(table, 4)) else {
            return Vec::new();
        };
        let mut name = Vec::new();
        for record in 0..usize::from(count.min(MAX_NAMES)) {
            let field = |field: usize| u16_at(table, 6 + 12 * record + 2 * field).map(usize::from);
            let (Some(platform), Some(6), Some(len), Some(offset)) =
                (field(0), field(3), field(4), field(5))
            else {
                continue;
            };
            let start = usize::from(strings) + offset;
            // A name has 63 characters at most.
            let Some(string) = table.get(start..start + len.min(126)) else { continue };
            let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            // Platforms but the Macintosh have UTF-16, whose high bytes are no such characters.
            let step = if platform == 1 { 1 } else { 2 };
            name = string.chunks_exact(step).map(|unit| unit[step - 1]).filter(plain).collect();
            name.truncate(63);
            if !name.is_empty() {
                break;
            }
        }
        name
    }
}
