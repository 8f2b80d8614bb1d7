//! Edges around an image.

use crate::error::RasterError;
use crate::raster::Raster;

/// What the new pixels are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExtendMode {
    /// One colour.
    #[default]
    Background,
    /// The nearest pixel of the image.
    Copy,
    /// The image again, as tiles.
    Repeat,
    /// The image reflected at its edges, edge pixels twice.
    Mirror,
}

/// How much is added, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extend {
    /// Rows above.
    pub top: u32,
    /// Rows below.
    pub bottom: u32,
    /// Columns to the left.
    pub left: u32,
    /// Columns to the right.
    pub right: u32,
    /// What they are.
    pub mode: ExtendMode,
    /// Red, green, blue and alpha of [`ExtendMode::Background`]. On a grey image it is its luminance (BT.601).
    pub background: [u8; 4],
}

impl Raster {
    /// Adds edges. A background that is not opaque adds alpha to an image without.
    ///
    /// # Errors
    ///
    /// [`RasterError::TooManyPixels`] where the result has more than `max_pixels`, [`RasterError::OutOfMemory`].
    pub fn extend(&self, extend: &Extend, max_pixels: u64) -> Result<Self, RasterError> {
        let side = |len: u32, before: u32, after: u32| {
            let sum = len.checked_add(before).and_then(|sum| sum.checked_add(after));
            sum.ok_or(RasterError::TooManyPixels { pixels: u64::MAX, limit: max_pixels })
        };
        let width = side(self.width(), extend.left, extend.right)?;
        let height = side(self.height(), extend.top, extend.bottom)?;
        let background = extend.mode == ExtendMode::Background;
        if background && extend.background[3] < 255 && !self.has_alpha() {
            // Checked here too, before the copy with alpha is made.
            let pixels = u64::from(width) * u64::from(height);
            if pixels > max_pixels {
                return Err(RasterError::TooManyPixels { pixels, limit: max_pixels });
            }
            return self.add_alpha()?.extend(extend, max_pixels);
        }
        let channels = self.channels();
        let mut result = Self::zeroed(width, height, channels, max_pixels)?;
        let (left, top) = (extend.left as usize, extend.top as usize);
        let (from_width, from_height) = self.size();
        let colour = self.colour(extend.background);
        for (y, row) in result.rows_mut().enumerate() {
            let source = match extend.mode {
                ExtendMode::Background => {
                    if y < top || y >= top + from_height {
                        for pixel in row.chunks_exact_mut(channels) {
                            pixel.copy_from_slice(&colour[..channels]);
                        }
                        continue;
                    }
                    y - top
                }
                mode => place(y, top, from_height, mode),
            };
            let source = self.row(source);
            let start = left * channels;
            let (before, rest) = row.split_at_mut(start);
            let (inside, after) = rest.split_at_mut(source.len());
            inside.copy_from_slice(source);
            let edges = [(before, 0), (after, left + from_width)];
            for (part, first) in edges {
                for (x, pixel) in (first..).zip(part.chunks_exact_mut(channels)) {
                    if background {
                        pixel.copy_from_slice(&colour[..channels]);
                    } else {
                        let at = channels * place(x, left, from_width, extend.mode);
                        pixel.copy_from_slice(&source[at..at + channels]);
                    }
                }
            }
        }
        Ok(result)
    }

    /// A colour in the channels of this image: the first of them count.
    pub(crate) fn colour(&self, [red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
        if self.colours() == 3 {
            [red, green, blue, alpha]
        } else {
            [crate::channels::grey([red, green, blue]), alpha, 0, 0]
        }
    }
}

/// Where the sample of a place comes from: `before` places lie ahead of the image.
fn place(at: usize, before: usize, len: usize, mode: ExtendMode) -> usize {
    let offset = at as i64 - before as i64;
    let len = len as i64;
    let from = match mode {
        ExtendMode::Background | ExtendMode::Copy => offset.clamp(0, len - 1),
        ExtendMode::Repeat => offset.rem_euclid(len),
        ExtendMode::Mirror => {
            let turn = offset.rem_euclid(2 * len);
            turn.min(2 * len - 1 - turn)
        }
    };
    from as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_has_its_edges() {
        let image = Raster::new(3, 1, 1, vec![1, 2, 3]).unwrap();
        let row = |mode| {
            let background = [9, 9, 9, 255];
            let extend = Extend { left: 4, right: 5, mode, background, ..Extend::default() };
            image.extend(&extend, 12).unwrap().into_data()
        };
        assert_eq!(row(ExtendMode::Background), [9, 9, 9, 9, 1, 2, 3, 9, 9, 9, 9, 9]);
        assert_eq!(row(ExtendMode::Copy), [1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3]);
        assert_eq!(row(ExtendMode::Repeat), [3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2]);
        assert_eq!(row(ExtendMode::Mirror), [3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2]);
    }

    #[test]
    fn limits_hold_and_alpha_comes() {
        let image = Raster::new(1, 1, 3, vec![1, 2, 3]).unwrap();
        let extend = Extend { top: 1, bottom: 1, ..Extend::default() };
        assert_eq!(
            image.extend(&extend, 3).unwrap().data(),
            [0, 0, 0, 0, 1, 2, 3, 255, 0, 0, 0, 0]
        );
        let error = RasterError::TooManyPixels { pixels: 3, limit: 2 };
        assert_eq!(image.extend(&extend, 2), Err(error));
        let huge = Extend { left: u32::MAX, right: u32::MAX, ..Extend::default() };
        assert!(matches!(image.extend(&huge, 9), Err(RasterError::TooManyPixels { .. })));
    }
}
