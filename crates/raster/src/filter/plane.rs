//! Rows of centred samples, of an image or in between.

use crate::alpha::{load_row, store_row};
use crate::error::RasterError;
use crate::memory::{filled, product};
use crate::raster::Raster;

/// Rows that are read and written as centred samples with 7 fractional bits, colours multiplied by alpha.
pub(super) trait Rows {
    /// Pixels to a row, rows, samples to a pixel.
    fn size(&self) -> [usize; 3];
    fn load(&self, y: usize, to: &mut [i16]);
    fn store(&mut self, y: usize, from: &[i16]);
}

impl Rows for Raster {
    fn size(&self) -> [usize; 3] {
        let (width, height) = Raster::size(self);
        [width, height, self.channels()]
    }

    fn load(&self, y: usize, to: &mut [i16]) {
        load_row(self.row(y), self.channels(), to);
    }

    fn store(&mut self, y: usize, from: &[i16]) {
        let channels = self.channels();
        store_row(from, channels, self.row_mut(y));
    }
}

/// Centred samples.
pub(super) struct Plane {
    size: [usize; 3],
    pub(super) data: Vec<i16>,
}

impl Plane {
    pub(super) fn new(size: [usize; 3]) -> Result<Self, RasterError> {
        Ok(Self { size, data: filled(0, product(size)?)? })
    }

    pub(super) fn row(&self, y: usize) -> &[i16] {
        let stride = self.size[0] * self.size[2];
        &self.data[y * stride..][..stride]
    }

    pub(super) fn row_mut(&mut self, y: usize) -> &mut [i16] {
        let stride = self.size[0] * self.size[2];
        &mut self.data[y * stride..][..stride]
    }
}

impl Rows for Plane {
    fn size(&self) -> [usize; 3] {
        self.size
    }

    fn load(&self, y: usize, to: &mut [i16]) {
        to.copy_from_slice(self.row(y));
    }

    fn store(&mut self, y: usize, from: &[i16]) {
        self.row_mut(y).copy_from_slice(from);
    }
}
