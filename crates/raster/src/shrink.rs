//! Area averages: what hashes and placeholders look at instead of large images.

use crate::error::RasterError;
use crate::memory::{filled, product};
use crate::raster::Raster;

/// The image at another size, every pixel the average of the area that it covers, to the nearest; colours count by
/// their alpha. Sizes are not above 128.
pub(crate) fn average(image: &Raster, width: usize, height: usize) -> Result<Raster, RasterError> {
    let channels = image.channels();
    let mut result = Raster::zeroed(width as u32, height as u32, channels, u64::MAX)?;
    let mut line = filled(0_u64, product([width, channels, 1])?)?;
    let mut sums = filled(0_u64, line.len())?;
    let (from_width, from_height) = image.size();
    for y in 0..height {
        sums.fill(0);
        for (row, weight) in shares(y, from_height, height) {
            across(image.row(row), channels, from_width, width, &mut line);
            for (sum, value) in sums.iter_mut().zip(&line) {
                *sum += weight * value;
            }
        }
        // A pixel covers as many parts of rows and columns as the image has of each.
        let area = from_width as u64 * from_height as u64;
        for (sums, pixel) in
            sums.chunks_exact(channels).zip(result.row_mut(y).chunks_exact_mut(channels))
        {
            if channels.is_multiple_of(2) {
                let alpha = sums[channels - 1];
                for (sum, to) in sums.iter().zip(pixel.iter_mut()) {
                    *to = (sum + alpha / 2).checked_div(alpha).unwrap_or(0) as u8;
                }
                pixel[channels - 1] = ((alpha + area / 2) / area) as u8;
            } else {
                for (sum, to) in sums.iter().zip(pixel) {
                    *to = ((sum + area / 2) / area) as u8;
                }
            }
        }
    }
    Ok(result)
}

/// Which of `from` pixels one of `to` covers, and how many `to`-ths of each.
fn shares(at: usize, from: usize, to: usize) -> impl Iterator<Item = (usize, u64)> {
    let (start, end) = (at * from, (at + 1) * from);
    (start / to..end.div_ceil(to)).map(move |pixel| {
        let share = end.min((pixel + 1) * to) - start.max(pixel * to);
        (pixel, share as u64)
    })
}

/// Sums of one row, colours multiplied by alpha.
fn across(row: &[u8], channels: usize, from: usize, to: usize, line: &mut [u64]) {
    for (x, sums) in line.chunks_exact_mut(channels).enumerate() {
        let mut sum = [0_u64; 4];
        for (column, weight) in shares(x, from, to) {
            let pixel = &row[column * channels..][..channels];
            let weight = if channels.is_multiple_of(2) {
                sum[channels - 1] += weight * u64::from(pixel[channels - 1]);
                weight * u64::from(pixel[channels - 1])
            } else {
                weight
            };
            let colours = channels - usize::from(channels.is_multiple_of(2));
            for (sum, sample) in sum.iter_mut().zip(&pixel[..colours]) {
                *sum += weight * u64::from(*sample);
            }
        }
        sums.copy_from_slice(&sum[..channels]);
    }
}

/// Width and height within a square of `most`, neither larger than they are; the larger one is `most` if it is
/// reduced, the other is to the nearest.
pub(crate) fn within(image: &Raster, most: usize) -> (usize, usize) {
    let (width, height) = image.size();
    let longest = width.max(height);
    if longest <= most {
        return (width, height);
    }
    let side = |len: usize| {
        ((2 * len as u64 * most as u64 + longest as u64) / (2 * longest as u64)).max(1) as usize
    };
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_averaged() {
        let image = Raster::new(4, 2, 1, vec![10, 20, 30, 40, 50, 60, 70, 80]).unwrap();
        assert_eq!(average(&image, 2, 1).unwrap().data(), [35, 55]);
        assert_eq!(average(&image, 3, 1).unwrap().data(), [33, 45, 58]);
        assert_eq!(average(&image, 4, 2).unwrap(), image);
        let small = Raster::new(1, 1, 1, vec![7]).unwrap();
        assert_eq!(average(&small, 3, 2).unwrap().data(), [7; 6]);
    }

    #[test]
    fn clear_pixels_do_not_count() {
        let image = Raster::new(2, 1, 2, vec![200, 255, 0, 0]).unwrap();
        assert_eq!(average(&image, 1, 1).unwrap().data(), [200, 128]);
        let clear = Raster::new(2, 1, 2, vec![200, 0, 0, 0]).unwrap();
        assert_eq!(average(&clear, 1, 1).unwrap().data(), [0, 0]);
    }

    #[test]
    fn sizes_keep_their_ratio() {
        let image = |width, height| Raster::zeroed(width, height, 1, 1 << 20).unwrap();
        assert_eq!(within(&image(1000, 500), 100), (100, 50));
        assert_eq!(within(&image(3, 100), 100), (3, 100));
        assert_eq!(within(&image(10_000, 3), 100), (100, 1));
    }
}
