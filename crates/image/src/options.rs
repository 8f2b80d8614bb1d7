//! What the caller says, and what is said back.

/// How an image is fitted when both width and height are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Keeps the aspect ratio, covers the size and crops the middle out.
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

/// An image format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JPEG: no alpha.
    #[default]
    Jpeg,
    /// PNG: lossless, with alpha where the input has it.
    Png,
}

/// How to make a thumbnail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThumbnailOptions {
    /// Width in pixels; 0 follows from the height.
    pub width: u32,
    /// Height in pixels; 0 follows from the width.
    pub height: u32,
    /// What to do when the aspect ratio differs; unused when width or height is 0.
    pub fit: Fit,
    /// Leaves an image alone that is smaller than asked for.
    pub without_enlargement: bool,
    /// Format of the result.
    pub format: Format,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Turns the image upright by its EXIF orientation. The size then means the upright image.
    pub auto_orient: bool,
    /// Red, green and blue behind transparent pixels in JPEG, and of the padding of [`Fit::Contain`].
    pub background: [u8; 3],
}

impl Default for ThumbnailOptions {
    /// The image's own size, inside, JPEG at quality 80, upright, on black.
    fn default() -> Self {
        Self {
            width: 0,
            height: 0,
            fit: Fit::Inside,
            without_enlargement: false,
            format: Format::Jpeg,
            quality: 80,
            auto_orient: true,
            background: [0; 3],
        }
    }
}

/// How much an image may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels of the input, and of the result. Of an input whose pixels would take more than 64
    /// times the file's size and more than 256 MiB fewer are allowed: 89 million in a colour image.
    pub max_pixels: u64,
    /// Most bytes of the encoded result. Reaching it exactly is allowed.
    pub max_output_bytes: u64,
}

impl Default for Limits {
    /// 16383 by 16383 pixels, sharp's own limit, and 256 MiB.
    fn default() -> Self {
        Self { max_pixels: 268_402_689, max_output_bytes: 256 << 20 }
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
    /// Whether pixels can be transparent.
    pub has_alpha: bool,
}
