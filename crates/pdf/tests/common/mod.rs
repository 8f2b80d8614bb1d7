//! Small documents made on the spot.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

pub fn font() -> Dictionary {
    dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    }
}

pub fn line(x: i64, y: i64, text: &[u8]) -> Vec<Operation> {
    vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 12.into()]),
        Operation::new("Td", vec![x.into(), y.into()]),
        Operation::new("Tj", vec![Object::string_literal(text.to_vec())]),
        Operation::new("ET", vec![]),
    ]
}

/// One page for each content stream, all with the font `F1`.
pub fn document(pages: &[Vec<Operation>], font: Dictionary) -> Document {
    let contents: Vec<Vec<u8>> = pages
        .iter()
        .map(|operations| Content { operations: operations.clone() }.encode().unwrap())
        .collect();
    raw(&contents, font, Dictionary::new())
}

/// One page for each content stream, all with the font `F1` and the given forms.
pub fn raw(contents: &[Vec<u8>], font: Dictionary, forms: Dictionary) -> Document {
    let mut document = Document::with_version("1.6");
    let root = document.new_object_id();
    let font = document.add_object(font);
    let kids: Vec<Object> = contents
        .iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.clone()));
            document
                .add_object(
                    dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content },
                )
                .into()
        })
        .collect();
    document.objects.insert(
        root,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Count" => i64::try_from(kids.len()).unwrap(), "Kids" => kids,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => forms },
        }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    document
}

pub fn save(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
