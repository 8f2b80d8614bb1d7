//! Images of at most 256 colours as indices, several a pixel where they are few; RFC 9649, section 4.4.

use super::super::error::{EncodeError, reserve};
use super::Image;

/// Colours in order of their number.
pub(super) struct Palette(Vec<[u8; 4]>);

impl Palette {
    /// The colours of an image, if they are at most 256.
    pub(super) fn new(image: &Image) -> Option<Self> {
        // By hash, so that most pixels cost one comparison.
        let mut table = [None; 1024];
        let mut colours: Vec<(u64, usize)> = Vec::new();
        for row in image.pixels.chunk_by(|a, b| a == b) {
            let colour = row[0];
            let mut at = (u32::from_le_bytes(colour).wrapping_mul(0x9E37_79B1) >> 22) as usize;
            while table[at].is_some_and(|other| other != colour) {
                at = (at + 1) % table.len();
            }
            if table[at].is_none() {
                if colours.len() == 256 {
                    return None;
                }
                table[at] = Some(colour);
                colours.push((u64::from(u32::from_le_bytes(colour)), 0));
            }
        }
        // The same sort as of codes, which is large.
        colours.sort_unstable();
        Some(Self(colours.iter().map(|&(colour, _)| (colour as u32).to_le_bytes()).collect()))
    }

    /// The number of a colour.
    pub(super) fn index(&self, colour: [u8; 4]) -> u8 {
        let key = u32::from_le_bytes(colour);
        let found = self.0.binary_search_by_key(&key, |&colour| u32::from_le_bytes(colour));
        found.unwrap_or(0) as u8
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many bits of the width packing takes.
    fn packing(&self) -> u32 {
        match self.0.len() {
            0..=2 => 3,
            3..=4 => 2,
            5..=16 => 1,
            _ => 0,
        }
    }

    /// Each colour less the one before.
    pub(super) fn differences(&self) -> Image {
        let mut before = [0; 4];
        let pixels = self.0.iter().map(|&colour| {
            let difference = core::array::from_fn(|i| colour[i].wrapping_sub(before[i]));
            before = colour;
            difference
        });
        Image { width: self.0.len(), height: 1, pixels: pixels.collect() }
    }

    /// The indices in green, those of one pixel from its lowest bits on.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub(super) fn indices(&self, image: &Image) -> Result<Image, EncodeError> {
        let packing = self.packing();
        let width = image.width.div_ceil(1 << packing);
        let mut pixels = Vec::new();
        reserve(&mut pixels, width * image.height)?;
        let mut last = ([0; 4], 0_u8);
        let mut index = |colour: [u8; 4]| {
            if colour != last.0 || self.0[usize::from(last.1)] != colour {
                last = (colour, self.index(colour));
            }
            last.1
        };
        for row in image.pixels.chunks_exact(image.width) {
            for group in row.chunks(1 << packing) {
                let mut packed = 0;
                for (i, &colour) in group.iter().enumerate() {
                    packed |= index(colour) << (i << (3 - packing));
                }
                pixels.push([0, packed, 0, 255]);
            }
        }
        Ok(Image { width, height: image.height, pixels })
    }
}
