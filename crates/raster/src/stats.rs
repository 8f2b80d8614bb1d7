//! What an image is made of.

use crate::error::RasterError;
use crate::memory::filled;
use crate::raster::Raster;

/// What one channel is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChannelStats {
    /// The lowest sample.
    pub min: u8,
    /// The highest sample.
    pub max: u8,
    /// The mean.
    pub mean: f64,
    /// The standard deviation of a sample, as sharp has it: of squares divided by their number less one.
    pub deviation: f64,
}

/// What an image is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stats {
    channels: [ChannelStats; 4],
    count: usize,
    /// Whether every pixel is opaque.
    pub opaque: bool,
    /// The most frequent of 16 by 16 by 16 ranges of red, green and blue, alpha aside, as sharp's `dominant`: 16 times
    /// the range and 8, where ranges are 257 / 16 wide. Of several the one with the least green, then red, then blue.
    pub dominant: [u8; 3],
}

impl Stats {
    /// One for each channel.
    pub fn channels(&self) -> &[ChannelStats] {
        &self.channels[..self.count]
    }
}

impl Raster {
    /// Extremes, means and deviations of channels, and the dominant colour.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn stats(&self) -> Result<Stats, RasterError> {
        let count = self.channels();
        let mut frequencies = [[0_u64; 256]; 4];
        let mut ranges = filled(0_u64, 1 << 12)?;
        for pixel in self.data().chunks_exact(count) {
            for (sample, frequencies) in pixel.iter().zip(&mut frequencies) {
                frequencies[usize::from(*sample)] += 1;
            }
            let [r, g, b] = match *pixel {
                [r, g, b, ..] => [r, g, b],
                [v, ..] => [v; 3],
                [] => continue,
            };
            let [r, g, b] = [r, g, b].map(|v| usize::from(v) * 16 / 257);
            ranges[g << 8 | r << 4 | b] += 1;
        }
        // The first of the largest.
        let dominant = (0..1 << 12).rev().max_by_key(|i: &usize| ranges[*i]).unwrap_or(0);
        let middle = |range: usize| (16 * (range & 15) + 8) as u8;
        let mut channels = [ChannelStats::default(); 4];
        for (stats, frequencies) in channels.iter_mut().zip(&frequencies).take(count) {
            *stats = channel(frequencies, self.pixels());
        }
        Ok(Stats {
            channels,
            count,
            opaque: !self.has_alpha() || channels[count - 1].min == 255,
            dominant: [middle(dominant >> 4), middle(dominant >> 8), middle(dominant)],
        })
    }

    /// The mean colour, red, green, blue and alpha, to the nearest: colours count by their alpha, and are zero where all
    /// is clear.
    pub fn mean_colour(&self) -> [u8; 4] {
        let mut sums = [0_u64; 4];
        for pixel in self.data().chunks_exact(self.channels()) {
            let [r, g, b, a] = match *pixel {
                [v] => [v, v, v, 255],
                [v, a] => [v, v, v, a],
                [r, g, b] => [r, g, b, 255],
                [r, g, b, a, ..] => [r, g, b, a],
                [] => continue,
            };
            let alpha = u64::from(a);
            sums[3] += alpha;
            for (sum, sample) in sums.iter_mut().zip([r, g, b]) {
                *sum += alpha * u64::from(sample);
            }
        }
        let by = |sum: u64, count: u64| (sum + count / 2).checked_div(count).unwrap_or(0) as u8;
        let [r, g, b, alpha] = sums;
        [by(r, alpha), by(g, alpha), by(b, alpha), by(alpha, self.pixels())]
    }
}

fn channel(frequencies: &[u64; 256], pixels: u64) -> ChannelStats {
    let (mut sum, mut squares) = (0_u64, 0_u64);
    for (sample, count) in (0..).zip(frequencies) {
        sum += sample * count;
        squares += sample * sample * count;
    }
    let count = pixels as f64;
    let mean = sum as f64 / count;
    // Of sums that are exact; one pixel does not deviate.
    let spread = squares as f64 - sum as f64 * mean;
    let variance = if pixels > 1 { spread.max(0.0) / (count - 1.0) } else { 0.0 };
    ChannelStats {
        min: frequencies.iter().position(|count| *count > 0).unwrap_or(0) as u8,
        max: frequencies.iter().rposition(|count| *count > 0).unwrap_or(0) as u8,
        mean,
        deviation: variance.sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_by_themselves() {
        let image =
            Raster::new(3, 1, 4, vec![0, 9, 40, 255, 2, 9, 40, 255, 4, 200, 40, 0]).unwrap();
        let stats = image.stats().unwrap();
        let [r, g, _, a] = stats.channels() else { panic!("4 channels") };
        let expected = ChannelStats { min: 0, max: 4, mean: 2.0, deviation: 2.0 };
        assert_eq!((*r, g.max, a.min, stats.opaque), (expected, 200, 0, false));
        assert_eq!(stats.dominant, [8, 8, 40]);
        assert_eq!(image.mean_colour(), [1, 9, 40, 170]);
    }

    #[test]
    fn one_pixel_is_enough() {
        let grey = Raster::new(1, 1, 1, vec![77]).unwrap();
        let stats = grey.stats().unwrap();
        assert_eq!((stats.channels()[0].deviation, stats.dominant), (0.0, [72; 3]));
        assert_eq!(grey.mean_colour(), [77, 77, 77, 255]);
        let clear = Raster::new(1, 1, 2, vec![77, 0]).unwrap();
        assert_eq!(clear.mean_colour(), [0; 4]);
    }
}
