//! Samples to pixels (sections 3 to 6, 16 and 18).

use core::iter;

use super::page::{Alpha, Colour, Page};
use crate::bytes::narrow;
use crate::error::invalid;
use crate::{FormatError, Header};

/// What a row's conversion needs to know.
pub(super) struct Converter {
    colour: Colour,
    alpha: Option<Alpha>,
    samples: usize,
    channels: usize,
    /// Whether samples are what is wanted already.
    same: bool,
    /// Grey levels or colours of samples, where those have at most 8 bits.
    table: Vec<[u8; 3]>,
}

impl Converter {
    pub(super) fn new(page: &Page<'_>, header: &Header) -> Result<Self, FormatError> {
        let bits = page.bits.min(8);
        let last = (1_u32 << bits) - 1;
        let mut table = Vec::new();
        match page.colour {
            Colour::Grey { white_is_zero } => table.extend((0..=last).map(|value| {
                let level = if white_is_zero { last - value } else { value };
                [(level * 255 / last) as u8; 3]
            })),
            Colour::Palette => {
                let map = page.directory.find(320).ok_or(invalid("a TIFF palette"))?;
                let level = |index: u32| map.number(index).unwrap_or(0);
                // Some writers have levels of 8 bits where 16 are asked for.
                let wide = (0..3 << bits).any(|index| level(index) > 255);
                let level = |index: u32| {
                    let level = level(index) as u16;
                    if wide { narrow(level) } else { level as u8 }
                };
                let colour = |value: u32| [0, 1, 2].map(|channel| level((channel << bits) + value));
                table.extend((0..=last).map(colour));
            }
            Colour::Rgb | Colour::Cmyk => {}
        }
        let kind = match page.colour {
            Colour::Grey { white_is_zero } => !white_is_zero && page.bits >= 8,
            colour => colour == Colour::Rgb,
        };
        let channels = u32::from(header.channels);
        Ok(Self {
            same: kind && page.samples == channels && page.alpha != Some(Alpha::Associated),
            colour: page.colour,
            alpha: page.alpha,
            samples: page.samples as usize,
            channels: channels as usize,
            table,
        })
    }

    /// Converts a row of samples.
    pub(super) fn convert(&self, samples: &[u8], row: &mut [u8]) {
        if self.same {
            row.copy_from_slice(samples);
            return;
        }
        let pixels = samples.chunks_exact(self.samples);
        for (pixel, samples) in iter::zip(row.chunks_exact_mut(self.channels), pixels) {
            match (self.colour, samples) {
                (Colour::Grey { .. }, [grey, ..]) => pixel[0] = self.level(*grey)[0],
                (Colour::Palette, [index, ..]) => pixel.copy_from_slice(&self.level(*index)),
                (Colour::Rgb, [r, g, b, ..]) => pixel[..3].copy_from_slice(&[*r, *g, *b]),
                (Colour::Cmyk, [c, m, y, k, ..]) => {
                    pixel.copy_from_slice(&[*c, *m, *y].map(|ink| {
                        // Without a profile: light that neither ink takes.
                        let light = (255 - u32::from(ink)) * (255 - u32::from(*k));
                        ((light + 127) / 255) as u8
                    }));
                }
                _ => {}
            }
            let Some(alpha) = self.alpha else { continue };
            let colours = self.channels - 1;
            let opacity = samples[colours];
            pixel[colours] = opacity;
            if alpha == Alpha::Associated && opacity != 0 {
                for sample in &mut pixel[..colours] {
                    let opacity = u32::from(opacity);
                    *sample = ((u32::from(*sample) * 255 + opacity / 2) / opacity).min(255) as u8;
                }
            }
        }
    }

    fn level(&self, sample: u8) -> [u8; 3] {
        self.table.get(usize::from(sample)).copied().unwrap_or_default()
    }
}
