//! Rows of pixels on their way: from a decoder through a resizer into memory.

use bytemill_raster::Raster;
use bytemill_resize::{Resizer, divide_alpha, multiply_alpha};

use crate::scaling::Scaling;
use crate::{ImageError, Size};

/// What rows are handed to: the row's number and its samples.
pub(crate) type EachRow<'e> = dyn FnMut(usize, &[u8]) -> Result<(), ImageError> + 'e;

/// Rows of a result, which come in any order.
pub(crate) struct Target {
    size: Size,
    channels: usize,
    data: Vec<u8>,
}

impl Target {
    pub(crate) fn new(size: Size, channels: usize) -> Result<Self, ImageError> {
        Ok(Self { size, channels, data: zeroed(size.pixels().saturating_mul(channels as u64))? })
    }

    pub(crate) fn put(&mut self, y: usize, row: &[u8]) -> Result<(), ImageError> {
        let len = self.size.width as usize * self.channels;
        let target = self.data.get_mut(y * len..).and_then(|rest| rest.get_mut(..len));
        target.ok_or(ImageError::Internal)?.copy_from_slice(row.get(..len).unwrap_or_default());
        Ok(())
    }

    pub(crate) fn raster(self) -> Result<Raster, ImageError> {
        Ok(Raster::new(self.size.width, self.size.height, self.channels, self.data)?)
    }
}

/// Zeroes, or an error where the allocator refuses.
pub(crate) fn zeroed(bytes: u64) -> Result<Vec<u8>, ImageError> {
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut data = Vec::new();
    data.try_reserve_exact(bytes).map_err(|_| ImageError::OutOfMemory { bytes })?;
    data.resize(bytes, 0);
    Ok(data)
}

/// Scales rows of pixels; colours are multiplied with alpha on the way. Grey with alpha travels as colour.
pub(crate) struct Scaled {
    resizer: Resizer,
    channels: usize,
    row: Vec<u8>,
    target: Target,
}

impl Scaled {
    pub(crate) fn new(scaling: &Scaling, channels: usize) -> Result<Self, ImageError> {
        let wide = if channels == 2 { 4 } else { channels };
        let width = u64::from(scaling.stored.width);
        let row = if channels.is_multiple_of(2) { zeroed(width * 4)? } else { Vec::new() };
        let target = Target::new(scaling.scaled, wide)?;
        Ok(Self { resizer: scaling.pixel_resizer(wide)?, channels, row, target })
    }

    /// The next row of the image.
    pub(crate) fn push(&mut self, row: &[u8]) -> Result<(), ImageError> {
        let Self { resizer, target, .. } = self;
        let row = match self.channels {
            2 => {
                let wide: Vec<u8> = row
                    .as_chunks()
                    .0
                    .iter()
                    .flat_map(|&[grey, alpha]| [grey, grey, grey, alpha])
                    .collect();
                multiply_alpha(&wide, &mut self.row);
                &self.row
            }
            4 => {
                multiply_alpha(row, &mut self.row);
                &self.row
            }
            _ => row,
        };
        resizer.push(row, |y, row| target.put(y, row))
    }

    /// The result, once all rows were pushed.
    pub(crate) fn finish(mut self) -> Result<Raster, ImageError> {
        if self.target.channels == 4 {
            divide_alpha(&mut self.target.data);
        }
        let raster = self.target.raster()?;
        if self.channels == 2 { Ok(raster.grayscale()?) } else { Ok(raster) }
    }
}
