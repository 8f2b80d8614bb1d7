//! What a page's tags say (sections 3 to 6, 8, 15, 16, 18).

use super::directory::Entry;
use super::{Directory, Tiff};
use crate::error::{invalid, unsupported};
use crate::metadata::exif;
use crate::{Format, FormatError, Header};

/// Tag of an ICC profile.
pub(crate) const ICC: u16 = 34_675;
/// Tag of an XMP packet.
pub(crate) const XMP: u16 = 700;

/// How samples become colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    Grey { white_is_zero: bool },
    Palette,
    Rgb,
    Cmyk,
}

/// What an extra sample is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alpha {
    Straight,
    /// Colours are multiplied by it.
    Associated,
}

/// How data are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Lzw,
    Deflate,
    PackBits,
}

/// A page that can be decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    pub(super) tiff: Tiff<'a>,
    pub(super) directory: Directory<'a>,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Bits of a sample: 1, 2, 4, 8 or 16.
    pub(super) bits: u32,
    /// Samples of a pixel.
    pub(super) samples: u32,
    pub(super) colour: Colour,
    pub(super) alpha: Option<Alpha>,
    pub(super) compression: Compression,
    /// Whether samples are differences to those of the pixel before.
    pub(super) differences: bool,
    /// Whether samples of a kind are together.
    pub(super) planar: bool,
    /// Whether the first of eight samples in a byte is its lowest.
    pub(super) low_first: bool,
    /// Places and lengths of strips or tiles.
    pub(super) offsets: Entry<'a>,
    pub(super) counts: Option<Entry<'a>>,
    /// Width and height of a strip or tile.
    pub(super) chunk: (u32, u32),
}

impl<'a> Page<'a> {
    /// The page of a number, counted from 0, and how many there are.
    pub(super) fn read(file: &'a [u8], number: u32) -> Result<(Self, u32), FormatError> {
        let tiff = Tiff::new(file)?;
        let (mut pages, mut found) = (0, None);
        for at in tiff.directories() {
            if pages == number {
                found = Some(at);
            }
            pages += 1;
        }
        let at = match found {
            Some(at) => at,
            None if pages == 0 => return Err(FormatError::Truncated),
            None => return Err(FormatError::NoPage { page: number, pages }),
        };
        Ok((Self::of(tiff, tiff.directory(at)?)?, pages))
    }

    fn of(tiff: Tiff<'a>, directory: Directory<'a>) -> Result<Self, FormatError> {
        let number = |tag, index| directory.find(tag).and_then(|entry| entry.number(index));
        let or = |tag, default| number(tag, 0).unwrap_or(default);
        let width = number(256, 0).ok_or(invalid("a TIFF page with a width"))?;
        let height = number(257, 0).ok_or(invalid("a TIFF page with a height"))?;
        let samples = or(277, 1);
        if !(1..=16).contains(&samples) {
            return Err(unsupported("TIFF with more than 16 samples to a pixel"));
        }
        let bits = or(258, 1);
        if (1..samples).any(|sample| number(258, sample).is_some_and(|other| other != bits)) {
            return Err(unsupported("TIFF with samples of different bits"));
        }
        if (0..samples).any(|sample| number(339, sample).is_some_and(|format| format != 1)) {
            return Err(unsupported("TIFF with samples other than whole numbers without sign"));
        }
        let photometric = number(262, 0).ok_or(invalid("a TIFF page that says what it shows"))?;
        let (colour, own) = match photometric {
            0 => (Colour::Grey { white_is_zero: true }, 1),
            1 => (Colour::Grey { white_is_zero: false }, 1),
            2 => (Colour::Rgb, 3),
            3 => (Colour::Palette, 1),
            5 if or(332, 1) == 1 => (Colour::Cmyk, 4),
            _ => return Err(unsupported("TIFF other than grey, palette, RGB and CMYK")),
        };
        let few = matches!(colour, Colour::Grey { .. } | Colour::Palette) && samples == 1;
        match bits {
            8 => {}
            1 | 2 | 4 if few => {}
            16 if colour != Colour::Palette => {}
            _ => return Err(unsupported("TIFF with samples of other than 1, 2, 4, 8 or 16 bits")),
        }
        if samples < own {
            return Err(invalid("a TIFF page with a sample for each of its colours"));
        }
        let alpha = match (colour, samples > own, or(338, 0)) {
            (Colour::Cmyk | Colour::Palette, ..) | (_, false, _) => None,
            (_, true, 1) => Some(Alpha::Associated),
            (_, true, _) => Some(Alpha::Straight),
        };
        let compression = match or(259, 1) {
            1 => Compression::None,
            5 => Compression::Lzw,
            8 | 32_946 => Compression::Deflate,
            32_773 => Compression::PackBits,
            2..=4 => return Err(unsupported("TIFF with fax compression")),
            6 | 7 => return Err(unsupported("TIFF with JPEG compression")),
            _ => return Err(unsupported("TIFF with this compression")),
        };
        let differences = match or(317, 1) {
            1 => false,
            2 if bits >= 8 => true,
            _ => return Err(unsupported("TIFF with this predictor")),
        };
        let tiled = directory.find(322).is_some();
        let chunk = if tiled {
            (or(322, 0), or(323, 0))
        } else {
            // Without a number, or with too large a one, all rows are in one strip.
            (width, or(278, height).min(height))
        };
        let (offsets, counts) = if tiled { (324, 325) } else { (273, 279) };
        let low_first = or(266, 1) == 2;
        if low_first && (bits > 1 || compression != Compression::None) {
            return Err(unsupported("TIFF with the low bits first"));
        }
        if chunk.0 == 0 || chunk.1 == 0 {
            return Err(invalid("TIFF strips and tiles of at least one pixel"));
        }
        Ok(Self {
            tiff,
            directory,
            width,
            height,
            bits,
            samples,
            colour,
            alpha,
            compression,
            differences,
            planar: or(284, 1) == 2 && samples > 1,
            low_first,
            offsets: directory.find(offsets).ok_or(invalid("a TIFF page with data"))?,
            counts: directory.find(counts),
            chunk,
        })
    }

    /// Channels of the rows that are decoded.
    pub(super) fn channels(&self) -> u8 {
        let colours = if matches!(self.colour, Colour::Grey { .. }) { 1 } else { 3 };
        colours + u8::from(self.alpha.is_some())
    }
}

pub(crate) fn header(input: &[u8], page: u32) -> Result<Header, FormatError> {
    let (page, pages) = Page::read(input, page)?;
    let mut header = Header::plain(Format::Tiff, page.width, page.height, page.channels());
    let part = |tag| page.directory.find(tag).and_then(|entry| entry.range());
    header.depth = page.bits as u8;
    header.palette = page.colour == Colour::Palette;
    header.pages = pages;
    header.orientation = exif::of_directory(page.directory);
    header.density = exif::density(page.directory);
    header.icc = part(ICC);
    header.xmp = part(XMP);
    Ok(header)
}
