//! Every PNG and GIF of the conformance and hostile sets: the pixels of the crate `image`, or an error where it has one.

mod support;

use std::fs;
use std::time::Instant;

use bytemill_formats::{Format, Options};
use image::ImageFormat;
use support::{LIMITS, decode, our_frames, ours, their_frames, theirs};

/// Generous: test builds are slow, and machines busy.
const SECONDS: f64 = 6.0;

fn files(format: &str) -> Vec<(String, Vec<u8>)> {
    let Some(sets) = bytemill_testkit::sets::folder() else { return Vec::new() };
    let mut files = Vec::new();
    for entry in fs::read_dir(sets.join(format)).unwrap() {
        let path = entry.unwrap().path();
        files.push((
            path.file_name().unwrap().to_string_lossy().into_owned(),
            fs::read(&path).unwrap(),
        ));
    }
    files.sort();
    files
}

fn compare(folder: &str, format: ImageFormat) {
    let (mut same, mut neither, mut problems) = (0, 0, Vec::new());
    for (name, file) in files(folder) {
        let start = Instant::now();
        let result = ours(&file);
        let seconds = start.elapsed().as_secs_f64();
        if seconds > SECONDS {
            problems.push(format!("{name}: {seconds:.1} s"));
        }
        match (result, theirs(&file, format)) {
            (Ok(a), Ok(b)) if (a.width, a.height, &a.pixels) == (b.width, b.height, &b.pixels) => {
                same += 1
            }
            (Ok(a), Ok(b)) => {
                let differ = a.pixels.iter().zip(&b.pixels).filter(|(a, b)| a != b).count();
                problems.push(format!("{name}: {differ} of {} differ", b.pixels.len()));
            }
            (Err(_), Err(_)) => neither += 1,
            (Ok(_), Err(theirs)) => problems.push(format!("{name}: accepted, but {theirs}")),
            (Err(ours), Ok(_)) => problems.push(format!("{name}: {ours}")),
        }
    }
    println!(
        "{folder}: {same} same, {neither} by neither, {} differ:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn png() {
    compare("png", ImageFormat::Png);
}

#[test]
fn gif() {
    compare("gif", ImageFormat::Gif);
}

fn compare_frames(folder: &str, format: ImageFormat) {
    let options = Options { limits: LIMITS, ..Options::default() };
    let (mut same, mut neither, mut problems) = (0, 0, Vec::new());
    for (name, file) in files(folder) {
        match (our_frames(&file, &options), their_frames(&file, format)) {
            (Ok(a), Ok(b)) if a == b => same += 1,
            (Ok(a), Ok(b)) if b.is_empty() && a.len() == 1 => {}
            (Ok(a), Ok(b)) => {
                let far = a
                    .iter()
                    .zip(&b)
                    .flat_map(|(a, b)| a.0.iter().zip(&b.0))
                    .map(|(a, b)| a.abs_diff(*b))
                    .max();
                problems.push(format!(
                    "{name}: {} and {} frames, {far:?} apart, {:?} {:?}",
                    a.len(),
                    b.len(),
                    a[0].1,
                    b[0].1
                ));
            }
            (Err(_), Err(_)) => neither += 1,
            (Ok(a), Err(theirs)) => {
                problems.push(format!("{name}: {} frames, but {theirs}", a.len()))
            }
            (Err(ours), Ok(_)) => problems.push(format!("{name}: {ours}")),
        }
    }
    println!(
        "{folder}: {same} same, {neither} by neither, {} differ:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn png_frames() {
    compare_frames("png", ImageFormat::Png);
}

#[test]
fn gif_frames() {
    compare_frames("gif", ImageFormat::Gif);
}

#[test]
fn lenient() {
    for folder in ["png", "gif"] {
        let (mut images, mut errors) = (0, 0);
        for (name, file) in files(folder) {
            let options = Options { limits: LIMITS, lenient: true, ..Options::default() };
            match decode(&file, &options) {
                Ok(_) => images += 1,
                Err(_) => errors += 1,
            }
            let start = Instant::now();
            let _ = our_frames(&file, &options);
            assert!(start.elapsed().as_secs_f64() < SECONDS, "{name}");
            let _ = Format::of(&file);
            let _ = bytemill_formats::Metadata::read(&file);
        }
        println!("{folder}: {images} images, {errors} errors");
    }
}
