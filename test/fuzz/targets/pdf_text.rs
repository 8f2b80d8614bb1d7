//! No document panics or passes its limits; text is UTF-8 and pages lie where the offsets say; what is laid out is the
//! same text.
#![no_main]

use bytemill_pdf::{
    Document, Limits, SearchOptions, TextOptions, extract_text, layout, open, search,
};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits =
    Limits { max_stream_bytes: 4 << 20, max_output_bytes: 1 << 20, max_pages: 64 };

fuzz_target!(|input: &[u8]| {
    let Ok(document) = open(input, None, &LIMITS) else { return };
    let Some((text, pages)) = text_of(&document, 0) else { return };
    assert!(text.len() as u64 <= LIMITS.max_output_bytes);
    assert!(pages.len() <= LIMITS.max_pages as usize);

    let mut start = 0;
    for (index, end) in pages.iter().copied().enumerate() {
        assert!(text.get(start..end).is_some(), "a page ends inside the text, between characters");
        if index + 1 < pages.len() {
            assert_eq!(text.as_bytes()[end], b'\x0c', "a form feed stands between pages");
        }
        start = end + 1;
    }
    let Some(end) = pages.first() else { return };
    if let Some((first, _)) = text_of(&document, 1) {
        assert!(text[..*end] == first, "the first page alone is what it is among others");
    }
    let Ok(Some(page)) = layout(&document, 1, &TextOptions::default(), &LIMITS) else { return };
    assert!(page.text == text[..*end], "the layout has the same text");
    for word in &page.words {
        let word = page.text.get(word.text.start as usize..word.text.end as usize);
        assert!(word.is_some(), "words are parts of the text");
    }
    let mut words = page.text.split_whitespace();
    if let Some(word) = words.nth(1) {
        if let Ok(found) = search(&document, word, &SearchOptions::default(), &LIMITS) {
            assert!(!found.hits.is_empty(), "what is there is found");
        }
    }
});

/// The text up to a page (0: the last), checked to be UTF-8, and where each page ends.
fn text_of(document: &Document<'_>, last_page: u32) -> Option<(String, Vec<usize>)> {
    const BEFORE: &[u8] = b"before";
    let options = TextOptions { last_page, ..TextOptions::default() };
    let mut output = BEFORE.to_vec();
    let mut pages = Vec::new();
    let result = extract_text(document, &options, &LIMITS, &mut output, &mut pages);
    let bytes = output.strip_prefix(BEFORE).expect("what was there stays");
    if result.is_err() {
        assert!(bytes.is_empty(), "an error leaves the output as it was");
        return None;
    }
    Some((String::from_utf8(bytes.to_vec()).expect("text is UTF-8"), pages))
}
