//! Rows of a bitmap.

use super::parse::{Bitmap, Kind};
use super::rle;
use crate::bytes::zeroed;
use crate::decoder::Each;
use crate::{FormatError, Options};

pub(crate) fn rows(file: &[u8], options: &Options, each: &mut Each<'_>) -> Result<(), FormatError> {
    let bitmap = Bitmap::read(file)?;
    let channels = if bitmap.alpha { 4 } else { 3 };
    bitmap.rows(file, channels, options, each)
}

impl Bitmap {
    /// Hands out rows of 3 or 4 channels.
    pub(crate) fn rows(
        &self,
        file: &[u8],
        channels: usize,
        options: &Options,
        each: &mut Each<'_>,
    ) -> Result<(), FormatError> {
        let row_bytes = u64::from(self.width) * channels as u64;
        if self.kind == Kind::Runs {
            let bytes = row_bytes * u64::from(self.height);
            options.limits.memory(bytes)?;
            let mut image = zeroed(bytes)?;
            if channels == 4 {
                image.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 255);
            }
            options.forgive(rle::decode(self, file, channels, &mut image))?;
            return image
                .chunks_exact(row_bytes as usize)
                .enumerate()
                .try_for_each(|(y, row)| each(y, row));
        }
        options.limits.memory(row_bytes)?;
        let mut row = zeroed(row_bytes)?;
        for y in 0..self.height {
            let stored = if self.top_down { y } else { self.height - 1 - y };
            let at = u64::from(stored) * self.stride() + self.data as u64;
            let pixels = usize::try_from(at).ok().and_then(|at| file.get(at..)).unwrap_or_default();
            let bytes = (u64::from(self.width) * u64::from(self.bits)).div_ceil(8);
            if pixels.len() as u64 >= bytes {
                self.convert(pixels, channels, &mut row);
            } else {
                options.forgive(Err(FormatError::Truncated))?;
                row.fill(0);
            }
            each(y as usize, &row)?;
        }
        Ok(())
    }

    /// Bytes from one row to the next.
    pub(crate) fn stride(&self) -> u64 {
        (u64::from(self.width) * u64::from(self.bits)).div_ceil(32) * 4
    }

    /// A row's pixels, all of which are there.
    fn convert(&self, stored: &[u8], channels: usize, row: &mut [u8]) {
        let targets = row.chunks_exact_mut(channels);
        match self.kind {
            Kind::Masks(_) if self.bits == 24 && channels == 3 => {
                for (target, [b, g, r]) in
                    row.as_chunks_mut().0.iter_mut().zip(stored.as_chunks().0)
                {
                    *target = [*r, *g, *b];
                }
            }
            Kind::Masks(masks) => {
                let bytes = self.bits as usize / 8;
                for (target, pixel) in targets.zip(stored.chunks_exact(bytes)) {
                    let mut number = [0; 4];
                    number[..bytes].copy_from_slice(pixel);
                    let number = u32::from_le_bytes(number);
                    for (sample, mask) in target.iter_mut().zip(masks) {
                        *sample = mask.of(number);
                    }
                    if !self.alpha && channels == 4 {
                        target[3] = 255;
                    }
                }
            }
            Kind::Palette | Kind::Runs => {
                let bits = self.bits as usize;
                let mask = ((1_u32 << bits) - 1) as u8;
                for (x, target) in targets.enumerate() {
                    let shift = 8 - bits - x * bits % 8;
                    let index = stored[x * bits / 8] >> shift & mask;
                    self.colour(index, target);
                }
            }
        }
    }

    /// Sets a pixel to a colour of the palette; black where it has none.
    pub(super) fn colour(&self, index: u8, target: &mut [u8]) {
        let colour = self.palette.get(usize::from(index)).copied().unwrap_or_default();
        target[..3].copy_from_slice(&colour);
        if let Some(alpha) = target.get_mut(3) {
            *alpha = 255;
        }
    }
}
