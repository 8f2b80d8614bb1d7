//! Grey, and black and white.

use crate::channels::grey;
use crate::error::RasterError;
use crate::raster::Raster;
use crate::srgb::Srgb;

impl Raster {
    /// One colour and alpha as before: luminance of the encoded samples by ITU-R BT.601, 0.299 red, 0.587 green and
    /// 0.114 blue with weights of 16 fractional bits, to the nearest.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn grayscale(&self) -> Result<Self, RasterError> {
        self.grey_by(grey)
    }

    /// One colour and alpha as before: luminance of the light, 0.2126 red, 0.7152 green and 0.0722 blue of the linear
    /// samples, encoded again. It is what sharp's `greyscale` gives, within a level.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn luminance(&self) -> Result<Self, RasterError> {
        let table = Srgb::new();
        self.grey_by(|rgb| table.luminance(rgb))
    }

    fn grey_by(&self, luminance: impl Fn([u8; 3]) -> u8) -> Result<Self, RasterError> {
        match self.channels() {
            3 => self.convert(|rgb: [u8; 3]| [luminance(rgb)]),
            4 => self.convert(|[r, g, b, a]: [u8; 4]| [luminance([r, g, b]), a]),
            _ => self.try_clone(),
        }
    }

    /// White where samples are `value` or more, else black; of the [luminance](Self::luminance), as sharp, in one
    /// colour, or of every colour by itself. As in sharp alpha is taken as the colours are, unless it is of the luminance.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn threshold(&self, value: u8, grayscale: bool) -> Result<Self, RasterError> {
        let mut result = if grayscale { self.luminance()? } else { self.try_clone()? };
        for sample in result.data_mut() {
            *sample = if *sample >= value { 255 } else { 0 };
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_keeps_alpha() {
        let image = Raster::new(2, 1, 4, vec![255, 0, 0, 9, 0, 255, 0, 200]).unwrap();
        assert_eq!(image.grayscale().unwrap().data(), [76, 9, 150, 200]);
        assert_eq!(image.luminance().unwrap().data(), [127, 9, 220, 200]);
        assert_eq!(image.threshold(128, true).unwrap().data(), [0, 0, 255, 255]);
        assert_eq!(image.threshold(128, false).unwrap().data(), [255, 0, 0, 0, 0, 255, 0, 255]);
    }
}
