//! Images of few colours: exactly, or the nearest.

mod cut;
mod dither;
mod exact;
mod histogram;
mod nearest;

use crate::bytes::{reserve, sort};
use crate::sink::rgba;
use crate::{FormatError, Image};

pub(crate) use exact::exact;

/// Pixels as indices into a palette.
pub(crate) struct Indexed {
    /// At most 256, those that are not opaque first.
    pub(crate) colours: Vec<[u8; 4]>,
    pub(crate) indices: Vec<u8>,
}

/// The image in at most `colours` colours, exactly if it has no more.
///
/// # Errors
///
/// [`FormatError::Colours`], [`FormatError::OutOfMemory`].
pub(crate) fn quantise(
    image: &Image<'_>,
    colours: u16,
    dither: bool,
) -> Result<Indexed, FormatError> {
    if !(2..=256).contains(&colours) {
        return Err(FormatError::Colours { colours });
    }
    if let Some(indexed) = exact(image)?
        && indexed.colours.len() <= usize::from(colours)
    {
        return Ok(indexed);
    }
    let histogram = histogram::Histogram::new(image)?;
    let clear = histogram.clear;
    let mut palette = cut::palette(&histogram, usize::from(colours) - usize::from(clear))?;
    if clear {
        palette.push([0; 4]);
    }
    opaque_last(&mut palette);
    let mut nearest = nearest::Nearest::new(&palette)?;
    let mut indices = Vec::new();
    reserve(&mut indices, image.width as u64 * image.height as u64)?;
    if dither {
        dither::dither(image, &palette, &mut nearest, &mut indices)?;
    } else {
        let pixels = image.pixels.chunks_exact(image.channels);
        indices.extend(pixels.map(|pixel| nearest.index(histogram::premultiply(rgba(pixel)))));
    }
    Ok(Indexed { colours: palette, indices })
}

/// Those that are not opaque come first: only they take room in a PNG.
fn opaque_last(palette: &mut [[u8; 4]]) {
    sort(palette, |[r, g, b, a]| u32::from_be_bytes([*a, *g, *r, *b]));
}

/// A table of zeros.
fn table<T: Clone + Default>(places: usize) -> Result<Vec<T>, FormatError> {
    let mut table = Vec::new();
    let bytes = places * size_of::<T>();
    table.try_reserve_exact(places).map_err(|_| FormatError::OutOfMemory { bytes })?;
    table.resize(places, T::default());
    Ok(table)
}
