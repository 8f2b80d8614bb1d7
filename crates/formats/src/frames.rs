//! Animations, frame by frame.

use crate::canvas::{Area, Disposal};
use crate::error::{invalid, unsupported};
use crate::{Format, FormatError, Header, Options, gif, png};

/// Decodes the frames of an animated GIF or PNG one after another. A file with one image is an animation of one frame.
#[derive(Debug)]
pub struct Frames<'a> {
    header: Header,
    options: Options,
    reader: Reader<'a>,
    count: u32,
    ended: bool,
}

#[derive(Debug)]
enum Reader<'a> {
    Gif(gif::Reader<'a>),
    Png(Box<png::Frames<'a>>),
}

/// One frame, as a viewer shows it.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'f> {
    /// The whole canvas with all that shows on it: RGBA, alpha not multiplied in.
    pub pixels: &'f [u8],
    /// How long it is shown, in milliseconds, as stored: browsers make 100 of 0 to 10.
    pub delay_ms: u32,
    /// The part of the canvas that this frame may have changed.
    pub area: Area,
    /// What becomes of that part before the next frame; the pixels of frames have it done already.
    pub disposal: Disposal,
}

impl<'a> Frames<'a> {
    /// Reads the header and checks it against the limits.
    ///
    /// # Errors
    ///
    /// Those of [`Header::read`], [`FormatError::TooManyPixels`], [`FormatError::TooMuchMemory`],
    /// [`FormatError::TooManyFrames`], [`FormatError::Unsupported`] for other formats.
    pub fn new(file: &'a [u8], options: &Options) -> Result<Self, FormatError> {
        let header = Header::read(file)?;
        let limits = &options.limits;
        limits.pixels(header.width, header.height)?;
        // The canvas, what it was before, and a frame.
        limits.memory(12 * u64::from(header.width) * u64::from(header.height))?;
        if header.pages > limits.max_frames {
            return Err(FormatError::TooManyFrames { limit: limits.max_frames });
        }
        let reader = match header.format {
            Format::Gif => Reader::Gif(gif::Reader::new(file)?),
            Format::Png => Reader::Png(Box::new(png::Frames::new(file, &header, options)?)),
            _ => return Err(unsupported("an animation other than GIF and PNG")),
        };
        Ok(Self { header, options: *options, reader, count: 0, ended: false })
    }

    /// What the file says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Width and height of the canvas in pixels.
    pub fn size(&self) -> (usize, usize) {
        (self.header.width as usize, self.header.height as usize)
    }

    /// Draws the next frame; nothing after the last one, and nothing after an error.
    ///
    /// # Errors
    ///
    /// [`FormatError::OutOfMemory`], [`FormatError::TooManyFrames`]; unless lenient, [`FormatError::Truncated`] and
    /// [`FormatError::Invalid`].
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, FormatError> {
        if self.ended {
            return Ok(None);
        }
        // Set until the frame is there.
        self.ended = true;
        let result = match &mut self.reader {
            Reader::Gif(reader) => reader.next(&self.options),
            Reader::Png(reader) => reader.next(&self.options),
        };
        let frame = match result {
            Err(FormatError::Truncated | FormatError::Invalid { .. })
                if self.options.lenient && self.count > 0 =>
            {
                None
            }
            other => other?,
        };
        if frame.is_some() {
            let limit = self.options.limits.max_frames;
            if self.count == limit {
                return Err(FormatError::TooManyFrames { limit });
            }
            self.count += 1;
            self.ended = false;
        } else if self.count == 0 {
            return Err(invalid("an animation with a frame"));
        }
        Ok(frame)
    }
}
