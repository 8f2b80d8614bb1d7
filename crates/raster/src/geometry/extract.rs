//! A part of an image.

use crate::error::RasterError;
use crate::raster::Raster;

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Columns to the left of it.
    pub left: u32,
    /// Rows above it.
    pub top: u32,
    /// Its columns.
    pub width: u32,
    /// Its rows.
    pub height: u32,
}

impl Raster {
    /// Cuts an area out.
    ///
    /// # Errors
    ///
    /// [`RasterError::Empty`] for an area without pixels, [`RasterError::Outside`] for one that does not lie within the
    /// image, [`RasterError::OutOfMemory`].
    pub fn extract(&self, area: Area) -> Result<Self, RasterError> {
        let fits =
            |start: u32, len: u32, side| start.checked_add(len).is_some_and(|end| end <= side);
        if !fits(area.left, area.width, self.width()) || !fits(area.top, area.height, self.height())
        {
            return Err(RasterError::Outside);
        }
        let mut result = Self::zeroed(area.width, area.height, self.channels(), u64::MAX)?;
        let (start, len) = (area.left as usize * self.channels(), result.stride());
        for (from, to) in self.rows().skip(area.top as usize).zip(result.rows_mut()) {
            to.copy_from_slice(&from[start..start + len]);
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_lie_within() {
        let image = Raster::new(4, 3, 1, (0..12).collect()).unwrap();
        let area = |left, top, width, height| Area { left, top, width, height };
        assert_eq!(image.extract(area(1, 1, 2, 2)).unwrap().data(), [5, 6, 9, 10]);
        assert_eq!(image.extract(area(3, 0, 2, 1)), Err(RasterError::Outside));
        assert_eq!(image.extract(area(u32::MAX, 0, 2, 1)), Err(RasterError::Outside));
        assert_eq!(image.extract(area(1, 1, 0, 1)), Err(RasterError::Empty));
    }
}
