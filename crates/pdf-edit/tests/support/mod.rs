//! Documents to edit, and tools that look at what came of it.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "a test may be slow")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use bytemill_pdf_edit::{EditError, Encryption, Method, Options, Permissions};
use bytemill_pdf_objects::{Dictionary, Document, Object, OpenOptions};

/// A file of objects numbered from 1, of which the first is the catalog, with more entries of the trailer.
pub(crate) fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", index + 1).as_bytes());
    }
    let (at, size) = (file.len(), objects.len() + 1);
    let end = format!("trailer\n<</Root 1 0 R/Size {size}{trailer}>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(table.as_bytes());
    file.extend_from_slice(end.as_bytes());
    file
}

pub(crate) fn stream(entries: &str, data: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{data}\nendstream", data.len())
}

/// A document of pages that each show a word, with `Resources` and `MediaBox` inherited: page 1 is object 4, its
/// contents object 5, page 2 object 6, and so on.
pub(crate) fn pages(words: &[&str], catalog: &str, page: impl Fn(usize) -> String) -> Vec<String> {
    let kids: String = (0..words.len()).map(|index| format!("{} 0 R ", 4 + 2 * index)).collect();
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        format!(
            "<</Type/Pages/Count {}/Kids[{kids}]/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 200 100]>>",
            words.len()
        ),
        font.to_owned(),
    ];
    for (index, word) in words.iter().enumerate() {
        let contents = 5 + 2 * index;
        let own = page(index);
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {contents} 0 R{own}>>"));
        objects.push(stream("", &format!("BT /F 12 Tf 20 40 Td ({word}) Tj ET")));
    }
    objects
}

pub(crate) fn open(bytes: &[u8]) -> Document<'_> {
    Document::open(bytes, &OpenOptions::default()).unwrap()
}

pub(crate) fn open_with<'a>(bytes: &'a [u8], password: &str) -> Document<'a> {
    Document::open(bytes, &OpenOptions { password: Some(password), ..OpenOptions::default() })
        .unwrap()
}

/// What an operation appends.
pub(crate) fn made(make: impl FnOnce(&mut Vec<u8>) -> Result<(), EditError>) -> Vec<u8> {
    let mut output = b"before".to_vec();
    make(&mut output).unwrap();
    output.strip_prefix(b"before").unwrap().to_vec()
}

/// Text as it is written, for small documents.
pub(crate) fn plain() -> Options<'static> {
    Options { compact: false, compress: false, ..Options::default() }
}

pub(crate) fn encryption<'a>(
    method: Method,
    user: &'a str,
    owner: Option<&'a str>,
) -> Encryption<'a> {
    Encryption {
        method,
        user_password: user,
        owner_password: owner,
        permissions: Permissions { copy: false, ..Permissions::default() },
        seed: *b"32 bytes that are not random now",
    }
}

/// What is under a path of names and places, resolved.
pub(crate) fn at(document: &Document<'_>, path: &str) -> Object {
    let mut object = Object::Dictionary(document.catalog());
    for step in path.split('/') {
        let next = match &object {
            Object::Array(array) => array.get(step.parse::<usize>().unwrap()).cloned(),
            object => object.as_dictionary().and_then(|own| own.get(step.as_bytes()).cloned()),
        };
        object = document.resolve(&next.unwrap_or_default());
    }
    object
}

pub(crate) fn text(document: &Document<'_>, path: &str) -> String {
    at(document, path)
        .as_string()
        .map(|text| String::from_utf8_lossy(text).into_owned())
        .unwrap_or_default()
}

/// The pages' contents.
pub(crate) fn contents(document: &Document<'_>) -> Vec<String> {
    let page = |index| {
        let page = document.page(index).unwrap();
        let stream = document.stream(&page.dictionary, b"Contents").unwrap();
        let data = document.data(&stream).unwrap();
        String::from_utf8_lossy(&data).split(['(', ')']).nth(1).unwrap_or_default().to_owned()
    };
    (0..document.page_count()).map(page).collect()
}

pub(crate) fn info(document: &Document<'_>) -> Dictionary {
    document.dictionary(document.trailer(), b"Info").unwrap_or_default()
}

/// A file that is gone at the end.
pub(crate) struct Temporary(pub(crate) PathBuf);

impl Temporary {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("bytemill-pdf-edit-{}-{count}.pdf", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Runs a tool, and gives its exit code and what it wrote; none where it is not installed.
pub(crate) fn run(tool: &str, arguments: &[&str]) -> Option<(i32, String)> {
    let run = Command::new("timeout").arg("20").arg(tool).args(arguments).output();
    let Ok(run) = run else {
        println!("skipped: no {tool}");
        return None;
    };
    let code = run.status.code().unwrap_or(-1);
    if code == 127 {
        println!("skipped: no {tool}");
        return None;
    }
    let output = [run.stdout, run.stderr].concat();
    Some((code, String::from_utf8_lossy(&output).into_owned()))
}

/// What qpdf has to say against a file.
pub(crate) fn complaints(bytes: &[u8], password: &str) -> Option<String> {
    let file = Temporary::new(bytes);
    let password = format!("--password={password}");
    let (code, said) = run("qpdf", &["--check", &password, file.0.to_str().unwrap()])?;
    (code != 0).then_some(said)
}

/// The text that poppler finds; an error is text too.
pub(crate) fn poppler(bytes: &[u8], password: &str) -> Option<String> {
    let file = Temporary::new(bytes);
    let path = file.0.to_str().unwrap();
    let (code, said) = run("pdftotext", &["-q", "-opw", password, "-upw", password, path, "-"])?;
    Some(if code == 0 { said } else { format!("error {code}: {said}") })
}

/// The text that mutool finds.
pub(crate) fn mutool(bytes: &[u8], password: &str) -> Option<String> {
    let file = Temporary::new(bytes);
    let path = file.0.to_str().unwrap();
    let (code, said) = run("mutool", &["draw", "-q", "-F", "txt", "-p", password, path])?;
    Some(if code == 0 { said } else { format!("error {code}: {said}") })
}
