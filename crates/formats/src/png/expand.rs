//! Stored samples to those that are handed out: of 8 bits, colours instead of indices, alpha where something is transparent.

use super::stream::Stream;
use crate::FormatError;
use crate::bytes::narrow;
use crate::error::invalid;

/// How the samples of a file are stored.
pub(super) enum Samples {
    /// As they are handed out.
    Plain,
    /// 16 bits, all channels.
    Wide,
    /// Indices of so many bits.
    Indices { depth: u8, colours: Box<[[u8; 4]; 256]> },
    /// Grey of fewer than 8 bits, one of which may be transparent.
    Grey { depth: u8, transparent: Option<u8> },
    /// One colour is transparent: the bytes of a pixel of it.
    Keyed { wide: bool, colour: [u8; 6] },
}

impl Samples {
    /// Of an image whose palette and transparency have been read.
    pub(super) fn of(stream: &Stream<'_>) -> Result<Self, FormatError> {
        let (colour, depth) = stream.samples();
        let key = stream.transparency.unwrap_or_default();
        Ok(match (colour, depth) {
            (3, _) => {
                let palette = stream.palette.ok_or(invalid("a palette"))?;
                Self::Indices { depth, colours: colours(palette, key) }
            }
            // The lower byte says it all.
            (0, 1..8) => Self::Grey { depth, transparent: key.get(1).copied() },
            (0 | 2, _) if stream.transparency.is_some() => {
                let mut colour = [0; 6];
                let bytes = key.iter().skip(usize::from(depth == 8));
                let step = if depth == 8 { 2 } else { 1 };
                colour.iter_mut().zip(bytes.step_by(step)).for_each(|(to, from)| *to = *from);
                Self::Keyed { wide: depth == 16, colour }
            }
            (_, 16) => Self::Wide,
            _ => Self::Plain,
        })
    }

    /// Fills `output`, a row of pixels of so many channels, from a row as it is stored.
    pub(super) fn expand(&self, row: &[u8], channels: usize, output: &mut [u8]) {
        match self {
            Self::Plain => output.copy_from_slice(row),
            Self::Wide => {
                for (to, from) in output.iter_mut().zip(row.as_chunks().0) {
                    *to = narrow(u16::from_be_bytes(*from));
                }
            }
            Self::Indices { depth, colours } => {
                if channels == 4 {
                    let mut pixels = output.as_chunks_mut().0.iter_mut();
                    each(row, *depth, |index| {
                        pixels.next().map(|pixel| *pixel = colours[usize::from(index)]).is_some()
                    });
                } else {
                    let mut pixels = output.as_chunks_mut().0.iter_mut();
                    each(row, *depth, |index| {
                        let [r, g, b, _] = colours[usize::from(index)];
                        pixels.next().map(|pixel| *pixel = [r, g, b]).is_some()
                    });
                }
            }
            Self::Grey { depth, transparent } => {
                let factor = 255 / ((1 << depth) - 1);
                let mut pixels = output.chunks_exact_mut(channels);
                each(row, *depth, |sample| {
                    let Some(pixel) = pixels.next() else { return false };
                    pixel[0] = sample * factor;
                    if let Some(alpha) = pixel.get_mut(1) {
                        *alpha = if Some(sample) == *transparent { 0 } else { 255 };
                    }
                    true
                });
            }
            Self::Keyed { wide, colour } => {
                let samples = channels - 1;
                let bytes = if *wide { 2 * samples } else { samples };
                for (to, from) in output.chunks_exact_mut(channels).zip(row.chunks_exact(bytes)) {
                    if *wide {
                        for (to, from) in to.iter_mut().zip(from.as_chunks().0) {
                            *to = narrow(u16::from_be_bytes(*from));
                        }
                    } else {
                        to[..samples].copy_from_slice(from);
                    }
                    to[samples] = if *from == colour[..bytes] { 0 } else { 255 };
                }
            }
        }
    }
}

/// Colours by index; black where there is none.
fn colours(palette: &[u8], alphas: &[u8]) -> Box<[[u8; 4]; 256]> {
    let mut colours = Box::new([[0, 0, 0, 255]; 256]);
    let palette = palette.as_chunks().0;
    for (colour, [r, g, b]) in colours.iter_mut().zip(palette) {
        *colour = [*r, *g, *b, 255];
    }
    // More alphas than colours are a mistake, and passed over.
    if alphas.len() <= palette.len() {
        colours.iter_mut().zip(alphas).for_each(|(colour, alpha)| colour[3] = *alpha);
    }
    colours
}

/// Hands out samples of up to 8 bits until nobody wants more.
#[inline(always)]
fn each(row: &[u8], depth: u8, mut sample: impl FnMut(u8) -> bool) {
    if depth == 8 {
        row.iter().all(|byte| sample(*byte));
        return;
    }
    let mask = (1 << depth) - 1;
    for byte in row {
        let mut shift = 8;
        while shift > 0 {
            shift -= depth;
            if !sample(byte >> shift & mask) {
                return;
            }
        }
    }
}
