//! Some pages of a document.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::format_push_string,
    reason = "a test may fail"
)]

mod support;

use bytemill_pdf_edit::{EditError, Limits, Options, Split, extract_pages, rewrite, split};
use bytemill_pdf_objects::PdfError;
use support::{at, contents, file, made, open, pages, plain, text};

fn two(extra: impl Fn(usize) -> String, catalog: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = pages(&["one", "two"], catalog, extra);
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    file(&objects, "")
}

#[test]
fn pages_come_in_the_order_asked_for() {
    let source = file(&pages(&["one", "two", "three"], "/Lang(de)", |_| String::new()), "");
    let source = open(&source);
    for options in [plain(), Options::default()] {
        let made = made(|output| extract_pages(&source, &[3, 1, 3], &options, output));
        let new = open(&made);
        assert_eq!(contents(&new), ["three", "one", "three"]);
        assert_eq!(text(&new, "Lang"), "de");
        let page = new.page(1).unwrap();
        assert_eq!(page.media_box(&new), [0.0, 0.0, 200.0, 100.0]);
        let font = page.attribute(&new, b"Resources");
        assert!(font.as_dictionary().is_some_and(|own| own.get(b"Font").is_some()));
        // Catalog, tree, resources, font, three pages, two contents.
        let packed = if options.compact { 2 } else { 0 };
        assert_eq!(new.references().len(), 9 + packed);
    }
}

#[test]
fn links_follow_their_pages_or_go() {
    let link = "/Annots[<</Subtype/Link/Rect[0 0 9 9]/Dest[6 0 R/Fit]>> 8 0 R \
                <</Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D(there)>>>> \
                <</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.com)>>>>]";
    let names =
        "/Names<</Dests<</Names[(there)<</D[6 0 R/XYZ 1 2 3]>>]>>>>/Dests<</Old[4 0 R/Fit]>>";
    let old = "<</Subtype/Link/Rect[0 0 9 9]/P 4 0 R/Dest/Old>>";
    let extra = |index| if index == 0 { link.to_owned() } else { String::new() };
    let source = two(extra, names, &[old]);
    let source = open(&source);

    let first = made(|output| extract_pages(&source, &[1], &plain(), output));
    let new = open(&first);
    assert_eq!(at(&new, "Pages/Kids/0/Annots").as_array().unwrap().len(), 2);
    assert_eq!(at(&new, "Pages/Kids/0/Annots/0/Dest/1").as_name(), Some(b"Fit".as_slice()));
    assert_eq!(text(&new, "Pages/Kids/0/Annots/1/A/URI"), "https://example.com");
    assert!(!String::from_utf8_lossy(&first).contains("two"), "the other page is not there");

    let both = made(|output| extract_pages(&source, &[2, 1], &plain(), output));
    let new = open(&both);
    let targets =
        ["0/Dest/0", "2/A/D/0"].map(|path| at(&new, &format!("Pages/Kids/1/Annots/{path}")));
    assert!(targets.iter().all(|page| *page == at(&new, "Pages/Kids/0")));
    assert_eq!(at(&new, "Pages/Kids/1/Annots/2/A/D/3").as_integer(), Some(2));
}

#[test]
fn a_page_twice_has_annotations_of_its_own() {
    let extra = |index| if index == 0 { "/Annots[8 0 R 9 0 R]".to_owned() } else { String::new() };
    let note = "<</Subtype/Text/Rect[0 0 9 9]/P 4 0 R/Popup 9 0 R/Contents(note)>>";
    let popup = "<</Subtype/Popup/Rect[0 0 9 9]/P 4 0 R/Parent 8 0 R>>";
    let source = two(extra, "", &[note, popup]);
    let made = made(|output| extract_pages(&open(&source), &[1, 1], &plain(), output));
    let new = open(&made);
    let page = |page: usize, path: &str| at(&new, &format!("Pages/Kids/{page}/Annots/{path}"));
    for index in [0, 1] {
        assert_eq!(page(index, "0/P"), at(&new, &format!("Pages/Kids/{index}")));
        assert_eq!(page(index, "1/Parent"), page(index, "0"));
        assert_eq!(page(index, "0/Popup"), page(index, "1"));
    }
    let reference = |index| {
        let page = new.page(index).unwrap();
        new.array(&page.dictionary, b"Annots").unwrap()[0].as_reference()
    };
    assert_ne!(reference(0), reference(1));
}

#[test]
fn fields_of_the_pages_stay() {
    let form = "/AcroForm<</Fields[8 0 R 11 0 R 12 0 R]/DA(/F 9 Tf)/XFA(x)/CO[9 0 R 10 0 R]>>";
    let extra = |index| match index {
        0 => "/Annots[9 0 R 12 0 R]".to_owned(),
        _ => "/Annots[10 0 R 11 0 R]".to_owned(),
    };
    let more = [
        "<</T(group)/FT/Tx/V(same)/Kids[9 0 R 10 0 R]>>",
        "<</Subtype/Widget/Rect[0 0 9 9]/P 4 0 R/Parent 8 0 R/T(a)>>",
        "<</Subtype/Widget/Rect[0 0 9 9]/P 6 0 R/Parent 8 0 R/T(b)>>",
        "<</Subtype/Widget/Rect[0 0 9 9]/P 6 0 R/FT/Btn/T(button)>>",
        "<</Subtype/Widget/Rect[0 0 9 9]/FT/Sig/T(sign)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>",
    ];
    let source = two(extra, form, &more);
    let source = open(&source);
    let second = made(|output| extract_pages(&source, &[2], &plain(), output));
    let new = open(&second);
    assert_eq!(at(&new, "AcroForm/Fields").as_array().unwrap().len(), 2);
    assert_eq!(text(&new, "AcroForm/Fields/0/V"), "same");
    assert_eq!(at(&new, "AcroForm/Fields/0/Kids").as_array().unwrap().len(), 1);
    assert_eq!(text(&new, "AcroForm/Fields/0/Kids/0/T"), "b");
    assert_eq!(at(&new, "AcroForm/Fields/0/Kids/0/Parent"), at(&new, "AcroForm/Fields/0"));
    assert_eq!(text(&new, "AcroForm/Fields/1/T"), "button");
    assert_eq!(at(&new, "AcroForm/CO").as_array().unwrap().len(), 1);
    assert!(at(&new, "AcroForm/XFA").is_null());

    let twice = made(|output| extract_pages(&source, &[1, 1], &plain(), output));
    let new = open(&twice);
    let names: Vec<String> =
        (0..4).map(|index| text(&new, &format!("AcroForm/Fields/{index}/T"))).collect();
    assert_eq!(names, ["group", "sign", "a", "sign_2"]);
    assert_eq!(text(&new, "AcroForm/Fields/2/V"), "same", "what a copy inherited it has itself");
    assert_eq!(at(&new, "AcroForm/Fields/3/V/Type").as_name(), Some(b"Sig".as_slice()));
}

#[test]
fn outline_and_labels_go_with_the_pages() {
    let catalog = "/Outlines 8 0 R/PageLabels<</Nums[0<</S/r/St 4>>1<</P(A-)/S/D>>]>>";
    let more = [
        "<</First 9 0 R/Last 11 0 R/Count 3>>",
        "<</Title(first)/Parent 8 0 R/Next 10 0 R/Dest[4 0 R/Fit]>>",
        "<</Title(above)/Parent 8 0 R/Prev 9 0 R/Next 11 0 R/First 12 0 R/Last 12 0 R/Count -1>>",
        "<</Title(none)/Parent 8 0 R/Prev 10 0 R/Next 9 0 R/A<</S/URI/URI(x)>>>>",
        "<</Title(second)/Parent 10 0 R/A<</S/GoTo/D[1/Fit]>>/First 12 0 R>>",
    ];
    let source = two(|_| String::new(), catalog, &more);
    let made = made(|output| extract_pages(&open(&source), &[2], &plain(), output));
    let new = open(&made);
    assert_eq!(text(&new, "Outlines/First/Title"), "above");
    assert_eq!(at(&new, "Outlines/First"), at(&new, "Outlines/Last"));
    assert_eq!(at(&new, "Outlines/First/Count").as_integer(), Some(-1));
    assert_eq!(text(&new, "Outlines/First/First/Title"), "second");
    assert_eq!(at(&new, "Outlines/First/First/A/D/0"), at(&new, "Pages/Kids/0"));
    assert_eq!(at(&new, "Outlines/Count").as_integer(), Some(1));
    assert_eq!(text(&new, "PageLabels/Nums/1/P"), "A-");
    assert!(at(&new, "PageLabels/Nums/2").is_null());
}

#[test]
fn documents_are_split() {
    let words = ["a", "b", "c", "d", "e"];
    let source = file(&pages(&words, "", |_| String::new()), "");
    let source = open(&source);
    let cases: [(Split<'_>, &[&[&str]]); 4] = [
        (Split::Every(2), &[&["a", "b"], &["c", "d"], &["e"]]),
        (Split::Every(9), &[&["a", "b", "c", "d", "e"]]),
        (Split::Before(&[4, 2, 4]), &[&["a"], &["b", "c"], &["d", "e"]]),
        (Split::Before(&[1]), &[&["a", "b", "c", "d", "e"]]),
    ];
    for (at, expected) in cases {
        let mut parts = Vec::new();
        split(&source, at, &Options::default(), &mut parts).unwrap();
        let parts: Vec<Vec<String>> = parts.iter().map(|part| contents(&open(part))).collect();
        assert_eq!(parts, expected, "{at:?}");
    }
}

#[test]
fn parts_may_share_more_than_the_file_has() {
    let mut objects = pages(&["w"; 300], "", |_| "/Shared 604 0 R".to_owned());
    objects.push(support::stream("", &"x".repeat(20_000)));
    let source = file(&objects, "");
    let limits = bytemill_pdf_objects::Limits { max_stream_bytes: 1 << 20, max_pages: 300 };
    let options = bytemill_pdf_objects::OpenOptions { limits, ..Default::default() };
    let source = bytemill_pdf_objects::Document::open(&source, &options).unwrap();
    let mut parts = Vec::new();
    split(&source, Split::Every(1), &plain(), &mut parts).unwrap();
    assert_eq!(parts.len(), 300);
    assert!(parts.iter().all(|part| part.len() > 20_000));
}

#[test]
fn streams_that_overlap_are_refused() {
    let mut objects =
        pages(&["w"], "/All[6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R]", |_| String::new());
    let inner = "0000000000".repeat(2000);
    let mut body = String::new();
    for number in 6..12 {
        body += &format!("<</Length {}>>\nstream\n", 0);
        if number < 11 {
            body += &format!("{} 0 obj\n", number + 1);
        }
    }
    objects.push(body + &inner + "\nendstream");
    let mut source = file(&objects, "");
    // A table that finds each object in the one before.
    let text = String::from_utf8(source.clone()).unwrap();
    let at: Vec<usize> = (1..12).map(|n| text.find(&format!("{n} 0 obj")).unwrap()).collect();
    let table = text.rfind("xref\n0").unwrap();
    source.truncate(table);
    source.extend_from_slice(b"xref\n0 12\n0000000000 65535 f \n");
    for at in at {
        source.extend_from_slice(format!("{at:010} 00000 n \n").as_bytes());
    }
    let end = format!("trailer\n<</Root 1 0 R/Size 12>>\nstartxref\n{table}\n%%EOF\n");
    source.extend_from_slice(end.as_bytes());
    let result = rewrite(&open(&source), &plain(), &mut Vec::new());
    let expected = PdfError::Invalid { expected: "streams that do not overlap" };
    assert_eq!(result, Err(EditError::Pdf(expected)));
}

#[test]
fn what_cannot_be_is_said() {
    let source = file(&pages(&["one", "two"], "", |_| String::new()), "");
    let source = open(&source);
    let mut output = b"before".to_vec();
    let options = Options::default();
    let small = |max_output_bytes, max_pages| Options {
        limits: Limits { max_output_bytes, max_pages },
        ..options
    };
    let cases: [(&[u32], Options<'_>, EditError); 5] = [
        (&[], options, EditError::Nothing { expected: "a page" }),
        (&[1, 0], options, EditError::NoPage { page: 0, pages: 2 }),
        (&[1, 3], options, EditError::NoPage { page: 3, pages: 2 }),
        (&[1, 2, 1], small(1000, 2), EditError::TooManyPages { limit: 2 }),
        (&[1], small(300, 2), EditError::OutputTooLarge { limit: 300 }),
    ];
    for (pages, options, expected) in cases {
        assert_eq!(extract_pages(&source, pages, &options, &mut output), Err(expected));
        assert_eq!(output, b"before");
    }
    let mut parts = vec![Vec::new()];
    let none = split(&source, Split::Every(0), &options, &mut parts);
    assert_eq!(none, Err(EditError::Nothing { expected: "pages in each part" }));
    let limit = split(&source, Split::Every(1), &small(1000, 9), &mut parts);
    assert!(matches!(limit, Err(EditError::OutputTooLarge { .. })), "{limit:?}");
    assert_eq!(parts.len(), 1);
}
