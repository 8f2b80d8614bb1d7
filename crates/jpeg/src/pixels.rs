//! Rows of components to rows of pixels.

use crate::colour;
use crate::decoder::Decoder;
use crate::error::JpegError;
use crate::header::Colour;
use crate::strip::Band;
use crate::upsample::{self, Upsampling};

/// Rows that are worked on.
#[derive(Default)]
struct Scratch {
    /// Upsampled rows of the components that need it.
    rows: [Vec<u8>; 4],
    columns: Vec<i16>,
}

/// What rows of pixels are handed to: the row's number, and what fills it. False where no more are wanted.
type EachRow<'e> = dyn FnMut(usize, &mut dyn FnMut(&mut [u8])) -> bool + 'e;

impl Decoder<'_> {
    /// Decodes to interleaved red, green and blue, appended to `output`.
    ///
    /// Chroma is upsampled and converted as libjpeg-turbo does it, to the bit. CMYK is converted without a profile; with one
    /// it takes [`Decoder::decode_cmyk_rows`].
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::decode_rows`]; `output` is then as before.
    pub fn decode_rgb(&self, output: &mut Vec<u8>) -> Result<(), JpegError> {
        self.append(output, 3, &mut |each| self.rgb_rows(each))
    }

    /// As [`Decoder::decode_rgb`], row by row: `each` gets the row's number and its bytes.
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::decode_rows`], and of `each`.
    pub fn decode_rgb_rows<E: From<JpegError>>(
        &self,
        mut each: impl FnMut(usize, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rgb = crate::strip::zeroed(3 * self.size().0)?;
        let mut failure = None;
        self.rgb_rows(&mut |y, fill| {
            fill(&mut rgb);
            failure = each(y, &rgb).err();
            failure.is_none()
        })?;
        failure.map_or(Ok(()), Err)
    }

    /// Decodes an image of four inks to cyan, magenta, yellow and black, 255 for full ink, row by row: `each` gets the
    /// row's number and its bytes. Files are taken to have 255 for no ink, as Adobe's do. Images of other colours have
    /// no such rows.
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::decode_rows`], and of `each`.
    pub fn decode_cmyk_rows<E: From<JpegError>>(
        &self,
        mut each: impl FnMut(usize, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let colour = self.header().colour;
        if !matches!(colour, Colour::Cmyk | Colour::Ycck) {
            return Ok(());
        }
        let width = self.size().0;
        let (mut cmyk, mut rgb) =
            (crate::strip::zeroed(4 * width)?, crate::strip::zeroed(3 * width)?);
        let mut scratch = [(); 4].map(|()| Scratch::default());
        let mut failure = None;
        self.run([true; 4], &mut |band| {
            band.rows().all(|y| {
                let [first, second, third, fourth] = &mut scratch;
                let a = component(band, 0, y, first);
                let b = component(band, 1, y, second);
                let c = component(band, 2, y, third);
                if colour == Colour::Cmyk {
                    colour::interleave_row(a, b, c, &mut rgb);
                    colour::invert(&mut rgb);
                } else {
                    colour::ycc_row(a, b, c, &mut rgb);
                }
                let black = component(band, 3, y, fourth);
                let inks = rgb.as_chunks::<3>().0.iter().zip(black);
                for (pixel, ([c, m, y], k)) in cmyk.as_chunks_mut().0.iter_mut().zip(inks) {
                    *pixel = [*c, *m, *y, 255 - k];
                }
                failure = each(y, &cmyk).err();
                failure.is_none()
            })
        })?;
        failure.map_or(Ok(()), Err)
    }

    /// Decodes to luminance, appended to `output`: the first component of YCbCr as it is, of other colours the BT.601
    /// mean.
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::decode_rows`]; `output` is then as before.
    pub fn decode_gray(&self, output: &mut Vec<u8>) -> Result<(), JpegError> {
        if matches!(self.header().colour, Colour::Grey | Colour::YCbCr) {
            return self.append(output, 1, &mut |each| {
                self.run([true, false, false, false], &mut |band| {
                    let mut scratch = Scratch::default();
                    band.rows().all(|y| {
                        let row = component(band, 0, y, &mut scratch);
                        each(y, &mut |place: &mut [u8]| place.copy_from_slice(row))
                    })
                })
            });
        }
        let mut rgb = crate::strip::zeroed(3 * self.size().0)?;
        self.append(output, 1, &mut |each| {
            self.rgb_rows(&mut |y, fill| {
                fill(&mut rgb);
                each(y, &mut |place: &mut [u8]| colour::grey_row(&rgb, place))
            })
        })
    }

    /// Runs a decoder of rows over a new part of `output`.
    fn append(
        &self,
        output: &mut Vec<u8>,
        channels: usize,
        run: &mut dyn FnMut(&mut EachRow<'_>) -> Result<(), JpegError>,
    ) -> Result<(), JpegError> {
        let before = output.len();
        self.reserve(output, channels)?;
        let len = channels * self.size().0;
        let result = run(&mut |_, fill| {
            // Row by row: zeros of the whole would go to memory and back.
            let at = output.len();
            output.resize(at + len, 0);
            fill(&mut output[at..]);
            true
        });
        if result.is_err() {
            output.truncate(before);
        }
        result
    }

    /// Hands out, row by row, what fills a row of red, green and blue.
    fn rgb_rows(&self, each: &mut EachRow<'_>) -> Result<(), JpegError> {
        let mut scratch = [(); 4].map(|()| Scratch::default());
        let colour = self.header().colour;
        self.run([true; 4], &mut |band| {
            band.rows().all(|y| {
                let [first, second, third, fourth] = &mut scratch;
                let a = component(band, 0, y, first);
                if colour == Colour::Grey {
                    return each(y, &mut |rgb| colour::interleave_row(a, a, a, rgb));
                }
                let b = component(band, 1, y, second);
                let c = component(band, 2, y, third);
                match colour {
                    Colour::Grey | Colour::YCbCr => {
                        each(y, &mut |rgb| colour::ycc_row(a, b, c, rgb))
                    }
                    Colour::Rgb => each(y, &mut |rgb| colour::interleave_row(a, b, c, rgb)),
                    Colour::Cmyk => {
                        let black = component(band, 3, y, fourth);
                        each(y, &mut |rgb| {
                            colour::interleave_row(a, b, c, rgb);
                            colour::darken_row(rgb, black);
                        })
                    }
                    Colour::Ycck => {
                        let black = component(band, 3, y, fourth);
                        each(y, &mut |rgb| {
                            colour::ycc_row(a, b, c, rgb);
                            colour::invert(rgb);
                            colour::darken_row(rgb, black);
                        })
                    }
                }
            })
        })
    }
}

/// Row `y` of the image in one component, upsampled.
fn component<'a>(band: &'a Band<'_>, index: usize, y: usize, scratch: &'a mut Scratch) -> &'a [u8] {
    let layout = band.layout;
    let Some(plan) = layout.components.get(index) else { return &[] };
    let (from, to) = plan.rows;
    let row = (y * from / to).cast_signed();
    if plan.upsampling == Upsampling::None {
        return band.row(index, row);
    }
    let Scratch { rows: [wide, ..], columns } = scratch;
    // Of twice the width, which may be one more than the image's.
    let len = if matches!(plan.upsampling, Upsampling::Wide | Upsampling::Both) {
        2 * plan.width
    } else {
        layout.width
    };
    wide.resize(len, 0);
    // Of two rows that a sample row becomes, the upper has its other neighbour above.
    let upper = y.is_multiple_of(2);
    let far = if upper { row - 1 } else { row + 1 };
    match plan.upsampling {
        Upsampling::Wide => upsample::wide(band.row(index, row), columns, wide),
        Upsampling::Both => {
            upsample::both(band.row(index, row), band.row(index, far), columns, wide);
        }
        Upsampling::High => {
            let bias = if upper { 1 } else { 2 };
            upsample::high(band.row(index, row), band.row(index, far), bias, wide);
        }
        Upsampling::Repeat(from, to) => upsample::repeat(band.row(index, row), from, to, wide),
        Upsampling::None => {}
    }
    wide.get(..layout.width).unwrap_or_default()
}
