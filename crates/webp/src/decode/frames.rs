//! Animations, frame by frame (RFC 9649, section 2.7.1).

use super::blend::over;
use super::picture::Picture;
use crate::error::invalid;
use crate::header::Start;
use crate::image::Image;
use crate::options::filled;
use crate::riff::{Chunks, le24};
use crate::{Header, Options, WebpError};

/// What is shown for some time.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The whole canvas: rows of red, green, blue and straight alpha.
    pub pixels: &'a [u8],
    /// For how long, in milliseconds. Browsers show a frame of 10 or less for 100. 0 for a still image.
    pub duration: u32,
}

/// Shows the frames of a file, one after another, from a canvas that is transparent at first.
///
/// Where a frame begins the canvas anew, its pixels are those of the frame; elsewhere they are blended as libwebp's
/// animation decoder does it. The background that the file proposes is not used, as in browsers.
pub struct Frames<'a> {
    header: Header<'a>,
    options: Options,
    /// The image of a file that is no animation, until it is shown.
    still: Option<Image<'a>>,
    chunks: Chunks<'a>,
    canvas: Vec<u8>,
    /// The frame before, if any.
    before: Option<Before>,
}

impl core::fmt::Debug for Frames<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Frames").field("header", &self.header).finish_non_exhaustive()
    }
}

/// A part of the canvas.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Rectangle {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

/// What the next frame has to know of one.
#[derive(Clone, Copy)]
struct Before {
    rectangle: Rectangle,
    /// Whether its part of the canvas becomes transparent when its time is over.
    disposed: bool,
    /// Whether it began the canvas anew.
    key: bool,
}

/// The fields of ANMF (section 2.7.1.1).
struct Placed<'a> {
    image: Image<'a>,
    rectangle: Rectangle,
    duration: u32,
    blended: bool,
    disposed: bool,
}

impl<'a> Frames<'a> {
    /// Reads the header and takes memory for the canvas. [`Options::frame`] does not matter here.
    ///
    /// # Errors
    ///
    /// Those of [`Header::read`], [`WebpError::TooManyPixels`], [`WebpError::TooMuchMemory`],
    /// [`WebpError::OutOfMemory`].
    pub fn new(file: &'a [u8], options: &Options) -> Result<Self, WebpError> {
        let Start { header, still, container } = Start::read(file, options.strict)?;
        if still.is_none() && !header.animated {
            return Err(WebpError::Truncated);
        }
        options.limits.check_pixels(header.width, header.height)?;
        let bytes = 4 * u64::from(header.width) * u64::from(header.height);
        options.limits.check_memory(bytes)?;
        let bytes =
            usize::try_from(bytes).map_err(|_| invalid("a canvas that fits into memory"))?;
        Ok(Self {
            header,
            options: *options,
            still,
            chunks: Chunks::new(container, 12),
            canvas: filled(0, bytes)?,
            before: None,
        })
    }

    /// What the file says of itself.
    pub fn header(&self) -> &Header<'a> {
        &self.header
    }

    /// The next frame; none behind the last.
    ///
    /// # Errors
    ///
    /// [`WebpError::Invalid`], [`WebpError::Truncated`], [`WebpError::TooMuchMemory`], [`WebpError::OutOfMemory`].
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, WebpError> {
        let Some(placed) = self.next_placed()? else { return Ok(None) };
        self.show(&placed)?;
        Ok(Some(Frame { pixels: &self.canvas, duration: placed.duration }))
    }

    /// Passes frames by. Those before the last that covers all of the canvas are not decoded.
    pub(super) fn skip_frames(&mut self, count: usize) -> Result<(), WebpError> {
        if !self.header.animated {
            return Ok(());
        }
        let mut ahead = self.chunks.clone();
        let mut begin = (0, ahead.clone());
        for frame in 0..=count {
            let from = ahead.clone();
            let Some(placed) = Self::read_placed(&self.header, &self.options, &mut ahead)? else {
                break;
            };
            if self.begins_anew(&placed) {
                begin = (frame, from);
            }
        }
        self.chunks = begin.1;
        for _ in begin.0..count {
            self.next_frame()?;
        }
        Ok(())
    }

    /// Whether a frame covers all of the canvas with pixels that are not blended with it.
    fn begins_anew(&self, placed: &Placed<'_>) -> bool {
        (!placed.blended || !placed.image.has_alpha()) && self.is_whole(placed.rectangle)
    }

    fn is_whole(&self, rectangle: Rectangle) -> bool {
        rectangle.width == self.header.width as usize
            && rectangle.height == self.header.height as usize
    }

    fn next_placed(&mut self) -> Result<Option<Placed<'a>>, WebpError> {
        if !self.header.animated {
            let Some(image) = self.still.take() else { return Ok(None) };
            let rectangle = Rectangle {
                x: 0,
                y: 0,
                width: image.width as usize,
                height: image.height as usize,
            };
            let placed = Placed { image, rectangle, duration: 0, blended: false, disposed: false };
            return Ok(Some(placed));
        }
        Self::read_placed(&self.header, &self.options, &mut self.chunks)
    }

    fn read_placed(
        header: &Header<'a>,
        options: &Options,
        chunks: &mut Chunks<'a>,
    ) -> Result<Option<Placed<'a>>, WebpError> {
        let Some(chunk) = chunks.find(|chunk| chunk.id == *b"ANMF") else { return Ok(None) };
        let fields = chunk.payload;
        if fields.len() < 16 {
            return Err(WebpError::Truncated);
        }
        let image = Image::of_frame(fields, options.strict)?;
        let rectangle = Rectangle {
            x: 2 * le24(fields, 0) as usize,
            y: 2 * le24(fields, 3) as usize,
            // What its own data says counts, as in libwebp.
            width: image.width as usize,
            height: image.height as usize,
        };
        if rectangle.x + rectangle.width > header.width as usize
            || rectangle.y + rectangle.height > header.height as usize
        {
            return Err(invalid("frames within their canvas"));
        }
        let duration = le24(fields, 12);
        let (blended, disposed) = (fields[15] & 2 == 0, fields[15] & 1 != 0);
        Ok(Some(Placed { image, rectangle, duration, blended, disposed }))
    }

    /// Whether nothing of the canvas before it is seen.
    fn is_key(&self, placed: &Placed<'_>) -> bool {
        let Some(before) = self.before else { return true };
        self.begins_anew(placed)
            || before.disposed && (before.key || self.is_whole(before.rectangle))
    }

    fn show(&mut self, placed: &Placed<'_>) -> Result<(), WebpError> {
        let key = self.is_key(placed);
        let cleared = self.before.filter(|before| before.disposed).map(|before| before.rectangle);
        if key {
            self.canvas.fill(0);
        } else if let Some(Rectangle { x, y, width, height }) = cleared {
            for y in y..y + height {
                self.row(x, y, width).fill([0; 4]);
            }
        }
        let Rectangle { x, y, width, .. } = placed.rectangle;
        let mut picture = Picture::new(&placed.image, 4, &self.options)?;
        while let Some(rows) = picture.advance()? {
            for row in rows {
                let (pixels, _) = picture.row(row)?.as_chunks::<4>();
                let places = self.row(x, y + row, width);
                if key || !placed.blended {
                    places.copy_from_slice(pixels);
                    continue;
                }
                let inside = cleared
                    .filter(|cleared| (cleared.y..cleared.y + cleared.height).contains(&(y + row)));
                // What was cleared is not blended with but replaced.
                let inside = inside.map_or(0..0, |cleared| cleared.x..cleared.x + cleared.width);
                for (i, (place, pixel)) in places.iter_mut().zip(pixels).enumerate() {
                    *place = if inside.contains(&(x + i)) { *pixel } else { over(*pixel, *place) };
                }
            }
        }
        let (rectangle, disposed) = (placed.rectangle, placed.disposed);
        self.before = Some(Before { rectangle, disposed, key });
        Ok(())
    }

    /// Some pixels of the canvas.
    fn row(&mut self, x: usize, y: usize, width: usize) -> &mut [[u8; 4]] {
        let at = 4 * (y * self.header.width as usize + x);
        self.canvas.get_mut(at..at + 4 * width).unwrap_or_default().as_chunks_mut().0
    }
}
