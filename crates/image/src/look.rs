//! Hashes of what an image looks like, and placeholders for it.

use bytemill_raster::{self as raster, Raster};

use crate::geometry::{Part, plan};
use crate::scaling::{Scaling, Turn};
use crate::source::Source;
use crate::{Fit, ImageError, Limits, Resize, metadata};

/// How a perceptual hash is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HashAlgorithm {
    /// Whether each of 9 by 8 means is brighter than its neighbour on the left: dHash.
    #[default]
    Difference,
    /// Whether each of the 64 lowest frequencies of 32 by 32 means is above their median: pHash.
    Cosine,
}

/// Of the longer side, in pixels: what hashes and placeholders are made of.
const SIDE: u32 = 100;

/// 64 bits that are alike for images that look alike.
///
/// # Errors
///
/// As [`thumbnail`](crate::thumbnail()).
pub fn perceptual_hash(
    input: &[u8],
    algorithm: HashAlgorithm,
    as_stored: bool,
    limits: &Limits,
) -> Result<u64, ImageError> {
    let pixels = small(input, as_stored, limits)?;
    Ok(match algorithm {
        HashAlgorithm::Difference => raster::dhash(&pixels)?,
        HashAlgorithm::Cosine => raster::phash(&pixels)?,
    })
}

/// A placeholder of about 25 bytes, that of the package `thumbhash`.
///
/// # Errors
///
/// As [`thumbnail`](crate::thumbnail()).
pub fn thumbhash(input: &[u8], as_stored: bool, limits: &Limits) -> Result<Vec<u8>, ImageError> {
    Ok(raster::thumbhash(&small(input, as_stored, limits)?)?)
}

/// A placeholder that is text, that of the package `blurhash`, of 1 to 9 components across and down.
///
/// # Errors
///
/// As [`thumbnail`](crate::thumbnail()).
pub fn blurhash(
    input: &[u8],
    components: (u32, u32),
    as_stored: bool,
    limits: &Limits,
) -> Result<String, ImageError> {
    let (x, y) = components;
    Ok(raster::blurhash(&small(input, as_stored, limits)?, x, y)?)
}

/// The image within [`SIDE`] by [`SIDE`] pixels, upright and in sRGB.
fn small(input: &[u8], as_stored: bool, limits: &Limits) -> Result<Raster, ImageError> {
    let source = Source::open(input, 0, limits)?;
    source.check_complete()?;
    let turn = Turn::new(if as_stored { 1 } else { source.orientation });
    let resize = Resize {
        width: SIDE,
        height: SIDE,
        fit: Fit::Inside,
        without_enlargement: true,
        ..Resize::default()
    };
    let plan = plan(Part::whole(source.size.turned(turn.transposed)), &resize);
    let pixels = source.scaled(&Scaling::new(source.size, &plan, turn, resize.filter))?;
    Ok(metadata::convert(pixels, metadata::to_srgb(&source.metadata()).as_ref()))
}
