//! Headers, read without the codecs: what `metadata` reports and what limits are checked against.

mod jpeg;
mod png;

use crate::{Format, ImageError, Metadata};

/// What is known of an image before it is decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) metadata: Metadata,
    /// Bytes of memory for each pixel, all copies that exist at once taken together.
    pub(crate) pixel_bytes: u64,
    /// Whether the file is cut short, or too short for its dimensions whatever it contains.
    pub(crate) truncated: bool,
}

impl Header {
    /// The largest number of pixels that the file may have. Memory is for images that are really there:
    /// at most [`FREE_BYTES`], or [`INFLATION`] times the file where that is more.
    pub(crate) fn max_pixels(&self, input: &[u8], limit: u64) -> u64 {
        limit.min(memory(input) / self.pixel_bytes)
    }
}

/// Bytes of memory that the pixels of a file may take.
pub(crate) fn memory(input: &[u8]) -> u64 {
    (input.len() as u64).saturating_mul(INFLATION).max(FREE_BYTES)
}

/// Memory that any file may take, however well it is compressed.
const FREE_BYTES: u64 = 256 << 20;
/// Memory that a larger file may take, as a multiple of its size. A photograph takes 5 to 30.
const INFLATION: u64 = 64;
/// Reads what the header of a JPEG or PNG file says. Looks at no pixels, allocates nothing.
///
/// # Errors
///
/// [`ImageError::Truncated`], [`ImageError::Invalid`] and [`ImageError::Unsupported`].
pub fn metadata(input: &[u8]) -> Result<Metadata, ImageError> {
    parse(input).map(|header| header.metadata)
}

pub(crate) fn parse(input: &[u8]) -> Result<Header, ImageError> {
    let header = match format(input)? {
        Format::Jpeg => jpeg::parse(input)?,
        Format::Png => png::parse(input)?,
    };
    if header.metadata.width == 0 || header.metadata.height == 0 {
        return Err(ImageError::Invalid { expected: "a width and height of at least 1" });
    }
    Ok(header)
}

fn format(input: &[u8]) -> Result<Format, ImageError> {
    const JPEG: &[u8] = b"\xFF\xD8\xFF";
    let is = |magic: &[u8], at: usize| input.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if is(JPEG, 0) {
        return Ok(Format::Jpeg);
    }
    if is(png::SIGNATURE, 0) {
        return Ok(Format::Png);
    }
    if JPEG.starts_with(input) || png::SIGNATURE.starts_with(input) {
        return Err(ImageError::Truncated);
    }
    let known = [
        (b"GIF8".as_slice(), 0, "GIF"),
        (b"WEBP", 8, "WebP"),
        (b"ftypavi", 4, "AVIF"),
        (b"ftyphei", 4, "HEIC"),
        (b"II*\0", 0, "TIFF"),
        (b"MM\0*", 0, "TIFF"),
        (b"\0\0\0\x0CJXL ", 0, "JPEG XL"),
        (b"\xFF\x0A", 0, "JPEG XL"),
        (b"<svg", 0, "SVG"),
    ];
    for (magic, at, feature) in known {
        if is(magic, at) {
            return Err(ImageError::Unsupported { feature });
        }
    }
    Err(ImageError::Invalid { expected: "a JPEG or PNG file" })
}

/// `N` bytes at `at`.
fn bytes<const N: usize>(input: &[u8], at: usize) -> Result<[u8; N], ImageError> {
    let bytes = input.get(at..).and_then(|rest| rest.first_chunk());
    bytes.copied().ok_or(ImageError::Truncated)
}

/// The orientation in a TIFF structure (EXIF 2.3, 4.6.4), 1 where it has none.
fn orientation(tiff: &[u8]) -> u8 {
    image::metadata::Orientation::from_exif_chunk(tiff)
        .map_or(1, image::metadata::Orientation::to_exif)
}
