//! From files to pixels, within limits.

use std::io::{Cursor, ErrorKind};

use bytemill_jpeg::{Decoder, JpegError, Limits, Options, Scale};
use image::codecs::png::PngDecoder;
use image::error::ImageError as CodecError;
use image::{ColorType, ImageDecoder};

use crate::header::{Header, memory};
use crate::pixels::{Pixels, zeroed};
use crate::{ImageError, Size};

/// What a PNG decoder may take for chunks beside the image: text, profiles.
const CHUNK_BYTES: u64 = 16 << 20;

/// A decoder of a JPEG at a scale; `chroma` of its own if components are taken at their own size. Without a limit but
/// that of memory: pixels are counted already. What is damaged is grey, as in other programs that show photographs.
pub(crate) fn jpeg(
    input: &[u8],
    scale: Scale,
    chroma: Option<Scale>,
) -> Result<Decoder<'_>, ImageError> {
    let limits =
        Limits { max_pixels: u64::MAX, max_memory_bytes: memory(input), ..Limits::default() };
    let options = Options { scale, chroma, lowest: true, limits, ..Options::default() };
    let decoder = Decoder::new(input, &options);
    decoder.map_err(|error| match error {
        // All coefficients of a sequential image in several scans, which the header does not foresee.
        JpegError::TooMuchMemory { bytes, limit } => too_many(input, bytes, limit),
        error => error.into(),
    })
}

/// As many pixels as take the memory that there may be.
fn too_many(input: &[u8], bytes: u64, limit: u64) -> ImageError {
    let Ok(header) = bytemill_jpeg::Header::read(input) else { return ImageError::Internal };
    let pixels = u64::from(header.width) * u64::from(header.height);
    ImageError::TooManyPixels { pixels, limit: pixels * limit / bytes.max(1) }
}

/// All pixels of a PNG.
pub(crate) fn png(input: &[u8], header: &Header) -> Result<Pixels, ImageError> {
    let metadata = &header.metadata;
    let mut limits = image::Limits::no_limits();
    limits.max_image_width = Some(metadata.width);
    limits.max_image_height = Some(metadata.height);
    let pixels = u64::from(metadata.width) * u64::from(metadata.height);
    let bytes = pixels * header.pixel_bytes;
    limits.max_alloc = Some(bytes + CHUNK_BYTES);
    // The decoder aborts where the allocator refuses, so ask first.
    drop(probe(bytes)?);
    let decoder = PngDecoder::with_limits(Cursor::new(input), limits).map_err(|e| failed(&e))?;
    read(decoder)
}

fn probe(bytes: u64) -> Result<Vec<u8>, ImageError> {
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut probe = Vec::new();
    probe.try_reserve_exact(bytes).map_err(|_| ImageError::OutOfMemory { bytes })?;
    Ok(probe)
}

fn read(decoder: impl ImageDecoder) -> Result<Pixels, ImageError> {
    let (width, height) = decoder.dimensions();
    let colour = decoder.color_type();
    let mut data = zeroed(decoder.total_bytes())?;
    decoder.read_image(&mut data).map_err(|e| failed(&e))?;
    if matches!(colour, ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16) {
        narrow(&mut data);
    }
    let (channels, grey) = match colour {
        ColorType::L8 | ColorType::L16 => {
            data = widen(&data, |[grey]: [u8; 1]| [grey, grey, grey])?;
            (3, true)
        }
        ColorType::La8 | ColorType::La16 => {
            data = widen(&data, |[grey, alpha]| [grey, grey, grey, alpha])?;
            (4, true)
        }
        ColorType::Rgb8 | ColorType::Rgb16 => (3, false),
        ColorType::Rgba8 | ColorType::Rgba16 => (4, false),
        _ => return Err(ImageError::Internal),
    };
    Ok(Pixels { size: Size { width, height }, channels, grey, data })
}

/// 16-bit samples in native order to the nearest of 8 bits, in place.
fn narrow(data: &mut Vec<u8>) {
    let len = data.len() / 2;
    for i in 0..len {
        let sample = u32::from(u16::from_ne_bytes([data[2 * i], data[2 * i + 1]]));
        data[i] = ((sample + 128) / 257) as u8;
    }
    data.truncate(len);
}

fn widen<const N: usize, const M: usize>(
    data: &[u8],
    convert: impl Fn([u8; N]) -> [u8; M],
) -> Result<Vec<u8>, ImageError> {
    let (pixels, _) = data.as_chunks::<N>();
    let mut wide = zeroed(pixels.len() as u64 * M as u64)?;
    for (target, pixel) in wide.as_chunks_mut::<M>().0.iter_mut().zip(pixels) {
        *target = convert(*pixel);
    }
    Ok(wide)
}

fn failed(error: &CodecError) -> ImageError {
    match error {
        CodecError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            ImageError::Truncated
        }
        CodecError::Unsupported(_) => {
            ImageError::Unsupported { feature: "a feature of its format" }
        }
        CodecError::Limits(_) => {
            ImageError::Unsupported { feature: "more than 16 MiB beside the pixels" }
        }
        _ => ImageError::Invalid { expected: "image data that decodes" },
    }
}
