//! From pixels to files, within limits.

use std::io::{self, Write};

use bytemill_jpeg::{EncodeOptions, Encoder};
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::pixels::Pixels;
use crate::{Format, ImageError, Limits, Size, ThumbnailOptions};

/// Whether the format can express the size.
pub(crate) fn check_size(size: Size, format: Format) -> Result<(), ImageError> {
    let limit = match format {
        Format::Jpeg => u32::from(u16::MAX),
        Format::Png => i32::MAX as u32,
    };
    let larger = size.width.max(size.height);
    if larger > limit { Err(ImageError::Dimension { size: larger, limit }) } else { Ok(()) }
}

/// Appends the encoded image to `output`, which is as before after an error.
pub(crate) fn encode(
    pixels: Pixels,
    options: &ThumbnailOptions,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<(), ImageError> {
    if options.format == Format::Jpeg {
        return jpeg(pixels.flatten(options.background), options, limits, output);
    }
    let before = output.len();
    let mut sink = Sink { output, left: limits.max_output_bytes, limits, failure: None };
    let Size { width, height } = pixels.size;
    let mut pixels = pixels;
    let alpha = pixels.channels == 4;
    if pixels.grey {
        pixels.collapse_grey();
    }
    let colour = match (pixels.grey, alpha) {
        (true, false) => ExtendedColorType::L8,
        (true, true) => ExtendedColorType::La8,
        (false, false) => ExtendedColorType::Rgb8,
        (false, true) => ExtendedColorType::Rgba8,
    };
    let result = PngEncoder::new(&mut sink).write_image(&pixels.data, width, height, colour);
    let failure = match (sink.failure, result) {
        (Some(failure), _) => failure,
        (None, Err(_)) => ImageError::Internal,
        (None, Ok(())) => return Ok(()),
    };
    output.truncate(before);
    Err(failure)
}

fn jpeg(
    mut pixels: Pixels,
    options: &ThumbnailOptions,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<(), ImageError> {
    let mut encoder = encoder(pixels.size, pixels.grey, options, limits)?;
    let width = pixels.size.width as usize;
    if pixels.grey {
        pixels.collapse_grey();
        pixels.data.chunks_exact(width).try_for_each(|row| encoder.push(0, row))?;
    } else {
        pixels.data.chunks_exact(3 * width).try_for_each(|row| encoder.push_rgb(row))?;
    }
    append(&encoder.finish()?, output)
}

/// An encoder of JPEG.
pub(crate) fn encoder(
    size: Size,
    grey: bool,
    options: &ThumbnailOptions,
    limits: &Limits,
) -> Result<Encoder, ImageError> {
    let options = EncodeOptions {
        quality: options.quality,
        grey,
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

/// Appends as long as the limit and the allocator allow.
struct Sink<'a> {
    output: &'a mut Vec<u8>,
    left: u64,
    limits: &'a Limits,
    failure: Option<ImageError>,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let failure = if bytes.len() as u64 > self.left {
            ImageError::OutputTooLarge { limit: self.limits.max_output_bytes }
        } else if self.output.try_reserve(bytes.len()).is_err() {
            ImageError::OutOfMemory { bytes: bytes.len() }
        } else {
            self.output.extend_from_slice(bytes);
            self.left -= bytes.len() as u64;
            return Ok(bytes.len());
        };
        self.failure = Some(failure);
        Err(io::ErrorKind::OutOfMemory.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
