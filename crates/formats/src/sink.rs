//! Where encoders write to, and what they read from.

use crate::FormatError;

/// Appends as long as the limit and the allocator allow.
pub(crate) struct Sink<'a> {
    pub(crate) output: &'a mut Vec<u8>,
    /// Length of the output that is the limit.
    end: u64,
    limit: u64,
}

impl<'a> Sink<'a> {
    /// Runs an encoder. After an error the output is as before.
    pub(crate) fn run(
        output: &'a mut Vec<u8>,
        limit: u64,
        encode: impl FnOnce(&mut Self) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let before = output.len();
        let end = (before as u64).saturating_add(limit);
        let mut sink = Self { output, end, limit };
        let result = encode(&mut sink);
        if result.is_err() {
            sink.output.truncate(before);
        }
        result
    }

    /// Makes room for `bytes` more if the limit allows them; a hint.
    pub(crate) fn reserve(&mut self, bytes: usize) -> Result<(), FormatError> {
        let left = self.end.saturating_sub(self.output.len() as u64);
        let bytes = bytes.min(usize::try_from(left).unwrap_or(usize::MAX));
        self.output.try_reserve(bytes).map_err(|_| FormatError::OutOfMemory { bytes })
    }

    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<(), FormatError> {
        if self.output.len() as u64 + bytes.len() as u64 > self.end {
            return Err(FormatError::OutputTooLarge { limit: self.limit });
        }
        self.reserve(bytes.len())?;
        self.output.extend_from_slice(bytes);
        Ok(())
    }

    /// Whether what was appended by others is within the limit.
    pub(crate) fn check(&self) -> Result<(), FormatError> {
        if self.output.len() as u64 > self.end {
            return Err(FormatError::OutputTooLarge { limit: self.limit });
        }
        Ok(())
    }
}

/// Pixels to encode: rows of 8-bit samples without gaps, alpha not multiplied in.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Bytes to a pixel: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha.
    pub channels: usize,
    /// `width * height * channels` bytes.
    pub pixels: &'a [u8],
}

impl<'a> Image<'a> {
    /// Checks that sides are of 1 to `limit` and that the pixels are there.
    pub(crate) fn check(&self, limit: u64) -> Result<(), FormatError> {
        for side in [self.width, self.height] {
            if side == 0 || side as u64 > limit {
                return Err(FormatError::Dimension { size: side as u64, limit });
            }
        }
        let bytes = self.width.checked_mul(self.height).and_then(|n| n.checked_mul(self.channels));
        if !(1..=4).contains(&self.channels) || bytes != Some(self.pixels.len()) {
            let size = self.pixels.len() as u64;
            return Err(FormatError::Dimension { size, limit: bytes.unwrap_or(0) as u64 });
        }
        Ok(())
    }

    pub(crate) fn has_alpha(&self) -> bool {
        matches!(self.channels, 2 | 4)
    }

    pub(crate) fn rows(&self) -> core::slice::ChunksExact<'a, u8> {
        self.pixels.chunks_exact(self.width * self.channels)
    }
}

/// A pixel's colour.
pub(crate) fn rgba(pixel: &[u8]) -> [u8; 4] {
    match *pixel {
        [grey] => [grey, grey, grey, 255],
        [grey, alpha] => [grey, grey, grey, alpha],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, a, ..] => [r, g, b, a],
        [] => [0; 4],
    }
}
