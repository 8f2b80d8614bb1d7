//! The profiles inside the images of the conformance sets, and those of the system, beside moxcms.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    reason = "numbers are small, and what is wrong here fails the test"
)]

mod support;

use std::fs;
use std::io::Cursor;
use std::path::Path;

use bytemill_icc::{Space, Transform};
use image::ImageDecoder as _;
use image::codecs::{jpeg::JpegDecoder, png::PngDecoder};
use moxcms::{ColorProfile, Layout, TransformOptions};
use support::pixels;

/// The profile of an image file, if it has one.
fn embedded(format: &str, file: &[u8]) -> Option<Vec<u8>> {
    match format {
        "jpeg" => JpegDecoder::new(Cursor::new(file)).ok()?.icc_profile().ok()?,
        "png" => PngDecoder::new(Cursor::new(file)).ok()?.icc_profile().ok()?,
        _ => {
            let at = file.windows(4).position(|window| window == b"ICCP")?;
            let len = u32::from_le_bytes(*file.get(at + 4..)?.first_chunk()?) as usize;
            file.get(at + 8..)?.get(..len).map(<[u8]>::to_vec)
        }
    }
}

/// The mean difference of values from those of moxcms; nothing where one of the two refuses the profile.
fn difference(profile: &[u8]) -> Option<(Space, f64)> {
    let transform = Transform::to_srgb(profile).ok()?;
    let source = ColorProfile::new_from_slice(profile).ok()?;
    let channels = transform.space().channels();
    let before = pixels(channels, 5000);
    let (mut ours, layouts) = match transform.space() {
        Space::Grey => (before.clone(), (Layout::Gray, Layout::Gray)),
        Space::Rgb => (before.clone(), (Layout::Rgb, Layout::Rgb)),
        Space::Cmyk => (vec![0; before.len() / 4 * 3], (Layout::Rgba, Layout::Rgb)),
    };
    transform.apply(&mut ours, channels);
    transform.cmyk_to_rgb(&before, &mut ours);
    let mut theirs = vec![0; ours.len()];
    let options = TransformOptions { prefer_fixed_point: false, ..Default::default() };
    source
        .create_transform_8bit(layouts.0, &ColorProfile::new_srgb(), layouts.1, options)
        .ok()?
        .transform(&before, &mut theirs)
        .ok()?;
    let sum: u32 = ours.iter().zip(&theirs).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
    Some((transform.space(), f64::from(sum) / ours.len() as f64))
}

/// moxcms interpolates otherwise, and coarsely: 0.3 to 2.2 for tables, less than 0.1 for curves.
fn check(name: &str, profile: &[u8], compared: &mut usize) {
    let Some((space, mean)) = difference(profile) else { return };
    *compared += 1;
    let table = profile.windows(4).any(|window| window == b"A2B0") || space == Space::Cmyk;
    assert!(mean < if table { 3.0 } else { 0.15 }, "{name}: {space:?}, {mean}");
}

#[test]
fn profiles_of_images() {
    let Some(sets) = bytemill_testkit::sets::folder() else { return };
    let (mut found, mut compared) = (Vec::new(), 0);
    for format in ["jpeg", "png", "webp"] {
        for entry in fs::read_dir(sets.join(format)).unwrap() {
            let path = entry.unwrap().path();
            let Some(profile) = embedded(format, &fs::read(&path).unwrap()) else { continue };
            if found.contains(&profile) {
                continue;
            }
            check(&path.display().to_string(), &profile, &mut compared);
            found.push(profile);
        }
    }
    println!("{} different profiles, {compared} compared", found.len());
    assert!(compared >= 10, "only {compared} of {}", found.len());
}

#[test]
fn profiles_of_the_system() {
    let mut folders = vec![Path::new("/usr/share/color/icc").to_path_buf()];
    let mut compared = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            println!("skipped: no {}", folder.display());
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                check(&path.display().to_string(), &fs::read(&path).unwrap(), &mut compared);
            }
        }
    }
    println!("{compared} compared");
}
