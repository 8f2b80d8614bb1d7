//! Steps on pixels in memory.

use bytemill_raster::{
    self as raster, Area, CompositeOptions, Extend, ExtendMode, Gravity, Interpolation, Kernel,
    Modulate, Raster, Sharpen, TrimOptions,
};

use super::step::{Composite, Edge, Modulation, Placement, Rectangle, Sharpening, Step};
use crate::pad::{coloured_for, resize};
use crate::source::Source;
use crate::{ImageError, Limits, Position, Size, metadata};

/// Does all steps, in their order; those of gamma around the first resizing, if there is one.
pub(super) fn all(
    mut pixels: Raster,
    steps: &[Step<'_>],
    limits: &Limits,
) -> Result<Raster, ImageError> {
    let powers = steps.iter().find_map(|step| match step {
        Step::Gamma { before, after } => Some((*before, *after)),
        _ => None,
    });
    let mut powers = powers.filter(|_| steps.iter().any(is_resize));
    let around = powers.is_some();
    for step in steps {
        match step {
            Step::Gamma { .. } if around => {}
            Step::Resize(_) => {
                let (before, after) = powers.take().unwrap_or((1.0, 1.0));
                pixels.gamma(before, 1.0)?;
                pixels = one(pixels, step, limits)?;
                pixels.gamma(1.0, after)?;
            }
            _ => pixels = one(pixels, step, limits)?,
        }
    }
    Ok(pixels)
}

fn is_resize(step: &Step<'_>) -> bool {
    matches!(step, Step::Resize(_))
}

fn one(mut pixels: Raster, step: &Step<'_>, limits: &Limits) -> Result<Raster, ImageError> {
    let most = limits.max_pixels;
    match *step {
        Step::Resize(ref how) => return resize(&pixels, how, limits),
        Step::Extract(part) => return extract(&pixels, part),
        Step::Trim { threshold, line_art } => {
            let options = TrimOptions { threshold, line_art, ..TrimOptions::default() };
            return Ok(pixels.trim(&options)?.0);
        }
        Step::Extend { top, bottom, left, right, edge, background } => {
            let mode = match edge {
                Edge::Background => ExtendMode::Background,
                Edge::Copy => ExtendMode::Copy,
                Edge::Repeat => ExtendMode::Repeat,
                Edge::Mirror => ExtendMode::Mirror,
            };
            let pixels = coloured_for(pixels, background)?;
            let extend = Extend { top, bottom, left, right, mode, background };
            return Ok(pixels.extend(&extend, most)?);
        }
        Step::Rotate { degrees, background } => {
            let pixels = coloured_for(pixels, background)?;
            return Ok(pixels.rotate(degrees, background, Interpolation::Bilinear, most)?);
        }
        Step::Flip => pixels.flip(),
        Step::Flop => pixels.flop(),
        Step::Grayscale => return Ok(pixels.grayscale()?),
        Step::Negate { alpha } => pixels.negate(alpha),
        Step::Threshold { value, grayscale } => return Ok(pixels.threshold(value, grayscale)?),
        Step::Gamma { before, after } => pixels.gamma(before, after)?,
        Step::Modulate(Modulation { brightness, saturation, hue, lightness }) => {
            pixels.modulate(Modulate { brightness, saturation, hue, lightness })?;
        }
        // sharp's blur without a sigma.
        Step::Blur { sigma: 0.0 } => {
            let (values, scale) = (&[1.0; 9], Some(9.0));
            pixels.convolve(&Kernel { width: 3, height: 3, values, scale, offset: 0.0 })?;
        }
        Step::Blur { sigma } => pixels.blur(sigma)?,
        Step::Sharpen(Sharpening { sigma: 0.0, .. }) => pixels.sharpen_mildly()?,
        Step::Sharpen(Sharpening { sigma, m1, m2, x1, y2, y3 }) => {
            pixels.sharpen(&Sharpen { sigma, m1, m2, x1, y2, y3 })?;
        }
        Step::Median { size } => return Ok(pixels.median(size)?),
        Step::Linear { multiplier, offset } => pixels.linear(&[multiplier], &[offset])?,
        Step::Normalize { lower, upper } => pixels.normalise(lower, upper)?,
        Step::Tint(colour) => return Ok(pixels.tint(colour)?),
        Step::Flatten(background) => {
            let [red, green, blue] = background;
            return Ok(coloured_for(pixels, [red, green, blue, 255])?.flatten(background)?);
        }
        Step::Composite(ref how) => return composite(pixels, how, limits),
    }
    Ok(pixels)
}

fn extract(pixels: &Raster, part: Rectangle) -> Result<Raster, ImageError> {
    let size = Size { width: pixels.width(), height: pixels.height() };
    let (left, top, width, height) = part.sides(size)?;
    Ok(pixels.extract(Area { left, top, width, height })?)
}

fn composite(pixels: Raster, how: &Composite<'_>, limits: &Limits) -> Result<Raster, ImageError> {
    let overlay = match how.overlay.raw {
        Some(raw) => Source::raw(how.overlay.data, raw, limits)?,
        None => Source::open(how.overlay.data, 0, limits)?,
    };
    overlay.check_complete()?;
    let transform = metadata::to_srgb(&overlay.metadata());
    let overlay = metadata::convert(overlay.pixels(overlay.orientation)?, transform.as_ref());
    let placement = match how.placement {
        Placement::At { left, top } => raster::Placement::At { left, top },
        Placement::Gravity(position) => raster::Placement::Gravity(gravity(position)),
    };
    #[expect(clippy::cast_sign_loss, reason = "it was cut to its range")]
    let opacity = (how.opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    let options = CompositeOptions { placement, blend: how.blend, tile: how.tile, opacity };
    Ok(pixels.composite(&overlay, &options)?)
}

fn gravity(position: Position) -> Gravity {
    match position {
        Position::Centre => Gravity::Centre,
        Position::Top => Gravity::North,
        Position::RightTop => Gravity::Northeast,
        Position::Right => Gravity::East,
        Position::RightBottom => Gravity::Southeast,
        Position::Bottom => Gravity::South,
        Position::LeftBottom => Gravity::Southwest,
        Position::Left => Gravity::West,
        Position::LeftTop => Gravity::Northwest,
    }
}
