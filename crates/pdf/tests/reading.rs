//! What lies beside the text, in the documents of `test/vectors/pdf`.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::float_cmp, reason = "numbers of files, which are as they were written")]

use std::fs;

use bytemill_pdf::{
    Destination, Document, EncryptionMethod, FieldKind, FontKind, FormKind, Limits, PageRange,
    PdfError, Target, View, attachments, destinations, fonts, form_fields, info, links, open,
    outline, page_labels, page_sizes,
};
use bytemill_testkit::vectors::folder;
use proptest::prelude::*;

fn with<T>(file: &str, read: impl FnOnce(&Document<'_>) -> T) -> T {
    with_password(file, None, read)
}

fn with_password<T>(
    file: &str,
    password: Option<&str>,
    read: impl FnOnce(&Document<'_>) -> T,
) -> T {
    let input = fs::read(folder("pdf").join(file)).unwrap();
    read(&open(&input, password, &Limits::default()).unwrap())
}

fn place(page: u32, view: View, left: Option<f32>, top: Option<f32>) -> Destination {
    Destination { page: Some(page), view, left, top, ..Destination::default() }
}

#[test]
fn description() {
    let info = with("three-pages.pdf", info).unwrap();
    assert_eq!((info.version, info.page_count, info.linearized), ((1, 5), 3, false));
    assert_eq!(info.title.as_deref(), Some("Three pages"));
    assert_eq!(info.creation_date.as_deref(), Some("D:20250301120000Z"));
    assert_eq!((info.subject, info.encryption, info.xmp), (None, None, None));
    assert_eq!((info.form, info.tagged, info.javascript), (FormKind::None, false, false));
    let title = |file| with(file, bytemill_pdf::info).unwrap().title;
    assert_eq!(title("title-utf-8.pdf").as_deref(), Some("Über alles – 📄 日本"));
    assert_eq!(title("title-pdfdoc.pdf").as_deref(), Some("café — €5 ﬁn"));
    assert!(with("linearized.pdf", bytemill_pdf::info).unwrap().linearized);
    assert!(with("startxref-wrong.pdf", bytemill_pdf::info).unwrap().repaired);
    let tagged = with("tagged.pdf", bytemill_pdf::info).unwrap();
    assert_eq!((tagged.tagged, tagged.language.as_deref()), (true, Some("en-GB")));
    assert_eq!(with("form.pdf", bytemill_pdf::info).unwrap().form, FormKind::AcroForm);
}

#[test]
fn description_by_xmp() {
    let info = with("metadata.pdf", info).unwrap();
    let texts = [
        (&info.title, "Water levels — a report"),
        (&info.author, "A. Writer, B. Reader"),
        (&info.keywords, "water, harbour"),
        (&info.creator, "A pen"),
        (&info.producer, "bytemill & co"),
        (&info.creation_date, "D:20250301120000+01'00"),
        (&info.modification_date, "D:20250302083000Z"),
        (&info.pdf_a, "2B"),
        (&info.pdf_ua, "1"),
        (&info.language, "en"),
    ];
    for (found, expected) in texts {
        assert_eq!(found.as_deref(), Some(expected));
    }
    assert!(info.javascript);
    assert!(info.xmp.is_some_and(|xmp| xmp.contains("<dc:title>")));
}

#[test]
fn encryption() {
    for (file, method, revision) in [
        ("rc4-40.pdf", EncryptionMethod::Rc4, 2),
        ("rc4-128.pdf", EncryptionMethod::Rc4, 3),
        ("rc4-v4.pdf", EncryptionMethod::Rc4, 4),
        ("aes-128.pdf", EncryptionMethod::Aes128, 4),
        ("aes-256-r5.pdf", EncryptionMethod::Aes256, 5),
        ("aes-256.pdf", EncryptionMethod::Aes256, 6),
    ] {
        for (password, is_owner) in [("open sesame", false), ("all of it", true)] {
            let info = with_password(file, Some(password), info).unwrap();
            let encryption = info.encryption.unwrap();
            assert_eq!((encryption.method, encryption.revision), (method, revision), "{file}");
            assert_eq!(encryption.is_owner, is_owner, "{file}");
            assert!(info.title.is_some_and(|title| title.len() > 8), "{file}");
        }
    }
}

#[test]
fn sizes() {
    let sizes =
        with("metadata.pdf", |document| page_sizes(document, PageRange::default())).unwrap();
    let shown: Vec<(f32, f32)> = sizes.iter().map(bytemill_pdf::PageSize::shown).collect();
    assert_eq!(shown, [(612.0, 792.0), (842.0, 595.0), (400.0, 600.0), (500.0, 250.0)]);
    assert_eq!((sizes[1].rotation, sizes[3].user_unit), (90, 2.5));
    let range = |first, last| {
        with("metadata.pdf", |document| page_sizes(document, PageRange { first, last }))
    };
    assert_eq!(range(2, 3).unwrap(), sizes[1..3]);
    assert_eq!(range(4, 9).unwrap(), sizes[3..]);
    assert_eq!(range(9, 0).unwrap(), []);
    assert_eq!(range(3, 2), Err(PdfError::PageRange { first: 3, last: 2 }));
    assert_eq!(range(0, 2), Err(PdfError::PageRange { first: 0, last: 2 }));
}

#[test]
fn outlines() {
    let items = with("outline.pdf", outline).unwrap();
    let titles: Vec<(u32, &str)> = items.iter().map(|it| (it.depth, it.title.as_str())).collect();
    let expected = [
        (0, "First chapter"),
        (1, "Abschnitt über 日本"),
        (1, "By a name of the tree"),
        (0, "Second chapter"),
        (1, "Elsewhere"),
        (0, "Another file"),
    ];
    assert_eq!(titles, expected);
    let mut first = place(1, View::Position, Some(72.0), Some(720.0));
    first.zoom = Some(1.5);
    let mut second = place(2, View::FitRectangle, Some(10.0), Some(400.0));
    (second.bottom, second.right) = (Some(20.0), Some(300.0));
    let targets = [
        Target::Page(first),
        Target::Page(place(3, View::Position, None, Some(300.0))),
        Target::Page(second),
        Target::Page(place(2, View::FitWidth, None, Some(500.0))),
        Target::Uri("https://example.com/a?b=c".to_owned()),
        Target::Remote {
            file: "other.pdf".to_owned(),
            destination: place(5, View::Fit, None, None),
            name: None,
        },
    ];
    for (item, target) in items.iter().zip(&targets) {
        assert_eq!(item.target.as_ref(), Some(target), "{}", item.title);
    }
    assert_eq!((items[0].bold, items[0].italic, items[0].open), (true, false, true));
    assert_eq!((items[1].bold, items[1].italic), (false, true));
    assert_eq!((items[0].colour, items[3].open), ([1.0, 0.0, 0.0], false));
    assert_eq!(with("three-pages.pdf", outline).unwrap(), []);
}

#[test]
fn links_and_destinations() {
    let found = with("links.pdf", |document| links(document, PageRange::default())).unwrap();
    let targets: Vec<&Target> = found.iter().map(|link| &link.target).collect();
    let expected = [
        Target::Uri("https://example.com/".to_owned()),
        Target::Page(place(2, View::FitContentWidth, None, Some(650.0))),
        Target::Page(place(2, View::Position, Some(72.0), Some(400.0))),
        Target::Remote {
            file: "other.pdf".to_owned(),
            destination: Destination::default(),
            name: Some("chapter".to_owned()),
        },
        Target::Launch("notes.txt".to_owned()),
        Target::Named("NextPage".to_owned()),
        Target::JavaScript("app.alert(1)".to_owned()),
    ];
    assert_eq!(targets, expected.iter().collect::<Vec<_>>());
    assert!(found.iter().all(|link| link.page == 1));
    assert_eq!(found[0].rectangle, [72.0, 680.0, 172.0, 692.0]);
    let none = with("links.pdf", |document| links(document, PageRange { first: 2, last: 0 }));
    assert_eq!(none.unwrap(), []);

    let named = with("outline.pdf", destinations).unwrap();
    let named: Vec<(&str, Option<u32>)> =
        named.iter().map(|it| (it.name.as_str(), it.destination.page)).collect();
    assert_eq!(named, [("old", Some(3)), ("chapter.1", Some(1)), ("chapter.2", Some(2))]);
}

#[test]
fn files() {
    with("attachments.pdf", |document| {
        let files = attachments(document).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["usage – 2025.csv", "greeting.bin", "note.txt"]);
        let data = |index: usize| files[index].data(document, 1000).unwrap();
        assert_eq!(*data(0), *b"month,litres\n1,200\n2,180\n");
        assert_eq!(*data(2), *b"on the page");
        assert_eq!(files[0].is_intact(&data(0)), Some(true));
        assert_eq!(files[1].is_intact(&data(1)), Some(false));
        assert_eq!(files[2].is_intact(&data(2)), None);
        assert_eq!(files[0].media_type.as_deref(), Some("text/csv"));
        assert_eq!(files[0].description.as_deref(), Some("Litres a month"));
        assert_eq!(files[0].modification_date.as_deref(), Some("D:20250302120000+01'00'"));
        assert_eq!((files[0].size, files[2].size), (Some(25), None));
        assert_eq!((files[0].page, files[2].page), (None, Some(1)));
        assert_eq!(files[2].description.as_deref(), Some("A note"));
        let large = files[0].data(document, 24);
        assert_eq!(large, Err(PdfError::OutputTooLarge { limit: 24 }));
    });
}

#[test]
fn forms() {
    let fields = with("form.pdf", form_fields).unwrap();
    let summary: Vec<(&str, FieldKind, &[String])> =
        fields.iter().map(|field| (field.name.as_str(), field.kind, &*field.values)).collect();
    let texts = |texts: &[&str]| -> Vec<String> { texts.iter().map(ToString::to_string).collect() };
    let values: [Vec<String>; 7] = [
        texts(&["1 Quay Road"]),
        texts(&["Zürich"]),
        texts(&["Yes"]),
        texts(&["card"]),
        texts(&["g"]),
        texts(&["lid", "crate"]),
        texts(&[]),
    ];
    let expected = [
        ("address.street", FieldKind::Text),
        ("address.town", FieldKind::Text),
        ("express", FieldKind::CheckBox),
        ("payment", FieldKind::RadioButton),
        ("colour", FieldKind::ComboBox),
        ("extras", FieldKind::ListBox),
        ("signature", FieldKind::Signature),
    ];
    for (index, (name, kind)) in expected.iter().enumerate() {
        assert_eq!(summary[index], (*name, *kind, &*values[index]));
    }
    assert_eq!(fields.len(), expected.len());
    let street = &fields[0];
    assert_eq!((street.label.as_deref(), street.max_length), (Some("Street and number"), Some(40)));
    assert_eq!(street.defaults, texts(&["unknown"]));
    assert!(street.is_required() && !street.is_multiline() && !street.is_read_only());
    assert!(fields[1].is_multiline() && !fields[1].is_required());
    assert_eq!(
        (street.widgets[0].page, street.widgets[0].rectangle),
        (Some(1), [72.0, 700.0, 272.0, 716.0])
    );
    let radio: Vec<(Option<&str>, bool)> =
        fields[3].widgets.iter().map(|widget| (widget.on.as_deref(), widget.checked)).collect();
    assert_eq!(radio, [(Some("card"), true), (Some("cash"), false)]);
    let labels = |index: usize| -> Vec<&str> {
        fields[index].options.iter().map(|option| option.label.as_str()).collect()
    };
    assert_eq!(labels(3), ["card", "cash"]);
    assert_eq!(labels(4), ["red", "green", "blue"]);
    assert_eq!(fields[4].options[1].value, "g");
}

#[test]
fn labels() {
    let labels = with("page-labels.pdf", page_labels).unwrap().unwrap();
    assert_eq!(labels, ["i", "ii", "iii", "4", "5", "A-1", "AA", "cover"]);
    assert_eq!(with("three-pages.pdf", page_labels).unwrap(), None);
}

#[test]
fn fonts_of_pages() {
    let all = |file| with(file, |document| fonts(document, PageRange::default())).unwrap();
    let found = all("ligatures.pdf");
    let summary: Vec<(&str, bool, &str, &[u32])> = found
        .iter()
        .map(|it| (it.name.as_str(), it.subset, it.encoding.as_str(), &*it.pages))
        .collect();
    let expected: [(&str, bool, &str, &[u32]); 4] = [
        ("Times-Roman", false, "WinAnsiEncoding", &[1, 2, 3]),
        ("Times-Roman", false, "Custom", &[1]),
        ("Serif", true, "WinAnsiEncoding", &[2]),
        ("Serif", true, "WinAnsiEncoding", &[3]),
    ];
    assert_eq!(summary, expected);
    assert!(found.iter().all(|font| font.to_unicode == font.subset && !font.embedded));
    let kinds = |file| all(file).iter().map(|font| font.kind).collect::<Vec<_>>();
    assert_eq!(kinds("type3.pdf"), [FontKind::Type3, FontKind::Type3]);
    assert_eq!(kinds("cjk-identity.pdf"), [FontKind::CidTrueType]);
    assert_eq!(all("cjk-predefined.pdf")[0].encoding, "90ms-RKSJ-H");
    // Of the three lines of `forms.pdf` two are in forms, which are named by the page's resources.
    assert_eq!(kinds("forms.pdf"), [FontKind::Type1]);
}

/// All of it, whatever comes out.
fn read_all(input: &[u8]) {
    let limits = Limits { max_stream_bytes: 1 << 20, max_pages: 100, ..Limits::default() };
    let Ok(document) = open(input, None, &limits) else { return };
    let all = PageRange::default();
    let _ = info(&document);
    let _ = page_sizes(&document, all);
    let _ = outline(&document);
    let _ = links(&document, all);
    let _ = destinations(&document);
    let _ = form_fields(&document);
    let _ = page_labels(&document);
    let _ = fonts(&document, all);
    for file in attachments(&document).unwrap_or_default() {
        let _ = file.data(&document, 1 << 20);
    }
    #[cfg(feature = "images")]
    let _ = bytemill_pdf::images(&document, all, &bytemill_pdf::ImageOptions::default());
}

/// Documents whose objects lead to each other wherever they can.
#[test]
fn references_gone_wrong() {
    for file in [
        "outline.pdf",
        "links.pdf",
        "form.pdf",
        "attachments.pdf",
        "page-labels.pdf",
        "metadata.pdf",
        "ligatures.pdf",
        "forms.pdf",
        "images.pdf",
    ] {
        let input = fs::read(folder("pdf").join(file)).unwrap();
        let references: Vec<usize> = input
            .windows(4)
            .enumerate()
            .filter(|(_, it)| *it == b" 0 R")
            .map(|(at, _)| at)
            .collect();
        let digits =
            |at: usize| input[..at].iter().rev().take_while(|it| it.is_ascii_digit()).count();
        // Each reference leads to each of the first objects once; the length of the file stays.
        for at in references {
            let width = digits(at);
            for target in 1..=12 {
                let target = format!("{target:width$}");
                if target.len() == width {
                    let mut changed = input.clone();
                    changed[at - width..at].copy_from_slice(target.as_bytes());
                    read_all(&changed);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn mutations_do_not_panic(
        file in prop::sample::select(vec![
            "outline.pdf", "links.pdf", "form.pdf", "attachments.pdf", "page-labels.pdf", "metadata.pdf", "images.pdf",
        ]),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut input = fs::read(folder("pdf").join(file)).unwrap();
        for (index, byte) in changes {
            let at = index.index(input.len());
            input[at] = byte;
        }
        if let Some(cut) = cut {
            input.truncate(cut.index(input.len()));
        }
        read_all(&input);
    }
}
