//! Where words are, and finding them.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use bytemill_pdf::{
    Limits, PageText, PdfError, SearchOptions, TextOptions, Writing, layout, open, search,
    to_markdown,
};
use common::{Pdf, line};

fn page_of(input: &[u8]) -> PageText {
    let limits = Limits::default();
    let document = open(input, None, &limits).unwrap();
    layout(&document, 1, &TextOptions::default(), &limits).unwrap().unwrap()
}

fn page(content: &str) -> PageText {
    page_of(&Pdf::default().save(&[content]))
}

fn words(page: &PageText) -> Vec<&str> {
    page.words
        .iter()
        .map(|word| &page.text[word.text.start as usize..word.text.end as usize])
        .collect()
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.02
}

#[test]
fn words_lines_and_blocks() {
    let page =
        page(&(line(72, 700, "two words") + &line(72, 686, "below") + &line(72, 500, "apart")));
    assert_eq!(page.text, "two words\nbelow\n\napart\n");
    assert_eq!(words(&page), ["two", "words", "below", "apart"]);
    let [first, second, ..] = page.words.as_slice() else { panic!("no words") };
    // Widths of Helvetica: t 278, w 722, o 556, space 278.
    let two = 12.0 * (0.278 + 0.722 + 0.556);
    assert!(near(first.rect.left, 72.0) && near(first.rect.right, 72.0 + two), "{:?}", first.rect);
    assert!(near(second.rect.left, 72.0 + two + 12.0 * 0.278));
    assert!(first.rect.bottom < 700.0 && first.rect.top > 706.0);
    assert!(near(first.size, 12.0));
    let lines: Vec<&str> = page
        .lines
        .iter()
        .map(|line| &page.text[line.text.start as usize..line.text.end as usize])
        .collect();
    assert_eq!(lines, ["two words", "below", "apart"]);
    let blocks: Vec<&str> = page
        .blocks
        .iter()
        .map(|block| &page.text[block.text.start as usize..block.text.end as usize])
        .collect();
    assert_eq!(blocks, ["two words\nbelow", "apart"]);
    assert_eq!((page.width(), page.height(), page.rotation), (612.0, 792.0, 0));
    assert_eq!(page.fonts[0].name, "Helvetica");
}

#[test]
fn text_that_is_turned() {
    for (matrix, angle) in [
        ("1 0 0 1 300 300", 0.0),
        ("0 1 -1 0 300 300", 90.0),
        ("-1 0 0 -1 300 300", 180.0),
        ("0 -1 1 0 300 300", 270.0),
        ("0.70710678 0.70710678 -0.70710678 0.70710678 300 300", 45.0),
    ] {
        let page =
            page(&format!("BT /F1 10 Tf {matrix} Tm (turned text) Tj 0 -12 Td (below) Tj ET"));
        assert_eq!(page.text, "turned text\nbelow\n", "{matrix}");
        assert!(near(page.lines[0].angle(), angle), "{}", page.lines[0].angle());
        let rect = page.lines[0].rect;
        match matrix {
            "1 0 0 1 300 300" => {
                assert!(near(rect.left, 300.0) && rect.width() > 4.0 * rect.height());
            }
            "0 1 -1 0 300 300" => {
                assert!(near(rect.bottom, 300.0) && rect.height() > 4.0 * rect.width());
            }
            "-1 0 0 -1 300 300" => {
                assert!(near(rect.right, 300.0) && rect.width() > 4.0 * rect.height());
            }
            "0 -1 1 0 300 300" => {
                assert!(near(rect.top, 300.0) && rect.height() > 4.0 * rect.width());
            }
            _ => {}
        }
    }
}

#[test]
fn pages_that_are_turned() {
    let pdf = Pdf { page: "/Rotate 90 /CropBox [10 20 410 320]".into(), ..Pdf::default() };
    let page = page_of(&pdf.save(&[line(72, 100, "x")]));
    assert_eq!((page.width(), page.height(), page.rotation), (300.0, 400.0, 90));
    assert!(near(page.words[0].rect.left, 72.0), "places are not turned");
}

#[test]
fn vertical_writing() {
    let map = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0001> <0009> <3042> endbfrange";
    let mut pdf = Pdf::default();
    let map = pdf.stream("", map);
    pdf.font = format!(
        "<</Subtype /Type0 /Encoding /Identity-V /ToUnicode {map} 0 R /DescendantFonts [<</Subtype /CIDFontType0>>]>>"
    );
    let content = "BT /F1 10 Tf 1 0 0 1 500 700 Tm <000100020003> Tj ET BT /F1 10 Tf 1 0 0 1 485 700 Tm <00040005> Tj ET";
    let page = page_of(&pdf.save(&[content]));
    assert_eq!(page.text, "\u{3042}\u{3043}\u{3044}\n\u{3045}\u{3046}\n");
    assert_eq!(page.lines[0].writing, Writing::Vertical);
    assert!(near(page.lines[0].angle(), 0.0));
    let rect = page.lines[0].rect;
    assert!(near(rect.left, 495.0) && near(rect.right, 505.0), "{rect:?}");
    assert!(near(rect.top, 700.0) && near(rect.bottom, 670.0), "{rect:?}");
}

#[test]
fn accents_are_joined_to_their_letters() {
    // As TeX has it: the accent, a step back of its width, the letter.
    let page =
        page("BT /F1 10 Tf 72 700 Td [(caf) (\\264) 444.5 (e na) (\\250) 333 (i) (ve)] TJ ET");
    assert_eq!(page.text, "caf\u{e9} na\u{ef}ve\n");
}

#[test]
fn superscripts_stay_on_their_line() {
    let page = page(
        "BT /F1 12 Tf 72 700 Td (E = mc) Tj /F1 8 Tf 0 4 Td 40 0 Td (2) Tj /F1 12 Tf 10 -4 Td (holds) Tj ET",
    );
    assert_eq!(page.lines.len(), 1, "{:?}", page.text);
}

#[test]
fn letters_that_are_spaced_out() {
    let page = page("BT /F1 12 Tf 3 Tc 72 700 Td (SPACED) Tj ET");
    assert_eq!(page.text, "SPACED\n");
}

#[test]
fn finding() {
    let input = Pdf::default().save(&[
        line(72, 700, "The quick brown") + &line(72, 686, "fox. THE END"),
        line(72, 700, "the other page"),
    ]);
    let limits = Limits::default();
    let document = open(&input, None, &limits).unwrap();
    let find = |query: &str, options: &SearchOptions| {
        search(&document, query, options, &limits).unwrap().hits
    };
    let any = SearchOptions::default();
    let hits = find("the", &any);
    assert_eq!(
        hits.iter().map(|hit| (hit.page, hit.text.as_str())).collect::<Vec<_>>(),
        [(1, "The"), (1, "THE"), (2, "the"), (2, "the")]
    );
    assert_eq!(find("the", &SearchOptions { whole_words: true, ..any }).len(), 3);
    assert_eq!(find("the", &SearchOptions { case_sensitive: true, ..any }).len(), 2);
    assert_eq!(find("the", &SearchOptions { max_hits: 1, ..any }).len(), 1);
    assert_eq!(find("", &any), []);
    let [hit] = &find("brown  FOX", &any)[..] else { panic!("not one hit") };
    assert_eq!((hit.text.as_str(), hit.quads.len()), ("brown fox", 2));
    // The start of the first line up to "brown".
    let before = 12.0 * (0.611 + 0.556 * 2.0 + 0.278 + 0.556 * 2.0 + 0.222 + 0.5 + 0.5 + 0.278);
    assert!(near(hit.quads[0][0].0, 72.0 + before), "{:?}", hit.quads[0]);
    assert!(near(hit.quads[1][0].0, 72.0));
    assert!(near(hit.rect().left, 72.0));
}

#[test]
fn the_same_in_parts_and_alone() {
    let contents: Vec<String> =
        (0..40).map(|page| line(72, 700, &format!("page {page}"))).collect();
    let input = Pdf::default().save(&contents);
    let limits = Limits::default();
    let document = open(&input, None, &limits).unwrap();
    let (mut text, mut ends) = (Vec::new(), Vec::new());
    bytemill_pdf::extract_text(&document, &TextOptions::default(), &limits, &mut text, &mut ends)
        .unwrap();
    let mut start = 0;
    for (index, end) in ends.iter().enumerate() {
        assert_eq!(&text[start..*end], format!("page {index}\n").as_bytes());
        start = end + 1;
        let alone =
            layout(&document, index as u32 + 1, &TextOptions::default(), &limits).unwrap().unwrap();
        assert_eq!(alone.text, format!("page {index}\n"));
    }
    assert_eq!(layout(&document, 41, &TextOptions::default(), &limits).unwrap(), None);
    assert_eq!(layout(&document, 0, &TextOptions::default(), &limits).unwrap(), None);
}

#[test]
fn markdown() {
    let content = "BT /F1 20 Tf 72 740 Td (The title) Tj ET BT /F1 14 Tf 72 700 Td (A section) Tj ET \
        BT /F1 10 Tf 12 TL 72 680 Td (One para-) Tj T* (graph of * text.) Tj ET \
        BT /F1 10 Tf 12 TL 72 640 Td (\\225 one) Tj T* (\\225 two) Tj ET \
        BT /F1 10 Tf 12 TL 72 600 Td (1. first) Tj T* (2\\) second) Tj T* (1999. A year) Tj ET \
        BT /F1 14 Tf 72 560 Td (In a list . . . . 5) Tj ET \
        BT /F2 10 Tf 12 TL 72 520 Td (A bold one) Tj /F1 10 Tf T* (and its text) Tj ET";
    let bold = common::FONT.replace("Helvetica", "Helvetica-Bold");
    let font = format!("{} /F2 {bold}", common::FONT);
    let input = Pdf { font, ..Pdf::default() }.save(&[content]);
    let limits = Limits::default();
    let document = open(&input, None, &limits).unwrap();
    let write = |limits: &Limits| to_markdown(&document, &TextOptions::default(), limits);
    let wanted = "# The title\n\n## A section\n\nOne paragraph of \\* text.\n\n- one\n- two\n\n\
        1. first\n2) second 1999. A year\n\n\
        In a list . . . . 5\n\n### A bold one\n\nand its text\n";
    assert_eq!(write(&limits).unwrap().0, wanted);
    let limit = wanted.len() as u64 - 1;
    let limits = Limits { max_output_bytes: limit, ..limits };
    assert_eq!(write(&limits), Err(PdfError::OutputTooLarge { limit }));
}
