//! Metadata goes into files and comes out of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod support;

use std::io::Cursor;

use bytemill_formats::{
    Density, Exif, FormatError, Header, Image, Metadata, PngOptions, Unit, encode_png,
};
use image::{ImageDecoder as _, ImageFormat};

const EXIF: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

fn metadata(icc: usize) -> Metadata {
    Metadata {
        icc: Some((0..icc).map(|i| (i * i / 7) as u8).collect()),
        exif: Some(EXIF.to_vec()),
        xmp: Some(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>".to_vec()),
        density: Some(Density { x: 300, y: 150, unit: Unit::Inch }),
    }
}

fn jpeg() -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let image = image::DynamicImage::new_rgb8(9, 4);
    image.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

fn png() -> Vec<u8> {
    let mut file = Vec::new();
    let image = Image { width: 2, height: 1, channels: 3, pixels: &[1, 2, 3, 4, 5, 6] };
    encode_png(&image, &PngOptions::default(), &mut file).unwrap();
    file
}

#[test]
fn jpeg_keeps_it() {
    for icc in [1, 3144, 65_519, 65_520, 200_000] {
        let metadata = metadata(icc);
        let mut file = Vec::new();
        metadata.insert(&jpeg(), 1 << 20, &mut file).unwrap();
        assert_eq!(Metadata::read(&file), Ok(metadata.clone()), "{icc}");
        let mut decoder = image::codecs::jpeg::JpegDecoder::new(Cursor::new(&file)).unwrap();
        assert_eq!(decoder.icc_profile().unwrap(), metadata.icc);
        assert_eq!(decoder.exif_metadata().unwrap().as_deref(), Some(EXIF));
        assert_eq!(decoder.orientation().unwrap().to_exif(), 6);
        assert!(image::load_from_memory(&file).is_ok());
        // The second time replaces, and what is not given stays.
        let mut upright = metadata.clone();
        upright.set_upright();
        let change = Metadata { icc: None, xmp: None, ..upright.clone() };
        let mut again = Vec::new();
        change.insert(&file, 1 << 20, &mut again).unwrap();
        assert_eq!(Metadata::read(&again), Ok(upright));
        assert_eq!(again.len(), file.len());
        let limit = file.len() as u64 - 1;
        let result = metadata.insert(&jpeg(), limit, &mut again);
        assert_eq!(result, Err(FormatError::OutputTooLarge { limit }));
        assert_eq!(again.len(), file.len());
    }
}

#[test]
fn png_keeps_it() {
    let metadata = metadata(3000);
    // In metres.
    let read = Metadata {
        density: Some(Density { x: 11_811, y: 5906, unit: Unit::Metre }),
        ..metadata.clone()
    };
    let mut inserted = Vec::new();
    metadata.insert(&png(), 1 << 20, &mut inserted).unwrap();
    let mut encoded = Vec::new();
    let image = Image { width: 2, height: 1, channels: 3, pixels: &[1, 2, 3, 4, 5, 6] };
    let options = PngOptions { metadata: Some(&metadata), ..PngOptions::default() };
    encode_png(&image, &options, &mut encoded).unwrap();
    assert_eq!(inserted, encoded);
    assert_eq!(Metadata::read(&encoded), Ok(read.clone()));
    assert_eq!(read.density.unwrap().per_inch(), Some(300));
    assert_eq!(Header::read(&encoded).unwrap().orientation, 6);
    let mut decoder = image::codecs::png::PngDecoder::new(Cursor::new(&encoded)).unwrap();
    assert_eq!(decoder.icc_profile().unwrap(), metadata.icc);
    assert_eq!(decoder.exif_metadata().unwrap(), metadata.exif);
    assert_eq!(decoder.xmp_metadata().unwrap(), metadata.xmp);
    let mut again = Vec::new();
    metadata.insert(&encoded, 1 << 20, &mut again).unwrap();
    assert_eq!(again, encoded);
}

#[test]
fn webp_is_read() {
    let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
    for (kind, body) in
        [(b"VP8X", &[0; 10][..]), (b"ICCP", b"abc"), (b"EXIF", EXIF), (b"XMP ", b"<x/>")]
    {
        file.extend(kind);
        file.extend((body.len() as u32).to_le_bytes());
        file.extend(body);
        file.resize(file.len().next_multiple_of(2), 0);
    }
    let metadata = Metadata::read(&file).unwrap();
    assert_eq!(metadata.icc.as_deref(), Some(&b"abc"[..]));
    assert_eq!(metadata.xmp.as_deref(), Some(&b"<x/>"[..]));
    assert_eq!(metadata.orientation(), 6);
    let named = [&file[..33 + 8], b"EXIF\x20\0\0\0Exif\0\0", EXIF].concat();
    let _ = Metadata::read(&named).unwrap();
    for end in 12..file.len() {
        Metadata::read(&file[..end]).unwrap();
    }
    assert!(matches!(
        metadata.insert(&file, 99, &mut Vec::new()),
        Err(FormatError::Unsupported { .. })
    ));
}

#[test]
fn profiles_unpack_to_a_limit() {
    // 8 MiB of zeros, deflated.
    let mut metadata = Metadata { icc: Some(vec![0; 8 << 20]), ..Metadata::default() };
    let mut file = Vec::new();
    metadata.insert(&png(), 1 << 20, &mut file).unwrap();
    assert_eq!(Metadata::read(&file).unwrap().icc, None);
    metadata.icc = Some(vec![0; 1 << 20]);
    file.clear();
    metadata.insert(&png(), 1 << 20, &mut file).unwrap();
    assert_eq!(Metadata::read(&file).unwrap().icc, metadata.icc);
}

#[test]
fn beginnings_end_well() {
    let metadata = metadata(900);
    let mut files = [Vec::new(), Vec::new()];
    metadata.insert(&jpeg(), 1 << 20, &mut files[0]).unwrap();
    metadata.insert(&png(), 1 << 20, &mut files[1]).unwrap();
    for file in &files {
        for end in 0..file.len() {
            let _ = Metadata::read(&file[..end]);
            let _ = metadata.insert(&file[..end], 1 << 20, &mut Vec::new());
            let mut changed = file.clone();
            changed[end] ^= 0xFF;
            let _ = Metadata::read(&changed);
            let _ = metadata.insert(&changed, 1 << 20, &mut Vec::new());
        }
    }
    assert_eq!(Exif::read(EXIF), Exif { orientation: 6, density: None });
}

#[test]
fn vectors_have_their_orientation() {
    for orientation in 1..=8 {
        let path = bytemill_testkit::vectors::folder("image")
            .join(format!("orientation-{orientation}.jpg"));
        assert_eq!(
            Metadata::read(&std::fs::read(path).unwrap()).unwrap().orientation(),
            orientation
        );
    }
}
