//! The fonts that pages use (ISO 32000-1, 9.5 to 9.8).

use std::collections::BTreeMap;

use bytemill_pdf_objects::{Dictionary, Document, Object, Page, PdfError, Reference};

use super::links::annotations;
use super::pages::PageRange;
use super::strings::name_text;
use super::tree::Visited;

/// Resources within resources.
const MAX_DEPTH: u32 = 32;
/// Resources, fonts, forms and patterns of all pages together.
const MAX_STEPS: usize = 4 << 20;

/// What kind of font it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontKind {
    /// Type 1.
    Type1,
    /// Type 1 with a program in Compact Font Format.
    Type1C,
    /// Multiple masters.
    MultipleMaster,
    /// TrueType.
    TrueType,
    /// Type 3: glyphs are content streams.
    Type3,
    /// Type 0 over Type 1 or CFF.
    CidType0,
    /// Type 0 over TrueType.
    CidTrueType,
    /// None of these.
    Unknown,
}

/// A font that pages use.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct FontInfo {
    /// The name, without the mark of a subset.
    pub name: String,
    /// Whether only some of its glyphs are embedded.
    pub subset: bool,
    /// What kind it is.
    pub kind: FontKind,
    /// Whether its program is in the document.
    pub embedded: bool,
    /// Whether that is an OpenType file.
    pub open_type: bool,
    /// The name of its encoding or `CMap`; `Custom` where it has its own, `Builtin` where the program's holds.
    pub encoding: String,
    /// Whether it says what its codes mean as Unicode.
    pub to_unicode: bool,
    /// Pages that name it, counted from 1, in order.
    pub pages: Vec<u32>,
}

/// The fonts of some pages: of their content, the forms, patterns and glyphs in it, and of annotations' appearances, in
/// the order in which they are found.
///
/// # Errors
///
/// [`PdfError::PageRange`], or a limit that was passed.
pub fn fonts(document: &Document<'_>, range: PageRange) -> Result<Vec<FontInfo>, PdfError> {
    let mut search = Search {
        document,
        fonts: Vec::new(),
        known: BTreeMap::new(),
        visited: Visited::default(),
        shared: BTreeMap::new(),
        steps: 0,
        page: 0,
        found: Vec::new(),
    };
    let mut seen = 0;
    for page in range.numbers(document)? {
        search.page = page;
        // Each page is looked through anew, so that it is listed with all of its fonts.
        search.visited = Visited::default();
        let Some(object) = document.page(page - 1) else { break };
        search.page_resources(&object)?;
        let mut appearances = Vec::new();
        annotations(document, page, &mut seen, |_, annotation| {
            let streams = document.dictionary(annotation, b"AP").unwrap_or_default();
            appearances.extend(streams.iter().map(|(_, stream)| stream.clone()));
        })?;
        for appearance in appearances {
            search.appearance(&appearance)?;
        }
    }
    document.check()?;
    Ok(search.fonts)
}

struct Search<'d, 'a> {
    document: &'d Document<'a>,
    fonts: Vec<FontInfo>,
    /// Indices of fonts that are objects of their own.
    known: BTreeMap<Reference, usize>,
    visited: Visited,
    /// The fonts of resources that several pages have.
    shared: BTreeMap<Reference, Vec<usize>>,
    steps: usize,
    page: u32,
    /// Those of the page.
    found: Vec<usize>,
}

impl Search<'_, '_> {
    /// The resources of a page; those that pages share are looked through once.
    fn page_resources(&mut self, page: &Page) -> Result<(), PdfError> {
        let own = page.dictionary.get(b"Resources").and_then(Object::as_reference);
        self.found.clear();
        if let Some(fonts) = own.and_then(|own| self.shared.get(&own)) {
            self.found.clone_from(fonts);
            for index in core::mem::take(&mut self.found) {
                self.use_font(index);
            }
            return Ok(());
        }
        let resources = page.attribute(self.document, b"Resources");
        self.resources(&resources, 0)?;
        if let Some(own) = own {
            self.shared.insert(own, core::mem::take(&mut self.found));
        }
        Ok(())
    }

    /// The page has this font.
    fn use_font(&mut self, index: usize) {
        let pages = &mut self.fonts[index].pages;
        if pages.last() != Some(&self.page) {
            pages.push(self.page);
        }
        self.found.push(index);
    }

    /// Whether there is something new to look at.
    fn enter(&mut self, object: &Object) -> Result<bool, PdfError> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(PdfError::TooManyObjects { limit: MAX_STEPS as u64 });
        }
        Ok(self.visited.enter(object))
    }

    /// An appearance, or one for each state.
    fn appearance(&mut self, object: &Object) -> Result<(), PdfError> {
        match self.document.resolve(object) {
            Object::Stream(_) => self.owner(object, 0),
            Object::Dictionary(states) => {
                for (_, state) in states.iter() {
                    self.owner(state, 0)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Something that has resources: a form, a pattern, a Type 3 font.
    fn owner(&mut self, object: &Object, depth: u32) -> Result<(), PdfError> {
        if depth > MAX_DEPTH || !self.enter(object)? {
            return Ok(());
        }
        let owner = self.document.resolve(object);
        let resources = owner.as_dictionary().and_then(|owner| owner.get(b"Resources").cloned());
        resources.map_or(Ok(()), |resources| self.resources(&resources, depth + 1))
    }

    fn resources(&mut self, object: &Object, depth: u32) -> Result<(), PdfError> {
        if depth > MAX_DEPTH || !self.enter(object)? {
            return Ok(());
        }
        let document = self.document;
        let resources = document.resolve(object);
        let Some(resources) = resources.as_dictionary() else { return Ok(()) };
        let fonts = document.dictionary(resources, b"Font").unwrap_or_default();
        for (_, font) in fonts.iter() {
            self.font(font, depth)?;
        }
        for key in [b"XObject".as_slice(), b"Pattern"] {
            let owners = document.dictionary(resources, key).unwrap_or_default();
            for (_, owner) in owners.iter() {
                self.owner(owner, depth)?;
            }
        }
        // A graphics state may name a font, too (table 58).
        let states = document.dictionary(resources, b"ExtGState").unwrap_or_default();
        for (_, state) in states.iter() {
            let state = document.resolve(state);
            let font = state.as_dictionary().and_then(|state| document.array(state, b"Font"));
            if let Some(font) = font.as_deref().and_then(|font| font.first()) {
                self.font(font, depth)?;
            }
        }
        Ok(())
    }

    fn font(&mut self, object: &Object, depth: u32) -> Result<(), PdfError> {
        if !self.enter(object)? {
            return Ok(());
        }
        let resolved = self.document.resolve(object);
        let Some(font) = resolved.as_dictionary() else { return Ok(()) };
        let known = object.as_reference().and_then(|reference| self.known.get(&reference));
        let index = if let Some(index) = known {
            *index
        } else {
            let described = describe(self.document, font);
            let index = self.fonts.len();
            self.fonts.push(described);
            if let Some(reference) = object.as_reference() {
                self.known.insert(reference, index);
            }
            index
        };
        self.use_font(index);
        if self.fonts[index].kind == FontKind::Type3
            && let Some(resources) = font.get(b"Resources")
        {
            self.resources(resources, depth + 1)?;
        }
        Ok(())
    }
}

fn describe(document: &Document<'_>, font: &Dictionary) -> FontInfo {
    let subtype = document.name(font, b"Subtype").unwrap_or_default();
    let below = document
        .array(font, b"DescendantFonts")
        .and_then(|fonts| document.resolve(fonts.first()?).as_dictionary().cloned());
    let inner = below.as_ref().unwrap_or(font);
    let descriptor = document.dictionary(inner, b"FontDescriptor").unwrap_or_default();
    let program = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
        .iter()
        .find_map(|key| Some((*key, document.stream(&descriptor, key)?)));
    let format =
        program.as_ref().and_then(|(_, stream)| document.name(stream.dictionary(), b"Subtype"));
    let format = format.as_deref().unwrap_or_default();
    let kind = match &*subtype {
        b"Type1" if format == b"Type1C" || format == b"OpenType" => FontKind::Type1C,
        b"Type1" => FontKind::Type1,
        b"MMType1" => FontKind::MultipleMaster,
        b"TrueType" => FontKind::TrueType,
        b"Type3" => FontKind::Type3,
        b"Type0" => match document.name(inner, b"Subtype").as_deref() {
            Some(b"CIDFontType2") => FontKind::CidTrueType,
            _ => FontKind::CidType0,
        },
        _ => FontKind::Unknown,
    };
    let name = document.name(font, b"BaseFont").or_else(|| document.name(font, b"Name"));
    let name = name.map(|name| name_text(&name)).unwrap_or_default();
    // Six capital letters and a plus sign (9.6.4).
    let subset = name.len() > 7
        && name.as_bytes()[6] == b'+'
        && name.as_bytes()[..6].iter().all(u8::is_ascii_uppercase);
    FontInfo {
        name: if subset { name[7..].to_owned() } else { name },
        subset,
        kind,
        embedded: program.is_some() || kind == FontKind::Type3,
        open_type: format == b"OpenType",
        encoding: encoding(document, font),
        to_unicode: document.stream(font, b"ToUnicode").is_some(),
        pages: Vec::new(),
    }
}

fn encoding(document: &Document<'_>, font: &Dictionary) -> String {
    match document.get(font, b"Encoding") {
        Object::Name(name) => name_text(&name),
        Object::Stream(map) => {
            let name = document.name(map.dictionary(), b"CMapName");
            name.map_or_else(|| "Custom".to_owned(), |name| name_text(&name))
        }
        Object::Dictionary(encoding) => {
            let base = document.name(&encoding, b"BaseEncoding");
            let differs =
                document.array(&encoding, b"Differences").is_some_and(|names| !names.is_empty());
            match base {
                Some(base) if !differs => name_text(&base),
                _ => "Custom".to_owned(),
            }
        }
        _ => "Builtin".to_owned(),
    }
}
