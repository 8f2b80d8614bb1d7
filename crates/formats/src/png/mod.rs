//! PNG (W3C PNG, third edition).

mod chunks;
mod control;
mod expand;
mod filter;
mod frames;
mod header;
mod pack;
mod read;
mod stream;
mod unfilter;
mod write;

pub(crate) use chunks::{Chunk, Chunks, write_chunk};
pub(crate) use frames::Frames;
pub(crate) use header::header;
pub(crate) use read::rows;
pub use write::{Compression, Palette, PngOptions, encode_png};
