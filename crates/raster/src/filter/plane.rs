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
    /// Pixels that are every other one of a row, the first and the second of each pair. Of an odd row one too many.
    fn store_pairs(&mut self, y: usize, even: &[i16], odd: &[i16]);
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

    fn store_pairs(&mut self, y: usize, even: &[i16], odd: &[i16]) {
        let channels = self.channels();
        let row = self.row_mut(y);
        let mut bytes = [[0; PART]; 2];
        let parts = even.chunks(PART).zip(odd.chunks(PART)).zip(row.chunks_mut(2 * PART));
        for ((even, odd), row) in parts {
            let [first, second] = &mut bytes;
            store_row(even, channels, &mut first[..even.len()]);
            store_row(odd, channels, &mut second[..odd.len()]);
            alternate(&first[..even.len()], &second[..odd.len()], channels, row);
        }
    }
}

/// Samples that are converted at once: whole pixels of any number of channels.
const PART: usize = 480;

/// Pixels of two rows in turn, as many as there is room for.
fn alternate<T: Copy>(even: &[T], odd: &[T], channels: usize, row: &mut [T]) {
    match channels {
        1 => pixels::<T, 1>(even, odd, row),
        2 => pixels::<T, 2>(even, odd, row),
        3 => pixels::<T, 3>(even, odd, row),
        _ => pixels::<T, 4>(even, odd, row),
    }
}

fn pixels<T: Copy, const N: usize>(even: &[T], odd: &[T], row: &mut [T]) {
    let (pairs, last) = row.as_chunks_mut::<N>().0.as_chunks_mut::<2>();
    let (even, odd) = (even.as_chunks::<N>().0, odd.as_chunks::<N>().0);
    for ((pair, even), odd) in pairs.iter_mut().zip(even).zip(odd) {
        *pair = [*even, *odd];
    }
    if let ([last], Some(even)) = (last, even.last()) {
        *last = *even;
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

    fn store_pairs(&mut self, y: usize, even: &[i16], odd: &[i16]) {
        let channels = self.size[2];
        alternate(even, odd, channels, self.row_mut(y));
    }
}
