//! Simple fonts: one byte for each glyph (ISO 32000-1, 9.6).

use std::sync::Arc;

use bytemill_pdf_fonts::{
    CMap, Code, Collection, Encoding, FontProgram, GlyphList, StandardFont, glyph_text,
};
use bytemill_pdf_objects::{Dictionary, Document, Object, Stream};

use crate::fonts::descriptor::Descriptor;
use crate::fonts::numbered::Numbering;
use crate::fonts::{Entry, Font, Kind};

/// Entries of a `Differences` array that are looked at: 256 codes, each with its number.
const MAX_DIFFERENCES: usize = 512;
/// Size of the letters of a Type 3 font that does not say it, in units of the width of its widest glyph.
const TYPE3_EM: f32 = 1.2;

/// The name of a glyph.
#[derive(Clone, Debug)]
enum Name {
    None,
    /// As the base encoding has it.
    Base,
    Given(Arc<[u8]>),
}

/// A simple font.
#[derive(Debug)]
pub(crate) struct Simple {
    entries: [Entry; 256],
    names: Vec<Name>,
    base: [Option<&'static [u8]>; 256],
    /// Characters of codes without a name that means something, by the font program.
    program: Vec<(u8, Box<str>)>,
    /// The font program, where its encoding counts and was not needed yet.
    unread: Option<Stream>,
    symbolic: bool,
    to_unicode: Option<CMap>,
    list: GlyphList,
    numbering: Option<Numbering>,
    /// Advances in units of the font size; NaN where the font gives none.
    widths: Vec<f32>,
    standard: StandardFont,
}

impl Simple {
    pub(crate) fn load(document: &Document<'_>, font: &Dictionary, type3: bool) -> Font {
        let descriptor = Descriptor::of(document, font);
        let (to_unicode, _) = to_unicode(document, font);
        let is_truetype = document.name(font, b"Subtype").as_deref() == Some(b"TrueType");
        let dingbats = descriptor.standard == Some(StandardFont::ZapfDingbats);
        let mut made = Self {
            entries: [Entry::default(); 256],
            names: vec![Name::None; 256],
            base: [None; 256],
            program: Vec::new(),
            unread: None,
            symbolic: descriptor.symbolic,
            to_unicode,
            list: if dingbats { GlyphList::ZapfDingbats } else { GlyphList::Adobe },
            numbering: None,
            widths: vec![f32::NAN; 256],
            standard: descriptor.standard.unwrap_or(StandardFont::similar(descriptor.style)),
        };
        let differences = made.encode(document, font, &descriptor, type3, is_truetype);
        let given = differences.iter().filter_map(|code| made.name(*code));
        made.numbering = Numbering::of(given.filter(|name| *name != b".notdef"));
        let scale = made.measure(document, font, &descriptor, type3);
        let mut about = descriptor.about(document);
        let em = if type3 { made.type3_em(document, font, scale) } else { 1.0 };
        if type3 {
            (about.ascent, about.descent) = (0.75, -0.25);
        }
        let kind = Kind::Simple(Box::new(made));
        Font { about, em, needs_cmaps: false, text: String::new(), kind }
    }

    /// Sets the names of all codes (9.6.6); gives the codes of `Differences`.
    fn encode(
        &mut self,
        document: &Document<'_>,
        font: &Dictionary,
        descriptor: &Descriptor,
        type3: bool,
        is_truetype: bool,
    ) -> Vec<u8> {
        let encoding = document.get(font, b"Encoding");
        let base = match &encoding {
            Object::Name(name) => Encoding::from_name(name),
            object => object
                .as_dictionary()
                .and_then(|dictionary| document.name(dictionary, b"BaseEncoding"))
                .and_then(|name| Encoding::from_name(&name)),
        };
        // Fonts of symbols are what they are, whatever their encoding is said to be.
        let symbols = descriptor.standard.map(StandardFont::encoding);
        let symbols = symbols.filter(|encoding| *encoding != Encoding::Standard);
        let base = if symbols.is_some() && !descriptor.is_embedded() { None } else { base };
        if let Some(base) = base {
            self.set_all(base);
        } else {
            // The fonts of Windows under names of standard ones are those.
            let standard = descriptor.standard.is_some() && !descriptor.is_embedded();
            let windows = is_truetype && !standard;
            let default = if windows { Encoding::WinAnsi } else { Encoding::Standard };
            let default = symbols.unwrap_or(default);
            if !type3 {
                self.set_all(default);
            }
            let nothing_said =
                encoding.as_dictionary().is_none_or(|it| it.get(b"Differences").is_none());
            if !type3 && (!is_truetype || nothing_said) {
                self.unread = descriptor.program_stream(document);
            }
        }
        let mut changed = Vec::new();
        let differences = encoding
            .as_dictionary()
            .and_then(|it| document.array(it, b"Differences"))
            .unwrap_or_default();
        let mut code = 0i64;
        for object in differences.iter().take(MAX_DIFFERENCES) {
            match document.resolve(object) {
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        self.names[usize::from(code)] = Name::Given(name);
                        changed.push(code);
                    }
                    code = code.saturating_add(1);
                }
                number => code = number.as_integer().unwrap_or(code),
            }
        }
        changed
    }

    fn set_all(&mut self, encoding: Encoding) {
        self.base = encoding.names();
        self.names.fill(Name::Base);
    }

    fn name(&self, code: u8) -> Option<&[u8]> {
        match &self.names[usize::from(code)] {
            Name::None => None,
            Name::Base => self.base[usize::from(code)],
            Name::Given(name) => Some(name),
        }
    }

    /// Takes over the encoding that is built into the font program, for codes that `Differences` does not have.
    fn read_program(&mut self, document: &Document<'_>, program: &Stream) {
        let Ok(data) = document.data(program) else { return };
        let Ok(program) = FontProgram::parse(&data) else { return };
        if let FontProgram::TrueType(font) = &program {
            // Only fonts of symbols are used by their own tables; the others are WinAnsiEncoding (9.6.6.4).
            if !self.symbolic {
                return;
            }
            let unicodes = font.unicodes();
            for code in 0..=255u8 {
                let Some(glyph) = font.glyph_of_symbol(code).filter(|glyph| *glyph != 0) else {
                    continue;
                };
                if let Some(name) = font.glyph_name(glyph).filter(|name| *name != b".notdef") {
                    self.give(code, Name::Given(name.into()));
                }
                let mut text = String::new();
                if unicodes.text(glyph, &mut text) {
                    self.program.push((code, text.into()));
                }
            }
            return;
        }
        if let FontProgram::Type1(font) = &program
            && font.is_standard_encoding()
        {
            self.base = Encoding::Standard.names();
            return;
        }
        for code in 0..=255u8 {
            let name = program.glyph_name(code).map_or(Name::None, |name| Name::Given(name.into()));
            self.give(code, name);
        }
    }

    fn give(&mut self, code: u8, name: Name) {
        let known = &mut self.names[usize::from(code)];
        if !matches!(known, Name::Given(_)) {
            *known = name;
        }
    }

    /// Sets the widths (9.2.4, 9.6.2.1); gives the factor from those of the file.
    fn measure(
        &mut self,
        document: &Document<'_>,
        font: &Dictionary,
        descriptor: &Descriptor,
        type3: bool,
    ) -> f32 {
        let matrix = document.array(font, b"FontMatrix").filter(|_| type3);
        let number = |index: usize| document.resolve(matrix.as_ref()?.get(index)?).as_number();
        let scale =
            number(0).filter(|scale| *scale != 0.0).or_else(|| number(1)).unwrap_or(0.001) as f32;
        let Some(widths) = document.array(font, b"Widths") else { return scale };
        let missing = document.number(&descriptor.dictionary, b"MissingWidth").unwrap_or_default();
        self.widths.fill(missing as f32 * scale);
        let first = document.integer(font, b"FirstChar").unwrap_or_default();
        for (width, code) in widths.iter().take(256).zip(first..) {
            if let Ok(code) = u8::try_from(code)
                && let Some(width) = document.resolve(width).as_number()
            {
                self.widths[usize::from(code)] = width as f32 * scale;
            }
        }
        scale
    }

    /// The size of letters: that of the font's box, or else by its widest glyph.
    fn type3_em(&self, document: &Document<'_>, font: &Dictionary, scale: f32) -> f32 {
        let widest = self
            .widths
            .iter()
            .copied()
            .filter(|width| width.is_finite())
            .fold(0.0, |a: f32, b| a.max(b.abs()));
        let corner = |index: usize| {
            let bounds = document.array(font, b"FontBBox")?;
            document.resolve(bounds.get(index)?).as_number()
        };
        let height = match (corner(1), corner(3)) {
            (Some(bottom), Some(top)) => ((top - bottom).abs() as f32 * scale).abs(),
            _ => 0.0,
        };
        if height > 0.3 * widest && height < 3.0 * widest {
            return height;
        }
        if widest > 0.0 { TYPE3_EM * widest } else { 1.0 }
    }

    #[inline]
    pub(crate) fn entry(&mut self, code: u8, document: &Document<'_>, texts: &mut String) -> Entry {
        let entry = self.entries[usize::from(code)];
        if entry.known { entry } else { self.find(code, document, texts) }
    }

    fn find(&mut self, code: u8, document: &Document<'_>, texts: &mut String) -> Entry {
        let mut width = self.widths[usize::from(code)];
        let mut raw = String::new();
        let mapped = self
            .to_unicode
            .as_ref()
            .is_some_and(|map| map.text(Code { value: u32::from(code), length: 1 }, &mut raw));
        // Maps with zeros and with the replacement character mean that they do not know.
        let unknown = !raw.is_empty() && raw.chars().all(|char| matches!(char, '\0' | '\u{fffd}'));
        let by_name = !mapped || unknown;
        let given = matches!(self.names[usize::from(code)], Name::Given(_));
        if (by_name || width.is_nan())
            && !given
            && let Some(program) = self.unread.take()
        {
            self.read_program(document, &program);
        }
        if width.is_nan() {
            let standard = self.name(code).and_then(|name| self.standard.width(name));
            width = f32::from(standard.unwrap_or(if code == 32 { 250 } else { 500 })) / 1000.0;
        }
        if by_name {
            raw.clear();
            self.by_name(code, &mut raw);
        }
        let entry = Entry::new(width, &raw, texts);
        self.entries[usize::from(code)] = entry;
        entry
    }

    fn by_name(&self, code: u8, text: &mut String) {
        let name = self.name(code);
        if name.is_some_and(|name| glyph_text(name, self.list, text)) {
            return;
        }
        if let Some((_, known)) = self.program.iter().find(|(known, _)| *known == code) {
            text.push_str(known);
            return;
        }
        let numbered = name.and_then(|name| self.numbering?.char(name));
        // A name that means nothing: poppler, pdfium and pdf.js take the code for the character, which it often is.
        let code = name.filter(|name| *name != b".notdef").and(Some(char::from(code)));
        text.extend(numbered.or(code.filter(char::is_ascii_graphic)));
    }
}

/// The map to text of a font, if it has one with anything in it (9.10.3); and the collection that it stands on, where it
/// goes on with the characters of a collection's CIDs, as `usecmap` of `Adobe-Korea1-UCS2` does.
pub(crate) fn to_unicode(
    document: &Document<'_>,
    font: &Dictionary,
) -> (Option<CMap>, Option<Collection>) {
    let mut collection = None;
    let mut find = |name: &[u8]| {
        let ordering = name.strip_prefix(b"Adobe-").and_then(|name| name.strip_suffix(b"-UCS2"));
        collection = ordering.and_then(|ordering| Collection::new(b"Adobe", ordering));
        None
    };
    let map = match document.get(font, b"ToUnicode") {
        Object::Stream(stream) => {
            document.data(&stream).ok().map(|data| CMap::parse(&data, &mut find))
        }
        Object::Name(name) => {
            find(&name);
            None
        }
        _ => None,
    };
    (map.filter(|map| !map.has_no_texts()), collection)
}
