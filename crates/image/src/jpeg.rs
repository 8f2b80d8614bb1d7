//! From JPEG: luminance and chrominance are scaled apart, each at its own size, and from JPEG to JPEG there are never any
//! colours, unless a profile asks for them.

use bytemill_icc::{Space, Transform};
use bytemill_jpeg::{Colour, Decoder, Grid, Options, Planes as JpegPlanes, Scale, ycc_row};
use bytemill_raster::Raster;
use bytemill_resize::Resizer;

use crate::encode::{append, jpeg_encoder};
use crate::header::memory;
use crate::rows::{EachRow, Target, zeroed};
use crate::scaling::Scaling;
use crate::{Encoding, ImageError, Limits, Size, metadata};

/// A decoder at a scale; `chroma` of its own if components are taken at their own size. Without a limit but that of
/// memory: pixels are counted already. What is damaged is grey, as in other programs that show photographs.
fn decoder(input: &[u8], scale: Scale, chroma: Option<Scale>) -> Result<Decoder<'_>, ImageError> {
    let limits = bytemill_jpeg::Limits {
        max_pixels: u64::MAX,
        max_memory_bytes: memory(input),
        ..bytemill_jpeg::Limits::default()
    };
    let options = Options { scale, chroma, lowest: true, limits, ..Options::default() };
    Ok(Decoder::new(input, &options)?)
}

/// Whether components can be scaled apart.
fn has_planes(input: &[u8]) -> Result<bool, ImageError> {
    Ok(matches!(bytemill_jpeg::Header::read(input)?.colour, Colour::Grey | Colour::YCbCr))
}

/// Scales and encodes as JPEG again without any colours in between, appending to `output`; false where the image has
/// other components, and nothing was done.
pub(crate) fn reencode(
    input: &[u8],
    scaling: &Scaling,
    encoding: &Encoding,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<bool, ImageError> {
    if !has_planes(input)? {
        return Ok(false);
    }
    // JPEG has half of the chroma, or all of it.
    let factor = if encoding.full_chroma { 1 } else { 2 };
    let planes = Planes::new(input, scaling, factor)?;
    let size = scaling.result();
    let grey = planes.resizers.len() == 1;
    let mut encoder = jpeg_encoder(size, grey, encoding, limits)?;
    let turn = scaling.turn;
    if turn.upside_down || turn.transposed {
        for (at, plane) in planes.all(scaling)?.iter().enumerate() {
            let width = encoder.size(at).0;
            plane.chunks_exact(width).try_for_each(|row| encoder.push(at, row))?;
        }
    } else {
        planes.each(|at, _, row| Ok(encoder.push(at, row)?))?;
    }
    append(&encoder.finish()?, output)?;
    Ok(true)
}

/// Decodes and scales to pixels: grey of one channel, or red, green and blue.
pub(crate) fn pixels(input: &[u8], scaling: &Scaling) -> Result<Raster, ImageError> {
    if has_planes(input)? {
        let planes = Planes::new(input, scaling, 1)?.all(scaling)?;
        return coloured(planes, scaling.result());
    }
    let decoder = decoder(input, scaling.jpeg_scale((1.0, 1.0), 1), None)?;
    let pixels = scaling.jpeg_rows(decoder.size(), |each| rgb_rows(input, &decoder, each))?;
    if scaling.turn.transposed { Ok(pixels.orient(5)?) } else { Ok(pixels) }
}

/// Decodes all pixels: grey of one channel, or red, green and blue, as libjpeg would.
pub(crate) fn decode(input: &[u8]) -> Result<Raster, ImageError> {
    let decoder = decoder(input, Scale::Full, None)?;
    let (width, height) = decoder.size();
    let mut data = Vec::new();
    let grey = decoder.header().colour == Colour::Grey;
    if grey {
        decoder.decode_gray(&mut data)?;
    } else if let Some(profile) = profile_of_inks(input, &decoder) {
        let mut target = Target::new(Size { width: width as u32, height: height as u32 }, 3)?;
        rows_of_inks(&decoder, &profile, &mut |y, row| target.put(y, row))?;
        return target.raster();
    } else {
        decoder.decode_rgb(&mut data)?;
    }
    Ok(Raster::new(width as u32, height as u32, if grey { 1 } else { 3 }, data)?)
}

/// Hands out rows of red, green and blue.
fn rgb_rows(input: &[u8], decoder: &Decoder<'_>, each: &mut EachRow<'_>) -> Result<(), ImageError> {
    match profile_of_inks(input, decoder) {
        Some(profile) => rows_of_inks(decoder, &profile, each),
        None => decoder.decode_rgb_rows(each),
    }
}

/// The profile of a file of inks that says what colours they make.
fn profile_of_inks(input: &[u8], decoder: &Decoder<'_>) -> Option<Transform> {
    if !matches!(decoder.header().colour, Colour::Cmyk | Colour::Ycck) {
        return None;
    }
    let transform = Transform::to_srgb(&metadata::of_jpeg(input).icc?).ok()?;
    (transform.space() == Space::Cmyk).then_some(transform)
}

/// Rows of inks in sRGB: at once, for inks do not mix as light does where they are scaled.
fn rows_of_inks(
    decoder: &Decoder<'_>,
    profile: &Transform,
    each: &mut EachRow<'_>,
) -> Result<(), ImageError> {
    let mut rgb = zeroed(3 * decoder.size().0 as u64)?;
    decoder.decode_cmyk_rows(|y, row| {
        profile.cmyk_to_rgb(row, &mut rgb);
        each(y, &rgb)
    })
}

/// Channels of what [`pixels`] and [`decode`] give.
pub(crate) fn channels(input: &[u8]) -> Result<u32, ImageError> {
    let grey = bytemill_jpeg::Header::read(input)?.colour == Colour::Grey;
    Ok(if grey { 1 } else { 3 })
}

/// A decoder, and a resizer for each component.
struct Planes<'a> {
    decoder: Decoder<'a>,
    resizers: Vec<Resizer>,
    /// Pixels of the result to a sample of chroma, on each side.
    factor: u32,
}

impl<'a> Planes<'a> {
    /// Luminance and chrominance each at the smallest scale that is enough for it.
    fn new(input: &'a [u8], scaling: &Scaling, factor: u32) -> Result<Self, ImageError> {
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
        let chroma = scale(1, factor).min(scale(2, factor));
        let decoder = decoder(input, scale(0, 1), Some(chroma))?;
        let mut resizers = Vec::with_capacity(4);
        for (at, grid) in (0..4).filter_map(|at| decoder.grid(at)).enumerate() {
            let grid: Grid = grid;
            // Of both components of chroma one is mostly like the other.
            let resizer = match resizers.get(1) {
                Some(like) if decoder.grid(1) == Some(grid) => Resizer::another(like)?,
                _ => scaling.resizer(&grid, 1, if at == 0 { 1 } else { factor })?,
            };
            resizers.push(resizer);
        }
        Ok(Self { decoder, resizers, factor })
    }

    /// Decodes and scales; `each` gets the component's number, and the number and samples of a row of the result.
    fn each(
        mut self,
        mut each: impl FnMut(usize, usize, &[u8]) -> Result<(), ImageError>,
    ) -> Result<(), ImageError> {
        let resizers = &mut self.resizers;
        self.decoder.decode_rows(&mut |_, planes: JpegPlanes<'_>| {
            for (at, (plane, resizer)) in planes.iter().zip(resizers.iter_mut()).enumerate() {
                for row in 0..plane.rows {
                    resizer.push(plane.row(row), |y, row| each(at, y, row))?;
                }
            }
            Ok(())
        })
    }

    /// Decodes and scales all, upright.
    fn all(self, scaling: &Scaling) -> Result<Vec<Vec<u8>>, ImageError> {
        let factor = self.factor;
        let part = |at: usize| {
            let Size { width, height } = scaling.scaled;
            let factor = if at == 0 { 1 } else { factor };
            Size { width: width.div_ceil(factor), height: height.div_ceil(factor) }
        };
        let mut planes = Vec::with_capacity(4);
        for at in 0..self.resizers.len() {
            planes.push(Target::new(part(at), 1)?);
        }
        self.each(|at, y, row| planes[at].put(y, row))?;
        let mut upright = Vec::with_capacity(4);
        for plane in planes {
            let plane = plane.raster()?;
            upright.push(if scaling.turn.transposed {
                plane.orient(5)?.into_data()
            } else {
                plane.into_data()
            });
        }
        Ok(upright)
    }
}

/// Pixels of planes of the same size.
fn coloured(mut planes: Vec<Vec<u8>>, size: Size) -> Result<Raster, ImageError> {
    let Size { width, height } = size;
    if planes.len() == 1 {
        return Ok(Raster::new(width, height, 1, planes.remove(0))?);
    }
    let mut data = zeroed(size.pixels() * 3)?;
    let row_len = width as usize;
    for (y, rgb) in data.chunks_exact_mut(3 * row_len).enumerate() {
        let row = |at: usize| {
            let plane = planes.get(at).map(Vec::as_slice).unwrap_or_default();
            plane.get(y * row_len..).and_then(|rest| rest.get(..row_len)).unwrap_or_default()
        };
        ycc_row(row(0), row(1), row(2), rgb);
    }
    Ok(Raster::new(width, height, 3, data)?)
}
