//! Finds what content shows, without drawing it: operators that name images, forms and patterns, and inline images.

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Lexer, Object, PdfError, Stream, Token};

use super::colour::ColourSpace;
use super::extract::Extractor;
use super::{ImageOptions, PageImage};
use crate::reading::links::annotations;
use crate::reading::strings::name_text;
use crate::reading::tree::{MAX_ITEMS, Visited};

/// Forms within forms.
const MAX_DEPTH: u32 = 32;
/// Entries of an inline image's dictionary.
const MAX_ENTRIES: usize = 64;

/// Resources of what is looked through, and of what shows it: forms that lack a resource have that of the page.
#[derive(Clone, Copy)]
struct Scope<'s> {
    resources: &'s Dictionary,
    above: Option<&'s Scope<'s>>,
}

impl Scope<'_> {
    /// The resource of a category and a name.
    fn find(&self, document: &Document<'_>, category: &[u8], name: &[u8]) -> Option<Object> {
        let mut scope = Some(self);
        while let Some(Scope { resources, above }) = scope {
            let found = document.dictionary(resources, category);
            if let Some(object) = found.as_ref().and_then(|found| found.get(name)) {
                return Some(object.clone());
            }
            scope = *above;
        }
        None
    }
}

pub(crate) struct Finder<'d, 'a> {
    document: &'d Document<'a>,
    extractor: Extractor<'d, 'a>,
    visited: Visited,
    annotations: usize,
    page: u32,
    pub(crate) images: Vec<PageImage>,
}

impl<'d, 'a> Finder<'d, 'a> {
    pub(crate) fn new(document: &'d Document<'a>, options: &ImageOptions) -> Self {
        Self {
            document,
            extractor: Extractor::new(document, *options),
            visited: Visited::default(),
            annotations: 0,
            page: 0,
            images: Vec::new(),
        }
    }

    /// Looks through a page, counted from 1.
    pub(crate) fn page(&mut self, number: u32) -> Result<(), PdfError> {
        let document = self.document;
        let Some(page) = document.page(number - 1) else { return Ok(()) };
        self.page = number;
        let resources = page.attribute(document, b"Resources");
        let resources = resources.as_dictionary().cloned().unwrap_or_default();
        let content = page_content(document, &page.dictionary)?;
        let scope = Scope { resources: &resources, above: None };
        self.content(&content, scope, 0)?;
        let mut appearances = Vec::new();
        annotations(document, number, &mut self.annotations, |_, annotation| {
            appearances.extend(appearance(document, annotation));
        })?;
        for appearance in appearances {
            self.form(&appearance, scope, 0)?;
        }
        Ok(())
    }

    fn content(&mut self, data: &[u8], scope: Scope<'_>, depth: u32) -> Result<(), PdfError> {
        let document = self.document;
        let mut lexer = Lexer::new(data);
        let mut name = None;
        while let Some(token) = lexer.next() {
            match token {
                Token::Name(bytes) => name = Some(bytes),
                Token::Keyword(b"Do") => {
                    if let Some(name) = name.take()
                        && let Some(object) = scope.find(document, b"XObject", &name)
                    {
                        self.object(&object, &name, scope, depth)?;
                    }
                }
                Token::Keyword(b"scn" | b"SCN") => {
                    if let Some(name) = name.take()
                        && let Some(pattern) = scope.find(document, b"Pattern", &name)
                    {
                        self.form(&pattern, scope, depth)?;
                    }
                }
                Token::Keyword(b"gs") => {
                    if let Some(name) = name.take()
                        && let Some(state) = scope.find(document, b"ExtGState", &name)
                        && let Some(group) = soft_mask(document, &state)
                    {
                        self.form(&group, scope, depth)?;
                    }
                }
                Token::Keyword(b"BI") => self.inline(&mut lexer, scope.resources)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn object(
        &mut self,
        object: &Object,
        name: &[u8],
        scope: Scope<'_>,
        depth: u32,
    ) -> Result<(), PdfError> {
        let resolved = self.document.resolve(object);
        let Some(stream) = resolved.as_stream() else { return Ok(()) };
        if self.document.name(stream.dictionary(), b"Subtype").as_deref() != Some(b"Image") {
            return self.form(object, scope, depth);
        }
        if self.visited.enter(object) {
            let name = name_text(name);
            self.add(stream, name, object, scope.resources)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        stream: &Stream,
        name: String,
        object: &Object,
        resources: &Dictionary,
    ) -> Result<(), PdfError> {
        if self.images.len() >= MAX_ITEMS {
            return Err(PdfError::TooManyObjects { limit: MAX_ITEMS as u64 });
        }
        let mut image = self.extractor.image(stream, resources)?;
        image.page = self.page;
        image.name = name;
        image.reference = object.as_reference();
        self.images.push(image);
        Ok(())
    }

    /// A form or a tiling pattern: its content is looked through once.
    fn form(&mut self, object: &Object, above: Scope<'_>, depth: u32) -> Result<(), PdfError> {
        if depth >= MAX_DEPTH || !self.visited.enter(object) {
            return Ok(());
        }
        let document = self.document;
        let resolved = document.resolve(object);
        let Some(stream) = resolved.as_stream() else { return Ok(()) };
        let own = document.dictionary(stream.dictionary(), b"Resources");
        let resources = own.as_ref().unwrap_or(above.resources);
        let scope = Scope { resources, above: Some(&above) };
        match document.data(stream) {
            Ok(data) => self.content(&data, scope, depth + 1),
            Err(PdfError::Unsupported { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// After `BI` (8.9.7): keys and values, `ID`, the data, `EI`.
    fn inline(&mut self, lexer: &mut Lexer<'_>, resources: &Dictionary) -> Result<(), PdfError> {
        let mut entries: Vec<(Arc<[u8]>, Object)> = Vec::new();
        loop {
            match lexer.next() {
                Some(Token::Name(key)) if entries.len() < MAX_ENTRIES => {
                    entries.push((full_key(&key).into(), lexer.object()));
                }
                Some(Token::Keyword(b"ID")) => break,
                Some(_) => {}
                None => return Ok(()),
            }
        }
        let dictionary: Dictionary = entries.into_iter().collect();
        let data = match self.plain_length(&dictionary, resources) {
            Some(length) => plain_data(lexer, length).unwrap_or_else(|| lexer.inline_image()),
            None => lexer.inline_image(),
        };
        let stream = Stream::new(dictionary, data.into());
        self.add(&stream, String::new(), &Object::Null, resources)
    }

    /// The length of data without a filter, in bytes.
    fn plain_length(&self, dictionary: &Dictionary, resources: &Dictionary) -> Option<usize> {
        if dictionary.get(b"Filter").is_some() {
            return None;
        }
        let number = |key: &[u8]| usize::try_from(self.document.integer(dictionary, key)?).ok();
        let stencil = self.document.get(dictionary, b"ImageMask").as_bool() == Some(true);
        let (bits, components) = if stencil {
            (1, 1)
        } else {
            let space = dictionary.get(b"ColorSpace")?;
            let space = ColourSpace::read(self.document, resources, space)?;
            (number(b"BitsPerComponent")?, space.components())
        };
        let row = number(b"Width")?.checked_mul(bits)?.checked_mul(components)?.div_ceil(8);
        row.checked_mul(number(b"Height")?)
    }
}

/// Data of a length, if `EI` follows it; goes on behind that.
fn plain_data<'t>(lexer: &mut Lexer<'t>, length: usize) -> Option<&'t [u8]> {
    let all = lexer.data();
    let start = lexer.position() + 1;
    let data = all.get(start..start.checked_add(length)?)?;
    let mut behind = lexer.clone();
    behind.set_position(start + length);
    if behind.next() != Some(Token::Keyword(b"EI")) {
        return None;
    }
    *lexer = behind;
    Some(data)
}

/// Tables 93 and 94: keys of inline images may be abbreviated.
fn full_key(key: &[u8]) -> &[u8] {
    match key {
        b"BPC" => b"BitsPerComponent",
        b"CS" => b"ColorSpace",
        b"D" => b"Decode",
        b"DP" => b"DecodeParms",
        b"F" => b"Filter",
        b"H" => b"Height",
        b"IM" => b"ImageMask",
        b"I" => b"Interpolate",
        b"W" => b"Width",
        key => key,
    }
}

/// The content of a page: its streams, which are read as one (7.8.2).
fn page_content(document: &Document<'_>, page: &Dictionary) -> Result<Arc<[u8]>, PdfError> {
    let read = |object: &Object| match document.resolve(object) {
        Object::Stream(stream) => match document.data(&stream) {
            Err(PdfError::Unsupported { .. }) => Ok(Arc::default()),
            data => data,
        },
        _ => Ok(Arc::default()),
    };
    match document.get(page, b"Contents") {
        Object::Array(parts) => {
            let mut content = Vec::new();
            for part in parts.iter() {
                content.extend_from_slice(&read(part)?);
                content.push(b'\n');
            }
            Ok(content.into())
        }
        other => read(&other),
    }
}

/// The form whose brightness or alpha masks what is shown (11.6.5.2).
fn soft_mask(document: &Document<'_>, state: &Object) -> Option<Object> {
    let state = document.resolve(state);
    let mask = document.dictionary(state.as_dictionary()?, b"SMask")?;
    mask.get(b"G").cloned()
}

/// The form that an annotation is shown as (12.5.5), or that of its state.
fn appearance(document: &Document<'_>, annotation: &Dictionary) -> Option<Object> {
    let appearances = document.dictionary(annotation, b"AP")?;
    let normal = appearances.get(b"N")?;
    match document.resolve(normal) {
        Object::Dictionary(states) => {
            let state = document.name(annotation, b"AS")?;
            states.get(&state).cloned()
        }
        _ => Some(normal.clone()),
    }
}
