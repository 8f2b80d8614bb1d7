//! Files to rows of samples.

use crate::error::{JpegError, invalid};
use crate::header::{Header, Start};
use crate::layout::Layout;
use crate::segments::Scan;
use crate::sequential::Sequential;
use crate::strip::Band;
use crate::{Options, buffered};

/// Decodes one file. Made by [`Decoder::new`], which takes no memory for pixels yet.
pub struct Decoder<'a> {
    file: &'a [u8],
    start: Start,
    scan: Scan,
    layout: Layout,
    options: Options,
}

impl core::fmt::Debug for Decoder<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Decoder").field("header", self.header()).finish_non_exhaustive()
    }
}

/// Rows of one component, as decoded: not upsampled, not converted.
#[derive(Clone, Copy, Debug)]
pub struct Plane<'a> {
    /// Samples of the component in a row, and in a column of the whole image.
    pub size: (usize, usize),
    /// Number of the first row here, in rows of this component.
    pub first: usize,
    /// How many rows are here.
    pub rows: usize,
    /// Bytes from one row to the next.
    pub stride: usize,
    /// The rows; `size.0` bytes of each belong to the image.
    pub samples: &'a [u8],
}

impl<'a> Plane<'a> {
    /// One of the rows here, counted from 0; empty past the last.
    pub fn row(&self, row: usize) -> &'a [u8] {
        let at = row * self.stride;
        self.samples.get(at..at + self.size.0).unwrap_or_default()
    }
}

/// Where the samples of a component lie in the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Samples in a row, and in a column.
    pub size: (usize, usize),
    /// Samples for each pixel as stored, as a fraction, across and down. The first sample begins where the first pixel
    /// does; the last may end behind the last pixel.
    pub density: [(u32, u32); 2],
}

/// One row of MCUs: rows of every component.
pub type Planes<'a> = &'a [Plane<'a>];

impl<'a> Decoder<'a> {
    /// Reads the header and checks it against the limits.
    ///
    /// # Errors
    ///
    /// Those of [`Header::read`], [`JpegError::TooManyPixels`], [`JpegError::TooMuchMemory`].
    pub fn new(file: &'a [u8], options: &Options) -> Result<Self, JpegError> {
        let start = Start::read(file)?;
        let header = &start.header;
        let pixels = u64::from(header.width) * u64::from(header.height);
        if pixels > options.limits.max_pixels {
            return Err(JpegError::TooManyPixels { pixels, limit: options.limits.max_pixels });
        }
        let scan = Scan::parse(&start.frame, &file[start.scan.clone()])?;
        let layout = Layout::new(&start.frame, options);
        let decoder = Self { file, start, scan, layout, options: *options };
        decoder.layout.check(decoder.is_buffered(), &options.limits)?;
        Ok(decoder)
    }

    /// What the file says of itself.
    pub fn header(&self) -> &Header {
        &self.start.header
    }

    /// Width and height of the result: those of the header over the scale's divisor, rounded up.
    pub fn size(&self) -> (usize, usize) {
        (self.layout.width, self.layout.height)
    }

    /// Where the samples of a component lie that [`Decoder::decode_rows`] hands out.
    pub fn grid(&self, component: usize) -> Option<Grid> {
        let component = self.layout.components.get(component)?;
        Some(Grid { size: (component.width, component.height), density: component.density })
    }

    /// Whether all of the image has to be read before its first row is there.
    pub fn is_buffered(&self) -> bool {
        self.start.frame.progressive
            || self.scan.components.len() < self.start.frame.components.len()
    }

    /// Hands out the samples of each component at its own size, one row of MCUs after another. `each` gets the number
    /// of the first row of the whole image that begins in them. With [`Options::rows`] these are all rows of the MCUs that
    /// the wanted ones take.
    ///
    /// # Errors
    ///
    /// Those of `each`, [`JpegError::TooManyScans`], [`JpegError::OutOfMemory`], [`JpegError::Invalid`] for tables that
    /// are missing or wrong, [`JpegError::Truncated`] if strict.
    pub fn decode_rows<E: From<JpegError>>(
        &self,
        mut each: impl FnMut(usize, Planes<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut failure = None;
        self.run([true; 4], &mut |band| {
            let mut planes = Vec::with_capacity(4);
            for (component, strip) in band.layout.components.iter().zip(band.strips) {
                let first = band.number * strip.rows;
                planes.push(Plane {
                    size: (component.width, component.height),
                    first,
                    rows: strip.rows.min(component.height.saturating_sub(first)),
                    stride: strip.stride,
                    samples: strip.samples.get(strip.stride..).unwrap_or_default(),
                });
            }
            failure = each(band.number * band.layout.mcu_rows, &planes).err();
            failure.is_none()
        })?;
        failure.map_or(Ok(()), Err)
    }

    /// Decodes the wanted components, until `each` says that it wants no more. One decoder for all kinds of callers: there is
    /// one call to a row of MCUs.
    pub(crate) fn run(
        &self,
        wanted: [bool; 4],
        each: &mut dyn FnMut(&Band<'_>) -> bool,
    ) -> Result<(), JpegError> {
        let (file, strict, layout) = (self.file, self.options.strict, &self.layout);
        let at = self.start.scan.end;
        if self.is_buffered() {
            let coefficients =
                buffered::read(file, &self.start, &self.scan, layout, wanted, &self.options)?;
            return coefficients.run(layout, wanted, each);
        }
        let (tables, scan) = (&self.start.tables, &self.scan);
        Sequential { file, at, layout, tables, scan, strict, wanted }.run(each)
    }

    /// Makes room for `bytes` more of the result.
    pub(crate) fn reserve(&self, output: &mut Vec<u8>, channels: usize) -> Result<(), JpegError> {
        let bytes = self.layout.width as u64 * self.layout.rows.len() as u64 * channels as u64;
        let bytes =
            usize::try_from(bytes).map_err(|_| invalid("an image that fits into memory"))?;
        output.try_reserve_exact(bytes).map_err(|_| JpegError::OutOfMemory { bytes })
    }
}
