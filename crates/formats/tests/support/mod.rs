//! The oracle: the crate `image`, brought to what this crate hands out.
#![allow(dead_code, reason = "each test uses its part")]

use std::io::Cursor;

use bytemill_formats::{Decoder, FormatError, Frames, Limits, Options};
use image::{AnimationDecoder, DynamicImage, ImageFormat, ImageReader};

/// Straight RGBA of a whole image.
pub(crate) struct Rgba {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

pub(crate) const LIMITS: Limits =
    Limits { max_pixels: 40 << 20, max_memory_bytes: 256 << 20, max_frames: 1000 };

/// Pixels of any number of channels as RGBA.
pub(crate) fn widen(pixels: &[u8], channels: usize) -> Vec<u8> {
    let wide = |pixel: &[u8]| match *pixel {
        [grey] => [grey, grey, grey, 255],
        [grey, alpha] => [grey, grey, grey, alpha],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, a] => [r, g, b, a],
        _ => unreachable!(),
    };
    pixels.chunks_exact(channels).flat_map(wide).collect()
}

pub(crate) fn decode(file: &[u8], options: &Options) -> Result<Rgba, FormatError> {
    let decoder = Decoder::new(file, options)?;
    let (width, height) = decoder.size();
    let mut pixels = Vec::new();
    let mut next = 0;
    decoder.decode_rows(|y, row| {
        assert_eq!(y, next, "rows come in order");
        assert_eq!(row.len(), width * decoder.channels());
        next += 1;
        pixels.extend_from_slice(row);
        Ok::<_, FormatError>(())
    })?;
    assert_eq!(next, height, "all rows come");
    let mut whole = Vec::new();
    decoder.decode(&mut whole)?;
    assert_eq!(whole, pixels);
    Ok(Rgba { width, height, pixels: widen(&pixels, decoder.channels()) })
}

pub(crate) fn ours(file: &[u8]) -> Result<Rgba, FormatError> {
    decode(file, &Options { limits: LIMITS, ..Options::default() })
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(512 << 20);
    limits
}

pub(crate) fn theirs(file: &[u8], format: ImageFormat) -> Result<Rgba, String> {
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits());
    let image = reader.decode().map_err(|error| error.to_string())?;
    let (width, height) = (image.width() as usize, image.height() as usize);
    // Rounded as this crate does.
    let narrow = |sample: u16| ((u32::from(sample) + 128) / 257) as u8;
    let pixels = match image {
        DynamicImage::ImageLuma16(_)
        | DynamicImage::ImageLumaA16(_)
        | DynamicImage::ImageRgb16(_)
        | DynamicImage::ImageRgba16(_) => {
            image.into_rgba16().into_raw().into_iter().map(narrow).collect()
        }
        image => image.into_rgba8().into_raw(),
    };
    Ok(Rgba { width, height, pixels })
}

/// Frames as RGBA with their delays.
pub(crate) type Animation = Vec<(Vec<u8>, u32)>;

pub(crate) fn our_frames(file: &[u8], options: &Options) -> Result<Animation, FormatError> {
    let mut frames = Frames::new(file, options)?;
    let mut list = Vec::new();
    while let Some(frame) = frames.next_frame()? {
        list.push((frame.pixels.to_vec(), frame.delay_ms));
    }
    Ok(list)
}

pub(crate) fn their_frames(file: &[u8], format: ImageFormat) -> Result<Animation, String> {
    let reader = Cursor::new(file);
    let frames = match format {
        ImageFormat::Gif => {
            let mut decoder =
                image::codecs::gif::GifDecoder::new(reader).map_err(|error| error.to_string())?;
            image::ImageDecoder::set_limits(&mut decoder, limits())
                .map_err(|error| error.to_string())?;
            decoder.into_frames()
        }
        _ => image::codecs::png::PngDecoder::with_limits(reader, limits())
            .and_then(image::codecs::png::PngDecoder::apng)
            .map_err(|error| error.to_string())?
            .into_frames(),
    };
    let mut list = Vec::new();
    for frame in frames.take(1000) {
        let frame = frame.map_err(|error| error.to_string())?;
        let (number, divisor) = frame.delay().numer_denom_ms();
        let delay = (number + divisor / 2) / divisor;
        list.push((frame.into_buffer().into_raw(), delay));
    }
    Ok(list)
}
