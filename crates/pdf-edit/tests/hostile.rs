//! Hostile files: whatever they are, edits end, and soon.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bytemill_pdf_edit::{
    EditError, Limits, Options, Rotation, Selection, Split, extract_pages, merge, rewrite, rotate,
    split,
};
use bytemill_pdf_objects::{Document, OpenOptions};
use bytemill_testkit::sets;
use support::{file, open, pages, plain};

const OPTIONS: Options<'static> = Options {
    compact: true,
    compress: true,
    encryption: None,
    limits: Limits { max_output_bytes: 64 << 20, max_pages: 10_000 },
};

/// Does all there is to do with a file.
fn edit(bytes: &[u8]) {
    let Ok(document) = Document::open(bytes, &OpenOptions::default()) else { return };
    let mut output = Vec::new();
    let _ = rewrite(&document, &OPTIONS, &mut output);
    output.clear();
    let _ = rotate(&document, Selection::All, Rotation::By(90), &plain(), &mut output);
    output.clear();
    let _ = extract_pages(&document, &[1, 1], &OPTIONS, &mut output);
    output.clear();
    let _ = merge(&[&document, &document], &OPTIONS, &mut output);
    let _ = split(&document, Split::Every(1), &OPTIONS, &mut Vec::new());
}

#[test]
fn hostile_files_end() {
    let Some(sets) = sets::folder() else { return };
    // More of them, where they have been made.
    let bombs = std::env::var_os("BYTEMILL_BOMBS").map(|folder| PathBuf::from(folder).join("pdf"));
    let folders = [Some(sets.join("pdf-hostile")), bombs].into_iter().flatten();
    for entry in folders.flat_map(|folder| fs::read_dir(folder).unwrap()) {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let start = Instant::now();
        edit(&bytes);
        let took = start.elapsed();
        println!("{}: {took:?}", path.display());
        assert!(took < Duration::from_secs(60), "{}", path.display());
    }
}

/// Trees, chains and lists that lead back into themselves, and names that all clash.
#[test]
fn what_leads_to_itself_ends() {
    let catalog = "/Outlines 6 0 R/Names<</Dests 7 0 R>>/PageLabels 7 0 R/AcroForm<</Fields[8 0 R 8 0 R 9 0 R]>>";
    let mut objects =
        pages(&["w"], catalog, |_| "/Annots[8 0 R 10 0 R 11 0 R]/Contents 12 0 R".to_owned());
    objects.extend(
        [
            "<</First 6 0 R/Last 6 0 R/Next 6 0 R/Dest(a)/Title(t)>>",
            "<</Kids[7 0 R 7 0 R]/Names[(a)(a)(b)<</D(a)>>]/Nums[0 7 0 R 0<</S/D>>]>>",
            "<</Subtype/Widget/Rect[0 0 1 1]/Parent 9 0 R/Popup 8 0 R/T(t)>>",
            "<</Kids[9 0 R 8 0 R]/Parent 9 0 R/T(t)>>",
            "<</Subtype/Link/Rect[0 0 1 1]/A<</S/GoTo/D(a)/Next 10 0 R>>>>",
            "11 0 R",
            "13 0 R",
            "12 0 R",
        ]
        .map(str::to_owned),
    );
    edit(&file(&objects, "/Info 13 0 R/ID[13 0 R]"));
}

/// The tree's resources stand in a node, not in an object of their own: they are written once for all pages.
#[test]
fn inherited_resources_are_written_once() {
    let mut objects = pages(&["w"; 500], "", |_| String::new());
    let filler = "/N 1".repeat(10_000);
    objects[1] = objects[1].replace("/Font<<", &format!("/Filler[{filler}]/Font<<"));
    let source = file(&objects, "");
    let mut output = Vec::new();
    rewrite(&open(&source), &plain(), &mut output).unwrap();
    assert!(output.len() < 2 * source.len());
}

/// A document with a bit of everything, in which bytes are changed.
#[test]
fn damaged_files_become_sound_ones() {
    let catalog = "/Outlines 8 0 R/AcroForm<</Fields[10 0 R]>>/Names<</Dests<</Names[(a)[4 0 R/Fit]]>>>>\
                   /PageLabels<</Nums[0<</S/r>>]>>";
    let annotations = "/Annots[10 0 R<</Subtype/Link/Rect[0 0 9 9]/Dest(a)>>11 0 R]";
    let mut objects = pages(&["one", "two"], catalog, |_| annotations.to_owned());
    objects.extend(
        [
            "<</First 9 0 R/Last 9 0 R/Count 1>>",
            "<</Title(t)/Parent 8 0 R/Dest(a)>>",
            "<</Subtype/Widget/Rect[0 0 9 9]/FT/Tx/T(name)/P 4 0 R>>",
            "<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D[6 0 R/XYZ 0 0 0]>>>>",
            "<</Title(t)>>",
        ]
        .map(str::to_owned),
    );
    let sound = file(&objects, "/Info 12 0 R");
    let packed = support::made(|output| rewrite(&open(&sound), &OPTIONS, output));
    let mut random = 1u32;
    let mut next = |below: usize| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) as usize % below
    };
    let mut edited = 0;
    for round in 0..600 {
        let mut bytes = if round % 4 == 0 { packed.clone() } else { sound.clone() };
        for _ in 0..=next(6) {
            let (at, from) = (next(bytes.len()), next(bytes.len()));
            bytes[at] = if next(2) == 0 { bytes[from] } else { next(256) as u8 };
        }
        let Ok(document) = Document::open(&bytes, &OpenOptions::default()) else { continue };
        let count = document.page_count();
        let check = |pages: u32, make: &dyn Fn(&mut Vec<u8>) -> Result<(), EditError>| {
            let mut output = Vec::new();
            if make(&mut output).is_ok() {
                let new = open(&output);
                assert!(!new.is_repaired());
                assert_eq!(new.page_count(), pages);
            } else {
                assert!(output.is_empty());
            }
        };
        edited += 1;
        check(count, &|output| rewrite(&document, &OPTIONS, output));
        check(2 * count, &|output| merge(&[&document, &document], &plain(), output));
        check(3, &|output| extract_pages(&document, &[count, 1, 1], &plain(), output));
    }
    assert!(edited > 300, "{edited}");
}
