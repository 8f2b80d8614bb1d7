//! PNG, whose compressed rows PDF takes as they are (ISO 32000-1, 7.4.4.4) unless they are interlaced or have alpha.

use std::borrow::Cow;

use bytemill_formats::{FormatError, Header};
use bytemill_gzip::crc32;

use super::{Coding, Picture, Space};

/// The chunks that are needed.
#[derive(Default)]
struct Chunks<'a> {
    data: Option<Cow<'a, [u8]>>,
    palette: &'a [u8],
}

/// The image; nothing where its rows have to be decoded.
pub(super) fn read(file: &[u8]) -> Result<Option<Picture<'_>>, FormatError> {
    let header = Header::read(file)?;
    if header.interlaced || header.has_alpha {
        return Ok(None);
    }
    let chunks = Chunks::read(file)?;
    let invalid = |expected| FormatError::Invalid { expected };
    let space = match (header.palette, header.channels) {
        (true, _) => {
            let len = chunks.palette.len();
            if len == 0 || len % 3 != 0 || len > 768 {
                return Err(invalid("a PNG palette of 1 to 256 colours"));
            }
            Space::Palette(Cow::Borrowed(chunks.palette))
        }
        (false, 1) => Space::Grey,
        (false, _) => Space::Rgb,
    };
    let data = chunks.data.ok_or(invalid("a PNG with pixels"))?;
    Ok(Some(Picture {
        size: (header.width, header.height),
        orientation: header.orientation,
        bits: header.depth,
        space,
        inverted: false,
        coding: Coding::Png,
        data,
        mask: None,
    }))
}

impl<'a> Chunks<'a> {
    /// Reads a file up to its end chunk. All checksums are compared, because nothing else looks at the pixels.
    fn read(file: &'a [u8]) -> Result<Self, FormatError> {
        let mut chunks = Self::default();
        let mut rest = file.get(8..).ok_or(FormatError::Truncated)?;
        loop {
            let (len, after) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
            let len = u32::from_be_bytes(*len) as usize;
            let end = len.checked_add(4).ok_or(FormatError::Truncated)?;
            let (chunk, after) = after.split_at_checked(end).ok_or(FormatError::Truncated)?;
            let (checksum, after) = after.split_first_chunk().ok_or(FormatError::Truncated)?;
            if crc32(chunk, 0) != u32::from_be_bytes(*checksum) {
                return Err(FormatError::Invalid {
                    expected: "PNG chunks that match their checksums",
                });
            }
            let (kind, contents) = chunk.split_at(4);
            match kind {
                b"IDAT" => chunks.add(contents)?,
                b"PLTE" => chunks.palette = contents,
                b"IEND" => return Ok(chunks),
                _ => {}
            }
            rest = after;
        }
    }

    fn add(&mut self, contents: &'a [u8]) -> Result<(), FormatError> {
        match &mut self.data {
            None => self.data = Some(Cow::Borrowed(contents)),
            Some(data) => {
                let bytes = contents.len();
                if let Cow::Borrowed(first) = data {
                    *data = Cow::Owned(copy(first)?);
                }
                let data = data.to_mut();
                data.try_reserve(bytes).map_err(|_| FormatError::OutOfMemory { bytes })?;
                data.extend_from_slice(contents);
            }
        }
        Ok(())
    }
}

fn copy(bytes: &[u8]) -> Result<Vec<u8>, FormatError> {
    let mut copy = Vec::new();
    let out_of_memory = |_| FormatError::OutOfMemory { bytes: bytes.len() };
    copy.try_reserve(bytes.len()).map_err(out_of_memory)?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

impl Picture<'_> {
    /// A PNG that was made here, apart from it.
    pub(super) fn owned(png: &[u8]) -> Result<Picture<'static>, FormatError> {
        let unexpected = FormatError::Invalid { expected: "a PNG without alpha" };
        let picture = read(png)?.ok_or(unexpected)?;
        let space = match picture.space {
            Space::Palette(colours) => Space::Palette(Cow::Owned(copy(&colours)?)),
            Space::Rgb => Space::Rgb,
            _ => Space::Grey,
        };
        let data = match picture.data {
            Cow::Borrowed(data) => copy(data)?,
            Cow::Owned(data) => data,
        };
        Ok(Picture {
            size: picture.size,
            orientation: picture.orientation,
            bits: picture.bits,
            space,
            inverted: false,
            coding: picture.coding,
            data: Cow::Owned(data),
            mask: None,
        })
    }
}
