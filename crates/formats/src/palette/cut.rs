//! A palette by cutting the space of colours: Heckbert's median cut, with the box of the largest squared error cut next,
//! at the mean of its longest side, as Wan, Wong and Prusinkiewicz do.

use super::histogram::{Histogram, unpremultiply};
use crate::FormatError;
use crate::bytes::sort;

/// A bin's pixels and their mean colour, in 16ths of a level.
#[derive(Clone, Copy)]
struct Cell {
    count: u32,
    mean: [u16; 4],
}

/// A part of the colours: cells from one to another.
struct Box {
    start: usize,
    end: usize,
    /// The mean colour of its pixels.
    mean: [u16; 4],
    /// The channel of the largest squared error, and that error over all channels.
    channel: usize,
    error: u64,
}

/// What a level of red, green, blue and alpha is worth: green is seen best, alpha shows everywhere.
pub(super) const WEIGHTS: [u64; 4] = [3, 4, 2, 5];

impl Box {
    fn new(cells: &[Cell], start: usize, end: usize) -> Self {
        let (mut count, mut sums) = (0, [0_u64; 4]);
        for cell in &cells[start..end] {
            count += u64::from(cell.count);
            for (sum, mean) in sums.iter_mut().zip(cell.mean) {
                *sum += u64::from(cell.count) * u64::from(mean);
            }
        }
        let mean = sums.map(|sum| ((sum + count / 2) / count.max(1)) as u16);
        // At most 2^24 for each of 2^32 pixels.
        let mut errors = [0_u64; 4];
        for cell in &cells[start..end] {
            for channel in 0..4 {
                let distance = u64::from(cell.mean[channel].abs_diff(mean[channel]));
                errors[channel] += distance * distance * u64::from(cell.count);
            }
        }
        let mut channel = 0;
        for other in 0..4 {
            errors[other] = errors[other].saturating_mul(WEIGHTS[other]);
            if errors[other] > errors[channel] {
                channel = other;
            }
        }
        let error = errors.iter().fold(0, |sum: u64, error| sum.saturating_add(*error));
        Self { start, end, mean, channel, error }
    }
}

/// The colours of at most `colours` boxes.
pub(super) fn palette(histogram: &Histogram, colours: usize) -> Result<Vec<[u8; 4]>, FormatError> {
    let mut cells = Vec::new();
    let count = histogram.bins.len();
    let bytes = count * size_of::<Cell>();
    cells.try_reserve_exact(count).map_err(|_| FormatError::OutOfMemory { bytes })?;
    cells.extend(histogram.bins.iter().map(|bin| Cell { count: bin.count, mean: bin.mean() }));
    let mut boxes = Vec::with_capacity(colours);
    boxes.push(Box::new(&cells, 0, count));
    while boxes.len() < colours {
        let mut worst = 0;
        for (number, candidate) in boxes.iter().enumerate() {
            if candidate.error > boxes[worst].error {
                worst = number;
            }
        }
        let Box { start, end, mean, channel, error } = boxes[worst];
        if error == 0 {
            break;
        }
        let middle = start + partition(&mut cells[start..end], channel, mean[channel]);
        if middle == start || middle == end {
            // Rounding: all of it is on one side. It is not looked at again.
            boxes[worst].error = 0;
            continue;
        }
        boxes[worst] = Box::new(&cells, start, middle);
        boxes.push(Box::new(&cells, middle, end));
    }
    let colour = |part: &Box| unpremultiply(part.mean.map(|mean| ((mean + 8) >> 4) as u8));
    let mut palette: Vec<[u8; 4]> = boxes.iter().map(colour).collect();
    sort(&mut palette, |colour| u32::from_be_bytes(*colour));
    palette.dedup();
    Ok(palette)
}

/// Brings the cells that are not above the mean to the front; how many there are.
fn partition(cells: &mut [Cell], channel: usize, mean: u16) -> usize {
    let mut front = 0;
    for at in 0..cells.len() {
        if cells[at].mean[channel] <= mean {
            cells.swap(at, front);
            front += 1;
        }
    }
    front
}
