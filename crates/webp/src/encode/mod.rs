//! Pixels to files.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "sides are at most 16383, samples and levels at most 16 bits"
)]
#![allow(
    clippy::inline_always,
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "vectors have to stay in registers; names of the formulas"
)]

mod alpha;
mod container;
mod error;
mod lossless;
mod lossy;
mod options;
mod pixels;

pub use container::encode;
pub use error::EncodeError;
pub use options::{EncodeOptions, Metadata};
