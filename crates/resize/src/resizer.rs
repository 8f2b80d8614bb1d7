//! Rows in, rows out.

use core::fmt;

use crate::axis::{Weights, reserve};
use crate::down::Pair;
use crate::{Axis, Filter, across, down};

/// Why an image cannot be resampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResizeError {
    /// A side has no samples, too many to count, or does not lie in the source.
    Size,
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for ResizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Size => f.write_str("expected sides of 1 to 4294967295 samples"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of a resizer"),
        }
    }
}

impl core::error::Error for ResizeError {}

/// Resamples an image of 1 to 4 interleaved channels.
#[derive(Debug)]
pub struct Resizer {
    channels: usize,
    horizontal: Weights,
    vertical: Weights,
    /// Whether the last row of the result comes first.
    upwards: bool,
    /// The last rows of the source, `vertical.most` of them; row `y` in place `y % most`.
    ring: Vec<u8>,
    /// Bytes of a row of the source.
    len: usize,
    /// Rows taken.
    taken: usize,
    /// Rows handed out.
    made: usize,
    /// A row between the passes, and its channels one after another.
    between: Vec<i16>,
    plane: Vec<i16>,
    /// A row of the result, and one channel of it.
    row: Vec<u8>,
    channel: Vec<u8>,
}

impl Resizer {
    /// Computes the weights and takes the memory that is needed: about six bytes for each sample of a row, one for each
    /// of as many rows as the filter is high, and twelve for each sample of both sides.
    ///
    /// # Errors
    ///
    /// [`ResizeError`].
    pub fn new(
        horizontal: &Axis,
        vertical: &Axis,
        channels: usize,
        filter: Filter,
    ) -> Result<Self, ResizeError> {
        if !(1..=4).contains(&channels) {
            return Err(ResizeError::Size);
        }
        let len = horizontal.source.checked_mul(channels).ok_or(ResizeError::Size)?;
        let upwards = vertical.step < 0.0;
        let (horizontal, vertical) =
            (Weights::new(horizontal, filter)?, Weights::new(vertical, filter)?);
        let ring = len.checked_mul(vertical.most).ok_or(ResizeError::Size)?;
        let target = horizontal.spans.len();
        // Weights of zero meet the padding.
        let padded = len / channels + horizontal.stride;
        let planes = padded.checked_mul(channels).ok_or(ResizeError::Size)?;
        Ok(Self {
            ring: zeroed(ring)?,
            between: zeroed(if channels == 1 { padded } else { len })?,
            plane: if channels == 1 { Vec::new() } else { zeroed(planes)? },
            row: zeroed(target.checked_mul(channels).ok_or(ResizeError::Size)?)?,
            channel: if channels == 1 { Vec::new() } else { zeroed(target)? },
            channels,
            horizontal,
            vertical,
            upwards,
            len,
            taken: 0,
            made: 0,
        })
    }

    /// Takes the next row of the source; `each` gets the number and the bytes of every row of the result that this
    /// completes. A row that is too short counts as zeros behind its end.
    ///
    /// # Errors
    ///
    /// Those of `each`.
    pub fn push<E>(
        &mut self,
        row: &[u8],
        mut each: impl FnMut(usize, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let rows = self.vertical.spans.len();
        if self.made == rows {
            return Ok(());
        }
        let at = self.taken % self.vertical.most * self.len;
        let (kept, missing) = self.ring[at..at + self.len].split_at_mut(row.len().min(self.len));
        kept.copy_from_slice(&row[..kept.len()]);
        missing.fill(0);
        self.taken += 1;
        while self.made < rows {
            let number = if self.upwards { rows - 1 - self.made } else { self.made };
            let (first, count) = self.vertical.spans[number];
            if (first + count) as usize > self.taken {
                break;
            }
            self.make(number, first as usize, count as usize);
            self.made += 1;
            each(number, &self.row)?;
        }
        Ok(())
    }

    /// Computes a row of the result.
    fn make(&mut self, number: usize, first: usize, count: usize) {
        let Self {
            channels, horizontal, vertical, ring, len, between, plane, row, channel, ..
        } = self;
        let source = |i: usize| {
            let at = (first + i) % vertical.most * *len;
            ring.get(at..at + *len).unwrap_or_default()
        };
        let (weights, _) = vertical.of(number).as_chunks::<2>();
        let pairs = weights.iter().take(count.div_ceil(2)).enumerate().map(|(i, weights)| Pair {
            // The other half of the last pair weighs nothing.
            rows: [source(2 * i), source((2 * i + 1).min(count - 1))],
            weights: *weights,
        });
        let pairs: Vec<Pair<'_>> = pairs.collect();
        down::filter(&pairs, &mut between[..*len]);
        if *channels == 1 {
            across::filter(horizontal, between, row);
            return;
        }
        match channels {
            2 => split::<2>(between, plane),
            3 => split::<3>(between, plane),
            _ => split::<4>(between, plane),
        }
        let len = plane.len() / *channels;
        for (place, plane) in plane.chunks_exact(len).enumerate() {
            across::filter(horizontal, plane, channel);
            for (pixel, value) in row.chunks_exact_mut(*channels).zip(channel.iter()) {
                pixel[place] = *value;
            }
        }
    }
}

/// Channel after channel, each with as much room behind its samples as `planes` has for it.
fn split<const N: usize>(pixels: &[i16], planes: &mut [i16]) {
    let (pixels, _) = pixels.as_chunks::<N>();
    let len = (planes.len() / N).max(1);
    for (place, plane) in planes.chunks_exact_mut(len).enumerate() {
        for (value, pixel) in plane.iter_mut().zip(pixels) {
            *value = pixel[place % N];
        }
    }
}

fn zeroed<T: Copy + Default>(len: usize) -> Result<Vec<T>, ResizeError> {
    let mut data = Vec::new();
    reserve(&mut data, len)?;
    data.resize(len, T::default());
    Ok(data)
}
