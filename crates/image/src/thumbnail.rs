//! The pipeline: header, limits, decode, resample, orient, pad, encode.

use bytemill_jpeg::Colour;

use crate::geometry::plan;
use crate::scaling::{Scaling, Turn};
use crate::{Format, ImageError, Limits, Size, ThumbnailOptions, decode, encode, header, planes};

/// Every row and column costs some time of its own: a line of 268 million pixels would take minutes.
const MAX_SIDE: u32 = 1 << 20;

/// Decodes a JPEG or PNG image, scales it with Lanczos3 and encodes it again, appending to `output`.
/// Returns the size of the result.
///
/// Takes time linear in the pixels of the image and of the result, and memory for the result; for the image only where
/// it is PNG or a JPEG in several scans. On an error `output` is as before.
///
/// # Errors
///
/// Every variant of [`ImageError`]; [`ImageError::TooManyPixels`] before anything is decoded.
pub fn thumbnail(
    input: &[u8],
    options: &ThumbnailOptions,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<Size, ImageError> {
    if options.format == Format::Jpeg && !(1..=100).contains(&options.quality) {
        return Err(ImageError::Quality { quality: options.quality });
    }
    let header = header::parse(input)?;
    let stored = Size { width: header.metadata.width, height: header.metadata.height };
    check_pixels(stored, header.max_pixels(input, limits.max_pixels))?;
    if stored.width.max(stored.height) > MAX_SIDE {
        return Err(ImageError::Unsupported { feature: "a side of more than 1048576 pixels" });
    }
    let orientation = if options.auto_orient { header.metadata.orientation } else { 1 };
    let sideways = orientation >= 5;
    let swap = |size: Size| {
        if sideways { Size { width: size.height, height: size.width } } else { size }
    };
    let mut plan = plan(swap(stored), options);
    check_pixels(plan.canvas, limits.max_pixels)?;
    encode::check_size(plan.canvas, options.format)?;
    if plan.canvas.width.max(plan.canvas.height) > MAX_SIDE {
        return Err(ImageError::Unsupported { feature: "a side of more than 1048576 pixels" });
    }

    // Scaled as stored and turned afterwards, when there are fewer pixels to turn.
    plan.scaled = swap(plan.scaled);
    if sideways {
        plan.crop = (plan.crop.1, plan.crop.0);
    }
    if header.truncated {
        return Err(ImageError::Truncated);
    }
    let turn = Turn::new(orientation);
    let scaling = Scaling { stored, plan, turn };
    let pixels = match header.metadata.format {
        Format::Jpeg => {
            let scale = scaling.jpeg_scale((1.0, 1.0), 1);
            let decoder = decode::jpeg(input, scale, None)?;
            if matches!(decoder.header().colour, Colour::Grey | Colour::YCbCr) {
                return planes::thumbnail(input, &scaling, options, limits, output)
                    .map(|()| plan.canvas);
            }
            scaling.rows(&decoder)?
        }
        Format::Png => scaling.pixels(&decode::png(input, &header)?)?,
    };
    let pixels = pixels.turn(turn)?.pad(plan.canvas, options.background)?;
    encode::encode(pixels, options, limits, output)?;
    Ok(plan.canvas)
}

fn check_pixels(size: Size, limit: u64) -> Result<(), ImageError> {
    let pixels = u64::from(size.width) * u64::from(size.height);
    if pixels > limit { Err(ImageError::TooManyPixels { pixels, limit }) } else { Ok(()) }
}
