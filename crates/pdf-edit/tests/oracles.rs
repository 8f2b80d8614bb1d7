//! What is written, read by the reference implementations: qpdf finds nothing wrong, poppler and mutool the same text.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::fs;
use std::path::PathBuf;

use bytemill_pdf_edit::{
    Change, EditError, InfoChanges, Method, Options, Rotation, Selection, encrypt, extract_pages,
    merge, rewrite, rotate, set_info,
};
use bytemill_pdf_objects::{Document, OpenOptions};
use bytemill_testkit::sets;
use support::{complaints, encryption, mutool, plain, poppler};

/// An operation on one document and another, with the password of what it makes.
type Operation = (&'static str, &'static str, Make);
type Make = fn(&[&Document<'_>; 2], &mut Vec<u8>) -> Result<(), EditError>;

const OPERATIONS: [Operation; 7] = [
    ("extract", "", |[one, _], output| extract_pages(one, &[1], &Options::default(), output)),
    ("merge", "", |both, output| merge(both, &Options::default(), output)),
    ("rotate", "", |[one, _], output| {
        rotate(one, Selection::All, Rotation::By(90), &plain(), output)
    }),
    ("info", "", |[one, _], output| {
        let changes = InfoChanges { title: Change::Set("\u{4e2d}"), ..InfoChanges::default() };
        set_info(one, &changes, &Options::default(), output)
    }),
    ("rewrite", "", |[one, _], output| rewrite(one, &plain(), output)),
    ("aes-128", "user", |[one, _], output| {
        let options = plain();
        encrypt(one, encryption(Method::Aes128, "user", Some("owner")), &options, output)
    }),
    ("aes-256", "user", |[one, _], output| {
        let options = Options::default();
        encrypt(one, encryption(Method::Aes256, "user", Some("owner")), &options, output)
    }),
];

/// The pages of a text: both tools end each with a form feed.
fn pages(text: &str) -> Vec<&str> {
    let mut pages: Vec<&str> = text.split('\u{c}').map(str::trim).collect();
    pages.pop();
    pages
}

/// The pages that are to be there after an operation.
fn expected<'t>(operation: &str, one: &'t str, other: &'t str) -> Option<Vec<&'t str>> {
    match operation {
        "extract" => Some(pages(one).into_iter().take(1).collect()),
        "merge" => Some([pages(one), pages(other)].concat()),
        // Tools order turned text in other ways.
        "rotate" => None,
        _ => Some(pages(one)),
    }
}

/// A file with what poppler and mutool find in it.
struct Sample {
    name: String,
    bytes: Vec<u8>,
    poppler: Option<String>,
    mutool: Option<String>,
}

impl Sample {
    fn read(path: &PathBuf) -> Self {
        let bytes = fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (poppler, mutool) = (poppler(&bytes, ""), mutool(&bytes, ""));
        Self { name, bytes, poppler, mutool }
    }
}

/// What is wrong with the outcome of an operation.
fn differences((name, password, make): &Operation, one: &Sample, other: &Sample) -> Vec<String> {
    let mut found = Vec::new();
    let mut output = Vec::new();
    let opened =
        [&one.bytes, &other.bytes].map(|bytes| Document::open(bytes, &OpenOptions::default()));
    let [Ok(first), Ok(second)] = &opened else { return vec!["not opened".to_owned()] };
    if let Err(error) = make(&[first, second], &mut output) {
        return vec![format!("error: {error}")];
    }
    if let Some(complaint) = complaints(&output, password) {
        found.push(format!("qpdf: {complaint}"));
    }
    for (tool, read, one, other) in [
        ("poppler", poppler as fn(&[u8], &str) -> Option<String>, &one.poppler, &other.poppler),
        ("mutool", mutool, &one.mutool, &other.mutool),
    ] {
        let (Some(one), Some(other)) = (one, other) else { continue };
        let broken = |text: &String| text.starts_with("error");
        let Some(new) = read(&output, password) else { continue };
        if broken(one) || (*name == "merge" && broken(other)) {
            continue;
        }
        if broken(&new) || expected(name, one, other).is_some_and(|text| text != pages(&new)) {
            found.push(format!("{tool}: {} characters, not {}", new.len(), one.len()));
        }
    }
    found
}

#[test]
fn vectors_keep_their_text() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../test/vectors/pdf");
    let sample = |name: &str| Sample::read(&folder.join(name));
    let samples = ["three-pages.pdf", "object-streams.pdf", "title-utf-8.pdf"].map(sample);
    for (index, one) in samples.iter().enumerate() {
        let other = &samples[(index + 1) % samples.len()];
        for operation in &OPERATIONS {
            let found = differences(operation, one, other);
            assert!(found.is_empty(), "{} {}: {found:?}", operation.0, one.name);
        }
    }
}

/// Every third file of the set that qpdf and poppler have nothing against.
#[test]
#[ignore = "takes minutes; run it after changes to what is copied"]
fn real_files_keep_their_text() {
    let Some(sets) = sets::folder() else { return };
    let mut paths: Vec<PathBuf> =
        fs::read_dir(sets.join("pdf")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let number = |name: &str, default| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let (step, from): (usize, usize) = (number("STEP", 3), number("FROM", 0));
    let mut before: Option<Sample> = None;
    let (mut files, mut made) = (0, 0);
    let mut failures = Vec::new();
    for path in paths.iter().skip(from).step_by(step) {
        let bytes = fs::read(path).unwrap();
        if bytes.len() > 4 << 20 || complaints(&bytes, "").is_some() {
            continue;
        }
        let one = Sample::read(path);
        if one.poppler.as_ref().is_none_or(|text| text.starts_with("error")) {
            continue;
        }
        files += 1;
        let other = before.as_ref().unwrap_or(&one);
        for operation in &OPERATIONS {
            made += 1;
            for found in differences(operation, &one, other) {
                println!("{} {} ({}): {found}", operation.0, one.name, other.name);
                failures.push(one.name.clone());
            }
        }
        before = Some(one);
    }
    println!("{files} files, {made} documents made, {} failures", failures.len());
    assert!(failures.is_empty());
}
