//! From pixels to files, within limits.

use bytemill_formats::{
    self as formats, Compression, GifOptions, Image, Metadata, Palette, PngOptions,
};
use bytemill_jpeg::{EncodeOptions, Encoder, Subsampling};
use bytemill_raster::Raster;

use crate::pad::coloured_for;
use crate::{Encoding, Format, ImageError, Limits, Size, metadata};

/// Whether a format can be written, and with these options.
pub(crate) fn check(encoding: &Encoding) -> Result<(), ImageError> {
    let quality = encoding.quality;
    match encoding.format {
        Format::Ico | Format::Tiff => Err(ImageError::Unsupported { feature: "writing it" }),
        Format::Jpeg | Format::Webp if !(1..=100).contains(&quality) => {
            Err(ImageError::Quality { quality })
        }
        _ => Ok(()),
    }
}

/// Whether a format can express a size.
pub(crate) fn check_size(size: Size, format: Format) -> Result<(), ImageError> {
    let limit = match format {
        Format::Jpeg | Format::Gif => u32::from(u16::MAX),
        Format::Webp => 16_383,
        _ => i32::MAX as u32,
    };
    let larger = size.width.max(size.height);
    if larger > limit { Err(ImageError::Dimension { size: larger, limit }) } else { Ok(()) }
}

/// Appends the encoded image to `output`, which is as before after an error.
pub(crate) fn encode(
    pixels: Raster,
    encoding: &Encoding,
    kept: &Metadata,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<(), ImageError> {
    let max_bytes = limits.max_output_bytes;
    let image = Image {
        width: pixels.width() as usize,
        height: pixels.height() as usize,
        channels: pixels.channels(),
        pixels: pixels.data(),
    };
    match encoding.format {
        Format::Jpeg => {
            let start = output.len();
            jpeg(&pixels, encoding, limits, output)?;
            metadata::insert_into_jpeg(kept, start, limits, output)?;
        }
        Format::Png | Format::Ico | Format::Tiff => {
            let palette = match encoding.colours {
                0 => Palette::Auto,
                colours => Palette::Quantised { colours, dither: true },
            };
            let compression = match encoding.effort {
                0..=4 => Compression::Fast,
                5 => Compression::Default,
                _ => Compression::Best,
            };
            let metadata = (!metadata::is_empty(kept)).then_some(kept);
            let options = PngOptions { compression, palette, metadata, max_bytes };
            formats::encode_png(&image, &options, output)?;
        }
        Format::Webp => webp(&image, encoding, kept, max_bytes, output)?,
        Format::Gif => {
            let colours = if encoding.colours == 0 { 256 } else { encoding.colours };
            let options = GifOptions { colours, max_bytes, ..GifOptions::default() };
            formats::encode_gif(&image, &options, output)?;
        }
        Format::Bmp => formats::encode_bmp(&image, max_bytes, output)?,
        Format::Qoi => formats::encode_qoi(&image, max_bytes, output)?,
        Format::Raw => {
            if image.pixels.len() as u64 > max_bytes {
                return Err(ImageError::OutputTooLarge { limit: max_bytes });
            }
            if output.is_empty() {
                // Decoding to pixels: the result need not be copied.
                *output = pixels.into_data();
            } else {
                append(image.pixels, output)?;
            }
        }
    }
    Ok(())
}

fn webp(
    image: &Image<'_>,
    encoding: &Encoding,
    kept: &Metadata,
    max_bytes: u64,
    output: &mut Vec<u8>,
) -> Result<(), ImageError> {
    let options = bytemill_webp::EncodeOptions {
        lossless: encoding.lossless,
        quality: encoding.quality,
        effort: encoding.effort,
        metadata: bytemill_webp::Metadata {
            icc: kept.icc.as_deref().unwrap_or_default(),
            exif: kept.exif.as_deref().unwrap_or_default(),
            xmp: kept.xmp.as_deref().unwrap_or_default(),
        },
        max_bytes,
    };
    let (width, height) = (image.width as u32, image.height as u32);
    Ok(bytemill_webp::encode(image.pixels, width, height, image.channels, &options, output)?)
}

/// Appends a JPEG; transparent pixels get the background.
pub(crate) fn jpeg(
    pixels: &Raster,
    encoding: &Encoding,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<(), ImageError> {
    let flat;
    let pixels = if pixels.has_alpha() {
        let [red, green, blue] = encoding.background;
        let wide = pixels.try_clone()?;
        flat = coloured_for(wide, [red, green, blue, 255])?.flatten(encoding.background)?;
        &flat
    } else {
        pixels
    };
    let size = Size { width: pixels.width(), height: pixels.height() };
    let mut encoder = jpeg_encoder(size, pixels.channels() == 1, encoding, limits)?;
    let rows = pixels.data().chunks_exact(size.width as usize * pixels.channels());
    for row in rows {
        if pixels.channels() == 1 { encoder.push(0, row)? } else { encoder.push_rgb(row)? }
    }
    append(&encoder.finish()?, output)
}

/// An encoder of JPEG.
pub(crate) fn jpeg_encoder(
    size: Size,
    grey: bool,
    encoding: &Encoding,
    limits: &Limits,
) -> Result<Encoder, ImageError> {
    let subsampling = if encoding.full_chroma { Subsampling::None } else { Subsampling::Both };
    let options = EncodeOptions {
        quality: encoding.quality,
        grey,
        subsampling,
        progressive: encoding.progressive,
        max_bytes: limits.max_output_bytes,
        ..EncodeOptions::default()
    };
    Ok(Encoder::new(size.width as usize, size.height as usize, &options)?)
}

pub(crate) fn append(file: &[u8], output: &mut Vec<u8>) -> Result<(), ImageError> {
    let bytes = file.len();
    output.try_reserve(bytes).map_err(|_| ImageError::OutOfMemory { bytes })?;
    output.extend_from_slice(file);
    Ok(())
}
