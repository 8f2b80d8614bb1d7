//! Whatever the document, edits neither panic nor pass their limits, and what they write opens with the pages it is to have.
#![no_main]

use bytemill_pdf_edit::{
    Change, Date, EditError, Encryption, InfoChanges, Limits, Method, Options, Permissions,
    Rotation, Selection, Split, encrypt, extract_pages, merge, rewrite, rotate, set_info, split,
};
use bytemill_pdf_objects::{Document, Limits as Reading, OpenOptions};
use libfuzzer_sys::fuzz_target;

const READING: Reading = Reading { max_stream_bytes: 4 << 20, max_pages: 64 };
const LIMITS: Limits = Limits { max_output_bytes: 1 << 20, max_pages: 128 };

fuzz_target!(|input: &[u8]| {
    let open = OpenOptions { password: None, limits: READING };
    let Ok(document) = Document::open(input, &open) else { return };
    // A tree that counts wrongly is found out when its pages are asked for.
    for index in 0..document.page_count() {
        document.page(index);
    }
    let count = document.page_count();
    let classic = Options { compact: false, compress: false, encryption: None, limits: LIMITS };
    let compact = Options { compact: true, compress: true, ..classic };

    let changes = InfoChanges {
        title: Change::Set("\u{e9}"),
        author: Change::Remove,
        modification_date: Change::Set(Date(0)),
        ..InfoChanges::default()
    };
    checked(count, |output| set_info(&document, &changes, &classic, output));
    checked(count, |output| {
        rotate(&document, Selection::All, Rotation::By(90), &compact, output)
    });
    checked(2 * count, |output| merge(&[&document, &document], &compact, output));
    let twice = [count, 1, 1];
    if count > 0 {
        checked(3, |output| extract_pages(&document, &twice, &classic, output));
    }
    let seal = |method| Encryption {
        method,
        user_password: "",
        owner_password: Some("owner"),
        permissions: Permissions::default(),
        seed: [7; 32],
    };
    for method in [Method::Aes128, Method::Aes256] {
        checked(count, |output| encrypt(&document, seal(method), &compact, output));
    }
    let mut parts = Vec::new();
    if split(&document, Split::Every(2), &compact, &mut parts).is_ok() {
        assert_eq!(parts.len(), count.div_ceil(2) as usize);
    }

    let mut first = Vec::new();
    if rewrite(&document, &classic, &mut first).is_ok() {
        let mut again = Vec::new();
        // What is read may pass a limit the second time.
        let result = rewrite(&document, &classic, &mut again);
        assert!(result.is_err() || first == again, "the same input gives the same bytes");
    }
});

/// Holds an operation to its limit, and its document to a number of pages.
fn checked(pages: u32, make: impl FnOnce(&mut Vec<u8>) -> Result<(), EditError>) {
    const BEFORE: &[u8] = b"before";
    let mut output = BEFORE.to_vec();
    let result = make(&mut output);
    let made = output.strip_prefix(BEFORE).expect("what was there stays");
    if result.is_err() {
        assert!(made.is_empty(), "an error leaves the output as it was");
        return;
    }
    assert!(made.len() as u64 <= LIMITS.max_output_bytes);
    let new = Document::open(made, &OpenOptions::default()).expect("what is written opens");
    assert!(!new.is_repaired(), "and has a table that is right");
    assert_eq!(new.page_count(), pages);
}
