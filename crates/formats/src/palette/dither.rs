//! Error diffusion by Floyd and Steinberg, rows in turns from left and right.

use super::histogram::premultiply;
use super::nearest::Nearest;
use super::table;
use crate::sink::rgba;
use crate::{FormatError, Image};

/// Sixteenths of a level, for each channel.
type Errors = [i32; 4];

pub(super) fn dither(
    image: &Image<'_>,
    palette: &[[u8; 4]],
    nearest: &mut Nearest,
    indices: &mut Vec<u8>,
) -> Result<(), FormatError> {
    let width = image.width;
    // A place more on either side.
    let (mut here, mut below): (Vec<Errors>, Vec<Errors>) = (table(width + 2)?, table(width + 2)?);
    for (y, row) in image.rows().enumerate() {
        let start = indices.len();
        indices.resize(start + width, 0);
        let right = y % 2 == 0;
        for step in 0..width {
            let x = if right { step } else { width - 1 - step };
            let pixel = &row[x * image.channels..(x + 1) * image.channels];
            let colour = premultiply(rgba(pixel));
            // What cannot be seen stays so, and neither takes nor spreads errors.
            if colour[3] == 0 {
                indices[start + x] = nearest.index(colour);
                continue;
            }
            let mut wanted = colour;
            for (sample, error) in wanted.iter_mut().zip(here[x + 1]) {
                let moved = i32::from(*sample) + ((error + 8) >> 4);
                *sample = moved.clamp(0, 255).cast_unsigned() as u8;
            }
            // What is opaque stays so, and no colour is lighter than its alpha.
            if colour[3] == 255 {
                wanted[3] = 255;
            }
            let alpha = wanted[3];
            wanted = wanted.map(|sample| sample.min(alpha));
            let index = nearest.index(wanted);
            indices[start + x] = index;
            let got = premultiply(palette[usize::from(index)]);
            let (ahead, behind) = if right { (x + 2, x) } else { (x, x + 2) };
            for channel in 0..4 {
                let error = i32::from(wanted[channel]) - i32::from(got[channel]);
                here[ahead][channel] += error * 7;
                below[behind][channel] += error * 3;
                below[x + 1][channel] += error * 5;
                below[ahead][channel] += error;
            }
        }
        core::mem::swap(&mut here, &mut below);
        below.fill([0; 4]);
    }
    Ok(())
}
