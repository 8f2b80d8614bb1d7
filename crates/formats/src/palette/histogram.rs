//! How often colours occur, in bins of neighbouring ones.

use super::table;
use crate::{FormatError, Image};

/// Colours that are in one bin.
#[derive(Clone, Copy, Default)]
pub(super) struct Bin {
    pub(super) count: u64,
    /// Sums of red, green, blue and alpha.
    pub(super) sums: [u64; 4],
}

impl Bin {
    /// The mean colour, in 256ths of a level.
    pub(super) fn mean(&self) -> [i64; 4] {
        self.sums.map(|sum| ((sum * 256 + self.count / 2) / self.count.max(1)).cast_signed())
    }
}

/// The bins that are not empty.
pub(super) struct Histogram {
    pub(super) bins: Vec<Bin>,
    /// Whether there are pixels that cannot be seen; they are in no bin.
    pub(super) clear: bool,
    shifts: Shifts,
}

/// How a colour's bin is found: by how many bits of each sample, 18 in all.
#[derive(Clone, Copy)]
pub(super) struct Shifts([u32; 4]);

/// Bins.
pub(super) const PLACES: usize = 1 << 18;

impl Shifts {
    /// 6 bits of each colour; 5 and 3 of alpha where there is alpha.
    fn of(image: &Image<'_>) -> Self {
        Self(if image.has_alpha() { [5, 5, 5, 3] } else { [6, 6, 6, 0] })
    }

    pub(super) fn bin(self, colour: [u8; 4]) -> usize {
        self.0
            .iter()
            .zip(colour)
            .fold(0, |bin, (bits, sample)| bin << bits | usize::from(sample) >> (8 - bits))
    }
}

impl Histogram {
    pub(super) fn new(image: &Image<'_>) -> Result<Self, FormatError> {
        let shifts = Shifts::of(image);
        // Number of a bin, and one more.
        let mut numbers: Vec<u32> = table(PLACES)?;
        let mut bins: Vec<Bin> = Vec::new();
        let mut clear = false;
        for pixel in image.pixels.chunks_exact(image.channels) {
            let colour = image.rgba(pixel);
            if colour[3] == 0 {
                clear = true;
                continue;
            }
            let place = shifts.bin(colour);
            if numbers[place] == 0 {
                let bytes = size_of::<Bin>();
                bins.try_reserve(1).map_err(|_| FormatError::OutOfMemory { bytes })?;
                bins.push(Bin::default());
                numbers[place] = bins.len() as u32;
            }
            let bin = &mut bins[numbers[place] as usize - 1];
            bin.count += 1;
            for (sum, sample) in bin.sums.iter_mut().zip(colour) {
                *sum += u64::from(sample);
            }
        }
        Ok(Self { bins, clear, shifts })
    }

    pub(super) fn shifts(&self) -> Shifts {
        self.shifts
    }
}
