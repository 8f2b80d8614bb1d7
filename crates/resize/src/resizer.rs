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
    /// The last rows of the source, two and two: rows `2y` and `2y + 1` in place `y % slots`.
    ring: Vec<u8>,
    slots: usize,
    /// The row that waits for its other half.
    above: Vec<u8>,
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
    /// Computes the weights and takes the memory that is needed: about seven bytes for each sample of a row, one for
    /// each of as many rows as the filter is high and two more, and twelve for each sample of both sides.
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
        let upwards = vertical.step < 0.0;
        let horizontal = Weights::new(horizontal, filter)?;
        let vertical = Weights::new(vertical, filter)?;
        Self::with(horizontal, vertical, upwards, channels)
    }

    /// One for another image of the same size, which takes no time for weights.
    ///
    /// # Errors
    ///
    /// [`ResizeError::OutOfMemory`].
    pub fn another(&self) -> Result<Self, ResizeError> {
        let (horizontal, vertical) = (self.horizontal.try_clone()?, self.vertical.try_clone()?);
        Self::with(horizontal, vertical, self.upwards, self.channels)
    }

    fn with(
        horizontal: Weights,
        vertical: Weights,
        upwards: bool,
        channels: usize,
    ) -> Result<Self, ResizeError> {
        let len = horizontal.source.checked_mul(channels).ok_or(ResizeError::Size)?;
        // A filter may begin in the middle of two rows.
        let slots = vertical.most / 2 + 1;
        let ring = len.checked_mul(2 * slots).ok_or(ResizeError::Size)?;
        let target = horizontal.spans.len();
        // Weights of zero meet the padding.
        let padded = len / channels + horizontal.stride;
        let planes = padded.checked_mul(channels).ok_or(ResizeError::Size)?;
        Ok(Self {
            ring: zeroed(ring)?,
            slots,
            above: zeroed(len)?,
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
        self.take(row);
        // The last row may have no other.
        let paired = if self.taken == self.vertical.source { self.taken } else { self.taken & !1 };
        while self.made < rows {
            let number = if self.upwards { rows - 1 - self.made } else { self.made };
            let (first, count) = self.vertical.spans[number];
            if (first + count) as usize > paired {
                break;
            }
            self.make(number, first as usize, count as usize);
            self.made += 1;
            each(number, &self.row)?;
        }
        Ok(())
    }

    /// Keeps a row: beside the one above it, or until its other half comes.
    fn take(&mut self, row: &[u8]) {
        let (len, number) = (self.len, self.taken);
        self.taken += 1;
        let row = &row[..row.len().min(len)];
        let at = number / 2 % self.slots * 2 * len;
        let Some(place) = self.ring.get_mut(at..at + 2 * len) else { return };
        if number.is_multiple_of(2) {
            let (kept, missing) = self.above.split_at_mut(row.len());
            kept.copy_from_slice(row);
            missing.fill(0);
            if self.taken == self.vertical.source {
                // Its other half weighs nothing.
                down::interleave(&self.above, &self.above, place);
            }
        } else if row.len() == len {
            down::interleave(&self.above, row, place);
        } else {
            let mut whole = vec![0; len];
            whole[..row.len()].copy_from_slice(row);
            down::interleave(&self.above, &whole, place);
        }
    }

    /// Computes a row of the result.
    fn make(&mut self, number: usize, first: usize, count: usize) {
        let Self {
            channels,
            horizontal,
            vertical,
            ring,
            slots,
            len,
            between,
            plane,
            row,
            channel,
            ..
        } = self;
        let weights = vertical.of(number);
        // Of a row that the filter does not reach: nothing.
        let weight = |y: usize| {
            y.checked_sub(first).and_then(|at| weights.get(at)).copied().unwrap_or_default()
        };
        let pairs = (first / 2..(first + count).div_ceil(2)).map(|y| {
            let at = y % *slots * 2 * *len;
            let rows = ring.get(at..at + 2 * *len).unwrap_or_default();
            Pair { rows, weights: [weight(2 * y), weight(2 * y + 1)] }
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
