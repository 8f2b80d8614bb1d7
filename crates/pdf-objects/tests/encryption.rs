//! Encryption (ISO 32000-1, 7.6; ISO 32000-2 for revision 6) of documents by other writers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;

use bytemill_pdf_objects::{Document, Encryption, Limits, Method, Object, OpenOptions, PdfError};
use bytemill_testkit::{sets, vectors};

fn open<'a>(file: &'a [u8], password: Option<&str>) -> Result<Document<'a>, PdfError> {
    Document::open(file, &OpenOptions { password, limits: Limits::default() })
}

/// What the first page shows; nothing where it is empty.
fn content(document: &Document<'_>) -> Vec<u8> {
    let page = document.page(0).unwrap();
    let stream = match document.get(&page.dictionary, b"Contents") {
        Object::Array(streams) => document.resolve(&streams[0]),
        stream => stream,
    };
    stream.as_stream().map_or_else(Vec::new, |stream| document.data(stream).unwrap().to_vec())
}

#[test]
fn every_password_and_none() {
    for (name, method, revision) in [
        ("rc4-128.pdf", Method::Rc4, 3),
        ("aes-128.pdf", Method::Aes128, 4),
        ("aes-256.pdf", Method::Aes256, 6),
    ] {
        let file = fs::read(vectors::folder("pdf").join(name)).unwrap();
        assert_eq!(open(&file, None).unwrap_err(), PdfError::Password, "{name}");
        assert_eq!(open(&file, Some("wrong")).unwrap_err(), PdfError::Password, "{name}");
        for (password, is_owner) in [("open sesame", false), ("all of it", true)] {
            let document = open(&file, Some(password)).unwrap();
            let Encryption { permissions, .. } = document.encryption().unwrap();
            let expected = Encryption { method, revision, permissions, is_owner };
            assert_eq!(document.encryption(), Some(expected), "{name}");
            assert_eq!(document.page_count(), 3);
            let info = document.dictionary(document.trailer(), b"Info").unwrap();
            let title = document.string(&info, b"Title").unwrap();
            assert_eq!(title[..4], [0xFE, 0xFF, 0, 0xDC], "{name}: a string");
            let content = content(&document);
            assert!(content.windows(2).any(|two| two == b"Tj"), "{name}: a stream");
        }
    }
    let file = fs::read(vectors::folder("pdf").join("aes-128-no-password.pdf")).unwrap();
    let document = open(&file, Some("not needed")).unwrap();
    assert!(!document.encryption().unwrap().is_owner);
    assert_eq!(document.page_count(), 3);
}

/// Real files of every version and revision, by several writers.
#[test]
fn every_revision() {
    let Some(folder) = sets::folder() else { return };
    let user = |method, revision| (method, revision, false);
    let owner = |method, revision| (method, revision, true);
    for (name, password, expected) in [
        ("20de346659f2-enc-R2_V1_U_view_O_view.pdf", "view", owner(Method::Rc4, 2)),
        ("1e6d29187458-c-r2.pdf", "user1", user(Method::Rc4, 2)),
        ("1e6d29187458-c-r2.pdf", "owner1", owner(Method::Rc4, 2)),
        ("7dac5439bed4-PasswordSample-40bit.pdf", "user", user(Method::Rc4, 2)),
        ("5c0683d687e2-enc-R3_V2_U_view_O_master.pdf", "view", user(Method::Rc4, 3)),
        ("5c0683d687e2-enc-R3_V2_U_view_O_master.pdf", "master", owner(Method::Rc4, 3)),
        ("1919480aba35-PasswordSample-128bit.pdf", "user", user(Method::Rc4, 3)),
        ("3e333bff0196-libreoffice-writer-password.pdf", "openpassword", user(Method::Rc4, 3)),
        ("55991f72562d-r4-user-password.pdf", "asdfzxcv", owner(Method::Rc4, 4)),
        ("26eafc7f9ddb-r4-aes-user-password.pdf", "asdfzxcv", owner(Method::Aes128, 4)),
        ("0c3fb45d9b61-issue3371.pdf", "ELXRTQWS", owner(Method::Aes128, 4)),
        ("131f947e425e-job-json-encrypt-128.pdf", "u", user(Method::Aes128, 4)),
        ("131f947e425e-job-json-encrypt-128.pdf", "o", owner(Method::Aes128, 4)),
        ("19b6a3300814-c-r5-in.pdf", "user3", user(Method::Aes256, 5)),
        ("19b6a3300814-c-r5-in.pdf", "owner3", owner(Method::Aes256, 5)),
        ("96b9262bfacf-enc-XI-R6_V5_U_view_O_master.pdf", "view", user(Method::Aes256, 6)),
        ("96b9262bfacf-enc-XI-R6_V5_U_view_O_master.pdf", "master", owner(Method::Aes256, 6)),
        ("a2f066109248-PasswordSample-256bit.pdf", "user", user(Method::Aes256, 6)),
        ("53008dd89a45-issue6010_2.pdf", "\u{e6}\u{f8}\u{e5}", user(Method::Aes256, 6)),
        ("f06c73937567-encrypted.pdf", "", user(Method::Aes128, 4)),
    ] {
        let Ok(file) = fs::read(folder.join("pdf").join(name)) else { continue };
        let document = open(&file, Some(password)).unwrap();
        let Encryption { method, revision, is_owner, .. } = document.encryption().unwrap();
        assert_eq!((method, revision, is_owner), expected, "{name}");
        // With a wrong key there would be no text, and streams would not inflate.
        assert!(content(&document).is_ascii(), "{name}");
        for reference in document.references() {
            let object = document.object(reference);
            if let Some(stream) = object.as_stream() {
                document.image_data(stream).unwrap();
            }
        }
    }
}

/// Where only attachments are encrypted, the rest needs no password.
#[test]
fn attachments_alone() {
    let Some(folder) = sets::folder() else { return };
    for name in ["0f44da5152ad-encrypted-attachment.pdf", "144f617db750-auth-event-ef-open.pdf"] {
        let Ok(file) = fs::read(folder.join("pdf").join(name)) else { continue };
        let document = open(&file, None).unwrap();
        assert_eq!(document.page_count(), 1, "{name}");
        assert_eq!(document.encryption().unwrap().method, Method::Identity, "{name}");
        let refused = document.references().into_iter().any(|reference| {
            let object = document.object(reference);
            object
                .as_stream()
                .is_some_and(|stream| document.data(stream) == Err(PdfError::Password))
        });
        assert!(refused, "{name}: an attachment");
    }
}
