//! What the chunks of a PNG say, their contents unread but for a few.

use super::{Chunk, Chunks};
use crate::bytes::{array, be32};
use crate::error::invalid;
use crate::inflate::MAX_INFLATION;
use crate::metadata::{exif, png as metadata};
use crate::{Density, Format, FormatError, Header, Unit};

pub(crate) fn header(input: &[u8]) -> Result<Header, FormatError> {
    let start: [u8; 8] = array(input, 8)?;
    if &start != b"\0\0\0\x0DIHDR" {
        return Err(invalid("a PNG header chunk of 13 bytes"));
    }
    let (width, height) = (be32(input, 16)?, be32(input, 20)?);
    let [depth, colour, _, _, interlace] = array(input, 24)?;
    let channels = match colour {
        0 => 1,
        2 | 3 => 3,
        4 => 2,
        6 => 4,
        _ => return Err(invalid("a PNG colour type of 0, 2, 3, 4 or 6")),
    };
    let depths: &[u8] = match colour {
        0 => &[1, 2, 4, 8, 16],
        3 => &[1, 2, 4, 8],
        _ => &[8, 16],
    };
    if !depths.contains(&depth) {
        return Err(invalid("a PNG bit depth that its colour type has"));
    }
    let mut header = Header::plain(Format::Png, width, height, channels);
    header.depth = depth;
    header.palette = colour == 3;
    header.interlaced = interlace != 0;
    let mut chunks = Chunks::new(input);
    let mut pixels = false;
    for Chunk { kind, contents } in chunks.by_ref() {
        let body = &input[contents.clone()];
        match &kind {
            b"IDAT" => pixels = true,
            // All but EXIF and text stand before the pixels.
            b"tRNS" if !pixels && colour < 4 && !header.has_alpha => {
                header.has_alpha = true;
                header.channels += 1;
            }
            b"acTL" if !pixels => {
                if let (Ok(frames @ 1..), Ok(plays)) = (be32(body, 0), be32(body, 4)) {
                    header.pages = frames;
                    header.loops = Some(plays);
                }
            }
            b"pHYs" if !pixels => {
                if let (Ok(x), Ok(y), Some(unit)) = (be32(body, 0), be32(body, 4), body.get(8)) {
                    let unit = if *unit == 1 { Unit::Metre } else { Unit::Aspect };
                    header.density = Some(Density { x, y, unit });
                }
            }
            b"iCCP" if !pixels => header.icc = metadata::compressed_icc(input, contents),
            b"eXIf" => {
                header.orientation = exif::orientation(body);
                header.exif = Some(contents);
            }
            b"iTXt" if header.xmp.is_none() => header.xmp = metadata::xmp(input, contents),
            _ => {}
        }
    }
    header.complete = chunks.complete;
    Ok(header)
}

/// Whether the file has no end, or less data than any compression could do with.
pub(super) fn is_cut_short(input: &[u8], header: &Header) -> bool {
    let data = Chunks::new(input).filter(|chunk| &chunk.kind == b"IDAT");
    let data: u64 = data.map(|chunk| chunk.contents.len() as u64).sum();
    let samples = match (header.palette, header.channels, header.has_alpha) {
        (true, ..) | (_, 1 | 2, _) => 1,
        _ => 3,
    };
    let row = u64::from(header.width) * samples * u64::from(header.depth) / 8;
    !header.complete || row.saturating_mul(header.height.into()) / MAX_INFLATION > data
}
