//! The whole of a document.

use super::file::File;
use super::pages::{Drawn, Pages};
use super::resources::Resources;
use super::{attachments, info, outline, profile};
use crate::document::LabelStyle;
use crate::error::Place;
use crate::fonts::Fonts;
use crate::{CreateError, Document, Limits};

/// A file, and what did not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The file.
    pub bytes: Vec<u8>,
    /// Texts that did not fit their height, in the order of the document.
    pub rests: Vec<Rest>,
}

/// A text of which a part did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The page, counted from 0.
    pub page: u32,
    /// The item on it, counted from 0.
    pub item: u32,
    /// Where what did not fit begins in the text, in bytes.
    pub start: usize,
}

/// Writes a document. The same document gives the same bytes, anywhere and at any time.
///
/// # Errors
///
/// All of [`CreateError`] but `Truncated`.
pub fn create(document: &Document<'_>, limits: &Limits) -> Result<Created, CreateError> {
    check(document, limits)?;
    let fonts = Fonts::new(&document.fonts)?;
    let mut file = File::new(limits.max_output_bytes);
    let catalog = file.allocate()?;
    let mut resources = Resources::new(&fonts, document, limits)?;
    let pages = Pages::allocate(document, &mut file)?;
    let Drawn { root, rests } = pages.write(document, &fonts, &mut resources, &mut file)?;
    resources.finish(&mut file)?;
    let outline = outline::write(document, &pages, &mut file)?;
    let attached = attachments::write(document, &mut file)?;
    let information = info::write(&document.info, &mut file)?;
    let metadata = info::write_xmp(&document.info, &mut file)?;
    let profile = profile::write(document.output_profile, &mut file)?;
    file.object(catalog, |output| {
        output.put("<</Type/Catalog/Pages ").reference(root);
        if let Some(outline) = outline {
            output.put("/Outlines ").reference(outline).put("/PageMode/UseOutlines");
        }
        if let Some(metadata) = metadata {
            output.put("/Metadata ").reference(metadata);
        }
        if !document.info.language.is_empty() {
            output.put("/Lang").text(document.info.language);
        }
        if document.info.display_title {
            output.put("/ViewerPreferences<</DisplayDocTitle true>>");
        }
        if !document.labels.is_empty() {
            output.put("/PageLabels<</Nums[");
            for label in &document.labels {
                output.integer(label.first_page.into()).put("<<");
                output.put(style(label.style));
                if !label.prefix.is_empty() {
                    output.put("/P").text(label.prefix);
                }
                output.put("/St ").integer(label.start.into()).put(">>");
            }
            output.put("]>>");
        }
        if let Some(profile) = profile {
            output.put("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1");
            output.put("/OutputConditionIdentifier(Custom)/Info(Custom)/DestOutputProfile ");
            output.reference(profile).put(">>]");
        }
        attached.put(output);
        output.put(">>");
    })?;
    let bytes = file.finish(catalog, information)?;
    Ok(Created { bytes, rests })
}

/// ISO 32000-1, table 159.
fn style(style: LabelStyle) -> &'static str {
    match style {
        LabelStyle::None => "",
        LabelStyle::Decimal => "/S/D",
        LabelStyle::LowerRoman => "/S/r",
        LabelStyle::UpperRoman => "/S/R",
        LabelStyle::LowerLetters => "/S/a",
        LabelStyle::UpperLetters => "/S/A",
    }
}

/// Checks what can be checked before anything is written.
fn check(document: &Document<'_>, limits: &Limits) -> Result<(), CreateError> {
    let pages = document.pages.len();
    if pages > limits.max_pages as usize {
        return Err(CreateError::TooManyPages { limit: limits.max_pages });
    }
    let place = |kind, number: usize| Place { kind, page: None, number: number as u32 };
    let invalid = |place, expected| Err(CreateError::Invalid { place, expected });
    if pages == 0 {
        return invalid(place("document", 0), "at least one page");
    }
    let items: usize = document.pages.iter().map(|page| page.items.len()).sum();
    let lists = [
        items,
        document.fonts.len(),
        document.images.len(),
        document.outline.len(),
        document.labels.len(),
        document.attachments.len(),
    ];
    if lists.into_iter().any(|len| len > limits.max_items as usize) {
        return Err(CreateError::TooManyItems { limit: limits.max_items });
    }
    let mut first = 0;
    for (number, label) in document.labels.iter().enumerate() {
        let place = place("page label", number);
        if label.first_page < first || (number == 0) != (label.first_page == 0) {
            return invalid(place, "growing first pages from 0 on");
        }
        if label.start == 0 {
            return invalid(place, "a number from 1 on");
        }
        first = label.first_page.saturating_add(1);
    }
    Ok(())
}
