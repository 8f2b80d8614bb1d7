//! Windows bitmaps: `BITMAPCOREHEADER` to `BITMAPV5HEADER`, as in "Bitmap Storage" and `wingdi.h`.

mod parse;
mod read;
mod rle;
mod write;

pub(crate) use parse::{Bitmap, header};
pub(crate) use read::rows;
pub use write::encode_bmp;
