//! Pages, their resources and streams, within a budget (ISO 32000-1, 7.7.3, 7.8).

use std::collections::BTreeSet;

use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId, Stream};

use crate::{Limits, PdfError};

/// How deep attributes of pages are inherited.
const MAX_DEPTH: usize = 64;
/// What using a stream costs beside its bytes, so that empty ones end as well.
const STREAM_COST: u64 = 512;

/// The pages in order. An inner node counts once, wherever else it is a kid: trees have no cycles.
pub(crate) fn pages(document: &Document, limits: &Limits) -> Result<Vec<ObjectId>, PdfError> {
    let root = document.catalog().and_then(|catalog| catalog.get_deref(b"Pages", document));
    let mut levels =
        Vec::from_iter(root.ok().and_then(|root| kids(document, root)).map(<[_]>::iter));
    let mut seen = BTreeSet::new();
    if let Ok(root) = document.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference()) {
        seen.insert(root);
    }
    let mut pages = Vec::new();
    while let Some(level) = levels.last_mut() {
        let Some(kid) = level.next() else {
            levels.pop();
            continue;
        };
        let Ok(id) = kid.as_reference() else { continue };
        let object = document.get_object(id);
        if let Ok(object) = object
            && let Some(kids) = kids(document, object)
        {
            if seen.insert(id) {
                levels.push(kids.iter());
            }
            continue;
        }
        // A page that cannot be read stays a page, so that the others keep their numbers.
        if object.and_then(Object::as_dict).is_ok_and(|node| node.has_type(b"Pages")) {
            continue;
        }
        if pages.len() as u64 >= u64::from(limits.max_pages) {
            return Err(PdfError::TooManyPages { limit: limits.max_pages });
        }
        pages.push(id);
    }
    Ok(pages)
}

/// The kids of an inner node.
fn kids<'a>(document: &'a Document, node: &'a Object) -> Option<&'a [Object]> {
    let kids = node.as_dict().ok()?.get_deref(b"Kids", document).and_then(Object::as_array);
    kids.ok().map(Vec::as_slice)
}

/// An attribute of the page or of the nearest ancestor that has it.
pub(crate) fn inherited<'a>(
    document: &'a Document,
    page: ObjectId,
    key: &[u8],
) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MAX_DEPTH {
        if let Ok(value) = node.get_deref(key, document)
            && !value.is_null()
        {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

/// `dictionary[key]`, which is a dictionary or refers to one.
pub(crate) fn entry<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    dictionary.get_deref(key, document).and_then(Object::as_dict).ok()
}

/// The streams of a page's `Contents`.
pub(crate) fn contents(document: &Document, page: ObjectId) -> Vec<&Stream> {
    let contents = document
        .get_dictionary(page)
        .and_then(|page| page.get_deref(b"Contents", document))
        .map(|contents| match contents {
            Object::Array(streams) => streams.as_slice(),
            stream => core::slice::from_ref(stream),
        });
    contents
        .unwrap_or_default()
        .iter()
        .filter_map(|stream| document.dereference(stream).ok())
        .filter_map(|(_, stream)| stream.as_stream().ok())
        .collect()
}

/// Bytes that streams may still inflate to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    left: u64,
    limit: u64,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { left: limits.max_stream_bytes, limit: limits.max_stream_bytes }
    }

    pub(crate) fn charge(&mut self, bytes: u64) -> Result<(), PdfError> {
        match self.left.checked_sub(bytes) {
            Some(left) => self.left = left,
            None => return Err(PdfError::StreamTooLarge { limit: self.limit }),
        }
        Ok(())
    }

    /// Appends what a stream inflates to; nothing when its filters fail.
    pub(crate) fn inflate(
        &mut self,
        stream: &Stream,
        output: &mut Vec<u8>,
    ) -> Result<(), PdfError> {
        self.charge(STREAM_COST)?;
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let bytes = match stream.get_plain_content_with_limit(left) {
            Ok(bytes) => bytes,
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(PdfError::StreamTooLarge { limit: self.limit });
            }
            Err(_) => return self.charge(stream.content.len() as u64 / 16),
        };
        self.charge(bytes.len() as u64)?;
        output
            .try_reserve(bytes.len() + 1)
            .map_err(|_| PdfError::OutOfMemory { bytes: bytes.len() })?;
        output.extend_from_slice(&bytes);
        // Tokens do not span streams (7.8.2).
        output.push(b'\n');
        Ok(())
    }
}
