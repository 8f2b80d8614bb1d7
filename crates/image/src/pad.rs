//! Pixels in memory to another size, and onto a larger canvas.

use bytemill_raster::{Extend, ExtendMode, Raster};

use crate::geometry::{Part, plan};
use crate::rows::Scaled;
use crate::scaling::{Scaling, Turn};
use crate::{ImageError, Limits, Resize, Size};

/// Lays pixels on a canvas of a colour, which adds alpha where it is not opaque.
pub(crate) fn pad(
    pixels: Raster,
    canvas: Size,
    at: (u32, u32),
    background: [u8; 4],
    limits: &Limits,
) -> Result<Raster, ImageError> {
    let (width, height) = (pixels.width(), pixels.height());
    if (width, height) == (canvas.width, canvas.height) {
        return Ok(pixels);
    }
    let pixels = coloured_for(pixels, background)?;
    let extend = Extend {
        top: at.1,
        bottom: canvas.height - height - at.1,
        left: at.0,
        right: canvas.width - width - at.0,
        mode: ExtendMode::Background,
        background,
    };
    Ok(pixels.extend(&extend, limits.max_pixels)?)
}

/// Pixels that can show a background: grey stays grey only on grey.
pub(crate) fn coloured_for(pixels: Raster, background: [u8; 4]) -> Result<Raster, ImageError> {
    let [red, green, blue, _] = background;
    if pixels.channels() > 2 || (red == green && green == blue) {
        return Ok(pixels);
    }
    Ok(if pixels.has_alpha() { pixels.to_rgba()? } else { pixels.to_rgb()? })
}

/// Resizes pixels.
pub(crate) fn resize(
    pixels: &Raster,
    resize: &Resize,
    limits: &Limits,
) -> Result<Raster, ImageError> {
    let stored = Size { width: pixels.width(), height: pixels.height() };
    let plan = plan(Part::whole(stored), resize);
    limits.check(plan.canvas)?;
    let scaling = Scaling::new(stored, &plan, Turn::default(), resize.filter);
    let channels = pixels.channels();
    let mut scaled = Scaled::new(&scaling, channels)?;
    for row in pixels.data().chunks_exact(stored.width as usize * channels) {
        scaled.push(row)?;
    }
    pad(scaled.finish()?, plan.canvas, plan.at, resize.background, limits)
}
