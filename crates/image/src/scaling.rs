//! From the grid of an image as stored to that of the result.

use bytemill_jpeg::{Decoder, Grid, Scale};
use bytemill_resize::{Axis, Filter, Resizer, divide_alpha, multiply_alpha};

use crate::geometry::Plan;
use crate::pixels::{Pixels, buffer};
use crate::{ImageError, Size};

/// What makes an image upright: mirrored as stored, then rows and columns exchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) mirrored: bool,
    pub(crate) upside_down: bool,
    pub(crate) transposed: bool,
}

impl Turn {
    /// By EXIF orientation (EXIF 2.3, 4.6.4, tag 274).
    pub(crate) fn new(orientation: u8) -> Self {
        let (mirrored, upside_down, transposed) = match orientation {
            2 => (true, false, false),
            3 => (true, true, false),
            4 => (false, true, false),
            5 => (false, false, true),
            6 => (false, true, true),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        };
        Self { mirrored, upside_down, transposed }
    }
}

/// What is done to an image on its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scaling {
    pub(crate) stored: Size,
    /// Sizes of the image as stored, but for its canvas.
    pub(crate) plan: Plan,
    pub(crate) turn: Turn,
}

/// Samples that are the pixels of the image.
fn whole(size: Size) -> Grid {
    Grid { size: (size.width as usize, size.height as usize), density: [(1, 1); 2] }
}

impl Scaling {
    /// The smallest scale at which what is kept of a component has still twice the samples of the result, `factor`
    /// pixels to one of them on each side. `part` of a component's samples are stored for each pixel, across and down.
    /// Measured on photographs of 12 megapixels: about 50 dB and more against decoding in full; one scale below loses 5
    /// to 10 of them.
    pub(crate) fn jpeg_scale(&self, part: (f64, f64), factor: u32) -> Scale {
        let fits = |scale: &Scale| {
            let divisor = f64::from(scale.divisor());
            let enough = |kept: f64, part: f64, target: u32| {
                kept * part >= 2.0 * divisor * f64::from(target.div_ceil(factor))
            };
            enough(self.plan.crop.0, part.0, self.plan.scaled.width)
                && enough(self.plan.crop.1, part.1, self.plan.scaled.height)
        };
        Scale::ALL.into_iter().find(fits).unwrap_or_default()
    }

    /// A resizer of a component, or of pixels, to one sample for `factor` by `factor` pixels of the result. It turns the
    /// image as far as that does not exchange rows and columns.
    pub(crate) fn resizer(
        &self,
        grid: &Grid,
        channels: usize,
        factor: u32,
    ) -> Result<Resizer, ImageError> {
        let Plan { crop, scaled, .. } = self.plan;
        let axis = |source: usize,
                    density: (u32, u32),
                    stored: u32,
                    kept: f64,
                    target: u32,
                    back: bool| {
            let density = f64::from(density.0) / f64::from(density.1);
            let left = (f64::from(stored) - kept) / 2.0;
            let step = kept / f64::from(target) * f64::from(factor) * density;
            let (start, step) = if back { (left + kept, -step) } else { (left, step) };
            Axis { source, target: target.div_ceil(factor) as usize, start: start * density, step }
        };
        let [across, down] = grid.density;
        let (width, height) = grid.size;
        let Turn { mirrored, upside_down, .. } = self.turn;
        let across = axis(width, across, self.stored.width, crop.0, scaled.width, mirrored);
        let down = axis(height, down, self.stored.height, crop.1, scaled.height, upside_down);
        Ok(Resizer::new(&across, &down, channels, Filter::Lanczos3)?)
    }

    /// Scales all pixels of an image; colours are multiplied with alpha on the way.
    pub(crate) fn pixels(&self, pixels: &Pixels) -> Result<Pixels, ImageError> {
        let channels = pixels.channels;
        let mut resizer = self.resizer(&whole(pixels.size), channels, 1)?;
        let mut target = Target::new(self.plan.scaled, channels)?;
        let len = pixels.size.width as usize * channels;
        let mut multiplied = Vec::new();
        if channels == 4 {
            multiplied = buffer(Size { height: 1, ..pixels.size }, channels)?;
        }
        for row in pixels.data.chunks_exact(len) {
            let row = if channels == 4 {
                multiply_alpha(row, &mut multiplied);
                &multiplied
            } else {
                row
            };
            resizer.push(row, |y, row| target.put(y, row))?;
        }
        if channels == 4 {
            divide_alpha(&mut target.data);
        }
        let grey = pixels.grey;
        Ok(Pixels { size: self.plan.scaled, channels, grey, data: target.data })
    }

    /// Decodes and scales pixels of red, green and blue row by row.
    pub(crate) fn rows(&self, decoder: &Decoder<'_>) -> Result<Pixels, ImageError> {
        let (width, height) = decoder.size();
        let divisor =
            |side: u32, scaled: usize| (1, side.div_ceil(scaled as u32).next_power_of_two());
        let density = [divisor(self.stored.width, width), divisor(self.stored.height, height)];
        let mut resizer = self.resizer(&Grid { size: (width, height), density }, 3, 1)?;
        let mut target = Target::new(self.plan.scaled, 3)?;
        decoder.decode_rgb_rows(|_, row| resizer.push(row, |y, row| target.put(y, row)))?;
        Ok(Pixels { size: self.plan.scaled, channels: 3, grey: false, data: target.data })
    }
}

/// Rows of a result, which come in any order.
pub(crate) struct Target {
    pub(crate) data: Vec<u8>,
    len: usize,
}

impl Target {
    pub(crate) fn new(size: Size, channels: usize) -> Result<Self, ImageError> {
        Ok(Self { data: buffer(size, channels)?, len: size.width as usize * channels })
    }

    pub(crate) fn put(&mut self, y: usize, row: &[u8]) -> Result<(), ImageError> {
        let target = self.data.get_mut(y * self.len..).and_then(|rest| rest.get_mut(..self.len));
        target.ok_or(ImageError::Internal)?.copy_from_slice(row);
        Ok(())
    }
}
