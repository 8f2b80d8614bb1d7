//! Luminance stretched over the whole range.

use super::recolour;
use crate::error::{RasterError, check};
use crate::lab::{Converter, Lab};
use crate::raster::Raster;

impl Raster {
    /// Stretches L\* so that the percentile `lower` becomes black and `upper` white, as sharp's `normalise`, in place.
    /// Percentiles are of L\* in whole numbers, 0 and 100 are the extremes. What spans one of them or less stays.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfRange`] where they are not 0 to 99 and 1 to 100, the first below the second.
    pub fn normalise(&mut self, lower: u8, upper: u8) -> Result<(), RasterError> {
        check(lower < upper && upper <= 100, "percentiles of 0 to 100, the lower one first")?;
        let converter = Converter::new();
        let mut counts = [0_u64; 101];
        let colours = self.colours();
        for pixel in self.data().chunks_exact(self.channels()) {
            let rgb = if colours == 1 { [pixel[0]; 3] } else { [pixel[0], pixel[1], pixel[2]] };
            let l = converter.lightness(rgb);
            // A little more than nothing, so that white is 100.
            counts[((l + 1e-3).max(0.0) as usize).min(100)] += 1;
        }
        let total: u64 = self.pixels();
        let first = counts.iter().position(|count| *count > 0).unwrap_or(0);
        let last = counts.iter().rposition(|count| *count > 0).unwrap_or(100);
        // As libvips: counts are summed, scaled to the number of bins in use, and cut off.
        let bins = last as u64 + 1;
        let percentile = |percent: u8| {
            let mut sum = 0;
            let found = counts.iter().position(|count| {
                sum += count;
                100 * (sum * (bins - 1) / total) > u64::from(percent) * bins
            });
            found.unwrap_or(last + 1)
        };
        let low = if lower == 0 { first } else { percentile(lower) };
        let high = if upper == 100 { last } else { percentile(upper) };
        if high <= low + 1 {
            return Ok(());
        }
        let factor = 100.0 / (high - low) as f32;
        let shift = low as f32;
        recolour(self, |rgb| {
            let [l, a, b]: Lab = converter.lab(rgb);
            converter.rgb([(l - shift) * factor, a, b])
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_become_black_and_white() {
        let mut image = Raster::new(64, 1, 1, (64..128).collect()).unwrap();
        image.normalise(0, 100).unwrap();
        assert!(image.data()[0] < 5 && image.data()[63] > 250);
        assert!(image.data().is_sorted());
        let mut flat = Raster::new(5, 5, 3, vec![77; 75]).unwrap();
        flat.normalise(1, 99).unwrap();
        assert_eq!(flat.data(), [77; 75]);
        assert!(flat.normalise(50, 50).is_err() && flat.normalise(1, 101).is_err());
    }
}
