//! One hue for all.

use crate::error::RasterError;
use crate::lab::Converter;
use crate::raster::Raster;

impl Raster {
    /// The [luminance](Self::luminance) of the image in the chroma of one colour, as sharp's `tint`: all of it in the
    /// middle of the range of L\*, none in black and white. Grey becomes colour; alpha stays.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn tint(&self, colour: [u8; 3]) -> Result<Self, RasterError> {
        let converter = Converter::new();
        let [_, a, b] = converter.lab(colour);
        let table: [[u8; 3]; 256] = core::array::from_fn(|grey| {
            let [l, ..] = converter.lab([grey as u8; 3]);
            let middle = l / 100.0 - 0.5;
            let weight = 1.0 - 4.0 * middle * middle;
            converter.rgb([l, a * weight, b * weight])
        });
        let tinted = |grey: u8| table[usize::from(grey)];
        let of = |rgb| tinted(converter.srgb.luminance(rgb));
        match self.channels() {
            1 => self.convert(|[v]: [u8; 1]| tinted(v)),
            2 => self.convert(|[v, alpha]: [u8; 2]| with(tinted(v), alpha)),
            3 => self.convert(of),
            _ => self.convert(|[r, g, b, alpha]: [u8; 4]| with(of([r, g, b]), alpha)),
        }
    }
}

fn with([r, g, b]: [u8; 3], alpha: u8) -> [u8; 4] {
    [r, g, b, alpha]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_white_stay() {
        let image = Raster::new(3, 1, 2, vec![0, 1, 119, 2, 255, 3]).unwrap();
        let tinted = image.tint([255, 160, 40]).unwrap();
        let [first, middle, last] = tinted.data().as_chunks::<4>().0 else { panic!("3 pixels") };
        assert_eq!((first, last), (&[0, 0, 0, 1], &[255, 255, 255, 3]));
        assert!(middle[0] > middle[1] && middle[1] > middle[2] && middle[3] == 2);
    }
}
