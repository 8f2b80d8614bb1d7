//! Real and hostile files: none panics, and what is laid out keeps to its own rules.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bytemill_pdf::{Limits, PageText, TextOptions, TextReader, extract_text, open};
use bytemill_testkit::sets;

fn files(set: &str) -> Vec<PathBuf> {
    let Some(sets) = sets::folder() else { return Vec::new() };
    let Ok(entries) = fs::read_dir(sets.join(set)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "pdf"));
    files.sort();
    files
}

/// Text ranges of blocks, lines and words follow each other and lie within each other.
fn check(page: &PageText) {
    let text =
        |range: &core::ops::Range<u32>| page.text.get(range.start as usize..range.end as usize);
    let mut end = 0;
    for block in &page.blocks {
        assert!(block.text.start >= end && text(&block.text).is_some());
        end = block.text.end;
        for line in &page.lines[block.lines.start as usize..block.lines.end as usize] {
            assert!(line.text.start >= block.text.start && line.text.end <= block.text.end);
            for word in &page.words[line.words.start as usize..line.words.end as usize] {
                assert!(word.text.start >= line.text.start && word.text.end <= line.text.end);
                assert!(text(&word.text).is_some());
                assert!(usize::from(word.font) < page.fonts.len());
                let rect = word.rect;
                assert!(rect.left <= rect.right && rect.bottom <= rect.top, "{rect:?}");
            }
        }
    }
    assert!(page.text.is_empty() || page.text.ends_with('\n'));
}

#[test]
fn real_files() {
    let mut read = 0;
    for file in files("pdf") {
        let input = fs::read(&file).unwrap();
        let limits = Limits::default();
        let Ok(document) = open(&input, None, &limits) else { continue };
        let mut reader = TextReader::new(&document, &TextOptions::default(), &limits);
        for number in 1..=2 {
            if let Ok(Some(page)) = reader.page(number) {
                check(&page);
                read += usize::from(!page.text.is_empty());
            }
        }
    }
    println!("{read} pages with text");
}

#[test]
fn hostile_files() {
    for file in files("pdf-hostile") {
        let input = fs::read(&file).unwrap();
        let limits = Limits::default();
        let start = Instant::now();
        if let Ok(document) = open(&input, None, &limits) {
            let (mut text, mut ends) = (Vec::new(), Vec::new());
            let _ = extract_text(&document, &TextOptions::default(), &limits, &mut text, &mut ends);
        }
        let taken = start.elapsed();
        println!("{taken:?} {}", file.display());
        // Far more than it takes, because other programs may be at work.
        assert!(taken < Duration::from_secs(60), "{}", file.display());
    }
}
