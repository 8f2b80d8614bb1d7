//! One image over another: W3C Compositing and Blending Level 1.

mod blend;
mod over;
mod place;

pub use blend::Blend;
pub use place::{CompositeOptions, Gravity, Placement};

use crate::alpha::div255;
use crate::error::RasterError;
use crate::memory::filled;
use crate::raster::Raster;

impl Raster {
    /// This image with another on it, which may stick out. Alpha is straight before and after, and results are those of
    /// the formulas, to the nearest.
    ///
    /// Grey becomes colour under colour. Alpha is added where the mode can make an opaque image clear: see
    /// [`Blend::keeps_opaque`].
    ///
    /// As in libvips a mode that takes away what nothing is put on ([`Blend::Source`], [`Blend::In`], [`Blend::Out`],
    /// [`Blend::DestIn`], [`Blend::DestAtop`], [`Blend::Clear`]) does so outside of the other image too.
    ///
    /// # Errors
    ///
    /// [`RasterError::OutOfMemory`].
    pub fn composite(self, other: &Self, options: &CompositeOptions) -> Result<Self, RasterError> {
        let mut base = self;
        if base.colours() == 1 && other.colours() == 3 {
            base = if base.has_alpha() { base.to_rgba()? } else { base.to_rgb()? };
        }
        if !options.blend.keeps_opaque() && !base.has_alpha() {
            base = base.add_alpha()?;
        }
        let layer = Layer { image: other, options, origin: options.origin(&base, other) };
        let mut line = filled([0; 4], base.size().0)?;
        for y in 0..base.size().1 {
            let Some((first, count)) = layer.row(y, base.size().0, &mut line) else { continue };
            let channels = base.channels();
            let row = &mut base.row_mut(y)[first * channels..][..count * channels];
            draw(row, channels, &line[..count], options.blend);
        }
        Ok(base)
    }
}

/// A pixel to be put on others.
type Rgba = [u8; 4];

/// Puts pixels on those of a row.
fn draw(row: &mut [u8], channels: usize, line: &[Rgba], blend: Blend) {
    if blend == Blend::Over {
        match channels {
            3 => return over::opaque::<3>(row.as_chunks_mut().0, line),
            4 => return over::straight(row.as_chunks_mut().0, line),
            _ => {}
        }
    }
    let mut last: Option<(Rgba, Rgba, Rgba)> = None;
    for (pixel, source) in row.chunks_exact_mut(channels).zip(line) {
        let under = match *pixel {
            [v] => [v, v, v, 255],
            [v, a] => [v, v, v, a],
            [r, g, b] => [r, g, b, 255],
            [r, g, b, a, ..] => [r, g, b, a],
            [] => continue,
        };
        // Runs of one colour are common in what is drawn and in what it is drawn on.
        let result = match last {
            Some((s, u, result)) if s == *source && u == under => result,
            _ => blend.pixel(*source, under),
        };
        last = Some((*source, under, result));
        match pixel {
            [v] => *v = result[0],
            [v, a] => [*v, *a] = [result[0], result[3]],
            [r, g, b] => [*r, *g, *b] = [result[0], result[1], result[2]],
            [r, g, b, a, ..] => [*r, *g, *b, *a] = result,
            [] => {}
        }
    }
}

/// What is put on an image.
struct Layer<'a> {
    image: &'a Raster,
    options: &'a CompositeOptions,
    /// Column and row of its first pixel, or of that of one of its tiles.
    origin: (i64, i64),
}

impl Layer<'_> {
    /// Fills in what is to be put on row `y`: from which column on, and on how many pixels.
    fn row(&self, y: usize, width: usize, line: &mut [Rgba]) -> Option<(usize, usize)> {
        let (w, h) = self.image.size();
        let (left, top) = self.origin;
        let row = y as i64 - top;
        if self.options.tile {
            let row = self.image.row(row.rem_euclid(h as i64) as usize);
            let mut at = (-left).rem_euclid(w as i64) as usize;
            let mut done = 0;
            while done < width {
                let count = (w - at).min(width - done);
                self.fill(row, at, &mut line[done..done + count]);
                done += count;
                at = 0;
            }
            return Some((0, width));
        }
        let first = left.clamp(0, width as i64);
        let end = (left + w as i64).clamp(first, width as i64);
        let inside = (0..h as i64).contains(&row) && end > first;
        if self.options.blend.clears_outside() {
            line.fill([0; 4]);
            if inside {
                let place = &mut line[first as usize..end as usize];
                self.fill(self.image.row(row as usize), (first - left) as usize, place);
            }
            return Some((0, width));
        }
        if !inside {
            return None;
        }
        let (first, count) = (first as usize, (end - first) as usize);
        let from = (first as i64 - left) as usize;
        self.fill(self.image.row(row as usize), from, &mut line[..count]);
        Some((first, count))
    }

    /// Pixels of a row from one on, alpha multiplied by the opacity.
    fn fill(&self, row: &[u8], first: usize, to: &mut [Rgba]) {
        let channels = self.image.channels();
        let opacity = u32::from(self.options.opacity);
        for (pixel, to) in row[first * channels..].chunks_exact(channels).zip(to) {
            let [r, g, b, a] = match *pixel {
                [v] => [v, v, v, 255],
                [v, a] => [v, v, v, a],
                [r, g, b] => [r, g, b, 255],
                [r, g, b, a, ..] => [r, g, b, a],
                [] => continue,
            };
            *to = [r, g, b, div255(u32::from(a) * opacity)];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(width: u32, height: u32, data: &[u8]) -> Raster {
        Raster::new(width, height, 1, data.to_vec()).unwrap()
    }

    #[test]
    fn what_sticks_out_is_cut_off() {
        let other = gray(2, 2, &[1, 2, 3, 4]);
        for (left, top, expected) in [
            (0, 0, [1, 2, 0, 3, 4, 0, 0, 0, 0]),
            (2, 2, [0, 0, 0, 0, 0, 0, 0, 0, 1]),
            (-1, -1, [4, 0, 0, 0, 0, 0, 0, 0, 0]),
            (-5, 0, [0; 9]),
            (i32::MAX, i32::MIN, [0; 9]),
        ] {
            let placement = Placement::At { left, top };
            let options = CompositeOptions { placement, ..CompositeOptions::default() };
            let result = gray(3, 3, &[0; 9]).composite(&other, &options).unwrap();
            assert_eq!(result.data(), expected);
        }
        let large = gray(5, 5, &(0..25).collect::<Vec<u8>>());
        let result = gray(1, 1, &[9]).composite(&large, &CompositeOptions::default()).unwrap();
        assert_eq!(result.data(), [12]);
    }

    #[test]
    fn tiles_cover_all() {
        let other = gray(2, 1, &[1, 2]);
        let options = CompositeOptions {
            placement: Placement::At { left: -1, top: 7 },
            tile: true,
            ..CompositeOptions::default()
        };
        let result = gray(3, 2, &[0; 6]).composite(&other, &options).unwrap();
        assert_eq!(result.data(), [2, 1, 2, 2, 1, 2]);
    }

    #[test]
    fn channels_follow_both() {
        let base = Raster::new(1, 1, 2, vec![100, 255]).unwrap();
        let red = Raster::new(1, 1, 4, vec![255, 0, 0, 102]).unwrap();
        let result = base.composite(&red, &CompositeOptions::default()).unwrap();
        assert_eq!(result.data(), [162, 60, 60, 255]);
        let options = CompositeOptions { blend: Blend::DestOut, ..CompositeOptions::default() };
        let base = Raster::new(1, 1, 3, vec![1, 2, 3]).unwrap();
        assert_eq!(base.composite(&red, &options).unwrap().data(), [1, 2, 3, 153]);
    }

    #[test]
    fn opacity_multiplies_alpha() {
        let options = CompositeOptions { opacity: 51, ..CompositeOptions::default() };
        let result = gray(1, 1, &[0]).composite(&gray(1, 1, &[255]), &options).unwrap();
        assert_eq!(result.data(), [51]);
    }
}
