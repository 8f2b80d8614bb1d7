//! Every file of the conformance and hostile sets: each ends in an error or in an image of its size, within bounds of
//! time; and pixels are those of libwebp.
#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

mod support;

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use bytemill_webp::{Frames, Header, Limits, Options, WebpError};
use support::{decode, rgba};

/// Generous: test builds are slow, and machines busy.
const SECONDS: f64 = 6.0;

fn each_file(mut check: impl FnMut(&str, &std::path::Path, &[u8])) {
    let Some(sets) = bytemill_testkit::sets::folder() else { return };
    for entry in fs::read_dir(sets.join("webp")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        check(&name, &path, &fs::read(&path).unwrap());
    }
}

#[test]
fn every_file_ends_well() {
    let (mut images, mut strict, mut errors, mut problems) = (0, 0, 0, Vec::new());
    each_file(|name, _, file| {
        let start = Instant::now();
        match decode(file, false) {
            Ok(still) => {
                images += 1;
                if still.pixels.len() != still.width * still.height * still.channels {
                    problems.push(format!("{name}: {} bytes", still.pixels.len()));
                }
            }
            Err(_) => errors += 1,
        }
        strict += usize::from(decode(file, true).is_ok());
        if let Err(error) = play(file)
            && Header::read(file).is_ok_and(|header| header.animated)
        {
            println!("{name}: {error}");
        }
        let seconds = start.elapsed().as_secs_f64();
        if seconds > SECONDS {
            problems.push(format!("{name}: {seconds:.1} s"));
        }
    });
    println!("{images} images, {strict} strictly, {errors} errors");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// All frames of a file.
fn play(file: &[u8]) -> Result<usize, WebpError> {
    let limits = Limits { max_pixels: 4 << 20, max_memory_bytes: 64 << 20 };
    let mut frames = Frames::new(file, &Options { limits, ..Options::default() })?;
    let mut count = 0;
    while frames.next_frame()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// To the bit, where `dwebp` is installed; and an error where it says one. It does not decode animations.
#[test]
fn pixels_are_those_of_libwebp() {
    if Command::new("dwebp").arg("-version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: no dwebp");
        return;
    }
    let (mut same, mut refused, mut different) = (0, 0, Vec::new());
    each_file(|name, path, file| {
        if Header::read(file).is_ok_and(|header| header.animated) {
            return;
        }
        let theirs = Command::new("dwebp")
            .args(["-nodither", "-quiet", "-pam", "-o", "-", "--"])
            .arg(path)
            .output()
            .unwrap();
        match (decode(file, true), theirs.status.success()) {
            (Err(_), false) => refused += 1,
            (Err(error), true) => different.push(format!("{name}: {error}")),
            (Ok(_), false) => different.push(format!("{name}: false accept")),
            (Ok(still), true) => {
                // Where a file says that there is none, alpha is left out.
                let opaque = |pixels: &[u8]| -> Vec<u8> {
                    let pixels = pixels.as_chunks::<4>().0.iter();
                    pixels.flat_map(|[red, green, blue, _]| [*red, *green, *blue, 255]).collect()
                };
                let header = format!(
                    "P7\nWIDTH {}\nHEIGHT {}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n",
                    still.width, still.height
                );
                let pixels = theirs.stdout.strip_prefix(header.as_bytes());
                let pixels =
                    pixels.map(
                        |pixels| {
                            if still.channels == 4 { pixels.to_vec() } else { opaque(pixels) }
                        },
                    );
                if pixels.as_deref() == Some(&rgba(&still)) {
                    same += 1;
                } else {
                    different.push(format!("{name}: other pixels"));
                }
            }
        }
    });
    println!("{same} images are the same, {refused} refused by both; {}", different.len());
    assert!(different.is_empty(), "{different:#?}");
}
