//! What a document consists of.

use crate::{Item, StandardFont};

/// A document that is to be written. Everything that is bytes or text is borrowed.
///
/// Lengths are points, 1/72 inch, and the origin of a page is its lower left corner.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// Title, author and so on.
    pub info: Info<'a>,
    /// Fonts, which texts refer to by number. Those that nothing refers to are not written.
    pub fonts: Vec<FontSource<'a>>,
    /// Images, which items refer to by number: JPEG, PNG, GIF, BMP, TIFF, ICO or QOI. One that is placed many times is
    /// written once.
    pub images: Vec<&'a [u8]>,
    /// The pages.
    pub pages: Vec<Page<'a>>,
    /// The outline that viewers show beside the pages, in its order.
    pub outline: Vec<OutlineEntry<'a>>,
    /// How pages are numbered, by growing first page.
    pub labels: Vec<PageLabel<'a>>,
    /// Files that are attached.
    pub attachments: Vec<Attachment<'a>>,
    /// The ICC profile of the device that colours are meant for, which PDF/A asks for; may be empty. The colours
    /// themselves stay as they are.
    pub output_profile: &'a [u8],
}

/// What a document says of itself; an empty text is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Info<'a> {
    /// The title.
    pub title: &'a str,
    /// Who wrote it.
    pub author: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// Keywords, with commas between them.
    pub keywords: &'a str,
    /// The program in which it was written.
    pub creator: &'a str,
    /// The program that made the PDF.
    pub producer: &'a str,
    /// The language of its text, as in BCP 47: `de-CH`.
    pub language: &'a str,
    /// When it was made.
    pub created: Option<Date>,
    /// When it was last changed.
    pub modified: Option<Date>,
    /// Whether viewers show the title in their window instead of the file's name.
    pub display_title: bool,
    /// RDF/XML that is put into the XMP packet as it is, beside the description: `rdf:Description` elements, as
    /// Factur-X and other uses of PDF ask for. The packet is written where this or any text above is not empty.
    pub xmp: &'a str,
}

/// A moment, and the clock by which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Seconds since 1970-01-01T00:00:00Z, of the years 1 to 9999.
    pub seconds: i64,
    /// Minutes by which the clock is ahead of UTC, -1439 to 1439.
    pub offset: i16,
}

/// Where a font comes from.
#[derive(Clone, Copy, Debug)]
pub enum FontSource<'a> {
    /// One that every viewer has.
    Standard(StandardFont),
    /// One of a file, of which the glyphs that are used are embedded.
    Embedded {
        /// A TrueType or OpenType font, or a collection of them, with outlines in `glyf` or `CFF`.
        data: &'a [u8],
        /// Number of the font in a collection, otherwise 0.
        index: u32,
    },
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page<'a> {
    /// Width in points, 3 to 14400.
    pub width: f32,
    /// Height in points, 3 to 14400.
    pub height: f32,
    /// Degrees clockwise by which viewers turn the page: 0, 90, 180 or 270.
    pub rotation: u16,
    /// What is on it, from the back to the front.
    pub items: Vec<Item<'a>>,
}

/// An entry of the outline.
#[derive(Clone, Copy, Debug)]
pub struct OutlineEntry<'a> {
    /// Its depth: 0 at first, and at most one more than that of the entry before.
    pub level: u8,
    /// Whether the entries below it are shown.
    pub open: bool,
    /// Its text.
    pub title: &'a str,
    /// The number of the page that it leads to, counted from 0.
    pub page: u32,
    /// The height on the page that it leads to; nothing for the page's top.
    pub top: Option<f32>,
}

/// How pages are numbered from one page on.
#[derive(Clone, Copy, Debug)]
pub struct PageLabel<'a> {
    /// The first page it is about, counted from 0. That of the first label is 0.
    pub first_page: u32,
    /// How the number is written.
    pub style: LabelStyle,
    /// What stands before the number.
    pub prefix: &'a str,
    /// The number of the first page, at least 1.
    pub start: u32,
}

/// How the numbers of pages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelStyle {
    /// Not at all: a label is its prefix.
    None,
    /// 1, 2, 3.
    Decimal,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// a, b, c.
    LowerLetters,
    /// A, B, C.
    UpperLetters,
}

/// A file within the document.
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a> {
    /// Its name, not empty.
    pub name: &'a str,
    /// Its media type, such as `text/xml`; may be empty.
    pub media_type: &'a str,
    /// What it is, for people; may be empty.
    pub description: &'a str,
    /// What it is to the document.
    pub relationship: Relationship,
    /// When it was last changed.
    pub modified: Option<Date>,
    /// Its bytes.
    pub data: &'a [u8],
}

/// What an attachment is to the document (ISO 32000-2, 7.11.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// Not said.
    Unspecified,
    /// What the document was made from.
    Source,
    /// Data that the document shows.
    Data,
    /// The document in another form: the invoice of Factur-X.
    Alternative,
    /// An addition to the document.
    Supplement,
}
