//! Lossless images: VP8L (RFC 9649, section 3).

mod bits;
mod entropy;
mod pixels;
mod predictor;
mod prefix;
mod transforms;

use bits::BitReader;
use entropy::Codes;
use pixels::{Pixel, Pixels};
use transforms::Transforms;

use crate::WebpError;
use crate::options::{Limits, filled};

/// Rows that are decoded before they are transformed.
const ROWS: usize = 16;

/// Bytes of the signature and the size.
const HEADER: usize = 5;

/// Decodes a lossless image, row by row.
pub(super) struct Lossless<'a> {
    bits: BitReader<'a>,
    transforms: Transforms,
    pixels: Pixels,
    row: Vec<Pixel>,
}

impl<'a> Lossless<'a> {
    /// Reads what is before the pixels. `data` is the payload of VP8L, whose header was checked.
    pub(super) fn new(
        data: &'a [u8],
        width: u32,
        height: u32,
        limits: &Limits,
    ) -> Result<Self, WebpError> {
        Self::headerless(data.get(HEADER..).unwrap_or_default(), width, height, limits)
    }

    /// As [`Lossless::new`], of data without a header.
    pub(super) fn headerless(
        data: &'a [u8],
        width: u32,
        height: u32,
        limits: &Limits,
    ) -> Result<Self, WebpError> {
        let (width, height) = (width as usize, height as usize);
        let mut bits = BitReader::new(data);
        let start = |bits: &mut BitReader<'_>| {
            let transforms = Transforms::read(bits, width, height, limits)?;
            let codes = Codes::read(bits, transforms.width, height, true, limits)?;
            let pixels = Pixels::new(transforms.width, height, codes, data.len(), limits)?;
            Ok((transforms, pixels))
        };
        match start(&mut bits) {
            Ok((transforms, pixels)) => {
                Ok(Self { bits, transforms, pixels, row: filled([0; 4], width)? })
            }
            // What follows the end is read as zeros, which are rarely valid.
            Err(WebpError::Invalid { .. }) if bits.is_exhausted() => Err(WebpError::Truncated),
            Err(error) => Err(error),
        }
    }

    /// The pixels of a row: blue, green, red, alpha. To be asked for in their order.
    pub(super) fn row(&mut self, y: usize) -> Result<&[Pixel], WebpError> {
        if y.is_multiple_of(ROWS) {
            self.pixels.decode(&mut self.bits, y + ROWS)?;
        }
        let coded = self.pixels.row(y);
        self.row[..coded.len()].copy_from_slice(coded);
        self.transforms.undo(&mut self.row, y);
        Ok(&self.row)
    }
}
