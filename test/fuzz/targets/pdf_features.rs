//! Whatever lies beside the text: no document panics or passes its limits, and files of images are whole.
#![no_main]

use bytemill_pdf::{
    ImageFormat, ImageOptions, Limits, PageRange, attachments, destinations, fonts, form_fields,
    images, info, links, open, outline, page_labels, page_sizes,
};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits =
    Limits { max_stream_bytes: 4 << 20, max_output_bytes: 1 << 20, max_pages: 64 };

fuzz_target!(|input: &[u8]| {
    let Ok(document) = open(input, None, &LIMITS) else { return };
    let all = PageRange::default();
    // A tree that counts wrongly is found out when its pages are asked for.
    for index in 0..document.page_count() {
        document.page(index);
    }
    let pages = document.page_count();
    let is_page = |page: u32| (1..=pages).contains(&page);
    let _ = info(&document);
    if let Ok(sizes) = page_sizes(&document, all) {
        assert!(sizes.len() <= pages as usize);
    }
    if let Ok(Some(labels)) = page_labels(&document) {
        assert_eq!(labels.len(), pages as usize, "each page has a label");
    }
    if let Ok(items) = outline(&document) {
        let mut depth = 0;
        for item in items {
            assert!(item.depth <= depth, "no level is left out");
            depth = item.depth + 1;
        }
    }
    let _ = destinations(&document);
    if let Ok(links) = links(&document, all) {
        assert!(links.iter().all(|link| is_page(link.page)));
    }
    if let Ok(fields) = form_fields(&document) {
        let widgets = fields.iter().flat_map(|field| &field.widgets);
        assert!(widgets.filter_map(|widget| widget.page).all(is_page));
    }
    if let Ok(fonts) = fonts(&document, all) {
        assert!(fonts.iter().all(|font| font.pages.is_sorted_by(|a, b| a < b)));
    }
    for file in attachments(&document).into_iter().flatten() {
        if let Ok(data) = file.data(&document, LIMITS.max_output_bytes) {
            assert!(data.len() as u64 <= LIMITS.max_output_bytes);
            let _ = file.is_intact(&data);
        }
    }
    let options = ImageOptions { files: true, max_pixels: 1 << 20, max_output_bytes: 8 << 20 };
    let found = images(&document, all, &options).unwrap_or_default();
    let mut written = 0;
    for file in found.iter().flat_map(|image| [&image.file, &image.mask]).flatten() {
        written += file.bytes.len() as u64;
        if file.format == ImageFormat::Png {
            assert!(file.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        }
    }
    assert!(written <= options.max_output_bytes);
});
