//! Subtables of `cmap`: formats 0, 4, 6, 10, 12 and 13 (OpenType 1.9).

use crate::reader::{i16_at, u8_at, u16_at, u32_at};

/// Mappings that are walked through at most: more than Unicode has characters.
const MAX_MAPPINGS: u32 = 1 << 18;

/// A subtable that maps codes to glyphs.
#[derive(Clone, Copy, Debug)]
pub(super) struct CharMap<'a> {
    format: u16,
    data: &'a [u8],
}

impl<'a> CharMap<'a> {
    /// The subtable that starts here, if its format is one of those known.
    pub(super) fn parse(data: &'a [u8]) -> Option<Self> {
        let format = u16_at(data, 0)?;
        matches!(format, 0 | 4 | 6 | 10 | 12 | 13).then_some(Self { format, data })
    }

    /// The glyph of a code, without those that are 0.
    pub(super) fn glyph(&self, code: u32) -> Option<u16> {
        let glyph = match self.format {
            0 => u16::from(u8_at(
                self.data,
                6 + usize::try_from(code).ok().filter(|code| *code < 256)?,
            )?),
            6 => {
                let index = code.checked_sub(u32::from(u16_at(self.data, 6)?))?;
                (index < u32::from(u16_at(self.data, 8)?)).then_some(())?;
                u16_at(self.data, 10 + 2 * index as usize)?
            }
            10 => {
                let index = code.checked_sub(u32_at(self.data, 12)?)?;
                (index < u32_at(self.data, 16)?).then_some(())?;
                u16_at(self.data, usize::try_from(index).ok()?.checked_mul(2)?.checked_add(20)?)?
            }
            4 => {
                let code = u16::try_from(code).ok()?;
                let segment =
                    (0..self.segment_count()).find(|segment| self.end(*segment) >= Some(code))?;
                self.segment_glyph(segment, code)?
            }
            _ => {
                // Groups are in the order of their codes.
                let (mut low, mut high) = (0, self.group_count());
                while low < high {
                    let middle = usize::midpoint(low, high);
                    if self.group(middle)?.1 < code { low = middle + 1 } else { high = middle }
                }
                let (first, _, glyph) = self.group(low).filter(|(first, ..)| *first <= code)?;
                self.group_glyph(glyph, code - first)?
            }
        };
        (glyph != 0).then_some(glyph)
    }

    /// Gives all codes with their glyphs, without glyph 0.
    pub(super) fn each(&self, mut visit: impl FnMut(u32, u16)) {
        let mut budget = MAX_MAPPINGS;
        let mut range = |first: u32, last: u32, glyph: &dyn Fn(u32) -> Option<u16>| {
            for code in first..=last {
                let Some(left) = budget.checked_sub(1) else { return };
                budget = left;
                if let Some(glyph) = glyph(code).filter(|glyph| *glyph != 0) {
                    visit(code, glyph);
                }
            }
        };
        match self.format {
            4 => {
                for segment in 0..self.segment_count() {
                    let (Some(first), Some(last)) = (self.start(segment), self.end(segment)) else {
                        break;
                    };
                    range(first.into(), last.into(), &|code| {
                        self.segment_glyph(segment, code as u16)
                    });
                }
            }
            12 | 13 => {
                for group in 0..self.group_count() {
                    let Some((first, last, glyph)) = self.group(group) else { break };
                    let last = last.min(0x0010_ffff);
                    range(first, last, &|code| self.group_glyph(glyph, code - first));
                }
            }
            0 => range(0, 255, &|code| self.glyph(code)),
            6 => {
                let first = u16_at(self.data, 6).map_or(0, u32::from);
                let count = u16_at(self.data, 8).map_or(0, u32::from);
                if let Some(last) = (first + count).checked_sub(1) {
                    range(first, last, &|code| self.glyph(code));
                }
            }
            _ => {
                let first = u32_at(self.data, 12).unwrap_or(0);
                let count = u32_at(self.data, 16).unwrap_or(0).min(self.data.len() as u32 / 2);
                if let Some(last) = first.saturating_add(count).checked_sub(1) {
                    range(first, last, &|code| self.glyph(code));
                }
            }
        }
    }

    fn segment_count(&self) -> usize {
        let count = u16_at(self.data, 6).map_or(0, |twice| usize::from(twice / 2));
        count.min(self.data.len() / 8)
    }

    fn end(&self, segment: usize) -> Option<u16> {
        u16_at(self.data, 14 + 2 * segment)
    }

    fn start(&self, segment: usize) -> Option<u16> {
        u16_at(self.data, 16 + 2 * (self.declared_count() + segment))
    }

    /// What the places of the arrays hang on, however long the data is.
    fn declared_count(&self) -> usize {
        u16_at(self.data, 6).map_or(0, |twice| usize::from(twice / 2))
    }

    fn segment_glyph(&self, segment: usize, code: u16) -> Option<u16> {
        let count = self.declared_count();
        let offset = code.checked_sub(self.start(segment)?)?;
        let delta = i16_at(self.data, 16 + 2 * (2 * count + segment))?.cast_unsigned();
        let range_at = 16 + 2 * (3 * count + segment);
        match u16_at(self.data, range_at)? {
            // 0xffff stands for no glyphs in fonts of some producers.
            0 | 0xffff => Some(code.wrapping_add(delta)),
            range => {
                match u16_at(self.data, range_at + usize::from(range) + 2 * usize::from(offset))? {
                    0 => None,
                    glyph => Some(glyph.wrapping_add(delta)),
                }
            }
        }
    }

    fn group_count(&self) -> usize {
        (u32_at(self.data, 12).unwrap_or(0) as usize).min(self.data.len() / 12)
    }

    fn group(&self, group: usize) -> Option<(u32, u32, u32)> {
        let at = 16 + 12 * group;
        Some((u32_at(self.data, at)?, u32_at(self.data, at + 4)?, u32_at(self.data, at + 8)?))
    }

    fn group_glyph(&self, glyph: u32, step: u32) -> Option<u16> {
        let step = if self.format == 13 { 0 } else { step };
        u16::try_from(glyph.checked_add(step)?).ok()
    }
}
