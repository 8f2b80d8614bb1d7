//! The image itself.

use crate::error::RasterError;
use crate::memory::{filled, reserved};

/// A decoded image: 1 (grey), 2 (grey, alpha), 3 (red, green, blue) or 4 (red, green, blue, alpha) channels of 8 bits,
/// row by row without padding. Alpha is straight. There is at least one pixel.
#[derive(Debug, PartialEq, Eq)]
pub struct Raster {
    width: u32,
    height: u32,
    channels: usize,
    data: Vec<u8>,
}

impl Raster {
    /// An image of these bytes.
    ///
    /// # Errors
    ///
    /// [`RasterError::Empty`], [`RasterError::Channels`], and [`RasterError::Length`] where there are not exactly
    /// `width * height * channels` bytes.
    pub fn new(
        width: u32,
        height: u32,
        channels: usize,
        data: Vec<u8>,
    ) -> Result<Self, RasterError> {
        let expected = byte_count(width, height, channels)?;
        if data.len() as u64 != expected {
            return Err(RasterError::Length { expected, length: data.len() });
        }
        Ok(Self { width, height, channels, data })
    }

    /// An image whose bytes are all zero.
    ///
    /// # Errors
    ///
    /// [`RasterError::Empty`], [`RasterError::Channels`], [`RasterError::TooManyPixels`] over `max_pixels`, and
    /// [`RasterError::OutOfMemory`].
    pub fn zeroed(
        width: u32,
        height: u32,
        channels: usize,
        max_pixels: u64,
    ) -> Result<Self, RasterError> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels > max_pixels {
            return Err(RasterError::TooManyPixels { pixels, limit: max_pixels });
        }
        let bytes = byte_count(width, height, channels)?;
        let len = usize::try_from(bytes).map_err(|_| RasterError::OutOfMemory { bytes })?;
        Ok(Self { width, height, channels, data: filled(0, len)? })
    }

    /// An image as large as this one.
    pub(crate) fn like(&self, channels: usize) -> Result<Self, RasterError> {
        Self::zeroed(self.width, self.height, channels, u64::MAX)
    }

    /// A copy.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn try_clone(&self) -> Result<Self, RasterError> {
        let mut data = reserved(self.data.len())?;
        data.extend_from_slice(&self.data);
        Ok(Self { data, ..*self })
    }

    /// Pixels to a row, at least 1.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows, at least 1.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Samples to a pixel, 1 to 4.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Width times height.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether the last channel is alpha.
    pub fn has_alpha(&self) -> bool {
        self.channels.is_multiple_of(2)
    }

    /// Channels without alpha: 1 or 3.
    pub fn colours(&self) -> usize {
        if self.channels < 3 { 1 } else { 3 }
    }

    /// The samples, row by row.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The samples, to be changed.
    pub fn data_mut(&mut self) -> &mut [u8] {
        &mut self.data
    }

    /// The samples, without the image.
    pub fn into_data(self) -> Vec<u8> {
        self.data
    }

    /// Width and height as they index.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.width as usize, self.height as usize)
    }

    /// Bytes to a row.
    pub(crate) fn stride(&self) -> usize {
        self.width as usize * self.channels
    }

    /// One row, 0 to the height less one.
    pub(crate) fn row(&self, y: usize) -> &[u8] {
        let stride = self.stride();
        &self.data[y * stride..][..stride]
    }

    /// One row, to be changed.
    pub(crate) fn row_mut(&mut self, y: usize) -> &mut [u8] {
        let stride = self.stride();
        &mut self.data[y * stride..][..stride]
    }

    /// All rows, to be changed.
    pub(crate) fn rows_mut(&mut self) -> core::slice::ChunksExactMut<'_, u8> {
        let stride = self.stride();
        self.data.chunks_exact_mut(stride)
    }

    /// All rows.
    pub(crate) fn rows(&self) -> core::slice::ChunksExact<'_, u8> {
        self.data.chunks_exact(self.stride())
    }
}

/// How many bytes an image has.
fn byte_count(width: u32, height: u32, channels: usize) -> Result<u64, RasterError> {
    if !(1..=4).contains(&channels) {
        return Err(RasterError::Channels { channels });
    }
    if width == 0 || height == 0 {
        return Err(RasterError::Empty);
    }
    // Above 2^64 is more than any memory.
    Ok((u64::from(width) * u64::from(height)).saturating_mul(channels as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_checked() {
        assert_eq!(Raster::new(0, 1, 1, vec![]), Err(RasterError::Empty));
        assert_eq!(Raster::new(1, 1, 5, vec![]), Err(RasterError::Channels { channels: 5 }));
        let short = Raster::new(2, 2, 3, vec![0; 11]);
        assert_eq!(short, Err(RasterError::Length { expected: 12, length: 11 }));
        let many = Raster::zeroed(u32::MAX, u32::MAX, 4, 100);
        assert!(matches!(many, Err(RasterError::TooManyPixels { .. })));
        let huge = Raster::zeroed(u32::MAX, u32::MAX, 4, u64::MAX);
        assert!(matches!(huge, Err(RasterError::OutOfMemory { .. })));
        let image = Raster::zeroed(3, 2, 2, 6).unwrap();
        assert_eq!((image.colours(), image.has_alpha(), image.data().len()), (1, true, 12));
    }
}
