//! What a file says before its first scan (T.81, annex B).

use core::ops::Range;

use crate::error::JpegError;
use crate::exif;
use crate::segments::{Frame, Segment, Segments, Tables};

/// What the samples of a JPEG mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// One component.
    Grey,
    /// Luminance and two chrominances (JFIF).
    YCbCr,
    /// Red, green, blue.
    Rgb,
    /// Cyan, magenta, yellow, black; inverted, as Adobe writes them.
    Cmyk,
    /// [`Colour::Cmyk`] whose first three components are transformed as in [`Colour::YCbCr`].
    Ycck,
}

/// What the header of a JPEG file says. Offsets are into the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Width in pixels as stored, before any orientation; at least 1.
    pub width: u32,
    /// Height in pixels as stored, before any orientation; at least 1.
    pub height: u32,
    /// How many components a pixel has: 1, 3 or 4.
    pub components: u8,
    /// Horizontal and vertical sampling factors of the components, 1 to 4 each; `(0, 0)` for those that are not there.
    pub sampling: [(u8, u8); 4],
    /// What the components mean.
    pub colour: Colour,
    /// Bits of a sample. Always 8: the others are not supported.
    pub precision: u8,
    /// Whether the image comes in scans of growing precision.
    pub progressive: bool,
    /// MCUs between restart markers; 0 for none.
    pub restart_interval: u16,
    /// EXIF orientation, 1 to 8; 1 where the file has none.
    pub orientation: u8,
    /// EXIF data, a TIFF structure.
    pub exif: Option<Range<usize>>,
    /// XMP data, an XML document; without the extended part that some files have.
    pub xmp: Option<Range<usize>>,
    /// The parts of the ICC profile in their order; empty if there is none, or a part is missing.
    pub icc: Vec<Range<usize>>,
}

impl Header {
    /// Reads the header of a file, or of its beginning up to the first scan. Looks at no pixels.
    ///
    /// # Errors
    ///
    /// [`JpegError::Truncated`], [`JpegError::Invalid`], [`JpegError::Unsupported`].
    pub fn read(file: &[u8]) -> Result<Self, JpegError> {
        Start::read(file).map(|start| start.header)
    }

    /// The ICC profile in one piece, from the file whose header this is.
    ///
    /// # Errors
    ///
    /// [`JpegError::OutOfMemory`].
    pub fn icc_profile(&self, file: &[u8]) -> Result<Option<Vec<u8>>, JpegError> {
        if self.icc.is_empty() {
            return Ok(None);
        }
        let bytes = self.icc.iter().map(Range::len).sum();
        let mut profile = Vec::new();
        profile.try_reserve_exact(bytes).map_err(|_| JpegError::OutOfMemory { bytes })?;
        for part in &self.icc {
            profile.extend_from_slice(file.get(part.clone()).unwrap_or_default());
        }
        Ok(Some(profile))
    }
}

/// A file read up to the contents of its first scan header.
pub(crate) struct Start {
    pub(crate) header: Header,
    pub(crate) frame: Frame,
    pub(crate) tables: Tables,
    /// Contents of the first scan header.
    pub(crate) scan: Range<usize>,
}

impl Start {
    pub(crate) fn read(file: &[u8]) -> Result<Self, JpegError> {
        if !file.starts_with(b"\xFF\xD8") {
            return Err(if b"\xFF\xD8".starts_with(file) {
                JpegError::Truncated
            } else {
                JpegError::Invalid { expected: "a JPEG file" }
            });
        }
        let mut segments = Segments::new(file, 2);
        let mut tables = Tables::new();
        let mut frame = None;
        let mut notes = Notes::default();
        loop {
            match segments.next()? {
                Segment::Frame(marker, contents) => {
                    if frame.is_some() {
                        return Err(JpegError::Invalid { expected: "one frame" });
                    }
                    frame = Some(Frame::parse(marker, &file[contents])?);
                }
                Segment::Scan(scan) => {
                    let frame = frame
                        .ok_or(JpegError::Invalid { expected: "a JPEG frame before its scan" })?;
                    let header = notes.header(&frame, tables.restart_interval);
                    return Ok(Self { header, frame, tables, scan });
                }
                Segment::End => {
                    return Err(JpegError::Invalid { expected: "a JPEG frame before its end" });
                }
                Segment::Other(marker, contents) => {
                    if !tables.define(marker, &file[contents.clone()])? {
                        notes.add(marker, contents, file);
                    }
                }
            }
        }
    }
}

/// Application segments.
#[derive(Default)]
struct Notes {
    jfif: bool,
    /// The transform that Adobe's segment names.
    adobe: Option<u8>,
    exif: Option<Range<usize>>,
    orientation: u8,
    xmp: Option<Range<usize>>,
    /// Number of the part, number of parts, where.
    icc: Vec<(u8, u8, Range<usize>)>,
}

impl Notes {
    fn add(&mut self, marker: u8, at: Range<usize>, file: &[u8]) {
        let contents = &file[at.clone()];
        let after = |prefix: &[u8]| at.start + prefix.len()..at.end;
        let is = |prefix: &[u8]| contents.starts_with(prefix);
        match marker {
            0xE0 if is(b"JFIF\0") => self.jfif = true,
            0xE1 if is(b"Exif\0\0") => {
                let tiff = after(b"Exif\0\0");
                self.orientation = exif::orientation(&file[tiff.clone()]);
                self.exif = Some(tiff);
            }
            0xE1 if is(b"http://ns.adobe.com/xap/1.0/\0") => {
                self.xmp = Some(after(b"http://ns.adobe.com/xap/1.0/\0"));
            }
            0xE2 if is(b"ICC_PROFILE\0") && contents.len() >= 14 => {
                let part = (contents[12], contents[13], at.start + 14..at.end);
                self.icc.push(part);
            }
            0xEE if is(b"Adobe") && contents.len() >= 12 => self.adobe = Some(contents[11]),
            _ => {}
        }
    }

    fn header(mut self, frame: &Frame, restart_interval: u16) -> Header {
        self.icc.sort_by_key(|(number, _, _)| *number);
        let parts = self.icc.len();
        let whole = (1..).zip(&self.icc).all(|(expected, (number, count, _))| {
            expected == usize::from(*number) && usize::from(*count) == parts
        });
        let icc = self.icc.into_iter().map(|(_, _, at)| at);
        let mut sampling = [(0, 0); 4];
        for (factors, component) in sampling.iter_mut().zip(&frame.components) {
            *factors = (component.h, component.v);
        }
        let ids: Vec<u8> = frame.components.iter().map(|component| component.id).collect();
        Header {
            width: frame.width,
            height: frame.height,
            components: frame.components.len() as u8,
            sampling,
            colour: colour(&ids, self.jfif, self.adobe),
            precision: 8,
            progressive: frame.progressive,
            restart_interval,
            orientation: self.orientation.max(1),
            exif: self.exif,
            xmp: self.xmp,
            icc: if whole { icc.collect() } else { Vec::new() },
        }
    }
}

/// libjpeg's rules, which every encoder is tested against.
fn colour(ids: &[u8], jfif: bool, adobe: Option<u8>) -> Colour {
    match (ids.len(), adobe) {
        (1, _) => Colour::Grey,
        (3, Some(0)) if !jfif => Colour::Rgb,
        (3, None) if !jfif && ids == b"RGB" => Colour::Rgb,
        (3, _) => Colour::YCbCr,
        (_, None | Some(0)) => Colour::Cmyk,
        (_, Some(_)) => Colour::Ycck,
    }
}
