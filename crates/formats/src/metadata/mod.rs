//! Colour profiles, EXIF and XMP in their containers.

pub(crate) mod exif;
mod jpeg;
pub(crate) mod png;
mod tiff;
mod webp;

pub use exif::Exif;

use crate::bytes::reserve;
use crate::error::unsupported;
use crate::{Density, Format, FormatError};

/// Most bytes of a profile or a packet: what is larger is passed over.
const MAX_BYTES: usize = 1 << 20;

/// What a file carries beside its pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The ICC profile.
    pub icc: Option<Vec<u8>>,
    /// The EXIF data: a TIFF structure, from its byte order mark on.
    pub exif: Option<Vec<u8>>,
    /// The XMP packet.
    pub xmp: Option<Vec<u8>>,
    /// How many pixels there are to a length: the container's own word, or else that of the EXIF data.
    pub density: Option<Density>,
}

impl Metadata {
    /// Finds what a JPEG, PNG, WebP, TIFF or GIF carries; of other formats it is nothing. Profiles, packets and EXIF data
    /// of more than 1 MiB, damaged and compressed texts are passed over. The EXIF data of a TIFF, which are part of the
    /// file's own structure, are not taken out of it.
    ///
    /// # Errors
    ///
    /// Those of [`Format::of`], [`FormatError::OutOfMemory`]; [`FormatError::Truncated`] and [`FormatError::Invalid`]
    /// where the container's parts cannot be told apart.
    pub fn read(input: &[u8]) -> Result<Self, FormatError> {
        let mut metadata = match Format::of(input)? {
            Format::Jpeg => return Self::read_jpeg(input),
            Format::Png => png::read(input)?,
            Format::WebP => webp::read(input)?,
            Format::Tiff => tiff::read(input)?,
            Format::Gif => {
                let xmp = crate::Header::read(input)?.xmp;
                Self { xmp: copy(xmp.and_then(|xmp| input.get(xmp)))?, ..Self::default() }
            }
            Format::Bmp | Format::Ico | Format::Qoi => Self::default(),
        };
        metadata.complete();
        Ok(metadata)
    }

    /// As [`Metadata::read`], of a JPEG: brings no code for other formats along.
    ///
    /// # Errors
    ///
    /// [`FormatError::OutOfMemory`].
    pub fn read_jpeg(input: &[u8]) -> Result<Self, FormatError> {
        let mut metadata = jpeg::read(input)?;
        metadata.complete();
        Ok(metadata)
    }

    /// Takes the density from the EXIF data where the container has none.
    fn complete(&mut self) {
        if self.density.is_none() {
            self.density = self.exif.as_deref().and_then(|exif| Exif::read(exif).density);
        }
    }

    /// The orientation that the EXIF data have, 1 to 8; 1 where there are none.
    pub fn orientation(&self) -> u8 {
        self.exif.as_deref().map_or(1, exif::orientation)
    }

    /// Says in the EXIF data that the image is upright: for pixels that have been turned.
    pub fn set_upright(&mut self) {
        if let Some(exif) = &mut self.exif {
            exif::set_upright(exif);
        }
    }

    /// Appends a JPEG or PNG file with this metadata to `output`, which is as before after an error. What the file has of
    /// the same kinds is left out; what is not given here stays.
    ///
    /// # Errors
    ///
    /// Those of [`Format::of`], [`FormatError::Unsupported`] for other formats and for what the format cannot hold,
    /// [`FormatError::Truncated`], [`FormatError::OutputTooLarge`], [`FormatError::OutOfMemory`].
    pub fn insert(
        &self,
        file: &[u8],
        max_bytes: u64,
        output: &mut Vec<u8>,
    ) -> Result<(), FormatError> {
        let insert = match Format::of(file)? {
            Format::Jpeg => jpeg::insert,
            Format::Png => png::insert,
            _ => return Err(unsupported("metadata in files other than JPEG and PNG")),
        };
        crate::sink::Sink::run(output, max_bytes, |sink| insert(file, self, sink))
    }
}

/// A copy of what is not too large.
fn copy(bytes: Option<&[u8]>) -> Result<Option<Vec<u8>>, FormatError> {
    let Some(bytes) = bytes.filter(|bytes| bytes.len() <= MAX_BYTES) else { return Ok(None) };
    let mut copy = Vec::new();
    reserve(&mut copy, bytes.len() as u64)?;
    copy.extend_from_slice(bytes);
    Ok(Some(copy))
}
