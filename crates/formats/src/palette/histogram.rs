//! How often colours occur, in bins of neighbouring ones.

use super::table;
use crate::sink::rgba;
use crate::{FormatError, Image};

/// Colours that are in one bin.
#[derive(Clone, Copy, Default)]
pub(super) struct Bin {
    pub(super) count: u32,
    /// Sums of red, green, blue and alpha, alpha multiplied in.
    sums: [u64; 4],
}

impl Bin {
    /// The mean colour, in 16ths of a level.
    pub(super) fn mean(&self) -> [u16; 4] {
        let count = u64::from(self.count.max(1));
        self.sums.map(|sum| ((sum * 16 + count / 2) / count) as u16)
    }
}

/// The bins that are not empty.
pub(super) struct Histogram {
    pub(super) bins: Vec<Bin>,
    /// Whether there are pixels that cannot be seen; they are in no bin.
    pub(super) clear: bool,
}

/// Bits of red, green, blue and alpha that make the number of a bin: at most 19.
fn bits(channels: usize) -> [u32; 4] {
    match channels {
        1 => [8, 0, 0, 0],
        2 => [8, 0, 0, 8],
        3 => [6, 6, 6, 0],
        _ => [5, 5, 4, 5],
    }
}

/// Colours as they show: multiplied by alpha. In these numbers distances are those that are seen.
pub(super) fn premultiply([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    if a == 255 {
        return [r, g, b, a];
    }
    let shown = |sample: u8| ((u32::from(sample) * u32::from(a) + 127) / 255) as u8;
    [shown(r), shown(g), shown(b), a]
}

/// The way back, as far as there is one.
pub(super) fn unpremultiply([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    if a == 0 || a == 255 {
        return if a == 0 { [0; 4] } else { [r, g, b, a] };
    }
    let alpha = u32::from(a);
    let own = |sample: u8| ((u32::from(sample) * 255 + alpha / 2) / alpha).min(255) as u8;
    [own(r), own(g), own(b), a]
}

impl Histogram {
    pub(super) fn new(image: &Image<'_>) -> Result<Self, FormatError> {
        let bits = bits(image.channels);
        // Number of a bin, and one more.
        let mut numbers: Vec<u32> = table(1 << bits.iter().sum::<u32>())?;
        let mut bins: Vec<Bin> = Vec::new();
        let mut clear = false;
        for pixel in image.pixels.chunks_exact(image.channels) {
            let colour = premultiply(rgba(pixel));
            if colour[3] == 0 {
                clear = true;
                continue;
            }
            let place = bits
                .iter()
                .zip(colour)
                .fold(0, |place, (bits, sample)| place << bits | usize::from(sample) >> (8 - bits));
            if numbers[place] == 0 {
                let bytes = size_of::<Bin>();
                bins.try_reserve(1).map_err(|_| FormatError::OutOfMemory { bytes })?;
                bins.push(Bin::default());
                numbers[place] = bins.len() as u32;
            }
            let bin = &mut bins[numbers[place] as usize - 1];
            bin.count = bin.count.saturating_add(1);
            for (sum, sample) in bin.sums.iter_mut().zip(colour) {
                *sum += u64::from(sample);
            }
        }
        Ok(Self { bins, clear })
    }
}
