//! From the grid of an image as stored to that of the result.

use bytemill_jpeg::{Grid, Scale};
use bytemill_raster::Raster;
use bytemill_resize::{Axis, Filter, Resizer};

use crate::geometry::{Part, Plan};
use crate::rows::{EachRow, Target};
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

/// What is done to an image on its way. All sizes are of the image as stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scaling {
    pub(crate) stored: Size,
    /// What is kept.
    part: Part,
    /// What that becomes.
    pub(crate) scaled: Size,
    pub(crate) turn: Turn,
    filter: Filter,
}

/// Samples that are the pixels of the image.
fn whole(size: Size) -> Grid {
    Grid { size: (size.width as usize, size.height as usize), density: [(1, 1); 2] }
}

impl Scaling {
    /// Scaled as stored and turned afterwards, when there are fewer pixels to turn.
    pub(crate) fn new(stored: Size, plan: &Plan, turn: Turn, filter: Filter) -> Self {
        let part = plan.part.as_stored(stored, turn);
        Self { stored, part, scaled: plan.scaled.turned(turn.transposed), turn, filter }
    }

    /// Of the upright result, without its padding.
    pub(crate) fn result(&self) -> Size {
        self.scaled.turned(self.turn.transposed)
    }

    /// The smallest scale at which what is kept of a component has still twice the samples of the result, `factor`
    /// pixels to one of them on each side. `part` of a component's samples are stored for each pixel, across and down.
    /// Measured on photographs of 12 megapixels: about 50 dB and more against decoding in full; one scale below loses 5
    /// to 10 of them. The nearest sample is one of the image itself.
    pub(crate) fn jpeg_scale(&self, part: (f64, f64), factor: u32) -> Scale {
        let fits = |scale: &Scale| {
            let divisor = f64::from(scale.divisor());
            let enough = |kept: f64, part: f64, target: u32| {
                kept * part >= 2.0 * divisor * f64::from(target.div_ceil(factor))
            };
            enough(self.part.width, part.0, self.scaled.width)
                && enough(self.part.height, part.1, self.scaled.height)
        };
        if self.filter == Filter::Nearest {
            return Scale::Full;
        }
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
        let Part { left, top, width: kept_width, height: kept_height } = self.part;
        let axis =
            |source: usize, density: (u32, u32), left: f64, kept: f64, target: u32, back: bool| {
                let density = f64::from(density.0) / f64::from(density.1);
                let step = kept / f64::from(target) * f64::from(factor) * density;
                let (start, step) = if back { (left + kept, -step) } else { (left, step) };
                let target = target.div_ceil(factor) as usize;
                Axis { source, target, start: start * density, step }
            };
        let [across, down] = grid.density;
        let (width, height) = grid.size;
        let Turn { mirrored, upside_down, .. } = self.turn;
        let across = axis(width, across, left, kept_width, self.scaled.width, mirrored);
        let down = axis(height, down, top, kept_height, self.scaled.height, upside_down);
        Ok(Resizer::new(&across, &down, channels, self.filter)?)
    }

    /// About what a resizer keeps of the rows of an image: as many as the widest filter is high.
    #[expect(clippy::cast_sign_loss, reason = "sides are positive")]
    pub(crate) fn window_bytes(&self, channels: usize) -> u64 {
        let step = (self.part.height / f64::from(self.scaled.height)).max(1.0);
        let rows = (6.0 * step).ceil() as u64 + 2;
        let row = u64::from(self.stored.width) * channels.next_power_of_two() as u64;
        row.saturating_mul(rows.min(self.stored.height.into()))
    }

    /// A resizer of pixels of `channels` samples, all of them stored.
    pub(crate) fn pixel_resizer(&self, channels: usize) -> Result<Resizer, ImageError> {
        self.resizer(&whole(self.stored), channels, 1)
    }

    /// Scales a JPEG's pixels of red, green and blue, whose rows `run` hands out, decoded to `width` by `height`.
    pub(crate) fn jpeg_rows(
        &self,
        (width, height): (usize, usize),
        run: impl FnOnce(&mut EachRow<'_>) -> Result<(), ImageError>,
    ) -> Result<Raster, ImageError> {
        let divisor =
            |side: u32, scaled: usize| (1, side.div_ceil(scaled as u32).next_power_of_two());
        let density = [divisor(self.stored.width, width), divisor(self.stored.height, height)];
        let mut resizer = self.resizer(&Grid { size: (width, height), density }, 3, 1)?;
        let mut target = Target::new(self.scaled, 3)?;
        run(&mut |_, row| resizer.push(row, |y, row| target.put(y, row)))?;
        target.raster()
    }
}
