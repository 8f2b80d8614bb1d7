//! Files inside the document (ISO 32000-1, 7.11.4).

use std::collections::BTreeSet;
use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object, PdfError, Reference, Stream};

use super::destination::file_name;
use super::links::annotations;
use super::md5::md5;
use super::strings::name_text;
use super::tree::{self, MAX_ITEMS};
use crate::text_string::text_string;

/// A file inside the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// The file's name. Nothing keeps it from being a path that leads out of a folder.
    pub name: String,
    /// What it is described as.
    pub description: Option<String>,
    /// Its media type, as the document has it.
    pub media_type: Option<String>,
    /// Its length in bytes, as the document has it.
    pub size: Option<u64>,
    /// `CreationDate` as it stands there, such as `D:20240131120000Z`.
    pub creation_date: Option<String>,
    /// `ModDate` as it stands there.
    pub modification_date: Option<String>,
    /// The page that it is attached to, counted from 1; none where it belongs to the document.
    pub page: Option<u32>,
    /// The MD5 checksum, if there is one.
    checksum: Option<[u8; 16]>,
    stream: Stream,
}

impl Attachment {
    /// The file.
    ///
    /// # Errors
    ///
    /// [`PdfError::OutputTooLarge`] if it has more than `max_bytes`, [`PdfError::Unsupported`] where its filter is
    /// unknown, and the limits of the document.
    pub fn data(&self, document: &Document<'_>, max_bytes: u64) -> Result<Arc<[u8]>, PdfError> {
        // A file that is packed as an image is that image.
        let (data, _) = document.image_data(&self.stream)?;
        if data.len() as u64 > max_bytes {
            return Err(PdfError::OutputTooLarge { limit: max_bytes });
        }
        Ok(data)
    }

    /// Whether the file is the one that its checksum was made of; nothing where there is no checksum.
    pub fn is_intact(&self, data: &[u8]) -> Option<bool> {
        self.checksum.map(|checksum| checksum == md5(data))
    }
}

/// The files inside the document: those of the catalog's name tree, then those that pages have as annotations. A file
/// that is there twice is listed once.
///
/// # Errors
///
/// A limit that was passed.
pub fn attachments(document: &Document<'_>) -> Result<Vec<Attachment>, PdfError> {
    let mut list = List { document, files: Vec::new(), seen: BTreeSet::new() };
    tree::walk(document, &tree::root(document, b"EmbeddedFiles"), b"Names", |key, value| {
        list.add(value, key.as_string(), None, None)?;
        Ok(true)
    })?;
    let mut seen = 0;
    for page in 1..=document.page_count() {
        let mut files = Vec::new();
        annotations(document, page, &mut seen, |_, annotation| {
            if document.name(annotation, b"Subtype").as_deref() == Some(b"FileAttachment") {
                let contents = document.string(annotation, b"Contents");
                files.push((annotation.get(b"FS").cloned().unwrap_or_default(), contents));
            }
        })?;
        for (file, contents) in files {
            list.add(&file, None, contents.as_deref(), Some(page))?;
        }
    }
    document.check()?;
    Ok(list.files)
}

struct List<'d, 'a> {
    document: &'d Document<'a>,
    files: Vec<Attachment>,
    /// Streams that are listed.
    seen: BTreeSet<Reference>,
}

impl List<'_, '_> {
    /// Adds the file of a file specification, unless it has none.
    fn add(
        &mut self,
        specification: &Object,
        key: Option<&[u8]>,
        contents: Option<&[u8]>,
        page: Option<u32>,
    ) -> Result<(), PdfError> {
        let document = self.document;
        let specification = document.resolve(specification);
        let Some(entries) = specification.as_dictionary() else { return Ok(()) };
        let Some(stream) = embedded(document, entries) else { return Ok(()) };
        if stream.reference().is_some_and(|reference| !self.seen.insert(reference)) {
            return Ok(());
        }
        if self.files.len() >= MAX_ITEMS {
            return Err(PdfError::TooManyObjects { limit: MAX_ITEMS as u64 });
        }
        let mut name = file_name(document, &specification);
        if name.is_empty() {
            name = key.map(text_string).unwrap_or_default();
        }
        let description = document.string(entries, b"Desc");
        let description = description.as_deref().or(contents).map(text_string);
        let media_type =
            document.name(stream.dictionary(), b"Subtype").map(|name| name_text(&name));
        let parameters = document.dictionary(stream.dictionary(), b"Params").unwrap_or_default();
        let date = |key: &[u8]| document.string(&parameters, key).map(|date| text_string(&date));
        let checksum = document.string(&parameters, b"CheckSum");
        self.files.push(Attachment {
            name,
            description: description.filter(|text| !text.is_empty()),
            media_type,
            size: document.integer(&parameters, b"Size").and_then(|size| u64::try_from(size).ok()),
            creation_date: date(b"CreationDate"),
            modification_date: date(b"ModDate"),
            page,
            checksum: checksum.and_then(|bytes| <[u8; 16]>::try_from(&*bytes).ok()),
            stream,
        });
        Ok(())
    }
}

/// The stream of a file specification: that of `UF`, `F`, or an older key.
fn embedded(document: &Document<'_>, specification: &Dictionary) -> Option<Stream> {
    let files = document.dictionary(specification, b"EF")?;
    let keys: [&[u8]; 5] = [b"UF", b"F", b"Unix", b"DOS", b"Mac"];
    keys.iter().find_map(|key| document.stream(&files, key))
}
