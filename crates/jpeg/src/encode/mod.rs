//! Rows of samples to files: baseline JPEG (T.81, annex F) in a JFIF container.

mod code;
mod colour;
mod encoder;
mod forward;
mod options;
mod quantise;
mod scan;
mod standard;
mod write;

pub use encoder::Encoder;
pub use options::{EncodeError, EncodeOptions, Subsampling};
