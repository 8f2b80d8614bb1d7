//! Whole documents: turned, described, encrypted, joined.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use bytemill_pdf_edit::{
    Change, Date, EditError, InfoChanges, Method, Options, Rotation, Selection, decrypt, encrypt,
    merge, rewrite, rotate, set_info,
};
use bytemill_pdf_objects::{Document, OpenOptions, PdfError};
use support::{
    at, contents, encryption, file, info, made, open, open_with, pages, plain, stream, text,
};

#[test]
fn pages_are_turned() {
    let turned = ["", "/Rotate 90", "/Rotate -90"];
    let source = file(&pages(&["a", "b", "c"], "", |index| turned[index].to_owned()), "");
    let source = open(&source);
    let cases = [
        (Selection::All, Rotation::By(90), [90, 180, 0]),
        (Selection::All, Rotation::By(-450), [270, 0, 180]),
        (Selection::Pages(&[1, 3]), Rotation::To(180), [180, 90, 180]),
        (Selection::Pages(&[]), Rotation::To(180), [0, 90, 270]),
    ];
    for (selection, rotation, expected) in cases {
        let made = made(|output| rotate(&source, selection, rotation, &plain(), output));
        let new = open(&made);
        let angles = [0, 1, 2].map(|index| new.page(index).unwrap().rotation(&new));
        assert_eq!(angles, expected, "{selection:?} {rotation:?}");
    }
    let odd = rotate(&source, Selection::All, Rotation::By(45), &plain(), &mut Vec::new());
    assert_eq!(odd, Err(EditError::Rotation { degrees: 45 }));
}

#[test]
fn info_and_metadata_are_in_step() {
    let packet = "<rdf:RDF xmlns:rdf=\"r\"><rdf:Description rdf:about=\"\" \
                  xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" pdf:Keywords=\"k\" pdf:Producer=\"p\"/></rdf:RDF>";
    let mut objects = pages(&["a"], "/Metadata 6 0 R", |_| String::new());
    objects.push(stream("/Type/Metadata/Subtype/XML", packet));
    objects.push("<</Title(old)/Author(kept)/Custom(too)>>".to_owned());
    let source = file(&objects, "/Info 7 0 R/ID[(first)(second)]");
    let changes = InfoChanges {
        title: Change::Set("\u{e4} \u{4e2d}"),
        keywords: Change::Remove,
        creation_date: Change::Set(Date(1_000_000_000)),
        ..InfoChanges::default()
    };
    let made = made(|output| set_info(&open(&source), &changes, &Options::default(), output));
    let new = open(&made);
    let info = info(&new);
    assert_eq!(*new.string(&info, b"Title").unwrap(), *b"\xFE\xFF\0\xE4\0 \x4E\x2D");
    assert_eq!(*new.string(&info, b"Author").unwrap(), *b"kept");
    assert_eq!(*new.string(&info, b"Custom").unwrap(), *b"too");
    assert_eq!(*new.string(&info, b"CreationDate").unwrap(), *b"D:20010909014640Z");
    let metadata = new.stream(&new.catalog(), b"Metadata").unwrap();
    let packet = String::from_utf8(new.data(&metadata).unwrap().to_vec()).unwrap();
    assert!(packet.contains("pdf:Producer=\"p\"") && !packet.contains("Keywords"), "{packet}");
    assert!(packet.contains(">\u{e4} \u{4e2d}</rdf:li>"), "{packet}");
    assert!(packet.contains("<xmp:CreateDate>2001-09-09T01:46:40Z<"), "{packet}");
    assert!(String::from_utf8_lossy(&made).contains("<rdf:RDF"), "metadata is not compressed");
    let id = new.array(new.trailer(), b"ID").unwrap();
    assert_eq!(id[0].as_string(), Some(b"first".as_slice()));
    assert_eq!(id[1].as_string().unwrap().len(), 16);
}

#[test]
fn both_ciphers_open_with_both_passwords() {
    let source = file(&pages(&["secret"], "/Lang(de)", |_| String::new()), "");
    let source = open(&source);
    for method in [Method::Aes128, Method::Aes256] {
        for options in [plain(), Options::default()] {
            let sealed = |user, owner| {
                made(|output| encrypt(&source, encryption(method, user, owner), &options, output))
            };
            let bytes = sealed("us\u{e9}r", Some("owner"));
            assert!(!bytes.windows(6).any(|part| part == b"secret"));
            for (password, owner) in [("us\u{e9}r", false), ("owner", true)] {
                let new = open_with(&bytes, password);
                assert_eq!(contents(&new), ["secret"]);
                assert_eq!(text(&new, "Lang"), "de");
                let encryption = new.encryption().unwrap();
                assert_eq!(encryption.is_owner, owner);
                assert_eq!(encryption.permissions, -4 & !16);
                let clear = made(|output| decrypt(&new, &options, output));
                assert_eq!(contents(&open(&clear)), ["secret"]);
            }
            let wrong = OpenOptions { password: Some("wrong"), ..OpenOptions::default() };
            assert_eq!(Document::open(&bytes, &wrong).err(), Some(PdfError::Password));
            assert_eq!(contents(&open(&sealed("", None))), ["secret"]);
            assert_eq!(sealed("a", None), sealed("a", None), "the seed decides");
        }
    }
    let narrow = encryption(Method::Aes128, "\u{4e2d}", None);
    let result = encrypt(&source, narrow, &plain(), &mut Vec::new());
    assert_eq!(result, Err(EditError::PasswordCharacter));
}

#[test]
fn only_what_is_reachable_is_written() {
    let mut objects = pages(&["a"], "/Type/Catalog/Extra[6 0 R]", |_| String::new());
    objects.extend(["<</Deep 7 0 R>>", "[6 0 R 99 0 R 4 0 R]", "(nobody)"].map(str::to_owned));
    let source = file(&objects, "");
    let made = made(|output| rewrite(&open(&source), &plain(), output));
    let new = open(&made);
    assert!(!String::from_utf8_lossy(&made).contains("nobody"));
    assert_eq!(at(&new, "Extra/0/Deep/0"), at(&new, "Extra/0"), "cycles stay cycles");
    assert!(at(&new, "Extra/0/Deep/1").is_null());
    assert_eq!(at(&new, "Extra/0/Deep/2"), at(&new, "Pages/Kids/0"));
}

#[test]
fn many_pages_have_a_balanced_tree() {
    let words = vec!["w"; 1100];
    let source = file(&pages(&words, "", |_| String::new()), "");
    let options = Options::default();
    let made = made(|output| rewrite(&open(&source), &options, output));
    let new = open(&made);
    assert_eq!(new.page_count(), 1100);
    assert_eq!(at(&new, "Pages/Kids").as_array().unwrap().len(), 2);
    assert_eq!(at(&new, "Pages/Kids/1/Count").as_integer(), Some(76));
    assert!(made.len() < source.len() / 2);
}

#[test]
fn documents_are_joined() {
    let document = |word: &str, label: &str| {
        let catalog = format!(
            "/Outlines 6 0 R/Names<</Dests<</Names[(there)[4 0 R/Fit]]>>\
             /EmbeddedFiles<</Names[(file)<</F({word})>>]>>>>/AcroForm<</Fields[8 0 R]/DA(/{word})>>{label}"
        );
        let link = "/Annots[8 0 R<</Subtype/Link/Rect[0 0 9 9]/Dest(there)>>]/StructParents 1";
        let mut objects = pages(&[word], &catalog, |_| link.to_owned());
        objects.extend([
            "<</First 7 0 R/Last 7 0 R/Count 1>>".to_owned(),
            format!("<</Title({word})/Parent 6 0 R/Dest(there)>>"),
            "<</Subtype/Widget/Rect[0 0 9 9]/P 4 0 R/FT/Tx/T(name)>>".to_owned(),
            format!("<</Title({word})>>"),
        ]);
        file(&objects, "/Info 9 0 R")
    };
    let first = document("one", "");
    let second = document("two", "/PageLabels<</Nums[0<</S/r>>]>>");
    let (first, second) = (open(&first), open(&second));
    let made = made(|output| merge(&[&first, &second, &first], &plain(), output));
    let new = open(&made);
    assert_eq!(contents(&new), ["one", "two", "one"]);
    assert_eq!(*new.string(&info(&new), b"Title").unwrap(), *b"one");
    let list = |paths: [&str; 3]| paths.map(|path| text(&new, path));
    let names = "Names/Dests/Names";
    let dests = [0, 2, 4].map(|index| text(&new, &format!("{names}/{index}")));
    assert_eq!(dests, ["there", "there_2", "there_3"]);
    for index in [0, 1, 2] {
        let page = at(&new, &format!("Pages/Kids/{index}"));
        assert_eq!(at(&new, &format!("{names}/{}/0", 2 * index + 1)), page);
        assert_eq!(text(&new, &format!("Pages/Kids/{index}/Annots/1/Dest")), dests[index]);
        assert!(at(&new, &format!("Pages/Kids/{index}/StructParents")).is_null());
    }
    let items = ["First", "First/Next", "First/Next/Next"];
    assert_eq!(
        items.map(|item| text(&new, &format!("Outlines/{item}/Title"))),
        ["one", "two", "one"]
    );
    assert_eq!(items.map(|item| text(&new, &format!("Outlines/{item}/Dest"))), dests);
    assert_eq!(at(&new, "Outlines/Count").as_integer(), Some(3));
    let files = "Names/EmbeddedFiles/Names";
    let files = [0, 2, 4].map(|index| text(&new, &format!("{files}/{index}")));
    assert_eq!(files, ["file", "file_2", "file_3"]);
    let fields = ["AcroForm/Fields/0/T", "AcroForm/Fields/1/T", "AcroForm/Fields/2/T"];
    assert_eq!(list(fields), ["name", "name_2", "name_3"]);
    assert_eq!(text(&new, "AcroForm/DA"), "/one");
    assert_eq!(text(&new, "AcroForm/Fields/1/DA"), "/two");
    let styles = [1, 3, 5].map(|index| at(&new, &format!("PageLabels/Nums/{index}/S")));
    assert_eq!(styles.map(|style| style.as_name().unwrap()[0]), *b"DrD");
    let none = merge(&[], &plain(), &mut Vec::new());
    assert_eq!(none, Err(EditError::Nothing { expected: "a document" }));
}
