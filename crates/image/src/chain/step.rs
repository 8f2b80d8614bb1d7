//! What can be done to an image between decoding and encoding. The meanings are sharp's; the order is the caller's.

use bytemill_raster::Blend;

use crate::{Position, Resize};

/// One step of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    /// Changes the size.
    Resize(Resize),
    /// Keeps a part.
    Extract(Rectangle),
    /// Cuts off the border that looks like the upper left pixel.
    Trim {
        /// Levels by which a pixel may differ from it.
        threshold: u8,
        /// For drawings: does without the median that evens out the noise of photographs.
        line_art: bool,
    },
    /// Adds rows and columns.
    Extend {
        /// Rows above.
        top: u32,
        /// Rows below.
        bottom: u32,
        /// Columns on the left.
        left: u32,
        /// Columns on the right.
        right: u32,
        /// What they are.
        edge: Edge,
        /// Their colour, with [`Edge::Background`].
        background: [u8; 4],
    },
    /// Turns clockwise.
    Rotate {
        /// The angle.
        degrees: f64,
        /// Colour of the corners that appear.
        background: [u8; 4],
    },
    /// Exchanges top and bottom.
    Flip,
    /// Exchanges left and right.
    Flop,
    /// Makes grey, with the weights of BT.601.
    Grayscale,
    /// Inverts samples.
    Negate {
        /// Alpha too.
        alpha: bool,
    },
    /// Makes samples 0 or 255.
    Threshold {
        /// The first level that becomes 255.
        value: u8,
        /// Makes grey first.
        grayscale: bool,
    },
    /// Raises samples to a power before the next resizing, and to the inverse of another after it.
    Gamma {
        /// Exponent before it.
        before: f64,
        /// Exponent after it.
        after: f64,
    },
    /// Changes lightness, chroma and hue.
    Modulate(Modulation),
    /// Blurs.
    Blur {
        /// Standard deviation in pixels; 0 for a mild blur of 3 by 3.
        sigma: f64,
    },
    /// Sharpens.
    Sharpen(Sharpening),
    /// Replaces every sample by the median of a square around it.
    Median {
        /// Side of the square in pixels.
        size: u32,
    },
    /// Multiplies samples and adds to them.
    Linear {
        /// The factor.
        multiplier: f64,
        /// The summand, in levels.
        offset: f64,
    },
    /// Stretches lightness to the whole range.
    Normalize {
        /// Percentile that becomes black.
        lower: u8,
        /// Percentile that becomes white.
        upper: u8,
    },
    /// Keeps lightness and replaces the colour.
    Tint([u8; 3]),
    /// Lays the image on a colour and drops its alpha.
    Flatten([u8; 3]),
    /// Lays another image over it.
    Composite(Composite<'a>),
}

/// What the pixels are that an image is extended by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// A colour.
    #[default]
    Background,
    /// The pixels of its edge.
    Copy,
    /// The image again.
    Repeat,
    /// The image in a mirror.
    Mirror,
}

/// A part of an image, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rectangle {
    /// Columns left of it.
    pub left: u32,
    /// Rows above it.
    pub top: u32,
    /// Its width; 0 for all that is right of `left`.
    pub width: u32,
    /// Its height; 0 for all that is below `top`.
    pub height: u32,
}

/// How lightness, chroma and hue change, in CIE's L\*C\*h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modulation {
    /// Factor of the lightness.
    pub brightness: f64,
    /// Factor of the chroma.
    pub saturation: f64,
    /// Degrees that are added to the hue.
    pub hue: f64,
    /// What is added to the lightness, of 100.
    pub lightness: f64,
}

/// How an image is sharpened, in CIE's L\*.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sharpening {
    /// Standard deviation in pixels; 0 for a mild sharpening of 3 by 3.
    pub sigma: f64,
    /// Factor in flat areas.
    pub m1: f64,
    /// Factor in jagged areas.
    pub m2: f64,
    /// Difference at which flat becomes jagged.
    pub x1: f64,
    /// Most brightening.
    pub y2: f64,
    /// Most darkening.
    pub y3: f64,
}

/// An image that is laid over another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Composite<'a> {
    /// The image.
    pub overlay: Overlay<'a>,
    /// Where it lies.
    pub placement: Placement,
    /// How the two become one.
    pub blend: Blend,
    /// Whether it is repeated over the whole image.
    pub tile: bool,
    /// How much of it is seen, 0 to 1.
    pub opacity: f64,
}

/// A file, or samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlay<'a> {
    /// The bytes.
    pub data: &'a [u8],
    /// Their size, where they are samples.
    pub raw: Option<RawInput>,
}

/// Size of an image that is nothing but samples, rows from the top and without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawInput {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Samples per pixel: 1 grey, 2 grey and alpha, 3 red, green and blue, 4 with alpha.
    pub channels: u32,
}

/// Where an image lies on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// At an edge, in a corner, in the middle.
    Gravity(Position),
    /// By the distance of its upper left corner from that of the other.
    At {
        /// To the right, in pixels.
        left: i32,
        /// Downwards, in pixels.
        top: i32,
    },
}
