//! WebP, RFC 9649: pixels to lossy images (VP8, RFC 6386) and lossless ones.
//!
//! [`encode`] takes pixels of 1 to 4 channels and writes a whole file. Lossy images have libwebp's scale of quality;
//! lossless ones come back to the bit.
//!
//! Not supported: animations.
#![forbid(unsafe_code)]

mod encode;

pub use encode::{EncodeError, EncodeOptions, Metadata, encode};
