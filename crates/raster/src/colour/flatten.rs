//! Without alpha.

use crate::alpha::div255;
use crate::error::RasterError;
use crate::raster::Raster;

impl Raster {
    /// The image over one colour: red, green and blue, on a grey image its luminance. Without alpha it stays as it is.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn flatten(&self, background: [u8; 3]) -> Result<Self, RasterError> {
        let [r, g, b] = background;
        let under = self.colour([r, g, b, 255]).map(u32::from);
        let blend = |over: u8, under: u32, alpha: u8| {
            div255(u32::from(over) * u32::from(alpha) + under * u32::from(255 - alpha))
        };
        match self.channels() {
            2 => self.convert(|[v, a]: [u8; 2]| [blend(v, under[0], a)]),
            4 => self.convert(|[r, g, b, a]: [u8; 4]| {
                [blend(r, under[0], a), blend(g, under[1], a), blend(b, under[2], a)]
            }),
            _ => self.try_clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_mixes() {
        let image = Raster::new(2, 1, 4, vec![200, 100, 0, 255, 200, 100, 0, 51]).unwrap();
        assert_eq!(image.flatten([0, 50, 255]).unwrap().data(), [200, 100, 0, 40, 60, 204]);
        let grey = Raster::new(1, 1, 2, vec![9, 0]).unwrap();
        assert_eq!(grey.flatten([255; 3]).unwrap().data(), [255]);
    }
}
