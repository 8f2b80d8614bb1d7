//! Descriptions of documents, fonts and images of any bytes are refused or become a file within its limit, the same each
//! time.
#![no_main]

use bytemill_pdf_create::{
    Document, FontSource, Item, Limits, Page, Placed, Text, binary, create,
};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits {
    max_pages: 64,
    max_items: 1000,
    max_output_bytes: 1 << 20,
    max_image_pixels: 1 << 16,
};

fuzz_target!(|input: &[u8]| {
    let _ = binary::measure(input, &LIMITS);
    if let Ok(document) = binary::read(input, &LIMITS) {
        check(&document);
        return;
    }
    // Not a description: a font and an image.
    let text = Text { replacement: Some('A'), ..Text::new("AVATAR fi ä € 漢", 0, 9.0, 9.0, 99.0) };
    check(&Document {
        fonts: vec![FontSource::Embedded { data: input, index: 0 }],
        pages: vec![page(Item::Text(text))],
        ..Document::default()
    });
    let (width, height) = (Some(50.0), None);
    let placed = Placed { image: 0, x: 9.0, y: 9.0, width, height, rotation: 5.0, opacity: 1.0 };
    check(&Document {
        images: vec![input],
        pages: vec![page(Item::Image(placed))],
        ..Document::default()
    });
});

fn page(item: Item<'_>) -> Page<'_> {
    Page { width: 200.0, height: 200.0, rotation: 0, items: vec![item] }
}

fn check(document: &Document<'_>) {
    let result = create(document, &LIMITS);
    if let Ok(created) = &result {
        assert!(created.bytes.len() as u64 <= LIMITS.max_output_bytes);
        assert!(created.bytes.ends_with(b"%%EOF\n"));
    }
    assert!(create(document, &LIMITS) == result, "a document is one file");
}
