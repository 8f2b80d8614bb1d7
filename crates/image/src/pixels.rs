//! Eight-bit pixels in memory, and what is done to them beside resampling.

use crate::scaling::Turn;
use crate::{ImageError, Size};

/// Interleaved red, green, blue and, with four channels, alpha that is not premultiplied.
pub(crate) struct Pixels {
    pub(crate) size: Size,
    /// 3 or 4.
    pub(crate) channels: usize,
    /// Whether red, green and blue are the same in every pixel.
    pub(crate) grey: bool,
    pub(crate) data: Vec<u8>,
}

/// A zeroed buffer for `size`, or an error where the allocator refuses.
pub(crate) fn buffer(size: Size, channels: usize) -> Result<Vec<u8>, ImageError> {
    let pixels = u64::from(size.width) * u64::from(size.height);
    zeroed(pixels.saturating_mul(channels as u64))
}

/// As [`buffer`], by its length in bytes.
pub(crate) fn zeroed(bytes: u64) -> Result<Vec<u8>, ImageError> {
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut data = Vec::new();
    data.try_reserve_exact(bytes).map_err(|_| ImageError::OutOfMemory { bytes })?;
    data.resize(bytes, 0);
    Ok(data)
}

/// Exchanges rows and columns of pixels of `N` channels.
pub(crate) fn transpose<const N: usize>(data: &[u8], size: Size) -> Result<Vec<u8>, ImageError> {
    let mut turned = buffer(size, N)?;
    let (width, height) = (size.width as usize, size.height as usize);
    let (pixels, _) = data.as_chunks::<N>();
    for (x, column) in turned.as_chunks_mut::<N>().0.chunks_exact_mut(height).enumerate() {
        for (target, row) in column.iter_mut().zip(pixels.chunks_exact(width)) {
            *target = row[x];
        }
    }
    Ok(turned)
}

impl Pixels {
    /// Turns what the resizer leaves to be turned.
    pub(crate) fn turn(self, turn: Turn) -> Result<Self, ImageError> {
        if !turn.transposed {
            return Ok(self);
        }
        let data = if self.channels == 4 {
            transpose::<4>(&self.data, self.size)?
        } else {
            transpose::<3>(&self.data, self.size)?
        };
        let size = Size { width: self.size.height, height: self.size.width };
        Ok(Self { size, data, ..self })
    }

    /// Centres the image on an opaque background.
    pub(crate) fn pad(self, canvas: Size, background: [u8; 3]) -> Result<Self, ImageError> {
        if canvas == self.size {
            return Ok(self);
        }
        let [red, green, blue] = background;
        let colour = [red, green, blue, 255];
        let mut data = buffer(canvas, self.channels)?;
        for pixel in data.chunks_exact_mut(self.channels) {
            pixel.copy_from_slice(&colour[..self.channels]);
        }
        let left = (canvas.width - self.size.width) as usize / 2;
        let top = (canvas.height - self.size.height) as usize / 2;
        let row_len = self.size.width as usize * self.channels;
        let target_len = canvas.width as usize * self.channels;
        let targets = data.chunks_exact_mut(target_len).skip(top);
        for (target, row) in targets.zip(self.data.chunks_exact(row_len)) {
            let start = left * self.channels;
            target[start..start + row_len].copy_from_slice(row);
        }
        let grey = self.grey && red == green && green == blue;
        Ok(Self { size: canvas, data, grey, channels: self.channels })
    }

    /// Lays the image on a background and drops its alpha.
    pub(crate) fn flatten(mut self, background: [u8; 3]) -> Self {
        if self.channels == 4 {
            self.keep(|pixel| {
                let alpha = u32::from(pixel[3]);
                core::array::from_fn::<u8, 3, _>(|i| {
                    let over = u32::from(pixel[i]) * alpha;
                    let under = u32::from(background[i]) * (255 - alpha);
                    ((over + under + 127) / 255) as u8
                })
            });
            self.channels = 3;
        }
        self
    }

    /// Grey and, with four channels, alpha, from an image that is grey.
    pub(crate) fn collapse_grey(&mut self) {
        if self.channels == 4 {
            self.keep(|pixel| [pixel[0], pixel[3]]);
        } else {
            self.keep(|pixel| [pixel[0]]);
        }
    }

    /// Replaces every pixel by a smaller one, in place.
    fn keep<const N: usize>(&mut self, convert: impl Fn(&[u8]) -> [u8; N]) {
        let mut end = 0;
        for at in (0..self.data.len()).step_by(self.channels) {
            let pixel = convert(&self.data[at..at + self.channels]);
            self.data[end..end + N].copy_from_slice(&pixel);
            end += N;
        }
        self.data.truncate(end);
    }
}
