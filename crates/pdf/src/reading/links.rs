//! Links: places on pages that lead somewhere (ISO 32000-1, 12.5.6.5).

use bytemill_pdf_objects::{Dictionary, Document, Object, PdfError};

use super::destination::{Resolver, Target};
use super::pages::PageRange;
use super::tree::MAX_ITEMS;

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The page that it is on, counted from 1.
    pub page: u32,
    /// Left, bottom, right and top in points, in the page's default space.
    pub rectangle: [f32; 4],
    /// Where it leads.
    pub target: Target,
}

/// The links of some pages, in the order of the pages' annotations. Those that lead nowhere are left out.
///
/// # Errors
///
/// [`PdfError::PageRange`], or a limit that was passed.
pub fn links(document: &Document<'_>, range: PageRange) -> Result<Vec<Link>, PdfError> {
    let resolver = Resolver::new(document);
    let mut links = Vec::new();
    let mut seen = 0;
    for page in range.numbers(document)? {
        annotations(document, page, &mut seen, |_, annotation| {
            if document.name(annotation, b"Subtype").as_deref() == Some(b"Link")
                && let Some(target) = resolver.target(annotation)
            {
                let rectangle = rectangle(document, annotation).unwrap_or_default();
                links.push(Link { page, rectangle, target });
            }
        })?;
    }
    document.check()?;
    Ok(links)
}

/// Calls `found` with each annotation of a page, counted from 1: as the page has it, and its dictionary.
///
/// # Errors
///
/// [`PdfError::TooManyObjects`] where all that were `seen` are too many.
pub(crate) fn annotations(
    document: &Document<'_>,
    page: u32,
    seen: &mut usize,
    mut found: impl FnMut(&Object, &Dictionary),
) -> Result<(), PdfError> {
    let Some(page) = document.page(page - 1) else { return Ok(()) };
    let annotations = document.array(&page.dictionary, b"Annots").unwrap_or_default();
    for annotation in annotations.iter() {
        *seen += 1;
        if *seen > MAX_ITEMS {
            return Err(PdfError::TooManyObjects { limit: MAX_ITEMS as u64 });
        }
        if let Some(dictionary) = document.resolve(annotation).as_dictionary() {
            found(annotation, dictionary);
        }
    }
    Ok(())
}

/// The rectangle of an annotation; its corners may come in any order (7.9.5).
pub(crate) fn rectangle(document: &Document<'_>, annotation: &Dictionary) -> Option<[f32; 4]> {
    let corners = document.array(annotation, b"Rect")?;
    let mut numbers = corners.iter().map(|number| document.resolve(number).as_number());
    let mut next = || numbers.next().flatten().map(|number| number as f32);
    let (a, b, c, d) = (next()?, next()?, next()?, next()?);
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}
