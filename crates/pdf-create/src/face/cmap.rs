//! Characters to glyphs (table cmap), formats 4 and 12.

use super::read::{offset32, u16_at, u32_at};

/// The subtable that is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cmap<'a> {
    table: &'a [u8],
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Format 4 of a symbol font, whose characters are at U+F000.
    Symbol,
    /// Format 4: the basic plane.
    Segments,
    /// Format 12: all planes.
    Groups,
}

impl<'a> Cmap<'a> {
    /// The best of the subtables for Unicode.
    pub(super) fn parse(cmap: &'a [u8]) -> Option<Self> {
        let count = usize::from(u16_at(cmap, 2)?.min(256));
        let mut best: Option<Self> = None;
        for record in (0..count).map(|record| 4 + 8 * record) {
            let (platform, encoding) = (u16_at(cmap, record)?, u16_at(cmap, record + 2)?);
            let Some(table) = offset32(cmap, record + 4) else { continue };
            let kind = match (platform, encoding, u16_at(table, 0)) {
                (0, 0..=4 | 6, Some(12)) | (3, 10, Some(12)) => Kind::Groups,
                (0, 0..=4, Some(4)) | (3, 1, Some(4)) => Kind::Segments,
                (3, 0, Some(4)) => Kind::Symbol,
                _ => continue,
            };
            if best.is_none_or(|best| best.kind < kind) {
                best = Some(Self { table, kind });
            }
        }
        best
    }

    pub(super) fn glyph(&self, character: char) -> Option<u16> {
        let code = u32::from(character);
        match self.kind {
            Kind::Groups => self.group(code),
            Kind::Segments => self.segment(u16::try_from(code).ok()?),
            Kind::Symbol => {
                let code = u16::try_from(code).ok()?;
                self.segment(code)
                    .filter(|glyph| *glyph != 0)
                    .or_else(|| if code < 0x100 { self.segment(0xF000 | code) } else { None })
            }
        }
    }

    fn segment(&self, code: u16) -> Option<u16> {
        let table = self.table;
        let doubled = usize::from(u16_at(table, 6)? & !1);
        let (ends, starts) = (14, 16 + doubled);
        let (deltas, offsets) = (starts + doubled, starts + 2 * doubled);
        let segment = 2 * partition(doubled / 2, |segment| {
            u16_at(table, ends + 2 * segment).is_some_and(|end| end < code)
        });
        if segment >= doubled || u16_at(table, starts + segment)? > code {
            return None;
        }
        let delta = u16_at(table, deltas + segment)?;
        match u16_at(table, offsets + segment)? {
            0 => Some(code.wrapping_add(delta)),
            offset => {
                let start = u16_at(table, starts + segment)?;
                let at = offsets + segment + usize::from(offset) + 2 * usize::from(code - start);
                match u16_at(table, at)? {
                    0 => Some(0),
                    glyph => Some(glyph.wrapping_add(delta)),
                }
            }
        }
    }

    fn group(&self, code: u32) -> Option<u16> {
        let table = self.table;
        let groups = (u32_at(table, 12)? as usize).min(table.len() / 12);
        let group =
            partition(groups, |group| u32_at(table, 20 + 12 * group).is_some_and(|end| end < code));
        if group >= groups {
            return None;
        }
        let at = 16 + 12 * group;
        let past = code.checked_sub(u32_at(table, at)?)?;
        u16::try_from(u32_at(table, at + 8)?.checked_add(past)?).ok()
    }
}

/// The first index, below `count`, of which `before` does not hold.
fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
