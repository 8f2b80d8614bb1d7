//! What the caller says.

use crate::WebpError;

/// How much an image may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels of the image, or of the canvas of an animation.
    pub max_pixels: u64,
    /// Most bytes of memory beside the result. A lossless image takes 4 for each pixel, an animation 8 more; a lossy
    /// one takes some rows, and 1 for each pixel of compressed alpha, or 5 while that is decoded.
    pub max_memory_bytes: u64,
}

impl Default for Limits {
    /// 16383 by 16383 pixels, 2 GiB.
    fn default() -> Self {
        Self { max_pixels: 268_402_689, max_memory_bytes: 1 << 31 }
    }
}

impl Limits {
    /// Checks the size of an image.
    pub(crate) fn check_pixels(&self, width: u32, height: u32) -> Result<(), WebpError> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels > self.max_pixels {
            return Err(WebpError::TooManyPixels { pixels, limit: self.max_pixels });
        }
        Ok(())
    }

    /// Checks bytes of memory.
    pub(crate) fn check_memory(&self, bytes: u64) -> Result<(), WebpError> {
        if bytes > self.max_memory_bytes {
            return Err(WebpError::TooMuchMemory { bytes, limit: self.max_memory_bytes });
        }
        Ok(())
    }
}

/// How an image is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much the image may take.
    pub limits: Limits,
    /// The frame of an animation, counted from 0. Of a still image there is one.
    pub frame: usize,
    /// Refuses what libwebp refuses: a file that ends too early, or a lossy image whose data is used up before its last
    /// macroblock. Otherwise rows of macroblocks are shown up to the first that lacks data, what follows is grey, and
    /// alpha that does not decode is opaque. Lossless images are refused either way.
    pub strict: bool,
}

/// A vector of as many copies, or the error that memory is lacking.
pub(crate) fn filled<T: Clone>(value: T, length: usize) -> Result<Vec<T>, WebpError> {
    let mut vector = Vec::new();
    reserve(&mut vector, length)?;
    vector.resize(length, value);
    Ok(vector)
}

/// Makes room for as many more, or says that memory is lacking.
pub(crate) fn reserve<T>(vector: &mut Vec<T>, more: usize) -> Result<(), WebpError> {
    let bytes = more.saturating_mul(size_of::<T>());
    vector.try_reserve_exact(more).map_err(|_| WebpError::OutOfMemory { bytes })
}
