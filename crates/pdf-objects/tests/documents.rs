//! Documents made on the spot: tables of every form, damage and its repair, page trees, limits.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::float_cmp, reason = "coordinates are read, not computed")]

use std::fmt::Write as _;
use std::fs;

use bytemill_pdf_objects::{Document, Limits, Object, OpenOptions, PdfError, Reference};
use bytemill_testkit::vectors;
use proptest::prelude::*;

const OPTIONS: OpenOptions<'_> =
    OpenOptions { password: None, limits: Limits { max_stream_bytes: 8 << 20, max_pages: 1000 } };

fn open(file: &[u8]) -> Document<'_> {
    Document::open(file, &OPTIONS).unwrap()
}

/// A file of objects, numbered from 1, with its table.
fn file(objects: &[&str]) -> String {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", text.len());
        let _ = write!(text, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = text.len();
    let size = objects.len() + 1;
    text + &table + &format!("trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n")
}

const PAGES: [&str; 4] = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 300 200]/Rotate -90>>",
    "<</Type/Page/Parent 2 0 R>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[100 100 0 0]/CropBox[50 -9 999 50]/Rotate 450>>",
];

#[test]
fn a_table_of_the_plain_kind() {
    let file = file(&PAGES);
    let document = open(file.as_bytes());
    assert!(!document.is_repaired() && document.encryption().is_none());
    assert_eq!((document.version(), document.page_count()), ((1, 4), 2));
    let page = document.page(0).unwrap();
    assert_eq!(page.reference, Some(Reference { number: 3, generation: 0 }));
    assert_eq!(
        (page.media_box(&document), page.rotation(&document)),
        ([0.0, 0.0, 300.0, 200.0], 270)
    );
    let page = document.page(1).unwrap();
    assert_eq!(page.media_box(&document), [0.0, 0.0, 100.0, 100.0]);
    assert_eq!(page.crop_box(&document), [50.0, 0.0, 100.0, 50.0]);
    assert_eq!(page.rotation(&document), 90);
    assert!(document.page(2).is_none());
    assert_eq!(document.references().len(), 4);
    assert!(document.object(Reference { number: 99, generation: 0 }).is_null());
    let fork = document.fork();
    let count = std::thread::scope(|scope| scope.spawn(move || fork.page_count()).join().unwrap());
    assert_eq!(count, 2);
}

#[test]
fn damage_is_repaired() {
    let whole = file(&PAGES);
    let cut = &whole[..whole.find("xref").unwrap()];
    let without_table = whole.replace("xref", "xrxx");
    let wrong_start = whole.replace("startxref\n", "startxref\n9");
    let wrong_offsets = whole.replace("00000 n", "00007 n").replace("00000000", "00000009");
    let without_ends = cut.replace("endobj", "");
    let without_root = whole.replace("/Root 1 0 R", "");
    let junk = format!("junk\n{whole}");
    for (name, file) in [
        ("cut", cut),
        ("no table", &without_table),
        ("startxref", &wrong_start),
        ("offsets", &wrong_offsets),
        ("no endobj", &without_ends),
        ("no root", &without_root),
        ("junk", &junk),
    ] {
        let document = open(file.as_bytes());
        assert_eq!(document.page_count(), 2, "{name}");
        let page = document.page(1).unwrap();
        assert_eq!(page.crop_box(&document), [50.0, 0.0, 100.0, 50.0], "{name}");
        assert_eq!(document.is_repaired(), name != "junk", "{name}");
    }
}

#[test]
fn an_object_that_is_elsewhere_is_found_later() {
    let whole = file(&PAGES);
    // One entry leads into the middle of nowhere.
    let place = whole.find("4 0 obj").unwrap();
    let broken = whole.replace(&format!("{place:010}"), &format!("{:010}", place + 3));
    let document = open(broken.as_bytes());
    assert!(!document.is_repaired());
    assert_eq!(document.page(1).unwrap().rotation(&document), 90);
    assert!(document.is_repaired());
}

#[test]
fn the_last_definition_wins() {
    let text =
        format!("{}4 0 obj<</Type/Page/Rotate 180>>endobj", file(&PAGES).replace("xref", "xxxx"));
    let document = open(text.as_bytes());
    assert_eq!(document.page(1).unwrap().rotation(&document), 180);
}

#[test]
fn a_lost_tree_leaves_its_pages() {
    let mut objects = PAGES;
    objects[1] = "null";
    let lost = file(&objects);
    let document = open(lost.as_bytes());
    assert_eq!(document.page_count(), 2);
    assert_eq!(document.page(1).unwrap().rotation(&document), 90);
    let none = file(&PAGES[..1]);
    let refused = Document::open(none.as_bytes(), &OPTIONS);
    assert_eq!(refused.unwrap_err(), PdfError::Invalid { expected: "a page tree" });
    for (input, error) in [
        (&b""[..], PdfError::Truncated),
        (b"%PDF", PdfError::Truncated),
        (b"%PDF-1.4\n1 0 o", PdfError::Truncated),
        (b"%PDF-1.4\n1 0 obj <</A 1>>endobj", PdfError::Truncated),
        (b"Not a document.", PdfError::Invalid { expected: "%PDF- near the start" }),
    ] {
        assert_eq!(Document::open(input, &OPTIONS).unwrap_err(), error);
    }
}

/// Pages of a tree of three levels, whose counts are true or lie.
#[test]
fn pages_by_their_numbers() {
    let tree = |counts: [&str; 4]| {
        let [root, a, b, c] = counts;
        file(&[
            "<</Pages 2 0 R>>",
            &format!("<</Kids[3 0 R 4 0 R]/Count {root}>>"),
            &format!("<</Kids[6 0 R 7 0 R]/Count {a}>>"),
            &format!("<</Kids[5 0 R 8 0 R]/Count {b}/Rotate 90>>"),
            &format!("<</Kids[9 0 R]/Count {c}>>"),
            "<</Type/Page/N 0>>",
            "<</Type/Page/N 1>>",
            "<</Type/Page/N 3>>",
            "<</Type/Page/N 2>>",
        ])
    };
    for counts in [
        ["4", "2", "2", "1"],
        ["2", "2", "2", "1"],
        ["99", "7", "0", "-1"],
        ["null", "1", "3", "(x)"],
        ["2147483647", "2", "2", "2"],
    ] {
        let file = tree(counts);
        let document = open(file.as_bytes());
        assert_eq!(document.page_count(), 4, "{counts:?}");
        for number in 0..4 {
            let page = document.page(number).unwrap();
            let found = document.integer(&page.dictionary, b"N");
            assert_eq!(found, Some(i64::from(number)), "{counts:?}");
            let turned = if number < 2 { 0 } else { 90 };
            assert_eq!(page.rotation(&document), turned, "{counts:?}");
        }
    }
}

#[test]
fn broken_pages_keep_their_numbers() {
    let text =
        file(&["<</Pages 2 0 R>>", "<</Kids[3 0 R 77 0 R 3 0 R]/Count 3>>", "<</Type/Page>>"]);
    let document = open(text.as_bytes());
    assert_eq!(document.page_count(), 3);
    assert!(document.page(1).unwrap().dictionary.is_empty());
    assert!(document.page(2).unwrap().dictionary.has_type(b"Page"));
}

#[test]
fn trees_without_an_end() {
    let cycle = file(&["<</Pages 2 0 R>>", "<</Kids[2 0 R 3 0 R]/Count 5>>", "<</Type/Page>>"]);
    assert_eq!(open(cycle.as_bytes()).page_count(), 1);
    // Each level has twice the pages of the one below.
    let mut objects = vec!["<</Pages 2 0 R>>".to_owned()];
    for number in 3..40 {
        objects.push(format!("<</Kids[{number} 0 R {number} 0 R]>>"));
    }
    objects.push("<</Kids[]>>".to_owned());
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    for last in ["<</Kids[]>>", "<</Type/Page>>"] {
        let text = file(&[&objects[..38], &[last]].concat());
        let document = open(text.as_bytes());
        assert!(document.page_count() <= 1000);
        assert_eq!(document.check(), Err(PdfError::TooManyPages { limit: 1000 }));
    }
}

#[test]
fn streams_of_any_length() {
    let stream = |length: &str| {
        let text = format!("<</Length {length}>>stream\r\n12345\nendstream");
        file(&[&PAGES[..], &[&text, "5", "7 0 R"]].concat())
    };
    for length in ["5", "6 0 R", "0", "99999999999", "-1", "null", "4", "5 0 R", "7 0 R", "(x)"] {
        let text = stream(length);
        let document = open(text.as_bytes());
        let object = document.object(Reference { number: 5, generation: 0 });
        let data = document.data(object.as_stream().unwrap()).unwrap();
        assert_eq!(&*data, b"12345", "{length}");
    }
    let cut = stream("9 0 R");
    let cut = &cut[..cut.find("\nendstream").unwrap()];
    let document = open(cut.as_bytes());
    let object = document.object(Reference { number: 5, generation: 0 });
    assert_eq!(&*document.data(object.as_stream().unwrap()).unwrap(), b"12345");
}

/// Entries of a cross-reference stream, one byte each for the kind and the third field, two for the second.
fn xref_stream(number: u32, entries: &[[u8; 4]], more: &str) -> Vec<u8> {
    let (count, length) = (entries.len(), 4 * entries.len());
    let head = format!(
        "{number} 0 obj<</Type/XRef/W[1 2 1]/Index[0 {count}]/Size {count}{more}/Length {length}>>stream\n"
    );
    [head.as_bytes(), &entries.concat(), b"\nendstream endobj\n"].concat()
}

fn place(file: &[u8], what: &str) -> [u8; 2] {
    let at = file.windows(what.len()).position(|window| window == what.as_bytes()).unwrap();
    (at as u16).to_be_bytes()
}

/// Objects in object streams, whose length, or whose filter, is in themselves or in each other.
#[test]
fn object_streams_and_their_circles() {
    for (length, filter, pages) in [("17", "null", 1), ("4 0 R", "5 0 R", 1), ("8 0 R", "9 0 R", 1)]
    {
        let mut text =
            b"%PDF-1.5\n1 0 obj<</Pages 2 0 R>>endobj\n2 0 obj<</Kids[4 0 R]/Count 1>>endobj\n"
                .to_vec();
        for (number, inner) in [(6, 4), (7, 8)] {
            let object = format!(
                "{number} 0 obj<</Type/ObjStm/N 1/First 4/Length {length}/Filter {filter}>>stream\n{inner} 0 <</Type/Page>>\nendstream endobj\n"
            );
            text.extend_from_slice(object.as_bytes());
        }
        let at = |what: &str| {
            let [high, low] = place(&text, what);
            [1, high, low, 0]
        };
        let entries = [
            [0; 4],
            at("1 0 obj"),
            at("2 0 obj"),
            [0; 4],
            [2, 0, 6, 0],
            [2, 0, 6, 0],
            at("6 0 obj"),
            at("7 0 obj"),
            [2, 0, 7, 0],
            [2, 0, 6, 7],
        ];
        let start = text.len();
        text.extend(xref_stream(10, &entries, "/Root 1 0 R"));
        text.extend(format!("startxref\n{start}\n%%EOF").bytes());
        let document = open(&text);
        assert!(!document.is_repaired());
        assert_eq!(document.page_count(), pages);
        assert!(document.page(0).unwrap().dictionary.has_type(b"Page"), "{length} {filter}");
        document.check().unwrap();
    }
}

/// A table for old readers that hides the page, and a stream that has it (7.5.8.4).
#[test]
fn a_hybrid_file() {
    let whole = file(
        &PAGES[..3]
            .iter()
            .map(|object| object.replace("3 0 R 4 0 R", "3 0 R"))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
    );
    let [a, b] = place(whole.as_bytes(), "3 0 obj");
    let table = whole.find("xref").unwrap();
    let hidden = whole.replace(
        &format!("{:010} 00000 n", usize::from(a) * 256 + usize::from(b)),
        "0000000000 00000 f",
    );
    let stream = xref_stream(9, &[[0; 4], [0; 4], [0; 4], [1, a, b, 0]], "");
    let start = table + stream.len();
    let tail = hidden[table..]
        .replace("/Root", &format!("/XRefStm {table}/Root"))
        .replace(&format!("startxref\n{table}"), &format!("startxref\n{start}"));
    let file = [&hidden.as_bytes()[..table], &stream, tail.as_bytes()].concat();
    let document = open(&file);
    assert!(!document.is_repaired());
    assert!(document.page(0).unwrap().dictionary.has_type(b"Page"));
    let old = String::from_utf8_lossy(&file).replace("/XRefStm", "/XXXXXXX").into_bytes();
    if old.len() == file.len() {
        assert!(open(&old).page(0).unwrap().dictionary.is_empty());
    }
}

/// The newest section counts, and a circle of them ends.
#[test]
fn updates() {
    let first = file(&PAGES);
    let start = first.find("xref").unwrap();
    // The first section is its own predecessor, or has none.
    for first in [first.replace("/Size 5", &format!("/Size 5/Prev {start}")), first] {
        let place = first.len();
        let text = format!(
            "{first}4 0 obj<</Type/Page/Rotate 180>>endobj\nxref\n0 1\n0000000000 65535 f \n4 1\n{place:010} 00000 n \n\
             trailer<</Root 1 0 R/Size 5/Prev {start}>>startxref\n{}\n%%EOF",
            place + 39
        );
        let document = open(text.as_bytes());
        assert!(!document.is_repaired());
        let page = document.page(1).unwrap();
        assert_eq!(page.rotation(&document), 180);
        assert_eq!(document.page(0).unwrap().rotation(&document), 270);
    }
}

/// What reads the same bytes again and again ends soon: streams and objects without an end, references in a circle.
#[test]
fn overlapping_objects_have_a_limit() {
    let mut text = file(&PAGES[..]).replace("xref", "xxxx");
    for number in 10..20_000 {
        let _ = write!(text, "{number} 0 obj<</A(");
    }
    let document = open(text.as_bytes());
    let nulls = document.references().into_iter().filter(|r| document.object(*r).is_null()).count();
    assert!(nulls > 0 && matches!(document.check(), Err(PdfError::TooManyObjects { .. })));

    let mut text = file(&PAGES[..]).replace("xref", "xxxx");
    for number in 10..20_000 {
        let _ = writeln!(text, "{number} 0 obj<<>>stream");
    }
    let document = open(text.as_bytes());
    let refused = document.references().into_iter().any(|reference| {
        let object = document.object(reference);
        object.as_stream().is_some_and(|stream| document.data(stream).is_err())
    });
    assert!(refused);

    let circle = file(&[&PAGES[..], &["6 0 R", "5 0 R"]].concat());
    let document = open(circle.as_bytes());
    assert!(document.resolve(&Object::Reference(Reference { number: 5, generation: 0 })).is_null());
}

#[test]
fn a_monstrous_object_is_refused() {
    let array = format!("[{}]", "1 ".repeat(2_000_000));
    let text = file(&[&PAGES[..], &[&array]].concat());
    let document = open(text.as_bytes());
    assert!(document.object(Reference { number: 5, generation: 0 }).is_null());
    assert!(matches!(document.check(), Err(PdfError::TooManyObjects { .. })));
}

/// Opens a document if it is one, and reads all that is in it.
fn visit(input: &[u8]) {
    let Ok(document) = Document::open(input, &OPTIONS) else { return };
    for reference in document.references() {
        if let Object::Stream(stream) = document.object(reference) {
            let _ = document.image_data(&stream);
        }
    }
    for number in 0..document.page_count() {
        let page = document.page(number).unwrap();
        assert!(page.rotation(&document) < 360);
        let [left, bottom, right, top] = page.crop_box(&document);
        assert!(left < right && bottom < top);
    }
    let _ = (document.version(), document.is_linearized(), document.check());
}

fn vector(index: usize) -> Vec<u8> {
    let names = ["three-pages.pdf", "object-streams.pdf", "aes-128-no-password.pdf", "cycle.pdf"];
    fs::read(vectors::folder("pdf").join(names[index % names.len()])).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files_never_panic(
        which in 0usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut input = vector(which);
        for (at, byte) in changes {
            let at = at.index(input.len());
            input[at] = byte;
        }
        if let Some(cut) = cut {
            input.truncate(cut.index(input.len()));
        }
        visit(&input);
    }

    /// Pieces of documents in any order.
    #[test]
    fn shuffled_files_never_panic(
        which in 0usize..4,
        pieces in prop::collection::vec((any::<prop::sample::Index>(), 1usize..200), 1..30),
    ) {
        let input = vector(which);
        let shuffled: Vec<u8> = pieces
            .iter()
            .flat_map(|(at, length)| {
                let at = at.index(input.len());
                &input[at..(at + length).min(input.len())]
            })
            .copied()
            .collect();
        visit(&shuffled);
    }
}
