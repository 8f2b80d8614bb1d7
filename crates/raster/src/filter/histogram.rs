//! Medians in constant time (S. Perreault and P. Hébert, Median Filtering in Constant Time, IEEE Trans. Image
//! Processing 16, 2007): a histogram for each column of the square, which moves down row by row, and their sum, which
//! moves across column by column. Of the sum only counts of 16 ranges are kept up to date, and of single values those of
//! the range that the median is in.

use crate::error::RasterError;
use crate::memory::filled;
use crate::raster::Raster;

/// Columns that have a histogram at once, if the square is not larger: 544 bytes each.
const STRIPE: usize = 1024;

/// Counts of a column, at most as many as a square has rows: of ranges of 16 values, and of values.
#[derive(Clone, Copy)]
struct Column {
    ranges: [u16; 16],
    values: [[u16; 16]; 16],
}

const EMPTY: Column = Column { ranges: [0; 16], values: [[0; 16]; 16] };

impl Column {
    fn enter(&mut self, sample: u8) {
        let (range, value) = (usize::from(sample >> 4), usize::from(sample & 15));
        self.ranges[range] += 1;
        self.values[range][value] += 1;
    }

    fn leave(&mut self, sample: u8) {
        let (range, value) = (usize::from(sample >> 4), usize::from(sample & 15));
        self.ranges[range] -= 1;
        self.values[range][value] -= 1;
    }
}

/// Sums of the columns of a square.
struct Square {
    ranges: [u32; 16],
    values: [[u32; 16]; 16],
    /// From which column on the values of a range are summed; none are if that is at least a size behind.
    since: [usize; 16],
}

/// Medians of squares.
pub(super) fn columns(image: &Raster, size: usize) -> Result<Raster, RasterError> {
    let width = image.size().0;
    let mut result = image.like(image.channels())?;
    let stripe = STRIPE.max(4 * size);
    let mut columns = filled(EMPTY, width.min(stripe + size))?;
    for first in (0..width).step_by(stripe) {
        let end = width.min(first + stripe);
        for channel in 0..image.channels() {
            columns.fill(EMPTY);
            stripe_medians(image, &mut result, channel, [first, end, size], &mut columns);
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
    let columns = &mut columns[..to - from];
    let samples = |y: usize| image.row(y)[channel..].iter().step_by(channels).skip(from);
    let clamped = |y: usize| y.saturating_sub(before).min(height - 1);
    // The square of row -1, less one row.
    for y in 0..size - 1 {
        for (column, sample) in columns.iter_mut().zip(samples(clamped(y))) {
            column.enter(*sample);
        }
    }
    let rank = (size * size / 2) as u32;
    for y in 0..height {
        for (column, sample) in columns.iter_mut().zip(samples(clamped(y + size - 1))) {
            column.enter(*sample);
        }
        let row = &mut result.row_mut(y)[channel..];
        let place = |x: usize| (x + size).saturating_sub(before + size).clamp(from, to - 1) - from;
        let mut square = Square { ranges: [0; 16], values: [[0; 16]; 16], since: [0; 16] };
        for x in first..first + size {
            add(&mut square.ranges, &columns[place(x)].ranges);
        }
        for x in first..end {
            row[x * channels] = nth(&mut square, rank, x - first + size, size, |at| {
                &columns[place(at + first - size)]
            });
            sub(&mut square.ranges, &columns[place(x)].ranges);
            add(&mut square.ranges, &columns[place(x + size)].ranges);
        }
        for (column, sample) in columns.iter_mut().zip(samples(clamped(y))) {
            column.leave(*sample);
        }
    }
}

fn add(sum: &mut [u32; 16], counts: &[u16; 16]) {
    for (sum, count) in sum.iter_mut().zip(counts) {
        *sum += u32::from(*count);
    }
}

fn sub(sum: &mut [u32; 16], counts: &[u16; 16]) {
    for (sum, count) in sum.iter_mut().zip(counts) {
        *sum -= u32::from(*count);
    }
}

/// The sample that `rank` others come before, in the square whose first column is `at`, which is `size` or more.
fn nth<'a>(
    square: &mut Square,
    rank: u32,
    at: usize,
    size: usize,
    column: impl Fn(usize) -> &'a Column,
) -> u8 {
    let mut left = rank;
    let mut range = 0;
    for count in &square.ranges[..15] {
        if left < *count {
            break;
        }
        left -= count;
        range += 1;
    }
    let (values, since) = (&mut square.values[range], &mut square.since[range]);
    if at - *since < size {
        for x in *since..at {
            sub(values, &column(x).values[range]);
            add(values, &column(x + size).values[range]);
        }
    } else {
        *values = [0; 16];
        for x in at..at + size {
            add(values, &column(x).values[range]);
        }
    }
    *since = at;
    let mut value = 0;
    for count in &values[..15] {
        if left < *count {
            break;
        }
        left -= count;
        value += 1;
    }
    (16 * range + value) as u8
}
