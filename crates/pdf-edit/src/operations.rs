//! The operations, each of which makes a new document.

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object};

use crate::catalog::Catalog;
use crate::copier::{Copier, Scope, reserve, set};
use crate::destinations::Names;
use crate::forms::{Fields, Form};
use crate::labels::{Labels, NewLabels};
use crate::outline::{Items, Outline};
use crate::page_tree::PageTree;
use crate::pages::{Pages, Rotation};
use crate::write::{Ending, Writer, dictionary, name, reference};
use crate::{EditError, Encryption, InfoChanges, Limits, Method, Options, xmp};

/// Pages of a document, whose numbers are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection<'a> {
    /// All of them.
    All,
    /// Those of these numbers.
    Pages(&'a [u32]),
}

/// Where a document is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split<'a> {
    /// After every so many pages.
    Every(u32),
    /// Before these pages, whose numbers are counted from 1, in any order. The first page begins a part anyway.
    Before(&'a [u32]),
}

/// Appends to `output` a document of some pages of another, in the order of their numbers given, counted from 1. A page
/// may be there several times; what pages have in common is written once.
///
/// Kept is what the pages lead to, and of the document its metadata, language, viewer preferences, layers, output
/// intents, the labels of the pages, the items of the outline that lead to them, and the form fields they show. Named
/// destinations become explicit ones. Links to pages that are not there are left out; so are the structure tree,
/// attachments, scripts, article threads and XFA forms. Digital signatures are copied for what they show; they do not
/// verify any more.
/// Fields of a page's second copy become fields of their own.
///
/// # Errors
///
/// Every variant of [`EditError`] but `Rotation`; `output` is as before then.
pub fn extract_pages(
    document: &Document<'_>,
    pages: &[u32],
    options: &Options<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    check_pages(document, pages)?;
    append(output, |output| Parts::read(document).write(pages, options, output))
}

/// Appends to `outputs` one document for each part of another. What is kept is as in [`extract_pages`].
///
/// # Errors
///
/// Those of [`extract_pages`]; `outputs` is as before then. The limit on bytes is for all parts together.
pub fn split(
    document: &Document<'_>,
    at: Split<'_>,
    options: &Options<'_>,
    outputs: &mut Vec<Vec<u8>>,
) -> Result<(), EditError> {
    let count = document.page_count();
    document.check()?;
    check_count(count as usize, options)?;
    let mut starts = Vec::new();
    match at {
        Split::Every(0) => return Err(EditError::Nothing { expected: "pages in each part" }),
        Split::Every(pages) => starts.extend((1..=count).step_by(pages as usize)),
        Split::Before(pages) => {
            check_pages(document, pages)?;
            starts.push(1);
            starts.extend_from_slice(pages);
            starts.sort_unstable();
            starts.dedup();
        }
    }
    let before = outputs.len();
    let parts = Parts::read(document);
    let mut left = options.limits.max_output_bytes;
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(count, |next| next - 1);
        let pages: Vec<u32> = (*start..=end).collect();
        let options =
            Options { limits: Limits { max_output_bytes: left, ..options.limits }, ..*options };
        let mut output = Vec::new();
        if let Err(error) = parts.write(&pages, &options, &mut output) {
            outputs.truncate(before);
            return Err(error);
        }
        left = left.saturating_sub(output.len() as u64);
        output.shrink_to_fit();
        outputs.push(output);
    }
    Ok(())
}

/// Appends to `output` a document of all pages of others, in their order.
///
/// Kept are the outlines, one behind another, page labels, attachments and other named objects, named destinations, and
/// the form fields; where names clash, those of later documents get a number behind them, and what refers to a
/// destination follows. Layers are joined. Metadata, language, viewer preferences, output intents and the action on
/// opening are the first document's, and so is a form's resource where two have the same name. Structure trees, article
/// threads and XFA forms are left out. Digital signatures do not verify any more.
///
/// # Errors
///
/// Every variant of [`EditError`] but `NoPage` and `Rotation`; `output` is as before then.
pub fn merge(
    documents: &[&Document<'_>],
    options: &Options<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    let Some(first) = documents.first() else {
        return Err(EditError::Nothing { expected: "a document" });
    };
    let pages = documents.iter().map(|document| document.page_count() as usize).sum();
    documents.iter().try_for_each(|document| document.check())?;
    check_count(pages, options)?;
    let version = documents.iter().map(|document| document.version()).max().unwrap_or_default();
    append(output, |output| {
        let mut writer = Writer::new(output, options, version, None)?;
        let mut tree = PageTree::new(&mut writer, pages)?;
        let mut catalog = Catalog::default();
        let mut form = Form::default();
        let mut outline = Outline::default();
        let mut labels = NewLabels::default();
        for document in documents {
            let mut copier = Copier::new(document, Scope::Joined);
            let count = document.page_count();
            let mut pages = Pages::register(&mut copier, &mut writer, 0..count)?;
            catalog.rename(&mut copier);
            form.join(&mut copier, &mut writer)?;
            let old = Labels::read(document);
            let mut fields = Fields::default();
            for leaf in std::mem::take(&mut pages.leaves) {
                labels.add(&old, leaf.index);
                let parent = tree.add(leaf.number);
                pages.write(&mut copier, &mut writer, &leaf, parent, None, &mut fields)?;
            }
            outline.take(&mut copier, &mut writer, &Items::read(document))?;
            catalog.join(&mut copier, &mut writer)?;
            document.check()?;
        }
        let mut copier = Copier::new(first, Scope::Joined);
        let info = info(&mut copier, &mut writer, &InfoChanges::default())?;
        set(&mut catalog.entries, b"AcroForm", form.finish());
        set(&mut catalog.entries, b"PageLabels", labels.finish());
        let outline = outline.finish(&mut writer)?;
        set(&mut catalog.entries, b"Outlines", outline);
        finish(writer, catalog, tree, info, options, version)
    })
}

/// Appends to `output` a document with some pages of another turned, and all else as in [`rewrite`].
///
/// # Errors
///
/// Every variant of [`EditError`]; `output` is as before then.
pub fn rotate(
    document: &Document<'_>,
    pages: Selection<'_>,
    rotation: Rotation,
    options: &Options<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    rotation.check()?;
    let mut turned = Vec::new();
    if let Selection::Pages(pages) = pages {
        check_pages(document, pages)?;
        reserve(&mut turned, document.page_count() as usize)?;
        turned.resize(document.page_count() as usize, false);
        for page in pages {
            turned[*page as usize - 1] = true;
        }
    }
    let rotation = |page: u32| {
        let turned = turned.get(page as usize).copied();
        turned.unwrap_or(pages == Selection::All).then_some(rotation)
    };
    whole(document, &rotation, &InfoChanges::default(), options, output)
}

/// Appends to `output` a document with changes to what it says of itself, in its information dictionary and in its XMP
/// metadata, if it has any; all else is as in [`rewrite`].
///
/// # Errors
///
/// Those of [`rewrite`].
pub fn set_info(
    document: &Document<'_>,
    changes: &InfoChanges<'_>,
    options: &Options<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    whole(document, &|_| None, changes, options, output)
}

/// Appends to `output` the document encrypted: [`rewrite`] with that option.
///
/// # Errors
///
/// Those of [`rewrite`].
pub fn encrypt<'a>(
    document: &Document<'_>,
    encryption: Encryption<'a>,
    options: &Options<'a>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    rewrite(document, &Options { encryption: Some(encryption), ..*options }, output)
}

/// Appends to `output` the document without encryption: [`rewrite`] without that option.
///
/// # Errors
///
/// Those of [`rewrite`].
pub fn decrypt(
    document: &Document<'_>,
    options: &Options<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    rewrite(document, &Options { encryption: None, ..*options }, output)
}

/// Appends to `output` the document as it is, in a new file: only what its catalog leads to, with a balanced page tree, and
/// packed as the options say. Digital signatures are copied for what they show, but do not verify any more; what readers
/// may do because of one is not said any more.
///
/// # Errors
///
/// Every variant of [`EditError`] but `NoPage` and `Rotation`; `output` is as before then.
pub fn rewrite(
    document: &Document<'_>,
    options: &Options<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    whole(document, &|_| None, &InfoChanges::default(), options, output)
}

fn whole(
    document: &Document<'_>,
    rotation: &dyn Fn(u32) -> Option<Rotation>,
    changes: &InfoChanges<'_>,
    options: &Options<'_>,
    output: &mut Vec<u8>,
) -> Result<(), EditError> {
    let count = document.page_count();
    document.check()?;
    check_count(count as usize, options)?;
    let version = document.version();
    append(output, |output| {
        let mut writer = Writer::new(output, options, version, first_id(document))?;
        let mut tree = PageTree::new(&mut writer, count as usize)?;
        let mut copier = Copier::new(document, Scope::Whole);
        let mut pages = Pages::register(&mut copier, &mut writer, 0..count)?;
        let mut fields = Fields::default();
        for leaf in std::mem::take(&mut pages.leaves) {
            let parent = tree.add(leaf.number);
            let rotation = rotation(leaf.index);
            pages.write(&mut copier, &mut writer, &leaf, parent, rotation, &mut fields)?;
        }
        let mut catalog = Catalog::default();
        let metadata = metadata(document, &mut writer, changes)?;
        catalog.take_whole(&mut copier, &mut writer, metadata)?;
        let info = info(&mut copier, &mut writer, changes)?;
        document.check()?;
        finish(writer, catalog, tree, info, options, version)
    })
}

/// What all parts of a document have in common, read once.
struct Parts<'p, 'd> {
    document: &'p Document<'d>,
    items: Items,
    labels: Labels,
    names: Names,
}

impl<'p, 'd> Parts<'p, 'd> {
    fn read(document: &'p Document<'d>) -> Self {
        let (items, labels) = (Items::read(document), Labels::read(document));
        Self { document, items, labels, names: Names::default() }
    }

    /// Writes one part: pages counted from 1, which exist.
    fn write(
        &self,
        pages: &[u32],
        options: &Options<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), EditError> {
        let document = self.document;
        check_count(pages.len(), options)?;
        let version = document.version();
        let mut writer = Writer::new(output, options, version, None)?;
        let mut tree = PageTree::new(&mut writer, pages.len())?;
        let mut copier = Copier::new(document, Scope::Pages);
        copier.names = self.names.clone();
        let indices = pages.iter().map(|page| page - 1);
        let mut pages = Pages::register(&mut copier, &mut writer, indices)?;
        let mut fields = Fields::default();
        pages.register_annotations(&mut copier, &mut writer, &mut fields)?;
        let mut labels = NewLabels::default();
        for leaf in std::mem::take(&mut pages.leaves) {
            labels.add(&self.labels, leaf.index);
            let parent = tree.add(leaf.number);
            pages.write(&mut copier, &mut writer, &leaf, parent, None, &mut fields)?;
        }
        let mut form = Form::default();
        fields.finish(&mut copier, &mut writer, &mut form)?;
        let mut catalog = Catalog::default();
        catalog.take_pages(&mut copier, &mut writer)?;
        let mut outline = Outline::default();
        outline.take(&mut copier, &mut writer, &self.items)?;
        let info = info(&mut copier, &mut writer, &InfoChanges::default())?;
        document.check()?;
        set(&mut catalog.entries, b"AcroForm", form.finish());
        set(&mut catalog.entries, b"PageLabels", labels.finish());
        let outline = outline.finish(&mut writer)?;
        set(&mut catalog.entries, b"Outlines", outline);
        finish(writer, catalog, tree, info, options, version)
    }
}

/// Appends, or leaves the output as it was.
fn append(
    output: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), EditError>,
) -> Result<(), EditError> {
    let before = output.len();
    let result = write(output);
    if result.is_err() {
        output.truncate(before);
    }
    result
}

fn check_count(pages: usize, options: &Options<'_>) -> Result<(), EditError> {
    let limit = options.limits.max_pages;
    if pages == 0 {
        return Err(EditError::Nothing { expected: "a page" });
    }
    if pages > limit as usize {
        return Err(EditError::TooManyPages { limit });
    }
    Ok(())
}

fn check_pages(document: &Document<'_>, pages: &[u32]) -> Result<(), EditError> {
    let count = document.page_count();
    document.check()?;
    match pages.iter().find(|page| !(1..=count).contains(page)) {
        Some(page) => Err(EditError::NoPage { page: *page, pages: count }),
        None => Ok(()),
    }
}

/// The identifier that stays the same over all versions of a document (14.4).
fn first_id(document: &Document<'_>) -> Option<Arc<[u8]>> {
    let id = document.array(document.trailer(), b"ID")?;
    match document.resolve(id.first()?) {
        Object::String(first) if (1..=64).contains(&first.len()) => Some(first),
        _ => None,
    }
}

/// Copies and changes the information dictionary.
fn info(
    copier: &mut Copier<'_, '_>,
    writer: &mut Writer<'_>,
    changes: &InfoChanges<'_>,
) -> Result<Option<u32>, EditError> {
    let old = copier.document.dictionary(copier.document.trailer(), b"Info").unwrap_or_default();
    let mut entries = copier.entries(writer, &old, 0)?.unwrap_or_default();
    changes.apply(&mut entries);
    copier.drain(writer)?;
    if entries.is_empty() {
        return Ok(None);
    }
    writer.add(&Object::Dictionary(entries.into_iter().collect())).map(Some)
}

/// Writes changed metadata, where there is any, and gives a reference to it.
fn metadata(
    document: &Document<'_>,
    writer: &mut Writer<'_>,
    changes: &InfoChanges<'_>,
) -> Result<Option<Object>, EditError> {
    let old = document.stream(&document.catalog(), b"Metadata");
    let Some(old) = old.filter(|_| !changes.is_empty()) else { return Ok(None) };
    // What cannot be decoded is made anew.
    let packet = document.data(&old).unwrap_or_default();
    let packet = xmp::update(&packet, changes);
    let own = dictionary([(b"Type", name(b"Metadata")), (b"Subtype", name(b"XML"))]);
    let number = writer.reserve()?;
    writer.stream(number, own.as_dictionary().unwrap_or(&Dictionary::default()), &packet)?;
    Ok(Some(reference(number)))
}

/// Writes what is above the pages, and the end of the file.
fn finish(
    mut writer: Writer<'_>,
    mut catalog: Catalog,
    tree: PageTree,
    info: Option<u32>,
    options: &Options<'_>,
    version: (u8, u8),
) -> Result<(), EditError> {
    if options.encryption.is_some_and(|encryption| encryption.method == Method::Aes256)
        && version < (2, 0)
    {
        // What PDF 2.0 has, as an extension of 1.7.
        let level = Object::Integer(8);
        let adobe = dictionary([(b"BaseVersion", name(b"1.7")), (b"ExtensionLevel", level)]);
        let old = catalog.entries.iter().find(|(key, _)| **key == *b"Extensions");
        let old = old.and_then(|(_, own)| own.as_dictionary()).cloned().unwrap_or_default();
        let mut own = old.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        set(&mut own, b"ADBE", adobe);
        let extensions = Object::Dictionary(own.into_iter().collect());
        set(&mut catalog.entries, b"Extensions", extensions);
    }
    let root = tree.root();
    tree.finish(&mut writer)?;
    let root = catalog.finish(&mut writer, root)?;
    writer.finish(Ending { root, info })
}
