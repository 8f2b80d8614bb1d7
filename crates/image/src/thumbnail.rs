//! Thumbnails: header, limits, decode, resample, orient, pad, encode.

use bytemill_formats::{self as formats, Metadata};
use bytemill_icc::Transform;
use bytemill_raster::Raster;

use crate::encode::{self, check, check_size};
use crate::geometry::{Part, Plan, plan};
use crate::header::jpeg as jpeg_header;
use crate::pad::{pad, resize};
use crate::scaling::{Scaling, Turn};
use crate::source::Source;
use crate::{Fit, Format, ImageError, Limits, Resize, Size, ThumbnailOptions, jpeg, metadata};

/// Decodes an image of any format, scales it and encodes it again, appending to `output`. Returns the size of the result.
/// Colours are converted to sRGB by the file's profile; other metadata is left behind.
///
/// Takes time linear in the pixels of the image and of the result, and memory for the result; for the image only where its
/// format or a JPEG of several scans asks for it. On an error `output` is as before.
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
    check(&options.encoding)?;
    // Before the header is read, which for a JPEG goes over its scans: that would be done twice.
    if formats::Format::of(input)? == formats::Format::Jpeg
        && options.encoding.format == Format::Jpeg
    {
        return jpeg_thumbnail(input, options, limits, output);
    }
    let source = Source::open(input, 0, limits)?;
    let scaled = Scaled::new(source.size, source.orientation, options, limits)?;
    source.check_complete()?;
    let pixels = source.scaled(&scaled.scaling)?;
    let transform = metadata::to_srgb(&source.metadata());
    let pixels = scaled.finish(pixels, transform.as_ref(), options, limits)?;
    let before = output.len();
    encode::encode(pixels, &options.encoding, &Metadata::default(), limits, output)
        .inspect_err(|_| output.truncate(before))?;
    Ok(scaled.plan.canvas)
}

/// As [`thumbnail()`], from JPEG to JPEG only: brings no other codec along.
///
/// # Errors
///
/// As [`thumbnail()`]; [`ImageError::Argument`] for another format.
pub fn jpeg_thumbnail(
    input: &[u8],
    options: &ThumbnailOptions,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<Size, ImageError> {
    check(&options.encoding)?;
    if options.encoding.format != Format::Jpeg {
        return Err(ImageError::Argument { expected: "JPEG" });
    }
    let header = jpeg_header::parse(input)?;
    let stored = Size { width: header.metadata.width, height: header.metadata.height };
    let max_pixels = header.max_pixels(input, limits.max_pixels);
    Limits { max_pixels, ..*limits }.check(stored)?;
    let scaled = Scaled::new(stored, header.metadata.orientation, options, limits)?;
    if header.truncated {
        return Err(ImageError::Truncated);
    }
    let profile = metadata::to_srgb(&metadata::of_jpeg(input));
    let Plan { canvas, .. } = scaled.plan;
    let scaling = &scaled.scaling;
    let plain = profile.is_none() && canvas == scaling.result();
    if plain && jpeg::reencode(input, scaling, &options.encoding, limits, output)? {
        return Ok(canvas);
    }
    let pixels = scaled.finish(jpeg::pixels(input, scaling)?, profile.as_ref(), options, limits)?;
    encode::jpeg(&pixels, &options.encoding, limits, output)?;
    Ok(canvas)
}

/// Several thumbnails of one image, one after another appended to `output`. Returns how long each is. The image is decoded
/// once, for the largest of them; the others are made of that.
///
/// # Errors
///
/// As [`thumbnail()`].
pub fn thumbnails(
    input: &[u8],
    wanted: &[ThumbnailOptions],
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<Vec<usize>, ImageError> {
    let before = output.len();
    let result = every(input, wanted, limits, output);
    if result.is_err() {
        output.truncate(before);
    }
    result
}

fn every(
    input: &[u8],
    wanted: &[ThumbnailOptions],
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<Vec<usize>, ImageError> {
    let source = Source::open(input, 0, limits)?;
    let orientation = source.orientation;
    let mut plans = Vec::new();
    for options in wanted {
        check(&options.encoding)?;
        plans.push(Scaled::new(source.size, orientation, options, limits)?);
    }
    source.check_complete()?;
    // Twice the largest result, or the image itself where that is less: from there on every result is as good as its own.
    let largest = plans.iter().map(|scaled| scaled.plan.canvas).max_by_key(|size| size.pixels());
    let Some(largest) = largest else { return Ok(Vec::new()) };
    let first = wanted.first().copied().unwrap_or_default();
    let base_options = ThumbnailOptions {
        resize: Resize {
            width: largest.width.saturating_mul(2),
            height: largest.height.saturating_mul(2),
            fit: Fit::Inside,
            without_enlargement: true,
            ..Resize::default()
        },
        ..first
    };
    let base = Scaled::new(source.size, orientation, &base_options, limits)?;
    let pixels = source.scaled(&base.scaling)?;
    let transform = metadata::to_srgb(&source.metadata());
    let pixels = base.finish(pixels, transform.as_ref(), &base_options, limits)?;
    let mut lengths = Vec::with_capacity(wanted.len());
    let mut left = *limits;
    for options in wanted {
        let start = output.len();
        let small = resize(&pixels, &options.resize, limits)?;
        encode::encode(small, &options.encoding, &Metadata::default(), &left, output)?;
        let length = output.len() - start;
        left.max_output_bytes -= length as u64;
        lengths.push(length);
    }
    Ok(lengths)
}

/// What becomes of an image's grid.
struct Scaled {
    plan: Plan,
    scaling: Scaling,
}

impl Scaled {
    fn new(
        stored: Size,
        orientation: u8,
        options: &ThumbnailOptions,
        limits: &Limits,
    ) -> Result<Self, ImageError> {
        let turn = Turn::new(if options.as_stored { 1 } else { orientation });
        let upright = stored.turned(turn.transposed);
        let plan = plan(Part::whole(upright), &options.resize);
        check_size(plan.canvas, options.encoding.format)?;
        limits.check(plan.canvas)?;
        let scaling = Scaling::new(stored, &plan, turn, options.resize.filter);
        Ok(Self { plan, scaling })
    }

    /// Converts colours and pads.
    fn finish(
        &self,
        pixels: Raster,
        profile: Option<&Transform>,
        options: &ThumbnailOptions,
        limits: &Limits,
    ) -> Result<Raster, ImageError> {
        let pixels = metadata::convert(pixels, profile);
        pad(pixels, self.plan.canvas, self.plan.at, options.resize.background, limits)
    }
}
