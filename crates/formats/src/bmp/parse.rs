//! Headers of bitmaps, in files of their own and in icons.

use crate::bytes::{array, le16, le32, slice};
use crate::error::{invalid, unsupported};
use crate::{Density, Format, FormatError, Header, Unit};

/// A bitmap that can be decoded.
#[derive(Clone, Debug)]
pub(crate) struct Bitmap {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Whether the first row is the uppermost.
    pub(super) top_down: bool,
    /// Bits to a pixel.
    pub(crate) bits: u32,
    pub(super) kind: Kind,
    pub(super) palette: Vec<[u8; 3]>,
    /// Whether there is alpha.
    pub(crate) alpha: bool,
    /// Where the pixels lie.
    pub(crate) data: usize,
    density: Option<Density>,
}

/// How pixels are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Palette,
    /// Runs of indices of 8 or 4 bits.
    Runs,
    /// Numbers of 16, 24 or 32 bits: red, green, blue and alpha where the masks say.
    Masks([Mask; 4]),
}

/// Bits of a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask {
    shift: u32,
    /// The largest value; 0 where there are no bits.
    last: u32,
}

impl Mask {
    fn new(mask: u32) -> Result<Self, FormatError> {
        if mask == 0 {
            return Ok(Self::default());
        }
        let shift = mask.trailing_zeros();
        let bits = (!(mask >> shift)).trailing_zeros();
        if bits != mask.count_ones() {
            return Err(invalid("bit masks without gaps"));
        }
        // Of more than 8 bits the upper 8 count.
        let bits_below = bits.saturating_sub(8);
        Ok(Self { shift: shift + bits_below, last: (1 << bits.min(8)) - 1 })
    }

    /// The sample in a pixel, brought to 8 bits.
    pub(super) fn of(self, pixel: u32) -> u8 {
        match self.last {
            0 => 0,
            255 => (pixel >> self.shift) as u8,
            last => (((pixel >> self.shift & last) * 255 + last / 2) / last) as u8,
        }
    }
}

fn masks(masks: [u32; 4]) -> Result<Kind, FormatError> {
    let [r, g, b, a] = masks.map(Mask::new);
    Ok(Kind::Masks([r?, g?, b?, a?]))
}

impl Bitmap {
    /// Of a file.
    pub(super) fn read(file: &[u8]) -> Result<Self, FormatError> {
        let data = le32(file, 10)? as usize;
        let (bitmap, _) = Self::parse(file, 14, false)?;
        Ok(Self { data, ..bitmap })
    }

    /// Of an icon, whose pixels follow at once: its mask counts as half of its height, and 32 bits have alpha.
    pub(crate) fn in_icon(icon: &[u8]) -> Result<Self, FormatError> {
        let (bitmap, end) = Self::parse(icon, 0, true)?;
        Ok(Self { height: bitmap.height / 2, data: end, ..bitmap })
    }

    /// Reads the header at `at`, masks and palette; and where they end.
    fn parse(file: &[u8], at: usize, icon: bool) -> Result<(Self, usize), FormatError> {
        let size = le32(file, at)?;
        if size == 12 {
            return Self::core(file, at);
        }
        if !matches!(size, 40 | 52 | 56 | 64 | 108 | 124) {
            return Err(unsupported("bitmap with a header of this size"));
        }
        let [width, height] = [le32(file, at + 4)?, le32(file, at + 8)?];
        let top_down = height.cast_signed() < 0;
        let height = if top_down { height.wrapping_neg() } else { height };
        if width > i32::MAX as u32 || height > i32::MAX as u32 {
            return Err(invalid("a bitmap of less than 2147483648 pixels to a side"));
        }
        let bits = u32::from(le16(file, at + 14)?);
        let compression = le32(file, at + 16)?;
        let [x, y] = [le32(file, at + 24)?, le32(file, at + 28)?];
        let mut end = at + size as usize;
        slice(file, at, size as usize)?;
        let mask = |number: usize| le32(file, at + 40 + 4 * number);
        let kind = match (compression, bits) {
            (0, 1 | 2 | 4 | 8) => Kind::Palette,
            (0, 16) => masks([0x7C00, 0x03E0, 0x001F, 0])?,
            (0, 24) => masks([0xFF_0000, 0xFF00, 0xFF, 0])?,
            (0, 32) => masks([0xFF_0000, 0xFF00, 0xFF, if icon { 0xFF00_0000 } else { 0 }])?,
            (1, 8) | (2, 4) if !top_down => Kind::Runs,
            (3 | 6, 16 | 32) if size != 64 => {
                // Masks are part of the longer headers, and follow the shortest.
                let alpha = if size >= 56 || compression == 6 { mask(3)? } else { 0 };
                if size == 40 {
                    end += if compression == 6 { 16 } else { 12 };
                }
                let colours = [mask(0)?, mask(1)?, mask(2)?];
                let limit = if bits == 16 { 0xFFFF } else { u32::MAX };
                if colours.contains(&0) || colours.iter().any(|mask| *mask > limit) {
                    return Err(invalid("a bit mask for each colour"));
                }
                masks([colours[0], colours[1], colours[2], alpha & limit])?
            }
            (4, _) => return Err(unsupported("bitmap with JPEG inside")),
            (5, _) => return Err(unsupported("bitmap with PNG inside")),
            _ => return Err(invalid("a bitmap of 1 to 32 bits, with the compression for them")),
        };
        let mut palette = Vec::new();
        if matches!(kind, Kind::Palette | Kind::Runs) {
            let count = match le32(file, at + 32)? {
                0 => 1 << bits,
                count if count <= 1 << bits => count,
                _ => return Err(invalid("a palette of as many colours as its bits have numbers")),
            };
            let colours = slice(file, end, 4 * count as usize)?;
            palette.extend(colours.as_chunks().0.iter().map(|[b, g, r, _]| [*r, *g, *b]));
            end += 4 * count as usize;
        }
        let alpha = matches!(kind, Kind::Masks([.., alpha]) if alpha.last != 0);
        let density = (x > 0 && y > 0).then_some(Density { x, y, unit: Unit::Metre });
        let bitmap =
            Self { width, height, top_down, bits, kind, palette, alpha, data: end, density };
        Ok((bitmap, end))
    }

    /// `BITMAPCOREHEADER`.
    fn core(file: &[u8], at: usize) -> Result<(Self, usize), FormatError> {
        let [w0, w1, h0, h1, _, _, b0, b1] = array(file, at + 4)?;
        let bits = u32::from(u16::from_le_bytes([b0, b1]));
        let mut palette = Vec::new();
        let mut end = at + 12;
        let kind = match bits {
            1 | 4 | 8 => {
                let colours = slice(file, end, 3 << bits)?;
                palette.extend(colours.as_chunks().0.iter().map(|[b, g, r]| [*r, *g, *b]));
                end += 3 << bits;
                Kind::Palette
            }
            24 => masks([0xFF_0000, 0xFF00, 0xFF, 0])?,
            _ => return Err(invalid("a bitmap of 1, 4, 8 or 24 bits")),
        };
        let bitmap = Self {
            width: u16::from_le_bytes([w0, w1]).into(),
            height: u16::from_le_bytes([h0, h1]).into(),
            top_down: false,
            bits,
            kind,
            palette,
            alpha: false,
            data: end,
            density: None,
        };
        Ok((bitmap, end))
    }
}

pub(crate) fn header(input: &[u8]) -> Result<Header, FormatError> {
    let bitmap = Bitmap::read(input)?;
    let channels = if bitmap.alpha { 4 } else { 3 };
    let mut header = Header::plain(Format::Bmp, bitmap.width, bitmap.height, channels);
    header.palette = !bitmap.palette.is_empty();
    header.depth = if header.palette { bitmap.bits as u8 } else { 8 };
    header.density = bitmap.density;
    Ok(header)
}
