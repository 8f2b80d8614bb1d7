//! What the caller says.

use crate::FormatError;

/// How much an image may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels of an image, and of the canvas of an animation.
    pub max_pixels: u64,
    /// Most bytes of memory for pixels: what decoding takes beside the rows that it hands out, and the result of
    /// [`Decoder::decode`](crate::Decoder::decode).
    pub max_memory_bytes: u64,
    /// Most frames of an animation.
    pub max_frames: u32,
}

impl Default for Limits {
    /// 16383 by 16383 pixels, 1 GiB, 10 000 frames.
    fn default() -> Self {
        Self { max_pixels: 268_402_689, max_memory_bytes: 1 << 30, max_frames: 10_000 }
    }
}

impl Limits {
    /// The default limits with memory for images that are really there: at most 256 MiB, or 64 times the file where that
    /// is more.
    pub fn for_file(bytes: usize) -> Self {
        let max_memory_bytes = (bytes as u64).saturating_mul(64).max(256 << 20);
        Self { max_memory_bytes, ..Self::default() }
    }

    /// Checks the number of pixels.
    pub(crate) fn pixels(&self, width: u32, height: u32) -> Result<(), FormatError> {
        let pixels = u64::from(width) * u64::from(height);
        let limit = self.max_pixels;
        if pixels > limit { Err(FormatError::TooManyPixels { pixels, limit }) } else { Ok(()) }
    }

    /// Checks bytes of memory.
    pub(crate) fn memory(&self, bytes: u64) -> Result<(), FormatError> {
        let limit = self.max_memory_bytes;
        if bytes > limit { Err(FormatError::TooMuchMemory { bytes, limit }) } else { Ok(()) }
    }
}

/// How an image is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which page of a TIFF, counted from 0. Of an icon it is always the largest image, of an animation the first frame:
    /// [`Frames`](crate::Frames) has the others.
    pub page: u32,
    /// Accepts an image that is damaged or cut short behind its header: what is missing is zero, which is transparent
    /// where the image has alpha.
    pub lenient: bool,
    /// How much the image may take.
    pub limits: Limits,
}

impl Options {
    /// Forgives what is wrong with the file, if lenient: what could be read stays.
    pub(crate) fn forgive(&self, result: Result<(), FormatError>) -> Result<(), FormatError> {
        match result {
            Err(FormatError::Truncated | FormatError::Invalid { .. }) if self.lenient => Ok(()),
            other => other,
        }
    }
}
