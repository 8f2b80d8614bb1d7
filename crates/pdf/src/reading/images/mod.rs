//! The images of pages (ISO 32000-1, 8.9): JPEG and JPEG 2000 as they are in the document, all others as PNG.

mod ccitt;
mod ccitt_codes;
mod colour;
mod extract;
mod find;
mod function;
mod pixels;
mod postscript;

use bytemill_pdf_objects::{Document, PdfError, Reference};

use super::pages::PageRange;

/// What images may cost, and what is wanted of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageOptions {
    /// Whether to make files; else images are only listed.
    pub files: bool,
    /// Most pixels of an image that is made a PNG; larger ones are listed without a file.
    pub max_pixels: u64,
    /// Most bytes of all files together.
    pub max_output_bytes: u64,
}

impl Default for ImageOptions {
    /// Files, 64 Mi pixels, 256 MiB.
    fn default() -> Self {
        Self { files: true, max_pixels: 64 << 20, max_output_bytes: 256 << 20 }
    }
}

/// The format of an image's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    /// PNG, made of the image's samples.
    Png,
    /// JPEG, as it is in the document. One in four colours is likely to be inverted, as Adobe does it.
    Jpeg,
    /// JPEG 2000, as it is in the document.
    Jpeg2000,
    /// JBIG2 without a file header, as it is in the document, its global segments first. Few programs read it.
    Jbig2,
}

/// A file of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageFile {
    /// Its format.
    pub format: ImageFormat,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An image on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageImage {
    /// The first page that shows it, counted from 1.
    pub page: u32,
    /// Its name among the page's, or form's, resources; empty for an inline image.
    pub name: String,
    /// Its object; none for an inline image.
    pub reference: Option<Reference>,
    /// Width in samples, as the document has it.
    pub width: u32,
    /// Height in samples, as the document has it. Of an image that lacks most of its data the file has fewer rows.
    pub height: u32,
    /// Bits to a component; 0 where JPEG 2000 says it.
    pub bits: u8,
    /// The colour space: `DeviceRGB`, `ICCBased 3`, `Indexed DeviceRGB`; empty where there is none.
    pub colour_space: String,
    /// The last filter of its data: `DCTDecode`, `FlateDecode`; empty where there is none.
    pub filter: String,
    /// Whether it is a stencil, through which a colour is painted: black where it is.
    pub stencil: bool,
    /// Whether it has a mask or a range of transparent colours. A PNG has it as alpha.
    pub masked: bool,
    /// Whether a JPEG's or JPEG 2000's samples are to be changed by a `Decode` array, which the file does not have: turned
    /// round, most likely.
    pub decode_ignored: bool,
    /// The file, if it could be made and was wanted.
    pub file: Option<ImageFile>,
    /// The mask as a file of its own, where it could not become a PNG's alpha: white where the image is to be seen.
    pub mask: Option<ImageFile>,
    /// Why there is no file, or one that others will not read.
    pub problem: Option<&'static str>,
}

/// The images that the content of pages shows, and the forms, patterns, soft masks and annotations there, each object once, in the
/// order in which they are shown.
///
/// # Errors
///
/// [`PdfError::PageRange`], [`PdfError::OutputTooLarge`], or another limit that was passed. What is wrong with one image is
/// said with that image.
pub fn images(
    document: &Document<'_>,
    range: PageRange,
    options: &ImageOptions,
) -> Result<Vec<PageImage>, PdfError> {
    let mut finder = find::Finder::new(document, options);
    for page in range.numbers(document)? {
        finder.page(page)?;
    }
    document.check()?;
    Ok(finder.images)
}
