//! Pixels to files.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "sides are at most 16383, samples and levels at most 16 bits"
)]
#![allow(
    clippy::inline_always,
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "vectors have to stay in registers; names of the formulas"
)]

mod error;
mod lossy;

pub use error::EncodeError;

/// TODO
pub fn probe(pixels: &[u8], width: usize, height: usize, quality: u8, effort: u8) -> Vec<u8> {
    let planes = lossy::Planes::new::<3>(pixels.as_chunks().0, width, height).unwrap();
    let frame = lossy::encode(&planes, quality, effort, 1 << 30).unwrap();
    let mut out = b"RIFF".to_vec();
    let padded = frame.len() + frame.len() % 2;
    out.extend(((padded + 12) as u32).to_le_bytes());
    out.extend(b"WEBPVP8 ");
    out.extend((frame.len() as u32).to_le_bytes());
    out.extend(&frame);
    if frame.len() % 2 == 1 {
        out.push(0);
    }
    out
}
