//! Images of all kinds, read back by poppler.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]
#![allow(clippy::cast_precision_loss, reason = "there are few images")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use bytemill_formats::{Decoder, Options};
use bytemill_pdf_create::{
    Colour, CreateError, Document, Item, Limits, Page, Paint, Placed, Rectangle, create,
};
use bytemill_testkit::vectors;
use common::{png, run, write};

fn placed(image: u32, x: f32, y: f32) -> Item<'static> {
    let (width, height) = (None, Some(60.0));
    Item::Image(Placed { image, x, y, width, height, rotation: 0.0, opacity: 1.0 })
}

fn page(items: Vec<Item<'_>>) -> Page<'_> {
    Page { width: 500.0, height: 500.0, rotation: 0, items }
}

/// Width, height, channels and samples.
fn decoded(file: &[u8]) -> (usize, usize, usize, Vec<u8>) {
    let decoder = Decoder::new(file, &Options::default()).unwrap();
    let mut pixels = Vec::new();
    decoder.decode(&mut pixels).unwrap();
    (decoder.size().0, decoder.size().1, decoder.channels(), pixels)
}

/// Samples with three colours to a pixel, or one where all pixels are grey, without alpha.
fn colours((_, _, channels, pixels): &(usize, usize, usize, Vec<u8>)) -> Vec<[u8; 3]> {
    let pixel = |pixel: &[u8]| match channels {
        1 | 2 => [pixel[0]; 3],
        _ => [pixel[0], pixel[1], pixel[2]],
    };
    pixels.chunks_exact(*channels).map(pixel).collect()
}

#[test]
fn all_kinds_are_taken() {
    let folder = vectors::folder("image");
    let names: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.contains("cut") && !name.contains("wrong") && !name.contains("huge"))
        .filter(|name| {
            let kind = Path::new(name).extension().and_then(|kind| kind.to_str());
            matches!(kind, Some("png" | "jpg" | "gif" | "bmp" | "tiff" | "qoi" | "ico"))
        })
        .collect();
    let files: Vec<Vec<u8>> =
        names.iter().map(|name| fs::read(folder.join(name)).unwrap()).collect();
    let mut document = Document::default();
    let mut items = vec![Item::Rectangle(Rectangle {
        x: 0.0,
        y: 0.0,
        width: 500.0,
        height: 500.0,
        radius: 0.0,
        paint: Paint { fill: Some(Colour::Rgb([0.8, 0.9, 1.0])), ..Paint::default() },
    })];
    let mut taken = Vec::new();
    for (name, file) in names.iter().zip(&files) {
        let image = document.images.len() as u32;
        let (x, y) = ((image % 6) as f32 * 80.0 + 10.0, 430.0 - (image / 6) as f32 * 80.0);
        let only = Document {
            images: vec![file],
            pages: vec![page(vec![placed(0, 0.0, 0.0)])],
            ..Document::default()
        };
        match create(&only, &Limits::default()) {
            Ok(_) => {
                taken.push(name);
                document.images.push(file);
                items.push(placed(image, x, y));
            }
            Err(error) => {
                assert!(matches!(error, CreateError::Image { .. }), "{name}: {error}");
                assert!(
                    name.starts_with("empty") || name.starts_with("no-width"),
                    "{name}: {error}"
                );
            }
        }
    }
    assert!(taken.len() >= 25, "{taken:?}");
    document.pages.push(page(items));
    let (file, _) = write("images.pdf", &document);
    run("qpdf", &["--check", "FILE"], &file);
    run("pdfimages", &["-list", "FILE"], &file);
    run("mutool", &["draw", "-q", "-o", "/dev/null", "-F", "png", "FILE"], &file);
}

#[test]
fn pixels_come_back() {
    if Command::new("pdfimages").arg("-v").output().is_err() {
        println!("skipped: no pdfimages");
        return;
    }
    let folder = vectors::folder("image");
    let named = |name: &str| (name.to_owned(), fs::read(folder.join(name)).unwrap());
    let mut files: Vec<(String, Vec<u8>)> = [
        "grey.png",
        "grey-1.png",
        "palette.png",
        "palette-2.png",
        "rgb.png",
        "rgb-filtered.png",
        "rgba.png",
    ]
    .map(named)
    .into();
    files.extend(
        ["palette-alpha.png", "grey-alpha.png", "rgb.gif", "rgb.bmp", "rgb.qoi"].map(named),
    );
    files.extend((1..=4).map(|channels| (format!("made-{channels}"), png(70, 50, channels))));
    for (name, file) in files {
        let document = Document {
            images: vec![&file],
            pages: vec![page(vec![placed(0, 10.0, 10.0), placed(0, 200.0, 10.0)])],
            ..Document::default()
        };
        let (pdf, _) = write(&format!("{name}.pdf"), &document);
        let prefix = pdf.with_extension("");
        run("pdfimages", &["-png", "FILE", prefix.to_str().unwrap()], &pdf);
        let back = |number: u32| fs::read(format!("{}-{number:03}.png", prefix.display())).unwrap();
        let (expected, found) = (decoded(&file), decoded(&back(0)));
        assert_eq!((expected.0, expected.1), (found.0, found.1), "{name}");
        assert!(colours(&expected) == colours(&found), "{name} has other colours");
        let alpha: Vec<u8> = match expected.2 {
            2 | 4 => expected.3.chunks_exact(expected.2).map(|p| p[expected.2 - 1]).collect(),
            _ => Vec::new(),
        };
        if alpha.iter().any(|alpha| *alpha < 255) {
            let mask: Vec<u8> = colours(&decoded(&back(1))).iter().map(|pixel| pixel[0]).collect();
            assert!(alpha == mask, "{name} has another opacity");
        }
    }
}

#[test]
fn damaged_images_are_refused() {
    let made = png(70, 50, 3);
    let mut wrong = made.clone();
    let middle = wrong.len() / 2;
    wrong[middle] ^= 1;
    let cut = &made[..made.len() - 20];
    for (file, image) in [(&wrong[..], 0), (cut, 0), (b"GIF89a", 0), (b"", 0), (b"%PDF-1.7", 0)] {
        let document = Document {
            images: vec![file],
            pages: vec![page(vec![placed(0, 0.0, 0.0)])],
            ..Document::default()
        };
        let error = create(&document, &Limits::default()).unwrap_err();
        assert!(matches!(error, CreateError::Image { image: i, .. } if i == image), "{error}");
    }
    let limits = Limits { max_image_pixels: 3499, ..Limits::default() };
    let alpha = png(70, 50, 4);
    let document = Document {
        images: vec![&alpha],
        pages: vec![page(vec![placed(0, 0.0, 0.0)])],
        ..Document::default()
    };
    let expected = CreateError::TooManyPixels { image: 0, pixels: 3500, limit: 3499 };
    assert_eq!(create(&document, &limits), Err(expected));
}
