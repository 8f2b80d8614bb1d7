//! One image, whatever it is coded with.

use core::ops::Range;

use bytemill_simd::U8x16;

use super::alpha::Alpha;
use super::vp8::Lossy;
use super::vp8l::Lossless;
use crate::image::Image;
use crate::options::filled;
use crate::{Options, WebpError};

/// Decodes an image, row by row.
pub(super) enum Picture<'a> {
    Lossy(Box<Lossy<'a>>, Option<Alpha<'a>>),
    Lossless {
        image: Box<Lossless<'a>>,
        /// A row as it is handed out.
        row: Vec<u8>,
        height: usize,
        started: bool,
    },
}

impl<'a> Picture<'a> {
    /// `channels` is 3 or 4: of an image that has no alpha 4 shows it as opaque, of one that has 3 leaves it out.
    pub(super) fn new(
        image: &Image<'a>,
        channels: usize,
        options: &Options,
    ) -> Result<Self, WebpError> {
        options.limits.check_pixels(image.width, image.height)?;
        if image.lossless {
            return Ok(Self::Lossless {
                image: Box::new(Lossless::new(
                    image.data,
                    image.width,
                    image.height,
                    &options.limits,
                )?),
                row: filled(0, channels * image.width as usize)?,
                height: image.height as usize,
                started: false,
            });
        }
        let alpha = if channels == 4 { Alpha::new(image, options)? } else { None };
        Ok(Self::Lossy(Box::new(Lossy::new(image, channels, options)?), alpha))
    }

    /// Makes rows available; None at the end.
    pub(super) fn advance(&mut self) -> Result<Option<Range<usize>>, WebpError> {
        match self {
            Self::Lossy(image, _) => image.advance(),
            Self::Lossless { height, started, .. } => {
                let rows = (!*started).then_some(0..*height);
                *started = true;
                Ok(rows)
            }
        }
    }

    /// A row that is available, to be asked for once, and in their order.
    pub(super) fn row(&mut self, y: usize) -> Result<&[u8], WebpError> {
        match self {
            Self::Lossy(image, alpha) => {
                let row = image.row(y);
                if let Some(alpha) = alpha {
                    let (pixels, _) = row.as_chunks_mut::<4>();
                    for (pixel, alpha) in pixels.iter_mut().zip(alpha.row(y)?) {
                        pixel[3] = *alpha;
                    }
                }
                Ok(row)
            }
            Self::Lossless { image, row, .. } => {
                let pixels = image.row(y)?;
                if row.len() == 4 * pixels.len() {
                    let (places, rest) = row.as_chunks_mut::<16>();
                    let (vectors, last) = pixels.as_flattened().as_chunks::<16>();
                    for (place, four) in places.iter_mut().zip(vectors) {
                        U8x16::load(four).swap_even().store(place);
                    }
                    let places = rest.as_chunks_mut::<4>().0.iter_mut();
                    for (place, pixel) in places.zip(last.as_chunks::<4>().0) {
                        let [blue, green, red, alpha] = *pixel;
                        *place = [red, green, blue, alpha];
                    }
                } else {
                    let (places, _) = row.as_chunks_mut::<3>();
                    for (place, [blue, green, red, _]) in places.iter_mut().zip(pixels) {
                        *place = [*red, *green, *blue];
                    }
                }
                Ok(row)
            }
        }
    }
}
