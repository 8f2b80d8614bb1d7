//! Font programs (ISO/IEC 14496-22, OpenType 1.9): what is needed to measure text, and the glyphs that are used of them.

mod cff;
mod cmap;
mod glyf;
mod kern;
mod read;
mod sfnt;

use cmap::Cmap;
use kern::Kern;
use read::{i16_at, u16_at, u32_at};
use sfnt::Sfnt;

use crate::CreateError;
use crate::error::reserve;
use crate::metrics::Metrics;

/// A font of a file.
#[derive(Debug)]
pub(crate) struct Face<'a> {
    sfnt: Sfnt<'a>,
    /// Its number in the document, for errors.
    number: u32,
    /// Where the outlines are: `glyf`, or the table `CFF `.
    outlines: Outlines<'a>,
    pub(crate) units: u16,
    glyphs: u16,
    long_metrics: u16,
    hmtx: &'a [u8],
    cmap: Cmap<'a>,
    kern: Kern<'a>,
    pub(crate) metrics: Metrics,
    pub(crate) traits: Traits,
}

#[derive(Clone, Copy, Debug)]
enum Outlines<'a> {
    TrueType,
    Cff(&'a [u8]),
}

/// What a font descriptor says (ISO 32000-1, 9.8), in units of the font.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    pub(crate) bounds: [i16; 4],
    pub(crate) ascent: i16,
    pub(crate) descent: i16,
    pub(crate) cap_height: i16,
    /// Degrees.
    pub(crate) italic_angle: f64,
    pub(crate) weight: u16,
    pub(crate) fixed_pitch: bool,
    pub(crate) serif: bool,
}

/// A font program with some of a font's glyphs.
#[derive(Debug)]
pub(crate) struct Subset {
    pub(crate) program: Vec<u8>,
    /// Whether it is a CFF program, not a TrueType one.
    pub(crate) cff: bool,
}

impl<'a> Face<'a> {
    pub(crate) fn parse(data: &'a [u8], index: u32, number: u32) -> Result<Self, CreateError> {
        let font = |expected| CreateError::Font { font: number, expected };
        let sfnt = Sfnt::parse(data, index).map_err(font)?;
        let required = |tag: [u8; 4], expected| sfnt.table(tag).ok_or(font(expected));
        let head = required(*b"head", "a table head")?;
        let units = u16_at(head, 18).filter(|units| (16..=16384).contains(units));
        let units = units.ok_or(font("16 to 16384 units per em"))?;
        let glyphs = u16_at(required(*b"maxp", "a table maxp")?, 4).filter(|glyphs| *glyphs > 0);
        let glyphs = glyphs.ok_or(font("at least one glyph"))?;
        let hhea = required(*b"hhea", "a table hhea")?;
        let hmtx = required(*b"hmtx", "a table hmtx")?;
        let long_metrics = u16_at(hhea, 34).filter(|count| *count > 0);
        let long_metrics = long_metrics.ok_or(font("widths of glyphs"))?;
        if hmtx.len() < 4 * usize::from(long_metrics) {
            return Err(font("a table hmtx with the widths that hhea names"));
        }
        let cmap = required(*b"cmap", "a table cmap")?;
        let cmap = Cmap::parse(cmap).ok_or(font("a Unicode subtable in cmap"))?;
        let outlines = if let Some(cff) = sfnt.table(*b"CFF ") {
            Outlines::Cff(cff)
        } else if sfnt.table(*b"glyf").is_some() && sfnt.table(*b"loca").is_some() {
            Outlines::TrueType
        } else {
            return Err(font("outlines in glyf or CFF"));
        };
        let traits = traits(&sfnt, head, hhea);
        Ok(Self {
            number,
            outlines,
            units,
            glyphs,
            long_metrics,
            hmtx,
            cmap,
            kern: Kern::parse(&sfnt),
            metrics: metrics(&sfnt, hhea, units, &traits),
            traits,
            sfnt,
        })
    }

    /// The glyph of a character; nothing where it has none.
    pub(crate) fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.cmap.glyph(character)?;
        (glyph != 0 && glyph < self.glyphs).then_some(glyph)
    }

    /// The width of a glyph, in units of the font.
    pub(crate) fn width(&self, glyph: u16) -> u16 {
        let index = glyph.min(self.long_metrics - 1);
        u16_at(self.hmtx, 4 * usize::from(index)).unwrap_or(0)
    }

    /// The left side bearing of a glyph, in units of the font.
    fn bearing(&self, glyph: u16) -> u16 {
        let (glyph, long) = (usize::from(glyph), usize::from(self.long_metrics));
        let at = if glyph < long { 4 * glyph + 2 } else { 2 * (glyph + long) };
        u16_at(self.hmtx, at).unwrap_or(0)
    }

    /// By how much the second of two glyphs moves away from the first, in units of the font.
    pub(crate) fn kerning(&self, first: u16, second: u16) -> i32 {
        self.kern.pair(first, second)
    }

    /// How many glyphs there are.
    pub(crate) fn glyphs(&self) -> u16 {
        self.glyphs
    }

    /// The `PostScript` name, of the characters that a name may have without escapes.
    pub(crate) fn name(&self) -> Result<Vec<u8>, CreateError> {
        let mut name = self.sfnt.post_script_name();
        if name.is_empty() {
            reserve(&mut name, 4)?;
            name.extend_from_slice(b"Font");
        }
        Ok(name)
    }

    /// A font program with these glyphs in this order, of which the first is 0; those that they are put together of are
    /// added.
    pub(crate) fn subset(&self, glyphs: &[u16], limit: u64) -> Result<Subset, CreateError> {
        match self.outlines {
            Outlines::TrueType => {
                let program = glyf::subset(self, glyphs, limit)?;
                Ok(Subset { program, cff: false })
            }
            Outlines::Cff(cff) => {
                let program = cff::subset(cff, glyphs, self.number, limit)?;
                Ok(Subset { program, cff: true })
            }
        }
    }

    fn error(&self, expected: &'static str) -> CreateError {
        CreateError::Font { font: self.number, expected }
    }
}

fn traits(sfnt: &Sfnt<'_>, head: &[u8], hhea: &[u8]) -> Traits {
    let os2 = sfnt.table(*b"OS/2").unwrap_or_default();
    let post = sfnt.table(*b"post").unwrap_or_default();
    let ascent = i16_at(hhea, 4).unwrap_or(0);
    // Version 2 and later have it.
    let cap_height = i16_at(os2, 88).filter(|height| *height > 0 && u16_at(os2, 0) >= Some(2));
    let angle = u32_at(post, 4).unwrap_or(0).cast_signed();
    Traits {
        bounds: [36, 38, 40, 42].map(|at| i16_at(head, at).unwrap_or(0)),
        ascent,
        descent: i16_at(hhea, 6).unwrap_or(0),
        cap_height: cap_height.unwrap_or(ascent),
        italic_angle: f64::from(angle) / 65536.0,
        weight: u16_at(os2, 4).unwrap_or(400).clamp(100, 900),
        fixed_pitch: u32_at(post, 12).is_some_and(|fixed| fixed != 0),
        // sFamilyClass 1 to 5 and 7.
        serif: matches!(os2.get(30), Some(1..=5 | 7)),
    }
}

/// The typographic measures where the font asks for them, otherwise those of hhea.
fn metrics(sfnt: &Sfnt<'_>, hhea: &[u8], units: u16, traits: &Traits) -> Metrics {
    let ems = |value: i16| f64::from(value) / f64::from(units);
    let os2 = sfnt.table(*b"OS/2").unwrap_or_default();
    let post = sfnt.table(*b"post").unwrap_or_default();
    let mut lines = [traits.ascent, traits.descent, i16_at(hhea, 8).unwrap_or(0)];
    let typographic = u16_at(os2, 62).is_some_and(|selection| selection & 0x80 != 0);
    if (typographic || lines[0] == 0)
        && let (Some(ascent), Some(descent), Some(gap)) =
            (i16_at(os2, 68), i16_at(os2, 70), i16_at(os2, 72))
    {
        lines = [ascent, descent, gap];
    }
    let [ascent, descent, gap] = lines.map(ems);
    let line = ascent - descent + gap.max(0.0);
    let thickness = i16_at(post, 10).filter(|thickness| *thickness > 0).map_or(0.05, ems);
    // It is its top that the table names.
    let underline = i16_at(post, 8).filter(|top| *top != 0).map_or(-0.1, ems) - thickness / 2.0;
    let strike = i16_at(os2, 28).filter(|top| *top > 0).map_or(0.3, ems) - thickness / 2.0;
    let line = if line > 0.0 { line } else { 1.2 };
    Metrics { ascent, descent, line, underline, strike, thickness }
}
