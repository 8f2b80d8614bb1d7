//! What a document says of itself.

use bytemill_pdf_objects::{Dictionary, Document, Encryption, Object, PdfError};

use super::form::{FormKind, form_kind, has_script, runs_script};
use super::links::annotations;
use super::pages::PageRange;
use super::tree;
use super::xmp::{Xmp, packet_text};
use crate::text_string::text_string;

/// Pages and annotations that are looked at for scripts.
const MAX_PAGES: u32 = 256;
const MAX_ANNOTATIONS: usize = 1 << 14;

/// The size of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    /// Left, bottom, right and top of the media box, in units of the page.
    pub media_box: [f32; 4],
    /// Those of the crop box, which is what is shown; the media box where there is none.
    pub crop_box: [f32; 4],
    /// Degrees by which the page is turned clockwise when it is shown: 0, 90, 180 or 270.
    pub rotation: u16,
    /// Points to a unit of the page.
    pub user_unit: f32,
}

impl PageSize {
    /// Width and height in points as the page is shown, turned.
    pub fn shown(&self) -> (f32, f32) {
        let [left, bottom, right, top] = self.crop_box;
        let (width, height) = ((right - left) * self.user_unit, (top - bottom) * self.user_unit);
        if self.rotation.is_multiple_of(180) { (width, height) } else { (height, width) }
    }
}

/// Description of a document. Where the information dictionary lacks something, XMP metadata has it.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct Info {
    /// Major and minor version, from the header or, where that is later, the catalog.
    pub version: (u8, u8),
    /// Pages that the page tree leads to.
    pub page_count: u32,
    /// How the file is encrypted, if it is.
    pub encryption: Option<Encryption>,
    /// Whether the file is laid out for page-at-a-time loading.
    pub linearized: bool,
    /// Whether its cross-reference data was broken and has been made anew.
    pub repaired: bool,
    /// `Title` of the information dictionary.
    pub title: Option<String>,
    /// `Author`.
    pub author: Option<String>,
    /// `Subject`.
    pub subject: Option<String>,
    /// `Keywords`.
    pub keywords: Option<String>,
    /// `Creator`: the program that made the original.
    pub creator: Option<String>,
    /// `Producer`: the program that made the PDF.
    pub producer: Option<String>,
    /// `CreationDate` as it stands there, such as `D:20240131120000Z`; a date of XMP is written the same way.
    pub creation_date: Option<String>,
    /// `ModDate`, likewise.
    pub modification_date: Option<String>,
    /// The XMP metadata packet.
    pub xmp: Option<String>,
    /// Whether the content is tagged with its structure.
    pub tagged: bool,
    /// The natural language of the text, such as `en-GB`.
    pub language: Option<String>,
    /// The part of PDF/A and the level that the document says it conforms to, such as `2B`.
    pub pdf_a: Option<String>,
    /// The part of PDF/UA that it says it conforms to.
    pub pdf_ua: Option<String>,
    /// What kind of form it has.
    pub form: FormKind,
    /// Whether the document, its fields, or one of its first 256 pages and their annotations have scripts.
    pub javascript: bool,
}

/// Reads a document's description.
///
/// # Errors
///
/// A limit that was passed.
pub fn info(document: &Document<'_>) -> Result<Info, PdfError> {
    let catalog = document.catalog();
    let entries = document.dictionary(document.trailer(), b"Info").unwrap_or_default();
    let packet =
        document.stream(&catalog, b"Metadata").and_then(|stream| document.data(&stream).ok());
    let packet = packet.map(|packet| packet_text(&packet));
    let xmp = packet.as_deref().map(Xmp::read).unwrap_or_default();
    let field = |key: &[u8], other: Option<String>| {
        let text = match document.get(&entries, key) {
            Object::String(text) => Some(text_string(&text)),
            _ => None,
        };
        text.or(other)
    };
    let flag = |dictionary: Option<Dictionary>, key: &[u8]| {
        dictionary.is_some_and(|dictionary| document.get(&dictionary, key).as_bool() == Some(true))
    };
    let language = document.string(&catalog, b"Lang").map(|language| text_string(&language));
    let info = Info {
        version: document.version(),
        page_count: document.page_count(),
        encryption: document.encryption(),
        linearized: document.is_linearized(),
        title: field(b"Title", xmp.title),
        author: field(b"Author", xmp.author),
        subject: field(b"Subject", xmp.subject),
        keywords: field(b"Keywords", xmp.keywords),
        creator: field(b"Creator", xmp.creator),
        producer: field(b"Producer", xmp.producer),
        creation_date: field(b"CreationDate", xmp.creation_date),
        modification_date: field(b"ModDate", xmp.modification_date),
        xmp: packet,
        tagged: flag(document.dictionary(&catalog, b"MarkInfo"), b"Marked"),
        language: language.filter(|language| !language.is_empty()),
        pdf_a: xmp.pdf_a,
        pdf_ua: xmp.pdf_ua,
        form: form_kind(document),
        javascript: has_javascript(document, &catalog)?,
        // After all else: the pages may have shown it.
        repaired: document.is_repaired(),
    };
    document.check()?;
    Ok(info)
}

/// The sizes of some pages.
///
/// # Errors
///
/// [`PdfError::PageRange`], or a limit that was passed.
pub fn page_sizes(document: &Document<'_>, range: PageRange) -> Result<Vec<PageSize>, PdfError> {
    let mut sizes = Vec::new();
    for number in range.numbers(document)? {
        let Some(page) = document.page(number - 1) else { break };
        let points = |rectangle: [f64; 4]| rectangle.map(|number| number as f32);
        let unit = document.number(&page.dictionary, b"UserUnit");
        sizes.push(PageSize {
            media_box: points(page.media_box(document)),
            crop_box: points(page.crop_box(document)),
            rotation: page.rotation(document),
            user_unit: unit.filter(|unit| *unit > 0.0).unwrap_or(1.0) as f32,
        });
    }
    document.check()?;
    Ok(sizes)
}

/// Whether there is a script that runs on its own, or by a field or an annotation of the first pages.
fn has_javascript(document: &Document<'_>, catalog: &Dictionary) -> Result<bool, PdfError> {
    let opening = document
        .dictionary(catalog, b"OpenAction")
        .is_some_and(|action| document.name(&action, b"S").as_deref() == Some(b"JavaScript"));
    let mut named = false;
    tree::walk(document, &tree::root(document, b"JavaScript"), b"Names", |_, _| {
        named = true;
        Ok(false)
    })?;
    if opening || named || runs_script(document, catalog) || has_script(document) {
        return Ok(true);
    }
    let mut seen = 0;
    for number in 1..=document.page_count().min(MAX_PAGES) {
        let Some(page) = document.page(number - 1) else { break };
        let mut found = runs_script(document, &page.dictionary);
        annotations(document, number, &mut seen, |_, annotation| {
            found |= runs_script(document, annotation);
        })?;
        if found {
            return Ok(true);
        }
        if seen > MAX_ANNOTATIONS {
            break;
        }
    }
    Ok(false)
}
