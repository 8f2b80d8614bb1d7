//! Operations on decoded images of 8 bits, with the meaning that sharp and libvips gave them.
//!
//! [`Raster`] holds grey or red, green and blue, with or without alpha, which is straight: colours are not multiplied
//! by it. Its methods are the operations; each file here holds one of them. What changes no sizes works in place.
//! Compositing is that of W3C Compositing and Blending Level 1, colours of [`Modulate`], [`Raster::tint`] and
//! [`Raster::sharpen`] are CIE 1976 L\*a\*b\* under D65.
//!
//! Every result is the same on every machine: integers, and floating-point numbers only by operations that IEEE 754
//! rounds exactly; logarithms, powers and cosines are computed in `math.rs`, not by the platform.
//!
//! Time is linear in pixels, times what an operation states: taps of a kernel, or the logarithm of a blur's sigma. What
//! makes an image larger takes a limit of pixels and checks it before it allocates.
#![forbid(unsafe_code)]
#![allow(clippy::inline_always, reason = "vectors have to stay in registers")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "sides of images are far below 2^52, samples are clamped before they are cast"
)]
#![allow(clippy::float_cmp, reason = "what is compared is whole, or compared with itself")]
#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the names of the formulas: x, y, r, g, b, l, cs, cb"
)]

mod alpha;
mod channels;
mod colour;
mod composite;
mod error;
mod filter;
mod geometry;
mod hash;
mod lab;
mod math;
mod memory;
mod placeholder;
mod raster;
mod shrink;
mod srgb;
mod stats;

pub use colour::Modulate;
pub use composite::{Blend, CompositeOptions, Gravity, Placement};
pub use error::RasterError;
pub use filter::{Kernel, Sharpen};
pub use geometry::{Area, Extend, ExtendMode, Interpolation, TrimOptions};
pub use hash::{dhash, hamming, phash};
pub use placeholder::{blurhash, thumbhash};
pub use raster::Raster;
pub use stats::{ChannelStats, Stats};
