//! Files, pixels, and animations made of images.
#![allow(dead_code, reason = "each test needs a part of it")]
#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::fs;
use std::path::PathBuf;

use bytemill_webp::{Decoder, Limits, Options, WebpError};
use image_webp::{ColorType, EncoderParams, WebPEncoder};

/// Pixels of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Still {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) channels: usize,
    pub(crate) pixels: Vec<u8>,
}

/// The files beside the tests, by name.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "webp"))
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Decodes a file, within bounds that a test can afford.
pub(crate) fn decode(file: &[u8], strict: bool) -> Result<Still, WebpError> {
    let limits = Limits { max_pixels: 40 << 20, max_memory_bytes: 256 << 20 };
    let decoder = Decoder::new(file, &Options { limits, strict, ..Options::default() })?;
    let (width, height) = decoder.size();
    let mut pixels = Vec::new();
    decoder.decode_rows(|_, row| {
        pixels.extend_from_slice(row);
        Ok::<_, WebpError>(())
    })?;
    Ok(Still { width, height, channels: decoder.channels(), pixels })
}

/// Pixels with alpha, opaque where there is none.
pub(crate) fn rgba(still: &Still) -> Vec<u8> {
    if still.channels == 4 {
        return still.pixels.clone();
    }
    let pixels = still.pixels.as_chunks::<3>().0.iter();
    pixels.flat_map(|[red, green, blue]| [*red, *green, *blue, 255]).collect()
}

/// A lossless file.
pub(crate) fn encode(still: &Still, predictor: bool) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = WebPEncoder::new(&mut file);
    let mut params = EncoderParams::default();
    params.use_predictor_transform = predictor;
    encoder.set_params(params);
    let (width, height) = (still.width as u32, still.height as u32);
    encoder.encode(&still.pixels, width, height, ColorType::Rgba8).unwrap();
    file
}

fn chunk(id: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut chunk = id.to_vec();
    chunk.extend((payload.len() as u32).to_le_bytes());
    chunk.extend(payload);
    chunk.extend(&[0][..payload.len() % 2]);
    chunk
}

fn three(number: usize) -> [u8; 3] {
    let [a, b, c, _] = (number as u32).to_le_bytes();
    [a, b, c]
}

/// A file of frames: their places, pixels, whether they are blended and whether they are disposed of.
pub(crate) fn animation(
    width: usize,
    height: usize,
    loops: u16,
    frames: &[(usize, usize, Still, bool, bool)],
) -> Vec<u8> {
    let size = |width: usize, height: usize| [three(width - 1), three(height - 1)].concat();
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(*b"VP8X", &[&[0x12, 0, 0, 0][..], &size(width, height)].concat()));
    body.extend(chunk(*b"ANIM", &[&[1, 2, 3, 4][..], &loops.to_le_bytes()].concat()));
    for (number, (x, y, still, blended, disposed)) in frames.iter().enumerate() {
        let mut payload = [three(x / 2), three(y / 2)].concat();
        payload.extend(size(still.width, still.height));
        payload.extend(three(40 + number));
        payload.push(u8::from(*disposed) | if *blended { 0 } else { 2 });
        payload.extend(&encode(still, false)[12..]);
        body.extend(chunk(*b"ANMF", &payload));
    }
    chunk(*b"RIFF", &body)
}
