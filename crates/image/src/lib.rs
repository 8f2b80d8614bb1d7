//! Images from one file to another: JPEG (ITU-T T.81), PNG (W3C PNG, third edition), WebP (RFC 9649), GIF, BMP, QOI, ICO
//! and TIFF, by the codecs of `bytemill-jpeg`, `bytemill-webp` and `bytemill-formats`.
//!
//! [`thumbnail()`] and the first steps of a chain, [`process`], decode a JPEG at the smallest scale that is still twice the
//! size of the result, and resample it row by row; from JPEG to JPEG without colours in between. Other formats are
//! resampled row by row too, as far as they are stored so. What else a chain does is done by `bytemill-raster`, to pixels
//! in memory.
//!
//! This crate adds a reading of the headers that decides before any pixel is decoded or memory taken, the meaning of `fit`
//! that sharp gave it, EXIF orientation, and colour profiles: pixels become sRGB by `bytemill-icc`. Samples of 16 bits are
//! rounded to 8.
#![forbid(unsafe_code)]

mod animation;
mod chain;
mod encode;
mod error;
mod geometry;
mod header;
mod jpeg;
mod look;
mod metadata;
mod options;
mod pad;
mod rows;
mod scaling;
mod source;
mod thumbnail;

pub use animation::{Animation, frames};
pub use bytemill_raster::Blend;
pub use bytemill_resize::Filter;
pub use chain::{
    Composite, Edge, Info, Modulation, Overlay, Placement, RawInput, Rectangle, Request,
    Sharpening, Step, process,
};
pub use error::ImageError;
pub use header::metadata;
pub use look::{HashAlgorithm, blurhash, perceptual_hash, thumbhash};
pub use options::{
    Encoding, Fit, Format, Keep, Limits, Metadata, Position, Resize, Size, ThumbnailOptions,
};
pub use thumbnail::{jpeg_thumbnail, thumbnail, thumbnails};
