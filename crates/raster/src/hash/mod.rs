//! Hashes of what an image looks like.
//!
//! Both look at luminance (BT.601) of the image flattened onto white, at area averages of it.

mod dhash;
mod phash;

pub use dhash::dhash;
pub use phash::phash;

use crate::error::RasterError;
use crate::raster::Raster;
use crate::shrink::average;

/// In how many bits two hashes differ, 0 to 64: below about 10 images look alike.
pub fn hamming(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// Averages of luminance, flattened onto white.
fn luminance(image: &Raster, width: usize, height: usize) -> Result<Raster, RasterError> {
    average(image, width, height)?.flatten([255; 3])?.to_grey()
}
