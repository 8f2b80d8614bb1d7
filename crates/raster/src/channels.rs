//! From one number of channels to another.

use crate::error::RasterError;
use crate::raster::Raster;

/// Luminance by ITU-R BT.601: 0.299 red, 0.587 green, 0.114 blue, as weights of 16 fractional bits (those of JFIF), to
/// the nearest. Within 0.506 of exact arithmetic.
#[inline(always)]
pub(crate) fn grey([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 19595 * u32::from(red) + 38470 * u32::from(green) + 7471 * u32::from(blue);
    ((sum + 32768) >> 16) as u8
}

impl Raster {
    /// Pixels of `A` channels to pixels of `B`.
    pub(crate) fn convert<const A: usize, const B: usize>(
        &self,
        pixel: impl Fn([u8; A]) -> [u8; B],
    ) -> Result<Self, RasterError> {
        let mut result = self.like(B)?;
        let from = self.data().as_chunks::<A>().0;
        for (from, to) in from.iter().zip(result.data_mut().as_chunks_mut::<B>().0) {
            *to = pixel(*from);
        }
        Ok(result)
    }

    /// A copy with 1 to 4 channels: grey to colour repeats, colour to grey is the luminance of BT.601, alpha is left
    /// out or opaque.
    fn with_channels(&self, channels: usize) -> Result<Self, RasterError> {
        match (self.channels(), channels) {
            (1, 2) => self.convert(|[v]: [u8; 1]| [v, 255]),
            (1, 3) => self.convert(|[v]: [u8; 1]| [v; 3]),
            (1, 4) => self.convert(|[v]: [u8; 1]| [v, v, v, 255]),
            (2, 1) => self.convert(|[v, _]: [u8; 2]| [v]),
            (2, 3) => self.convert(|[v, _]: [u8; 2]| [v; 3]),
            (2, 4) => self.convert(|[v, a]: [u8; 2]| [v, v, v, a]),
            (3, 1) => self.convert(|rgb: [u8; 3]| [grey(rgb)]),
            (3, 2) => self.convert(|rgb: [u8; 3]| [grey(rgb), 255]),
            (3, 4) => self.convert(|[r, g, b]: [u8; 3]| [r, g, b, 255]),
            (4, 1) => self.convert(|[r, g, b, _]: [u8; 4]| [grey([r, g, b])]),
            (4, 2) => self.convert(|[r, g, b, a]: [u8; 4]| [grey([r, g, b]), a]),
            (4, 3) => self.convert(|[r, g, b, _]: [u8; 4]| [r, g, b]),
            _ => self.try_clone(),
        }
    }

    /// Red, green and blue; alpha is left out, not flattened.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn to_rgb(&self) -> Result<Self, RasterError> {
        self.with_channels(3)
    }

    /// Red, green, blue and alpha, which is opaque where there was none.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn to_rgba(&self) -> Result<Self, RasterError> {
        self.with_channels(4)
    }

    /// Luminance by BT.601, without alpha.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn to_grey(&self) -> Result<Self, RasterError> {
        self.with_channels(1)
    }

    /// The same colours without alpha.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn drop_alpha(&self) -> Result<Self, RasterError> {
        self.with_channels(self.colours())
    }

    /// The same colours with alpha, opaque where there was none.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn add_alpha(&self) -> Result<Self, RasterError> {
        self.with_channels(self.colours() + 1)
    }

    /// The fewest channels that hold the same pixels: no alpha where all is opaque, one colour where all is grey.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn narrow(&self) -> Result<Self, RasterError> {
        let opaque = match self.channels() {
            2 => self.data().as_chunks().0.iter().all(|[_, a]: &[u8; 2]| *a == 255),
            4 => self.data().as_chunks().0.iter().all(|[.., a]: &[u8; 4]| *a == 255),
            _ => true,
        };
        let grey = match self.channels() {
            3 => self.data().as_chunks().0.iter().all(|[r, g, b]: &[u8; 3]| r == g && g == b),
            4 => self.data().as_chunks().0.iter().all(|[r, g, b, _]: &[u8; 4]| r == g && g == b),
            _ => true,
        };
        // Luminance of equal red, green and blue is their value: the weights add up to one.
        self.with_channels(if grey { 1 } else { 3 } + usize::from(!opaque))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luminance_is_near_the_exact_sum() {
        for i in 0..1_u32 << 15 {
            let [r, g, b] = [i >> 10, i >> 5 & 31, i & 31].map(|v| (v * 255 / 31) as u8);
            let exact = 0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b);
            assert!((f64::from(grey([r, g, b])) - exact).abs() < 0.506);
        }
        for v in 0..=255 {
            assert_eq!(grey([v; 3]), v);
        }
    }

    #[test]
    fn channels_come_and_go() {
        let grey = Raster::new(2, 1, 1, vec![3, 200]).unwrap();
        let rgba = grey.to_rgba().unwrap();
        assert_eq!(rgba.data(), [3, 3, 3, 255, 200, 200, 200, 255]);
        assert_eq!(rgba.narrow().unwrap(), grey);
        assert_eq!(rgba.drop_alpha().unwrap(), grey.to_rgb().unwrap());
        assert_eq!(rgba.to_grey().unwrap(), grey);
        assert_eq!(grey.add_alpha().unwrap().data(), [3, 255, 200, 255]);
        let clear = Raster::new(1, 1, 4, vec![7, 7, 7, 254]).unwrap();
        assert_eq!(clear.narrow().unwrap().data(), [7, 254]);
        let red = Raster::new(1, 1, 4, vec![7, 0, 0, 255]).unwrap();
        assert_eq!(red.narrow().unwrap().data(), [7, 0, 0]);
    }
}
