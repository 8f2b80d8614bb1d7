//! The binary form.

#![allow(clippy::unwrap_used, reason = "what cannot be made fails the test")]
#![allow(clippy::float_cmp, reason = "the same sums")]

mod common;

use bytemill_pdf_create::{CreateError, Fonts, Item, Limits, Place, Text, binary, create};
use common::encode::encode;
use common::{invoice, png};
use proptest::prelude::*;

/// The header of a profile, which is all that is looked at.
const PROFILE: [u8; 128] = {
    let mut profile = [0; 128];
    let (space, signature) = (*b"RGB ", *b"acsp");
    let mut at = 0;
    while at < 4 {
        profile[16 + at] = space[at];
        profile[36 + at] = signature[at];
        at += 1;
    }
    profile
};

/// Of the invoice, with a standard font in place of the embedded one.
fn description() -> Vec<u8> {
    let (logo, picture) = (png(4, 3, 4), png(5, 5, 3));
    let mut document = invoice(&[], &[&logo, &picture]);
    document.fonts[2] = document.fonts[0];
    document.output_profile = &PROFILE;
    for page in &mut document.pages {
        for item in &mut page.items {
            if let Item::Text(text) = item {
                text.replacement = Some('?');
            }
        }
    }
    encode(&document)
}

#[test]
fn a_description_is_its_document() {
    let limits = Limits::default();
    let bytes = description();
    let document = binary::read(&bytes, &limits).unwrap();
    assert_eq!(encode(&document), bytes);
    assert_eq!(create(&document, &limits), create(&document.clone(), &limits));
    assert!(create(&document, &limits).is_ok());
}

#[test]
fn every_end_within_it_is_an_error_or_a_shorter_document() {
    let limits = Limits::default();
    let bytes = description();
    for len in 0..bytes.len() {
        match binary::read(&bytes[..len], &limits) {
            Ok(document) => assert_eq!(len, encode(&document).len().min(len)),
            Err(CreateError::Truncated { .. }) => {}
            Err(other) => panic!("{len}: {other}"),
        }
    }
}

#[test]
fn errors_name_what_is_wrong() {
    let limits = Limits::default();
    let message = |bytes: &[u8]| binary::read(bytes, &limits).unwrap_err().to_string();
    assert_eq!(
        message(b"%PDF"),
        "description 0: expected a description that begins with 42 4D 43 01"
    );
    assert_eq!(message(b"BMC\x01\x04\x0E"), "font 0: expected 0 to 13 for a standard font");
    let mut bytes = b"BMC\x01\x10\0\0\xC8\x42\0\0\xC8\x42\0\0".to_vec();
    assert!(binary::read(&bytes, &limits).is_ok());
    bytes.extend(b"\x19\x16\x01\0");
    assert_eq!(message(&bytes), "description of a PDF ends within image (item 1 of page 0)");
}

#[test]
fn limits_hold() {
    let bytes = description();
    let read = |limits: &Limits| binary::read(&bytes, limits).map(|_| ());
    let pages = Limits { max_pages: 1, ..Limits::default() };
    assert_eq!(read(&pages), Err(CreateError::TooManyPages { limit: 1 }));
    let items = Limits { max_items: 50, ..Limits::default() };
    assert_eq!(read(&items), Err(CreateError::TooManyItems { limit: 50 }));
    let document = binary::read(&bytes, &Limits::default()).unwrap();
    let whole = create(&document, &Limits::default()).unwrap().bytes.len() as u64;
    let limits = |max_output_bytes| Limits { max_output_bytes, ..Limits::default() };
    assert!(create(&document, &limits(whole)).is_ok());
    for limit in [0, 20, 1000, whole - 1] {
        let expected = Err(CreateError::OutputTooLarge { limit });
        assert_eq!(create(&document, &limits(limit)), expected);
    }
}

#[test]
fn measures_are_those_of_the_fonts() {
    let limits = Limits::default();
    let bytes = description();
    let document = binary::read(&bytes, &limits).unwrap();
    let answer = binary::measure(&bytes, &limits).unwrap();
    let fonts = Fonts::new(&document.fonts).unwrap();
    let mut rest = &answer[..];
    let mut take = |len: usize| {
        let (taken, after) = rest.split_at(len);
        rest = after;
        taken
    };
    for text in document.pages.iter().flat_map(|page| &page.items) {
        let Item::Text(text) = text else { continue };
        let measured = fonts.measure(text).unwrap();
        let units = |bytes: usize| text.text[..bytes].encode_utf16().count() as u32;
        for length in
            [measured.width, measured.height, measured.line_height, measured.first_baseline]
        {
            assert_eq!(take(8), length.to_le_bytes());
        }
        assert_eq!(take(4), units(measured.fitting).to_le_bytes());
        assert_eq!(take(4), (measured.lines.len() as u32).to_le_bytes());
        for line in &measured.lines {
            assert_eq!(take(4), units(line.start).to_le_bytes());
            assert_eq!(take(4), units(line.end).to_le_bytes());
            assert_eq!(take(8), line.width.to_le_bytes());
        }
    }
    assert!(rest.is_empty());
}

#[test]
fn numbers_are_checked() {
    let limits = Limits::default();
    let wrong = |change: fn(&mut Text<'_>)| {
        let mut document = invoice(&[], &[]);
        document.fonts.truncate(1);
        let mut text = Text::new("a", 0, 10.0, 0.0, 0.0);
        change(&mut text);
        document.pages[0].items = vec![Item::End; 0];
        document.pages[0].items.push(Item::Text(text));
        create(&document, &limits).unwrap_err()
    };
    let place = Place { kind: "text", page: Some(0), number: 0 };
    let invalid = |expected| CreateError::Invalid { place, expected };
    assert_eq!(wrong(|text| text.size = f32::NAN), invalid("a size from 0.01 to 10000"));
    assert_eq!(
        wrong(|text| text.x = f32::INFINITY),
        invalid("coordinates from -1000000 to 1000000")
    );
    assert_eq!(wrong(|text| text.width = Some(0.0)), invalid("a width above 0"));
    assert_eq!(wrong(|text| text.opacity = 1.5), invalid("an opacity from 0 to 1"));
    assert_eq!(
        wrong(|text| text.font = 7),
        CreateError::Reference { place, to: "font", number: 7, count: 1 }
    );
    let error = wrong(|text| text.text = "aж");
    assert_eq!(error, CreateError::Character { place, character: 'ж', font: 0 });
    assert_eq!(
        error.to_string(),
        "text (item 0 of page 0): expected characters of font 0, got ж (U+0436)"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = description();
        for (index, value) in changes {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        let limits = Limits { max_output_bytes: 1 << 20, max_image_pixels: 10_000, ..Limits::default() };
        let _ = binary::measure(&bytes, &limits);
        if let Ok(document) = binary::read(&bytes, &limits)
            && let Ok(created) = create(&document, &limits)
        {
            prop_assert!(created.bytes.len() <= 1 << 20);
        }
    }
}
