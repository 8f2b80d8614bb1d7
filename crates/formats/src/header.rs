//! What a file says of itself, read without its pixels.

use core::ops::Range;

use crate::error::{invalid, unsupported};
use crate::{Format, FormatError, bmp, gif, ico, png, qoi, tiff};

/// What is known of an image before it is decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "what a file may or may not be")]
pub struct Header {
    /// The format of the file.
    pub format: Format,
    /// Width in pixels as stored, before any orientation.
    pub width: u32,
    /// Height in pixels as stored, before any orientation.
    pub height: u32,
    /// Channels of the rows that are decoded: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha.
    pub channels: u8,
    /// Bits of a sample as stored, or of an index into a palette: 1 to 16.
    pub depth: u8,
    /// Whether pixels can be transparent.
    pub has_alpha: bool,
    /// Whether pixels are stored as indices into a palette.
    pub palette: bool,
    /// Whether rows are stored in another order than from top to bottom, or from bottom to top.
    pub interlaced: bool,
    /// EXIF orientation, 1 to 8; 1 where the file has none. From 5 on, width and height swap.
    pub orientation: u8,
    /// Images in the file: pages of a TIFF, frames of an animation, images of an icon; otherwise 1.
    pub pages: u32,
    /// How often an animation is played, 0 without end; nothing where the file is no animation.
    pub loops: Option<u32>,
    /// How many pixels there are to a length.
    pub density: Option<Density>,
    /// Where the ICC profile lies; that of a PNG is compressed: [`Metadata::read`](crate::Metadata::read) unpacks it.
    pub icc: Option<Range<usize>>,
    /// Where the EXIF data lie, from their byte order mark on.
    pub exif: Option<Range<usize>>,
    /// Where the XMP packet lies, if it is not compressed.
    pub xmp: Option<Range<usize>>,
    /// Whether the file has an end: a PNG its end chunk, a GIF its trailer. Of a file's beginning `pages` counts the
    /// images that have been found, and metadata may follow.
    pub complete: bool,
}

/// How many pixels there are to a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Density {
    /// Pixels to the unit, across.
    pub x: u32,
    /// Pixels to the unit, down.
    pub y: u32,
    /// The unit.
    pub unit: Unit,
}

/// The length that a density is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// None: the two numbers are a ratio.
    Aspect,
    /// Inches, as in JPEG.
    Inch,
    /// Centimetres, as in JPEG.
    Centimetre,
    /// Metres, as in PNG.
    Metre,
}

impl Density {
    /// Pixels to the inch across, rounded; nothing where the two numbers are a ratio.
    pub fn per_inch(&self) -> Option<u32> {
        let x = u64::from(self.x);
        let inch = match self.unit {
            Unit::Aspect => return None,
            Unit::Inch => x,
            Unit::Centimetre => (x * 254 + 50) / 100,
            Unit::Metre => (x * 254 + 5000) / 10_000,
        };
        Some(inch.min(u64::from(u32::MAX)) as u32)
    }
}

impl Header {
    /// Of an image without alpha, palette or metadata.
    pub(crate) fn plain(format: Format, width: u32, height: u32, channels: u8) -> Self {
        Self {
            format,
            width,
            height,
            channels,
            depth: 8,
            has_alpha: matches!(channels, 2 | 4),
            palette: false,
            interlaced: false,
            orientation: 1,
            pages: 1,
            loops: None,
            density: None,
            icc: None,
            exif: None,
            xmp: None,
            complete: true,
        }
    }

    /// Reads what a file says of itself, or the beginning of one: 64 KiB are enough but for icons, TIFF and the frames of
    /// animations. Looks at no pixels, allocates nothing that grows with the file.
    ///
    /// # Errors
    ///
    /// [`FormatError::Truncated`], [`FormatError::Invalid`], [`FormatError::Unsupported`]; so for JPEG and WebP, whose
    /// headers are read by other crates.
    pub fn read(input: &[u8]) -> Result<Self, FormatError> {
        Self::read_page(input, 0)
    }

    pub(crate) fn read_page(input: &[u8], page: u32) -> Result<Self, FormatError> {
        let header = match Format::of(input)? {
            Format::Bmp => bmp::header(input)?,
            Format::Gif => gif::header(input)?,
            Format::Ico => ico::header(input)?,
            Format::Png => png::header(input)?,
            Format::Qoi => qoi::header(input)?,
            Format::Tiff => tiff::header(input, page)?,
            Format::Jpeg => return Err(unsupported("JPEG, here for its metadata only")),
            Format::WebP => return Err(unsupported("WebP, here for its metadata only")),
        };
        if header.width == 0 || header.height == 0 {
            return Err(invalid("a width and height of at least 1"));
        }
        Ok(header)
    }
}
