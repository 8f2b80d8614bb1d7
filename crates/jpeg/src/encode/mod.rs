//! Rows of samples to files: baseline and progressive JPEG (T.81, annexes F and G) in a JFIF container.

mod code;
mod colour;
mod encoder;
mod forward;
mod options;
mod progressive;
mod quantise;
mod scan;
mod write;

pub use encoder::Encoder;
pub use options::{EncodeError, EncodeOptions, Subsampling};
