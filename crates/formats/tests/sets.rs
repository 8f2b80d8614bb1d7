//! Every PNG and GIF of the conformance and hostile sets: the pixels of the crate `image`, or an error where it has one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod support;

use std::fs;
use std::time::Instant;

use bytemill_formats::{Decoder, FormatError, Header, Metadata, Options};
use image::ImageFormat;
use support::{Animation, LIMITS, Rgba, our_frames, their_frames, theirs, widen};

/// Generous: test builds are slow, and machines busy.
const SECONDS: f64 = 6.0;

/// Files that differ, by the beginning of their names, and why.
const DIFFERENCES: [(&str, &str); 7] = [
    (
        "90b7499e5bb8",
        "a PNG that ends behind its pixels, without an end chunk: here it is cut short",
    ),
    ("57b17ad21891", "indices that no colour has: black here, where nothing else is transparent"),
    ("6d8ba81d1b60", "a transparent pixel whose colour is not zero"),
    ("5cde78c2a722", "a GIF that ends with the code of its last pixel: it is whole here"),
    ("a5c6cd7eb467", "a GIF extension without a known meaning: passed over here"),
    ("22fe0152644f", "a GIF of no pixels: invalid here"),
    ("85f1b9b71802", "an animated PNG of 16 bits, which the oracle does not have"),
];

fn decode(file: &[u8], lenient: bool) -> Result<Rgba, FormatError> {
    let options = Options { limits: LIMITS, lenient, page: 0 };
    let decoder = Decoder::new(file, &options)?;
    let (width, height) = decoder.size();
    let mut pixels = Vec::new();
    decoder.decode(&mut pixels)?;
    assert_eq!(pixels.len(), width * height * decoder.channels());
    Ok(Rgba { width, height, pixels: widen(&pixels, decoder.channels()) })
}

/// What is wrong with ours, if anything.
fn still(ours: &Result<Rgba, FormatError>, theirs: Result<Rgba, String>) -> Option<String> {
    match (ours, theirs) {
        (Err(_), Err(_)) => None,
        (Ok(_), Err(theirs)) => Some(format!("accepted, but {theirs}")),
        (Err(ours), Ok(_)) => Some(ours.to_string()),
        (Ok(ours), Ok(theirs)) => {
            let sizes = (ours.width, ours.height) == (theirs.width, theirs.height);
            let differ = ours.pixels.iter().zip(&theirs.pixels).filter(|(a, b)| a != b).count();
            (!sizes || differ > 0).then(|| format!("{differ} of {} differ", ours.pixels.len()))
        }
    }
}

fn animated(
    ours: Result<Animation, FormatError>,
    theirs: Result<Animation, String>,
) -> Option<String> {
    match (ours, theirs) {
        (Err(_), Err(_)) => None,
        (Err(_), Ok(theirs)) if theirs.is_empty() => None,
        (Ok(ours), Err(theirs)) => Some(format!("{} frames, but {theirs}", ours.len())),
        (Err(ours), Ok(_)) => Some(ours.to_string()),
        (Ok(ours), Ok(theirs)) => {
            let pixels = ours.iter().zip(&theirs).flat_map(|(a, b)| a.0.iter().zip(&b.0));
            // What is laid over something is rounded to the nearest here.
            let far = pixels.map(|(a, b)| a.abs_diff(*b)).max();
            let delays = ours.iter().zip(&theirs).all(|(a, b)| a.1 == b.1);
            let same = ours.len() == theirs.len() && far <= Some(1) && delays;
            (!same).then(|| {
                format!(
                    "{} and {} frames, {far:?} apart, delays {delays}",
                    ours.len(),
                    theirs.len()
                )
            })
        }
    }
}

fn compare(folder: &str, format: ImageFormat, least: (usize, usize)) {
    let Some(sets) = bytemill_testkit::sets::folder() else { return };
    let options = Options { limits: LIMITS, ..Options::default() };
    let (mut images, mut animations, mut lenient) = (0, 0, 0);
    let (mut problems, mut known) = (Vec::new(), 0);
    for entry in fs::read_dir(sets.join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = fs::read(&path).unwrap();
        let start = Instant::now();
        let ours = decode(&file, false);
        images += usize::from(ours.is_ok());
        let mut found = Vec::new();
        if start.elapsed().as_secs_f64() > SECONDS {
            found.push("takes its time".to_owned());
        }
        // Lenient, what is accepted otherwise is the same, and no more is asked than a header.
        if ours.is_err() {
            lenient += usize::from(decode(&file, true).is_ok());
        }
        let _ = Metadata::read(&file);
        found.extend(still(&ours, theirs(&file, format)));
        if Header::read(&file)
            .is_ok_and(|header| header.loops.is_some() || format == ImageFormat::Gif)
        {
            let ours = our_frames(&file, &options);
            animations += usize::from(ours.is_ok());
            found.extend(animated(ours, their_frames(&file, format)));
            let _ = our_frames(&file, &Options { lenient: true, ..options });
        }
        // Some of those the oracle accepts.
        let empty = |found: &String| found.contains("a frame of at least one pixel");
        known += found.iter().filter(|found| empty(found)).count();
        found.retain(|found| !empty(found));
        if DIFFERENCES.iter().any(|(start, _)| name.starts_with(start)) {
            known += usize::from(!found.is_empty());
        } else {
            problems.extend(found.into_iter().map(|found| format!("{name}: {found}")));
        }
    }
    println!(
        "{folder}: {images} images and {lenient} more if lenient, {animations} animations, {known} known differences"
    );
    assert!(problems.is_empty(), "{} differ:\n{}", problems.len(), problems.join("\n"));
    assert!(images >= least.0 && animations >= least.1);
}

#[test]
fn png() {
    compare("png", ImageFormat::Png, (400, 5));
}

#[test]
fn gif() {
    compare("gif", ImageFormat::Gif, (80, 60));
}
