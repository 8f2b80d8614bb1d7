//! The canvas of an animation, on which frames are drawn one over another.

use crate::FormatError;
use crate::bytes::{reserve, zeroed};

/// What becomes of a frame's area before the next frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Disposal {
    /// It stays.
    #[default]
    Keep,
    /// It becomes transparent.
    Background,
    /// It becomes what it was before the frame.
    Previous,
}

/// An area of the canvas in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Columns to the left of it.
    pub left: u32,
    /// Rows above it.
    pub top: u32,
    /// Columns in it.
    pub width: u32,
    /// Rows in it.
    pub height: u32,
}

/// Straight RGBA of the whole canvas.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    width: u32,
    height: u32,
    pub(crate) pixels: Vec<u8>,
    /// A frame's area before the frame, if it is taken away again.
    saved: Vec<u8>,
    pending: Option<(Area, Disposal)>,
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32) -> Result<Self, FormatError> {
        let pixels = zeroed(4 * u64::from(width) * u64::from(height))?;
        Ok(Self { width, height, pixels, saved: Vec::new(), pending: None })
    }

    /// Bytes to a row.
    pub(crate) fn stride(&self) -> usize {
        4 * self.width as usize
    }

    /// The part of an area that is on the canvas, row by row: the columns that are on it, and their pixels.
    pub(crate) fn rows(&mut self, area: Area) -> impl Iterator<Item = &mut [u8]> {
        let stride = self.stride();
        let clip = |start: u32, len: u32, end: u32| {
            let end = start.saturating_add(len).min(end);
            (start.min(end) as usize, end as usize)
        };
        let (left, right) = clip(area.left, area.width, self.width);
        let (top, bottom) = clip(area.top, area.height, self.height);
        let rows = self.pixels.get_mut(top * stride..bottom * stride).unwrap_or_default();
        rows.chunks_exact_mut(stride.max(1)).map(move |row| &mut row[4 * left..4 * right])
    }

    /// Does with the last frame's area what it asked for, and prepares for the next one: work for no more pixels than
    /// those of the two areas.
    pub(crate) fn next(&mut self, area: Area, disposal: Disposal) -> Result<(), FormatError> {
        match self.pending.take() {
            Some((area, Disposal::Background)) => self.rows(area).for_each(|row| row.fill(0)),
            Some((area, Disposal::Previous)) => {
                let saved = core::mem::take(&mut self.saved);
                let mut rest = &saved[..];
                for row in self.rows(area) {
                    let (before, after) = rest.split_at(row.len());
                    row.copy_from_slice(before);
                    rest = after;
                }
                self.saved = saved;
            }
            _ => {}
        }
        if disposal == Disposal::Previous {
            let mut saved = core::mem::take(&mut self.saved);
            saved.clear();
            reserve(&mut saved, self.rows(area).map(|row| row.len() as u64).sum())?;
            self.rows(area).for_each(|row| saved.extend_from_slice(row));
            self.saved = saved;
        }
        self.pending = Some((area, disposal));
        Ok(())
    }
}

/// A straight pixel over another, rounded to the nearest.
pub(crate) fn over(below: &mut [u8; 4], above: [u8; 4]) {
    let [r, g, b, a] = above.map(u32::from);
    if a == 255 || below[3] == 0 {
        *below = above;
        return;
    }
    if a == 0 {
        return;
    }
    // Alphas times 255.
    let rest = u32::from(below[3]) * (255 - a);
    let whole = 255 * a + rest;
    let mix = |above: u32, below: u8| {
        ((above * 255 * a + u32::from(below) * rest + whole / 2) / whole) as u8
    };
    *below = [mix(r, below[0]), mix(g, below[1]), mix(b, below[2]), ((whole + 127) / 255) as u8];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_clipped() {
        let mut canvas = Canvas::new(3, 2).unwrap();
        let area = Area { left: 2, top: 1, width: u32::MAX, height: u32::MAX };
        assert_eq!(canvas.rows(area).map(|row| row.len()).collect::<Vec<_>>(), [4]);
        let area = Area { left: 3, top: 0, width: 1, height: 1 };
        assert!(canvas.rows(area).all(|row| row.is_empty()));
        let area = Area { left: 0, top: 9, width: 1, height: 1 };
        assert_eq!(canvas.rows(area).count(), 0);
    }

    #[test]
    fn areas_become_what_they_were() {
        let mut canvas = Canvas::new(4, 3).unwrap();
        canvas.pixels.fill(7);
        let area = Area { left: 1, top: 1, width: 9, height: 1 };
        for disposal in [Disposal::Previous, Disposal::Background, Disposal::Keep] {
            canvas.next(area, disposal).unwrap();
            canvas.rows(area).for_each(|row| row.fill(1));
        }
        canvas.next(Area::default(), Disposal::Keep).unwrap();
        let row = [7, 1, 1, 1].map(|value| [value; 4]).concat();
        assert_eq!(canvas.pixels, [&[7; 16][..], &row, &[7; 16]].concat());
        canvas.next(area, Disposal::Previous).unwrap();
        canvas.rows(area).for_each(|row| row.fill(2));
        canvas.next(area, Disposal::Background).unwrap();
        assert_eq!(canvas.pixels[16..32], row);
        canvas.next(area, Disposal::Keep).unwrap();
        assert_eq!(canvas.pixels[20..32], [0; 12]);
    }

    #[test]
    fn over_is_exact() {
        for above in (0..=255).step_by(5) {
            for below in (0..=255).step_by(5) {
                let mut pixel = [200, 0, 255, below];
                over(&mut pixel, [10, 255, 255, above]);
                let (a, b) = (f64::from(above) / 255.0, f64::from(below) / 255.0);
                let alpha = a + b * (1.0 - a);
                assert!((f64::from(pixel[3]) - alpha * 255.0).abs() <= 0.5 + 1e-9);
                if alpha > 0.0 {
                    let red = (10.0 * a + 200.0 * b * (1.0 - a)) / alpha;
                    let exact = below == 0 && above == 0;
                    assert!(exact || (f64::from(pixel[0]) - red).abs() <= 0.5 + 1e-9);
                    assert!(above == 0 || pixel[2] == 255);
                }
            }
        }
    }
}
