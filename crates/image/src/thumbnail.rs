//! The pipeline: header, limits, decode, resample, orient, pad, encode.

use bytemill_jpeg::Scale;
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{PixelTrait, ResizeOptions, Resizer};

use crate::geometry::{Plan, plan};
use crate::pixels::{Pixels, buffer};
use crate::{Format, ImageError, Limits, Size, ThumbnailOptions, decode, encode, header};

/// Every row and column costs some time of its own: a line of 268 million pixels would take minutes.
const MAX_SIDE: u32 = 1 << 20;

/// Decodes a JPEG or PNG image, scales it with Lanczos3 and encodes it again, appending to `output`.
/// Returns the size of the result.
///
/// Takes time linear in the pixels of the image and of the result, and memory for both. On an error
/// `output` is as before.
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

    // Scaled as stored and turned afterwards, when there are fewer pixels to turn.
    plan.scaled = swap(plan.scaled);
    if sideways {
        plan.crop = (plan.crop.1, plan.crop.0);
    }
    let scale = match header.metadata.format {
        Format::Jpeg => jpeg_scale(&plan),
        Format::Png => Scale::Full,
    };
    let pixels = decode::decode(input, &header, scale)?;
    let divided = |side: u32| side.div_ceil(scale.divisor());
    if (pixels.size.width, pixels.size.height) != (divided(stored.width), divided(stored.height)) {
        return Err(ImageError::Internal);
    }
    let pixels = resample(pixels, stored, scale, &plan)?;
    let pixels = pixels.orient(orientation)?.pad(plan.canvas, options.background)?;
    encode::encode(pixels, options, limits, output)?;
    Ok(plan.canvas)
}

/// The smallest scale at which what is kept of the image is still twice the size of the result. Measured on
/// photographs of 12 megapixels: 50 dB and more against decoding in full; one scale below loses 10 of them.
fn jpeg_scale(plan: &Plan) -> Scale {
    let fits = |scale: &Scale| {
        let divisor = f64::from(scale.divisor());
        let twice = |side: u32| 2.0 * divisor * f64::from(side);
        plan.crop.0 >= twice(plan.scaled.width) && plan.crop.1 >= twice(plan.scaled.height)
    };
    Scale::ALL.into_iter().find(fits).unwrap_or_default()
}

fn check_pixels(size: Size, limit: u64) -> Result<(), ImageError> {
    let pixels = u64::from(size.width) * u64::from(size.height);
    if pixels > limit { Err(ImageError::TooManyPixels { pixels, limit }) } else { Ok(()) }
}

/// Scales pixels, which may already be fewer than are stored.
fn resample(pixels: Pixels, stored: Size, scale: Scale, plan: &Plan) -> Result<Pixels, ImageError> {
    // Exact: a plan that keeps the whole image has the image's own size as its crop.
    let whole = (f64::from(stored.width), f64::from(stored.height)) == plan.crop;
    if whole && pixels.size == plan.scaled {
        return Ok(pixels);
    }
    let data = if pixels.channels == 4 {
        resample_as::<U8x4>(&pixels, stored, scale, plan)?
    } else {
        resample_as::<U8x3>(&pixels, stored, scale, plan)?
    };
    Ok(Pixels { size: plan.scaled, data, ..pixels })
}

/// Lanczos3; colours are multiplied with alpha on the way. Typed, so that only two of the resampler's
/// thirteen pixel formats are compiled.
fn resample_as<P: PixelTrait>(
    pixels: &Pixels,
    stored: Size,
    scale: Scale,
    plan: &Plan,
) -> Result<Vec<u8>, ImageError> {
    let Size { width, height } = pixels.size;
    let source = TypedImageRef::<P>::from_buffer(width, height, &pixels.data)
        .map_err(|_| ImageError::Internal)?;
    let mut data = buffer(plan.scaled, pixels.channels)?;
    let mut target = TypedImage::<P>::from_buffer(plan.scaled.width, plan.scaled.height, &mut data)
        .map_err(|_| ImageError::Internal)?;
    // The middle of the stored image, in pixels as decoded, of which the last may be there in part.
    let divisor = f64::from(scale.divisor());
    let part =
        |stored: u32, kept: f64| ((f64::from(stored) - kept) / 2.0 / divisor, kept / divisor);
    let (left, crop_width) = part(stored.width, plan.crop.0);
    let (top, crop_height) = part(stored.height, plan.crop.1);
    let options = ResizeOptions::new().crop(left, top, crop_width, crop_height);
    Resizer::new()
        .resize_typed(&source, &mut target, &options)
        .map_err(|_| ImageError::Internal)?;
    drop(target);
    Ok(data)
}
