//! Type 0 fonts: one to four bytes for each glyph (ISO 32000-1, 9.7).

use std::collections::BTreeMap;
use std::sync::Arc;

use bytemill_pdf_fonts::{
    CMap, CidText, Code, Collection, FontError, FontProgram, GlyphList, PredefinedCMap, glyph_text,
};
use bytemill_pdf_objects::{Dictionary, Document, Object, Stream};

use crate::fonts::descriptor::Descriptor;
use crate::fonts::simple::to_unicode;
use crate::fonts::vertical::Vertical;
use crate::fonts::widths::CidMetrics;
use crate::fonts::{Entry, Font, Fonts, Kind, Shown};

/// Streams that `UseCMap` leads through.
const MAX_CHAIN: u32 = 4;
/// Codes that are remembered.
const MAX_ENTRIES: usize = 1 << 16;
/// Glyphs whose text is taken from the font program.
const MAX_GLYPHS: u32 = 1 << 16;

/// A Type 0 font.
#[derive(Debug)]
pub(crate) struct Composite {
    map: Arc<CMap>,
    predefined: Option<PredefinedCMap>,
    to_unicode: Option<CMap>,
    cid_text: Option<Arc<CidText>>,
    /// Texts by CID from the font program, sorted.
    program: Vec<(u32, Box<str>)>,
    /// Whether a CID without any other text is taken for a character.
    identity: bool,
    widths: CidMetrics,
    default_width: f32,
    vertical: Option<Vertical>,
    entries: Vec<Entry>,
    /// Places in `entries`, plus one, of codes of two bytes: by the first and the second byte.
    pairs: Vec<Option<Box<[u32; 256]>>>,
    /// The same for all other codes, by length and value.
    others: BTreeMap<(u8, u32), u32>,
}

/// The descendant font's dictionary.
pub(crate) fn descendant(document: &Document<'_>, font: &Dictionary) -> Option<Dictionary> {
    let first = match document.get(font, b"DescendantFonts") {
        Object::Array(fonts) => document.resolve(fonts.first()?),
        other => other,
    };
    first.as_dictionary().cloned()
}

impl Composite {
    pub(crate) fn load(
        document: &Document<'_>,
        font: &Dictionary,
        descendant: &Dictionary,
        fonts: &mut Fonts,
    ) -> Font {
        let descriptor = Descriptor::of(document, descendant);
        let mut needs_cmaps = false;
        let (map, predefined) = encoding(document, font, fonts, &mut needs_cmaps);
        let (to_unicode, mapped) = to_unicode(document, font);
        // A ToUnicode that goes on with a collection's texts has not all of them itself.
        let lacks = to_unicode.is_none() || mapped.is_some();
        let collection = mapped.or_else(|| collection(document, descendant, predefined));
        let by_code = predefined.is_some_and(|map| map.unicode_form().is_some());
        let mut cid_text = None;
        if let Some(collection) = collection
            && !by_code
        {
            match fonts.cid_text(collection) {
                Ok(text) => cid_text = Some(text),
                Err(_) => needs_cmaps |= lacks,
            }
        }
        let known = to_unicode.is_some() || by_code || collection.is_some();
        let program =
            if known { Vec::new() } else { program_texts(document, descendant, &descriptor) };
        let vertical = map.is_vertical().then(|| Vertical::of(document, descendant));
        let default_width = document.number(descendant, b"DW").unwrap_or(1000.0) as f32 / 1000.0;
        let made = Self {
            map,
            predefined,
            to_unicode,
            cid_text,
            program,
            identity: !known,
            widths: CidMetrics::of(document, descendant, b"W", 1),
            default_width,
            vertical,
            entries: Vec::new(),
            pairs: Vec::new(),
            others: BTreeMap::new(),
        };
        let about = descriptor.about(document);
        let kind = Kind::Composite(Box::new(made));
        Font { about, em: 1.0, needs_cmaps, text: String::new(), kind }
    }

    pub(crate) fn is_vertical(&self) -> bool {
        self.vertical.is_some()
    }

    #[inline]
    pub(crate) fn next(&mut self, string: &[u8], texts: &mut String) -> Option<Shown> {
        let code = self.map.next_code(string)?;
        let length = usize::from(code.length);
        let place = if code.length == 2 {
            let pair = self.pairs.get(code.value as usize >> 8 & 0xff);
            pair.and_then(Option::as_ref).map_or(0, |pair| pair[code.value as usize & 0xff])
        } else {
            self.others.get(&(code.length, code.value)).copied().unwrap_or_default()
        };
        let known = (place as usize).checked_sub(1).and_then(|place| self.entries.get(place));
        let entry = match known {
            Some(entry) => *entry,
            None => self.find(code, texts),
        };
        Some(Shown { entry, length, is_space: code.length == 1 && code.value == 32 })
    }

    fn find(&mut self, code: Code, texts: &mut String) -> Entry {
        let cid = self.map.cid(code).unwrap_or_default();
        let width = self.widths.get(cid).and_then(|numbers| numbers.first()).copied();
        let width = width.unwrap_or(self.default_width);
        let advance = self.vertical.as_ref().map_or(width, |vertical| vertical.advance(cid));
        let mut raw = String::new();
        self.text(code, cid, &mut raw);
        let entry = Entry::new(advance, &raw, texts);
        if self.entries.len() >= MAX_ENTRIES {
            self.entries.clear();
            self.pairs.clear();
            self.others.clear();
            texts.clear();
            return self.find(code, texts);
        }
        self.entries.push(entry);
        let place = self.entries.len() as u32;
        if code.length == 2 {
            if self.pairs.is_empty() {
                self.pairs.resize_with(256, || None);
            }
            let row = &mut self.pairs[code.value as usize >> 8 & 0xff];
            row.get_or_insert_with(|| Box::new([0; 256]))[code.value as usize & 0xff] = place;
        } else {
            self.others.insert((code.length, code.value), place);
        }
        entry
    }

    fn text(&self, code: Code, cid: u32, text: &mut String) {
        if let Some(map) = &self.to_unicode
            && map.text(code, text)
        {
            let unknown = text.chars().all(|char| matches!(char, '\0' | '\u{fffd}'));
            if text.is_empty() || !unknown {
                return;
            }
            text.clear();
        }
        if let Some(char) = self.predefined.and_then(|map| map.char(code)) {
            text.push(char);
            return;
        }
        if self.cid_text.as_ref().is_some_and(|map| map.text(cid, text)) {
            return;
        }
        if let Ok(at) = self.program.binary_search_by_key(&cid, |(known, _)| *known) {
            text.push_str(&self.program[at].1);
        } else if self.identity && self.program.is_empty() {
            text.extend(char::from_u32(cid));
        }
    }
}

/// The map from codes to CIDs, and which predefined one it is.
fn encoding(
    document: &Document<'_>,
    font: &Dictionary,
    fonts: &mut Fonts,
    needs_cmaps: &mut bool,
) -> (Arc<CMap>, Option<PredefinedCMap>) {
    match document.get(font, b"Encoding") {
        Object::Name(name) => match PredefinedCMap::from_name(&name) {
            Ok(known) => {
                let map = fonts.predefined(known).unwrap_or_else(|_| {
                    *needs_cmaps = true;
                    let vertical = known.is_vertical();
                    Arc::new(known.codes().unwrap_or_else(|| CMap::identity(vertical)))
                });
                (map, Some(known).filter(|known| known.collection().is_some()))
            }
            Err(_) => (Arc::new(CMap::identity(name.ends_with(b"-V"))), None),
        },
        Object::Stream(stream) => {
            (Arc::new(embedded(document, &stream, fonts, needs_cmaps, 0)), None)
        }
        _ => (Arc::new(CMap::identity(false)), None),
    }
}

/// A `CMap` stream with those that it uses.
fn embedded(
    document: &Document<'_>,
    stream: &Stream,
    fonts: &mut Fonts,
    needs_cmaps: &mut bool,
    depth: u32,
) -> CMap {
    let data = document.data(stream).unwrap_or_default();
    let mut find = |name: &[u8]| {
        let found = PredefinedCMap::from_name(name).and_then(|known| fonts.predefined(known));
        *needs_cmaps |= matches!(found, Err(FontError::NotBuiltIn));
        found.ok()
    };
    let map = CMap::parse(&data, &mut find);
    match document.get(stream.dictionary(), b"UseCMap") {
        Object::Name(name) => match find(&name) {
            Some(base) => map.with_base(base),
            None => map,
        },
        Object::Stream(base) if depth < MAX_CHAIN => {
            let base = embedded(document, &base, fonts, needs_cmaps, depth + 1);
            map.with_base(Arc::new(base))
        }
        _ => map,
    }
}

/// Whose CIDs the font has: those of its map, or of its own entry.
fn collection(
    document: &Document<'_>,
    descendant: &Dictionary,
    predefined: Option<PredefinedCMap>,
) -> Option<Collection> {
    if let Some(collection) = predefined.and_then(PredefinedCMap::collection) {
        return Some(collection);
    }
    let info = document.dictionary(descendant, b"CIDSystemInfo")?;
    let registry = document.string(&info, b"Registry")?;
    Collection::new(&registry, &document.string(&info, b"Ordering")?)
}

/// Texts by CID as the font program has them: by its characters, or by the names of its glyphs.
fn program_texts(
    document: &Document<'_>,
    descendant: &Dictionary,
    descriptor: &Descriptor,
) -> Vec<(u32, Box<str>)> {
    let Some(data) = descriptor.program(document) else { return Vec::new() };
    let Ok(program) = FontProgram::parse(&data) else { return Vec::new() };
    let glyphs = document.stream(descendant, b"CIDToGIDMap").and_then(|it| document.data(&it).ok());
    let mut texts: Vec<(u32, Box<str>)> = Vec::new();
    let mut add = |cid: u32, text: &str| {
        if !text.is_empty() {
            texts.push((cid, text.into()));
        }
    };
    let mut text = String::new();
    match program {
        FontProgram::TrueType(font) => {
            let unicodes = font.unicodes();
            let count = match &glyphs {
                Some(glyphs) => (glyphs.len() / 2) as u32,
                None => u32::from(font.glyph_count()),
            };
            for cid in 0..count.min(MAX_GLYPHS) {
                let glyph = match &glyphs {
                    Some(glyphs) => {
                        let at = cid as usize * 2;
                        u16::from_be_bytes([glyphs[at], glyphs[at + 1]])
                    }
                    None => cid as u16,
                };
                if glyph == 0 {
                    continue;
                }
                text.clear();
                unicodes.text(glyph, &mut text);
                add(cid, &text);
            }
        }
        FontProgram::Cff(font) if !font.is_cid() => {
            for glyph in 1..font.glyph_count() {
                text.clear();
                if let Some(name) = font.glyph_name(glyph) {
                    glyph_text(name, GlyphList::Adobe, &mut text);
                }
                add(u32::from(glyph), &text);
            }
        }
        _ => {}
    }
    texts
}
