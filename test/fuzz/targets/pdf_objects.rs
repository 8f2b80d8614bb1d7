//! No document panics or passes its limits, whatever is asked of it; what decodes does so again.
#![no_main]

use bytemill_pdf_objects::{Document, Lexer, Limits, Object, OpenOptions};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { max_stream_bytes: 4 << 20, max_pages: 64 };

fuzz_target!(|input: &[u8]| {
    let mut lexer = Lexer::new(input);
    let mut before = lexer.position();
    while lexer.next().is_some() {
        assert!(lexer.position() > before, "every token takes something");
        before = lexer.position();
    }
    assert_eq!(lexer.position(), input.len(), "the last token is followed by nothing");

    let options = OpenOptions { password: Some("password"), limits: LIMITS };
    let Ok(document) = Document::open(input, &options) else { return };
    let pages = document.page_count();
    assert!(pages <= LIMITS.max_pages);
    for index in 0..pages {
        let Some(page) = document.page(index) else {
            assert!(document.page_count() <= index, "every page that counts is there");
            break;
        };
        assert!(page.rotation(&document) < 360);
        let [left, bottom, right, top] = page.crop_box(&document);
        assert!(left < right && bottom < top, "a crop box is not empty");
    }
    let mut inflated = 0;
    for reference in document.references() {
        let object = document.object(reference);
        if let Object::Stream(stream) = &object
            && stream.dictionary().get(b"Filter").is_some()
            && let Ok(data) = document.data(stream)
        {
            inflated += data.len() as u64;
        }
    }
    // What is not filtered counts as read, which has a limit of its own.
    assert!(inflated <= 2 * LIMITS.max_stream_bytes + 16 * input.len() as u64);
});
