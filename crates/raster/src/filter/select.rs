//! Medians of small squares, sixteen at a time: of half the samples and two more the lowest and the highest cannot be the
//! median; both go, and the next sample takes the place of one, until three are left.

use bytemill_simd::U8x16;

use crate::error::RasterError;
use crate::memory::{filled, product};
use crate::raster::Raster;

/// Largest side. Larger squares are faster by histograms.
const MOST: usize = 7;

/// Samples of the largest square.
const SAMPLES: usize = MOST * MOST;

/// Medians of squares with sides of 2 to [`MOST`].
pub(super) fn small(image: &Raster, size: usize) -> Result<Raster, RasterError> {
    let (width, height) = image.size();
    let (channels, stride) = (image.channels(), image.stride());
    let mut result = image.like(channels)?;
    // Rows with repeated edges, and room for the rest of a vector.
    let padded = product([width + size + 15, channels, 1])?;
    let mut ring = filled(0_u8, product([padded, size, 1])?)?;
    let margin = size / 2 * channels;
    let mut ready = 0;
    for y in 0..height {
        while ready < height.min(y + size - size / 2) {
            let line = &mut ring[ready % size * padded..][..padded];
            line[margin..margin + stride].copy_from_slice(image.row(ready));
            for i in (0..margin).rev() {
                line[i] = line[i + channels];
            }
            for i in margin + stride..padded {
                line[i] = line[i - channels];
            }
            ready += 1;
        }
        let rows: [&[u8]; MOST] = core::array::from_fn(|k| {
            let row = (y + k.min(size - 1)).saturating_sub(size / 2).min(height - 1);
            &ring[row % size * padded..][..padded]
        });
        for (x, to) in (0..).step_by(16).zip(result.row_mut(y).chunks_mut(16)) {
            let mut samples = [U8x16::splat(255); SAMPLES];
            let mut places = samples.iter_mut();
            for row in &rows[..size] {
                for (k, place) in places.by_ref().take(size).enumerate() {
                    let sample = row.get(x + k * channels..).and_then(|rest| rest.first_chunk());
                    *place = sample.map_or(U8x16::splat(0), U8x16::load);
                }
            }
            // Of an even number the upper one is the median with one more above.
            let mut median = [0; 16];
            middle(&mut samples, (size * size) | 1).store(&mut median);
            to.copy_from_slice(&median[..to.len()]);
        }
    }
    Ok(result)
}

/// The median of the first `count`, which is odd and 3 at least.
#[inline(always)]
fn middle(samples: &mut [U8x16; SAMPLES], count: usize) -> U8x16 {
    let mut kept = count / 2 + 2;
    let mut next = kept;
    loop {
        let some = &mut samples[..kept];
        let last = kept - 1;
        for i in 0..kept / 2 {
            sort(some, i, last - i);
        }
        // The lower half has the lowest, the upper half the highest; one in the middle may be either.
        for i in 1..kept.div_ceil(2) {
            sort(some, 0, i);
        }
        for i in kept / 2..last {
            sort(some, i, last);
        }
        if kept == 3 {
            return samples[1];
        }
        samples[0] = samples[next];
        next += 1;
        kept -= 1;
    }
}

#[inline(always)]
fn sort(samples: &mut [U8x16], low: usize, high: usize) {
    let (a, b) = (samples[low], samples[high]);
    samples[low] = a.min(b);
    samples[high] = a.max(b);
}
