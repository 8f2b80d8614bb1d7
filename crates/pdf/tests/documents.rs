//! Documents made on the spot: text, limits, and bytes gone wrong.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use bytemill_pdf::{Limits, PdfError, TextOptions, extract_text, open};
use common::{Pdf, line};
use proptest::prelude::*;

fn text_with(input: &[u8], options: &TextOptions, limits: &Limits) -> Result<String, PdfError> {
    let (mut output, mut ends) = (Vec::new(), Vec::new());
    let document = open(input, None, limits)?;
    extract_text(&document, options, limits, &mut output, &mut ends)?;
    Ok(String::from_utf8(output).unwrap())
}

fn text(input: &[u8]) -> String {
    text_with(input, &TextOptions::default(), &Limits::default()).unwrap()
}

fn page(content: &str) -> String {
    text(&Pdf::default().save(&[content]))
}

#[test]
fn pages_and_their_ends() {
    let input = Pdf::default().save(&["first", "second", "third"].map(|it| line(72, 700, it)));
    assert_eq!(text(&input), "first\n\x0csecond\n\x0cthird\n");
    let limits = Limits::default();
    let document = open(&input, None, &limits).unwrap();
    let options = TextOptions { first_page: 2, last_page: 9, ..TextOptions::default() };
    let (mut output, mut ends) = (b"kept".to_vec(), vec![7]);
    extract_text(&document, &options, &limits, &mut output, &mut ends).unwrap();
    assert_eq!(
        (output.as_slice(), ends.as_slice()),
        (&b"keptsecond\n\x0cthird\n"[..], &[7, 7, 14][..])
    );
    for (first_page, last_page) in [(0, 0), (3, 2)] {
        let options = TextOptions { first_page, last_page, ..TextOptions::default() };
        let result = extract_text(&document, &options, &limits, &mut output, &mut ends);
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
    // Far apart: two blocks.
    assert_eq!(
        page(
            "q 1 0 0 1 9 700 cm BT /F1 9 Tf (a) Tj ET Q q 1 0 0 1 9 600 cm BT /F1 9 Tf (b) Tj ET Q"
        ),
        "a\n\nb\n"
    );
    assert_eq!(page("BT /F1 12 Tf 1 2 (quoted) \" ET"), "quoted\n");
    assert_eq!(page("BI /W 1 /H 1 ID (\x01 EI BT /F1 9 Tf <6869> Tj ET"), "hi\n");
    // Blanks that take room, and one that is taken back.
    assert_eq!(page("BT /F1 12 Tf 9 9 Td (a b) Tj [(c) ( ) 278 (d)] TJ ET"), "a bcd\n");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut content = line(72, 740, "A title that reaches over both of the columns of this page");
    for row in 0..6 {
        let y = 700 - 14 * row;
        content += &line(72, y, &format!("left column with words in line {row}"));
        content += &line(320, y, &format!("right column with words in line {row}"));
    }
    let text = page(&content);
    let at = |part: &str| text.find(part).unwrap();
    assert!(at("A title") < at("left column with words in line 0"));
    assert!(at("left column with words in line 5") < at("right column with words in line 0"));
}

#[test]
fn tables_are_read_row_by_row() {
    let mut content = String::new();
    for (row, name) in (0..).zip(["apples", "pears", "plums"]) {
        let y = 700 - 14 * row;
        content += &line(72, y, name);
        content += &line(200, y, &format!("{row}0"));
        content += &line(300, y, &format!("{row}9"));
    }
    assert_eq!(page(&content), "apples 00 09\npears 10 19\nplums 20 29\n");
}

#[test]
fn hyphens_at_the_ends_of_lines() {
    let content =
        "BT /F1 12 Tf 14 TL 72 700 Td (some hy-) Tj T* (phens of Anglo-) Tj T* (Saxon) Tj ET";
    assert_eq!(page(content), "some hyphens of Anglo-\nSaxon\n");
    let options = TextOptions { keep_hyphens: true, ..TextOptions::default() };
    let kept = text_with(&Pdf::default().save(&[content]), &options, &Limits::default()).unwrap();
    assert_eq!(kept, "some hy-\nphens of Anglo-\nSaxon\n");
}

#[test]
fn what_is_shown_twice_is_there_once() {
    let bold =
        "BT /F1 12 Tf 72 700 Td (bold text) Tj ET BT /F1 12 Tf 72.4 700 Td (bold text) Tj ET";
    assert_eq!(page(bold), "bold text\n");
    let single = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (A) Tj 1 0 0 1 72.3 700 Tm (A) Tj \
        1 0 0 1 80 700 Tm (B) Tj 1 0 0 1 80.3 700 Tm (B) Tj ET";
    assert_eq!(page(single), "AB\n");
}

#[test]
fn encodings() {
    assert_eq!(
        page("BT /F1 12 Tf (\\200 caf\\351 \\(x\\) \\\\) Tj ET"),
        "\u{20ac} caf\u{e9} (x) \\\n"
    );
    let font = "<</Subtype /Type1 /BaseFont /Helvetica /Encoding \
        <</Differences [65 /alpha /uni0416 /nosuchname /f_f_i]>>>>";
    let pdf = Pdf { font: font.into(), ..Pdf::default() };
    assert_eq!(text(&pdf.save(&[line(0, 0, "ABCDE")])), "\u{3b1}\u{416}CffiE\n");
}

#[test]
fn unicode_maps() {
    let map = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <D83DDE00> endbfchar \
        2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0066 0069> <0078>] endbfrange";
    let mut pdf = Pdf::default();
    let map = pdf.stream("", map);
    pdf.font = format!(
        "<</Subtype /Type0 /Encoding /Identity-H /ToUnicode {map} 0 R \
         /DescendantFonts [<</Subtype /CIDFontType2>>]>>"
    );
    let content = "BT /F1 12 Tf <0001001000120020> Tj ET";
    assert_eq!(text(&pdf.save(&[content])), "\u{1f600}ACfi\n");
}

#[test]
fn forms_are_entered_and_end() {
    let mut pdf = Pdf::default();
    let form = pdf.stream("/Subtype /Form", b"BT /F1 12 Tf 0 0 Td (form) Tj ET /X Do");
    pdf.resources = format!("/XObject <</X {form} 0 R>>");
    assert_eq!(text(&pdf.save(&["/X Do"])), "form\n");
}

#[test]
fn layers_that_are_off_are_left_out() {
    let mut pdf = Pdf::default();
    let on = pdf.add("<</Type /OCG /Name (on)>>");
    let off = pdf.add("<</Type /OCG /Name (off)>>");
    pdf.catalog = format!("/OCProperties <</OCGs [{on} 0 R {off} 0 R] /D <</OFF [{off} 0 R]>>>>");
    pdf.resources = format!("/Properties <</A {on} 0 R /B {off} 0 R>>");
    let content = format!(
        "/OC /A BDC {} EMC /OC /B BDC /Span <<>> BDC {} EMC EMC",
        line(9, 90, "shown"),
        line(9, 50, "hidden")
    );
    assert_eq!(text(&pdf.save(&[content])), "shown\n");
}

#[test]
fn replacement_text_and_artifacts() {
    let content = "BT /F1 12 Tf 72 700 Td /Span <</ActualText (Zu\\055cker)>> BDC (Zuk-) Tj 0 -14 Td (ker) Tj EMC ET \
        /Artifact <</Type /Pagination>> BDC BT /F1 12 Tf 72 20 Td (page 1) Tj ET EMC";
    let input = Pdf::default().save(&[content]);
    assert!(
        text(&input).starts_with("Zu-cker\n") || text(&input).starts_with("Zu-c\nker\n"),
        "{}",
        text(&input)
    );
    assert!(text(&input).ends_with("page 1\n"));
    let options = TextOptions { artifacts: false, ..TextOptions::default() };
    assert!(!text_with(&input, &options, &Limits::default()).unwrap().contains("page 1"));
}

#[test]
fn annotations_and_fields() {
    let mut pdf = Pdf::default();
    let look = pdf.stream(
        "/Subtype /Form /BBox [0 0 100 20] /Resources <</Font <</F1 <</Subtype /Type1 /BaseFont /Helvetica>>>>>>",
        b"BT /F1 12 Tf 2 5 Td (stamped) Tj ET",
    );
    pdf.page = format!(
        "/Annots [<</Subtype /Stamp /Rect [100 100 200 120] /AP <</N {look} 0 R>>>> \
         <</Subtype /Widget /FT /Tx /V (filled in) /Rect [100 400 300 420]>> \
         <</Subtype /Stamp /F 2 /Rect [100 300 200 320] /AP <</N {look} 0 R>>>>]"
    );
    let input = pdf.save(&[line(72, 700, "page")]);
    assert_eq!(text(&input), "page\n\nfilled in\n\nstamped\n");
    let options = TextOptions { annotations: false, ..TextOptions::default() };
    assert_eq!(text_with(&input, &options, &Limits::default()).unwrap(), "page\n");
}

#[test]
fn hebrew_comes_in_the_order_of_reading() {
    // Alef, bet, gimel, a number and a bracket, as they are seen from the left.
    let map = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <43> <05D0> endbfrange";
    let mut pdf = Pdf::default();
    let map = pdf.stream("", map);
    pdf.font = format!(
        "<</Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode {map} 0 R>>"
    );
    let input = pdf.save(&[line(72, 700, "12 \\(CB\\) CBA")]);
    assert_eq!(text(&input), "\u{5d0}\u{5d1}\u{5d2} (\u{5d1}\u{5d2}) 12\n");
}

#[test]
fn limits_are_exact() {
    let input = Pdf::default().save(&[line(9, 9, "12345"), line(9, 9, "678")]);
    let limits =
        |bytes, pages| Limits { max_output_bytes: bytes, max_pages: pages, ..Limits::default() };
    let text_with = |limits| text_with(&input, &TextOptions::default(), &limits);
    assert_eq!(text_with(limits(11, 2)).unwrap().len(), 11);
    assert_eq!(text_with(limits(10, 2)), Err(PdfError::OutputTooLarge { limit: 10 }));
    assert_eq!(text_with(limits(11, 1)), Err(PdfError::TooManyPages { limit: 1 }));
}

#[test]
fn not_documents() {
    let text = |input| text_with(input, &TextOptions::default(), &Limits::default());
    assert_eq!(text(b""), Err(PdfError::Truncated));
    assert!(matches!(text(b"plain text"), Err(PdfError::Invalid { .. })));
    let cut = text(b"%PDF-1.7\n1 0 obj");
    assert!(matches!(cut, Err(PdfError::Truncated | PdfError::Invalid { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn mutations_do_not_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut input = Pdf::default().save(&[line(1, 2, "one (two)"), line(3, 4, "three")]);
        for (index, byte) in changes {
            let at = index.index(input.len());
            input[at] = byte;
        }
        if let Some(cut) = cut {
            input.truncate(cut.index(input.len()));
        }
        let _ = text_with(&input, &TextOptions::default(), &Limits::default());
    }

    #[test]
    fn contents_do_not_panic(content in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut content = content;
        content.extend_from_slice(b" BT /F1 9 Tf (x) Tj ET");
        let _ = text_with(&Pdf::default().save(&[content]), &TextOptions::default(), &Limits::default());
    }

    #[test]
    fn operators_do_not_panic(parts in proptest::collection::vec(part(), 0..60)) {
        let content = parts.join(" ");
        let text = text_with(&Pdf::default().save(&[content]), &TextOptions::default(), &Limits::default());
        prop_assert!(text.is_ok());
    }
}

/// An operand or an operator that matters to text.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        (-1000i32..1000).prop_map(|number| number.to_string()),
        any::<f32>().prop_map(|number| format!("{number}")),
        prop::sample::select(vec![
            "BT",
            "ET",
            "Tf",
            "Td",
            "TD",
            "Tm",
            "T*",
            "Tj",
            "TJ",
            "'",
            "\"",
            "Tc",
            "Tw",
            "Tz",
            "TL",
            "Ts",
            "cm",
            "q",
            "Q",
            "/F1",
            "(some words)",
            "<0041>",
            "[",
            "]",
            "BDC",
            "EMC",
            "/Span",
            "<</ActualText (x y)>>",
            "Do",
            "/F1 9 Tf",
            "1 0 0 1 50 50 Tm",
            "(a) Tj",
            "0 1 -1 0 300 300 Tm",
        ])
        .prop_map(str::to_owned),
    ]
}
