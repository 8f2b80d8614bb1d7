//! What literals and copies cost, in 16ths of a bit.

use super::super::error::{EncodeError, filled};
use super::histogram::{BASE, Histogram};
use super::logarithm::log;
use super::matches::MAX_LENGTH;
use super::stream::Cache;
use super::symbols::{distance_code, prefix};

/// Prices by the counts of symbols.
pub(super) struct Prices {
    /// Of literals, summed up from the first pixel on; sums wrap.
    sums: Vec<u32>,
    /// Of lengths, with their extra bits.
    lengths: Vec<u16>,
    /// Of the symbols of distances.
    distances: [u16; 40],
    width: usize,
}

/// Prices of the symbols of an alphabet; what does not occur costs a little more than what occurs once.
fn prices(counts: &[u32]) -> Vec<u16> {
    let total = counts.iter().sum::<u32>().max(1);
    let price = |&count: &u32| {
        let cost = log(total) + 256 - log(2 * count + u32::from(count == 0));
        (cost >> 4) as u16
    };
    counts.iter().map(price).collect()
}

impl Prices {
    /// Of an image whose copies are not known yet: as if there were none.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub(super) fn guess(pixels: &[[u8; 4]], width: usize) -> Result<Self, EncodeError> {
        let mut histogram = Histogram::new(0);
        for &pixel in pixels {
            histogram.literal(pixel);
        }
        let mut all = Self::new(&histogram, pixels, width, 0)?;
        // About as many bits for symbols as they take in most images.
        all.distances = core::array::from_fn(|symbol| if symbol < 6 { 64 } else { 96 });
        all.set_lengths(|_| 112);
        Ok(all)
    }

    /// By the symbols of a first attempt.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub(super) fn new(
        histogram: &Histogram,
        pixels: &[[u8; 4]],
        width: usize,
        cache_bits: u32,
    ) -> Result<Self, EncodeError> {
        let [green, red, blue, alpha, distances] =
            core::array::from_fn(|i| prices(histogram.alphabet(i)));
        let mut sums = filled(0_u32, pixels.len() + 1)?;
        let mut cache = Cache::new(cache_bits);
        let mut sum = 0_u32;
        for (to, &pixel) in sums[1..].iter_mut().zip(pixels) {
            let [b, g, r, a] = pixel.map(usize::from);
            let mut price = green[g] + red[r] + blue[b] + alpha[a];
            if cache_bits > 0 {
                let place = cache.place(pixel);
                if cache.insert(pixel, place) {
                    price = green[BASE + place];
                }
            }
            sum = sum.wrapping_add(u32::from(price));
            *to = sum;
        }
        let mut all = Self { sums, lengths: Vec::new(), distances: [0; 40], width };
        all.distances.copy_from_slice(&distances);
        all.set_lengths(|symbol| green[256 + symbol]);
        Ok(all)
    }

    fn set_lengths(&mut self, of_symbol: impl Fn(usize) -> u16) {
        let price = |length: usize| {
            let (symbol, _, bits) = prefix(length.max(1) as u32);
            of_symbol(symbol) + 16 * bits as u16
        };
        self.lengths = (0..=MAX_LENGTH).map(price).collect();
    }

    /// Of pixels as literals.
    #[inline(always)]
    pub(super) fn literals(&self, from: usize, to: usize) -> u32 {
        self.sums[to].wrapping_sub(self.sums[from])
    }

    #[inline(always)]
    pub(super) fn distance(&self, distance: usize) -> u32 {
        let (symbol, _, bits) = prefix(distance_code(distance, self.width));
        u32::from(self.distances[symbol]) + 16 * bits
    }

    #[inline(always)]
    pub(super) fn length(&self, length: usize) -> u32 {
        u32::from(self.lengths[length])
    }

    /// What a literal costs on the average, in bits.
    pub(super) fn mean(&self) -> u64 {
        let pixels = self.sums.len() as u64 - 1;
        // The sum of a large image wraps; that of its parts does not.
        let parts = self
            .sums
            .chunks(1 << 16)
            .map(|part| u64::from(part[part.len() - 1].wrapping_sub(part[0])));
        parts.sum::<u64>() / (16 * pixels.max(1))
    }
}
