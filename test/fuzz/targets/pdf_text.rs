//! No document panics or passes its limits; text is UTF-8 and pages lie where the offsets say.
#![no_main]

use bytemill_pdf::{Limits, TextOptions, extract_text, info};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits =
    Limits { max_stream_bytes: 4 << 20, max_output_bytes: 1 << 20, max_pages: 64 };

fuzz_target!(|input: &[u8]| {
    let _ = info(input, None, &LIMITS);
    let Some((text, pages)) = text_of(input, 0) else { return };
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
    if let (Some(end), Some((first, _))) = (pages.first(), text_of(input, 1)) {
        assert!(text[..*end] == first, "the first page alone is what it is among others");
    }
});

/// The text up to a page (0: the last), checked to be UTF-8, and where each page ends.
fn text_of(input: &[u8], last_page: u32) -> Option<(String, Vec<usize>)> {
    const BEFORE: &[u8] = b"before";
    let options = TextOptions { password: None, first_page: 1, last_page };
    let mut output = BEFORE.to_vec();
    let mut pages = Vec::new();
    let result = extract_text(input, &options, &LIMITS, &mut output, &mut pages);
    let bytes = output.strip_prefix(BEFORE).expect("what was there stays");
    if result.is_err() {
        assert!(bytes.is_empty(), "an error leaves the output as it was");
        return None;
    }
    Some((String::from_utf8(bytes.to_vec()).expect("text is UTF-8"), pages))
}
