//! From JPEG by way of its components: luminance and chrominance are scaled apart, each at its own size, and from JPEG to
//! JPEG there are never any colours.

use bytemill_jpeg::{Decoder, Grid, ycc_row};
use bytemill_resize::Resizer;

use crate::encode::{append, encode, encoder};
use crate::pixels::{Pixels, buffer, transpose};
use crate::scaling::{Scaling, Target};
use crate::{Format, ImageError, Limits, Size, ThumbnailOptions, decode};

/// Makes a thumbnail of a grey or YCbCr image, appended to `output`.
pub(crate) fn thumbnail(
    input: &[u8],
    scaling: &Scaling,
    options: &ThumbnailOptions,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<(), ImageError> {
    let canvas = scaling.plan.canvas;
    let turned = turned(scaling);
    let to_jpeg = options.format == Format::Jpeg && turned == canvas;
    // JPEG has half of the chroma.
    let factor = if to_jpeg { 2 } else { 1 };
    let decoder = decoder(input, scaling, factor)?;
    let grids: Vec<Grid> = (0..4).filter_map(|at| decoder.grid(at)).collect();
    let mut resizers = Vec::with_capacity(4);
    for (at, grid) in grids.iter().enumerate() {
        resizers.push(scaling.resizer(grid, 1, if at == 0 { 1 } else { factor })?);
    }
    let grey = grids.len() == 1;
    let turn = scaling.turn;
    if to_jpeg && !turn.upside_down && !turn.transposed {
        let mut encoder = encoder(canvas, grey, options, limits)?;
        run(&decoder, &mut resizers, |at, _, row| Ok(encoder.push(at, row)?))?;
        return append(&encoder.finish()?, output);
    }
    let mut planes = Vec::with_capacity(4);
    for at in 0..grids.len() {
        planes.push(Target::new(part(scaling.plan.scaled, if at == 0 { 1 } else { factor }), 1)?);
    }
    run(&decoder, &mut resizers, |at, y, row| planes[at].put(y, row))?;
    let mut turned_planes = Vec::with_capacity(4);
    for (at, plane) in planes.into_iter().enumerate() {
        let size = part(scaling.plan.scaled, if at == 0 { 1 } else { factor });
        let data = plane.data;
        turned_planes.push(if turn.transposed { transpose::<1>(&data, size)? } else { data });
    }
    if to_jpeg {
        let mut encoder = encoder(canvas, grey, options, limits)?;
        for (at, plane) in turned_planes.iter().enumerate() {
            let width = encoder.size(at).0;
            plane.chunks_exact(width).try_for_each(|row| encoder.push(at, row))?;
        }
        return append(&encoder.finish()?, output);
    }
    let pixels = coloured(&turned_planes, turned)?.pad(canvas, options.background)?;
    encode(pixels, options, limits, output)
}

/// The size of what is scaled, upright.
fn turned(scaling: &Scaling) -> Size {
    let Size { width, height } = scaling.plan.scaled;
    if scaling.turn.transposed {
        Size { width: height, height: width }
    } else {
        scaling.plan.scaled
    }
}

fn part(size: Size, factor: u32) -> Size {
    Size { width: size.width.div_ceil(factor), height: size.height.div_ceil(factor) }
}

/// A decoder with luminance and chrominance each at the smallest scale that is enough for it.
fn decoder<'a>(input: &'a [u8], scaling: &Scaling, factor: u32) -> Result<Decoder<'a>, ImageError> {
    let header = bytemill_jpeg::Header::read(input)?;
    let most =
        |side: fn(&(u8, u8)) -> u8| header.sampling.iter().map(side).max().unwrap_or(1).max(1);
    let (most_across, most_down) = (most(|it| it.0), most(|it| it.1));
    let scale = |at: usize, factor: u32| {
        let (across, down) = header.sampling[at];
        let part = |own: u8, most: u8| f64::from(own.max(1)) / f64::from(most);
        scaling.jpeg_scale((part(across, most_across), part(down, most_down)), factor)
    };
    // Of two different chroma components the larger scale counts.
    decode::jpeg(input, scale(0, 1), Some(scale(1, factor).min(scale(2, factor))))
}

/// Decodes and scales; `each` gets the component's number, and the number and samples of a row of the result.
fn run(
    decoder: &Decoder<'_>,
    resizers: &mut [Resizer],
    mut each: impl FnMut(usize, usize, &[u8]) -> Result<(), ImageError>,
) -> Result<(), ImageError> {
    decoder.decode_rows(|_, planes| {
        for (at, (plane, resizer)) in planes.iter().zip(resizers.iter_mut()).enumerate() {
            for row in 0..plane.rows {
                resizer.push(plane.row(row), |y, row| each(at, y, row))?;
            }
        }
        Ok(())
    })
}

/// Pixels of planes of the same size.
fn coloured(planes: &[Vec<u8>], size: Size) -> Result<Pixels, ImageError> {
    let mut data = buffer(size, 3)?;
    let width = size.width as usize;
    let grey = planes.len() == 1;
    for (y, rgb) in data.chunks_exact_mut(3 * width).enumerate() {
        let row = |at: usize| {
            let plane = planes.get(at).map(Vec::as_slice).unwrap_or_default();
            plane.get(y * width..).and_then(|rest| rest.get(..width)).unwrap_or_default()
        };
        if grey {
            for (pixel, value) in rgb.as_chunks_mut::<3>().0.iter_mut().zip(row(0)) {
                *pixel = [*value; 3];
            }
        } else {
            ycc_row(row(0), row(1), row(2), rgb);
        }
    }
    Ok(Pixels { size, channels: 3, grey, data })
}
