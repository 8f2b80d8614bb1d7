//! GIF (89a specification): the first frame on its canvas, all frames, and writing.

mod blocks;
mod read;
mod write;

pub(crate) use blocks::{Blocks, header};
pub(crate) use read::{Reader, rows};
pub use write::{GifEncoder, GifOptions, encode_gif};
