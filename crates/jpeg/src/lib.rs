//! JPEG, ITU-T T.81: baseline, extended sequential and progressive Huffman images of 8 bits to samples or pixels, and
//! both of them to baseline images.
//!
//! [`Header::read`] says what is in a file. [`Decoder`] decodes it, at full size or at a half, a quarter or an eighth
//! of it, row by row: a baseline image never takes more memory than one row of MCUs. Samples, upsampled chroma and
//! colours are those of libjpeg-turbo's accurate integer method, to the bit, at every scale.
//!
//! [`Encoder`] takes rows of samples, of each component at its own size, or of pixels. Coefficients are those of
//! libjpeg-turbo's accurate integer method at the same quality, to the bit.
//!
//! Not supported: arithmetic coding, lossless and hierarchical frames, 12 bits, a height that follows the first scan.
#![forbid(unsafe_code)]
#![allow(
    clippy::inline_always,
    reason = "the state of the bit reader has to stay in registers, and so do vectors"
)]
#![allow(clippy::cast_sign_loss, reason = "samples are clamped before they are narrowed")]
#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the names of the formulas: y, cb, cr, k, h, v"
)]

mod bits;
mod block;
mod buffered;
mod colour;
mod decoder;
mod encode;
mod error;
mod exif;
mod header;
mod huffman;
mod idct;
mod layout;
mod options;
mod pixels;
mod segments;
mod sequential;
mod skip;
mod standard;
mod strip;
mod upsample;

pub use colour::ycc_row;
pub use decoder::{Decoder, Grid, Plane, Planes};
pub use encode::{EncodeError, EncodeOptions, Encoder, Subsampling};
pub use error::JpegError;
pub use header::{Colour, Header};
pub use options::{Limits, Options, Scale};
