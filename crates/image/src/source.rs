//! What an image comes from: a file of any format that is read, or samples.

use bytemill_formats as formats;
use bytemill_raster::Raster;

use crate::header::{Header, jpeg as jpeg_header, memory};
use crate::rows::{EachRow, Scaled, Target};
use crate::scaling::Scaling;
use crate::{Format, ImageError, Limits, RawInput, Size, animation, jpeg, metadata};

/// An image that was looked at and not decoded yet.
pub(crate) struct Source<'a> {
    input: &'a [u8],
    /// As stored.
    pub(crate) size: Size,
    pub(crate) orientation: u8,
    pub(crate) format: Format,
    /// Whether all is known to be missing that would be needed to decode it.
    truncated: bool,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Jpeg,
    Webp(bytemill_webp::Decoder<'a>),
    File(Box<formats::Decoder<'a>>),
    /// A later frame of an animation.
    Frame(Raster),
    Raw(usize),
}

impl<'a> Source<'a> {
    /// Looks at a file, at the image `page` of it where there are several, and holds its size against the limits.
    pub(crate) fn open(input: &'a [u8], page: u32, limits: &Limits) -> Result<Self, ImageError> {
        let max_pixels = limits.max_pixels;
        // Of what is not stored row by row a decoder holds the whole, and often what it is made of beside it.
        let max_memory_bytes = memory(input) / 2;
        match formats::Format::of(input)? {
            formats::Format::Jpeg => {
                if page > 0 {
                    return Err(ImageError::NoPage { page, pages: 1 });
                }
                let header = jpeg_header::parse(input)?;
                Self::jpeg(input, &header, limits)
            }
            format @ (formats::Format::Gif | formats::Format::Png) if page > 0 => {
                let orientation = formats::Header::read(input)?.orientation;
                let frame = animation::frame(input, page, limits)?;
                let size = Size { width: frame.width(), height: frame.height() };
                let (format, kind) = (format_of(format), Kind::Frame(frame));
                Ok(Self { input, size, orientation, format, truncated: false, kind })
            }
            formats::Format::WebP => {
                let limits = bytemill_webp::Limits { max_pixels, max_memory_bytes };
                let options =
                    bytemill_webp::Options { frame: page as usize, limits, ..Default::default() };
                let decoder = bytemill_webp::Decoder::new(input, &options)?;
                let (width, height) = decoder.size();
                let size = Size { width: width as u32, height: height as u32 };
                let orientation = decoder.header().exif.map_or(1, orientation_of);
                let kind = Kind::Webp(decoder);
                Ok(Self { input, size, orientation, format: Format::Webp, truncated: false, kind })
            }
            _ => {
                let limits =
                    formats::Limits { max_pixels, max_memory_bytes, ..formats::Limits::default() };
                let options = formats::Options { page, limits, ..formats::Options::default() };
                let decoder = formats::Decoder::new(input, &options)?;
                let header = decoder.header();
                let size = Size { width: header.width, height: header.height };
                let orientation = header.orientation;
                let format = format_of(header.format);
                let kind = Kind::File(Box::new(decoder));
                Ok(Self { input, size, orientation, format, truncated: false, kind })
            }
        }
    }

    /// Samples; PNG is what they become where no format is asked for.
    pub(crate) fn raw(input: &'a [u8], raw: RawInput, limits: &Limits) -> Result<Self, ImageError> {
        let size = Size { width: raw.width, height: raw.height };
        limits.check(size)?;
        let expected = size.pixels().saturating_mul(u64::from(raw.channels));
        let fits = (1..=4).contains(&raw.channels) && input.len() as u64 == expected;
        if !fits || expected == 0 {
            return Err(ImageError::Argument {
                expected: "as many samples as width, height and channels make, and at least one pixel",
            });
        }
        let kind = Kind::Raw(raw.channels as usize);
        Ok(Self { input, size, orientation: 1, format: Format::Png, truncated: false, kind })
    }

    fn jpeg(input: &'a [u8], header: &Header, limits: &Limits) -> Result<Self, ImageError> {
        let metadata = &header.metadata;
        let size = Size { width: metadata.width, height: metadata.height };
        let max_pixels = header.max_pixels(input, limits.max_pixels);
        Limits { max_pixels, ..*limits }.check(size)?;
        Ok(Self {
            input,
            size,
            orientation: metadata.orientation,
            format: Format::Jpeg,
            truncated: header.truncated,
            kind: Kind::Jpeg,
        })
    }

    /// The file, if it is a JPEG.
    pub(crate) fn as_jpeg(&self) -> Option<&'a [u8]> {
        matches!(self.kind, Kind::Jpeg).then_some(self.input)
    }

    /// What the file says beside its pixels.
    pub(crate) fn metadata(&self) -> formats::Metadata {
        match self.kind {
            Kind::Raw(_) => formats::Metadata::default(),
            _ => metadata::of(self.input),
        }
    }

    /// Fails where the file is cut short; told before it is decoded, and after what the caller asks for was checked.
    pub(crate) fn check_complete(&self) -> Result<(), ImageError> {
        if self.truncated { Err(ImageError::Truncated) } else { Ok(()) }
    }

    /// Scaled and upright pixels.
    pub(crate) fn scaled(&self, scaling: &Scaling) -> Result<Raster, ImageError> {
        if let Some(input) = self.as_jpeg() {
            return jpeg::pixels(input, scaling);
        }
        let bytes = scaling.window_bytes(self.channels());
        let limit = memory(self.input);
        if bytes > limit {
            return Err(ImageError::TooMuchMemory { bytes, limit });
        }
        // Nothing is taken before there is a row.
        let mut scaled = None;
        self.rows(&mut |_, row| {
            if scaled.is_none() {
                scaled = Some(Scaled::new(scaling, self.channels())?);
            }
            scaled.as_mut().map_or(Ok(()), |scaled| scaled.push(row))
        })?;
        let raster = scaled.ok_or(ImageError::Internal)?.finish()?;
        if scaling.turn.transposed { Ok(raster.orient(5)?) } else { Ok(raster) }
    }

    /// All pixels, upright.
    pub(crate) fn pixels(&self, orientation: u8) -> Result<Raster, ImageError> {
        let raster = if let Some(input) = self.as_jpeg() {
            jpeg::decode(input)?
        } else {
            let mut target = None;
            self.rows(&mut |y, row| {
                if target.is_none() {
                    target = Some(Target::new(self.size, self.channels())?);
                }
                target.as_mut().map_or(Ok(()), |target| target.put(y, row))
            })?;
            target.ok_or(ImageError::Internal)?.raster()?
        };
        if orientation == 1 { Ok(raster) } else { Ok(raster.orient(orientation)?) }
    }

    /// Samples of a row of pixels in memory.
    fn row_len(&self) -> usize {
        self.size.width as usize * self.channels()
    }

    fn channels(&self) -> usize {
        match &self.kind {
            Kind::Jpeg => 3,
            Kind::Webp(decoder) => decoder.channels(),
            Kind::File(decoder) => decoder.channels(),
            Kind::Frame(frame) => frame.channels(),
            Kind::Raw(channels) => *channels,
        }
    }

    /// Rows of all formats but JPEG.
    fn rows(&self, each: &mut EachRow<'_>) -> Result<(), ImageError> {
        match &self.kind {
            Kind::Jpeg => Err(ImageError::Internal),
            Kind::Webp(decoder) => decoder.decode_rows(each),
            Kind::File(decoder) => decoder.decode_rows(each),
            Kind::Frame(frame) => rows_of(frame.data(), self.row_len(), each),
            Kind::Raw(_) => rows_of(self.input, self.row_len(), each),
        }
    }
}

fn rows_of(samples: &[u8], row_len: usize, each: &mut EachRow<'_>) -> Result<(), ImageError> {
    samples.chunks_exact(row_len).enumerate().try_for_each(|(y, row)| each(y, row))
}

/// The orientation in EXIF data.
pub(crate) fn orientation_of(exif: &[u8]) -> u8 {
    formats::Exif::read(exif).orientation
}

/// The format by the name that it has here.
pub(crate) fn format_of(format: formats::Format) -> Format {
    match format {
        formats::Format::Bmp => Format::Bmp,
        formats::Format::Gif => Format::Gif,
        formats::Format::Ico => Format::Ico,
        formats::Format::Jpeg => Format::Jpeg,
        formats::Format::Png => Format::Png,
        formats::Format::Qoi => Format::Qoi,
        formats::Format::Tiff => Format::Tiff,
        formats::Format::WebP => Format::Webp,
    }
}
