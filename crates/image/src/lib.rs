//! Thumbnails of JPEG (ITU-T T.81) and PNG (W3C PNG, third edition) images.
//!
//! JPEG is decoded and encoded by `bytemill-jpeg`, at the smallest scale that is still twice the size of the result,
//! and resampled with Lanczos3 by `bytemill-resize`: row by row, and from JPEG to JPEG without colours in between. PNG
//! is the `image` crate's. This crate adds a reading of the headers that decides before any pixel is decoded or memory
//! taken, the meaning of `fit` that sharp gave it, EXIF orientation, flattening and padding.
//!
//! Colour profiles are ignored; 16-bit samples are rounded to 8 bits; animated PNG gives its first image.
#![forbid(unsafe_code)]

mod decode;
mod encode;
mod error;
mod geometry;
mod header;
mod options;
mod pixels;
mod planes;
mod scaling;
mod thumbnail;

pub use error::ImageError;
pub use header::metadata;
pub use options::{Fit, Format, Limits, Metadata, Size, ThumbnailOptions};
pub use thumbnail::thumbnail;
