//! Thumbnails of JPEG (ITU-T T.81) and PNG (W3C PNG, third edition) images.
//!
//! JPEG is decoded by `bytemill-jpeg`, at the smallest scale that is still twice the size of the result; the
//! other codecs are the `image` crate's, the Lanczos3 resampler is `fast_image_resize`'s. This crate adds a
//! reading of the headers that decides before any pixel is decoded or memory taken, the meaning of `fit` that
//! sharp gave it, EXIF orientation, flattening and padding.
//!
//! Colour profiles are ignored; 16-bit samples are rounded to 8 bits; animated PNG gives its first image.
//! With the feature `parallel`, large images are resampled on rayon's threads.
#![forbid(unsafe_code)]

mod decode;
mod encode;
mod error;
mod geometry;
mod header;
mod options;
mod pixels;
mod thumbnail;

pub use error::ImageError;
pub use header::metadata;
pub use options::{Fit, Format, Limits, Metadata, Size, ThumbnailOptions};
pub use thumbnail::thumbnail;
