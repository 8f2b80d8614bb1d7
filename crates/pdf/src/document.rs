//! From bytes to objects.

use lopdf::{DecompressError, Document, Error, LoadOptions, Object};

use crate::{Limits, PdfError, guard};

/// Loads and, where the password opens it, decrypts a document.
pub(crate) fn open(
    input: &[u8],
    password: Option<&str>,
    limits: &Limits,
) -> Result<Document, PdfError> {
    if input.is_empty() {
        return Err(PdfError::Truncated);
    }
    guard::check(input)?;
    let document = load(input, password, limits, false)?;
    // The engine repeats a load like this by itself, but not with a filter.
    let document = if has_pages(&document) || document.trailer.has(b"Encrypt") {
        document
    } else {
        load(input, password, limits, true).ok().filter(has_pages).unwrap_or(document)
    };
    if document.trailer.has(b"Encrypt") {
        return Err(locked(&document));
    }
    if !has_page_root(&document) {
        return Err(damaged(input, "a catalog with a page tree"));
    }
    Ok(document)
}

fn load(
    input: &[u8],
    password: Option<&str>,
    limits: &Limits,
    force_reconstruct: bool,
) -> Result<Document, PdfError> {
    let most = match guard::find(input, b"/Encrypt") {
        Some(_) => guard::MAX_ENCRYPTED_LOAD_BYTES,
        None => guard::MAX_LOAD_BYTES,
    };
    let most = most.min(usize::try_from(limits.max_stream_bytes).unwrap_or(usize::MAX));
    let options = LoadOptions {
        password: password.map(str::to_owned),
        filter: Some(guard::filter),
        max_decompressed_size: Some(most),
        force_reconstruct,
        ..LoadOptions::default()
    };
    let (document, fitted) =
        guard::counted(input, || Document::load_mem_with_options(input, options));
    if !fitted {
        return Err(PdfError::TooManyObjects { limit: guard::max_tokens(input) });
    }
    document.map_err(|e| failed(&e, input, most))
}

fn has_page_root(document: &Document) -> bool {
    let root = document.catalog().and_then(|catalog| catalog.get_deref(b"Pages", document));
    root.and_then(Object::as_dict).is_ok()
}

fn has_pages(document: &Document) -> bool {
    let root = document.catalog().and_then(|catalog| catalog.get_deref(b"Pages", document));
    let kids = root.and_then(Object::as_dict).and_then(|root| root.get_deref(b"Kids", document));
    kids.and_then(Object::as_array).is_ok()
}

/// Why a document that was read stayed encrypted.
fn locked(document: &Document) -> PdfError {
    match document.get_encrypted().and_then(|dictionary| dictionary.get(b"Filter")) {
        Ok(Object::Name(name)) if name == b"Standard" => PdfError::Password,
        Ok(_) => {
            PdfError::Unsupported { feature: "a security handler other than the standard one" }
        }
        Err(_) => PdfError::Invalid { expected: "an encryption dictionary" },
    }
}

fn failed(error: &Error, input: &[u8], most: usize) -> PdfError {
    match error {
        Error::InvalidPassword => PdfError::Password,
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
            PdfError::StreamTooLarge { limit: most as u64 }
        }
        Error::UnsupportedSecurityHandler(_) => {
            PdfError::Unsupported { feature: "a security handler other than the standard one" }
        }
        Error::Decryption(_) => PdfError::Unsupported { feature: "an unknown kind of encryption" },
        _ => damaged(input, "a cross-reference table or objects to rebuild it from"),
    }
}

/// Whether what is missing was cut off.
fn damaged(input: &[u8], expected: &'static str) -> PdfError {
    let has = |needle: &[u8]| guard::find(input, needle).is_some();
    if !has(b"%PDF-") {
        PdfError::Invalid { expected: "%PDF- near the start" }
    } else if has(b"startxref") {
        PdfError::Invalid { expected }
    } else {
        PdfError::Truncated
    }
}
