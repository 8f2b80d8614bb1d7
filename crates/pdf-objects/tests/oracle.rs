//! lopdf, the differential oracle, over real files: pages and every object that both read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;

use bytemill_pdf_objects::{Dictionary, Document, Limits, Object, OpenOptions, Reference};
use bytemill_testkit::sets;

/// Compares an object with the oracle's; where they differ, says how.
fn compare(ours: &Object, theirs: &lopdf::Object, document: &Document<'_>) -> Result<(), String> {
    use lopdf::Object as Their;
    let differ = || Err(format!("{ours:?} is {theirs:?}").chars().take(300).collect());
    let same = match (ours, theirs) {
        (Object::Null, Their::Null) => true,
        (Object::Boolean(a), Their::Boolean(b)) => a == b,
        (Object::Integer(a), Their::Integer(b)) => a == b,
        // It keeps 32 bits.
        #[expect(clippy::cast_precision_loss, reason = "compared in 32 bits")]
        (Object::Integer(a), Their::Real(b)) => (*a as f32 - b).abs() < 1.0,
        (Object::Real(a), Their::Real(b)) => (*a as f32 - b).abs() <= b.abs() * 1e-6,
        (Object::Name(a), Their::Name(b)) | (Object::String(a), Their::String(b, _)) => **a == **b,
        (Object::Reference(a), Their::Reference(b)) => (a.number, a.generation) == *b,
        (Object::Array(a), Their::Array(b)) if a.len() == b.len() => {
            return a.iter().zip(b).try_for_each(|(a, b)| compare(a, b, document));
        }
        (Object::Dictionary(a), Their::Dictionary(b)) => return entries(a, b, document),
        (Object::Stream(a), Their::Stream(b)) => {
            entries(a.dictionary(), &b.dict, document)?;
            let raw = document.raw(a).map_err(|error| error.to_string())?;
            if *raw != *b.content {
                return Err(format!("stream of {} is {} bytes", raw.len(), b.content.len()));
            }
            true
        }
        _ => false,
    };
    if same { Ok(()) } else { differ() }
}

fn entries(
    ours: &Dictionary,
    theirs: &lopdf::Dictionary,
    document: &Document<'_>,
) -> Result<(), String> {
    for (name, value) in theirs {
        // It sets lengths right.
        if name == b"Length" {
            continue;
        }
        let found = ours.get(name).ok_or_else(|| format!("no {name:?} in {ours:?}"))?;
        compare(found, value, document)
            .map_err(|error| format!("{}: {error}", String::from_utf8_lossy(name)))?;
    }
    if ours.len() == theirs.len() { Ok(()) } else { Err(format!("{ours:?} is {theirs:?}")) }
}

#[test]
fn objects_are_those_of_lopdf() {
    let Some(folder) = sets::folder() else { return };
    let options = OpenOptions { password: None, limits: Limits::default() };
    let (mut files, mut objects, mut pages) = (0, 0, 0);
    let (mut differing, mut other_pages, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for entry in fs::read_dir(folder.join("pdf")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let input = fs::read(&path).unwrap();
        // The oracle takes minutes for some of the files that are broken on purpose.
        if input.len() > 1 << 20 || path.extension().is_some_and(|extension| extension == "fuzz") {
            continue;
        }
        let theirs = lopdf::Document::load_mem(&input);
        let ours = Document::open(&input, &options);
        let (Ok(theirs), Ok(ours)) = (&theirs, &ours) else {
            if let (Ok(theirs), Err(error)) = (&theirs, &ours)
                && !theirs.get_pages().is_empty()
            {
                refused.push(format!("{name}: {error}"));
            }
            continue;
        };
        files += 1;
        let count = theirs.get_pages().len();
        pages += count;
        if count != ours.page_count() as usize {
            other_pages.push(format!("{name}: {} pages, oracle {count}", ours.page_count()));
        }
        if ours.encryption().is_some() {
            continue;
        }
        for ((number, generation), object) in &theirs.objects {
            let reference = Reference { number: *number, generation: *generation };
            objects += 1;
            if let Err(error) = compare(&ours.object(reference), object, ours) {
                differing.push(format!("{name}: {number} {generation}: {error}"));
            }
        }
    }
    let all: Vec<String> = [&refused[..], &other_pages, &differing].concat();
    println!("{files} files, {pages} pages, {objects} objects\n{}", all.join("\n"));
    // Where the two differ, the files are broken: the oracle finds no end of streams whose length lies, and no pages behind
    // crypt filters that it does not know.
    let broken = (refused.len(), other_pages.len(), differing.len());
    assert!(refused.is_empty() && other_pages.len() <= 20 && differing.len() <= 40, "{broken:?}");
    assert!(files > 1300 && objects > 50_000, "{files} files, {objects} objects");
}
