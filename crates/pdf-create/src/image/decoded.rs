//! Images that are decoded, and compressed anew: colours and opacity apart.

use bytemill_formats::{
    Compression, Decoder, FormatError, Image, Options, Palette, PngOptions, encode_png,
};

use super::Picture;
use crate::Limits;

pub(super) fn read(file: &[u8], limits: &Limits) -> Result<Picture<'static>, FormatError> {
    let mut options = Options::default();
    options.limits.max_pixels = limits.max_image_pixels;
    let decoder = Decoder::new(file, &options)?;
    let (width, height) = decoder.size();
    let channels = decoder.channels();
    let mut pixels = Vec::new();
    decoder.decode(&mut pixels)?;
    let mask = if channels % 2 == 0 { split(&mut pixels, channels)? } else { None };
    let colours = if channels < 3 { 1 } else { 3 };
    let size = (width, height);
    let mut picture = compress(&pixels, size, colours, Palette::Auto, limits)?;
    picture.orientation = decoder.header().orientation;
    if let Some(mask) = mask {
        picture.mask = Some(Box::new(compress(&mask, size, 1, Palette::Never, limits)?));
    }
    Ok(picture)
}

/// Takes the last channel out; nothing where all of it is opaque.
fn split(pixels: &mut Vec<u8>, channels: usize) -> Result<Option<Vec<u8>>, FormatError> {
    let colours = channels - 1;
    let count = pixels.len() / channels;
    let mut mask = Vec::new();
    mask.try_reserve(count).map_err(|_| FormatError::OutOfMemory { bytes: count })?;
    mask.extend(pixels.chunks_exact(channels).map(|pixel| pixel[colours]));
    for pixel in 0..count {
        let from = pixel * channels;
        pixels.copy_within(from..from + colours, pixel * colours);
    }
    pixels.truncate(count * colours);
    Ok(mask.iter().any(|opacity| *opacity < 255).then_some(mask))
}

/// The rows of a PNG are the rows of a PDF, so that its encoder makes them.
fn compress(
    pixels: &[u8],
    (width, height): (usize, usize),
    channels: usize,
    palette: Palette,
    limits: &Limits,
) -> Result<Picture<'static>, FormatError> {
    let image = Image { width, height, channels, pixels };
    let options = PngOptions {
        compression: Compression::Default,
        palette,
        metadata: None,
        max_bytes: limits.max_output_bytes,
    };
    let mut png = Vec::new();
    encode_png(&image, &options, &mut png)?;
    Picture::owned(&png)
}
