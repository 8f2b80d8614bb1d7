//! Documents made on the spot: text, information, limits, and bytes gone wrong.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use bytemill_pdf::{Limits, PdfError, TextOptions, extract_text, info};
use common::{document, font, line, raw, save};
use lopdf::{Dictionary, Object, Stream, dictionary};
use proptest::prelude::*;

const ALL: TextOptions<'_> = TextOptions { password: None, first_page: 1, last_page: 0 };

fn text_with(input: &[u8], limits: &Limits) -> Result<String, PdfError> {
    let (mut output, mut ends) = (Vec::new(), Vec::new());
    extract_text(input, &ALL, limits, &mut output, &mut ends)?;
    Ok(String::from_utf8(output).unwrap())
}

fn text(input: &[u8]) -> String {
    text_with(input, &Limits::default()).unwrap()
}

fn page(content: &str) -> String {
    text(&save(raw(&[content.into()], font(), Dictionary::new())))
}

#[test]
fn pages_and_their_ends() {
    let pages = [line(72, 700, b"first"), line(72, 700, b"second"), line(72, 700, b"third")];
    let input = save(document(&pages, font()));
    assert_eq!(text(&input), "first\n\x0csecond\n\x0cthird\n");
    let options = TextOptions { password: None, first_page: 2, last_page: 9 };
    let (mut output, mut ends) = (b"kept".to_vec(), vec![7]);
    extract_text(&input, &options, &Limits::default(), &mut output, &mut ends).unwrap();
    assert_eq!(
        (output.as_slice(), ends.as_slice()),
        (&b"keptsecond\n\x0cthird\n"[..], &[7, 7, 14][..])
    );
    for (first_page, last_page) in [(0, 0), (3, 2)] {
        let options = TextOptions { password: None, first_page, last_page };
        let result = extract_text(&input, &options, &Limits::default(), &mut output, &mut ends);
        assert!(matches!(result, Err(PdfError::PageRange { .. })));
    }
}

#[test]
fn white_space_follows_positions() {
    assert_eq!(page("BT /F1 12 Tf 72 700 Td (one) Tj 0 -14 Td (two) Tj ET"), "one\ntwo\n");
    assert_eq!(
        page("BT /F1 12 Tf 14 TL 72 700 Td (one) Tj T* (two) Tj (three) ' ET"),
        "one\ntwo\nthree\n"
    );
    assert_eq!(page("BT /F1 12 Tf 72 700 Td [(wo) 20 (rd) -400 (next)] TJ ET"), "word next\n");
    assert_eq!(page("BT /F1 12 Tf 72 700 Td (left) Tj 200 0 Td (right) Tj ET"), "left right\n");
    assert_eq!(
        page(
            "q 1 0 0 1 9 700 cm BT /F1 9 Tf (a) Tj ET Q q 1 0 0 1 9 600 cm BT /F1 9 Tf (b) Tj ET Q"
        ),
        "a\nb\n"
    );
    assert_eq!(page("BT /F1 12 Tf 1 2 (quoted) \" ET"), "quoted\n");
    assert_eq!(page("BI /W 1 /H 1 ID (\x01 EI BT /F1 9 Tf <6869> Tj ET"), "hi\n");
}

#[test]
fn encodings() {
    assert_eq!(
        page("BT /F1 12 Tf (\\200 caf\\351 \\(x\\) \\\\) Tj ET"),
        "\u{20ac} caf\u{e9} (x) \\\n"
    );
    let mut differing = font();
    differing.set(
        "Encoding",
        dictionary! { "Type" => "Encoding", "Differences" => vec![65.into(), "alpha".into(), "uni0416".into(), "nosuch".into()] },
    );
    let input = save(document(&[line(0, 0, b"ABCD")], differing));
    assert_eq!(text(&input), "\u{3b1}\u{416}CD\n");
}

#[test]
fn unicode_maps() {
    let map = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <D83DDE00> endbfchar \
        2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0066 0069> <0078>] endbfrange";
    let mut composite =
        dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H" };
    let mut made =
        raw(&[b"BT /F1 12 Tf <0001001000120020> Tj ET".to_vec()], font(), Dictionary::new());
    let map = made.add_object(Stream::new(Dictionary::new(), map.to_vec()));
    composite.set("ToUnicode", map);
    for object in made.objects.values_mut() {
        if let Object::Dictionary(dictionary) = object
            && dictionary.has_type(b"Font")
        {
            *dictionary = composite.clone();
        }
    }
    assert_eq!(text(&save(made)), "\u{1f600}ACfi\n");
}

#[test]
fn forms_are_entered_and_end() {
    let mut made = raw(&[b"/X Do".to_vec()], font(), Dictionary::new());
    let id = made.new_object_id();
    let content = b"BT /F1 12 Tf 0 0 Td (form) Tj ET /X Do".to_vec();
    made.objects.insert(id, Stream::new(dictionary! { "Subtype" => "Form" }, content).into());
    for object in made.objects.values_mut() {
        if let Object::Dictionary(dictionary) = object
            && dictionary.has_type(b"Pages")
        {
            let resources = dictionary.get_mut(b"Resources").and_then(Object::as_dict_mut).unwrap();
            resources.set("XObject", dictionary! { "X" => id });
        }
    }
    assert!(text(&save(made)).starts_with("form"));
}

#[test]
fn information() {
    let mut made = document(&[line(0, 0, b"x")], font());
    let title = Object::String(b"\xfe\xff\x00T\x04\x16".to_vec(), lopdf::StringFormat::Hexadecimal);
    let author = Object::string_literal(b"caf\xe9 \x84".to_vec());
    let information = made.add_object(dictionary! {
        "Title" => title, "Author" => author, "CreationDate" => Object::string_literal("D:20240131"),
        "Subject" => Object::string_literal(b"\xef\xbb\xbf\xd0\x96".to_vec()),
    });
    made.trailer.set("Info", information);
    let info = info(&save(made), None, &Limits::default()).unwrap();
    assert_eq!(
        (info.version, info.page_count, info.encrypted, info.linearized),
        ((1, 6), 1, false, false)
    );
    assert_eq!(info.first_page_size, Some((612.0, 792.0)));
    assert_eq!(info.title.as_deref(), Some("T\u{416}"));
    assert_eq!(info.author.as_deref(), Some("caf\u{e9} \u{2014}"));
    assert_eq!(info.subject.as_deref(), Some("\u{416}"));
    assert_eq!(info.creation_date.as_deref(), Some("D:20240131"));
    assert_eq!((info.keywords, info.modification_date), (None, None));
}

#[test]
fn limits_are_exact() {
    let input = save(document(&[line(0, 0, b"12345"), line(0, 0, b"678")], font()));
    let limits =
        |bytes, pages| Limits { max_output_bytes: bytes, max_pages: pages, ..Limits::default() };
    assert_eq!(text_with(&input, &limits(11, 2)).unwrap().len(), 11);
    assert_eq!(text_with(&input, &limits(10, 2)), Err(PdfError::OutputTooLarge { limit: 10 }));
    assert_eq!(text_with(&input, &limits(11, 1)), Err(PdfError::TooManyPages { limit: 1 }));
    let small = Limits { max_stream_bytes: 600, ..Limits::default() };
    assert_eq!(text_with(&input, &small), Err(PdfError::StreamTooLarge { limit: 600 }));
}

#[test]
fn dense_objects_are_refused() {
    let mut made = document(&[line(0, 0, b"x")], font());
    made.add_object(Object::Array(vec![1.into(); 1 << 21]));
    let input = save(made);
    assert!(matches!(text_with(&input, &Limits::default()), Err(PdfError::TooManyObjects { .. })));
}

#[test]
fn entries_that_repeat_an_object_are_refused() {
    let mut input = b"%PDF-1.4\n1 0 obj [".to_vec();
    input.extend_from_slice(&b"1 ".repeat(50_000));
    input.extend_from_slice(b"]\nendobj\n");
    let table = input.len().to_string();
    input.extend_from_slice(b"xref\n1 5000\n");
    input.extend_from_slice(&b"0000000009 00000 n \n".repeat(5000));
    input.extend_from_slice(b"trailer <</Size 5001 /Root 1 0 R>>\nstartxref\n");
    input.extend_from_slice(table.as_bytes());
    assert!(matches!(text_with(&input, &Limits::default()), Err(PdfError::TooManyObjects { .. })));
}

#[test]
fn not_documents() {
    assert_eq!(text_with(b"", &Limits::default()), Err(PdfError::Truncated));
    assert!(matches!(text_with(b"plain text", &Limits::default()), Err(PdfError::Invalid { .. })));
    assert_eq!(text_with(b"%PDF-1.7\n1 0 obj", &Limits::default()), Err(PdfError::Truncated));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn mutations_do_not_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut input = save(document(&[line(1, 2, b"one (two)"), line(3, 4, b"three")], font()));
        for (index, byte) in changes {
            let at = index.index(input.len());
            input[at] = byte;
        }
        if let Some(cut) = cut {
            input.truncate(cut.index(input.len()));
        }
        let _ = text_with(&input, &Limits::default());
        let _ = info(&input, Some("password"), &Limits::default());
    }

    #[test]
    fn contents_do_not_panic(content in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut content = content;
        content.extend_from_slice(b" BT /F1 9 Tf (x) Tj ET");
        let _ = text_with(&save(raw(&[content], font(), Dictionary::new())), &Limits::default());
    }
}
