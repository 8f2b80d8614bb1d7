//! Resampling of 8-bit images with separable filters, row by row.
//!
//! [`Resizer`] takes rows of the source and hands out rows of the result as soon as their last source row is there. It
//! keeps no more of the source than a filter is high. Rows are filtered down first, 32 samples at a time, then
//! across, in fixed-point arithmetic: weights have 14 fractional bits, what is between the two passes has 6. Results are
//! the same on every machine and within one of exact arithmetic.
//!
//! When an image becomes smaller a filter is as much wider, so that every sample counts. Past an edge there is nothing:
//! the weights inside are scaled up.
#![forbid(unsafe_code)]
#![allow(clippy::inline_always, reason = "vectors have to stay in registers")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "sides of images are far below 2^52 and clamped before they are cast; what is compared is whole"
)]

mod across;
mod alpha;
mod axis;
mod down;
mod filter;
mod resizer;

pub use alpha::{divide_alpha, multiply_alpha};
pub use axis::Axis;
pub use filter::Filter;
pub use resizer::{ResizeError, Resizer};
