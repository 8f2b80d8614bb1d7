//! What the caller says, and what is said back.

use bytemill_resize::Filter;

use crate::ImageError;

/// Every row and column costs some time of its own: a line of 268 million pixels would take minutes.
const MAX_SIDE: u32 = 1 << 20;

/// How an image is fitted when both width and height are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Keeps the aspect ratio, covers the size and crops what sticks out.
    Cover,
    /// Keeps the aspect ratio, fits into the size and pads to it with the background.
    Contain,
    /// Stretches to the size.
    Fill,
    /// Keeps the aspect ratio, as large as possible within the size.
    #[default]
    Inside,
    /// Keeps the aspect ratio, as small as possible covering the size.
    Outside,
}

/// What of an image stays when [`Fit::Cover`] crops it, and where it stands when [`Fit::Contain`] pads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// The middle.
    #[default]
    Centre,
    /// The middle of the upper edge.
    Top,
    /// The upper right corner.
    RightTop,
    /// The middle of the right edge.
    Right,
    /// The lower right corner.
    RightBottom,
    /// The middle of the lower edge.
    Bottom,
    /// The lower left corner.
    LeftBottom,
    /// The middle of the left edge.
    Left,
    /// The upper left corner.
    LeftTop,
}

impl Position {
    /// The halves of what is left over that lie left of it and above it: 0, 1 or 2.
    pub(crate) fn halves(self) -> (u32, u32) {
        match self {
            Self::Centre => (1, 1),
            Self::Top => (1, 0),
            Self::RightTop => (2, 0),
            Self::Right => (2, 1),
            Self::RightBottom => (2, 2),
            Self::Bottom => (1, 2),
            Self::LeftBottom => (0, 2),
            Self::Left => (0, 1),
            Self::LeftTop => (0, 0),
        }
    }
}

/// An image format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JPEG: no alpha.
    #[default]
    Jpeg,
    /// PNG: lossless, with alpha where the input has it.
    Png,
    /// WebP: lossy or lossless, with alpha where the input has it.
    Webp,
    /// GIF: 256 colours.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// Quite OK Image Format.
    Qoi,
    /// Windows icon; only read.
    Ico,
    /// TIFF; only read.
    Tiff,
    /// Samples as they are, rows from the top, without a header.
    Raw,
}

/// How to change an image's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resize {
    /// Width in pixels; 0 follows from the height.
    pub width: u32,
    /// Height in pixels; 0 follows from the width.
    pub height: u32,
    /// What to do when the aspect ratio differs; unused when width or height is 0.
    pub fit: Fit,
    /// What [`Fit::Cover`] keeps, and where [`Fit::Contain`] places the image.
    pub position: Position,
    /// The filter.
    pub filter: Filter,
    /// Leaves an image alone that is smaller than asked for.
    pub without_enlargement: bool,
    /// Leaves an image alone that is larger than asked for.
    pub without_reduction: bool,
    /// Red, green, blue and alpha of the padding of [`Fit::Contain`].
    pub background: [u8; 4],
}

impl Default for Resize {
    /// The image's own size, inside, by Lanczos3, on opaque black.
    fn default() -> Self {
        Self {
            width: 0,
            height: 0,
            fit: Fit::Inside,
            position: Position::Centre,
            filter: Filter::Lanczos3,
            without_enlargement: false,
            without_reduction: false,
            background: [0, 0, 0, 255],
        }
    }
}

/// How pixels become a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The format.
    pub format: Format,
    /// Quality of JPEG and of lossy WebP, 1 to 100.
    pub quality: u8,
    /// JPEG in several scans, each finer than the one before.
    pub progressive: bool,
    /// JPEG with all of its chroma instead of a quarter of it.
    pub full_chroma: bool,
    /// WebP without loss.
    pub lossless: bool,
    /// How hard PNG and WebP are compressed, 0 to 6.
    pub effort: u8,
    /// PNG of at most as many colours; 0 for all of them.
    pub colours: u16,
    /// Red, green and blue behind transparent pixels, where the format has none.
    pub background: [u8; 3],
}

impl Default for Encoding {
    /// JPEG at quality 80, baseline, with a quarter of its chroma, on black.
    fn default() -> Self {
        Self {
            format: Format::Jpeg,
            quality: 80,
            progressive: false,
            full_chroma: false,
            lossless: false,
            effort: 4,
            colours: 0,
            background: [0; 3],
        }
    }
}

/// What of a file's metadata the result gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// EXIF, its orientation set to upright where the pixels were turned.
    pub exif: bool,
    /// The colour profile; pixels then stay as they are. Otherwise they are converted to sRGB.
    pub icc: bool,
    /// XMP.
    pub xmp: bool,
}

/// How to make a thumbnail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThumbnailOptions {
    /// The size.
    pub resize: Resize,
    /// The result's format.
    pub encoding: Encoding,
    /// Leaves the image as stored instead of turning it upright by its EXIF orientation. Otherwise the size means the
    /// upright image.
    pub as_stored: bool,
}

/// How much an image may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels of the input, of the result and of anything in between. Of an input whose pixels would take more than
    /// 64 times the file's size and more than 256 MiB fewer are allowed: 89 million in a colour image.
    pub max_pixels: u64,
    /// Most bytes of the result. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
}

impl Default for Limits {
    /// 16383 by 16383 pixels, sharp's own limit, and 256 MiB.
    fn default() -> Self {
        Self { max_pixels: 268_402_689, max_output_bytes: 256 << 20 }
    }
}

impl Limits {
    /// Holds an image's size against the limits.
    pub(crate) fn check(&self, size: Size) -> Result<(), ImageError> {
        let (pixels, limit) = (size.pixels(), self.max_pixels);
        if pixels > limit {
            return Err(ImageError::TooManyPixels { pixels, limit });
        }
        if size.width.max(size.height) > MAX_SIDE {
            return Err(ImageError::Unsupported { feature: "a side of more than 1048576 pixels" });
        }
        Ok(())
    }
}

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Size {
    /// Its pixels.
    pub(crate) fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// With width and height exchanged, if `sideways`.
    pub(crate) fn turned(self, sideways: bool) -> Self {
        if sideways { Self { width: self.height, height: self.width } } else { self }
    }
}

/// What an image's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The format of the file.
    pub format: Format,
    /// Width in pixels as stored, before any orientation.
    pub width: u32,
    /// Height in pixels as stored, before any orientation.
    pub height: u32,
    /// EXIF orientation, 1 to 8; 1 where the file has none. From 5 on, width and height swap.
    pub orientation: u8,
    /// Channels: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha, or CMYK in JPEG.
    pub channels: u8,
    /// Bits of a sample, or of an index into a palette: 1 to 16.
    pub depth: u8,
    /// Whether pixels can be transparent.
    pub has_alpha: bool,
    /// Whether the image comes in several passes, each finer than the one before.
    pub progressive: bool,
    /// Images in the file: frames of an animation, pages, sizes of an icon.
    pub pages: u32,
    /// How often an animation is played, 0 without end; nothing where there is none.
    pub loops: Option<u32>,
    /// Pixels per inch across; nothing where the file does not say it.
    pub density: Option<u32>,
    /// Whether there is a colour profile.
    pub has_profile: bool,
}
