//! What files carry beside their pixels: colour profiles, EXIF, XMP.

use bytemill_formats::Metadata;
use bytemill_icc::Transform;
use bytemill_raster::Raster;

use crate::{ImageError, Keep, Limits};

/// All that a file carries; nothing where that cannot be read, which is no reason to refuse its pixels.
pub(crate) fn of(input: &[u8]) -> Metadata {
    Metadata::read(input).unwrap_or_default()
}

/// The same of a JPEG, without the code for other formats.
pub(crate) fn of_jpeg(input: &[u8]) -> Metadata {
    Metadata::read_jpeg(input).unwrap_or_default()
}

/// What turns the pixels of a file into sRGB; nothing where they are that already, as far as is known.
pub(crate) fn to_srgb(metadata: &Metadata) -> Option<Transform> {
    let transform = Transform::to_srgb(metadata.icc.as_deref()?).ok()?;
    (!transform.is_srgb()).then_some(transform)
}

/// Converts pixels.
pub(crate) fn convert(mut pixels: Raster, transform: Option<&Transform>) -> Raster {
    if let Some(transform) = transform {
        let channels = pixels.channels();
        transform.apply(pixels.data_mut(), channels);
    }
    pixels
}

/// Leaves out what is not to be kept, and says in EXIF that the image is upright where it was turned.
pub(crate) fn keep(mut metadata: Metadata, keep: Keep, turned: bool) -> Metadata {
    metadata.density = None;
    // Pixels of inks have become sRGB.
    let is_for_inks = |icc: &[u8]| icc.get(16..20) == Some(b"CMYK");
    metadata.icc = metadata.icc.filter(|icc| keep.icc && !is_for_inks(icc));
    metadata.exif = metadata.exif.filter(|_| keep.exif);
    metadata.xmp = metadata.xmp.filter(|_| keep.xmp);
    if turned {
        metadata.set_upright();
    }
    metadata
}

/// Whether there is nothing to write.
pub(crate) fn is_empty(metadata: &Metadata) -> bool {
    metadata.icc.is_none() && metadata.exif.is_none() && metadata.xmp.is_none()
}

/// Gives the JPEG that begins at `start` of `output` its metadata.
pub(crate) fn insert_into_jpeg(
    metadata: &Metadata,
    start: usize,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<(), ImageError> {
    if is_empty(metadata) {
        return Ok(());
    }
    let file = output.split_off(start);
    Ok(metadata.insert(&file, limits.max_output_bytes, output)?)
}
