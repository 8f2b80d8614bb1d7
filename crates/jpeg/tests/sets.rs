//! Every file of the conformance and hostile sets: each ends in an error or in an image of its size, at every scale,
//! within bounds of time, and where zune-jpeg decodes it too, in about the same image.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use bytemill_jpeg::{Decoder, JpegError, Limits, Options, Scale};

/// Generous: test builds are slow, and machines busy.
const SECONDS: f64 = 6.0;

fn decode(file: &[u8], scale: Scale, strict: bool) -> Result<((usize, usize), Vec<u8>), JpegError> {
    let limits = Limits { max_pixels: 40 << 20, max_memory_bytes: 256 << 20, ..Limits::default() };
    let decoder = Decoder::new(file, &Options { scale, strict, limits, ..Options::default() })?;
    let mut rgb = Vec::new();
    decoder.decode_rgb(&mut rgb)?;
    Ok((decoder.size(), rgb))
}

#[test]
fn every_file_ends_well() {
    let Some(sets) = bytemill_testkit::sets::folder() else { return };
    let (mut images, mut errors, mut strict, mut compared, mut far) = (0, 0, 0, 0, Vec::new());
    let mut problems = Vec::new();
    for entry in fs::read_dir(sets.join("jpeg")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = fs::read(&path).unwrap();
        let mut full = None;
        for scale in Scale::ALL {
            let start = Instant::now();
            match decode(&file, scale, false) {
                Ok((size, rgb)) => {
                    if rgb.len() != 3 * size.0 * size.1 {
                        problems.push(format!("{name}: {} bytes for {size:?}", rgb.len()));
                    }
                    full = Some((size, rgb));
                }
                Err(_) => full = None,
            }
            let seconds = start.elapsed().as_secs_f64();
            if seconds > SECONDS {
                problems.push(format!("{name}: {seconds:.1} s at {scale:?}"));
            }
        }
        strict += usize::from(decode(&file, Scale::Full, true).is_ok());
        let Some((size, rgb)) = full else {
            errors += 1;
            continue;
        };
        images += 1;
        let Ok(theirs) = image::load_from_memory_with_format(&file, image::ImageFormat::Jpeg)
        else {
            continue;
        };
        let theirs = theirs.into_rgb8();
        if (theirs.width() as usize, theirs.height() as usize) != size {
            problems.push(format!("{name}: {size:?}, but {:?} by zune-jpeg", theirs.dimensions()));
            continue;
        }
        compared += 1;
        let sum: u64 =
            rgb.iter().zip(theirs.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        if sum > 2 * rgb.len() as u64 {
            far.push(name);
        }
    }
    println!(
        "{images} images, {errors} errors; strict: {strict} images; {compared} compared, {} far: {far:#?}",
        far.len()
    );
    assert!(images > 100, "only {images} files decode");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// To the bit, where `djpeg` is installed and decodes a file without a warning.
#[test]
fn pixels_are_those_of_libjpeg_turbo() {
    let Some(sets) = bytemill_testkit::sets::folder() else { return };
    if Command::new("djpeg").arg("-version").stderr(Stdio::null()).status().is_err() {
        println!("skipped: no djpeg");
        return;
    }
    let (mut same, mut different) = (0, Vec::new());
    for entry in fs::read_dir(sets.join("jpeg")).unwrap() {
        let path = entry.unwrap().path();
        let file = fs::read(&path).unwrap();
        let Ok(((width, height), rgb)) = decode(&file, Scale::Full, true) else { continue };
        let theirs =
            Command::new("djpeg").args(["-dct", "int", "-ppm"]).arg(&path).output().unwrap();
        if !theirs.status.success() || !theirs.stderr.is_empty() {
            continue;
        }
        let theirs = theirs.stdout;
        let (colour, channels) = if theirs.starts_with(b"P6") { ("P6", 3) } else { ("P5", 1) };
        let header = format!("{colour}\n{width} {height}\n255\n");
        let ours: Vec<u8> = rgb.chunks(3).flat_map(|pixel| &pixel[..channels]).copied().collect();
        if theirs.strip_prefix(header.as_bytes()) == Some(&ours) {
            same += 1;
        } else {
            different.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    println!("{same} images are the same, {}: {different:#?}", different.len());
    assert!(same > 50 && different.is_empty(), "{different:#?}");
}
