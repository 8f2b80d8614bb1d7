//! TIFF 6.0: pages in strips or tiles, 1 to 16 bits, grey, palette, RGB and CMYK, uncompressed or with LZW, Deflate
//! (Adobe's note of 2002) or `PackBits`.

mod colour;
mod directory;
mod page;
mod read;
mod unpack;

pub(crate) use directory::{Directory, Tiff};
pub(crate) use page::{ICC, XMP, header};
pub(crate) use read::rows;
