//! Files to rows of pixels.

mod alpha;
mod blend;
mod frames;
mod picture;
mod vp8;
mod vp8l;

use picture::Picture;

pub use frames::{Frame, Frames};

use crate::header::Start;
use crate::image::Image;
use crate::{Header, Options, WebpError};

/// Decodes one image. Made by [`Decoder::new`], which takes no memory for pixels yet.
pub struct Decoder<'a> {
    header: Header<'a>,
    source: Source<'a>,
    options: Options,
}

enum Source<'a> {
    Still(Image<'a>),
    /// The whole file.
    Animation(&'a [u8]),
}

impl core::fmt::Debug for Decoder<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Decoder").field("header", &self.header).finish_non_exhaustive()
    }
}

impl<'a> Decoder<'a> {
    /// Reads the header and checks it against the limits.
    ///
    /// # Errors
    ///
    /// Those of [`Header::read`], [`WebpError::TooManyPixels`], [`WebpError::NoSuchFrame`].
    pub fn new(file: &'a [u8], options: &Options) -> Result<Self, WebpError> {
        let Start { header, still, .. } = Start::read(file, options.strict)?;
        options.limits.check_pixels(header.width, header.height)?;
        if options.frame >= header.frames {
            let (frame, frames) = (options.frame, header.frames);
            return Err(WebpError::NoSuchFrame { frame, frames });
        }
        let source = match still {
            Some(image) => Source::Still(image),
            None if header.animated => Source::Animation(file),
            None => return Err(WebpError::Truncated),
        };
        Ok(Self { header, source, options: *options })
    }

    /// What the file says of itself.
    pub fn header(&self) -> &Header<'a> {
        &self.header
    }

    /// Width and height of the result: of an animation those of the canvas.
    pub fn size(&self) -> (usize, usize) {
        (self.header.width as usize, self.header.height as usize)
    }

    /// Bytes of a pixel: red, green, blue, and alpha if that is used. 4 for any frame of an animation.
    pub fn channels(&self) -> usize {
        if self.header.animated || self.header.has_alpha { 4 } else { 3 }
    }

    /// Hands out the rows of pixels, from top to bottom: the number of each, counted from 0, and its bytes.
    ///
    /// # Errors
    ///
    /// Those of `each`, [`WebpError::Invalid`], [`WebpError::Truncated`], [`WebpError::TooMuchMemory`],
    /// [`WebpError::OutOfMemory`]. Rows may have been handed out by then.
    pub fn decode_rows<E: From<WebpError>>(
        &self,
        mut each: impl FnMut(usize, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        match &self.source {
            Source::Still(image) => {
                let mut picture = Picture::new(image, self.channels(), &self.options)?;
                while let Some(rows) = picture.advance()? {
                    for y in rows {
                        each(y, picture.row(y)?)?;
                    }
                }
                Ok(())
            }
            Source::Animation(file) => {
                let mut frames = Frames::new(file, &self.options)?;
                frames.skip_frames(self.options.frame)?;
                let lacking = WebpError::Truncated;
                let frame = frames.next_frame()?.ok_or(lacking)?;
                let stride = 4 * self.header.width as usize;
                for (y, row) in frame.pixels.chunks_exact(stride.max(1)).enumerate() {
                    each(y, row)?;
                }
                Ok(())
            }
        }
    }
}
