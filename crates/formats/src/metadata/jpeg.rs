//! Application segments of JPEG: JFIF (ISO/IEC 10918-5), EXIF (2.32, 4.7.2), ICC (ICC.1:2022, B.4), XMP (part 3, 1.1.3).

use core::ops::Range;

use super::{MAX_BYTES, Metadata, copy};
use crate::bytes::{array, reserve, sort};
use crate::error::{invalid, unsupported};
use crate::sink::Sink;
use crate::{Density, FormatError, Unit};

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
const JFIF: &[u8] = b"JFIF\0";

/// Most bytes of a segment's contents.
const SEGMENT: usize = 65_533;
/// Most bytes of a profile in one segment, behind its name and two numbers.
const ICC_SEGMENT: usize = SEGMENT - ICC.len() - 2;

/// Walks over the segments up to the first scan.
struct Segments<'a> {
    file: &'a [u8],
    /// Where the next marker is looked for; in the end, where the rest of the file begins.
    at: usize,
}

impl Segments<'_> {
    /// The next marker, where it and its contents lie.
    fn next(&mut self) -> Result<Option<(u8, Range<usize>)>, FormatError> {
        loop {
            let [prefix, marker] = array(self.file, self.at)?;
            match (prefix, marker) {
                // Fill bytes, and what belongs to no segment.
                (0xFF, 0xFF | 0) => self.at += 1,
                (0xFF, 0x01 | 0xD0..=0xD8) => self.at += 2,
                (0xFF, 0xD9 | 0xDA) => return Ok(None),
                (0xFF, _) => break,
                _ => self.at += 1,
            }
        }
        let [_, marker, high, low] = array(self.file, self.at)?;
        let len = usize::from(u16::from_be_bytes([high, low]));
        if len < 2 {
            return Err(invalid("a JPEG segment of at least 2 bytes"));
        }
        let contents = self.at + 4..self.at + 2 + len;
        if contents.end > self.file.len() {
            return Err(FormatError::Truncated);
        }
        self.at = contents.end;
        Ok(Some((marker, contents)))
    }
}

pub(super) fn read(file: &[u8]) -> Result<Metadata, FormatError> {
    let mut metadata = Metadata::default();
    let mut segments = Segments { file, at: 2 };
    // Parts of the profile by number, which may come in any order.
    let mut parts: Vec<(u8, &[u8])> = Vec::new();
    // A file that is cut short among its segments has those before.
    while let Ok(Some((marker, contents))) = segments.next() {
        let contents = &file[contents];
        match marker {
            0xE0 if contents.starts_with(JFIF) => metadata.density = jfif(contents),
            0xE1 if metadata.exif.is_none() && contents.starts_with(EXIF) => {
                metadata.exif = copy(Some(&contents[EXIF.len()..]))?;
            }
            0xE1 if metadata.xmp.is_none() && contents.starts_with(XMP) => {
                metadata.xmp = copy(Some(&contents[XMP.len()..]))?;
            }
            0xE2 => {
                let part = contents.strip_prefix(ICC).and_then(<[u8]>::split_first_chunk);
                if let Some(([number, _], part)) = part
                    && parts.len() < 255
                {
                    parts.push((*number, part));
                }
            }
            _ => {}
        }
    }
    sort(&mut parts, |(number, _)| *number);
    let whole = (1..=255).zip(&parts).all(|(number, (own, _))| number == *own);
    let bytes: usize = parts.iter().map(|(_, part)| part.len()).sum();
    if whole && (1..=MAX_BYTES).contains(&bytes) {
        let mut icc = Vec::new();
        reserve(&mut icc, bytes as u64)?;
        for (_, part) in &parts {
            icc.extend_from_slice(part);
        }
        metadata.icc = Some(icc);
    }
    Ok(metadata)
}

fn jfif(contents: &[u8]) -> Option<Density> {
    let [unit, x1, x0, y1, y0] = array(contents, 7).ok()?;
    let unit = match unit {
        0 => Unit::Aspect,
        1 => Unit::Inch,
        2 => Unit::Centimetre,
        _ => return None,
    };
    let [x, y] = [[x1, x0], [y1, y0]].map(|bytes| u32::from(u16::from_be_bytes(bytes)));
    (x > 0 && y > 0).then_some(Density { x, y, unit })
}

pub(super) fn insert(
    file: &[u8],
    metadata: &Metadata,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    sink.reserve(file.len())?;
    sink.put(&[0xFF, 0xD8])?;
    let mut segments = Segments { file, at: 2 };
    let mut written = false;
    while let Some((marker, contents)) = segments.next()? {
        let contents = &file[contents];
        if marker == 0xE0 && contents.starts_with(JFIF) {
            let density = metadata.density.map(to_jfif);
            segment(sink, marker, &[contents], density)?;
            continue;
        }
        // JFIF's own segment has to be the first.
        if !core::mem::replace(&mut written, true) {
            write(metadata, sink)?;
        }
        let replaced = match marker {
            0xE1 if contents.starts_with(EXIF) => metadata.exif.is_some(),
            0xE1 if contents.starts_with(XMP) => metadata.xmp.is_some(),
            0xE2 if contents.starts_with(ICC) => metadata.icc.is_some(),
            _ => false,
        };
        if !replaced {
            segment(sink, marker, &[contents], None)?;
        }
    }
    if !written {
        write(metadata, sink)?;
    }
    sink.put(&file[segments.at..])
}

fn write(metadata: &Metadata, sink: &mut Sink<'_>) -> Result<(), FormatError> {
    for (name, contents) in [(EXIF, &metadata.exif), (XMP, &metadata.xmp)] {
        let Some(contents) = contents else { continue };
        if name.len() + contents.len() > SEGMENT {
            return Err(unsupported("EXIF or XMP of more than 64 KiB in a JPEG"));
        }
        segment(sink, 0xE1, &[name, contents], None)?;
    }
    let Some(icc) = &metadata.icc else { return Ok(()) };
    let count = icc.len().div_ceil(ICC_SEGMENT);
    if count > 255 {
        return Err(unsupported("a colour profile of more than 255 segments in a JPEG"));
    }
    for (number, part) in (1..=255).zip(icc.chunks(ICC_SEGMENT)) {
        segment(sink, 0xE2, &[ICC, &[number, count as u8], part], None)?;
    }
    Ok(())
}

/// Writes a segment; with a density, that goes to its place in JFIF's.
fn segment(
    sink: &mut Sink<'_>,
    marker: u8,
    parts: &[&[u8]],
    density: Option<[u8; 5]>,
) -> Result<(), FormatError> {
    let len: usize = parts.iter().map(|part| part.len()).sum();
    sink.put(&[0xFF, marker])?;
    sink.put(&(len as u16 + 2).to_be_bytes())?;
    let start = sink.output.len();
    parts.iter().try_for_each(|part| sink.put(part))?;
    if let (Some(density), Some(place)) = (density, sink.output.get_mut(start + 7..start + 12)) {
        place.copy_from_slice(&density);
    }
    Ok(())
}

/// Unit and numbers; metres become inches.
fn to_jfif(density: Density) -> [u8; 5] {
    let inches = |metres: u32| (u64::from(metres) * 254 + 5000) / 10_000;
    let (unit, x, y) = match density.unit {
        Unit::Aspect => (0, density.x.into(), density.y.into()),
        Unit::Inch => (1, density.x.into(), density.y.into()),
        Unit::Centimetre => (2, density.x.into(), density.y.into()),
        Unit::Metre => (1, inches(density.x), inches(density.y)),
    };
    let [[x1, x0], [y1, y0]] =
        [x, y].map(|number: u64| (number.clamp(1, u16::MAX.into()) as u16).to_be_bytes());
    [unit, x1, x0, y1, y0]
}
