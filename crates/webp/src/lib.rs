//! WebP, RFC 9649: lossy images (VP8 key frames, RFC 6386), lossless ones (VP8L), alpha, animations, metadata.
//!
//! [`Header::read`] says what is in a file. [`Decoder`] decodes it row by row: a lossy image never takes more memory
//! than two rows of macroblocks, besides its alpha. [`Frames`] shows an animation, frame by frame, as whole canvases.
//!
//! [`encode`] writes still images, lossy and lossless.
//!
//! Pixels are those of libwebp to the bit, with its default upsampling of chroma and without dithering. Alpha is
//! straight, not premultiplied.
#![forbid(unsafe_code)]
#![allow(
    clippy::inline_always,
    reason = "the state of the bit readers has to stay in registers, and so do vectors"
)]
#![allow(clippy::cast_sign_loss, reason = "samples are clamped before they are narrowed")]
#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the names of the formulas: y, u, v, p0, q0, p1, q1"
)]

mod decode;
mod encode;
mod error;
mod header;
mod image;
mod options;
mod riff;
mod vp8;

pub use decode::{Decoder, Frame, Frames};
pub use encode::{EncodeError, EncodeOptions, Metadata, encode};
pub use error::WebpError;
pub use header::Header;
pub use options::{Limits, Options};
