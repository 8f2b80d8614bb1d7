//! Runs of indices: `BI_RLE8` and `BI_RLE4` ("Bitmap Compression").

use super::parse::Bitmap;
use crate::FormatError;
use crate::bytes::array;
use crate::error::invalid;

/// Where the next pixel goes, in an image of the size that it has.
struct Place<'a> {
    bitmap: &'a Bitmap,
    image: &'a mut [u8],
    channels: usize,
    x: usize,
    /// Counted from the bottom.
    y: usize,
}

impl Place<'_> {
    /// Sets a pixel; what is past the row's end is lost, as in other programs.
    fn put(&mut self, index: u8) {
        let width = self.bitmap.width as usize;
        if self.x < width {
            let row = self.bitmap.height as usize - 1 - self.y;
            let at = (row * width + self.x) * self.channels;
            if let Some(pixel) = self.image.get_mut(at..at + self.channels) {
                self.bitmap.colour(index, pixel);
            }
            self.x += 1;
        }
    }

    /// Sets pixels to the indices in bytes, one or two in each.
    fn put_all(&mut self, bytes: impl Iterator<Item = u8>, count: usize) {
        if self.bitmap.bits == 8 {
            bytes.take(count).for_each(|index| self.put(index));
        } else {
            let indices = bytes.flat_map(|byte| [byte >> 4, byte & 15]);
            indices.take(count).for_each(|index| self.put(index));
        }
    }
}

/// Decodes into an image of black pixels, which stay where nothing is said of them.
pub(super) fn decode(
    bitmap: &Bitmap,
    file: &[u8],
    channels: usize,
    image: &mut [u8],
) -> Result<(), FormatError> {
    let mut place = Place { bitmap, image, channels, x: 0, y: 0 };
    let mut at = bitmap.data;
    while place.y < bitmap.height as usize {
        let [count, value] = array(file, at)?;
        at += 2;
        match (count, value) {
            // End of the row, of the image.
            (0, 0) => (place.x, place.y) = (0, place.y + 1),
            (0, 1) => break,
            (0, 2) => {
                let [right, up] = array(file, at)?;
                at += 2;
                place.x += usize::from(right);
                place.y += usize::from(up);
                if place.x > bitmap.width as usize || place.y >= bitmap.height as usize {
                    return Err(invalid("a step to a place in the bitmap"));
                }
            }
            (0, count) => {
                let count = usize::from(count);
                let bytes = if bitmap.bits == 8 { count } else { count.div_ceil(2) };
                let indices = file.get(at..).unwrap_or_default();
                let indices = &indices[..bytes.min(indices.len())];
                place.put_all(indices.iter().copied(), count);
                if indices.len() < bytes {
                    return Err(FormatError::Truncated);
                }
                // They end at even places.
                at += bytes.next_multiple_of(2);
            }
            (count, value) => place.put_all(core::iter::repeat(value), usize::from(count)),
        }
    }
    Ok(())
}
