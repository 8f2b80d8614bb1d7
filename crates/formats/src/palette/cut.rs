//! A palette by cutting the space of colours: Heckbert's median cut, with the box of the largest squared error cut next,
//! at the mean of its longest side, as Wan, Wong and Prusinkiewicz do.

use super::histogram::{Bin, Histogram, unpremultiply};
use crate::FormatError;
use crate::bytes::sort;

/// A part of the colours: bins from one to another.
struct Box {
    start: usize,
    end: usize,
    /// Sums over its pixels.
    whole: Bin,
    /// The channel of the largest squared error, and that error over all channels.
    channel: usize,
    error: u64,
}

/// What a level of red, green, blue and alpha is worth: green is seen best, alpha shows everywhere.
pub(super) const WEIGHTS: [u64; 4] = [3, 4, 2, 5];

impl Box {
    fn new(bins: &[Bin], start: usize, end: usize) -> Self {
        let mut whole = Bin::default();
        for bin in &bins[start..end] {
            whole.count += bin.count;
            for (sum, part) in whole.sums.iter_mut().zip(bin.sums) {
                *sum += part;
            }
        }
        let mean = whole.mean();
        let mut errors = [0_u64; 4];
        for bin in &bins[start..end] {
            for (channel, own) in bin.mean().iter().enumerate() {
                let distance = own.abs_diff(mean[channel]);
                let error =
                    ((distance * distance) >> 8).saturating_mul(bin.count * WEIGHTS[channel]);
                errors[channel] = errors[channel].saturating_add(error);
            }
        }
        let mut channel = 0;
        for other in 1..4 {
            if errors[other] > errors[channel] {
                channel = other;
            }
        }
        let error = errors.iter().fold(0, |sum: u64, error| sum.saturating_add(*error));
        Self { start, end, whole, channel, error }
    }
}

/// The colours of at most `colours` boxes.
pub(super) fn palette(histogram: &Histogram, colours: usize) -> Result<Vec<[u8; 4]>, FormatError> {
    let mut bins = Vec::new();
    let bytes = size_of_val(&histogram.bins[..]);
    bins.try_reserve_exact(histogram.bins.len()).map_err(|_| FormatError::OutOfMemory { bytes })?;
    bins.extend_from_slice(&histogram.bins);
    let mut boxes = Vec::with_capacity(colours);
    boxes.push(Box::new(&bins, 0, bins.len()));
    while boxes.len() < colours {
        let mut worst = 0;
        for (number, candidate) in boxes.iter().enumerate() {
            if candidate.error > boxes[worst].error {
                worst = number;
            }
        }
        let Box { start, end, channel, error, ref whole } = boxes[worst];
        if error == 0 {
            break;
        }
        let mean = whole.mean()[channel];
        let middle = start + partition(&mut bins[start..end], channel, mean);
        if middle == start || middle == end {
            // Rounding: all of it is on one side. It is not looked at again.
            boxes[worst].error = 0;
            continue;
        }
        boxes[worst] = Box::new(&bins, start, middle);
        boxes.push(Box::new(&bins, middle, end));
    }
    let colour = |part: &Box| {
        unpremultiply(part.whole.mean().map(|mean| ((mean.cast_unsigned() + 128) >> 8) as u8))
    };
    let mut palette: Vec<[u8; 4]> = boxes.iter().map(colour).collect();
    sort(&mut palette, |colour| u32::from_be_bytes(*colour));
    palette.dedup();
    Ok(palette)
}

/// Brings the bins that are not above the mean to the front; how many there are.
fn partition(bins: &mut [Bin], channel: usize, mean: i64) -> usize {
    let mut front = 0;
    for at in 0..bins.len() {
        if bins[at].mean()[channel] <= mean {
            bins.swap(at, front);
            front += 1;
        }
    }
    front
}
