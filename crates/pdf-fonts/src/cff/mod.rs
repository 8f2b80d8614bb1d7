//! Compact Font Format: names and CIDs of glyphs, and the built-in encoding (Adobe Technical Note 5176).

mod index;

use index::{Index, operands};

use crate::reader::{u8_at, u16_at};
use crate::{Encoding, FontError, FontStyle, table};

/// The 391 standard strings (appendix A).
const STRINGS: &[u8] = include_bytes!("../../data/cff-strings.txt");
const STRING_COUNT: u16 = 391;
/// The names of the charsets Expert and `ExpertSubset` (appendix C), a line each.
const EXPERT: &[u8] = include_bytes!("../../data/cff-expert.txt");

const CHARSET: u16 = 15;
const ENCODING: u16 = 16;
const CHAR_STRINGS: u16 = 17;
const WEIGHT: u16 = 4;
const FIXED_PITCH: u16 = 0x0c01;
const ITALIC_ANGLE: u16 = 0x0c02;
const REGISTRY: u16 = 0x0c1e;

/// What the numbers of a charset are for the glyphs from 1 on.
#[derive(Debug)]
enum Charset {
    /// Glyph numbers themselves, up to 228.
    IsoAdobe,
    /// A line of [`EXPERT`].
    Expert(usize),
    /// String numbers, or CIDs, from glyph 0 on.
    Custom(Vec<u16>),
}

#[derive(Debug)]
enum Codes {
    Predefined(Encoding),
    Custom(Box<[u16; 256]>),
}

/// The first font of a CFF font set.
#[derive(Debug)]
pub struct CffFont<'a> {
    glyph_count: u16,
    /// The standard strings as a list.
    standard: Vec<&'static [u8]>,
    strings: Index<'a>,
    charset: Charset,
    codes: Codes,
    collection: Option<(&'a [u8], &'a [u8])>,
    is_cid: bool,
    style: FontStyle,
    font_name: &'a [u8],
}

impl<'a> CffFont<'a> {
    /// Reads what text needs: names, charset and encoding.
    ///
    /// # Errors
    ///
    /// [`FontError::Truncated`] and [`FontError::Invalid`] where header, font dictionary or glyphs are missing. A broken
    /// charset or encoding counts as far as it goes.
    pub fn parse(data: &'a [u8]) -> Result<Self, FontError> {
        let invalid = |expected| FontError::Invalid { expected };
        let header = u8_at(data, 2).ok_or(FontError::Truncated)?;
        let (names, at) =
            Index::parse(data, usize::from(header)).ok_or(invalid("an index of names"))?;
        let (tops, at) = Index::parse(data, at).ok_or(invalid("an index of font dictionaries"))?;
        let strings = Index::parse(data, at).map(|(strings, _)| strings).unwrap_or_default();
        let top = tops.get(0).ok_or(invalid("a font dictionary"))?;

        let offset = |operator| operands(top, operator)?.last().copied().and_then(unsigned);
        let glyphs =
            offset(CHAR_STRINGS).and_then(|at| Index::parse(data, at)).ok_or(invalid("glyphs"))?.0;
        let glyph_count = glyphs.len() as u16;
        let registry = operands(top, REGISTRY);
        let is_cid = registry.is_some();
        let charset = match offset(CHARSET).unwrap_or(0) {
            // Fonts with CIDs have no predefined one: their glyphs are in the order of the CIDs.
            0..=2 if is_cid => Charset::Custom((0..glyph_count).collect()),
            0 => Charset::IsoAdobe,
            line @ 1..=2 => Charset::Expert(line - 1),
            at => Charset::Custom(charset(data, at, glyph_count)),
        };
        let mut font = Self {
            glyph_count,
            standard: table::words(STRINGS).collect(),
            strings,
            charset,
            codes: Codes::Predefined(Encoding::Standard),
            collection: None,
            is_cid,
            style: FontStyle::default(),
            font_name: names.get(0).unwrap_or_default(),
        };
        font.collection = registry.and_then(|numbers| {
            let mut strings = numbers.iter().map(|number| font.string(sid(*number)?));
            Some((strings.next()??, strings.next()??))
        });
        font.codes = match offset(ENCODING).unwrap_or(0) {
            0 => Codes::Predefined(Encoding::Standard),
            1 => Codes::Predefined(Encoding::Expert),
            at => Codes::Custom(font.encoding(data, at)),
        };
        let number = |operator| operands(top, operator).and_then(|numbers| numbers.last().copied());
        let weight =
            number(WEIGHT).and_then(|number| font.string(sid(number)?)).unwrap_or_default();
        font.style = FontStyle {
            fixed: number(FIXED_PITCH).is_some_and(|number| number != 0.0),
            italic: number(ITALIC_ANGLE).is_some_and(|angle| angle != 0.0),
            ..FontStyle::from_name(weight)
        }
        .or(FontStyle::from_name(font.font_name));
        Ok(font)
    }

    /// How many glyphs it has.
    pub fn glyph_count(&self) -> u16 {
        self.glyph_count
    }

    /// Whether its glyphs have CIDs instead of names.
    pub fn is_cid(&self) -> bool {
        self.is_cid
    }

    /// Registry and ordering of a font with CIDs, such as `Adobe` and `Japan1`.
    pub fn collection(&self) -> Option<(&'a [u8], &'a [u8])> {
        self.collection
    }

    /// Its name, with the tag of a subset.
    pub fn font_name(&self) -> &'a [u8] {
        self.font_name
    }

    /// What its dictionary and its name say.
    pub fn style(&self) -> FontStyle {
        self.style
    }

    /// The name of a glyph; none in a font with CIDs.
    pub fn glyph_name(&self, glyph: u16) -> Option<&'a [u8]> {
        if self.is_cid || glyph >= self.glyph_count {
            return None;
        }
        match &self.charset {
            Charset::IsoAdobe if glyph <= 228 => self.string(glyph),
            Charset::IsoAdobe => None,
            Charset::Expert(line) => {
                table::word(EXPERT.split(|byte| *byte == b'\n').nth(*line)?, usize::from(glyph))
            }
            Charset::Custom(numbers) => self.string(*numbers.get(usize::from(glyph))?),
        }
    }

    /// The glyph of a name.
    pub fn glyph_of_name(&self, name: &[u8]) -> Option<u16> {
        let place = match &self.charset {
            _ if self.is_cid => None,
            Charset::Expert(line) => table::words(EXPERT.split(|byte| *byte == b'\n').nth(*line)?)
                .position(|word| word == name),
            Charset::IsoAdobe => self.number(name).filter(|number| *number <= 228).map(usize::from),
            Charset::Custom(numbers) => {
                let wanted = self.number(name)?;
                numbers.iter().position(|number| *number == wanted)
            }
        };
        u16::try_from(place?).ok().filter(|glyph| *glyph < self.glyph_count)
    }

    /// The glyph of a code by the built-in encoding.
    pub fn glyph_of_code(&self, code: u8) -> Option<u16> {
        match &self.codes {
            Codes::Custom(glyphs) => Some(glyphs[usize::from(code)]).filter(|glyph| *glyph != 0),
            Codes::Predefined(encoding) => self.glyph_of_name(encoding.glyph_name(code)?),
        }
    }

    /// The glyph name of a code by the built-in encoding; by a predefined one whether the font has the glyph or not.
    pub fn name_of_code(&self, code: u8) -> Option<&'a [u8]> {
        match &self.codes {
            Codes::Custom(_) => self.glyph_name(self.glyph_of_code(code)?),
            Codes::Predefined(encoding) => encoding.glyph_name(code),
        }
    }

    /// The CID of a glyph: its own number in a font without CIDs.
    pub fn cid_of_glyph(&self, glyph: u16) -> Option<u16> {
        if glyph >= self.glyph_count {
            return None;
        }
        match &self.charset {
            Charset::Custom(numbers) if self.is_cid => numbers.get(usize::from(glyph)).copied(),
            _ => Some(glyph),
        }
    }

    /// The glyph of a CID: the one of that number in a font without CIDs.
    pub fn glyph_of_cid(&self, cid: u16) -> Option<u16> {
        match &self.charset {
            Charset::Custom(numbers) if self.is_cid => {
                numbers.iter().position(|number| *number == cid).map(|glyph| glyph as u16)
            }
            _ => (cid < self.glyph_count).then_some(cid),
        }
    }

    fn string(&self, number: u16) -> Option<&'a [u8]> {
        match number.checked_sub(STRING_COUNT) {
            None => self.standard.get(usize::from(number)).copied(),
            Some(own) => self.strings.get(usize::from(own)),
        }
    }

    /// The number of a string.
    fn number(&self, string: &[u8]) -> Option<u16> {
        let standard = self.standard.iter().position(|word| *word == string);
        let place = standard.or_else(|| {
            let own = (0..self.strings.len()).find(|own| self.strings.get(*own) == Some(string))?;
            Some(own + usize::from(STRING_COUNT))
        });
        u16::try_from(place?).ok()
    }

    /// Chapter 12: the glyph of each code, 0 where it has none.
    fn encoding(&self, data: &[u8], at: usize) -> Box<[u16; 256]> {
        let mut glyphs = Box::new([0; 256]);
        let _ = self.read_encoding(data, at, &mut glyphs);
        glyphs
    }

    /// Stops with nothing at the end of the data; what was read till then counts.
    fn read_encoding(&self, data: &[u8], at: usize, glyphs: &mut [u16; 256]) -> Option<()> {
        let format = u8_at(data, at)?;
        let ranges = format << 1 != 0;
        let count = usize::from(u8_at(data, at + 1)?);
        let mut place = at + 2;
        let mut glyph = 1;
        for _ in 0..count {
            let first = u8_at(data, place)?;
            let left = if ranges { u8_at(data, place + 1)? } else { 0 };
            place += if ranges { 2 } else { 1 };
            for step in 0..=u16::from(left) {
                if let Some(entry) = glyphs.get_mut(usize::from(u16::from(first) + step))
                    && glyph < self.glyph_count
                {
                    *entry = glyph;
                }
                glyph = glyph.saturating_add(1);
            }
        }
        if format & 0x80 != 0 {
            for _ in 0..u8_at(data, place)? {
                let code = u8_at(data, place + 1)?;
                let name = self.string(u16_at(data, place + 2)?);
                if let Some(glyph) = name.and_then(|name| self.glyph_of_name(name)) {
                    glyphs[usize::from(code)] = glyph;
                }
                place += 3;
            }
        }
        Some(())
    }
}

/// A number that counts something.
fn unsigned(number: f64) -> Option<usize> {
    #[expect(clippy::cast_sign_loss, reason = "negative numbers are none")]
    (number >= 0.0).then_some(number as usize)
}

/// The number of a string.
fn sid(number: f64) -> Option<u16> {
    u16::try_from(unsigned(number)?).ok()
}

/// Chapter 13: the number of each glyph, as far as the data goes.
fn charset(data: &[u8], at: usize, glyph_count: u16) -> Vec<u16> {
    let mut numbers = vec![0];
    let count = usize::from(glyph_count);
    let Some(format) = u8_at(data, at) else { return numbers };
    let mut place = at + 1;
    while numbers.len() < count {
        let Some(first) = u16_at(data, place) else { break };
        let left = match format {
            0 => Some(0),
            1 => u8_at(data, place + 2).map(u16::from),
            2 => u16_at(data, place + 2),
            _ => None,
        };
        let Some(left) = left else { break };
        place += 2 + usize::from(format);
        numbers.extend((0..=left).map(|step| first.wrapping_add(step)).take(count - numbers.len()));
    }
    numbers
}
