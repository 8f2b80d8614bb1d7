//! Edges of one colour.

use super::extract::Area;
use crate::alpha::div255;
use crate::error::RasterError;
use crate::raster::Raster;

/// What counts as edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrimOptions {
    /// How far a sample may be from the background.
    pub threshold: u8,
    /// The colour of the edge: red, green, blue and alpha, on a grey image its luminance; the top left pixel's if
    /// none is given.
    pub background: Option<[u8; 4]>,
    /// Lines of one pixel count. Otherwise a median of 3 by 3 pixels takes out what is that small.
    pub line_art: bool,
}

impl Default for TrimOptions {
    /// 10, the top left pixel, no line art: the defaults of sharp.
    fn default() -> Self {
        Self { threshold: 10, background: None, line_art: false }
    }
}

impl Raster {
    /// The smallest area that holds all that is not edge, as sharp's `trim` finds it: of the image flattened onto the
    /// background, and of its alpha. Nothing where all is edge.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn content(&self, options: &TrimOptions) -> Result<Option<Area>, RasterError> {
        let channels = self.channels();
        let mut background = [0; 4];
        match options.background {
            Some(colour) => background = self.colour(colour),
            None => background[..channels].copy_from_slice(&self.data()[..channels]),
        }
        let mut area = None;
        let colours = self.colours();
        let mut flat = self.try_clone()?;
        if self.has_alpha() {
            for pixel in flat.data_mut().chunks_exact_mut(channels) {
                let alpha = u32::from(pixel[colours]);
                for (sample, under) in pixel[..colours].iter_mut().zip(background) {
                    let sum = u32::from(*sample) * alpha + u32::from(under) * (255 - alpha);
                    *sample = div255(sum);
                }
            }
        }
        if !options.line_art {
            flat = flat.median(3)?;
        }
        for (y, row) in flat.rows().enumerate() {
            let differs = |pixel: &[u8]| {
                pixel.iter().zip(background).any(|(a, b)| a.abs_diff(b) > options.threshold)
            };
            let Some(first) = row.chunks_exact(channels).position(differs) else { continue };
            let last = row.chunks_exact(channels).rposition(differs).unwrap_or(first);
            area = Some(joined(area, first as u32, last as u32, y as u32));
        }
        Ok(area)
    }

    /// Cuts edges off, and says where what is left was. Where all is edge the image stays as it is.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn trim(&self, options: &TrimOptions) -> Result<(Self, Area), RasterError> {
        let whole = Area { left: 0, top: 0, width: self.width(), height: self.height() };
        let area = self.content(options)?.unwrap_or(whole);
        Ok((self.extract(area)?, area))
    }
}

/// The area that also holds columns `first` to `last` of row `y`, which is below it or its last.
fn joined(area: Option<Area>, first: u32, last: u32, y: u32) -> Area {
    let Some(before) = area else {
        return Area { left: first, top: y, width: last - first + 1, height: 1 };
    };
    let left = before.left.min(first);
    let right = (before.left + before.width).max(last + 1);
    Area { left, top: before.top, width: right - left, height: y + 1 - before.top }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(channels: usize, edge: &[u8], inside: &[u8]) -> Raster {
        let mut data = Vec::new();
        for y in 0..12 {
            for x in 0..16 {
                let within = (3..11).contains(&x) && (2..9).contains(&y);
                data.extend_from_slice(if within { inside } else { edge });
            }
        }
        Raster::new(16, 12, channels, data).unwrap()
    }

    #[test]
    fn edges_go() {
        let area = Area { left: 3, top: 2, width: 8, height: 7 };
        let rgb = framed(3, &[10, 20, 30], &[10, 20, 41]);
        let (trimmed, found) = rgb.trim(&TrimOptions::default()).unwrap();
        assert_eq!((found, trimmed.width(), trimmed.height()), (area, 8, 7));
        let alpha = framed(4, &[9, 9, 9, 0], &[9, 9, 9, 255]);
        assert_eq!(alpha.content(&TrimOptions::default()).unwrap(), Some(area));
        let near = framed(3, &[10, 20, 30], &[10, 20, 40]);
        assert_eq!(near.content(&TrimOptions::default()).unwrap(), None);
        assert_eq!(near.trim(&TrimOptions::default()).unwrap().0, near);
        let other = TrimOptions { background: Some([200, 0, 0, 255]), ..TrimOptions::default() };
        assert_eq!(near.content(&other).unwrap().unwrap().width, 16);
    }

    #[test]
    fn specks_count_for_line_art_only() {
        let mut data = vec![0; 100];
        data[34] = 255;
        let image = Raster::new(10, 10, 1, data).unwrap();
        assert_eq!(image.content(&TrimOptions::default()).unwrap(), None);
        let line_art = TrimOptions { line_art: true, ..TrimOptions::default() };
        let area = Area { left: 4, top: 3, width: 1, height: 1 };
        assert_eq!(image.content(&line_art).unwrap(), Some(area));
    }
}
