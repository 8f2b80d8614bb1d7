//! From pixels to a RIFF file, RFC 9649, section 2: of one chunk, or extended by what that cannot hold.

use super::error::{EncodeError, filled, reserve};
use super::options::EncodeOptions;
use super::pixels::unpack;
use super::{alpha, lossless, lossy};

/// The largest side of an image.
const MAX_SIDE: u32 = 16383;

/// Appends a WebP file to `output`.
///
/// Pixels are rows from the top, of 1 (grey), 2 (grey and alpha), 3 (red, green and blue) or 4 bytes (and alpha).
/// Where all alpha is 255, the file has none.
///
/// # Errors
///
/// [`EncodeError::Quality`], [`EncodeError::Effort`], [`EncodeError::Size`], [`EncodeError::Channels`] and
/// [`EncodeError::Length`] for arguments out of range; [`EncodeError::TooLarge`] as soon as the file is over the
/// limit, and [`EncodeError::OutOfMemory`]. `output` is then as it was.
pub fn encode(
    pixels: &[u8],
    width: u32,
    height: u32,
    channels: usize,
    options: &EncodeOptions,
    output: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    if options.quality > 100 {
        return Err(EncodeError::Quality { quality: options.quality });
    }
    if options.effort > 6 {
        return Err(EncodeError::Effort { effort: options.effort });
    }
    if let Some(&size) = [width, height].iter().find(|&&side| side == 0 || side > MAX_SIDE) {
        return Err(EncodeError::Size { size });
    }
    if !(1..=4).contains(&channels) {
        return Err(EncodeError::Channels { channels });
    }
    let expected = u64::from(width) * u64::from(height) * channels as u64;
    if pixels.len() as u64 != expected {
        return Err(EncodeError::Length { expected, bytes: pixels.len() });
    }
    let size = (width as usize, height as usize);
    let chunks = chunks(pixels, channels, size, options)?;
    write(&chunks, size, options, output)
}

/// What the file is made of.
struct Chunks {
    /// The payload of `ALPH`.
    alpha: Option<Vec<u8>>,
    /// That of `VP8 ` or `VP8L`.
    image: Vec<u8>,
    opaque: bool,
}

fn chunks(
    pixels: &[u8],
    channels: usize,
    (width, height): (usize, usize),
    options: &EncodeOptions,
) -> Result<Chunks, EncodeError> {
    let limit = options.max_bytes;
    let has_alpha = channels.is_multiple_of(2);
    let alpha = || pixels.iter().skip(channels - 1).step_by(channels).copied();
    let opaque = !has_alpha || alpha().all(|alpha| alpha == 255);
    if options.lossless {
        let all = filled([0; 4], width * height)?;
        let mut image = lossless::Image { width, height, pixels: all };
        unpack(pixels, channels, &mut image.pixels);
        let image = lossless::encode(image, options.effort, limit)?;
        return Ok(Chunks { alpha: None, image, opaque });
    }
    let alpha = if opaque {
        None
    } else {
        let mut values = Vec::new();
        reserve(&mut values, width * height)?;
        values.extend(alpha());
        Some(alpha::encode(values, width, height, options.effort, limit)?)
    };
    let planes = lossy::Planes::new(pixels, channels, width, height)?;
    let image = lossy::encode(&planes, options.quality, options.effort, limit)?;
    Ok(Chunks { alpha, image, opaque })
}

fn write(
    chunks: &Chunks,
    (width, height): (usize, usize),
    options: &EncodeOptions,
    output: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let metadata = &options.metadata;
    let some = |payload: &'static [u8; 4], bytes| (payload, bytes);
    let image = if options.lossless { b"VP8L" } else { b"VP8 " };
    let all = [
        some(b"ICCP", metadata.icc),
        some(b"ALPH", chunks.alpha.as_deref().unwrap_or(&[])),
        some(image, &chunks.image),
        some(b"EXIF", metadata.exif),
        some(b"XMP ", metadata.xmp),
    ];
    let present = || all.iter().filter(|chunk| !chunk.1.is_empty());
    let extended = present().count() > 1;
    let padded = |bytes: &[u8]| bytes.len() as u64 + bytes.len() as u64 % 2;
    let length =
        4 + if extended { 18 } else { 0 } + present().map(|chunk| 8 + padded(chunk.1)).sum::<u64>();
    if length + 8 > options.max_bytes {
        return Err(EncodeError::TooLarge { limit: options.max_bytes });
    }
    let Ok(length) = u32::try_from(length) else {
        return Err(EncodeError::TooLarge { limit: u64::from(u32::MAX) });
    };
    reserve(output, length as usize + 8)?;
    output.extend_from_slice(b"RIFF");
    output.extend_from_slice(&length.to_le_bytes());
    output.extend_from_slice(b"WEBP");
    if extended {
        let flag = |bit: u32, set: bool| u32::from(set) << bit;
        let flags = flag(5, !metadata.icc.is_empty())
            | flag(4, !chunks.opaque)
            | flag(3, !metadata.exif.is_empty())
            | flag(2, !metadata.xmp.is_empty());
        output.extend_from_slice(b"VP8X\x0A\0\0\0");
        output.extend_from_slice(&flags.to_le_bytes());
        output.extend_from_slice(&(width as u32 - 1).to_le_bytes()[..3]);
        output.extend_from_slice(&(height as u32 - 1).to_le_bytes()[..3]);
    }
    for (name, payload) in present() {
        output.extend_from_slice(*name);
        output.extend_from_slice(&(payload.len() as u32).to_le_bytes());
        output.extend_from_slice(payload);
        if payload.len() % 2 == 1 {
            output.push(0);
        }
    }
    Ok(())
}
