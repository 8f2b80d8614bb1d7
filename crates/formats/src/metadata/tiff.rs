//! Tags of a TIFF's first page.

use super::{Metadata, copy, exif};
use crate::FormatError;
use crate::tiff::{ICC, Tiff, XMP};

pub(super) fn read(file: &[u8]) -> Result<Metadata, FormatError> {
    let tiff = Tiff::new(file)?;
    let directory = tiff.directory(tiff.first()?)?;
    let part = |tag| directory.find(tag).and_then(|entry| file.get(entry.range()?));
    Ok(Metadata {
        icc: copy(part(ICC))?,
        exif: None,
        xmp: copy(part(XMP))?,
        density: exif::density(directory),
    })
}
