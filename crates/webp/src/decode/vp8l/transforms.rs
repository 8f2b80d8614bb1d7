//! Transforms of lossless images (RFC 9649, section 4), undone one row at a time.

use super::bits::BitReader;
use super::pixels::{Pixel, decode_image};
use super::predictor::{add, predict_first_row, predict_row};
use crate::WebpError;
use crate::error::invalid;
use crate::options::{Limits, filled};

/// What was done to an image.
enum Transform {
    /// Squares of `1 << bits` pixels have a mode each.
    Predictor {
        bits: u32,
        width: usize,
        modes: Vec<Pixel>,
    },
    /// Squares have multipliers each.
    Colour {
        bits: u32,
        width: usize,
        multipliers: Vec<Pixel>,
    },
    SubtractGreen,
    /// Up to `1 << bits` indices of `width` pixels lie in the green of one.
    Palette {
        bits: u32,
        width: usize,
        colours: Box<[Pixel; 256]>,
    },
}

/// All of them, in the order in which they are stored; the last is undone first.
pub(super) struct Transforms {
    list: Vec<Transform>,
    /// The row above, as the predictor left it, and a pixel more.
    above: Vec<Pixel>,
    /// Pixels in a row of the image as it is coded.
    pub(super) width: usize,
}

impl Transforms {
    /// Reads them, for an image of that size.
    pub(super) fn read(
        bits: &mut BitReader<'_>,
        width: usize,
        height: usize,
        limits: &Limits,
    ) -> Result<Self, WebpError> {
        let mut transforms = Self { list: Vec::new(), above: Vec::new(), width };
        let mut seen = 0;
        while bits.flag() {
            let kind = bits.number(2);
            if seen >> kind & 1 != 0 {
                return Err(invalid("each transform once"));
            }
            seen |= 1 << kind;
            let width = transforms.width;
            let transform = match kind {
                0 | 1 => {
                    let side = bits.number(3) + 2;
                    let squares = width.div_ceil(1 << side);
                    let data = decode_image(bits, squares, height.div_ceil(1 << side), limits)?;
                    if kind == 0 {
                        transforms.above = filled([0; 4], width + 1)?;
                        Transform::Predictor { bits: side, width: squares, modes: data }
                    } else {
                        Transform::Colour { bits: side, width: squares, multipliers: data }
                    }
                }
                2 => Transform::SubtractGreen,
                _ => {
                    let transform = read_palette(bits, width, limits)?;
                    if let Transform::Palette { bits, width, .. } = &transform {
                        transforms.width = width.div_ceil(1 << bits);
                    }
                    transform
                }
            };
            transforms.list.push(transform);
        }
        Ok(transforms)
    }

    /// Undoes them in a row that has room for the pixels of the image, and of whose pixels as coded the first are set.
    pub(super) fn undo(&mut self, row: &mut [Pixel], y: usize) {
        let mut coded = self.width;
        for transform in self.list.iter().rev() {
            match transform {
                Transform::Predictor { bits, width, modes } => {
                    let row = &mut row[..coded];
                    if y == 0 {
                        predict_first_row(row);
                    } else {
                        let modes = modes.get((y >> bits) * width..).unwrap_or_default();
                        predict_row(row, &mut self.above, modes, *bits);
                    }
                    self.above[..coded].copy_from_slice(row);
                }
                Transform::Colour { bits, width, multipliers } => {
                    let multipliers = multipliers.get((y >> bits) * width..).unwrap_or_default();
                    let squares = row[..coded].chunks_mut(1 << bits);
                    for (square, multipliers) in squares.zip(multipliers) {
                        for pixel in square {
                            undo_colour(pixel, *multipliers);
                        }
                    }
                }
                Transform::SubtractGreen => {
                    for pixel in &mut row[..coded] {
                        let green = u32::from(pixel[1]);
                        *pixel = add(*pixel, (green << 16 | green).to_le_bytes());
                    }
                }
                Transform::Palette { bits, width, colours } => {
                    look_up(&mut row[..*width], coded, *bits, colours);
                    coded = *width;
                }
            }
        }
    }
}

/// Colours of a palette (section 4.4); those past its end are transparent black.
fn read_palette(
    bits: &mut BitReader<'_>,
    width: usize,
    limits: &Limits,
) -> Result<Transform, WebpError> {
    let count = bits.number(8) as usize + 1;
    let packed = match count {
        0..=2 => 3,
        3..=4 => 2,
        5..=16 => 1,
        _ => 0,
    };
    let differences = decode_image(bits, count, 1, limits)?;
    let mut colours = Box::new([[0; 4]; 256]);
    let mut last = [0; 4];
    for (colour, difference) in colours.iter_mut().zip(differences) {
        last = add(last, difference);
        *colour = last;
    }
    Ok(Transform::Palette { bits: packed, width, colours })
}

/// Indices to colours, from the last to the first: pixels become more.
fn look_up(row: &mut [Pixel], coded: usize, bits: u32, colours: &[Pixel; 256]) {
    if bits == 0 {
        for pixel in row {
            *pixel = colours[usize::from(pixel[1])];
        }
        return;
    }
    let (depth, count) = (8 >> bits, 1 << bits);
    let mask = (1 << depth) - 1;
    for x in (0..coded).rev() {
        let packed = row[x][1];
        let end = row.len().min((x + 1) * count);
        for (i, pixel) in row[x * count..end].iter_mut().enumerate() {
            *pixel = colours[usize::from(packed >> (depth * i) & mask)];
        }
    }
}

/// The inverse colour transform (section 4.2).
#[inline(always)]
fn undo_colour(pixel: &mut Pixel, [green_to_red, green_to_blue, red_to_blue, _]: Pixel) {
    let delta = |multiplier: u8, channel: u8| {
        ((i16::from(multiplier.cast_signed()) * i16::from(channel.cast_signed())) >> 5) as u8
    };
    let [blue, green, red, _] = *pixel;
    let red = red.wrapping_add(delta(green_to_red, green));
    pixel[2] = red;
    pixel[0] = blue.wrapping_add(delta(green_to_blue, green)).wrapping_add(delta(red_to_blue, red));
}
