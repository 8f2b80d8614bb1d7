//! TrueType and OpenType: characters, names and widths of glyphs (OpenType 1.9; ISO 32000-1, 9.6.6.4).

mod charmap;
mod post;
mod unicode;

use charmap::CharMap;
use post::Post;
pub use unicode::GlyphUnicodes;

use crate::reader::{u8_at, u16_at, u32_at};
use crate::{CffFont, Encoding, FontError, FontStyle, GlyphList, glyph_text};

/// Tables that a font may have; real ones have up to 40.
const MAX_TABLES: usize = 128;
/// Subtables of `cmap` that are looked at.
const MAX_CHAR_MAPS: usize = 32;

/// The tables of a TrueType or OpenType font that text needs. Each of them may be missing.
#[derive(Debug)]
pub struct TrueTypeFont<'a> {
    data: &'a [u8],
    /// Where the directory of tables begins.
    directory: usize,
    /// (3, 10), (3, 1), (0, …): characters.
    unicode: Option<CharMap<'a>>,
    /// (3, 0): codes of a font of symbols, from 0xf000 on.
    symbol: Option<CharMap<'a>>,
    /// (1, 0): codes of Mac OS Roman.
    mac: Option<CharMap<'a>>,
    post: Post<'a>,
    cff: Option<CffFont<'a>>,
    glyph_count: u16,
    units_per_em: u16,
    advances: &'a [u8],
    advance_count: u16,
}

impl<'a> TrueTypeFont<'a> {
    /// Reads the directory; of a collection that of the first font. Tables may end early and be missing.
    ///
    /// # Errors
    ///
    /// [`FontError::Truncated`] for an unfinished header, and [`FontError::Invalid`] where no table is one of those that text
    /// or a viewer needs.
    pub fn parse(data: &'a [u8]) -> Result<Self, FontError> {
        let directory = if data.starts_with(b"ttcf") {
            u32_at(data, 12).ok_or(FontError::Truncated)? as usize
        } else {
            0
        };
        u16_at(data, directory.saturating_add(4)).ok_or(FontError::Truncated)?;
        let mut font = Self {
            data,
            directory,
            unicode: None,
            symbol: None,
            mac: None,
            post: Post::default(),
            cff: None,
            glyph_count: 0,
            units_per_em: 0,
            advances: &[],
            advance_count: 0,
        };
        let known = [b"cmap", b"post", b"hmtx", b"glyf", b"CFF ", b"head"];
        if known.iter().all(|tag| font.table(**tag).is_empty()) {
            return Err(FontError::Invalid { expected: "a table of glyphs" });
        }
        font.post = Post::parse(font.table(*b"post"));
        font.cff = CffFont::parse(font.table(*b"CFF ")).ok();
        font.units_per_em =
            u16_at(font.table(*b"head"), 18).filter(|units| *units >= 16).unwrap_or(1000);
        font.advances = font.table(*b"hmtx");
        font.advance_count = u16_at(font.table(*b"hhea"), 34).unwrap_or(0);
        // Without `maxp`, as many as may have a number.
        font.glyph_count = u16_at(font.table(*b"maxp"), 4).unwrap_or(u16::MAX);
        font.read_char_maps();
        Ok(font)
    }

    /// A table's bytes, as many of them as there are; none for a missing one.
    fn table(&self, tag: [u8; 4]) -> &'a [u8] {
        let count = u16_at(self.data, self.directory + 4).map_or(0, usize::from).min(MAX_TABLES);
        (0..count)
            .find_map(|index| {
                let at = self.directory + 12 + 16 * index;
                (self.data.get(at..)?.first_chunk()? == &tag).then_some(())?;
                let start = u32_at(self.data, at + 8)? as usize;
                let length = u32_at(self.data, at + 12)? as usize;
                let rest = self.data.get(start..)?;
                Some(&rest[..length.min(rest.len())])
            })
            .unwrap_or_default()
    }

    fn read_char_maps(&mut self) {
        let table = self.table(*b"cmap");
        let count = u16_at(table, 2).map_or(0, usize::from).min(MAX_CHAR_MAPS);
        let mut rank = 0;
        for index in 0..count {
            let at = 4 + 8 * index;
            let (Some(platform), Some(encoding), Some(offset)) =
                (u16_at(table, at), u16_at(table, at + 2), u32_at(table, at + 4))
            else {
                break;
            };
            let Some(map) = table.get(offset as usize..).and_then(CharMap::parse) else { continue };
            match (platform, encoding) {
                (3, 0) => self.symbol = self.symbol.or(Some(map)),
                (1, 0) => self.mac = self.mac.or(Some(map)),
                // The larger repertoire first.
                (3, 10) | (0, 4 | 6) if rank < 3 => (self.unicode, rank) = (Some(map), 3),
                (3, 1) if rank < 2 => (self.unicode, rank) = (Some(map), 2),
                (0, 0..=3) if rank < 1 => (self.unicode, rank) = (Some(map), 1),
                _ => {}
            }
        }
    }

    /// How many glyphs it has.
    pub fn glyph_count(&self) -> u16 {
        self.glyph_count
    }

    /// The CFF font within, of an OpenType font that has one.
    pub fn cff(&self) -> Option<&CffFont<'a>> {
        self.cff.as_ref()
    }

    /// Whether it maps characters: with a table for Unicode, (3, 1) above all.
    pub fn has_unicode(&self) -> bool {
        self.unicode.is_some()
    }

    /// Whether it has the table for symbols, (3, 0).
    pub fn has_symbols(&self) -> bool {
        self.symbol.is_some()
    }

    /// The glyph of a character.
    pub fn glyph_of_char(&self, char: char) -> Option<u16> {
        self.unicode?.glyph(char.into())
    }

    /// The glyph of a glyph name, as a simple font with an encoding finds it (9.6.6.4): by its character, by its code in Mac
    /// OS Roman, by the names of the font.
    pub fn glyph_of_name(&self, name: &[u8]) -> Option<u16> {
        let by_char = || {
            let mut text = String::new();
            glyph_text(name, GlyphList::Adobe, &mut text);
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(char), None) => self.glyph_of_char(char),
                _ => None,
            }
        };
        let by_mac = || self.mac?.glyph(Encoding::MacRoman.code(name)?.into());
        by_char()
            .or_else(by_mac)
            .or_else(|| self.post.glyph(name))
            .or_else(|| self.cff.as_ref()?.glyph_of_name(name))
    }

    /// The glyph of a code in a font of symbols (9.6.6.4): by (3, 0), where codes lie from 0xf000 on or as they are, then by
    /// (1, 0), and as the character of this number last.
    pub fn glyph_of_symbol(&self, code: u8) -> Option<u16> {
        let code = u32::from(code);
        let by_symbol = |map: CharMap| {
            [0xf000, 0, 0xf100, 0xf200].iter().find_map(|base| map.glyph(base | code))
        };
        self.symbol
            .and_then(by_symbol)
            .or_else(|| self.mac?.glyph(code))
            .or_else(|| self.unicode?.glyph(code).or_else(|| self.unicode?.glyph(0xf000 | code)))
    }

    /// The name of a glyph by the table `post`, or in the CFF font within.
    pub fn glyph_name(&self, glyph: u16) -> Option<&'a [u8]> {
        self.post
            .name(glyph)
            .filter(|name| !name.is_empty())
            .or_else(|| self.cff.as_ref()?.glyph_name(glyph))
    }

    /// The advance of a glyph in thousandths of the font size.
    pub fn advance(&self, glyph: u16) -> Option<f32> {
        if glyph >= self.glyph_count {
            return None;
        }
        // The last one counts for all that follow.
        let index = glyph.min(self.advance_count.checked_sub(1)?);
        let advance = u16_at(self.advances, 4 * usize::from(index))?;
        Some(f32::from(advance) * 1000.0 / f32::from(self.units_per_em))
    }

    /// Characters by glyph, for fonts that say nothing else about their text. Walks through a whole table: keep it.
    pub fn unicodes(&self) -> GlyphUnicodes {
        GlyphUnicodes::new(self)
    }

    /// What `OS/2`, `head` and `post` say.
    pub fn style(&self) -> FontStyle {
        let os2 = self.table(*b"OS/2");
        let mac_style = u16_at(self.table(*b"head"), 44).unwrap_or(0);
        let selection = u16_at(os2, 62).unwrap_or(0);
        // Classes 1 to 5 and 7 of IBM's are those with serifs.
        let class = u8_at(os2, 30).unwrap_or(0);
        let weight = u16_at(os2, 4).unwrap_or(400);
        FontStyle {
            fixed: u32_at(self.table(*b"post"), 12).is_some_and(|fixed| fixed != 0),
            serif: matches!(class, 1..=5 | 7),
            bold: mac_style & 1 != 0 || selection & 0x20 != 0 || (600..=1000).contains(&weight),
            italic: mac_style & 2 != 0 || selection & 1 != 0,
        }
    }
}
