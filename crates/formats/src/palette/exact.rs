//! All colours of an image, if there are at most 256.

use super::{Indexed, opaque_last};
use crate::bytes::reserve;
use crate::sink::rgba;
use crate::{FormatError, Image};

/// A hash table of colours.
struct Colours {
    /// Number of the colour at a place, and one more; 0 where there is none.
    places: [u16; 1024],
    list: Vec<[u8; 4]>,
}

impl Colours {
    fn place(&self, colour: [u8; 4]) -> usize {
        let hash = u32::from_le_bytes(colour).wrapping_mul(0x9E37_79B1);
        let mut place = (hash >> 22) as usize;
        loop {
            let number = usize::from(self.places[place]);
            if number == 0 || self.list[number - 1] == colour {
                return place;
            }
            place = (place + 1) % self.places.len();
        }
    }
}

/// The image with a palette; nothing if there are more than 256 colours.
///
/// # Errors
///
/// [`FormatError::OutOfMemory`].
pub(crate) fn exact(image: &Image<'_>) -> Result<Option<Indexed>, FormatError> {
    let mut colours = Colours { places: [0; 1024], list: Vec::with_capacity(256) };
    let pixels = || image.pixels.chunks_exact(image.channels);
    let mut before: &[u8] = &[];
    for pixel in pixels() {
        if pixel == before {
            continue;
        }
        before = pixel;
        let colour = rgba(pixel);
        let place = colours.place(colour);
        if colours.places[place] == 0 {
            if colours.list.len() == 256 {
                return Ok(None);
            }
            colours.list.push(colour);
            colours.places[place] = colours.list.len() as u16;
        }
    }
    let mut sorted = colours.list.clone();
    opaque_last(&mut sorted);
    let mut numbers = [0_u8; 256];
    for (number, colour) in (0..=255).zip(&sorted) {
        numbers[usize::from(colours.places[colours.place(*colour)]) - 1] = number;
    }
    let mut indices = Vec::new();
    reserve(&mut indices, image.width as u64 * image.height as u64)?;
    let (mut before, mut index): (&[u8], u8) = (&[], 0);
    for pixel in pixels() {
        if pixel != before {
            before = pixel;
            let place = colours.place(rgba(pixel));
            index = numbers[usize::from(colours.places[place]) - 1];
        }
        indices.push(index);
    }
    Ok(Some(Indexed { colours: sorted, indices }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_256_colours_are_kept() {
        let mut pixels: Vec<u8> = (0..=255).flat_map(|i| [i, i ^ 0x5A, 7, i | 1]).collect();
        let image = Image { width: 64, height: 4, channels: 4, pixels: &pixels };
        let indexed = exact(&image).unwrap().unwrap();
        assert_eq!(indexed.colours.len(), 256);
        for (index, pixel) in indexed.indices.iter().zip(pixels.chunks(4)) {
            assert_eq!(indexed.colours[usize::from(*index)], pixel);
        }
        let opaque = indexed.colours.iter().position(|colour| colour[3] == 255).unwrap();
        assert!(indexed.colours[opaque..].iter().all(|colour| colour[3] == 255));
        pixels.extend([1, 2, 3, 4].repeat(64));
        let image = Image { width: 64, height: 5, channels: 4, pixels: &pixels };
        assert!(exact(&image).unwrap().is_none());
    }
}
