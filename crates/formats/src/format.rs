//! Which format a file is of.

use crate::FormatError;
use crate::error::{invalid, unsupported};

/// An image format, known by the first bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Windows bitmap.
    Bmp,
    /// GIF, 87a and 89a.
    Gif,
    /// Windows icon or cursor.
    Ico,
    /// JPEG. Its pixels are another crate's; its metadata is read and written here.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// The Quite OK Image format.
    Qoi,
    /// TIFF.
    Tiff,
    /// WebP. Its pixels are another crate's; its metadata is read here.
    WebP,
}

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";
const JPEG: &[u8] = b"\xFF\xD8\xFF";

impl Format {
    /// The format of a file, by its first 16 bytes.
    ///
    /// # Errors
    ///
    /// [`FormatError::Truncated`] for the beginning of a signature, [`FormatError::Unsupported`] for the formats that are
    /// known by name only, [`FormatError::Invalid`] for anything else.
    pub fn of(input: &[u8]) -> Result<Self, FormatError> {
        const KNOWN: [(&[u8], Format); 9] = [
            (JPEG, Format::Jpeg),
            (PNG, Format::Png),
            (b"GIF8", Format::Gif),
            (b"II*\0", Format::Tiff),
            (b"MM\0*", Format::Tiff),
            (b"qoif", Format::Qoi),
            (b"BM", Format::Bmp),
            (b"\0\0\x01\0", Format::Ico),
            (b"\0\0\x02\0", Format::Ico),
        ];
        const OTHERS: [(&[u8], usize, &str); 10] = [
            (b"ftypavi", 4, "AVIF"),
            (b"ftyphei", 4, "HEIC"),
            (b"ftypmif", 4, "HEIC"),
            (b"II+\0", 0, "BigTIFF"),
            (b"MM\0+", 0, "BigTIFF"),
            (b"\0\0\0\x0CJXL ", 0, "JPEG XL"),
            (b"\xFF\x0A", 0, "JPEG XL"),
            (b"\0\0\0\x0CjP  ", 0, "JPEG 2000"),
            (b"<svg", 0, "SVG"),
            (b"8BPS", 0, "PSD"),
        ];
        let is = |magic: &[u8], at: usize| input.get(at..).is_some_and(|at| at.starts_with(magic));
        if is(b"RIFF", 0) && is(b"WEBP", 8) {
            return Ok(Self::WebP);
        }
        if let Some((_, format)) = KNOWN.iter().find(|(magic, _)| is(magic, 0)) {
            return Ok(*format);
        }
        let webp = input.len() < 12 && (b"RIFF".starts_with(input) || is(b"RIFF", 0));
        if webp || KNOWN.iter().any(|(magic, _)| magic.starts_with(input)) {
            return Err(FormatError::Truncated);
        }
        match OTHERS.iter().find(|(magic, at, _)| is(magic, *at)) {
            Some((_, _, name)) => Err(unsupported(name)),
            None => Err(invalid("a BMP, GIF, ICO, JPEG, PNG, QOI, TIFF or WebP file")),
        }
    }
}
