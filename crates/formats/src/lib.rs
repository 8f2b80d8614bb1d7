//! Image formats that have no kernel of their own, and metadata in the containers of all of them.
//!
//! | format | specification | read | written |
//! | --- | --- | --- | --- |
//! | PNG, APNG | W3C PNG, third edition | rows, frames | yes, with palettes |
//! | GIF | GIF 89a | rows, frames | yes, animations too |
//! | BMP | Windows, `BITMAPCOREHEADER` to `BITMAPV5HEADER` | rows | yes |
//! | ICO, CUR | Windows | rows of the largest image | no |
//! | QOI | 2022-01-05 | rows | yes |
//! | TIFF | 6.0, with Deflate and LZW | rows of a page | no |
//!
//! [`Header::read`] says what is in a file. [`Decoder`] hands out an image's rows of 8-bit samples from top to bottom,
//! [`Frames`] the frames of an animation on their canvas. [`encode_png`], [`encode_gif`], [`encode_bmp`] and
//! [`encode_qoi`] write files. [`Metadata`] finds colour profiles, EXIF and XMP in these formats, JPEG and WebP, and puts
//! them into JPEG and PNG.
//!
//! Limits are checked before memory is taken, and what is compressed beside the pixels is unpacked to 1 MiB at most.
//! Not supported: TIFF with JPEG, fax or floating-point data or with more than 16 bits, BMP with JPEG or PNG inside.
#![forbid(unsafe_code)]
#![allow(clippy::inline_always, reason = "vectors have to stay in registers")]
#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the names of the formulas: a, b, c, r, g, b"
)]

mod bmp;
mod bytes;
mod canvas;
mod decoder;
mod error;
mod format;
mod frames;
mod gif;
mod header;
mod ico;
mod inflate;
mod lzw;
mod metadata;
mod options;
mod palette;
mod png;
mod qoi;
mod sink;
mod tiff;

pub use bmp::encode_bmp;
pub use canvas::{Area, Disposal};
pub use decoder::Decoder;
pub use error::FormatError;
pub use format::Format;
pub use frames::{Frame, Frames};
pub use gif::{GifEncoder, GifOptions, encode_gif};
pub use header::{Density, Header, Unit};
pub use metadata::{Exif, Metadata};
pub use options::{Limits, Options};
pub use png::{Compression, Palette, PngOptions, encode_png};
pub use qoi::encode_qoi;
pub use sink::Image;
