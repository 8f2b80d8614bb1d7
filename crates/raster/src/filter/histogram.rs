//! Medians in constant time (S. Perreault and P. Hébert, Median Filtering in Constant Time, IEEE Trans. Image
//! Processing 16, 2007): a histogram for each column of the square, which moves down row by row, and their sum, which
//! moves across column by column.

use crate::error::RasterError;
use crate::memory::{filled, product};
use crate::raster::Raster;

/// Columns that have a histogram at once, if the square is not larger: 512 bytes each.
const STRIPE: usize = 1024;

/// Counts of a column: as many as a square has rows.
type Column = [u16; 256];

/// Medians of squares.
pub(super) fn columns(image: &Raster, size: usize) -> Result<Raster, RasterError> {
    let width = image.size().0;
    let mut result = image.like(image.channels())?;
    let stripe = STRIPE.max(4 * size);
    let count = product([width.min(stripe + size), 256, 1])?;
    let mut counts = filled(0_u16, count)?;
    for first in (0..width).step_by(stripe) {
        let end = width.min(first + stripe);
        for channel in 0..image.channels() {
            counts.fill(0);
            let (columns, _) = counts.as_chunks_mut::<256>();
            stripe_medians(image, &mut result, channel, [first, end, size], columns);
        }
    }
    Ok(result)
}

/// Columns `first` to `end` of one channel.
fn stripe_medians(
    image: &Raster,
    result: &mut Raster,
    channel: usize,
    [first, end, size]: [usize; 3],
    columns: &mut [Column],
) {
    let (width, height) = image.size();
    let channels = image.channels();
    let (before, after) = (size / 2, size - size / 2);
    // Columns of the image that squares of the stripe reach.
    let (from, to) = (first.saturating_sub(before), width.min(end + after - 1));
    let samples = |y: usize| image.row(y)[channel..].iter().step_by(channels);
    let clamped = |y: usize| y.saturating_sub(before).min(height - 1);
    // The square of row -1, less one row.
    for y in 0..size - 1 {
        for (column, sample) in columns.iter_mut().zip(samples(clamped(y)).skip(from)) {
            column[usize::from(*sample)] += 1;
        }
    }
    let rank = (size * size / 2) as u32;
    for y in 0..height {
        let entering = samples(clamped(y + size - 1)).skip(from);
        for (column, sample) in columns[..to - from].iter_mut().zip(entering) {
            column[usize::from(*sample)] += 1;
        }
        let place = |x: usize| x.saturating_sub(before).clamp(from, to - 1) - from;
        let mut sum = [0_u32; 256];
        for x in first..first + size {
            add(&mut sum, &columns[place(x)]);
        }
        let row = &mut result.row_mut(y)[channel..];
        for x in first..end {
            row[x * channels] = nth(&sum, rank);
            let (leaving, entering) = (&columns[place(x)], &columns[place(x + size)]);
            for ((sum, leaving), entering) in sum.iter_mut().zip(leaving).zip(entering) {
                *sum = *sum + u32::from(*entering) - u32::from(*leaving);
            }
        }
        let leaving = samples(clamped(y)).skip(from);
        for (column, sample) in columns[..to - from].iter_mut().zip(leaving) {
            column[usize::from(*sample)] -= 1;
        }
    }
}

fn add(sum: &mut [u32; 256], column: &Column) {
    for (sum, count) in sum.iter_mut().zip(column) {
        *sum += u32::from(*count);
    }
}

/// The sample that `rank` others come before.
fn nth(counts: &[u32; 256], rank: u32) -> u8 {
    let mut left = rank;
    let mut start = 0;
    for sixteen in counts.as_chunks::<16>().0 {
        let sum: u32 = sixteen.iter().sum();
        if left < sum {
            break;
        }
        left -= sum;
        start += 16;
    }
    for (i, count) in counts.iter().enumerate().skip(start) {
        if left < *count {
            return i as u8;
        }
        left -= count;
    }
    255
}
