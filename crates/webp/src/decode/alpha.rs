//! Alpha of lossy images (RFC 9649, section 2.7.1.2).

use super::vp8l::Lossless;
use crate::WebpError;
use crate::error::invalid;
use crate::image::Image;
use crate::options::{Options, filled};

/// How alpha was filtered.
#[derive(Clone, Copy)]
enum Filter {
    None,
    Horizontal,
    Vertical,
    Gradient,
}

enum Source<'a> {
    Raw(&'a [u8]),
    Compressed(Box<Lossless<'a>>),
}

/// Decodes alpha, row by row.
pub(super) struct Alpha<'a> {
    source: Source<'a>,
    filter: Filter,
    width: usize,
    /// The row above; zeros before the first.
    row: Vec<u8>,
    strict: bool,
    /// Whether data was lacking or wrong: what follows is opaque.
    lost: bool,
}

impl<'a> Alpha<'a> {
    /// None if there is no alpha, or none that can be read and it is not [`Options::strict`].
    pub(super) fn new(image: &Image<'a>, options: &Options) -> Result<Option<Self>, WebpError> {
        let Some(data) = image.alpha else { return Ok(None) };
        match Self::read(data, image, options) {
            Ok(alpha) => Ok(Some(alpha)),
            Err(WebpError::Truncated | WebpError::Invalid { .. }) if !options.strict => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(data: &'a [u8], image: &Image<'a>, options: &Options) -> Result<Self, WebpError> {
        let (width, height) = (image.width as usize, image.height as usize);
        let Some((flags, data)) = data.split_first() else { return Err(WebpError::Truncated) };
        if data.is_empty() {
            return Err(WebpError::Truncated);
        }
        if flags >> 4 > 1 {
            return Err(invalid("alpha of a known preprocessing"));
        }
        let filter = match flags >> 2 & 3 {
            0 => Filter::None,
            1 => Filter::Horizontal,
            2 => Filter::Vertical,
            _ => Filter::Gradient,
        };
        let source = match flags & 3 {
            0 if options.strict && data.len() < width * height => return Err(WebpError::Truncated),
            0 => Source::Raw(data),
            1 => Source::Compressed(Box::new(Lossless::headerless(
                data,
                image.width,
                image.height,
                &options.limits,
            )?)),
            _ => return Err(invalid("alpha of a known compression")),
        };
        let row = filled(0, width)?;
        Ok(Self { source, filter, width, row, strict: options.strict, lost: false })
    }

    /// The alpha of a row, to be asked for in their order.
    pub(super) fn row(&mut self, y: usize) -> Result<&[u8], WebpError> {
        if !self.lost {
            match self.next(y) {
                Ok(()) => {}
                Err(WebpError::Truncated | WebpError::Invalid { .. }) if !self.strict => {
                    self.lost = true;
                    self.row.fill(255);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(&self.row)
    }

    fn next(&mut self, y: usize) -> Result<(), WebpError> {
        let (filter, row) = (Unfilter { filter: self.filter, first: y == 0 }, &mut self.row);
        match &mut self.source {
            Source::Raw(data) => {
                let at = y * self.width;
                let coded = data.get(at..at + self.width).ok_or(WebpError::Truncated)?;
                filter.run(row, coded.iter().copied());
            }
            Source::Compressed(image) => {
                filter.run(row, image.row(y)?.iter().map(|[_, green, ..]| *green));
            }
        }
        Ok(())
    }
}

/// Undoes a filter.
struct Unfilter {
    filter: Filter,
    first: bool,
}

impl Unfilter {
    /// Makes a row of the one above it.
    fn run(&self, row: &mut [u8], coded: impl Iterator<Item = u8>) {
        let places = row.iter_mut().zip(coded);
        let filter = if self.first && !matches!(self.filter, Filter::None) {
            Filter::Horizontal
        } else {
            self.filter
        };
        match filter {
            Filter::None => places.for_each(|(place, coded)| *place = coded),
            Filter::Vertical => {
                places.for_each(|(place, coded)| *place = place.wrapping_add(coded));
            }
            Filter::Horizontal => {
                // The first pixel of a row is predicted from the one above it.
                let mut left = None;
                for (place, coded) in places {
                    let base = left.unwrap_or(if self.first { 0 } else { *place });
                    *place = base.wrapping_add(coded);
                    left = Some(*place);
                }
            }
            Filter::Gradient => {
                let mut around = None;
                for (place, coded) in places {
                    let above = *place;
                    let (left, corner) = around.unwrap_or((above, above));
                    let base = i16::from(left) + i16::from(above) - i16::from(corner);
                    *place = (base.clamp(0, 255) as u8).wrapping_add(coded);
                    around = Some((*place, above));
                }
            }
        }
    }
}
