//! Images: `bytemill/image`. Thumbnails from JPEG to JPEG are a module of their own, with neither the other formats nor
//! the steps of chains.

#[cfg(feature = "image")]
pub mod chain;
#[cfg(feature = "image")]
pub mod frames;
#[cfg(feature = "image")]
pub mod look;
#[cfg(feature = "image")]
pub mod steps;
pub mod thumbnail;

use bytemill_image::{Filter, Format, ImageError, Position};

use crate::{Code, Error};

/// As sharp and libvips: 0x3fff squared.
pub(crate) const MAX_PIXELS: i64 = 268_402_689;
/// Longest side that can be asked for.
pub(crate) const MAX_SIDE: i64 = 16_383;
/// Black.
pub(crate) const DEFAULT_BACKGROUND: u32 = 0x0000_00ff;
/// What files are written in, in the order of their names.
const FORMATS: [Format; 6] =
    [Format::Jpeg, Format::Png, Format::Webp, Format::Gif, Format::Bmp, Format::Qoi];
const FILTERS: [Filter; 6] = [
    Filter::Lanczos3,
    Filter::Mitchell,
    Filter::CatmullRom,
    Filter::Bilinear,
    Filter::Nearest,
    Filter::Lanczos2,
];
/// By sharp's names of edges and of points of the compass, and by both spellings of the middle.
const POSITIONS: [Position; 18] = [
    Position::Centre,
    Position::Top,
    Position::RightTop,
    Position::Right,
    Position::RightBottom,
    Position::Bottom,
    Position::LeftBottom,
    Position::Left,
    Position::LeftTop,
    Position::Centre,
    Position::Top,
    Position::RightTop,
    Position::Right,
    Position::RightBottom,
    Position::Bottom,
    Position::LeftBottom,
    Position::Left,
    Position::LeftTop,
];

/// A colour without its alpha.
fn opaque([red, green, blue, _]: [u8; 4]) -> [u8; 3] {
    [red, green, blue]
}

impl From<ImageError> for Error {
    fn from(error: ImageError) -> Self {
        let message = error.to_string();
        match error {
            ImageError::Truncated => Self::new(Code::Truncated, message),
            ImageError::Invalid { .. } => Self::new(Code::InvalidData, message),
            ImageError::Unsupported { .. } => Self::new(Code::Unsupported, message),
            ImageError::TooManyPixels { .. } | ImageError::TooMuchMemory { .. } => {
                Self::limit("maxPixels", message)
            }
            ImageError::TooManyFrames { .. } => Self::limit("maxFrames", message),
            ImageError::OutputTooLarge { .. } => Self::limit("maxOutputBytes", message),
            ImageError::Dimension { .. }
            | ImageError::Quality { .. }
            | ImageError::NoPage { .. }
            | ImageError::Argument { .. } => Self::new(Code::InvalidArgument, message),
            ImageError::OutOfMemory { .. } => Self::new(Code::OutOfMemory, message),
            ImageError::Internal => Self::new(Code::Internal, message),
        }
    }
}
