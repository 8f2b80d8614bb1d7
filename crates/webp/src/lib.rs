//! WebP, RFC 9649: pixels to lossy and lossless images.
#![forbid(unsafe_code)]

mod encode;

pub use encode::*;
