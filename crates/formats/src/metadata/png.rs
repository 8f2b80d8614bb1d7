//! Metadata chunks of PNG (sections 11.3.3.2, 11.3.3.4, 11.3.5.3, 11.3.5.6).

use core::ops::Range;

use bytemill_gzip::{EncodeOptions, Encoder};

use super::{MAX_BYTES, Metadata, copy};
use crate::bytes::zeroed;
use crate::error::unsupported;
use crate::inflate::{Inflated, MAX_INFLATION, inflate};
use crate::png::{Chunk, Chunks, write_chunk};
use crate::sink::Sink;
use crate::{Density, FormatError, Header, Unit};

const XMP: &[u8] = b"XML:com.adobe.xmp\0";

/// Where the compressed profile lies in a chunk of it: behind its name and the method.
pub(crate) fn compressed_icc(file: &[u8], contents: Range<usize>) -> Option<Range<usize>> {
    let body = file.get(contents.clone())?;
    let name = body.iter().take(80).position(|byte| *byte == 0)?;
    (body.get(name + 1) == Some(&0)).then(|| contents.start + name + 2..contents.end)
}

/// Where an XMP packet lies in a chunk of international text, if it is one and not compressed.
pub(crate) fn xmp(file: &[u8], contents: Range<usize>) -> Option<Range<usize>> {
    let body = file.get(contents.clone())?;
    let rest = body.strip_prefix(XMP)?.strip_prefix(&[0, 0])?;
    // Language and translated keyword.
    let language = rest.iter().position(|byte| *byte == 0)?;
    let keyword = rest[language + 1..].iter().position(|byte| *byte == 0)?;
    let start = contents.end - (rest.len() - language - keyword - 2);
    Some(start..contents.end)
}

pub(super) fn read(input: &[u8]) -> Result<Metadata, FormatError> {
    let header = Header::read(input)?;
    let part = |range: Option<Range<usize>>| range.and_then(|range| input.get(range));
    // What is damaged, or unpacks to more than is allowed, is passed over.
    let icc = part(header.icc).map(unpack).transpose()?;
    Ok(Metadata {
        icc: icc.flatten(),
        exif: copy(part(header.exif))?,
        xmp: copy(part(header.xmp))?,
        density: header.density,
    })
}

/// A compressed profile.
fn unpack(compressed: &[u8]) -> Result<Option<Vec<u8>>, FormatError> {
    let most = (compressed.len() as u64).saturating_mul(MAX_INFLATION).min(MAX_BYTES as u64);
    let mut profile = zeroed(most)?;
    let Inflated { bytes, ended, .. } = inflate(compressed, &mut profile);
    profile.truncate(bytes);
    profile.shrink_to_fit();
    Ok(ended.then_some(profile))
}

/// Writes chunks for what there is; they have to come before the palette.
pub(crate) fn write(metadata: &Metadata, sink: &mut Sink<'_>) -> Result<(), FormatError> {
    if let Some(icc) = &metadata.icc {
        let mut compressed = Vec::new();
        let format = bytemill_gzip::Format::Zlib;
        let options = EncodeOptions { format, ..EncodeOptions::default() };
        Encoder::new()
            .compress(icc, &options, &mut compressed)
            .map_err(|_| FormatError::OutOfMemory { bytes: icc.len() })?;
        write_chunk(sink, *b"iCCP", &[b"icc\0\0", &compressed])?;
    }
    if let Some(density) = metadata.density {
        let (x, y, unit) = to_metres(density);
        write_chunk(sink, *b"pHYs", &[&x.to_be_bytes(), &y.to_be_bytes(), &[unit]])?;
    }
    if let Some(exif) = &metadata.exif {
        write_chunk(sink, *b"eXIf", &[exif])?;
    }
    if let Some(xmp) = &metadata.xmp {
        write_chunk(sink, *b"iTXt", &[XMP, &[0, 0], &[0, 0], xmp])?;
    }
    Ok(())
}

fn to_metres(density: Density) -> (u32, u32, u8) {
    let convert = |number: u32| {
        let number = u64::from(number);
        let metres = match density.unit {
            Unit::Aspect | Unit::Metre => number,
            Unit::Centimetre => number * 100,
            Unit::Inch => (number * 10_000 + 127) / 254,
        };
        metres.min(i32::MAX as u64) as u32
    };
    (convert(density.x), convert(density.y), u8::from(density.unit != Unit::Aspect))
}

pub(super) fn insert(
    file: &[u8],
    metadata: &Metadata,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    // Signature and header.
    const START: usize = 8 + 25;
    let start = file.get(..START).ok_or(FormatError::Truncated)?;
    if &start[12..16] != b"IHDR" {
        return Err(unsupported("a PNG that does not begin with its header"));
    }
    sink.reserve(file.len())?;
    sink.put(start)?;
    write(metadata, sink)?;
    for Chunk { kind, contents } in Chunks::new(file).skip(1) {
        let replaced = match &kind {
            // They say the same, or what is no longer true.
            b"iCCP" | b"sRGB" | b"gAMA" | b"cHRM" | b"cICP" => metadata.icc.is_some(),
            b"pHYs" => metadata.density.is_some(),
            b"eXIf" => metadata.exif.is_some(),
            b"iTXt" => metadata.xmp.is_some() && file[contents.clone()].starts_with(XMP),
            _ => false,
        };
        if !replaced {
            // Length and type before, checksum behind.
            let chunk = file.get(contents.start - 8..contents.end + 4);
            sink.put(chunk.ok_or(FormatError::Truncated)?)?;
        }
    }
    Ok(())
}
