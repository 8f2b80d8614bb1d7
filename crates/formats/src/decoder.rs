//! Files to rows of pixels.

use crate::bytes::reserve;
use crate::{Format, FormatError, Header, Options, bmp, gif, ico, png, qoi, tiff};

/// What rows are handed to: the row's number and its pixels.
pub(crate) type Each<'e> = dyn FnMut(usize, &[u8]) -> Result<(), FormatError> + 'e;

/// Decodes one image of a file. Made by [`Decoder::new`], which takes no memory for pixels yet.
#[derive(Clone, Debug)]
pub struct Decoder<'a> {
    file: &'a [u8],
    header: Header,
    options: Options,
}

impl<'a> Decoder<'a> {
    /// Reads the header and checks it against the limits.
    ///
    /// # Errors
    ///
    /// Those of [`Header::read`], [`FormatError::TooManyPixels`], [`FormatError::NoPage`].
    pub fn new(file: &'a [u8], options: &Options) -> Result<Self, FormatError> {
        let header = Header::read_page(file, options.page)?;
        options.limits.pixels(header.width, header.height)?;
        Ok(Self { file, header, options: *options })
    }

    /// What the file says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (usize, usize) {
        (self.header.width as usize, self.header.height as usize)
    }

    /// Bytes to a pixel: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha, which is not multiplied in.
    pub fn channels(&self) -> usize {
        usize::from(self.header.channels)
    }

    /// Hands out all rows from top to bottom, each with its number. Samples of 16 bits are rounded to 8, palettes and
    /// grey of fewer bits are expanded, CMYK is converted without a profile. In memory are a row or a band of them; of
    /// interlaced PNG, GIF and run-length encoded bitmaps the whole image.
    ///
    /// # Errors
    ///
    /// Those of `each`, [`FormatError::TooMuchMemory`], [`FormatError::OutOfMemory`]; unless lenient,
    /// [`FormatError::Truncated`] and [`FormatError::Invalid`]; [`FormatError::Unsupported`].
    pub fn decode_rows<E: From<FormatError>>(
        &self,
        mut each: impl FnMut(usize, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut failure = None;
        // One copy of the decoders for all types of error.
        let result = self.rows(&mut |y, row| {
            each(y, row).map_err(|error| {
                failure = Some(error);
                FormatError::Truncated
            })
        });
        match failure {
            Some(error) => Err(error),
            None => result.map_err(E::from),
        }
    }

    /// Appends all rows, without gaps.
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::decode_rows`]; rows before the error may have been appended.
    pub fn decode(&self, output: &mut Vec<u8>) -> Result<(), FormatError> {
        let (width, height) = self.size();
        let bytes = width as u64 * height as u64 * u64::from(self.header.channels);
        self.options.limits.memory(bytes)?;
        let before = output.len();
        let mut reserved = false;
        self.rows(&mut |_, row| {
            // Memory for the image once there is a row of it.
            if !core::mem::replace(&mut reserved, true) {
                reserve(output, bytes)?;
            }
            output.extend_from_slice(row);
            Ok(())
        })?;
        debug_assert_eq!(output.len() - before, bytes as usize, "all rows are there");
        Ok(())
    }

    fn rows(&self, each: &mut Each<'_>) -> Result<(), FormatError> {
        let (file, header, options) = (self.file, &self.header, &self.options);
        match header.format {
            Format::Bmp => bmp::rows(file, options, each),
            Format::Gif => gif::rows(file, header, options, each),
            Format::Ico => ico::rows(file, options, each),
            Format::Png => png::rows(file, header, options, each),
            Format::Qoi => qoi::rows(file, header, options, each),
            Format::Tiff => tiff::rows(file, header, options, each),
            Format::Jpeg | Format::WebP => Ok(()),
        }
    }
}
